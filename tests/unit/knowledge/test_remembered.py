"""What was told of texts is told again, of those asked about last."""

from __future__ import annotations

from knowledge.encoders.remembered import Remembered


def test_only_new_texts_are_computed_and_the_oldest_are_forgotten() -> None:
    computed: list[str] = []

    def compute(texts: list[str]) -> list[int]:
        computed.extend(texts)
        return [len(text) for text in texts]

    kept = Remembered[str, int](2)
    assert kept.of(["a", "bb", "a"], compute) == [1, 2, 1]
    assert kept.of(["a"], compute) == [1]
    assert computed == ["a", "bb"]
    assert kept.of(["ccc"], compute) == [3]  # "bb" was asked about longest ago
    assert kept.of(["a", "bb"], compute) == [1, 2]
    assert computed == ["a", "bb", "ccc", "bb"]
    assert kept.of(["x", "y", "z"], compute) == [1, 1, 1]  # more than are remembered
    assert kept.of([], compute) == []


def test_no_words_are_kept() -> None:
    kept = Remembered[str, int](2)
    kept.of(["secreto"], lambda texts: [0])
    assert "secreto" not in repr(vars(kept))
