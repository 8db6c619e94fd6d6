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


def said_under(heading: str, text: str = AWAY) -> list[str]:
    cited = Citation("guia.md", "Guía", 1, None, ("Guía", heading), text, 0, len(text), "es")
    answer: Any = SimpleNamespace(confidence=0.9, statements=(Statement(text, (cited,), text),))
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


@pytest.mark.parametrize(
    "text",
    [
        "Frases prohibidas: «llame a la marca», «pregunte en su banco».",
        '- Never say "that is the carrier\'s problem" or "you need to contact the manufacturer".',
        "Do not tell anybody “that is not ours”.",
        "Nunca diga al cliente «eso no es cosa nuestra».",
        "- No se dice «llame a la marca»: se le llama.",
        "Decimos: sí puedo ofrecerle…; No decimos: el sistema no me deja",
        "Spanish: desistimiento; Say in English: right of withdrawal; Do not say: cancellation",
    ],
)
def test_a_rule_that_gives_a_forbidden_wording_is_nothing_to_say(text: str) -> None:
    assert said_under("2. How we speak", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nunca se cobra la recogida de un producto dañado.",
        "No se dice el precio final hasta medir el hueco.",
        'Say what will happen: "it will be collected on Monday".',
        'We never say no to a return in time. The agent notes "returned".',
    ],
)
def test_other_rules_and_wordings_are(text: str) -> None:
    assert said_under("2. How we speak", text) == [text]
