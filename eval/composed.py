"""`voz eval composed`: of what a real small model wrote from sources, what would have been shown?

The sentences are kept in ``sets/composed.jsonl``: SmolLM2-135M-Instruct (Q4_1, temperature 0, at
most 110 tokens) wrote them for questions of the example company, each from the two best passages;
whether the passages say so was judged by hand, without seeing what the check says. The model hardly
ever names its sources, so nearly nothing of it can be shown as it is; to try the check, every
sentence is taken to name both: ``check alone`` is the support check, ``to the question`` all that
a sentence must be to be shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.chat.checking import Passage, SupportCheck, passed
from assistant.chat.drafted import Draft
from assistant.chat.support import support_check
from assistant.models import Citation, Statement
from eval.metrics import mean, standard_error
from eval.retrieval import Score
from knowledge.ports import Embedder

NO_FOCUS = "-"
"""What answers best in a passage was not kept with it."""
SENTENCES = Path(__file__).with_name("sets") / "composed.jsonl"

Judged = Literal["supported", "unsupported", "nothing"]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a model.

    Attributes:
        question: that it was to answer.
        text: its words.
        language: that was asked for.
        sources: the passages that the model was given.
        judged: by hand; ``nothing`` states nothing: questions, titles, fragments.
        named: whether it named a source that it was given.
    """

    question: str
    text: str
    language: Literal["es", "en"]
    sources: tuple[Passage, ...]
    judged: Judged
    named: bool


def sentences(path: Path = SENTENCES) -> Iterator[Sentence]:
    """All sentences that were kept, in their order."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        sources = tuple(Passage(s["text"], s["language"], s["above"]) for s in row["sources"])
        for one in row["sentences"]:
            yield Sentence(
                row["question"], one["text"], row["language"], sources, one["judged"], one["named"]
            )


def evaluate(embedder: Embedder) -> Iterator[Score]:
    """What passes of sentences that are supported, that are not, and that state nothing."""
    check = support_check(embedder)
    judged = list(sentences())
    passes = [
        (check(s.text, s.language, s.sources).verdict == "supported", _to_the_question(s, check))
        for s in judged
    ]
    for name, languages in (("all", ("es", "en")), ("es", ("es",)), ("en", ("en",))):
        rows = [
            (s, shown) for s, shown in zip(judged, passes, strict=True) if s.language in languages
        ]
        for kind in ("unsupported", "nothing", "supported"):
            of_kind = [(s, shown) for s, shown in rows if s.judged == kind]
            measure = f"{kind} shown"
            alone, told = ([shown[i] for _, shown in of_kind] for i in (0, 1))
            named = [shown and s.named for (s, _), shown in zip(of_kind, told, strict=True)]
            yield _score(name, "check alone", measure, alone)
            yield _score(name, "to the question", measure, told)
            yield _score(name, "as in use", measure, named)


def _to_the_question(sentence: Sentence, check: SupportCheck) -> bool:
    """Whether it would be shown, were it to name both passages; none of them has a focus."""
    numbers = tuple(range(1, len(sentence.sources) + 1))
    written = [Draft(sentence.text, numbers)]
    sources = [_statement(source) for source in sentence.sources]
    return bool(passed(sentence.question, written, sources, sentence.language, check).statements)


def _statement(source: Passage) -> Statement:
    title, *headings = source.above.split("\n")
    cited = Citation(
        "", title, None, None, tuple(headings), source.text, 0, len(source.text), source.language
    )
    return Statement(source.text, (cited,), NO_FOCUS)


def _score(name: str, system: str, measure: str, shown: Sequence[bool]) -> Score:
    values = [float(one) for one in shown]
    return Score(name, system, measure, len(values), mean(values), standard_error(values))
