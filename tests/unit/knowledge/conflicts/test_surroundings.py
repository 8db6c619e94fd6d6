"""How near everything is to a statement, and how two languages are brought onto one another."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.conflicts.centring import PRIOR_SENTENCES, Centres
from knowledge.conflicts.statements import Collection
from knowledge.conflicts.surroundings import NEIGHBOURS, density
from knowledge.models import Language
from tests.unit.knowledge.conflicts.making import sentence

DIMENSION = 16


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / lengths


def spoken(spanish: int, english: int) -> list[Language]:
    counts: dict[Language, int] = {"es": spanish, "en": english}
    return [language for language, count in counts.items() for _ in range(count)]


def two_languages(count: int) -> Collection:
    """So many sentences in each language, of which the nth say the same.

    Each language adds a large part of its own.
    """
    rng = np.random.default_rng(3)
    said = rng.standard_normal((count, DIMENSION))
    own = 12 * unit(rng.standard_normal((2, DIMENSION)))
    vectors = unit(np.concatenate([said + own[0], said + own[1]]))
    languages = spoken(count, count)
    sentences = [sentence(f"Frase {n} {lang}", lang, f"{n}.md") for n, lang in enumerate(languages)]
    return Collection.of(sentences, vectors.astype(np.float16))


def test_without_its_languages_centre_a_sentence_is_nearest_to_its_translation() -> None:
    made = two_languages(400)
    spanish, english = made.vectors[:400], made.vectors[400:]
    shifted = made.centres.centred(spanish, "es") @ made.centres.centred(english, "en").T
    right = (shifted.argmax(axis=1) == np.arange(400)).mean()
    plain = ((spanish @ english.T).argmax(axis=1) == np.arange(400)).mean()
    assert right > 0.9
    assert right > plain + 0.1
    assert np.linalg.norm(made.centres.centred(spanish[0], "es")) == pytest.approx(1, abs=1e-5)


def test_a_few_sentences_are_no_centre_of_their_language() -> None:
    made = two_languages(400)
    few = Centres.of(made.vectors[:402], spoken(400, 2))
    of_all = made.vectors[:402].mean(axis=0)
    share = 2 / (PRIOR_SENTENCES + 2)
    expected = share * made.vectors[400:402].mean(axis=0) + (1 - share) * of_all
    assert few.of_language["en"] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("against", ["es", "en"])
def test_density_is_the_mean_of_the_nearest_but_the_very_nearest(against: Language) -> None:
    made = two_languages(60)
    there = slice(0, 60) if against == "es" else slice(60, 120)
    columns = made.vectors[there]
    row = made.vectors[5]
    if against == "en":
        columns, row = made.centres.centred(columns, "en"), made.centres.centred(row, "es")
    nearest = np.sort(columns @ row)[::-1][1 : NEIGHBOURS + 1]
    assert density(made, [5], made, against) == {5: pytest.approx(nearest.mean(), abs=1e-5)}


def test_where_there_is_nothing_else_density_is_nothing() -> None:
    only = Collection.of([sentence("Una frase.", "es")], np.eye(1, DIMENSION, dtype=np.float16))
    assert density(only, [0], only, "en") == {0: 0.0}
    assert density(only, [0], only, "es") == {0: 0.0}
    assert density(only, [], only, "es") == {}
