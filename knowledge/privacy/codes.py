"""Personal codes of letters and digits: accounts, plates, passports, points of supply."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.privacy.controls import is_valid
from knowledge.privacy.cues import Cues
from knowledge.privacy.models import Found
from knowledge.privacy.runs import free

_DIGIT = re.compile(r"[0-9]")
_LEAST_DIGITS, _MORE_DIGITS = 2, 6
"""That a text must hold for a plate, and for any other code."""
_S = r"[ .,\-]{0,2}"
_IBAN = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Za-z]{_S}[A-Za-z]{_S}|e ese{_S}|de e{_S})"
    rf"[0-9]{_S}[0-9](?:{_S}[A-Za-z0-9]){{11,30}}"
)
_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28,
    "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31,
    "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
}  # fmt: skip
"""Characters of an account's number, in the countries of SEPA (ISO 13616, registry of SWIFT)."""
_CUPS = re.compile(
    rf"(?<![A-Za-z0-9])(?:e{_S}s|e ese){_S}(?:[0-9]{_S}){{16}}[A-Za-z]{_S}[A-Za-z]"
    rf"(?:{_S}[0-9]{_S}[A-Za-z])?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_C = "BCDFGHJKLMNPRSTVWXYZ"
_PLATE = re.compile(
    rf"(?<![\w€$£.,/-])(?<![0-9] )[0-9](?:,?[ ]?[0-9]){{3}}[ -]{{0,3}}"
    rf"(?P<letters>[{_C}]{{3}}|(?<= )[{_C}] {{1,2}}[{_C}] {{1,2}}[{_C}])(?![\w])(?!-\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2} [A-Za-z]{3}")
_OLD_PLATE = re.compile(
    r"(?<![\w/-])(?P<province>[A-Z]{1,2})[ -]?[0-9](?:[ ]?[0-9]){3}[ -]?[A-Z]{1,2}(?![\w])(?!-\w)",
    re.IGNORECASE,
)
_BRITISH_PLATE = re.compile(r"(?<![\w/-])[A-Z]{2}[0-9]{2} ?[A-Z]{3}(?![\w])(?!-\w)", re.IGNORECASE)
_PROVINCES = frozenset(
    "A AB AL AV B BA BI BU C CA CC CE CO CR CS CU GC GE GI GR GU H HU IB J L LE LO LU M MA ML MU "
    "NA O OR OU P PM PO S SA SE SG SO SS T TE TF TO V VA VI Z ZA".split()
)
_UNITS = frozenset(
    "RPM KWH MWH GWH WPH GBP SMS PDF MHZ GHZ KMS HDR PTS HRS MTS GRS KGS LTS CMS MMS BTS VND PNG "
    "DVD CRM LCD LTD SRL XML CSS HTML".split()
)
_NINO = re.compile(
    rf"(?<![\w/-])[A-CEGHJ-PR-TW-Z]{_S}[A-CEGHJ-NPR-TW-Z]{_S}(?:[0-9]{_S}){{6}}[A-D](?!\w)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?<![\w/-])(?:[A-Za-z]{1,3}(?=[0-9])|[A-Z]{1,3}[ -]|(?:[A-Za-z] {1,2}){1,3})?"
    r"[0-9](?:[ ,-]{0,2}[0-9]){5,8}(?:[ -]?[A-Za-z])?(?!\w)"
)


def codes(text: str, cues: Cues) -> Iterator[Found]:
    """What is found in the text of a reading."""
    digits = len(_DIGIT.findall(text))
    if digits >= _LEAST_DIGITS:
        yield from _plates(text, cues)
    if digits < _MORE_DIGITS:
        return
    yield from _ibans(text, cues)
    for found in _CUPS.finditer(text):
        code = "".join(c for c in found[0].upper().replace("ESE", "S") if c.isalnum())
        if cues.says("cups", *found.span()) or any(
            is_valid("cups", code[:size]) for size in (len(code), 20)
        ):
            yield Found("cups", *found.span())
    for found in _NINO.finditer(text):
        cued = cues.says("nino", *found.span())
        spelled = found[0][1] == " "
        plain = _shouted(found[0]) or found[0].isalnum() or spelled
        other = cues.is_order(found.start()) or cues.says("passport", *found.span())
        if cued or (plain and not other):
            yield Found("nino", *found.span())
    for found in _PASSPORT.finditer(text) if cues.has("passport") else ():
        if cues.says("passport", *found.span()):
            yield Found("passport", *found.span())


def _ibans(text: str, cues: Cues) -> Iterator[Found]:
    for found in _IBAN.finditer(text):
        start, places = found.start(), []
        code = ""
        for at in range(start, found.end()):
            if text[at].isalnum():
                code += text[at].upper()
                places.append(at + 1)
        for said, meant in (("EESE", "ES"), ("DEE", "DE")):  # the names of the letters
            if code.startswith(said):
                more = len(said) - len(meant)
                code, places = meant + code[len(said) :], places[more:]
        size = _IBAN_LENGTHS.get(code[:2], 0)
        if not size or len(code) < size or not free(text, start, places[size - 1]):
            continue
        if is_valid("iban", code[:size]) or cues.says("iban", start, places[size - 1]):
            yield Found("iban", start, places[size - 1])


def _plates(text: str, cues: Cues) -> Iterator[Found]:
    for found in _PLATE.finditer(text):
        letters = found["letters"].replace(" ", "")
        cued = cues.says("plate", *found.span())
        year = _YEAR.match(found[0]) is not None  # "the 2014 MLS season"
        sure = " " in found["letters"] or (letters.isupper() and "," not in found[0])
        known = letters.upper() in _UNITS or year or cues.is_order(found.start())
        if cued or (not known and sure):
            yield Found("plate", *found.span())
    for found in _OLD_PLATE.finditer(text):
        province = found["province"].upper() in _PROVINCES
        tied = " " in found[0] or "-" in found[0]
        sure = province and tied and _shouted(found[0]) and not cues.is_order(found.start())
        if sure or (province and cues.says("plate", *found.span())):
            yield Found("plate", *found.span())
    for found in _BRITISH_PLATE.finditer(text):
        sure = " " in found[0] and _shouted(found[0]) and not cues.is_order(found.start())
        if cues.says("plate", *found.span()) or sure:
            yield Found("plate", *found.span())


def _shouted(code: str) -> bool:
    return code.upper() == code
