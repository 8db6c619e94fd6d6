"""`voz eval support`: are changed statements caught, faithful ones let pass, and how fast?

Pairs of statements and passages are made by rules (`pairs`), those of one document hang together;
whole answers were judged by people (`answers`), and are measured beside k-precision, the lexical
baseline.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from assistant.support.check import SupportCheck
from assistant.support.models import Support
from assistant.support.reading import read
from eval.components.support.agreement import SETS, agreement
from eval.components.support.answers import answers
from eval.components.support.pairs import Pair, pairs, with_vectors
from eval.provenance import load_average
from eval.scores import VOZ, Measured, Score, Values, times_of, values_of
from eval.statistics.telling import auroc
from eval.work import Work
from knowledge.models import Chunk, Embedded
from knowledge.ports import Embedder

CORE = ("digit", "digit elsewhere", "date", "unit", "negation", "name", "name elsewhere")
"""Kinds of one change; others are reported beside them and not in the total."""
PARAPHRASES = (
    "figure rewritten",
    "date rewritten",
    "reordered",
    "connective",
    "paraphrased",
    "translated",
)
"""Faithful kinds, without the sentence as it stands."""
GROUPS = ("es", "en", "across")
TOGETHER = 4
"""Statements that are checked in one call, as the sentences of an answer are."""


@dataclass(frozen=True)
class Checked:
    """A pair, what the check says of it, and the processor seconds it took.

    Attributes:
        pair: the statement with its evidence.
        support: the verdict.
        seconds: in all.
        reading: of it, reading the statement: figures, names, obligations.
        embedding: of it, embedding the statement and its names.
    """

    pair: Pair
    support: Support
    seconds: float
    reading: float = 0.0
    embedding: float = 0.0

    @property
    def flagged(self) -> bool:
        """Whether it is not let pass as supported."""
        return self.support.verdict != "supported"

    @property
    def group(self) -> str:
        """``es``, ``en`` or ``across``."""
        return "across" if self.pair.across else self.pair.language


def measure(work: Work) -> Iterator[Measured]:
    """Share caught and false alarms by language and kind, times, and agreement with people."""
    which, embedder, progress = work.half, work.embedder, work.progress
    every = pairs(work)
    chosen = [pair for pair in every if which in ("all", pair.half)]
    progress(f"pairs ({which}): {len(chosen)}")
    chosen = with_vectors(chosen, embedder)
    progress(f"load of the machine: {load_average()} on {os.cpu_count()} cores")
    checked = list(_checked(chosen, embedder))
    progress(f"load of the machine: {load_average()} on {os.cpu_count()} cores")
    for group in GROUPS:
        own = [one for one in checked if one.group == group]
        yield from _pair_scores(group, own)
        yield _together(group, [one.pair for one in own], embedder)
    found = list(answers(work.data))
    for name in SETS:
        progress(f"{name}: judged answers")
        yield from agreement(name, found, which)


def _checked(chosen: Sequence[Pair], embedder: Embedder) -> Iterator[Checked]:
    timed = _Timed(embedder)
    check = SupportCheck(cast("Embedder", timed))
    for pair in chosen:
        timed.seconds = 0.0
        began = time.process_time()
        read(pair.statement, pair.language)
        reading = time.process_time() - began
        support = check.check(pair.statement, pair.evidence, pair.language)
        yield Checked(pair, support, time.process_time() - began, reading, timed.seconds)


def _together(group: str, some: Sequence[Pair], embedder: Embedder) -> Values:
    """Processor time of a statement where `TOGETHER` are checked at once."""
    check = SupportCheck(embedder)
    read.cache_clear()
    times: list[tuple[float, str]] = []
    for first in range(0, len(some), TOGETHER):
        chosen = some[first : first + TOGETHER]
        began = time.process_time()
        check.check_each([(pair.statement, pair.evidence) for pair in chosen])
        spent = 1000 * (time.process_time() - began) / len(chosen)
        times += [(spent, pair.key) for pair in chosen]
    return values_of(group, f"mean ms, {TOGETHER} together", times)


class _Timed:
    """An embedder that counts the processor seconds that it takes."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        """As the embedder does."""
        began = time.process_time()
        found = self._embedder.embed_chunks(chunks)
        self.seconds += time.process_time() - began
        return found


def _pair_scores(group: str, checked: Sequence[Checked]) -> Iterator[Measured]:
    changed = [one for one in checked if one.pair.kind in CORE]
    faithful = [one for one in checked if one.pair.kind in PARAPHRASES]
    yield _flagged(group, "caught, all changes", changed)
    yield _flagged(group, "false alarms, all rewritten", faithful)
    flagged = [one for one in (*changed, *faithful) if one.flagged]
    yield values_of(group, "precision", ((not o.pair.faithful, o.pair.key) for o in flagged))
    sure = [[one.support.probability or 0.0 for one in some] for some in (faithful, changed)]
    yield Score(group, VOZ, "AUROC", len(changed) + len(faithful), auroc(*sure), None)
    told = ((one.support.verdict == "contradicted", one.pair.key) for one in changed if one.flagged)
    yield values_of(group, "of caught, contradicted", told)
    for kind in sorted({one.pair.kind for one in checked}):
        for faithful_kind, name in ((False, "caught"), (True, "false alarms")):
            some = [o for o in checked if (o.pair.kind, o.pair.faithful) == (kind, faithful_kind)]
            if some:
                yield _flagged(group, f"{name}: {kind}", some)
    yield from _times(group, checked)


def _flagged(group: str, measure: str, some: Sequence[Checked]) -> Values:
    return values_of(group, measure, ((one.flagged, one.pair.key) for one in some))


def _times(group: str, checked: Sequence[Checked]) -> Iterator[Measured]:
    """How long a statement takes, and of that, what takes which share."""
    yield values_of(group, "mean ms", ((1000 * one.seconds, one.pair.key) for one in checked))
    yield from times_of(group, "ms", [1000 * one.seconds for one in checked])
    total = sum(one.seconds for one in checked)
    parts = {
        "reading": sum(one.reading for one in checked),
        "embedding": sum(one.embedding for one in checked),
    }
    parts["comparing"] = total - sum(parts.values())
    for part, seconds in parts.items():
        spent = seconds / total if total else None
        yield Score(group, VOZ, f"share of the time, {part}", len(checked), spent, None)
