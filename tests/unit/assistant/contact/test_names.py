"""Titles are found in what is said, misheard too; the last named count most."""

from __future__ import annotations

import pytest

from assistant.contact.names import DECAY, Names
from assistant.models import Turn
from knowledge.models import Language

HOTELS = Names(
    [
        "Hotel Bijou",
        "Hotel Majestic",
        "Pier Market Seafood Restaurant",
        "Restaurant One Seven",
        "Souvla - NoPa",
        "The Grant Hotel",
        "Colchón viscoelástico COL-VISCO-150",
        "Lavadora LAV-AL-7012",
        "Política de devoluciones",
    ]
)


def turns(*texts: str) -> list[Turn]:
    return [Turn("customer" if i % 2 == 0 else "agent", text) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("said", "language", "title"),
    [
        ("how about pier market seafood", "en", "Pier Market Seafood Restaurant"),
        ("ok is the hotel bishou majestik good for kids", "en", "Hotel Majestic"),
        ("i would like soubla uh souvlaa nopa then", "en", "Souvla - NoPa"),
        (
            "el colchon biscoelastico col visco 150 que compre",
            "es",
            "Colchón viscoelástico COL-VISCO-150",
        ),
        ("la labadora lav al 7012", "es", "Lavadora LAV-AL-7012"),
        ("que dice la politica de deboluciones", "es", "Política de devoluciones"),
    ],
)
def test_a_title_is_found_as_a_recogniser_writes_it(
    said: str, language: Language, title: str
) -> None:
    assert HOTELS.in_focus(turns(said), language)[0].title == title


def test_number_words_and_common_words_name_nothing() -> None:
    said = "the phone number is four one five seven nine five one one six nine"
    assert HOTELS.in_focus(turns(said), "en") == []
    assert HOTELS.in_focus(turns("do they have a restaurant at that hotel"), "en") == []


def test_the_last_named_is_in_focus_and_counts_less_with_every_turn() -> None:
    said = turns("the grant hotel please", "sure", "and the hotel majestic", "yes", "do they park")
    found = HOTELS.in_focus(said, "en")
    assert [n.title for n in found[:2]] == ["Hotel Majestic", "The Grant Hotel"]
    assert found[0].turn == 2
    assert found[1].score == pytest.approx(found[0].score * DECAY**2, rel=0.3)


def test_without_titles_or_turns_nothing_is_in_focus() -> None:
    assert Names([]).in_focus(turns("the grant hotel"), "en") == []
    assert Names(["", "¡!"]).in_focus(turns("grant"), "en") == []
    assert HOTELS.in_focus([], "es") == []
