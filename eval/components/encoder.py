"""What `knowledge.encoders.adapted` is learned from (``voz eval fit-encoder``): half ``fit`` alone.

First what differs between a statement and its evidence, from pairs made by rules of the public
sets: statements about rules in other words are not learned without. Then the rules and statements
written by hand, and with them what agents promise and customers complain of.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import torch

from eval.components.commitments import complaints, promises, public_turns
from eval.components.entailment import LABELS, NO, OPEN, YES
from eval.components.entailment import pairs as judged_pairs
from eval.components.support.pairs import pairs as made_pairs
from eval.fitting.adapting import LoraSettings, LoraTrainer, Task
from eval.halves import in_half
from eval.work import Work
from knowledge.commitments.models import WHATS
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.errors import SettingsError
from knowledge.ports import COMPLAINS, ENTAILS, PROMISES

FILES = (
    "dstc/turns.jsonl",
    "abcd/agent_turns.jsonl",
    "policies/manifest.jsonl",
    "xquad/passages.jsonl",
    "faq_tax/documents.jsonl",
    "squad_es/passages.jsonl",
    "clapnq/passages.jsonl",
    "mtrag/corpus.jsonl",
)
HEADS = {
    ENTAILS: LABELS,
    PROMISES: ("none", "if", *WHATS),
    COMPLAINS: (NO, YES),
}
"""Heads and their classes."""
FIRST, THEN = LoraSettings(learning_rate=1e-3), LoraSettings(learning_rate=7e-4)
PER_CHANGE, PER_FAITHFUL = 250, 350
"""Pairs made of each kind, for each set and pair of languages."""
EVIDENCE_CHARS = 700
ELSEWHERE = ("other passage", "other by hand")
"""Kinds of pairs whose statement is about something else."""
ALONE = 0.5
"""Share of statements that are held against the sentence that they were made from, alone."""
KEPT_AS_THEY_STAND = 0.3
"""Share of the sentences that are said as they stand."""
FAR = 0.5
"""Pairs of a rule and a statement about another matter, beside each group."""
EPOCHS = 2
EPOCHS_OF_TURNS = 6
L2 = 1e-3
SEED = 5


def learn(work: Work) -> tuple[dict[str, torch.Tensor], dict[str, tuple[str, ...]]]:
    """The tensors and heads that are shipped in ``knowledge/encoders/adapted.safetensors``.

    Raises:
        SettingsError: another model embeds than the bundled one.
    """
    embedder = work.embedder
    if not isinstance(embedder, SentenceTransformerEmbedder) or not embedder.bundled:
        raise SettingsError("additions are learned for the bundled model alone: unset VOZ_MODEL")
    trainer = LoraTrainer(embedder.network, embedder.tokenizer, HEADS, FIRST)
    work.progress("what differs: pairs made by rules")
    trainer.learn([made(work)], FIRST, work.progress)
    work.progress("what rules say, and what turns do")
    of_turns = list(turns(work.data))
    trainer.learn([judged(), *of_turns], THEN, work.progress)
    for task in of_turns:
        trainer.refit(task, L2)
    return trainer.tensors(), HEADS


def made(work: Work) -> Task:
    """Statements that are changed or not, beside their evidence."""
    chance = random.Random(SEED)
    rows = []
    for one in made_pairs(work, per_change=PER_CHANGE, per_faithful=PER_FAITHFUL):
        if one.half != "fit" or one.kind == "fragment":
            continue
        whole = " ".join(evidence.text for evidence in one.evidence)
        # A sentence of the passage says all only where the statement was made from it by a rule
        given = one.original if one.by_rule and chance.random() < ALONE else whole
        skipped = one.kind == "itself" and chance.random() >= KEPT_AS_THEY_STAND
        if len(given) <= EVIDENCE_CHARS and not skipped:
            label = YES if one.faithful else OPEN if one.kind in ELSEWHERE else NO
            rows.append(((given, one.statement), LABELS.index(label)))
    return Task(ENTAILS, LABELS, rows)


def judged() -> Task:
    """Rules and statements written by hand, and as many about something else as `FAR` says."""
    chosen = [one for one in judged_pairs() if one.half == "fit"]
    rows = [((one.rule, one.said), LABELS.index(one.label)) for one in chosen]
    chance = random.Random(SEED)
    for _ in range(int(FAR * len({one.group for one in chosen}))):
        one, other = chance.sample(chosen, 2)
        if one.group != other.group:
            rows.append(((one.rule, other.said), LABELS.index(OPEN)))
    return Task(ENTAILS, LABELS, rows, EPOCHS)


def turns(data: Path) -> Iterator[Task]:
    """What agents promise and customers complain of; in public conversations they do not."""
    said = [one for one in promises() if one.half == "fit"]
    kinds = HEADS[PROMISES]
    rows = [
        (one.text, kinds.index("if" if one.conditional else one.what or "none")) for one in said
    ]
    rows += [(text, kinds.index("none")) for text in public_turns(data) if in_half(text, "fit")]
    yield Task(PROMISES, kinds, rows, EPOCHS_OF_TURNS)
    heard = [one for one in complaints() if one.half == "fit"]
    turns = [(one.text, int(one.complaint)) for one in heard]
    turns += [(text, 0) for text in public_turns(data, "customer") if in_half(text, "fit")]
    yield Task(COMPLAINS, HEADS[COMPLAINS], turns, EPOCHS_OF_TURNS)
