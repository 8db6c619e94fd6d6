"""A theme is called by the wording that has most in common with the others."""

from __future__ import annotations

import pytest

from assistant.themes.naming import MAX_NAME_CHARS, Said, name_of
from knowledge.models import Language

SPANISH = [
    Said("oiga mire que me ha llegado el colchón con un corte y no sé qué hacer", "es"),
    Said("el colchón llegó roto", "es"),
    Said("¿Qué hago si el colchón ha llegado roto?", "es"),
    Said("¿Me cambian el colchón roto?", "es"),
]
ENGLISH = [Said("my mattress arrived damaged", "en"), Said("damaged mattress, what now?", "en")]


@pytest.mark.parametrize(
    ("said", "language", "name"),
    [
        (SPANISH, "es", "el colchón llegó roto"),
        ([*SPANISH, *ENGLISH], "es", "el colchón llegó roto"),
        ([*SPANISH, *ENGLISH], "en", "my mattress arrived damaged"),
        (SPANISH, "en", "el colchón llegó roto"),
        ([Said("¿plazo?", "es")], "es", "¿plazo?"),
        ([Said("…", "es"), Said("¿y el plazo?", "es"), Said("el plazo", "es")], "es", "el plazo"),
    ],
)
def test_the_name_is_the_central_wording(said: list[Said], language: Language, name: str) -> None:
    found = name_of(said, language)
    assert found is not None
    assert found.text == name


def test_without_words_there_is_no_name() -> None:
    assert name_of([], "es") is None


def test_what_is_short_enough_is_preferred_and_the_rest_is_cut_between_words() -> None:
    long = Said("el colchón llegó roto " * 20, "es")
    found = name_of([long, long, Said("colchón roto", "es")], "es")
    assert found == Said("colchón roto", "es")
    cut = name_of([long], "es")
    assert cut is not None
    assert len(cut.text) <= MAX_NAME_CHARS + 1
    assert cut.text.endswith("…")
    assert cut.text[:-1].split()[-1] in {"el", "colchón", "llegó", "roto"}
