"""Automatic numbering of Word paragraphs: "3.2", "(a)" are counted, not stored in the text.

Follows ECMA-376 Part 1, 17.9: a paragraph names a list (``numId``) and level (``ilvl``), a list
refers to an abstract one whose levels have a format and a text such as ``%1.%2``.
"""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts list items through one document, in reading order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract_of: dict[str, str] = {}
        self.style_number: dict[str, tuple[str, int]] = {}
        self.counters: dict[str, list[int]] = {}
        self._read_definitions(document)
        self._read_styles(document)

    def _read_definitions(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError, ValueError):
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            levels: dict[int, tuple[str, str, int]] = {}
            for level in abstract.iter(f"{_W}lvl"):
                index = _number(level.get(qn("w:ilvl")))
                start = _number(_value(level, "start"), default=1)
                levels[index] = (_value(level, "numFmt"), _value(level, "lvlText"), start)
            self.levels[abstract.get(qn("w:abstractNumId"))] = levels
        for num in root.iter(f"{_W}num"):
            self.abstract_of[num.get(qn("w:numId"))] = _value(num, "abstractNumId")

    def _read_styles(self, document: Any) -> None:
        for style in document.styles.element.iter(f"{_W}style"):
            number = style.find(f"{_W}pPr/{_W}numPr")
            if number is not None:
                place = (_value(number, "numId"), _number(_value(number, "ilvl")))
                self.style_number[style.get(qn("w:styleId"))] = place

    def label(self, paragraph: Any) -> str | None:
        """What the paragraph's number shows as, ``""`` for a bullet, `None` outside lists."""
        place = self._place(paragraph)
        if place is None:
            return None
        number_id, level = place
        abstract = self.abstract_of.get(number_id, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return None
        counters = self.counters.setdefault(abstract, [0] * 10)
        counters[level] = counters[level] + 1 if counters[level] else levels[level][2]
        for deeper in range(level + 1, len(counters)):
            counters[deeper] = 0
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return ""
        for index in range(level + 1):
            form_of, _, start = levels.get(index, ("decimal", "", 1))
            text = text.replace(f"%{index + 1}", _shown(counters[index] or start, form_of))
        return text.strip()

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        number = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = _value(paragraph.find(f"{_W}pPr"), "pStyle")
        inherited = self.style_number.get(style)
        if number is None:
            place = inherited
        else:
            own = _value(number, "numId") or (inherited[0] if inherited else "")
            place = (own, _number(_value(number, "ilvl")))
        return None if place is None or place[0] in ("", "0") or place[1] > 8 else place


def _value(element: Any, tag: str) -> str:
    found = element.find(f"{_W}{tag}") if element is not None else None
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _shown(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and number < 40:
        roman = ""
        for value, sign in _ROMAN:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)
