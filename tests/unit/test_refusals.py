"""Every reason is said in both languages, of the same values, and every one is given somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from assistant.refusals import WORDINGS, because
from assistant.shell.telling import told
from eval.refusals import because as eval_because
from knowledge.errors import (
    DocumentRefused,
    KnowledgeBaseError,
    RegisterError,
    RegisterLocked,
    SettingsError,
    StorageFull,
)
from knowledge.identity.access import ACTIONS, ROLES
from knowledge.jobs import State as JobState
from knowledge.refusals import because as knowledge_because
from knowledge.source_rows import State as VersionState
from knowledge.work.feedback_rows import STATES

ROOT = Path(__file__).parents[2]
CODES = {**because.wordings, **eval_because.wordings}
PACKAGES = ("knowledge", "assistant", "eval")
KNOWN = {
    "knowledge": knowledge_because.wordings,
    "assistant": because.wordings,
    "eval": CODES,  # what it reads of the register is refused in the register's words
}
TABLES = (
    "assistant/shell/telling.py",
    "assistant/shell/manage/field_reasons.py",
    "assistant/shell/manage/names.py",
    "eval/faults.py",
    "eval/gate/rules.py",
    "eval/golden/models.py",
    "eval/golden/reading.py",
    "eval/scorecards/models.py",
    "knowledge/evaluations/golden_sets.py",
    "knowledge/reviews/scorecards.py",
)
"""Where codes are chosen from."""


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _given(package: str) -> Iterator[tuple[str, str, set[str] | None]]:
    """Place, code pattern and names of values of every call of ``because`` in a package."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and _is_because(call) and call.args:
                names = {keyword.arg for keyword in call.keywords}
                whole = {name for name in names if name is not None}
                for pattern in _patterns(call.args[0]):
                    yield f"{path}:{call.lineno}", pattern, None if None in names else whole


def _is_because(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "because"


def _patterns(code: ast.expr) -> Iterator[str]:
    if isinstance(code, ast.Constant):
        yield re.escape(str(code.value))
    elif isinstance(code, ast.JoinedStr):
        parts = (
            re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"\w+" for v in code.values
        )
        yield "".join(parts)


@pytest.mark.parametrize("code", sorted(CODES))
def test_both_languages_speak_of_the_same_values(code: str) -> None:
    wording = CODES[code]
    assert wording.en.strip()
    assert wording.es.strip()
    assert _places(wording.en) == _places(wording.es)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_reason_that_is_given_is_known_and_has_its_values(package: str) -> None:
    known = KNOWN[package]
    given = list(_given(package))
    assert len(given) > 20
    for where, pattern, names in given:
        meant = [code for code in known if re.fullmatch(pattern, code)]
        assert meant, f"{where}: no reason {pattern}"
        for code in meant:
            assert names is None or names == _places(known[code].en), f"{where}: {code}"


def test_every_reason_is_given_somewhere() -> None:
    given = [pattern for package in PACKAGES for _, pattern, _ in _given(package)]
    tables = "".join((ROOT / path).read_text("utf-8") for path in TABLES)
    lost = [code for code in CODES if not any(re.fullmatch(one, code) for one in given)]
    assert [code for code in lost if f'"{code}"' not in tables] == []


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("action", ACTIONS),
        ("role", ROLES),
        ("state", (*get_args(VersionState), *get_args(JobState))),
        ("feedback-state", STATES),
    ],
)
def test_what_a_rule_names_has_words(kind: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if f"{kind}-{name}" not in CODES] == []


def test_no_reason_is_known_twice() -> None:
    assert not WORDINGS.keys() & knowledge_because.wordings.keys()


def test_a_reason_is_said_with_its_values_in_each_language() -> None:
    reason = because(
        "version-state",
        number=2,
        name="a.pdf",
        state=because("state-draft"),
        expected=because("state-in_review"),
    )
    assert str(reason).startswith("version 2 of 'a.pdf' is draft, not in review")
    assert "la versión 2 de «a.pdf» figura como «borrador»" in reason.told("es")
    assert "en revisión" in reason.told("es")


def test_days_are_written_as_each_language_writes_them() -> None:
    reason = because("reading-past", day=date(2026, 3, 2))
    assert str(reason).startswith("2026-03-02 is past")
    assert reason.told("es").startswith("el 2/3/2026 ya ha pasado")


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert "«{label}»" in because("audience-taken", label="{label}").told("es")


def test_an_error_says_its_line_in_english_and_its_reason_in_spanish() -> None:
    error = SettingsError(because("audience-taken", label="levante"))
    assert str(error) == "there is an audience 'levante' already: choose another label"
    assert told(error, "en") == str(error)
    assert told(error, "es") == "ya hay un grupo «levante»: elija otro nombre corto"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (RegisterLocked("process 7 is writing"), "el registro está ocupado"),
        (StorageFull("no space"), "no queda sitio"),
        (RegisterError("damaged"), "el registro no se puede usar"),
        (DocumentRefused("damaged", "x.pdf is damaged"), "el archivo está dañado"),
        (SettingsError("a line"), "El servidor dice, en inglés: a line"),
    ],
)
def test_an_error_without_a_reason_is_told_by_its_kind(
    error: KnowledgeBaseError, line: str
) -> None:
    assert line in told(error, "es")
    assert told(error, "en") == str(error)
