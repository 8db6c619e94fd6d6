"""What `knowledge.encoders.adapted` is learned from (``voz eval fit-encoder``): half ``fit`` alone.

What clauses of agents' sentences commit to, and say that voice guides rule out; what agents promise
and customers complain of. Nothing of the labelled drafts is among it, and nothing of the writer by
whom bars are chosen (`CHOSEN_BY`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import torch

from eval.components.commitments import complaints, promises, public_turns
from eval.components.drafts.clauses import (
    COMMITMENT,
    KINDS,
    NONE,
    commitment_clauses,
    learned_from,
    rule_clauses,
    wording_clauses,
)
from eval.fitting.adapting import LoraSettings, LoraTrainer, Task
from eval.halves import in_half
from eval.work import Work
from knowledge.commitments.models import WHATS
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
FIRST, THEN = LoraSettings(learning_rate=1e-3), LoraSettings(learning_rate=5e-4)
"""Of the two stages: with all that is ordinary from the beginning nothing was learned."""
ORDINARY = {COMMITS: 2_000, WORDINGS: 4_000}
"""Sentences about rules that are learned to have no fault: in drafts nearly all are like them."""
EPOCHS = 5
EPOCHS_OF_TURNS = 6
L2 = 1e-3


def learn(work: Work) -> tuple[dict[str, torch.Tensor], dict[str, tuple[str, ...]]]:
    """The tensors and heads that are shipped in ``knowledge/encoders/adapted.safetensors``.

    Raises:
        SettingsError: another model embeds than the bundled one.
    """
    embedder = work.embedder
    if not isinstance(embedder, SentenceTransformerEmbedder) or not embedder.bundled:
        raise SettingsError("additions are learned for the bundled model alone: unset VOZ_MODEL")
    trainer = LoraTrainer(embedder.network, embedder.tokenizer, HEADS, FIRST)
    work.progress("what is said, half of it unusual")
    trainer.learn([*spoken(EPOCHS), *turns(work.data, EPOCHS_OF_TURNS)], FIRST, work.progress)
    work.progress("the same beside what is mostly said")
    tasks = [*spoken(1, ORDINARY), *turns(work.data, 1)]
    trainer.learn(tasks, THEN, work.progress)
    for task in tasks:
        trainer.refit(task, L2)
    return trainer.tensors(), HEADS


def spoken(epochs: int, ordinary: Mapping[str, int] = MappingProxyType({})) -> Iterator[Task]:
    """What clauses commit to, and what they say that voice guides rule out.

    Args:
        epochs: how often a stage goes over them.
        ordinary: by head, how many sentences about rules come along.
    """
    for head, said in ((COMMITS, commitment_clauses()), (WORDINGS, wording_clauses())):
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
