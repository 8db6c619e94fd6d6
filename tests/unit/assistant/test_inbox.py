"""What an agent is told and asked to read, and what becomes of a press of its buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from assistant.models import Answer, Citation, Statement
from assistant.shell.pages import desk as desks
from assistant.shell.pages.desk import Desk
from assistant.shell.pages.inbox import Inbox, inbox_html
from assistant.shell.pages.markup import answer_html
from assistant.shell.pages.work import remark_on
from knowledge.work.changes import SourceChange
from knowledge.work.notices import Notice
from knowledge.work.receipt_rows import Requirement

READING = Requirement(
    number=1,
    source='a"b.md',
    title="Devoluciones <b>",
    version=2,
    version_id=7,
    note="45 días",
    audience=frozenset({"staff"}),
    source_audience=frozenset({"staff"}),
    due=date(2026, 12, 5),
    required_by="rosa",
    required_at=datetime(2026, 11, 1, tzinfo=UTC),
)
NOTICE = Notice(
    number=4,
    kind="feedback_resolved",
    at=datetime(2026, 11, 2, tzinfo=UTC),
    read=False,
    feedback=3,
    gap=None,
    source="devoluciones.md",
    remark="wrong",
    comment="el plazo <i>",
    answer="corregido",
    fixed_in=3,
)
CHANGE = SourceChange("b.md", "Envíos", "ends", 1, 1, date(2026, 12, 1), "")
CITED = Citation("a.md", "A", None, None, (), "Diez días.", 5, 15, "es", version=2)
ANSWER = Answer(
    question="¿plazo?",
    query="¿plazo?",
    verdict="answered",
    statements=(Statement("Diez días.", (CITED,)),),
    nearest=(),
    confidence=0.9,
    language="es",
    timings_ms={"total": 1.0},
)
STAFF = frozenset({"staff"})


def test_nothing_waiting_is_nothing_to_see() -> None:
    assert inbox_html(Inbox(), "es") == ""


def test_what_must_be_read_is_said_with_its_day_and_can_be_acknowledged() -> None:
    html = inbox_html(Inbox(readings=[READING]), "es")
    assert "Lea «Devoluciones &lt;b&gt;» antes del 5/12/2026" in html
    assert 'data-ack="a&quot;b.md" data-version="2"' in html
    assert "45 días" in html


def test_what_changed_in_what_must_be_read_is_offered_where_there_was_a_version_before() -> None:
    button = 'data-source="a&quot;b.md" data-version="2" data-before="1">Qué ha cambiado'
    assert button in inbox_html(Inbox(readings=[READING], before={1: 1}), "es")
    assert "data-before" not in inbox_html(Inbox(readings=[READING]), "es")


def test_what_became_of_a_remark_is_told() -> None:
    html = inbox_html(Inbox(notices=[NOTICE]), "en")
    assert "What you reported of “devoluciones.md” is resolved: corregido" in html
    assert "right since version 3" in html
    assert "el plazo &lt;i&gt;" in html
    assert 'data-seen="4"' in html


def test_a_rule_that_ends_names_its_last_day() -> None:
    html = inbox_html(Inbox(changes=[CHANGE, replace(CHANGE, kind="new", day=None)]), "es")
    assert "«Envíos» deja de estar en vigor tras el 30/11/2026" in html
    assert "«Envíos» es nueva" in html
    assert "(2)" in html


def test_of_a_rule_that_changed_one_can_see_in_what() -> None:
    changed = replace(CHANGE, kind="changed", source='a"b.md', version=3, before=2, day=None)
    html = inbox_html(Inbox(changes=[changed]), "es")
    assert 'data-source="a&quot;b.md" data-version="3" data-before="2">Qué ha cambiado' in html
    begins = inbox_html(Inbox(changes=[replace(changed, kind="begins", before=None)]), "en")
    assert "data-before" not in begins
    assert "data-before" not in inbox_html(Inbox(changes=[CHANGE]), "en")


def test_what_was_compared_is_forgotten_with_the_next_source() -> None:
    desk = desks.reading(Desk(), "a.md", 3, 2)
    assert (desk.reading, desk.compared) == (("a.md", 3), 2)
    assert desks.reading(desk, "a.md", 3).compared is None


def test_a_remark_is_on_the_open_source_or_on_what_is_said_first() -> None:
    desk = desks.answered(Desk(), ANSWER, STAFF)
    remark = remark_on(desk, "wrong", "  no  ")
    assert (remark.source, remark.version, remark.span) == ("a.md", 2, (5, 15))
    assert (remark.question, remark.comment) == ("¿plazo?", "no")
    silent = desks.answered(Desk(), replace(ANSWER, statements=()), STAFF)
    assert remark_on(silent, "missing", "").source is None


def test_what_was_said_of_an_answer_stays_with_it() -> None:
    desk = desks.answered(Desk(), ANSWER, STAFF)
    assert answer_html(desk, "es", empty=False, votes=True).count("data-vote=") == 4
    assert "data-vote=" not in answer_html(desk, "es", empty=False)
    asked = desks.voting(desk, "outdated")
    assert 'data-vote="outdated" aria-pressed="true"' in answer_html(
        asked, "es", empty=False, votes=True
    )
    said = desks.voted(asked, "outdated")
    assert (said.voting, said.voted) == (None, {0: "outdated"})
    assert "Se avisa a quien lleva la fuente" in answer_html(said, "es", empty=False, votes=True)
    next_one = desks.answered(said, ANSWER, STAFF)
    assert next_one.voted == {0: "outdated"}
    assert answer_html(next_one, "es", empty=False, votes=True).count("data-vote=") == 4


def test_reading_a_source_and_opening_a_citation_exclude_each_other() -> None:
    desk = desks.reading(desks.answered(Desk(), ANSWER, STAFF), "a.md", 2)
    assert desk.reading == ("a.md", 2)
    assert desks.opened(desk, 1).reading is None
    assert desks.closed(desk).reading is None
