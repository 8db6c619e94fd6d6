"""The strings of the managers' page: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from assistant.shell.frame import Reader
from assistant.shell.manage.page import manage_page
from assistant.shell.manage.texts import CATALOGUE
from assistant.themes.measures import MEASURES
from assistant.voice.models import CHANNELS as CHANNELS_OF_GUIDES
from eval.comparison.flips import Flip
from eval.gate.models import Weight
from knowledge.commitments.models import KINDS as COMMITMENT_KINDS
from knowledge.commitments.models import OUTCOMES, PENDING, STEP_KINDS, WHATS
from knowledge.conflicts.duplicates import Kind as DuplicateKind
from knowledge.contacts.models import CHANNELS, Speaker
from knowledge.curation_checks import KINDS
from knowledge.evaluations.publication_rows import Verdict
from knowledge.identity.access import ROLES
from knowledge.jobs import State
from knowledge.work.feedback_rows import Kind, TaskState
from knowledge.work.gap_rows import GapState
from knowledge.work.staleness import Staleness

STATIC = Path("assistant/shell/static")
SCRIPTS = sorted(
    path
    for part in ("manage", "shared")
    for path in (STATIC / part).glob("*.js")
    if path.name != "drafts.js"  # of the agents' pages
)
CODES = re.compile(
    r'Refused\(\s*(?:\w+, )?"([a-z-]+)"|return "(unsafe|[a-z]+-[a-z]+)", |\("(unsafe)", "'
)
REFUSALS = sorted(
    {
        code
        for folder in ("ingest", "knowledge")
        for path in Path(folder).rglob("*.py")
        for found in CODES.findall(path.read_text("utf-8"))
        for code in found
        if code
    }
)
"""Codes with which documents are refused anywhere."""
BUILT = {
    "state_": ["draft", "in_review", "published", "retired"],
    "kind_": KINDS,
    "role_": ROLES,
    "job_": get_args(State),
    "weight_": get_args(Weight),
    "flip_": get_args(Flip),
    "language_": ["es", "en"],
    "work_": [
        "gaps",
        "feedback",
        "stale",
        "contradictions",
        "duplicates",
        "receipts",
        "series",
        "commitments",
    ],
    "commitments_kind_": COMMITMENT_KINDS,
    "commitments_what_": WHATS,
    "commitments_state_": [*PENDING, *OUTCOMES],
    "commitments_step_": STEP_KINDS,
    "hint_": ["contradictions", "duplicates"],
    "duplicate_": get_args(DuplicateKind),
    "gap_": ["came_back", *get_args(GapState)],
    "verdict_": ["partly", "not_found", *get_args(Verdict)],
    "said_": get_args(Kind),
    "task_": [state for state in get_args(TaskState) if state != "open"],
    "feedback_": ["resolve", "decline", "resolve_done", "decline_done"],
    "stale_": get_args(Staleness),
    "reading_": ["overdue", "waiting", "read"],
    "series_": ["answered", "partly", "not_found", "other"],
    "difference_": ["changed", "added", "removed", "moved"],
    "counted_": [
        f"{what}_{number}"
        for what in ("changed", "added", "removed", "moved", "numbers", "dates")
        for number in ("one", "many")
    ],
    "refused_": REFUSALS,
    "channel_": CHANNELS,
    "speaker_": get_args(Speaker),
    "measure_": MEASURES,
    "voice_channel_": CHANNELS_OF_GUIDES,
    "meant_": MEASURES,
    "value_": ["number", "amount", "percentage", "date"],
}
"""What stands before and after the place where a script puts a name together."""


SCRIPT = "".join(path.read_text("utf-8") for path in SCRIPTS)
PAGE = Path("assistant/shell/manage/page.py").read_text("utf-8")


def built() -> set[str]:
    starts = re.findall(r"say\(`(\w+_)\$\{", SCRIPT)
    empty = {f"{name}_none{hint}" for name in BUILT["work_"] for hint in ("", "_hint")}
    return empty | {f"{start}{name}" for start in starts for name in BUILT[start]}


def test_both_languages_have_the_same_strings() -> None:
    assert CATALOGUE["es"].keys() == CATALOGUE["en"].keys()


@pytest.mark.parametrize("key", sorted(CATALOGUE["es"]))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    spanish, english = (re.findall(r"\{(\w+)\}", CATALOGUE[one][key]) for one in ("es", "en"))
    assert sorted(spanish) == sorted(english)
    assert CATALOGUE["es"][key].strip()
    assert CATALOGUE["en"][key].strip()


def test_the_scripts_ask_for_no_other_strings() -> None:
    assert len(SCRIPTS) >= 10
    asked = set(re.findall(r'say\(\s*"(\w+)"', SCRIPT)) | built()
    assert len(asked) > 100
    assert asked - CATALOGUE["es"].keys() == set()


def test_every_reason_to_refuse_a_document_is_said() -> None:
    assert len(REFUSALS) >= 18
    known = {key.removeprefix("refused_") for key in CATALOGUE["es"] if key.startswith("refused_")}
    assert set(REFUSALS) == known


def test_every_string_is_used() -> None:
    quoted = set(re.findall(r'"(\w+)"', SCRIPT + PAGE))
    assert CATALOGUE["es"].keys() - quoted - built() == set()


def test_scripts_make_no_markup_of_text() -> None:
    for path in SCRIPTS:
        script = path.read_text("utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in script, f"{path.name}: {way}"


def test_a_name_is_only_ever_text() -> None:
    page = manage_page(Reader("es", "<img src=x onerror=alert(1)>", {"/", "/queue", "/manage"}))
    assert "<img" not in page
    assert "&lt;img" in page
    assert re.findall(r'class="page-link" href="([^"]+)"', page) == ["/", "/queue"]
    assert 'class="page-link"' not in manage_page(Reader("en", "Ana", {"/manage"}))
