"""Labelled utterances with invented personal data, and ones without, made from a seed.

The sentences are in ``eval/sets/privacy.json``, written before the rules of `knowledge.privacy`.
A digest of each puts it, with all that is made of it, into half ``fit`` (looked at while the rules
were written) or ``report``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any, Literal

from eval.components.privacy import speech, values
from knowledge.models import LANGUAGES, Language
from knowledge.privacy.models import Known

SEED = 1
VALUES = 8
"""Made of each sentence and kind."""
NEGATIVES = 16
"""Made of each sentence without personal data."""
_NEEDS_CONTEXT = frozenset(("passport", "birth_date", "ssn"))
_ONLY_ENGLISH = frozenset(("ssn", "nino"))

Form = Literal["written", "spoken"]


@dataclass(frozen=True)
class AboutCustomer:
    """What is said of the customer of an open case.

    Attributes:
        text: of it.
        language: of it.
        half: ``fit`` or ``report``.
        known: of the customer.
        spans: where each value of theirs stands.
        sentence: that it is made of.
    """

    text: str
    language: Language
    half: str
    known: Known
    spans: tuple[tuple[int, int], ...]
    sentence: str


@dataclass(frozen=True)
class Utterance:
    """What somebody types or says.

    Attributes:
        text: of it.
        language: of it.
        form: typed, or as a recogniser writes it down.
        half: ``fit`` or ``report``.
        sentence: that it is made of.
        kind: of the personal data in it; `None`: there is none.
        span: where, ``(start, end)``; empty without any.
    """

    text: str
    language: Language
    form: Form
    half: str
    sentence: str
    kind: str | None = None
    span: tuple[int, int] = (0, 0)


def utterances(half: str = "all", *, seed: int = SEED) -> list[Utterance]:
    """Those of a half, ``fit`` or ``report``, or all, the same for the same seed."""
    random = Random(seed)
    sentences = _by_hand()
    made = [*_positive(sentences, random), *_negative(sentences, random)]
    return [one for one in made if half in ("all", one.half)]


def about_customers(half: str = "all", *, seed: int = SEED) -> list[AboutCustomer]:
    """Sentences with what is known of a customer, in other cases and without accents."""
    random = Random(seed)
    sentences = _by_hand()
    made = [
        _about(sentence, customer, language, random)
        for language in LANGUAGES
        for sentence in sentences["known"][language]
        for customer in sentences["customers"]
        for _ in range(VALUES)
    ]
    return [one for one in made if half in ("all", one.half)]


def _by_hand() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("eval") / "sets" / "privacy.json").read_text("utf-8"))
    return found


def _about(
    sentence: str, customer: dict[str, str], language: Language, random: Random
) -> AboutCustomer:
    first, last = customer["name"].split()[0], customer["name"].split()[-1]
    digits = "".join(c for c in customer["phone"] if c.isdigit())
    grouped = random.choice((customer["phone"], digits[-9:], customer["phone"].replace(" ", "-")))
    values = {
        "first": random.choice((first, first.upper(), first.lower())),
        "last": random.choice((last, last.upper(), _unaccented(last.lower()))),
        "name": customer["name"],
        "NAME": customer["name"].upper(),
        "plain": _unaccented(customer["name"].lower()),
        "street": customer["street"],
        "plainstreet": _unaccented(customer["street"].lower()),
        "mail": customer["mail"],
        "MAIL": customer["mail"].upper(),
        "phone": grouped,
        "spoken_phone": speech.digits(digits[-9:], language, random),
    }
    parts = re.split(r"\{(\w+)\}", sentence)
    text, spans = "", []
    for at, part in enumerate(parts):
        value = values[part] if at % 2 else part
        if at % 2:
            spans.append((len(text), len(text) + len(value)))
        text += value
    known = Known(
        (customer["name"],), (customer["phone"],), (customer["mail"],), (customer["street"],)
    )
    return AboutCustomer(text, language, _half(sentence), known, tuple(spans), sentence)


def _positive(sentences: dict[str, Any], random: Random) -> Iterator[Utterance]:
    for language in LANGUAGES:
        for kind, labels in sentences["labels"][language].items():
            for form in ("written", "spoken"):
                for sentence in _sentences(sentences, language, kind, form):
                    for _ in range(VALUES):
                        label = random.choice(labels)
                        yield _made(sentence, label, kind, language, form, random)


def _sentences(sets: dict[str, Any], language: Language, kind: str, form: str) -> list[str]:
    carriers = sets["carriers"][language]
    kept = list(carriers[form])
    if kind == "birth_date":
        return kept + list(sets["birth"][language][form])
    if kind == "address":
        return kept + list(sets["address_carriers"][language][form])
    if kind not in _NEEDS_CONTEXT:
        kept += carriers["bare" if form == "written" else "spoken_bare"]
    return kept


def _made(
    sentence: str, label: str, kind: str, language: Language, form: Any, random: Random
) -> Utterance:
    make = values.written if form == "written" else values.spoken
    value = make(kind, language, random)
    label = _unaccented(label.lower()) if form == "spoken" else label
    if form == "spoken" and random.random() < 0.5:
        value = _unaccented(value)
    before, after = sentence.replace("{l}", label).split("{x}")
    span = (len(before), len(before) + len(value))
    text = f"{before}{value}{after}"
    return Utterance(text, language, form, _half(sentence), sentence, kind, span)


def _negative(sentences: dict[str, Any], random: Random) -> Iterator[Utterance]:
    for language in LANGUAGES:
        for sentence in sentences["negatives"][language]:
            for _ in range(NEGATIVES):
                text = _filled(sentence, language, random, spoken=False)
                yield Utterance(text, language, "written", _half(sentence), sentence)
        for sentence in sentences["spoken_negatives"][language]:
            for _ in range(NEGATIVES):
                text = _filled(sentence, language, random, spoken=True)
                yield Utterance(text, language, "spoken", _half(sentence), sentence)


def _filled(sentence: str, language: Language, random: Random, *, spoken: bool) -> str:
    while "{" in sentence:
        before, _, rest = sentence.partition("{")
        name, _, after = rest.partition("}")
        sentence = f"{before}{_filler(name, language, random, spoken=spoken)}{after}"
    return sentence


def _filler(name: str, language: Language, random: Random, *, spoken: bool) -> str:
    if spoken and name in ("digits", "nine", "ext", "postcode"):
        return speech.digits(_filler(name, language, random, spoken=False), language, random)
    if name == "small":
        count = random.randrange(2, 30)
        return speech.number(count, language) if spoken else str(count)
    if name == "spoken_price":
        euros, cents = speech.number(random.randrange(20, 900), language), random.randrange(5, 99)
        tie, unit = ("con", "euros") if language == "es" else ("and", "euros")
        return f"{euros} {unit} {tie} {speech.number(cents, language)}"
    n = random.randrange
    number = "".join(random.choice("0123456789") for _ in range(20))
    amount = random.choice((f"{n(10, 999)},{n(10, 99)}", f"1.{n(100, 999)},00", f"{n(5, 2500)}"))
    if language == "en":
        amount = amount.translate(str.maketrans(",.", ".,"))
    choices = {
        "order": (f"ALM-26-{number[:7]}", f"ALM-2026-{number[:7]}", f"W{number[:7]}"),
        "digits": (number[:6], number[:7], number[:8], number[:10], number[:12]),
        "nine": (f"{random.choice('6789')}{number[:8]}",),
        "invoice": (
            f"F-2026/{number[:6]}", f"2026-{number[:7]}", f"FV26{number[:6]}", f"A/{number[:5]}"
        ),
        "product": (
            f"LAV-AL-{number[:4]}", f"COL-VISCO-{number[:3]}", f"{number[:4]}BK",
            f"SOF{number[:5]}A",
        ),
        "error": (f"E{number[:2]}", f"ERR-{number[:5]}"),
        "ean": (f"84{number[:11]}", f"50{number[:11]}"),
        "serial": (
            f"{number[:4]}-{number[4:8]}-{number[8:12]}", f"SN{number[:10]}", f"{number[:10]}"
        ),
        "tracking": (f"1Z{number[:3]}AA1{number[3:13]}", f"PQ{number[:9]}ES", f"{number[:14]}"),
        "price": (f"{amount} €" if language == "es" else f"£{amount}", f"{amount} euros"),
        "percent": (f"{n(5, 70)} %",),
        "date": (
            f"{n(1, 29):02}/{n(1, 13):02}/2026", f"2026-{n(1, 13):02}-{n(1, 29):02}",
            f"{n(1, 29)}-{n(1, 13)}-26",
        ),
        "time": (f"{n(8, 21)}:{n(0, 60):02}",),
        "ext": (number[:3], number[:4]),
        "postcode": (f"{n(1, 53):02}{n(1, 999):03}",),
        "rpm": (str(n(800, 9999)),),
        "year": (str(n(1990, 2026)),),
    }  # fmt: skip
    return random.choice(choices[name])


def _half(sentence: str) -> str:
    even = int(hashlib.sha256(f"privacy|{sentence}".encode()).hexdigest(), 16) % 2 == 0
    return "fit" if even else "report"


def _unaccented(text: str) -> str:
    return text.translate(str.maketrans("áéíóúü", "aeiouu"))
