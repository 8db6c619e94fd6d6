"""Is the right document found? Every system asked the same questions over the same documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby

from eval.benchmarks.systems import PER_DOCUMENT, Rank, Systems, over
from eval.cases import Case, LabelledSet
from eval.corpora.reading import sampled
from eval.halves import in_half
from eval.measures.rankings import measure
from eval.scores import Values
from eval.work import Work


def chosen(cases: Iterable[Case], work: Work) -> tuple[Case, ...]:
    """The questions of the half that is measured, at most as many as are wanted."""
    return sampled(tuple(c for c in cases if in_half(c.key, work.half)), work.limit)


def by_corpus(sets: Iterable[LabelledSet], work: Work) -> Iterator[tuple[str, list[LabelledSet]]]:
    """Sets that share their documents, each with the questions that are asked."""
    for corpus, group in groupby(sets, key=lambda labelled: labelled.corpus):
        slices = [replace(one, cases=chosen(one.cases, work)) for one in group]
        yield corpus, [one for one in slices if one.cases]


@contextmanager
def systems_of(
    slices: Sequence[LabelledSet], work: Work, per_document: int = PER_DOCUMENT
) -> Iterator[Systems]:
    """All systems over the documents that some sets share."""
    first = slices[0]
    with over(first.corpus, first.documents, work, per_document=per_document) as systems:
        yield systems


def measured(
    labelled: LabelledSet,
    ranks: Mapping[str, Rank],
    measures: Sequence[str],
    work: Work,
) -> Iterator[Values]:
    """Each measure of each system, question by question.

    Args:
        labelled: the slice, with the questions that are asked.
        ranks: the systems.
        measures: by their `ir-measures` names.
        work: the run.
    """
    functions = {name: measure(name) for name in measures}
    depth = max(int(name.rpartition("@")[2]) for name in measures)
    keys = tuple(case.key for case in labelled.cases)
    for system, rank in ranks.items():
        work.progress(f"{labelled.name}: {system}, {len(labelled.cases)} questions")
        ranked = [rank(case, depth) for case in labelled.cases]
        for name, function in functions.items():
            values = tuple(
                function(found, dict.fromkeys(case.relevant, 1))
                for found, case in zip(ranked, labelled.cases, strict=True)
            )
            yield Values(labelled.name, system, name, values, keys)


def evaluate(sets: Iterable[LabelledSet], measures: Sequence[str], work: Work) -> Iterator[Values]:
    """`measured` for each of some sets."""
    for _, slices in by_corpus(sets, work):
        if slices:
            with systems_of(slices, work) as systems:
                for labelled in slices:
                    yield from measured(labelled, systems.ranks, measures, work)
