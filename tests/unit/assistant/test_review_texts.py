"""The strings of the page of reviews: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from assistant.shell.frame import Reader
from assistant.shell.reviews.page import reviews_page
from assistant.shell.reviews.texts import CATALOGUE, SHARED
from eval.statistics.agreement import WhyNone
from knowledge.contacts.models import CHANNELS
from knowledge.reviews.models import TENURES

STATIC = Path("assistant/shell/static")
SCRIPTS = [STATIC / "reviews" / "main.js", STATIC / "shared" / "reviews.js"]
SCRIPT = "".join(path.read_text("utf-8") for path in SCRIPTS)
PAGE = Path("assistant/shell/reviews/page.py").read_text("utf-8")
BUILT = {"tenure_": TENURES, "channel_": CHANNELS, "why_": get_args(WhyNone)}


def built() -> set[str]:
    starts = re.findall(r"say\(`(\w+_)\$\{", SCRIPT)
    return {f"{start}{name}" for start in starts for name in BUILT[start]}


@pytest.mark.parametrize("key", sorted(CATALOGUE["es"].keys() | CATALOGUE["en"].keys()))
def test_both_languages_have_the_string_and_fill_in_the_same_values(key: str) -> None:
    spanish, english = (re.findall(r"\{(\w+)\}", CATALOGUE[one][key]) for one in ("es", "en"))
    assert sorted(spanish) == sorted(english)
    assert CATALOGUE["es"][key].strip()
    assert CATALOGUE["en"][key].strip()


def test_the_scripts_ask_for_no_other_strings_and_use_them_all() -> None:
    asked = set(re.findall(r'say\(\s*"(\w+)"', SCRIPT)) | built()
    assert len(asked) > 30
    assert asked - CATALOGUE["es"].keys() == set()
    quoted = set(re.findall(r'"(\w+)"', SCRIPT + PAGE)) | set(SHARED)
    assert CATALOGUE["es"].keys() - quoted - built() == set()


def test_a_name_is_only_ever_text() -> None:
    reader = Reader("es", '"><img src=x onerror=alert(1)>', {"/", "/reviews"})
    page = reviews_page(reader, own=True, others=False)
    assert "<img" not in page
    assert 'data-own="1"' in page
    assert "data-others" not in page
    assert "innerHTML" not in SCRIPT
