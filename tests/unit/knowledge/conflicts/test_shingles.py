"""Which texts nearly repeat another, by their word sequences."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from knowledge.conflicts.shingles import WORDS, Repeat, Shingles, hashes_of, repeats, together

RULE = "Puede devolver el producto en su embalaje en un plazo de treinta días desde la entrega."


def shingles(*texts: str) -> Shingles:
    return Shingles(hashes_of(texts))


def found(made: Shingles, **options: float) -> list[Repeat]:
    return list(repeats(made, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "contained", "alike"),
    [
        (RULE, RULE, 1.0, 1.0),
        (RULE, RULE.upper().replace("DÍAS", "dias,"), 1.0, 1.0),
        # 16 words make 13 sequences, and each of the 4 that hold a word changes with it
        (RULE, RULE.replace("treinta", "quince"), 9 / 13, 9 / 17),
        (RULE, RULE.replace("entrega", "compra"), 12 / 13, 12 / 14),
        ("uno dos tres cuatro cinco", "uno dos tres cuatro cinco seis siete", 1.0, 2 / 4),
    ],
)
def test_shares_are_those_counted_by_hand(
    one: str, other: str, contained: float, alike: float
) -> None:
    (repeat,) = found(shingles(one, other), contained=0.1)
    assert repeat.contained == pytest.approx(contained)
    assert repeat.alike == pytest.approx(alike)


def test_the_longer_one_is_repeated_and_of_equals_the_first() -> None:
    longer = f"{RULE} Los gastos de envío corren por su cuenta."
    assert [(r.text, r.of) for r in found(shingles(RULE, longer, RULE), contained=0.9)] == [
        (0, 1),
        (2, 1),
    ]
    assert [(r.text, r.of) for r in found(shingles(RULE, RULE), contained=0.9)] == [(1, 0)]


def test_the_same_words_in_another_order_repeat_nothing() -> None:
    turned = " ".join(reversed(RULE.split()))
    assert found(shingles(RULE, turned), contained=0.05) == []


def test_no_sequence_spans_two_texts() -> None:
    words = RULE.split()
    whole, *parts = hashes_of([RULE, " ".join(words[:8]), " ".join(words[8:])])
    assert len(whole) == 13
    assert len(together(parts)) == (8 - WORDS + 1) + (len(words) - 8 - WORDS + 1)
    assert set(together(parts).tolist()) < set(whole.tolist())


def test_short_texts_are_left_alone() -> None:
    assert found(shingles("Más información", "Más información"), contained=0.8, least=2) == []
    assert len(found(shingles("Más información", "Más información"), contained=0.8)) == 1


def test_what_is_not_allowed_is_not_found_and_hides_nothing_else() -> None:
    made = shingles(RULE, RULE, RULE)
    pairs = [
        (r.text, r.of)
        for r in repeats(made, contained=0.8, allowed=lambda one, other: {one, other} != {0, 1})
    ]
    assert pairs == [(2, 0)]


@pytest.mark.parametrize("wrong", [0.0, 1.5])
def test_a_bar_that_says_nothing_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"got {wrong}"):
        found(shingles(RULE), contained=wrong)


@pytest.mark.parametrize("options", [{"contained": 0.7}, {"alike": 0.6}])
def test_of_many_texts_as_many_are_found_as_by_comparing_all(options: dict[str, float]) -> None:
    texts = _variations(random.Random(5))
    made = shingles(*texts)
    repeating = {repeat.text: repeat for repeat in found(made, **options)}
    sets = [_sequences(text) for text in texts]
    standing = set(range(len(texts))) - repeating.keys()
    for one, other in combinations(sorted(standing, key=lambda t: (-len(sets[t]), t)), 2):
        assert not _reaches(sets[other], sets[one], options)
    for text, repeat in repeating.items():
        assert repeat.of in standing
        assert _reaches(sets[text], sets[repeat.of], options)


def _variations(chance: random.Random) -> list[str]:
    """Six texts, each in ten versions with some words changed or left out."""
    words = [f"w{number}" for number in range(400)]
    texts: list[str] = []
    for _ in range(6):
        original = chance.choices(words, k=60)
        for changes in range(10):
            copy = list(original)
            for _ in range(changes):
                copy[chance.randrange(len(copy))] = chance.choice(words)
            texts.append(" ".join(copy[: len(copy) - chance.randrange(8)]))
    return texts


def _sequences(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}


def _reaches(
    shorter: set[tuple[str, ...]], longer: set[tuple[str, ...]], options: dict[str, float]
) -> bool:
    common = len(shorter & longer)
    if "alike" in options:
        return common / len(shorter | longer) >= options["alike"]
    return common / len(shorter) >= options["contained"]


def test_nothing_repeats_nothing() -> None:
    assert found(shingles(), contained=0.8) == []
    assert found(shingles("", "!?", ""), contained=0.8) == []
