"""The golden set of the example company: it is read, and it expects what the documents say."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet, read_golden
from eval.measures.matching import expected, measures, says_any
from ingest.loaders import load

ALMENDRO = Path(__file__).resolve().parents[4] / "examples" / "almendro"
SHARES: dict[str, tuple[float, float, Callable[[GoldenCase], bool]]] = {
    "Spanish": (0.50, 0.60, lambda case: case.lang == "es"),
    "in both languages": (0.30, 1.0, lambda case: case.twin_id is not None),
    "without an answer": (0.18, 0.30, lambda case: not _answerable(case)),
    "near misses": (0.10, 0.20, lambda case: "near_miss" in case.tags),
    "follow-ups": (0.25, 0.40, lambda case: case.standalone_question is not None),
    "critical": (0.25, 0.60, lambda case: case.critical),
}
"""Least and largest share of the cases of each kind."""


def _answerable(case: GoldenCase) -> bool:
    return case.answerability not in ("unanswerable", "out_of_scope")


def _filing() -> dict[str, dict[str, str]]:
    with (ALMENDRO / "filing.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


@lru_cache
def text_of(name: str) -> str:
    """What the register holds of a document; white space does not count."""
    content = (ALMENDRO / "documents" / name).read_bytes()
    return re.sub(r"\s+", " ", load(content, name)[1].text)


@pytest.fixture(scope="module")
def golden() -> GoldenSet:
    found, faults = read_golden((ALMENDRO / "golden.jsonl").read_bytes())
    assert found is not None, [fault.told("en") for fault in faults]
    return found


def test_there_are_enough_cases_of_every_kind(golden: GoldenSet) -> None:
    assert len(golden.cases) >= 130
    for kind, (least, most, is_one) in SHARES.items():
        share = sum(map(is_one, golden.cases)) / len(golden.cases)
        assert least <= share <= most, f"{kind}: {share:.0%}"


def test_twins_expect_the_same_facts(golden: GoldenSet) -> None:
    twins: dict[str, list[GoldenCase]] = {}
    for case in golden.cases:
        if case.twin_id is not None:
            twins.setdefault(case.twin_id, []).append(case)
    for one, other in twins.values():
        assert one.facts == other.facts
        assert one.answerability == other.answerability


def test_follow_ups_and_only_they_have_a_question_that_stands_alone(golden: GoldenSet) -> None:
    for case in golden.cases:
        assert (case.standalone_question is not None) == (len(case.turns) > 1), case.id


def test_paraphrases_ask_for_the_same_facts(golden: GoldenSet) -> None:
    groups: dict[str, list[GoldenCase]] = {}
    for case in golden.cases:
        if case.group_id is not None:
            groups.setdefault(case.group_id, []).append(case)
    assert groups
    for cases in groups.values():
        assert len(cases) > 1
        assert {case.facts for case in cases} == {cases[0].facts}


def quotes(golden: GoldenSet) -> Iterator[tuple[str, str, str]]:
    for case in golden.cases:
        for gold in case.gold:
            yield case.id, gold.document, re.sub(r"\s+", " ", gold.quote or "")


def test_every_quote_stands_in_its_document(golden: GoldenSet) -> None:
    wrong = [(case, name) for case, name, quote in quotes(golden) if quote not in text_of(name)]
    assert not wrong


def test_everything_that_must_be_said_stands_in_a_document(golden: GoldenSet) -> None:
    for case in golden.cases:
        texts = [text_of(gold.document) for gold in case.gold]
        for fact in case.facts:
            stands = any(says_any(text, fact.aliases) or measures(text, fact) for text in texts)
            assert stands or not fact.must, (case.id, fact.id)
        for step in case.steps:
            assert any(says_any(text, step.aliases) for text in texts), (case.id, step.id)


def test_every_value_can_be_looked_for(golden: GoldenSet) -> None:
    for case in golden.cases:
        for fact in case.facts:
            assert fact.value is None or expected(fact) is not None, (case.id, fact.id)


def test_what_answers_is_in_force_on_the_day_that_is_asked_about(golden: GoldenSet) -> None:
    filing = _filing()
    for case in golden.cases:
        for gold in (gold for gold in case.gold if gold.required):
            row = filing[gold.document]
            day = case.on or case.kb_valid_from
            assert day is not None, case.id
            last = row["last_day"]
            assert date.fromisoformat(row["first_day"]) <= day, (case.id, gold.document)
            assert not last or day <= date.fromisoformat(last), (case.id, gold.document)
            if last:
                end = date.fromisoformat(last) + timedelta(days=1)
                assert case.kb_valid_to is not None, case.id
                assert case.kb_valid_to <= end, (case.id, gold.document)


def test_nobody_is_expected_to_be_told_what_is_not_for_them(golden: GoldenSet) -> None:
    filing = _filing()
    above = {"staff": "", "empresa": "staff", "agentes-en-casa": "empresa", "contratas": "staff"}
    above |= {"contacta-levante": "contratas", "meridiano-cx": "contratas"}
    for case in golden.cases:
        here, sees = case.audience or "staff", set()
        while here:
            sees.add(here)
            here = above[here]
        for gold in case.gold:
            assert sees & set(filing[gold.document]["audience"].split()), (case.id, gold.document)


def test_documents_are_filed_as_the_readme_says(golden: GoldenSet) -> None:
    readme = (ALMENDRO / "README.md").read_text("utf-8").split("## Documents\n")[1]
    table = readme.split("\n## ")[0].splitlines()
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in table if line[:1] == "|"]
    said = {"publico": "staff", "todos": "staff", "contratas": "contratas empresa"}
    expected_rows = {r[0]: (said.get(r[2], r[2]), r[3], r[4]) for r in rows[2:]}
    filed = {n: (r["audience"], r["first_day"], r["last_day"]) for n, r in _filing().items()}
    assert filed == expected_rows


def test_the_readme_counts_the_cases(golden: GoldenSet) -> None:
    section = (ALMENDRO / "README.md").read_text("utf-8").split("## Golden set\n")[1]
    cells = [line.strip("|").split("|") for line in section.split("\n## ")[0].splitlines()]
    told = {row[0].strip(): row[1].strip() for row in cells if len(row) == 3}
    counts: dict[str, Callable[[GoldenCase], bool]] = {
        "one question in both languages": lambda case: case.twin_id is not None,
        "paraphrases": lambda case: case.tags.get("group") == "paraphrase",
        "follow-ups": lambda case: len(case.turns) > 1,
        "cannot be answered, or is not about the company": lambda case: not _answerable(case),
        "not enough said": lambda case: case.answerability == "underspecified",
        "answered in part": lambda case: case.answerability == "partial",
        "as somebody": lambda case: case.audience is not None,
        "about a day (`on`)": lambda case: case.on is not None,
        "procedures": lambda case: bool(case.steps),
        "what has to be said to the customer": lambda case: bool(case.required_statements),
        "need several documents": lambda case: "documents" in case.tags,
        "critical": lambda case: case.critical,
    }
    assert {kind: told[kind] for kind in counts} == {
        kind: str(sum(map(is_one, golden.cases))) for kind, is_one in counts.items()
    }
    assert f"has {len(golden.cases)} cases" in section


def test_the_parts_for_the_staff_alone_begin_with_a_heading_of_their_document() -> None:
    headings = {n: row["internal"] for n, row in _filing().items() if row["internal"] not in "*"}
    assert headings
    for name, heading in headings.items():
        assert f" {heading} " in text_of(name), name
