"""The strings of the page of reviews: the same in both languages, all used, none missing."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from assistant.shell.reviews.page import FRAME, reviews_page
from assistant.shell.reviews.texts import SHARED
from eval.statistics.agreement import WhyNone
from knowledge.contacts.models import CHANNELS
from knowledge.reviews.models import TENURES
from tests.unit.assistant.page_strings import STATIC, PageStrings, hostile

BUILT = {"tenure_": TENURES, "channel_": CHANNELS, "why_": get_args(WhyNone)}
STRINGS = PageStrings(
    FRAME,
    [STATIC / "reviews" / "main.js", STATIC / "shared" / "reviews.js"],
    Path("assistant/shell/reviews/page.py"),
    BUILT,
    SHARED,
)


def test_every_string_is_there_in_both_languages_and_used() -> None:
    STRINGS.check(30)


def test_a_name_is_only_ever_text() -> None:
    page = reviews_page(hostile("/", "/reviews"), own=True, others=False)
    assert "<img" not in page
    assert 'data-own="1"' in page
    assert "data-others" not in page
