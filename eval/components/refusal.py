"""`voz eval refusal`: does it say "not found" when the sources do not answer, and only then?

Far questions are asked of documents about something else. Near ones, of the passage that was
written for them and does not answer, are part of `eval.benchmarks.squad_es`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Answer
from assistant.pipeline import Assistant
from eval.cases import Case, LabelledSet, in_half
from eval.corpora import desks, public
from eval.corpora.reading import rows, sampled
from eval.corpora.registers import assistant_over, assistant_over_files
from eval.scores import Progress, Score
from eval.statistics.means import mean, standard_error
from knowledge.ports import Embedder
from knowledge.settings import Settings

FOREIGN_PER_CORPUS = 300


@dataclass(frozen=True)
class Asked:
    """Questions of one kind put to one corpus.

    Attributes:
        own: whether the corpus answers them.
    """

    name: str
    own: bool
    cases: tuple[Case, ...]


def evaluate(
    data: Path,
    embedder: Embedder,
    settings: Settings,
    *,
    which: str = "report",
    limit: int | None = FOREIGN_PER_CORPUS,
    progress: Progress = lambda line: None,
) -> Iterator[Score]:
    """Refusals of far questions and of own questions."""
    for name, assistant, groups in far(data, embedder, settings, which, limit, progress):
        for group in groups:
            progress(f"refusal over {name}: {group.name}, {len(group.cases)} questions")
            answers = _answers(assistant, group.cases)
            refused = [_refused(a) for a in answers]
            kind = "own refused" if group.own else "far refused"
            yield _score(f"{group.name} over {name}", kind, refused)


def far(
    data: Path,
    embedder: Embedder,
    settings: Settings,
    which: str,
    limit: int | None,
    progress: Progress,
) -> Iterator[tuple[str, Assistant, list[Asked]]]:
    """Each corpus with the questions that are its own and those that are not."""
    xquad = list(public.load(["xquad"], data))
    faq = list(public.load(["faq_tax"], data))
    out_of_scope = _out_of_scope(data)
    for own, foreign in ((xquad, faq), (faq, xquad)):
        for corpus in dict.fromkeys(s.corpus for s in own):
            here = [s for s in own if s.corpus == corpus]
            with assistant_over(corpus, here[0].documents, embedder, settings) as assistant:
                groups = [asked(s, True, which, limit) for s in here]
                groups += [asked(s, False, which, limit) for s in _one_language_each(foreign)]
                yield corpus, assistant, [*groups, asked(out_of_scope, False, which, limit)]
    elsewhere = [*_one_language_each([*xquad, *faq]), out_of_scope]
    strange = [asked(s, False, which, limit) for s in elsewhere]
    folder = desks.stage(data, settings.data_dir / "eval" / "agents-files") / "policies"
    progress("reading the policies (minutes the first time)")
    with assistant_over_files("policies", folder, embedder, settings) as assistant:
        cases = desks.cases(["agents_policies"], "all", assistant.documents(LOCAL_VIEWER))
        yield "policies", assistant, [_own("policies", cases, which, limit), *strange]
    with desks.ALMENDRO.assistant(data, embedder, settings) as assistant:
        cases = desks.ALMENDRO.cases("all", assistant)
        yield "example", assistant, [_own("example", cases, which, limit), *strange]
    with desks.PUBLIC.assistant(data, embedder, settings) as assistant:
        # What is far from these is far from the policies among them: those were asked above.
        cases = desks.PUBLIC.cases("all", assistant)
        yield "agents", assistant, [_own("agents", cases, which, limit)]


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
        for q in rows(data / "queries" / "queries.jsonl")
        if q["scope"] == "out_of_scope"
    )
    return LabelledSet("out of scope", "queries", (), cases)


def _answers(assistant: Assistant, cases: Sequence[Case]) -> list[Answer]:
    return [assistant.ask(c.question, LOCAL_VIEWER, c.history) for c in cases]


def _refused(answer: Answer) -> float:
    return float(answer.verdict == "not_found")


def _score(name: str, measure: str, values: Sequence[float]) -> Score:
    return Score(name, "voz", measure, len(values), mean(values), standard_error(values))
