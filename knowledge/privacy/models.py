"""What is found in a text, and what is known of the one customer it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "dni", "nie", "cif", "passport", "phone", "iban", "card", "nss", "plate", "cups", "email",
    "address", "birth_date", "ssn", "nino", "name", "known",
]  # fmt: skip
"""``nss``: the number of the Spanish social security, ``ssn``: of the American one; ``nino``: the
British National Insurance number; ``cups``: of a point of supply; ``name``: one that a word
introduces; ``known``: a value of `Known`."""
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class PersonalData:
    """Something that tells who a person is or how to reach them.

    Attributes:
        kind: what.
        start, end: where in the text.
    """

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class Known:
    """What is known of the customer of an open case; each is found whatever its case and accents.

    Attributes:
        names: whole, as ``Ana Pérez``.
        phones: in any form.
        mails: whole addresses.
        addresses: postal ones, whole.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Something found in a `knowledge.privacy.reading.Reading`, before its place is led back."""

    kind: Kind
    start: int
    end: int
