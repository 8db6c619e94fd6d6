"""Whether the control characters of a number are right; the only importer of ``stdnum``.

python-stdnum is imported when the first candidate is checked: most texts have none.
"""

from __future__ import annotations

from importlib import import_module

import phonenumbers

_CHECKED_BY = {
    "dni": "stdnum.es.dni",
    "nie": "stdnum.es.nie",
    "cif": "stdnum.es.cif",
    "cups": "stdnum.es.cups",
    "ccc": "stdnum.es.ccc",
    "iban": "stdnum.iban",
    "card": "stdnum.luhn",
    "ssn": "stdnum.us.ssn",
}
_PROVINCES = frozenset(range(1, 54)) | {66}
"""First two digits of a social security number; 66 is for people from abroad."""


def is_valid(kind: str, code: str) -> bool:
    """Whether a number of a kind can be one.

    >>> is_valid("dni", "12345678Z"), is_valid("iban", "ES9121000418450200051332")
    (True, True)
    """
    module = import_module(_CHECKED_BY[kind])
    if kind == "iban":  # the bank's own control digits may be mistyped; those of the IBAN suffice
        return bool(module.is_valid(code, check_country=False))
    return bool(module.is_valid(code))


def is_nss(digits: str) -> bool:
    """Whether twelve digits are a number of the Spanish social security.

    The last two are the rest of dividing what is before by 97 (Tesorería General de la Seguridad
    Social): the province and the number, one after the other, a leading zero of the number left
    out. https://es.wikipedia.org/wiki/Número_de_la_Seguridad_Social

    >>> is_nss("281234567840")
    True
    """
    province, number, control = int(digits[:2]), int(digits[2:10]), int(digits[10:])
    if province not in _PROVINCES:
        return False
    joined = province * 10_000_000 + number if number < 10_000_000 else int(digits[:10])
    return joined % 97 == control


def is_card(digits: str) -> bool:
    """Whether digits are those of a payment card: its issuers' beginning and length, and Luhn."""
    lengths = {"34": (15,), "37": (15,), "36": (14,), "38": (14,), "30": (14,)}
    known = lengths.get(digits[:2]) or {"4": (13, 16, 19), "6": (16, 19)}.get(digits[0])
    if known is None and (51 <= int(digits[:2]) <= 55 or 2221 <= int(digits[:4]) <= 2720):
        known = (16,)
    if known is None and digits[0] == "5":
        known = (12, 13, 14, 15, 16, 17, 18, 19)  # Maestro
    return known is not None and len(digits) in known and is_valid("card", digits)


def is_phone(number: str, country: str, *, given_out: bool = True) -> bool:
    """Whether a number is one of a country, or of another where it has its prefix.

    Args:
        number: digits, with ``+`` before the prefix of a country.
        country: of numbers without one.
        given_out: by the plan of the country; `False`: that it is as long as numbers there will do.
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return False
    if given_out:
        return phonenumbers.is_valid_number(parsed)
    return phonenumbers.is_possible_number(parsed)
