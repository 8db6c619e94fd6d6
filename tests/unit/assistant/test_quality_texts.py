"""The strings of the page of evaluations: the same in both languages, all used, none missing."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from assistant.shell.quality.page import FRAME
from assistant.shell.quality.texts import SHARED
from eval.comparison.flips import Flip
from eval.gate.models import Weight
from eval.golden.models import Answerability, Behaviour
from eval.making.making import ORIGINS
from eval.making.models import Left
from eval.scorecards.models import Reach
from eval.statistics.agreement import WhyNone
from knowledge.contacts.models import CHANNELS, ActKind, Speaker
from knowledge.evaluations.publication_rows import Verdict
from knowledge.jobs import State
from knowledge.reviews.models import TENURES
from tests.unit.assistant.page_strings import STATIC, PageStrings, hostile

BUILT = {
    "verdict_": get_args(Verdict),
    "state_": [one for one in get_args(State) if one != "done"],
    "answerability_": get_args(Answerability),
    "in_": ["es", "en"],
    "filter_": ["show", "language", "topic", "audience", "contractor", "answerability"],
    "show_": ["broken", "mended", "changed"],
    "weight_": get_args(Weight),
    "flip_": get_args(Flip),
    "origin_": [*ORIGINS, "documents"],
    "left_": get_args(Left),
    "draft_": ["accepted", "rejected"],
    "behaviour_": get_args(Behaviour),
    "tenure_": TENURES,
    "channel_": CHANNELS,
    "why_": get_args(WhyNone),
    "speaker_": get_args(Speaker),
    "act_": [one for one in get_args(ActKind) if one not in ("on", "off")],
    "fails_": get_args(Reach),
}
"""What stands after the place where a script puts a name together."""


STRINGS = PageStrings(
    FRAME,
    [
        *sorted((STATIC / "quality").glob("*.js")),
        *(STATIC / "shared" / name for name in ("gate.js", "reviews.js")),
    ],
    Path("assistant/shell/quality/page.py"),
    BUILT,
    SHARED,
)


def test_every_string_is_there_in_both_languages_and_used() -> None:
    STRINGS.check(100)


def test_a_name_is_only_ever_text() -> None:
    assert "<img" not in FRAME.html(hostile("/", "/quality"))
