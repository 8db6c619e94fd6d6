"""Deadlines beside suggestions: under the version that was in force on the day that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from assistant.contact.heard import Suggestion
from assistant.contact.suggestions import Shown
from assistant.models import Statement
from assistant.shell.case_answers import CaseAnswers
from assistant.shell.contact.keeping import body_of
from assistant.shell.contact.suggesting import Details
from knowledge.models import Document, Viewer
from knowledge.settings import Settings
from tests.e2e.page_double import cite, make_document

NOW = "El cliente tiene 30 días naturales desde la entrega para devolverlo."
THEN = "El cliente tiene 14 días naturales desde la entrega para devolverlo."
NEXT = "Avise al almacén de la devolución."
TODAY = datetime.now(UTC).date()
CHANGED = TODAY - timedelta(days=100)
VIEWER = Viewer("ana", frozenset({"staff"}))


def version(text: str, number: int) -> Document:
    parts = [("heading", "Devoluciones"), ("paragraph", f"{text} {NEXT}")]
    return replace(make_document("politica.md", parts), version=number)


class Versions:
    """Stands where the assistant does: one source, another version of it before a day."""

    def __init__(self, *, before: bool = True) -> None:
        self.then, self.now = version(THEN, 1) if before else None, version(NOW, 2)

    def document(self, name: str, viewer: Viewer, number: int | None = None) -> Document | None:
        if number is not None:
            known = [one for one in (self.then, self.now) if one and one.version == number]
            return known[0] if known else None
        return self.then if viewer.on and viewer.on < CHANGED else self.now

    def look(self, question: str, viewer: Viewer) -> Any:
        assert question == "plazo"
        return viewer

    def answer(self, evidence: Any, viewer: Viewer) -> Any:
        found = self.document("politica.md", evidence)
        said = () if found is None else (Statement(THEN, (replace(cite(found, THEN), version=1),)),)
        return SimpleNamespace(statements=said)


def details(versions: Versions, given: dict[str, str]) -> dict[str, Any]:
    statement = Statement(NOW, (replace(cite(versions.now, NOW), version=2),))
    shown = Shown((Suggestion("a", statement, "plazo", 0.9),))
    body = body_of(shown, frozenset({"staff"}), 1.0, ())
    helper = Details(versions, CaseAnswers(Settings()))  # type: ignore[arg-type]
    (one,) = helper.of(body, given, VIEWER, "es", "call")
    return one


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def test_without_a_case_there_is_what_follows_and_no_deadline() -> None:
    one = details(Versions(), {})
    assert (one["facts"], one["then"]) == ([], None)
    assert [each["text"] for each in one["follow_ups"]] == [NEXT]


def test_a_delivery_gives_the_last_day_with_the_rule_and_the_date() -> None:
    one = details(Versions(), {"delivered": days_ago(12)})
    (fact,) = one["facts"]
    assert fact["status"] == "computed"
    assert fact["days_left"] in (17, 18, 19)  # the company's day may be another than UTC's
    assert (fact["event_date"], fact["rule"]["quote"]) == (days_ago(12), NOW)


def test_a_date_that_is_missing_is_asked_for() -> None:
    (fact,) = details(Versions(), {"purchased": days_ago(12)})["facts"]
    assert fact["status"] == "question"
    assert fact["text"] == "¿En qué fecha lo recibió?"


def test_a_purchase_before_the_change_is_judged_by_the_version_of_then() -> None:
    one = details(Versions(), {"purchased": days_ago(120), "delivered": days_ago(118)})
    assert one["facts"] == []
    assert one["then"]["on"] == days_ago(120)
    assert one["then"]["statement"]["text"] == THEN
    (fact,) = one["then"]["facts"]
    assert (fact["last_day"], fact["rule"]["version"]) == (days_ago(104), 1)


def test_a_source_that_was_not_in_force_then_gives_no_deadline() -> None:
    one = details(Versions(before=False), {"purchased": days_ago(120), "delivered": days_ago(118)})
    assert (one["facts"], one["then"], one["another_day"]) == ([], None, days_ago(120))
