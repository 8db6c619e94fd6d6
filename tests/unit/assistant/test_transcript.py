"""Written conversations are read as people and programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.shell.contact.transcript import Line, read_transcript
from knowledge.errors import SettingsError

EXAMPLE = Path("examples/almendro/conversations/llamada-colchon-danado.txt")


def test_text_says_who_speaks_in_either_language() -> None:
    text = "# nota\nCliente: hola, ¿qué tal?\n\nAGENTE : dígame\ny siga: eso es\nCustomer: hi"
    assert [(line.speaker, line.text) for line in read_transcript(text)] == [
        ("customer", "hola, ¿qué tal?"),
        ("agent", "dígame y siga: eso es"),
        ("customer", "hi"),
    ]


def test_json_lines_may_have_partial_turns_of_one_utterance() -> None:
    text = (
        '{"speaker": "customer", "text": "el col", "utterance": "a", "final": false}\n'
        '{"speaker": "customer", "text": "el colchón", "utterance": "a"}\n'
        '{"speaker": "agent", "text": "sí, dígame usted ahora"}'
    )
    first, second, third = read_transcript(text)
    assert (first.utterance, first.final) == ("a", False)
    assert (second.utterance, second.final) == ("a", True)
    assert third == Line("agent", "sí, dígame usted ahora", "3", True, 1.6)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "has no turns"),
        ("# solo una nota", "has no turns"),
        ("hola", "line 1 of the transcript says nobody's name"),
        ('{"speaker": "customer"', "line 1 of the transcript is no JSON"),
        ('{"speaker": "customer", "text": "a"}\n[]', "line 2 of the transcript is no object"),
        ('{"speaker": "robot", "text": "a"}', "has the speaker 'robot'"),
        ('{"speaker": "agent"}', "has no text"),
        ('{"speaker": "agent", "text": "a", "final": "no"}', "neither true nor false"),
        ('{"speaker": "agent", "text": "a", "mood": 1}', "has the field 'mood'"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: str) -> None:
    with pytest.raises(SettingsError, match=line):
        read_transcript(text)


def test_the_example_is_a_call_of_a_customer_whose_mattress_arrived_damaged() -> None:
    lines = read_transcript((Path(__file__).parents[3] / EXAMPLE).read_text("utf-8"))
    said = " ".join(line.text for line in lines if line.speaker == "customer")
    assert {line.speaker for line in lines} == {"customer", "agent"}
    for words in ("tercera vez", "colchón", "corte", "fabricante"):
        assert words in said
