"""`voz eval refusal`: does it say "not found" when the sources do not answer, and only then?

Far questions are asked of documents about something else. Near ones, of the passage that was
written for them and does not answer, are part of `eval.benchmarks.squad_es`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from assistant.pipeline import Assistant
from eval.cases import Case, LabelledSet
from eval.corpora import desks, public
from eval.corpora.reading import rows, sampled
from eval.corpora.registers import assistant_over, assistant_over_files
from eval.halves import in_half
from eval.measures.behaviour import HALLUCINATION, OVER_REFUSAL, hallucinated, over_refused
from eval.outcome import Did
from eval.scores import VOZ, Values, values_of
from eval.work import Work


@dataclass(frozen=True)
class Asked:
    """Questions of one kind put to one corpus.

    Attributes:
        own: whether the corpus answers them.
    """

    name: str
    own: bool
    cases: tuple[Case, ...]


def measure(work: Work) -> Iterator[Values]:
    """`HALLUCINATION` of far questions and `OVER_REFUSAL` of own ones, by corpus and set."""
    for corpus, assistant, groups in far(work):
        for group in groups:
            work.progress(f"refusal over {corpus}: {group.name}, {len(group.cases)} questions")
            yield rates(corpus, group, VOZ, answered(assistant, group.cases))


def answered(assistant: Assistant, cases: Sequence[Case]) -> list[Did]:
    """What is done with each question."""
    told = [assistant.ask(case.question, LOCAL_VIEWER, case.history) for case in cases]
    return ["abstain" if answer.verdict == "not_found" else "answer" for answer in told]


def rates(corpus: str, group: Asked, system: str, did: Sequence[Did]) -> Values:
    """What a system did with questions of one kind, as the measure that they are asked for."""
    measure = OVER_REFUSAL if group.own else HALLUCINATION
    value = over_refused if group.own else hallucinated
    cases = ((value(one), case.key) for one, case in zip(did, group.cases, strict=True))
    name = f"{group.name} over {corpus}"
    better = measure.higher_is_better
    return values_of(name, measure.name, cases, system=system, higher_is_better=better)


def far(work: Work) -> Iterator[tuple[str, Assistant, list[Asked]]]:
    """Each corpus with the questions that are its own and those that are not."""
    half, limit, embedder, settings = work.half, work.limit, work.embedder, work.settings
    xquad = list(public.load(["xquad"], work.data))
    faq = list(public.load(["faq_tax"], work.data))
    out_of_scope = _out_of_scope(work.data)
    for own, foreign in ((xquad, faq), (faq, xquad)):
        for corpus in dict.fromkeys(s.corpus for s in own):
            here = [s for s in own if s.corpus == corpus]
            with assistant_over(corpus, here[0].documents, embedder, settings) as assistant:
                groups = [asked(s, True, half, limit) for s in here]
                groups += [asked(s, False, half, limit) for s in _one_language_each(foreign)]
                yield corpus, assistant, [*groups, asked(out_of_scope, False, half, limit)]
    elsewhere = [*_one_language_each([*xquad, *faq]), out_of_scope]
    strange = [asked(s, False, half, limit) for s in elsewhere]
    folder = desks.stage(work.data, settings.data_dir / "eval" / "agents-files") / "policies"
    work.progress("reading the policies (minutes the first time)")
    with assistant_over_files("policies", folder, embedder, settings) as assistant:
        cases = desks.cases(["agents_policies"], "all", assistant.documents(LOCAL_VIEWER))
        yield "policies", assistant, [_own("policies", cases, half, limit), *strange]
    with desks.ALMENDRO.assistant(work) as assistant:
        cases = desks.ALMENDRO.cases("all", assistant)
        yield "example", assistant, [_own("example", cases, half, limit), *strange]
    with desks.PUBLIC.assistant(work) as assistant:
        # What is far from these is far from the policies among them: those were asked above.
        cases = desks.PUBLIC.cases("all", assistant)
        yield "agents", assistant, [_own("agents", cases, half, limit)]


def asked(labelled: LabelledSet, own: bool, which: str, limit: int | None) -> Asked:
    """The questions of one half of a set, at most ``limit``."""
    cases = tuple(c for c in labelled.cases if in_half(c.key, which))
    return Asked(labelled.name, own, sampled(cases, limit))


def _own(corpus: str, cases: Sequence[Case], which: str, limit: int | None) -> Asked:
    """Agents' questions that a corpus answers; a follow-up needs its history and is left out."""
    alone = tuple(case for case in cases if not case.history)
    return asked(LabelledSet("agents", corpus, (), alone), True, which, limit)


def _one_language_each(sets: Sequence[LabelledSet]) -> list[LabelledSet]:
    """The sets that ask in their own documents' language: the same questions come once."""
    return [s for s in sets if "->" not in s.name]


def _out_of_scope(data: Path) -> LabelledSet:
    cases = tuple(
        Case(q["id"], q["text"], "en", frozenset())
        for q in rows(data / "queries" / "queries.jsonl", "id", "text", "scope")
        if q["scope"] == "out_of_scope"
    )
    return LabelledSet("out of scope", "queries", (), cases)
