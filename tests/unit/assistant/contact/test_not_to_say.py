"""What sources give as an example of what may not be said is not suggested to be said."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.contact.heard import Need
from assistant.contact.listening import suggestions_of
from assistant.models import Citation, Statement

NEED = Need(True, 0.9, "fabricante", frozenset(), (), "es")
AWAY = "«Eso lo lleva el transportista» o «hable con el fabricante»."


def said_under(heading: str) -> list[str]:
    cited = Citation("guia.md", "Guía", 1, None, ("Guía", heading), AWAY, 0, len(AWAY), "es")
    answer: Any = SimpleNamespace(confidence=0.9, statements=(Statement(AWAY, (cited,), AWAY),))
    return [one.statement.text for one in suggestions_of(answer, NEED)]


@pytest.mark.parametrize(
    "heading",
    ["4. Lo que no se puede contestar", "Frases prohibidas", "What we never say"],
)
def test_a_list_of_forbidden_wordings_is_nothing_to_say(heading: str) -> None:
    assert said_under(heading) == []


@pytest.mark.parametrize("heading", ["Plazos para avisar", "No se puede devolver", "Nunca"])
def test_what_stands_elsewhere_is(heading: str) -> None:
    assert said_under(heading) == [AWAY]
