"""What commands about golden sets say, in Spanish and English.

``{name}`` marks a value put in by `tell`. A test checks that both languages have the same keys and
values.
"""

from __future__ import annotations

from collections.abc import Sequence

import typer

from knowledge.models import Language
from knowledge.refusals.reason import Reason

MOST_FAULTS = 50
"""Mistakes of a file that are told one by one."""

_ES = {
    "valid": "{count} casos, sin errores",
    "more": "y {count} más",
    "saved": "{name}, versión {number}: {cases} casos",
    "no_sets": "Aún no hay conjuntos: tráigalo con `voz eval import ARCHIVO --name NOMBRE`.",
    "set": "{name}  versión {number}  {cases} casos, para {audience}; {by}, {at}{gates}",
    "gates": "; hace de puerta",
    "guards": "{name} hace de puerta de las publicaciones",
    "guards_no_longer": "{name} ya no hace de puerta de las publicaciones",
}

_EN = {
    "valid": "{count} cases, no mistakes",
    "more": "and {count} more",
    "saved": "{name}, version {number}: {cases} cases",
    "no_sets": "No golden sets yet: bring one in with `voz eval import FILE --name NAME`.",
    "set": "{name}  version {number}  {cases} cases, for {audience}; {by}, {at}{gates}",
    "gates": "; gates publications",
    "guards": "{name} gates publications",
    "guards_no_longer": "{name} no longer gates publications",
}

CATALOGUE: dict[Language, dict[str, str]] = {"es": _ES, "en": _EN}


def tell(language: Language, key: str, **values: object) -> str:
    """The string ``key`` in a language, its ``{name}`` places filled.

    Raises:
        KeyError: no such string, or a value it needs is missing.
    """
    return CATALOGUE[language][key].format(**values)


def tell_faults(faults: Sequence[Reason], language: Language) -> None:
    """The mistakes of a file that a person wrote, on standard error."""
    for fault in faults[:MOST_FAULTS]:
        typer.echo(fault.told(language), err=True)
    if len(faults) > MOST_FAULTS:
        typer.echo(tell(language, "more", count=len(faults) - MOST_FAULTS), err=True)
