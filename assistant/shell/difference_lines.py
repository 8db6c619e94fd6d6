"""The differences of two versions as lines for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from assistant.shell.printable import printable as _printable
from assistant.shell.texts import place

if TYPE_CHECKING:
    from knowledge.differences.compare import Difference, Differences, Side
    from knowledge.models import Language

Words = dict[str, tuple[str, str]]
_ES: Words = {
    "changed": ("{count} cambiada", "{count} cambiadas"),
    "added": ("{count} añadida", "{count} añadidas"),
    "removed": ("{count} quitada", "{count} quitadas"),
    "moved": ("{count} movida", "{count} movidas"),
    "numbers": ("{count} cifra", "{count} cifras"),
    "dates": ("{count} fecha", "{count} fechas"),
}
_EN: Words = {
    "changed": ("{count} changed", "{count} changed"),
    "added": ("{count} added", "{count} added"),
    "removed": ("{count} removed", "{count} removed"),
    "moved": ("{count} moved", "{count} moved"),
    "numbers": ("{count} number", "{count} numbers"),
    "dates": ("{count} date", "{count} dates"),
}
COUNTED: dict[Language, Words] = {"es": _ES, "en": _EN}
"""What there is one of, and several."""

LINES: dict[Language, dict[str, str]] = {
    "es": {
        "versions": "{name}: de la versión {old} a la {new}",
        "same": "Nada es distinto; solo pueden serlo espacios y saltos de línea.",
        "withheld": "Lo reservado a otros no se compara.",
        "moved_from": "estaba en «{heading}»",
        "moved": "estaba en otro lugar",
        "internal": "no es para clientes",
    },
    "en": {
        "versions": "{name}: from version {old} to {new}",
        "same": "Nothing is different, save perhaps for spaces and line breaks.",
        "withheld": "What is reserved for others is not compared.",
        "moved_from": "it was in “{heading}”",
        "moved": "it was elsewhere",
        "internal": "not for customers",
    },
}
_SENTENCES = ("changed", "added", "removed", "moved")
_VALUES = ("numbers", "dates")


def summary(found: Differences, language: Language) -> str:
    """How much is different: "3 changed, 1 added; 2 numbers"; empty when nothing is."""
    counts = vars(found.counts)

    def listed(keys: tuple[str, ...]) -> str:
        words = COUNTED[language]
        parts = [words[k][counts[k] != 1].format(count=counts[k]) for k in keys if counts[k]]
        return ", ".join(parts)

    return "; ".join(filter(None, (listed(_SENTENCES), listed(_VALUES))))


def difference_lines(
    name: str, found: Differences, language: Language, *, context: int
) -> list[str]:
    """What is different, each stretch under the headings above it, styled for a terminal.

    What the style tells is told without it too: ``-`` and ``+`` before a sentence, ``[-…-]`` and
    ``{+…+}`` around the words that changed.
    """
    words = LINES[language]
    lines = [
        printable(words["versions"].format(name=name, old=found.old, new=found.new)),
        summary(found, language) or words["same"],
    ]
    if found.withheld:
        lines.append(words["withheld"])
    for hunk in found.hunks(context):
        above: str | None = None
        for one in hunk:
            here = _place(name, one, language)
            if here != above or one is hunk[0]:
                lines += ["", typer.style(here, bold=True)]
                above = here
            lines += _lines(one, language)
    return lines


def differences_json(found: Differences, *, context: int) -> dict[str, Any]:
    """The differences as ``voz sources diff --json`` and the API give them."""
    return {
        "from": found.old,
        "to": found.new,
        "withheld": found.withheld,
        "counts": vars(found.counts),
        "stretches": [[_json(one) for one in hunk] for hunk in found.hunks(context)],
    }


def printable(text: str) -> str:
    """One line of text without what a terminal would obey."""
    return _printable(text).replace("\n", " ")


def _json(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "moved": one.moved,
        "old": _side_json(one.old),
        "new": _side_json(one.new),
    }


def _side_json(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    passage = side.passage
    return {
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "block": passage.kind,
        "headings": list(passage.headings),
        "page": passage.page,
        "row": passage.row,
        "internal": passage.internal,
        "marks": [vars(mark) for mark in side.marks],
    }


def _place(name: str, one: Difference, language: Language) -> str:
    passage = one.place
    where = place(language, name, passage.page, passage.row, short=True)
    parts = [printable(" › ".join(passage.headings)), where]
    if passage.internal:
        parts.append(LINES[language]["internal"])
    return " · ".join(filter(None, parts)) or "—"


def _lines(one: Difference, language: Language) -> Iterator[str]:
    if one.kind == "kept":
        yield f"    {printable(one.place.text)}"
        return
    note = f"  ({_moved_from(one, language)})" if one.moved else ""
    if one.kind == "moved":
        yield f"  > {printable(one.place.text)}{note}"
        return
    if one.old is not None:
        yield typer.style("  - ", fg="red") + _marked(one.old, one, "[-", "-]", "red")
    if one.new is not None:
        yield typer.style("  + ", fg="green") + _marked(one.new, one, "{+", "+}", "green") + note


def _moved_from(one: Difference, language: Language) -> str:
    assert one.old is not None
    above, words = one.old.passage.headings[-1:], LINES[language]
    if not above or above == one.place.headings[-1:]:
        return words["moved"]
    return words["moved_from"].format(heading=printable(above[0]))


def _marked(side: Side, one: Difference, before: str, after: str, colour: str) -> str:
    """A sentence with what changed in it between signs, values in bold."""
    text, done, parts = side.passage.text, 0, []
    for mark in side.marks:
        inner = printable(text[mark.start : mark.end])
        if one.kind == "changed":
            inner = f"{before}{inner}{after}"
        parts.append(typer.style(printable(text[done : mark.start]), fg=colour))
        parts.append(typer.style(inner, fg=colour, bold=True, underline=mark.kind != "words"))
        done = mark.end
    parts.append(typer.style(printable(text[done:]), fg=colour))
    return "".join(parts)
