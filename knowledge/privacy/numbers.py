"""Personal numbers that are digits, or digits with a letter at an end. Rules over `Run`s.

A rule wants control characters that are right, or a word before the number that says what it is;
a number that a word says to be an order's or a product's is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.privacy.controls import is_card, is_nss, is_phone, is_valid
from knowledge.privacy.cues import Cues
from knowledge.privacy.models import Found, Kind
from knowledge.privacy.runs import LEAST_DIGITS, Run, Window, free, runs

_GAP = r"[ .,/-]{0,3}"
_LETTER_AFTER = re.compile(
    rf"{_GAP}(?:(?:con |la )?(?:letra|letter) )?(?P<letter>[A-Za-z]|de|ese|te|ve|be)(?![\w])"
)
_LETTERS = {"de": "D", "ese": "S", "te": "T", "ve": "V", "be": "B"}
_LETTER_BEFORE = re.compile(rf"(?<![A-Za-z0-9])(?P<letter>[A-Za-z]|de|ese|te|ve|be){_GAP}$")
_ALSO_WORDS = frozenset("a e o u y i de ese te ve be".split())
_MILLIONS = re.compile(
    r"(?<![\w.,-])(?P<a>\d{1,2}) mill?on(?:es)? (?P<b>\d{1,3}) mil (?P<c>\d{1,3})(?! ?\w\w)"
)
_MONEY_AFTER = re.compile(
    r" ?(?:[€$£]|(?:euros?|eur|dolar(?:es)?|dollars?|pounds?|kwh|rpm|km|millas|miles|mill\w+|"
    r"habitantes|personas|people|toneladas)\b)",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\(?\+[ (]{0,2}$")
_MOST_BEFORE_PAUSE = 3
_DATES = ((4, 2, 2), (2, 2, 4))
_LOCAL_SIZES = ((3, 2, 2), (3, 4))
"""Without an area; and "novecientos ochenta treinta y nueve ...", which may be 900 80 39 ..."""
_US_SIZES = (3, 3, 4)
_MAX_PHONE = 15


def numbers(text: str, cues: Cues, country: str) -> Iterator[Found]:
    """What is found in the text of a reading; parts of it may be found twice.

    Args:
        text: of the reading.
        cues: of the same.
        country: whose telephone numbers need no prefix.
    """
    for run in runs(text):
        if sum(end - start for start, end in run.groups) < LEAST_DIGITS:
            continue
        yield from _cards(run, cues)
        yield from _identities(run, cues)
        yield from _companies(run, cues)
        yield from _social(run, cues)
        yield from _accounts(run)
        yield from _phones(run, cues, country)
    for found in _MILLIONS.finditer(text):
        if cues.says("dni", found.start(), found.end()):
            yield Found("dni", *found.span())


def _cards(run: Run, cues: Cues) -> Iterator[Found]:
    for count in (16, 15, 14, 13, 19):
        for one in run.windows(count, " -.,"):
            if not one.apart or not one.free() or not is_card(one.digits):
                continue
            cued = cues.says("card", one.start, one.end)
            if cued or (count in (15, 16) and not cues.is_order(one.start)):
                yield Found("card", one.start, one.end)


def _identities(run: Run, cues: Cues) -> Iterator[Found]:
    """DNI and NIE."""
    for one in run.windows(8, " .,-"):
        after = _LETTER_AFTER.match(run.text, one.end) if _is_one_number(one) else None
        if after and one.apart and _fits("dni", one.digits, after, one.start, cues):
            yield Found("dni", one.start, after.end())
        elif _is_bare_dni(one, cues):
            yield Found("dni", one.start, one.end)
    for one in run.windows(7, " .,-"):
        after = _LETTER_AFTER.match(run.text, one.end) if one.apart else None
        if after is None or not _is_one_number(one):
            continue
        before = _letter_before(run.text, one.start)
        first = _letter(before) if before else ""
        if before and first in ("X", "Y", "Z"):
            if _fits("nie", first + one.digits, after, before.start("letter"), cues):
                yield Found("nie", before.start("letter"), after.end())
        elif before is None and _fits_cued(one, after, cues):
            yield Found("dni", one.start, after.end())


def _is_one_number(one: Window) -> bool:
    """Whether commas in it are pauses, and not between a number and another, as in an address."""
    return "," not in one.run.text[one.start : one.end] or max(one.sizes) <= _MOST_BEFORE_PAUSE


def _is_bare_dni(one: Window, cues: Cues) -> bool:
    """Whether a word says that eight digits are a DNI, without its letter."""
    plain = one.apart and one.free() and one.sizes not in _DATES
    cued = plain and cues.says("dni", one.start, one.end)
    return cued and _letter_before(one.run.text, one.start) is None


def _fits_cued(one: Window, after: re.Match[str], cues: Cues) -> bool:
    """Whether seven digits with a letter are a DNI without the leading zero."""
    cued = cues.says("dni", one.start, one.end)
    return cued and _fits("dni", f"0{one.digits}", after, one.start, cues)


def _letter_before(text: str, start: int) -> re.Match[str] | None:
    return _LETTER_BEFORE.search(text, max(0, start - 7), start)


def _letter(found: re.Match[str]) -> str:
    return _LETTERS.get(found["letter"].lower(), found["letter"].upper())


def _fits(kind: Kind, code: str, after: re.Match[str], start: int, cues: Cues) -> bool:
    """Whether a number with its letter is one: the letter is right, or a word says so."""
    if not free(after.string, start, after.end()) or cues.is_order(start):
        return False
    word = after["letter"].lower() in _ALSO_WORDS and "," in after[0]  # "12 345 678, y"
    if not word and is_valid(kind, code + _letter(after)):
        return True
    gap = 0 if after["letter"].lower() in _ALSO_WORDS else 1  # "el 12345678 y otro" has no letter
    glued = after.end() - after.start() <= gap + 1
    return glued and (cues.says(kind, start, after.end()) or cues.says("dni", start, after.end()))


def _companies(run: Run, cues: Cues) -> Iterator[Found]:
    for count in (8, 7):
        for one in run.windows(count, " .,-"):
            before = _letter_before(run.text, one.start)
            if before is None or _letter(before) not in "ABCDEFGHJNPQRSUVW":
                continue
            after = _LETTER_AFTER.match(run.text, one.end) if count == 7 else None
            if count == 7 and after is None:
                continue
            start, end = before.start("letter"), after.end() if after else one.end
            if not one.apart or not free(run.text, start, end) or cues.is_order(start):
                continue
            control = _letter(after) if after else ""
            code = f"{_letter(before)}{one.digits}{control}"
            if is_valid("cif", code) or (cues.says("cif", start, end) and not control):
                yield Found("cif", start, end)


def _social(run: Run, cues: Cues) -> Iterator[Found]:
    """Numbers of the Spanish and of the American social security."""
    for one in run.windows(12, " /-.,"):
        if one.apart and one.free() and not cues.is_order(one.start):
            cued = cues.says("nss", one.start, one.end) or cues.says("ssn", one.start, one.end)
            if cued or is_nss(one.digits):
                yield Found("nss", one.start, one.end)
    for one in run.windows(9, " ,-"):
        cued = cues.says("ssn", one.start, one.end) or cues.says("nss", one.start, one.end)
        dashed = one.sizes == (3, 2, 4) and "-" in run.text[one.start : one.end]
        if not (cued or dashed) or not one.apart or not one.free():
            continue
        if is_valid("ssn", one.digits) and not cues.is_order(one.start):
            yield Found("ssn", one.start, one.end)


def _accounts(run: Run) -> Iterator[Found]:
    """Spanish accounts without the country and its control digits."""
    for one in run.windows(20, " -./,"):
        if one.apart and one.free() and is_valid("ccc", one.digits):
            yield Found("iban", one.start, one.end)


def _phones(run: Run, cues: Cues, country: str) -> Iterator[Found]:
    international = _international(run, cues, country)
    if international is not None:
        yield international
        return
    for one in run.windows(9, " .,-()/") if country == "ES" else ():
        if one.digits[0] not in "6789" or not (one.apart or _begins(one)):
            continue
        if _is_written_phone(one, cues) and is_phone(one.digits, "ES"):
            yield Found("phone", _opened(run.text, one.start), one.end)
    for one in run.windows(7, " .-"):
        local = one.whole and one.sizes in _LOCAL_SIZES and cues.says("phone", one.start, one.end)
        if local and _is_written_phone(one, cues):
            yield Found("phone", one.start, one.end)
    yield from _english(run, cues)
    if country != "ES":
        yield from _national(run, cues, country)


def _national(run: Run, cues: Cues, country: str) -> Iterator[Found]:
    for count in range(_MAX_PHONE, 7, -1):
        for one in run.windows(count, " .,-()/"):
            if one.apart and _is_written_phone(one, cues) and is_phone(one.digits, country):
                yield Found("phone", _opened(run.text, one.start), one.end)


def _international(run: Run, cues: Cues, country: str) -> Found | None:
    """A number with the prefix of a country, or with Spain's without a sign before it."""
    first = run.groups[0][0]
    plus = _PLUS.search(run.text, max(0, first - 4), first)
    start = plus.start() if plus else _opened(run.text, first)
    for count in range(_MAX_PHONE, LEAST_DIGITS, -1):
        for one in run.windows(count, " .,-()/"):
            if one.first == 0 and (one.apart or _begins(one)):
                number = _with_prefix(one, cues, plus=plus is not None)
                given_out = plus is None or not one.whole  # after a plus the length will do
                if number and is_phone(number, country, given_out=given_out):
                    return Found("phone", start, one.end)
    return None


