"""The page speaks both languages alike."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from string import Formatter

import pytest

from assistant.shell import texts
from assistant.shell.texts import CATALOGUE, decimal, say

SHELL = Path(texts.__file__).parent


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_strings() -> None:
    assert CATALOGUE["es"].keys() == CATALOGUE["en"].keys()


@pytest.mark.parametrize("key", sorted(CATALOGUE["es"]))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    assert fields(CATALOGUE["es"][key]) == fields(CATALOGUE["en"][key])
    assert CATALOGUE["es"][key].strip()
    assert CATALOGUE["en"][key].strip()


def test_every_string_is_used() -> None:
    code = inspect.getsource(texts.place)
    for path in SHELL.rglob("*.py"):
        code += path.read_text(encoding="utf-8") if path.name != "texts.py" else ""
    built = re.compile(
        r"^(verdict|language|ready_hint|role|notice|change|difference|vote|case|why)_"
    )
    named = set(re.findall(r"""["'](\w+)["']""", code))
    unused = [key for key in CATALOGUE["es"] if key not in named and not built.match(key)]
    assert unused == []


def test_a_place_is_named_as_its_format_counts() -> None:
    assert texts.place("es", "a.pdf", 3, None, short=True) == "p. 3"
    assert texts.place("es", "a.pdf", 3, None, short=False) == "página 3"
    assert texts.place("es", "a.pptx", 3, None, short=True) == "diapositiva 3"
    assert texts.place("en", "a.csv", None, 9, short=True) == "row 9"
    assert texts.place("en", "a.md", None, None, short=True) == ""


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("es", "page")


def test_numbers_have_the_languages_decimal_sign() -> None:
    assert decimal("es", 0.0834, 2) == "0,08"
    assert decimal("en", 0.0834, 2) == "0.08"
