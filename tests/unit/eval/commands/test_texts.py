"""Commands about golden sets say the same in both languages."""

from __future__ import annotations

import re

from eval.commands.texts import CATALOGUE


def test_both_languages_have_the_same_keys_and_values() -> None:
    spanish, english = CATALOGUE["es"], CATALOGUE["en"]
    assert spanish.keys() == english.keys()
    for key, text in spanish.items():
        assert set(re.findall(r"\{(\w+)", text)) == set(re.findall(r"\{(\w+)", english[key])), key
