"""Cell values as people read them in a spreadsheet."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_SPANISH = re.compile(
    r"(?i)\b(?:de|la|el|los|las|que|y|en|por|para|con|del|una?|se|no|al|es|precio|código|fecha)\b"
)
_ENGLISH = re.compile(r"(?i)\b(?:the|of|and|to|in|for|is|with|on|by|an?|or|not|price|date|code)\b")
_SECTION = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]|\"([^\"]*)\"|\\(.)|([€$£¥])")
_SYMBOLS = ("€", "$", "£", "¥", "EUR", "USD", "GBP")


def reads_spanish(text: str) -> bool:
    """Whether text has more Spanish than English function words; Spanish when in doubt."""
    sample = text[:5000]
    return len(_SPANISH.findall(sample)) >= len(_ENGLISH.findall(sample))


def show_value(value: object, number_format: str, *, spanish: bool) -> str:
    """A cell as its spreadsheet shows it, near enough to be read out.

    Args:
        value: what the cell holds.
        number_format: the cell's format code (ECMA-376 Part 1, 18.8.31), e.g. ``#,##0.00 €``.
        spanish: decimal comma and day before month where the format leaves it open.

    >>> show_value(1234.5, "#,##0.00 €", spanish=True)
    '1.234,50 €'
    >>> show_value(0.21, "0%", spanish=False)
    '21%'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        yes, no = ("sí", "no") if spanish else ("yes", "no")
        return yes if value else no
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return _show_date(value, number_format, spanish=spanish)
    if isinstance(value, int | float):
        return _show_number(value, number_format, spanish=spanish)
    return str(value)


def _show_date(
    value: dt.datetime | dt.date | dt.time | dt.timedelta, number_format: str, *, spanish: bool
) -> str:
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    code = _SECTION.sub("", number_format).lower()
    month_first = code.find("m") < code.find("d") if "d" in code and "m" in code else not spanish
    if code.startswith("yy"):
        shown = value.strftime("%Y-%m-%d")
    elif "d" not in code and "y" in code:
        shown = value.strftime("%m/%Y")
    else:
        shown = value.strftime("%m/%d/%Y" if month_first and not spanish else "%d/%m/%Y")
    timed = isinstance(value, dt.datetime) and (value.hour or value.minute)
    return f"{shown} {value.strftime('%H:%M')}" if timed else shown


def _show_number(value: int | float, number_format: str, *, spanish: bool) -> str:
    code = (number_format or "General").split(";")[0]
    bare = _SECTION.sub("", code)
    try:
        number = Decimal(repr(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return ""
    if code.lower() in ("general", "@", "") or not re.search(r"[0#?]", bare):
        shown = f"{number.normalize():f}" if abs(number) < 10**15 else f"{value:g}"
        return shown.replace(".", ",") if spanish else shown
    if "%" in bare:
        number *= 100
    decimals = len(re.sub(r"[^0#?]", "", bare.split(".")[1])) if "." in bare else 0
    number = number.quantize(Decimal(1).scaleb(-min(decimals, 10)), rounding=ROUND_HALF_UP)
    shown = f"{number:,f}" if "," in bare.split(".")[0] else f"{number:f}"
    if not re.search(r"[#0?]", shown) and "0" in bare:
        shown = shown.rjust(len(re.sub(r"[^0]", "", bare.split(".")[0])), "0")
    digits = len(re.sub(r"[^0]", "", bare.split(".")[0]))
    if decimals == 0 and digits > 1 and "," not in bare and number >= 0:
        shown = shown.zfill(digits)  # codes and postcodes keep their leading zeros
    if spanish:
        shown = shown.translate(str.maketrans(",.", ".,"))
    return _with_unit(shown, code, percent="%" in bare)


def _with_unit(shown: str, code: str, *, percent: bool) -> str:
    if percent:
        return f"{shown}%"
    for match in _CURRENCY.finditer(code):
        unit = next((group for group in match.groups() if group), "").strip()
        if not unit:
            continue
        before = match.start() < re.search(r"[0#?]", code).start()  # type: ignore[union-attr]
        if unit in _SYMBOLS or unit.isalpha() or unit in ("€/mes", "%"):
            glue = " " if len(unit) > 1 or not before else ""
            return f"{unit}{glue}{shown}" if before else f"{shown} {unit}"
    return shown
