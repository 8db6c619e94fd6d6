"""Near-copies and contradictions as lines for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.shell.printable import printable
from assistant.shell.work_lines import as_json
from assistant.shell.work_texts import tell

if TYPE_CHECKING:
    from knowledge.conflicts.contradictions import Contradiction
    from knowledge.conflicts.duplicates import Duplicate, Place
    from knowledge.conflicts.statements import Sentence
    from knowledge.models import Language

QUOTE_CHARS = 240


def duplicate_lines(one: Duplicate, language: Language) -> list[str]:
    """What repeats what, and how much of it."""
    shares = {"contained": _percent(one.contained), "alike": _percent(one.alike)}
    names = {"source": _place(one.place), "of": _place(one.of)}
    lines = [tell(language, f"duplicate_{one.kind}", **names, **shares)]
    if one.kind == "passage":
        lines += [f"   «{_quote(place.text)}»" for place in (one.place, one.of)]
    return [_line(line) for line in lines]


def contradiction_lines(one: Contradiction, language: Language) -> list[str]:
    """What differs, and both sentences with their sources."""
    reason = tell(language, "contradiction", reason=one.reason(language), score=_percent(one.score))
    sides = [_side(one.first), _side(one.second)]
    return [_line(line) for line in (reason, *sides)]


def duplicate_json(one: Duplicate) -> dict[str, Any]:
    """A near-copy as JSON."""
    found: dict[str, Any] = as_json(one)
    for side in ("place", "of"):
        del found[side]["passage"]  # the register's own number
    return found


def contradiction_json(one: Contradiction) -> dict[str, Any]:
    """A contradiction, with its reason in both languages.

    ``said``: where in the sentence, start and end in characters; equal where all of it says so.
    """
    languages: tuple[Language, Language] = ("es", "en")
    sides = ((one.first, one.first_span), (one.second, one.second_span))
    return {
        "score": one.score,
        "aspect": one.aspect,
        "kind": one.kind,
        "reason": {language: one.reason(language) for language in languages},
        "sentences": [_sentence(sentence, span) for sentence, span in sides],
    }


def _sentence(sentence: Sentence, span: tuple[int, int]) -> dict[str, Any]:
    return {
        "source": sentence.document,
        "title": sentence.title,
        "version": sentence.version,
        "headings": list(sentence.headings),
        "language": sentence.language,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "said": list(span),
    }


def _place(place: Place) -> str:
    return " › ".join((place.source, *place.headings))


def _side(sentence: Sentence) -> str:
    return f"   {' › '.join((sentence.document, *sentence.headings))}: «{_quote(sentence.text)}»"


def _quote(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= QUOTE_CHARS else f"{short[: QUOTE_CHARS - 1]}…"


def _percent(share: float) -> int:
    """In whole percents, rounded down: 100 is all of it."""
    return int(share * 100 + 1e-9)


def _line(text: str) -> str:
    """One line, without what a terminal would obey."""
    return printable(text).replace("\n", " ")
