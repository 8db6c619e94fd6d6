"""`voz eval composed`: of what a real small model wrote from sources, what would have been shown?

Three exams, written for questions of the example company, each from the two best passages, and
judged by hand without seeing what the check says. The first two by SmolLM2-135M-Instruct (Q4_1,
temperature 0). ``sets/composed.jsonl``: with the prompt that is in use, which it hardly ever
follows: no sentence names a source. ``sets/composed_2.jsonl``: other questions, and a short prompt
with a grammar that makes it name one source behind every sentence; a sentence is judged beside that
source alone. ``sets/composed_3.jsonl``: so too, new questions again, by the less weak
Qwen2.5-Coder-0.5B-Instruct (Q4_K_M); and sentences that are supported, written by hand. Of the
third, half ``fit`` of the questions was looked at to choose what is shown; half ``report`` is
measured.
``check alone`` is the support check on the sources that a sentence names, or on both where it names
none; ``to the question`` all that a sentence must be to be shown, were it to name those;
``as in use`` shows nothing that names none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.chat.checking import Passage, SupportCheck, passed
from assistant.chat.drafted import Draft
from assistant.chat.support import support_check
from assistant.models import Citation, Statement
from eval.corpora.reading import by_hand
from eval.scores import Measured, Score, values_of
from eval.statistics.rates import wilson
from eval.work import Work
from knowledge.models import Language

NO_FOCUS = "-"
"""What answers best in a passage was not kept with it."""
SENTENCES = "composed.jsonl"
SECOND = "composed_2.jsonl"
THIRD = "composed_3.jsonl"
KINDS = ("unsupported", "nothing", "supported")

Judged = Literal["supported", "unsupported", "nothing"]


@dataclass(frozen=True)
class Source:
    """A passage that a model was given, and what answers best in it."""

    passage: Passage
    focus: str = NO_FOCUS


@dataclass(frozen=True)
class Sentence:
    """A sentence of a model, or one that was written by hand.

    Attributes:
        question: that it was to answer.
        text: its words.
        language: that was asked for.
        sources: the passages that the model was given.
        judged: by hand; ``nothing`` states nothing: questions, titles, fragments.
        named: numbers, from 1, of the sources that it names and was given; may be empty.
        by_hand: whether it was written by hand, and not by the model.
        half: of the questions; exams that are not in halves are all ``report``.
    """

    question: str
    text: str
    language: Language
    sources: tuple[Source, ...]
    judged: Judged
    named: tuple[int, ...]
    by_hand: bool
    half: str

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of the sources that it is checked against."""
        return self.named or tuple(range(1, len(self.sources) + 1))

    @property
    def across(self) -> bool:
        """Whether any of those is in another language than was asked for."""
        return any(self.sources[n - 1].passage.language != self.language for n in self.numbers)


def sentences(name: str = SENTENCES) -> Iterator[Sentence]:
    """All sentences that were kept, in their order."""
    for row in by_hand(name):
        sources = tuple(
            Source(Passage(s["text"], s["language"], s["above"]), s.get("focus", NO_FOCUS))
            for s in row["sources"]
        )
        for one in row["sentences"]:
            yield Sentence(
                row["question"],
                one["text"],
                row["language"],
                sources,
                one["judged"],
                tuple(one["named"]),
                one.get("writer") == "hand",
                row.get("half", "report"),
            )


_Shown = tuple[Sentence, bool, bool]
"""A sentence, whether the check alone lets it pass, and whether all else does too."""


def measure(work: Work) -> Iterator[Measured]:
    """What passes of sentences that are supported, that are not, and that state nothing."""
    check = support_check(work.embedder)
    groups: dict[str, Callable[[Sentence], bool]] = {
        "all": lambda _: True,
        "es": lambda s: s.language == "es",
        "en": lambda s: s.language == "en",
    }
    yield from _exam(list(sentences()), check, groups)
    groups["across"] = lambda s: s.across
    third = [s for s in sentences(THIRD) if s.half == "report"]
    for exam, judged in (
        ("second", list(sentences(SECOND))),
        ("third", [s for s in third if not s.by_hand]),
        ("third by hand", [s for s in third if s.by_hand]),
    ):
        yield from _exam(judged, check, {f"{exam}, {name}": of for name, of in groups.items()})


def _exam(
    judged: Sequence[Sentence],
    check: SupportCheck,
    groups: dict[str, Callable[[Sentence], bool]],
) -> Iterator[Measured]:
    shown = [(s, _alone(s, check), _to_the_question(s, check)) for s in judged]
    for name, belongs in groups.items():
        for kind in KINDS:
            rows = [one for one in shown if belongs(one[0]) and one[0].judged == kind]
            yield from _scores(name, f"{kind} shown", rows)


def _scores(name: str, measure: str, rows: Sequence[_Shown]) -> Iterator[Measured]:
    systems = {
        "check alone": [alone for _, alone, _ in rows],
        "to the question": [told for _, _, told in rows],
        "as in use": [told and bool(s.named) for s, _, told in rows],
    }
    for system, values in systems.items():
        cases = zip(values, (s.question for s, _, _ in rows), strict=True)
        yield values_of(name, measure, cases, system=system)
    for system, values in systems.items():
        ends = wilson(sum(values), len(values)) if values else (None, None)
        for end, bound in zip(("from", "to"), ends, strict=True):
            yield Score(name, system, f"{measure}, 95 % {end}", len(values), bound, None)


def _alone(sentence: Sentence, check: SupportCheck) -> bool:
    cited = [sentence.sources[n - 1].passage for n in sentence.numbers]
    return check([(sentence.text, cited)], sentence.language)[0].verdict == "supported"


def _to_the_question(sentence: Sentence, check: SupportCheck) -> bool:
    """Whether it would be shown, were it to name the sources that it is checked against."""
    written = [Draft(sentence.text, sentence.numbers)]
    sources = [_statement(source) for source in sentence.sources]
    return bool(passed(sentence.question, written, sources, sentence.language, check).statements)


def _statement(source: Source) -> Statement:
    own = source.passage
    title, *headings = own.above.split("\n")
    cited = Citation(
        "", title, None, None, tuple(headings), own.text, 0, len(own.text), own.language
    )
    return Statement(own.text, (cited,), source.focus)
