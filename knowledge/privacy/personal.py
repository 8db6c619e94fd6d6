"""Where in a text personal data is: one reader for all who must not keep, show or send it.

Pure. What is found are numbers with control characters that are right or with a word that says
what they are, telephones that a country gives out, mail and postal addresses, days of birth, names
that a word introduces, and what is known of the customer of an open case. Spanish and English
rules run on every text: people mix them, and a Spanish DNI stands in English sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.privacy.codes import codes
from knowledge.privacy.cues import Cues
from knowledge.privacy.known import known_values
from knowledge.privacy.mails import mails
from knowledge.privacy.models import Found, Kind, Known, PersonalData
from knowledge.privacy.names import introduced
from knowledge.privacy.numbers import numbers
from knowledge.privacy.places import births, places
from knowledge.privacy.reading import read

NOBODY = Known()

_SUREST: tuple[Kind, ...] = (
    "email", "iban", "cups", "card", "dni", "nie", "nss", "ssn", "cif", "nino", "passport", "phone",
    "plate", "birth_date", "address", "name", "known",
)  # fmt: skip
"""Of two that overlap, the first stays: an account's number holds a telephone's."""


def personal_data(
    text: str, country: str = "ES", *, known: Known = NOBODY, unsure_names: bool = False
) -> tuple[PersonalData, ...]:
    """What tells in a text who a person is or how to reach them, in its order; none overlap.

    Args:
        text: as it was typed, or as a speech recogniser wrote it down.
        country: whose telephone numbers need no prefix.
        known: of the customer that the text is about.
        unsure_names: see `knowledge.privacy.names.introduced`.

    >>> text = "soy clienta, DNI 12.345.678-Z, llame al seis uno dos 34 56 78"
    >>> [(one.kind, text[one.start : one.end]) for one in personal_data(text)]
    [('dni', '12.345.678-Z'), ('phone', 'seis uno dos 34 56 78')]
    """
    found = [PersonalData("name", n.start, n.end) for n in introduced(text, unsure=unsure_names)]
    reading = read(text)
    read_out = [*_in_reading(reading.text, country)]
    if known != NOBODY:
        read_out += known_values(reading, known)
    found += [PersonalData(o.kind, *reading.span(o.start, o.end)) for o in read_out]
    return _apart(found)


def _in_reading(text: str, country: str) -> Iterator[Found]:
    yield from mails(text)
    if any(c.isdigit() for c in text):
        cues = Cues(text)
        yield from numbers(text, cues, country)
        yield from codes(text, cues)
        yield from places(text)
        yield from births(text)


def _apart(found: Iterable[PersonalData]) -> tuple[PersonalData, ...]:
    """The surest and longest of those that overlap."""
    kept: list[PersonalData] = []
    for one in sorted(found, key=lambda o: (_SUREST.index(o.kind), o.start - o.end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda o: o.start))
