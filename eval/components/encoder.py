"""What `knowledge.encoders.adapted` is learned from (``voz eval fit-encoder``): half ``fit`` alone.

What clauses of agents' sentences say that voice guides rule out; what those, and clauses of
labelled drafts, commit to; what agents promise and customers complain of. Nothing is among it of
the drafts by which it is weighed afterwards (`UNSEEN`), nor of the writer by whom bars are chosen
(`CHOSEN_BY`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import torch

from eval.components.commitments import complaints, promises, public_turns
from eval.components.drafts.clauses import (
    COMMITMENT,
    KINDS,
    NONE,
    SaidClause,
    commitment_clauses,
    draft_clauses,
    learned_from,
    rule_clauses,
    wording_clauses,
)
from eval.fitting.adapting import LoraSettings, LoraTrainer, Task
from eval.fitting.figures import FigureTrainer
from eval.halves import in_half
from eval.work import Work
from knowledge.commitments.models import WHATS
from knowledge.encoders.additions import Learned
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.errors import SettingsError
from knowledge.ports import COMMITS, COMPLAINS, PROMISES, WORDINGS

FILES = ("dstc/turns.jsonl", "abcd/agent_turns.jsonl")
NO, YES = "no", "yes"
HEADS = {
    PROMISES: ("none", "if", *WHATS),
    COMPLAINS: (NO, YES),
    COMMITS: (NO, YES),
    WORDINGS: (NONE, *KINDS),
}
"""Heads and their classes."""
FIRST, THEN = 1e-3, 5e-4
"""Learning rates of the two stages: with all that is ordinary from the beginning nothing was
learned."""
ORDINARY = {COMMITS: 2_000, WORDINGS: 4_000}
"""Sentences about rules that are learned to have no fault: in drafts nearly all are like them."""
EPOCHS = 5
EPOCHS_OF_TURNS = 6
EPOCHS_THEN = 2
L2 = 1e-3


def learn(
    work: Work, begun: Learned | None = None
) -> tuple[dict[str, torch.Tensor], dict[str, tuple[str, ...]]]:
    """The tensors and heads that are shipped in ``knowledge/encoders/adapted.safetensors``.

    Args:
        work: where the data is, and what embeds.
        begun: additions to go on from, in place of the first stage.

    Raises:
        SettingsError: another model embeds than the bundled one, or what was begun is of another
            kind.
    """
    embedder = bundled(work)
    trainer = LoraTrainer(embedder.network, embedder.tokenizer, HEADS, LoraSettings())
    if begun is None:
        work.progress("what is said, half of it unusual")
        tasks = [*spoken(EPOCHS), *turns(work.data, EPOCHS_OF_TURNS)]
        trainer.learn(tasks, FIRST, work.progress)
    else:
        go_on(trainer, begun)
    work.progress("the same beside what is mostly said")
    tasks = [*spoken(EPOCHS_THEN, ORDINARY, draft_clauses()), *turns(work.data, EPOCHS_THEN)]
    trainer.learn(tasks, THEN, work.progress)
    for task in tasks:
        trainer.refit(task, L2)
    return trainer.tensors(), HEADS


def bundled(work: Work) -> SentenceTransformerEmbedder:
    """The bundled model, over which additions are learned.

    Raises:
        SettingsError: another one embeds.
    """
    embedder = work.embedder
    if not isinstance(embedder, SentenceTransformerEmbedder) or not embedder.bundled:
        raise SettingsError("additions are learned for the bundled model alone: unset VOZ_MODEL")
    return embedder


def go_on(trainer: LoraTrainer | FigureTrainer, begun: Learned) -> None:
    """Have a trainer take over what was learned before.

    Raises:
        SettingsError: it is of another kind.
    """
    try:
        trainer.go_on_from(begun)
    except ValueError as error:
        raise SettingsError(f"what was begun cannot be gone on from: {error}") from error


def spoken(
    epochs: int,
    ordinary: Mapping[str, int] = MappingProxyType({}),
    drafts: Iterable[SaidClause] = (),
) -> Iterator[Task]:
    """What clauses commit to, and what they say that voice guides rule out.

    Args:
        epochs: how often a stage goes over them.
        ordinary: by head, how many sentences about rules come along.
        drafts: clauses that commit or not, as most do in drafts.
    """
    commits = (*commitment_clauses(), *drafts)
    for head, said in ((COMMITS, commits), (WORDINGS, wording_clauses())):
        labels = {COMMITMENT: YES, NONE: NO} if head == COMMITS else {}
        classes = HEADS[head]
        rows = [
            (one.pair, classes.index(labels.get(one.label, one.label)))
            for one in (*learned_from(said), *rule_clauses(ordinary.get(head, 0)))
        ]
        yield Task(head, classes, rows, epochs)


def turns(data: Path, epochs: int) -> Iterator[Task]:
    """What agents promise and customers complain of; in public conversations they do not."""
    said = [one for one in promises() if one.half == "fit"]
    kinds = HEADS[PROMISES]
    rows = [
        (one.text, kinds.index("if" if one.conditional else one.what or "none")) for one in said
    ]
    rows += [(text, kinds.index("none")) for text in public_turns(data) if in_half(text, "fit")]
    yield Task(PROMISES, kinds, rows, epochs)
    heard = [one for one in complaints() if one.half == "fit"]
    turns = [(one.text, int(one.complaint)) for one in heard]
    turns += [(text, 0) for text in public_turns(data, "customer") if in_half(text, "fit")]
    yield Task(COMPLAINS, HEADS[COMPLAINS], turns, epochs)
