"""The managers' work commands speak both languages alike."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from assistant.shell import work_texts
from assistant.shell.work_texts import CATALOGUE, tell


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
    shell = Path(work_texts.__file__).parent
    commands = ("work", "preview", "conflict", "contact", "webhook", "commitment", "escalation")
    code = "".join((shell / f"{name}_commands.py").read_text() for name in commands)
    code += "".join((shell / f"{name}_lines.py").read_text() for name in ("work", "conflict"))
    built = re.compile(
        r"^(gap_state|kind|state|change|outcome|duplicate|job|contact_state|webhook_state|channel|"
        r"speaker|commitment_(?:kind|what|state|step)|escalation_state|step)_"
    )
    named = set(re.findall(r"""["'](\w+)["']""", code))
    unused = [key for key in CATALOGUE["es"] if key not in named and not built.match(key)]
    assert unused == []


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        tell("es", "gap_owner")
