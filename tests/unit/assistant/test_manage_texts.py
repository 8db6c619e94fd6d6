"""The strings of the managers' page: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from assistant.shell.frame import Reader
from assistant.shell.manage.page import FRAME
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
from tests.unit.assistant.page_strings import STATIC, PageStrings, hostile

SCRIPTS = sorted(
    path
    for part in ("manage", "shared")
    for path in (STATIC / part).glob("*.js")
    if path.name not in ("drafts.js", "reviews.js")  # of other pages
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


STRINGS = PageStrings(
    FRAME,
    SCRIPTS,
    Path("assistant/shell/manage/page.py"),
    BUILT,
    more=frozenset(f"{name}_none{hint}" for name in BUILT["work_"] for hint in ("", "_hint")),
)


def test_every_string_is_there_in_both_languages_and_used() -> None:
    assert len(SCRIPTS) >= 10
    STRINGS.check(100)


def test_every_reason_to_refuse_a_document_is_said() -> None:
    assert len(REFUSALS) >= 18
    known = {key.removeprefix("refused_") for key in CATALOGUE["es"] if key.startswith("refused_")}
    assert set(REFUSALS) == known


def test_a_name_is_only_ever_text() -> None:
    page = FRAME.html(hostile("/", "/queue", "/manage"))
    assert "<img" not in page
    assert "&lt;img" in page
    assert re.findall(r'class="page-link" href="([^"]+)"', page) == ["/", "/queue"]
    assert 'class="page-link"' not in FRAME.html(Reader("en", "Ana", {"/manage"}, "Europe/Madrid"))
