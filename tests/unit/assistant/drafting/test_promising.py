"""What tells a promise: clauses, their traits, the weights as they are kept, and how they weigh."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.drafting import promising
from assistant.drafting.promising import FEATURES, Features, bundled, clauses_of
from assistant.drafting.reading import stated
from assistant.drafting.spoken_clauses import clauses
from assistant.drafting.traits import BUCKETS, traits
from assistant.drafting.unallowed import unallowed
from knowledge.models import Language

ORDINARY = Features(by_words=-3.0, **dict.fromkeys(FEATURES[1:], 0.0))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sí, le llevo otro, no se preocupe.", ["Sí, le llevo otro", "no se preocupe"]),
        ("Son 1.000,50 € a las 18:00.", ["Son 1.000,50 € a las 18:00"]),
        ("We'll fix it - trust me!", ["We'll fix it", "trust me"]),
        ("¿Le parece bien? Vale", ["Le parece bien? Vale"]),
        ("Gracias", ["Gracias"]),
        ("...", []),
    ],
)
def test_a_sentence_falls_into_clauses_of_at_least_two_words(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in clauses(text)] == parts


def test_traits_are_the_same_without_accents_and_with_other_figures_only() -> None:
    assert set(traits("Le pagó 20 €")) != set(traits("Le pago 20 €"))
    np.testing.assert_array_equal(
        traits("La recogerá el técnico"), traits("la recogera el tecnico")
    )
    np.testing.assert_array_equal(traits("Son 20 €"), traits("Son 300 €"))
    assert set(traits("we'll pay")) != set(traits("we'll pay", "if you wish"))
    assert traits("Le regalo el envío").max() < BUCKETS


@pytest.mark.parametrize(
    ("promised", "ordinary"),
    [
        ("Le regalamos tres noches en el hotel", "Le llamo luego para decirle cómo va"),
        ("Your claim will be paid in full", "I will check your claim and call you back"),
        ("El abogado se lo tramita sin cobrarle", "El abogado cobra según la tarifa"),
        ("I'll have the fine cancelled for you", "You can appeal against the fine by letter"),
    ],
)
def test_what_commits_weighs_more_than_what_any_agent_says(promised: str, ordinary: str) -> None:
    learned = bundled().commits
    sure = [learned.log_odds(c) for text in (promised, ordinary) for c in clauses_of(text)]
    assert sure[0] > sure[1] + 1


def test_what_was_learned_comes_back_from_its_file_and_nothing_else_is_taken() -> None:
    learned = bundled()
    arrays = promising.packed(learned)
    again = promising.unpacked(arrays)
    assert again.asked_from == learned.asked_from
    for own, its in ((again.commits, learned.commits), (again.asked, learned.asked)):
        assert own.bias == its.bias
        np.testing.assert_array_equal(own.traits, its.traits)
    for one, other in ((again.by_words, learned.by_words), (again.by_model, learned.by_model)):
        np.testing.assert_array_equal(one.decides, other.decides)
        assert (one.marked_from, one.looked_at_from) == (other.marked_from, other.looked_at_from)
    with pytest.raises(ValueError, match="other traits; run voz eval fit-promises"):
        promising.unpacked({**arrays, "commits.traits": np.zeros(7, np.float16)})
    with pytest.raises(ValueError, match="other features; run voz eval fit-promises"):
        promising.unpacked({**arrays, "by_model": np.zeros(3)})
    assert promising.FILE.stat().st_size <= 300_000


def test_form_and_words_speak_for_a_promise_and_a_source_against_it() -> None:
    for way in (bundled().by_words, bundled().by_model):
        sure = promising.probability(replace(ORDINARY, by_words=1.0, by_model=1.0), way)
        assert (
            promising.probability(replace(ORDINARY, by_words=1.0, by_model=1.0, formed=1.0), way)
            > sure
        )
        assert promising.probability(ORDINARY, way) < sure
        assert (
            promising.probability(replace(ORDINARY, by_words=1.0, by_model=1.0, stands=1.0), way)
            < sure
        )


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("es", "De acuerdo, le regalo el envío de su próximo pedido, no se preocupe."),
        ("en", "That is fine, I'll give you a free year of repairs, just write to me."),
    ],
)
def test_clauses_that_promise_are_marked_and_those_beside_them_are_not(
    language: Language, draft: str
) -> None:
    (found,) = unallowed(stated(draft, language), ())
    assert draft[found.start : found.end] == draft.split(", ")[1]


def test_a_promise_behind_an_and_is_a_clause_of_its_own() -> None:
    said = "Puede devolverlo en 45 días y le regalo un vale de 50 €."
    assert [said[c.start : c.end] for c in clauses_of(said)] == [
        "Puede devolverlo en 45 días",
        "le regalo un vale de 50 €",
    ]
    assert len(clauses_of("Mesa y sillas llegan juntas")) == 1
