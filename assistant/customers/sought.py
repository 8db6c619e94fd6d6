"""What somebody typed or said -> what a customer is looked for by, in one form; names ranked.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import phonenumbers
from rapidfuzz import fuzz

from assistant.customers.models import Kind, Match, Sought
from assistant.refusals import because
from knowledge.errors import SettingsError
from knowledge.text import fold

MAX_CHARS = 120
NEAR_NAME = 72.0
"""How like a name must be, 0 to 100: one letter wrong in a short name passes, another name does
not. Tried on the invented names of `examples/almendro/crm`."""

_MAIL = re.compile(r"[^\s@<>()\",;:]{1,64}@[\w.-]{1,250}\.\w{2,}", re.ASCII)
_ORDER = re.compile(r"[A-Z0-9#/._-]{3,40}")
_WORD = re.compile(r"[^\W\d_]+")


def phone_of(text: str, country: str) -> str | None:
    """A telephone number as ``+34600123456``; `None`: it is none.

    >>> phone_of("0034 600-12.34 56", "ES"), phone_of("600 12", "ES")
    ('+34600123456', None)
    """
    found = _parsed(text, country)
    if found is None or not phonenumbers.is_possible_number(found):
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def assigned_phone_of(text: str, country: str) -> str | None:
    """As `phone_of`, of numbers alone that the country's plan gives out: for digits in a talk."""
    found = _parsed(text, country)
    if found is None or not phonenumbers.is_valid_number(found):
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def national(phone: str) -> str:
    """The digits of a number without its country.

    >>> national("+34600123456")
    '600123456'
    """
    return phonenumbers.national_significant_number(phonenumbers.parse(phone))


def mail_of(text: str) -> str | None:
    """A mail address in lower case; `None`: it is none."""
    folded = text.strip().lower()
    return folded if len(folded) <= MAX_CHARS and _MAIL.fullmatch(folded) else None


def order_of(text: str) -> str | None:
    """An order number in capitals without spaces; `None`: it is none.

    >>> order_of("alm-26 0458213"), order_of("sofá")
    ('ALM-260458213', None)
    """
    joined = "".join(text.split()).upper()
    return joined if _ORDER.fullmatch(joined) and any(c.isdigit() for c in joined) else None


def plain(code: str) -> str:
    """Only the letters and digits of an order number, in capitals."""
    return "".join(c for c in code.upper() if c.isascii() and c.isalnum())


def name_of(text: str) -> str | None:
    """A name as it was typed; `None`: too short for one."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_CHARS and len(_WORD.findall(line)) and _long(line) else None


def sought_by(kind: Kind, text: str, country: str) -> Sought:
    """What a text is when it is to be of one kind.

    Raises:
        SettingsError: it is not.
    """
    value = {
        "phone": lambda: phone_of(text, country),
        "mail": lambda: mail_of(text),
        "order": lambda: order_of(text),
        "name": lambda: name_of(text),
    }[kind]()
    if value is None:
        raise SettingsError(because(f"customers-no-{kind}"))
    return Sought(kind, value)


def sought_in(text: str, country: str) -> tuple[Sought, ...]:
    """What a text may be, surest first; empty: nothing to look for."""
    if (mail := mail_of(text)) is not None:
        return (Sought("mail", mail),)
    found: list[Sought] = []
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    if digits >= 6 and not letters and (phone := phone_of(text, country)) is not None:
        found.append(Sought("phone", phone))
    if digits and (order := order_of(text)) is not None:
        found.append(Sought("order", order))
    if not digits and (name := name_of(text)) is not None:
        found.append(Sought("name", name))
    return tuple(found)


def name_variants(name: str) -> tuple[str, ...]:
    """What to ask a system that finds words only as they are written, surest first.

    The name, it without accents, and its words alone, the longest first; at most four.
    """
    words = sorted(_WORD.findall(name), key=len, reverse=True)
    wanted = [name, fold(name), *(word for word in words if len(word) >= 3)]
    kept: dict[str, str] = {}
    for one in wanted:
        kept.setdefault(one.casefold(), one)
    return tuple(kept.values())[:4]


def likeness(name: str, other: str) -> float:
    """How like two names are, 0 to 100, whatever the accents, the order and what is left out."""
    one, two = fold(name), fold(other)
    return max(fuzz.token_sort_ratio(one, two), 0.97 * _words_found(one, two))


def ranked(name: str, matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches whose name is like what was looked for, the most like first."""
    scored = [(likeness(name, one.name), one) for one in matches]
    near = [(score, one) for score, one in scored if score >= NEAR_NAME]
    return tuple(one for _, one in sorted(near, key=lambda two: (-two[0], two[1].name)))


def _words_found(sought: str, name: str) -> float:
    """How like each word that was sought is to the nearest word of the name, on average."""
    words, others = _WORD.findall(sought), _WORD.findall(name)
    if not words or not others:
        return 0.0
    return sum(max(fuzz.ratio(word, other) for other in others) for word in words) / len(words)


def _long(line: str) -> bool:
    return sum(c.isalpha() for c in line) >= 3


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    if len(text) > MAX_CHARS:
        return None
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


def parameters_of(sought: Sought, like: Callable[[str], str]) -> dict[str, str]:
    """What the queries or paths of one kind may use, see `mapping_fields.PARAMETERS`.

    Args:
        sought: what is looked for.
        like: a folded name -> as the system looks for names like it.
    """
    value = sought.value
    if sought.kind == "phone":
        return {"phone": value, "national": national(value)}
    if sought.kind == "order":
        return {"order": value, "order_plain": plain(value)}
    if sought.kind == "name":
        folded = fold(value)
        return {"name": value, "folded": folded, "like": like(folded)}
    return {"mail": value}
