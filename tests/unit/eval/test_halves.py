"""Which half a question belongs to never changes, and says nothing about the question."""

from __future__ import annotations

from eval.halves import half


def test_the_half_of_a_key_is_fixed() -> None:
    assert [half(f"q{i}") for i in range(8)] == [half(f"q{i}") for i in range(8)]
    # Worked once; a change of the salt would mix what was fitted with what is reported.
    assert [half(f"q{i}") for i in range(6)] == [
        "report",
        "report",
        "fit",
        "fit",
        "fit",
        "fit",
    ]


def test_about_half_of_all_keys_are_in_either() -> None:
    fit = sum(half(f"case-{i}") == "fit" for i in range(2_000))
    assert 900 < fit < 1_100
