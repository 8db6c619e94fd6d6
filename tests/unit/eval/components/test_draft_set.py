"""The labelled drafts: every mark can be found in its draft, and each half holds every kind."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from eval.corpora.reading import by_hand

KINDS = {
    "spelling": 50,
    "address": 25,
    "forbidden": 60,
    "promise": 50,
    "fact": 60,
    "internal": 20,
    "personal": 20,
    "style": 20,
    "required": 15,
}
"""Kinds of findings, each with the least there must be of it."""
CHANNELS = {"phone", "chat", "whatsapp", "email", "social"}


@pytest.fixture(scope="module")
def drafts() -> list[dict[str, Any]]:
    return by_hand("drafts.jsonl")


def findings(drafts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [finding for draft in drafts for finding in draft["findings"]]


def test_every_draft_has_its_own_id_and_known_fields(drafts: list[dict[str, Any]]) -> None:
    assert len({draft["id"] for draft in drafts}) == len(drafts) >= 360
    for draft in drafts:
        assert draft["language"] in {"es", "en"}, draft["id"]
        assert draft["channel"] in CHANNELS, draft["id"]
        assert draft["half"] in {"fit", "report"}, draft["id"]
        assert draft["draft"].strip(), draft["id"]


def test_no_draft_is_written_twice(drafts: list[dict[str, Any]]) -> None:
    asked = Counter((draft["about"], draft["draft"]) for draft in drafts)
    assert [text for text, times in asked.items() if times > 1] == []


def test_what_is_marked_stands_once_in_its_draft(drafts: list[dict[str, Any]]) -> None:
    for draft in drafts:
        for finding in draft["findings"]:
            times = 0 if finding["kind"] == "required" else 1
            found = draft["draft"].count(finding["text"]) if finding["text"] else 0
            assert found == times, (draft["id"], finding["text"])


def test_marks_of_a_draft_do_not_overlap(drafts: list[dict[str, Any]]) -> None:
    for draft in drafts:
        marked = [finding["text"] for finding in draft["findings"] if finding["text"]]
        starts = sorted((draft["draft"].index(text), len(text)) for text in marked)
        for (start, length), (following, _) in pairwise(starts):
            assert start + length <= following, draft["id"]


def test_findings_have_known_kinds_and_a_reason(drafts: list[dict[str, Any]]) -> None:
    for finding in findings(drafts):
        assert finding["kind"] in KINDS
        assert set(finding.get("also", ())) <= KINDS.keys() - {finding["kind"]}
        assert finding["why"].strip()


def test_there_are_enough_of_each_kind(drafts: list[dict[str, Any]]) -> None:
    counted = Counter(finding["kind"] for finding in findings(drafts))
    assert {kind: counted[kind] for kind in KINDS if counted[kind] < KINDS[kind]} == {}


@pytest.mark.parametrize("half", ["fit", "report"])
def test_each_half_holds_every_kind_and_clean_drafts(
    half: str, drafts: list[dict[str, Any]]
) -> None:
    chosen = [draft for draft in drafts if draft["half"] == half]
    clean = sum(not draft["findings"] for draft in chosen)
    assert {finding["kind"] for finding in findings(chosen)} == KINDS.keys()
    assert 0.35 <= clean / len(chosen) <= 0.55


def test_a_scenario_stands_in_one_half(drafts: list[dict[str, Any]]) -> None:
    halves = {(draft["id"].rpartition("-")[0], draft["half"]) for draft in drafts}
    assert len(halves) == len({scenario for scenario, _ in halves})
