"""What a model tells of turns beside the forms: other words are found, look-alikes taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.commitments.complaints import complaint_in
from assistant.commitments.learned import WHOLE_CHARS, parts
from assistant.commitments.recognise import promises_in
from eval.components.commitments import CLOCK
from knowledge.ports import COMPLAINS, PROMISES

LABELS = {PROMISES: ("none", "if", "refund", "other"), COMPLAINS: ("no", "yes")}


class Telling:
    """Tells of texts that have certain words the class that is given for them, else the first."""

    def __init__(self, told: Mapping[str, str], sure: float = 0.9) -> None:
        self._told = told
        self._sure = sure

    def labels(self, head: str) -> tuple[str, ...]:
        return LABELS[head]

    def told(self, head: str, texts: Sequence[str | tuple[str, str]]) -> NDArray[np.float64]:
        labels = LABELS[head]
        rows = np.full((len(texts), len(labels)), (1 - self._sure) / (len(labels) - 1))
        for row, text in zip(rows, texts, strict=True):
            found = [self._told[words] for words in self._told if words in text]
            row[labels.index(found[0] if found else labels[0])] = self._sure
        return rows


def test_a_promise_in_other_words_is_found_with_its_sentence_and_day() -> None:
    text = "Gracias por esperar. Mañana ve usted los 30 euros de vuelta. Un saludo."
    assert promises_in(text, CLOCK) == []
    (found,) = promises_in(text, CLOCK, Telling({"de vuelta": "refund"}))
    assert (found.what, found.words) == ("refund", "Mañana ve usted los 30 euros de vuelta.")
    assert text[found.start : found.end] == found.words
    assert found.due is not None
    assert found.due.day.isoformat() == "2026-11-26"


def test_a_day_that_another_sentence_says_counts_and_none_is_made_up() -> None:
    telling = Telling({"queda resuelto": "other"})
    (found,) = promises_in("Esto queda resuelto. Mañana, seguro.", CLOCK, telling)
    assert found.due is not None
    (found,) = promises_in("Esto queda resuelto.", CLOCK, telling)
    assert found.due is None


def test_a_form_that_promises_nothing_is_taken_back() -> None:
    text = "Le llamamos mañana."
    assert promises_in(text, CLOCK)
    assert promises_in(text, CLOCK, Telling({}, sure=0.99)) == []
    assert promises_in(text, CLOCK, Telling({"llamamos": "if"}))


def test_a_form_that_may_be_one_keeps_its_kind() -> None:
    (found,) = promises_in("Le llamamos mañana.", CLOCK, Telling({"llamamos": "refund"}))
    assert found.what == "call_back"


def test_long_turns_are_asked_about_sentence_by_sentence() -> None:
    filling = "Le explico cómo funciona. " * 20
    text = f"{filling}Mañana ve usted los 30 euros de vuelta."
    assert len(text) > WHOLE_CHARS
    assert parts(text)[-1].end == len(text)
    (found,) = promises_in(text, CLOCK, Telling({"de vuelta": "refund"}))
    assert found.words == "Mañana ve usted los 30 euros de vuelta."
    assert promises_in("  ", CLOCK, Telling({})) == []


def test_a_complaint_in_other_words_is_found_and_a_look_alike_taken_back() -> None:
    text = "Ya está bien. Que quede constancia por escrito de mi malestar."
    assert complaint_in(text) is None
    span = complaint_in(text, Telling({"constancia": "yes"}))
    assert span is not None
    assert text[slice(*span)] == "Que quede constancia por escrito de mi malestar."
    formed = "Quiero poner una reclamación."
    assert complaint_in(formed, Telling({}, sure=0.99)) is None
    assert complaint_in(formed, Telling({"reclamación": "yes"})) == (0, len(formed))
    assert complaint_in("", Telling({})) is None


def test_what_is_said_late_in_a_long_turn_counts() -> None:
    text = "Vale, sí. " * 45 + "Le llamamos mañana."
    (found,) = promises_in(text, CLOCK, Telling({"llamamos": "other"}))
    assert found.words == "Le llamamos mañana."
    complaint = "Gracias, de acuerdo. " * 45 + "Quiero poner una reclamación."
    assert complaint_in(complaint, Telling({"reclamación": "yes"})) is not None


def test_a_complaint_taken_back_hides_no_later_one() -> None:
    filling = "Le explico cómo fue. " * 20
    text = f"Quiero poner una reclamación, es broma. {filling}Que quede constancia de mi malestar."
    span = complaint_in(text, Telling({"constancia": "yes"}, sure=0.99))
    assert span is not None
    assert text[slice(*span)] == "Que quede constancia de mi malestar."


def test_a_day_that_tells_of_the_past_is_no_deadline() -> None:
    text = "Usted nos llamó el viernes. Esto queda resuelto."
    (found,) = promises_in(text, CLOCK, Telling({"resuelto": "other"}))
    assert (found.words, found.due) == ("Esto queda resuelto.", None)


def test_where_nothing_is_said_nothing_is_asked() -> None:
    for text in ("👍👍", "...", "\x07"):
        assert promises_in(text, CLOCK, Telling({text: "other"})) == []
        assert complaint_in(text, Telling({text: "yes"})) is None