def _with_prefix(one: Window, cues: Cues, *, plus: bool) -> str | None:
    """The number with a plus; `None`: it has no prefix."""
    digits = one.digits
    if plus:
        return f"+{digits}"
    if digits.startswith("00"):
        sure = digits.startswith("0034") or len(one.sizes) > 1
        return f"+{digits[2:]}" if sure or cues.says("phone", one.start, one.end) else None
    return f"+{digits}" if len(digits) == 11 and re.match("34[6-9]", digits) else None


def _english(run: Run, cues: Cues) -> Iterator[Found]:
    """American and British numbers as they are written there."""
    for one in run.windows(10, " .,-()/"):
        cued = cues.says("phone", one.start, one.end)
        opened = _opened(run.text, one.start)
        grouped = one.sizes == _US_SIZES and one.whole and _is_even(one)
        if (
            (grouped or (cued and one.apart))
            and _is_written_phone(one, cues)
            and is_phone(one.digits, "US")
        ):
            yield Found("phone", opened, one.end)
    for count in (11, 10):
        for one in run.windows(count, " .,-()"):
            if one.digits[0] != "0" or not one.apart or not _is_written_phone(one, cues):
                continue
            sure = cues.says("phone", one.start, one.end) or len(one.sizes) > 1
            if sure and is_phone(one.digits, "GB"):
                yield Found("phone", _opened(run.text, one.start), one.end)


def _is_even(one: Window) -> bool:
    """Whether its groups are kept apart in one way: 212-555-0123, but not 252.227-7013."""
    signs = {c for c in one.run.text[one.start : one.end] if not c.isdigit()}
    return len(signs) <= 1 or ")" in signs


def _begins(one: Window) -> bool:
    """Whether a run begins with it and hardly goes on: "... setenta y ocho, una cosa"."""
    rest = one.run.groups[one.last + 1 :]
    return one.first == 0 and sum(end - start for start, end in rest) <= 2


def _is_written_phone(one: Window, cues: Cues) -> bool:
    text, end = one.run.text, one.end
    if not free(text, _opened(text, one.start), end) or cues.is_order(one.start):
        return False
    if cues.says("passport", one.start, end) or cues.says("ssn", one.start, end):
        return cues.before(one.start)[:1] == ["phone"]
    inner = text[one.start : end]
    if ("/" in inner or "," in inner) and not cues.says("phone", one.start, end):
        return False
    return _MONEY_AFTER.match(text, end) is None


def _opened(text: str, start: int) -> int:
    """Where the bracket before it is, if there is one."""
    return (
        start - 1 if start and text[start - 1] == "(" and ")" in text[start : start + 8] else start
    )
