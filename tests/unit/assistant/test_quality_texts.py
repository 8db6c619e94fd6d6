"""The strings of the page of evaluations: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from assistant.shell.frame import Reader
from assistant.shell.quality.page import quality_page
from assistant.shell.quality.texts import CATALOGUE, SHARED
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

STATIC = Path("assistant/shell/static")
OWN = sorted((STATIC / "quality").glob("*.js"))
SHOWN = [STATIC / "shared" / name for name in ("gate.js", "reviews.js")]
SCRIPT = "".join(path.read_text("utf-8") for path in [*OWN, *SHOWN])
PAGE = Path("assistant/shell/quality/page.py").read_text("utf-8")
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


def built() -> set[str]:
    starts = set(re.findall(r"say\(`(\w+_)\$\{", SCRIPT))
    return {f"{start}{name}" for start in starts for name in BUILT[start]}


@pytest.mark.parametrize("key", sorted(CATALOGUE["es"].keys() | CATALOGUE["en"].keys()))
def test_both_languages_have_the_string_and_fill_in_the_same_values(key: str) -> None:
    spanish, english = (re.findall(r"\{(\w+)\}", CATALOGUE[one][key]) for one in ("es", "en"))
    assert sorted(spanish) == sorted(english)
    assert CATALOGUE["es"][key].strip()
    assert CATALOGUE["en"][key].strip()


def test_the_scripts_ask_for_no_other_strings() -> None:
    asked = set(re.findall(r'say\(\s*"(\w+)"', SCRIPT)) | built()
    asked |= {
        key for pair in re.findall(r'say\([^)"]*\? "(\w+)" : "(\w+)"', SCRIPT) for key in pair
    }
    assert len(asked) > 100
    assert asked - CATALOGUE["es"].keys() == set()


def test_every_string_is_used() -> None:
    quoted = set(re.findall(r'"(\w+)"', SCRIPT + PAGE)) | set(SHARED)
    assert CATALOGUE["es"].keys() - quoted - built() == set()


def test_scripts_make_no_markup_of_text() -> None:
    for path in OWN:
        script = path.read_text("utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in script, f"{path.name}: {way}"


def test_a_name_is_only_ever_text() -> None:
    page = quality_page(Reader("es", '"><img src=x onerror=alert(1)>', {"/", "/quality"}))
    assert "<img" not in page
