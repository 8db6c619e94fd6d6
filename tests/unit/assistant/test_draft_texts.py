"""What the check of drafts says on the pages: in both languages, all that its script asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.shell.drafts.page_texts import CATALOGUE
from knowledge.models import LANGUAGES, Language

SCRIPT = Path("assistant/shell/static/shared/drafts.js").read_text("utf-8")
BUILT = ("channel_", "kind_")
"""How strings begin whose names the script puts together."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_asks_for_no_other_strings(language: Language) -> None:
    asked = set(re.findall(r'say\(\s*"(\w+)"', SCRIPT))
    assert len(asked) > 15
    assert asked - CATALOGUE[language].keys() == set()
    assert set(re.findall(r"say\(`(\w+_)\$\{", SCRIPT)) == set(BUILT)


def test_both_languages_have_the_same_strings_and_fill_in_the_same_values() -> None:
    spanish, english = CATALOGUE["es"], CATALOGUE["en"]
    assert spanish.keys() == english.keys()
    for key, said in spanish.items():
        assert sorted(re.findall(r"\{(\w+)\}", said)) == sorted(
            re.findall(r"\{(\w+)\}", english[key])
        )
