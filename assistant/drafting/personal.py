"""Personal data in a draft that is neither the customer's own nor public data of the company."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.drafting.models import Finding, Setting
from assistant.drafting.sources import Sources
from knowledge.models import Language
from knowledge.privacy.models import Kind, PersonalData
from knowledge.privacy.personal import personal_data
from knowledge.text import fold, words

_NAMES: Mapping[Language, Mapping[Kind, str]] = {
    "es": {
        "dni": "un DNI",
        "nie": "un NIE",
        "cif": "un CIF",
        "passport": "un pasaporte",
        "phone": "un teléfono",
        "iban": "una cuenta bancaria",
        "card": "una tarjeta",
        "nss": "un número de la Seguridad Social",
        "plate": "una matrícula",
        "cups": "un CUPS",
        "email": "una dirección de correo",
        "address": "una dirección",
        "birth_date": "una fecha de nacimiento",
        "ssn": "un número de la Seguridad Social",
        "nino": "un número de la Seguridad Social",
        "name": "un nombre",
        "known": "un dato personal",
    },
    "en": {
        "dni": "an identity number",
        "nie": "an identity number",
        "cif": "a tax number",
        "passport": "a passport number",
        "phone": "a telephone number",
        "iban": "a bank account",
        "card": "a card number",
        "nss": "a social security number",
        "plate": "a number plate",
        "cups": "a supply point",
        "email": "an e-mail address",
        "address": "an address",
        "birth_date": "a date of birth",
        "ssn": "a social security number",
        "nino": "a National Insurance number",
        "name": "a name",
        "known": "personal data",
    },
}
_OTHERS = re.compile(
    r"(?:\b(?:do[nñ]a?|se[nñ]or(?:a|ita)?|sra?\.|mrs?\.?|ms\.?|miss|vecin[oa]|client[ea]|titular|"
    r"neighbou?r|customer)[, ]+(?:do[nñ]a? |de nombre |called |named |a nombre de )?)"
    r"(?P<name>[A-ZÁÉÍÓÚÑ][\w'’-]+(?: (?:de |del |la )?[A-ZÁÉÍÓÚÑ][\w'’-]+){1,3})",
)
"""A whole name after a title: of somebody else than who is greeted with a surname."""
_WORKING = re.compile(
    r"\b(?:conductora?|t[eé]cnic[oa]|montadora?|repartidora?|compañer[oa]|driver|technician|"
    r"colleague|fitter)\b[^.;\n]{0,25}?,? "
    r"(?P<name>[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+)+)"
)
"""Whole names of people who work for the company."""
_THEIRS = re.compile(
    r"(?:you gave|your (?:own )?address|su (?:direcci[oó]n|domicilio)|nos dio|me dio|que di[oó])"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)
_GREETED = re.compile(
    r"^\W*(?:estimad[oa]|hola|buen[oa]s|querid[oa]|dear|hello|hi|good)\b", re.IGNORECASE
)


def personal(draft: str, setting: Setting, sources: Sources, country: str) -> list[Finding]:
    """What tells in a draft who somebody else is, or how to reach them."""
    own = fold(f"{setting.about} {' '.join(setting.facts)}")
    found: list[Finding] = []
    for datum in [*personal_data(draft, country), *_names(draft)]:
        said = draft[datum.start : datum.end]
        if datum.kind == "name" and not _is_whole(said):
            continue
        if _is_own(said, own, setting) or sources.holds(said):
            continue
        if datum.kind == "address" and _THEIRS.search(draft[: datum.start]):
            continue
        what = _NAMES[setting.tongue][datum.kind]
        found.append(
            Finding(
                "personal", datum.start, datum.end, "personal", {"what": what[0].upper() + what[1:]}
            )
        )
    public = setting.channel == "social"
    if public:
        found += _orders(draft, setting)
    return _apart(found)


def _names(draft: str) -> list[PersonalData]:
    first = draft.split("\n", 1)[0]
    return [
        PersonalData("name", *m.span("name"))
        for m in (*_OTHERS.finditer(draft), *_WORKING.finditer(draft))
        if not (m.start() < len(first) and _GREETED.match(first) and m.end() <= len(first))
    ]


def _is_whole(name: str) -> bool:
    return len(re.findall(r"[A-ZÁÉÍÓÚÑ][\w'’-]+", name)) >= 2


_ORDER = re.compile(r"\b[A-Z]{2,4}-\d{2,4}-\d{4,}\b")


def _orders(draft: str, setting: Setting) -> list[Finding]:
    """Keys of a customer's case, where everybody reads them."""
    what = (
        "la clave de un pedido o caso" if setting.tongue == "es" else "the key of an order or case"
    )
    return [
        Finding("personal", *m.span(), "personal", {"what": what[0].upper() + what[1:]})
        for m in _ORDER.finditer(draft)
    ]


def _is_own(said: str, own: str, setting: Setting) -> bool:
    """Whether the customer said it, or it is known to be theirs."""
    if setting.channel == "social":
        return False
    known = setting.known
    values = (*known.names, *known.phones, *known.mails, *known.addresses)
    folded = fold(said)
    digits = re.sub(r"\D", "", said)
    if len(digits) >= 6 and any(digits in re.sub(r"\D", "", v) for v in (own, *values)):
        return True
    text = f" {' '.join(words(own))} "
    return any(
        f" {' '.join(words(folded))} " in v
        for v in (text, *(f" {' '.join(words(one))} " for one in values))
    )


def _apart(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept
