"""DSTC: turns of spoken calls, as a recogniser wrote them: is an entry needed, and which?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.benchmarks import ranking
from eval.benchmarks.models import TWENTY_LINES, Benchmark
from eval.benchmarks.systems import Systems, over
from eval.cases import Case, LabelledSet
from eval.components.contacts import measuring as contacts
from eval.halves import in_half
from eval.measures.rankings import measure
from eval.scores import VOZ, Measured, Score, Values
from eval.statistics.telling import auroc, f1
from eval.work import Work

MEASURES = ("Success@1", "Success@5", "RR@5")
NAME = "dstc en"


def _measure(work: Work) -> Iterator[Measured]:
    documents, calls = contacts.dstc(work.data)
    chosen = [call for call in calls if in_half(call.key, work.half)][: work.limit]
    if not chosen:
        return
    with over("dstc", documents, work) as systems:
        work.progress(f"dstc: voz hears {len(chosen)} turns")
        outcomes = contacts.heard(systems.assistant, chosen)
        yield from _ours(outcomes)
        needed = [_case(call) for call in chosen if call.needed]
        theirs = {name: rank for name, rank in systems.ranks.items() if name != VOZ}
        labelled = LabelledSet(NAME, "dstc", tuple(documents), tuple(needed))
        yield from ranking.measured(labelled, theirs, MEASURES, work)
        yield from _need(systems, chosen)
    yield from (one for one in contacts.scores(NAME, outcomes) if "Success" not in one.measure)


def _ours(outcomes: Sequence[contacts.Outcome]) -> Iterator[Values]:
    wanted = [one for one in outcomes if one.call.needed]
    for name in MEASURES:
        function = measure(name)
        found = tuple(function(o.ranked, dict.fromkeys(o.call.relevant, 1)) for o in wanted)
        yield Values(NAME, VOZ, name, found, tuple(o.call.key for o in wanted))


def _need(systems: Systems, calls: Sequence[contacts.Call]) -> Iterator[Score]:
    """The twenty lines answer every turn; what they have to tell a need is how near a piece is."""
    sure: dict[bool, list[float]] = {True: [], False: []}
    for call in calls:
        ((_, _, nearness),) = systems.nearest(call.turns[-1].text, 1)
        sure[call.needed].append(nearness)
    always = f1([(True, call.needed) for call in calls])
    yield Score(NAME, TWENTY_LINES, "need f1", len(calls), always, None)
    area = auroc(sure[True], sure[False])
    yield Score(NAME, TWENTY_LINES, "need auroc", len(calls), area, None)


def _case(call: contacts.Call) -> Case:
    *before, last = call.turns
    return Case(
        call.id, last.text, call.language, call.relevant, history=tuple(before), group=call.key
    )


DSTC = Benchmark(
    name="dstc",
    about="spoken calls: does the turn need an entry, and which of 12,039",
    files=("dstc/faq.jsonl", "dstc/turns.jsonl"),
    measure=_measure,
    not_comparable=(
        "No published figure of DSTC10's track was read where it was published, so none is shown. "
        "Systems of that track were trained for it; ours learned five weights.",
        "dense only and plain bm25 are given the whole conversation, the twenty lines the last "
        "turn, as a tutorial does.",
        "The five weights and the threshold of the need were learned from turns of half fit.",
    ),
)
