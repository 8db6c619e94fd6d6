"""One benchmark from beginning to end: the files are there, all is measured, ours is compared."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from eval.benchmarks.models import TWENTY_LINES, Benchmark, Difference, Result
from eval.scores import VOZ, Values, score_of
from eval.statistics.paired import compare
from eval.work import Work, there
from knowledge.errors import SettingsError


def run(benchmark: Benchmark, work: Work) -> Result:
    """What a benchmark comes to.

    Raises:
        SettingsError: a file is missing, or is not what it has to be.
    """
    there(benchmark.name, benchmark.files, work.data)
    began = time.perf_counter()
    found = list(benchmark.measure(work))
    if not found:
        raise SettingsError(
            f"{benchmark.name}: half {work.half} has no questions below {work.data}: "
            "take --half all, or see whether the set is whole"
        )
    return Result(
        benchmark=benchmark.name,
        half=work.half,
        limit=work.limit,
        scores=tuple(map(score_of, found)),
        differences=tuple(differences([one for one in found if isinstance(one, Values)])),
        published=benchmark.published,
        not_comparable=benchmark.not_comparable,
        seconds=round(time.perf_counter() - began, 1),
    )


def differences(found: Sequence[Values]) -> Iterator[Difference]:
    """Ours beside the twenty lines in each measure that both have of the same questions."""
    theirs = {(one.slice, one.measure): one for one in found if one.system == TWENTY_LINES}
    for ours in found:
        other = theirs.get((ours.slice, ours.measure))
        if ours.system == VOZ and other is not None and other.keys == ours.keys:
            difference = _difference(ours, other)
            if difference is not None:
                yield difference


def _difference(ours: Values, theirs: Values) -> Difference | None:
    both = [
        (before, after, key)
        for before, after, key in zip(theirs.values, ours.values, ours.keys, strict=True)
        if before is not None and after is not None
    ]
    if not both:
        return None
    before, after, keys = zip(*both, strict=True)
    found = compare(before, after, keys, higher_is_better=ours.higher_is_better)
    return Difference(
        ours.slice,
        ours.measure,
        found.n,
        found.difference,
        found.interval.low,
        found.interval.high,
        found.p_changed,
        found.better,
        found.worse,
        found.clusters,
    )
