"""What figures are said of by meaning, with a model that knows a few things by name."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.drafting.ahead import TEXTS, read_ahead
from assistant.drafting.facts import UNTOLD, Features, weighed
from assistant.drafting.lines import Talk
from assistant.drafting.meant import ASKED_CHARS, Meant, asked_in, figured, standing_in
from assistant.drafting.reading import stated
from knowledge.conflicts.wording import Rarity, Words
from knowledge.models import Viewer
from knowledge.ports import Figured
from tests.unit.assistant.drafting.test_facts import lines

FEES = "Traer un armario son 49 €.\nMontar un armario son 89 €."
THINGS = (("traer", "lleva"), ("montar", "ensambla"))
"""Each in the sources' words and in the draft's."""


class Knowing:
    """Tells figures by the thing that stands in their text; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Figured] = []

    def said_of(self, texts: Sequence[Figured]) -> list[NDArray[np.float32]]:
        self.asked += texts
        return [
            np.array(
                [[any(w in one.text.casefold() for w in words) for words in THINGS]]
                * len(one.figures),
                np.float32,
            )
            for one in texts
        ]


def told(draft: str, encoder: Knowing | None) -> Features:
    said, found = stated(draft, "es"), lines(FEES, "Precios")
    talk = Talk(Words(()), (), draft, "¿y el armario?")
    meant = Meant(encoder, said, talk.about, found) if encoder else None
    (one,) = weighed(said, found, talk, Rarity(line.read.text for line in found), meant)
    return one.features


def test_a_figure_that_only_its_meaning_tells_is_known_for_right_or_wrong() -> None:
    wrong = told("El equipo se lo lleva por 89 €.", Knowing())
    assert (wrong.meant, wrong.meant_same, wrong.meant_ahead, wrong.meant_first) == (1, 0, 1, 1)
    right = told("El equipo se lo ensambla por 89 €.", Knowing())
    assert (right.meant, right.meant_same, right.meant_ahead) == (0, 1, -1)


def test_without_a_model_it_is_not_told() -> None:
    features = told("El equipo se lo lleva por 89 €.", None)
    assert {features.meant, features.meant_same, features.meant_first} == {UNTOLD}


def test_only_lines_with_a_figure_of_the_kind_are_asked_about_and_once() -> None:
    encoder = Knowing()
    said = stated("Son 89 € y 2 %.", "es")
    found = lines(f"{FEES}\nTarda 3 días.\nSin figuras.")
    meant = Meant(encoder, said, "", found)
    for figure in said.figures:
        for line in found:
            for other in line.read.figures:
                meant.alike(figure, line, other)
    assert [one.text for one in encoder.asked] == [said.text, *FEES.split("\n")]


def test_figures_of_a_text_do_not_lie_within_each_other_and_stand_under_something() -> None:
    read = stated("Cuesta 29 € en 30 días.", "es")
    assert figured(read, "x").figures == ((7, 11), (15, 22))
    assert asked_in(f"{'¿y? ' * 100}¿cuánto?", read).above.endswith("¿y? ¿cuánto?")
    assert len(asked_in("¿cuánto? " * 100, read).above) == ASKED_CHARS
    (line,) = lines("Cuesta 29 €.", "Uno", "Dos", "Tres")
    assert standing_in(line).above == "Normas > Dos > Tres"


@pytest.mark.parametrize("count", [0, TEXTS + 3])
def test_what_the_sources_say_is_read_ahead_a_few_at_a_time(count: int) -> None:
    passages = [line.passage for n in range(count) for line in lines(f"Son {n + 1} €. Y ya.")[:1]]

    def chunks(keys: Sequence[int], viewer: Viewer) -> list[Any]:
        return [passages[key] for key in keys]

    assistant: Any = SimpleNamespace(
        snapshot=lambda viewer: SimpleNamespace(keys=np.arange(count)), chunks=chunks
    )
    encoder = Knowing()
    assert read_ahead(assistant, Viewer("x", frozenset()), encoder, rest=0) == count
    assert len(encoder.asked) == count
