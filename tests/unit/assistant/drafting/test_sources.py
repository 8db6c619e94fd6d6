"""Which passages a sentence of a draft is held against, by the words that they have in common."""

from __future__ import annotations

import numpy as np

from assistant.drafting.sources import BY_WORDS, OF_EACH, nearest

SPANISH, ENGLISH = 0, 1


def rows(scores: list[float], languages: list[int]) -> list[int]:
    found = nearest(np.array(scores, np.float32), np.array(languages, np.uint8))
    return [int(row) for row in found]


def test_some_of_each_language_are_among_them_best_first() -> None:
    count = 2 * BY_WORDS
    scores = [*(10.0 + n for n in range(count)), *(1.0 + n / 10 for n in range(count))]
    found = rows(scores, [ENGLISH] * count + [SPANISH] * count)
    assert found[:BY_WORDS] == [*range(count - 1, count - 1 - BY_WORDS, -1)]
    assert found[BY_WORDS:] == [*range(2 * count - 1, 2 * count - 1 - OF_EACH, -1)]


def test_what_has_no_word_in_common_is_not_among_them() -> None:
    assert rows([0.0, 2.0, 0.0, 1.0], [ENGLISH, ENGLISH, SPANISH, SPANISH]) == [1, 3]
    assert rows([], []) == []
    assert rows([3.0, 1.0], [ENGLISH, ENGLISH]) == [0, 1]
