"""Questions are written down beside the answering, grouped by meaning, and let go of."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.bootstrap import wire
from assistant.shell.asking import writing_down
from knowledge.audit import events, verify
from knowledge.errors import SettingsError
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register
from knowledge.schema import sources
from knowledge.settings import Settings, load
from knowledge.work.question_log import QuestionLog
from knowledge.work.question_rows import Asked
from knowledge.work.questions import Cited, MostAsked, Person, Questions
from knowledge.work.topics import SAME_MEANING
from knowledge.work.work_schema import questions, topics
from knowledge.work.work_store import WorkStore
from tests.integration.work_made import DAY, Company, meaning

SECRET = "llama Matilde Orejudo, su sofá no llega"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(data_dir=tmp_path / "data")


@pytest.fixture
def company(settings: Settings) -> Iterator[Company]:
    with Register.open(settings, write=True) as register:
        made = Company(settings, register)
        yield made
        made.close()


def asked(text: str = SECRET, account: str = "ana") -> Asked:
    return Asked(
        at=datetime.now(UTC),
        account=account,
        audiences=frozenset({EVERYONE}),
        language="es",
        text=text,
        query=text,
        verdict="not_found",
        confidence=0.1,
        cited=(("a.md", 1), ("gone.md", 7)),
        meaning=meaning("sofá"),
        ms=12.0,
    )


def rows(company: Company) -> list[dict[str, object]]:
    with company.store.read() as connection:
        found = connection.execute(select(questions).order_by(questions.c.id)).mappings()
        return [dict(row) for row in found]


def count_topics(company: Company) -> int:
    with company.store.read() as connection:
        return connection.execute(select(func.count()).select_from(topics)).scalar_one()


# Writing down


def test_what_is_heard_is_written_down_with_what_was_cited(company: Company) -> None:
    company.bring("a.md", "Treinta días.")
    log = QuestionLog(WorkStore.open(company.settings))
    log.heard(asked())
    log.heard(replace(asked("¿y mi sofá? tel. 612345678"), confidence=0.3))
    log.close()
    first, second = rows(company)
    assert (first["text"], first["account"], first["verdict"]) == (SECRET, "ana", "not_found")
    assert second["text"] == "¿y mi sofá? tel. […]"
    assert first["topic_id"] == second["topic_id"] is not None
    assert Questions(company.store).cited(1) == {"a.md": Cited(2, company.today)}


def test_who_was_shown_what_is_in_the_audit_trail_without_a_word_of_it(company: Company) -> None:
    company.bring("a.md", "Treinta días.")
    log = QuestionLog(WorkStore.open(company.settings))
    log.heard(asked())
    log.heard(asked(account="key:3"))
    log.close()
    with company.store.read() as connection:
        shown = events(connection, limit=9, action="answer.shown")
        source = connection.execute(select(sources.c.id)).scalar_one()
    assert [(e.actor, e.object) for e in shown] == [("ana", "question:1"), ("key:3", "question:2")]
    assert [dict(e.details) for e in shown] == [{"versions": [f"{source}@1"]}] * 2
    assert verify(company.store.database, company.settings.audit_head_path).sound


def test_no_words_are_kept_where_the_setting_says_so(settings: Settings) -> None:
    settings = settings.model_copy(update={"question_days": 0})
    with Register.open(settings, write=True) as register:
        company = Company(settings, register)
        company.bring("a.md", "Treinta días.")
        log = QuestionLog(WorkStore.open(settings))
        log.heard(asked())
        log.close()
        (row,) = rows(company)
        company.close()
    words = ("text", "query", "account", "topic_id")
    assert [row[name] for name in words] == [None] * 4
    assert row["verdict"] == "not_found"


def test_answering_waits_for_nothing_and_is_never_failed(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    blocker = sqlite3.connect(company.settings.register_path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    log = QuestionLog(WorkStore.open(company.settings), capacity=3)
    began = time.monotonic()
    for _ in range(300):  # more than a batch and what may wait
        log.heard(asked())
    assert time.monotonic() - began < 0.5
    blocker.execute("ROLLBACK")
    blocker.close()
    with caplog.at_level(logging.WARNING):
        log.close()
    assert 0 < len(rows(company)) < 300
    assert "questions were not written down" in caplog.text
    assert "Matilde" not in caplog.text


def test_a_disk_that_takes_nothing_is_told_without_the_words(
    company: Company, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("knowledge.work.question_rows.add", fail)
    log = QuestionLog(WorkStore.open(company.settings))
    log.heard(asked())
    with caplog.at_level(logging.WARNING):
        log.close()
    assert rows(company) == []
    assert "1 questions were not written down" in caplog.text
    assert "Matilde" not in caplog.text


def test_what_the_assistant_is_asked_is_written_down_and_searching_is_not(
    company: Company,
) -> None:
    company.bring("a.md", "El sofá se devuelve en treinta días.", "El colchón no se devuelve.")
    settings = company.settings
    assistant = wire(Register.open(settings), company.embedder, settings)
    viewer = company.agent("contractor-a")
    with writing_down(assistant, settings):
        answer = assistant.ask("¿cuándo se devuelve el sofá?", viewer)
        assistant.ask("when can the sofa be returned?", viewer)
        assistant.search("¿y esto?", viewer)
    assistant.close()
    spanish, english = rows(company)
    assert (spanish["text"], spanish["verdict"]) == (answer.question, answer.verdict)
    assert (spanish["audience"], english["language"]) == ("contractor-a staff", "en")
    assert spanish["topic_id"] is not None
    total = spanish["ms"]
    assert isinstance(total, float)
    assert total > 0


def test_without_a_place_to_write_answers_are_given_all_the_same(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    company.bring("a.md", "El sofá se devuelve en treinta días.")
    settings = company.settings
    assistant = wire(Register.open(settings), company.embedder, settings)
    nowhere = settings.model_copy(update={"data_dir": settings.data_dir / "none"})
    with writing_down(assistant, nowhere):
        assert assistant.ask("¿sofá?", company.agent()).question == "¿sofá?"

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    assistant.listen(fail)
    assert assistant.ask("¿sofá?", company.agent()).question == "¿sofá?"
    assistant.close()
    assert "could not be told" in caplog.text


# Topics


def test_wordings_share_a_topic_and_other_matters_do_not(company: Company) -> None:
    for wording in (0.0, 0.2, 0.3):
        company.ask("¿garantía?", company.agent(), matter="garantía", wording=wording)
    company.ask("¿horario?", company.agent(), matter="horario")
    assert float(meaning("garantía") @ meaning("garantía", 0.3)) > SAME_MEANING
    numbers = [row["topic_id"] for row in rows(company)]
    assert len(set(numbers[:3])) == 1
    assert numbers[3] not in numbers[:3]


def test_two_processes_find_each_others_topics(company: Company) -> None:
    from knowledge.work.topics import Topics

    company.ask("¿garantía?", company.agent(), matter="garantía")
    company.topics = Topics()
    company.ask("¿y la garantía?", company.agent(), matter="garantía", wording=0.1)
    assert count_topics(company) == 1


def test_a_topic_that_was_let_go_of_meanwhile_begins_anew(company: Company) -> None:
    company.ask("¿garantía?", company.agent(), matter="garantía")
    company.now += 91 * DAY
    Questions(company.store).purge()
    assert count_topics(company) == 0
    company.ask("¿garantía?", company.agent(), matter="garantía")
    assert rows(company)[1]["topic_id"] is not None


# Numbers


def test_those_who_asked_are_known_to_who_answers_for_them(company: Company) -> None:
    company.ask("uno", company.agent("contractor-a", "ana"))
    company.ask("dos", company.agent("contractor-b", "benito"))
    asked_by = Questions(company.store)
    of_a = Person("ana", frozenset({EVERYONE, "contractor-a"}))
    assert asked_by.people(company.manager("contractor-a")) == [of_a]
    assert [p.account for p in asked_by.people(company.manager())] == ["ana", "benito"]


def test_what_is_asked_most_comes_first_to_be_asked_as_all_who_asked_it(company: Company) -> None:
    for label in ("contractor-a", "contractor-b", "contractor-a"):
        company.ask("¿garantía?", company.agent(label), "answered", matter="garantía")
    company.ask("¿horario?", company.agent("contractor-a"), matter="horario")
    most = Questions(company.store)
    assert most.most_asked(company.manager(), days=30, limit=5) == [
        MostAsked("¿garantía?", "es", EVERYONE, 3),
        MostAsked("¿horario?", "es", "contractor-a", 1),
    ]
    own = most.most_asked(company.manager("contractor-a"), days=30, limit=1)
    assert own == [MostAsked("¿garantía?", "es", "contractor-a", 2)]
    assert most.most_asked(company.manager("contractor-b"), days=30, limit=1)[0].times == 1


# Letting go


def test_after_its_time_only_numbers_are_left_of_a_question(company: Company) -> None:
    company.bring("a.md", "Treinta días.")
    company.ask(SECRET, company.agent(), cited=(("a.md", 1),))
    company.now += 60 * DAY
    company.ask("¿horario?", company.agent())
    company.now += 31 * DAY
    assert Questions(company.store).purge() == 1
    assert Questions(company.store).purge() == 0
    old, new = rows(company)
    assert [old[name] for name in ("text", "query", "account", "topic_id")] == [None] * 4
    assert new["text"] == "¿horario?"
    assert Questions(company.store).cited(365)["a.md"].answers == 1
    assert company.audited() == [("voz", "data.expired", "question:all")]
    assert b"Orejudo" not in b"".join(_register_bytes(company))


def _register_bytes(company: Company) -> list[bytes]:
    """What the register says, as a dump: freed pages of the file are SQLite's to reuse."""
    connection = sqlite3.connect(company.settings.register_path)
    dump = [line.encode() for line in connection.iterdump()]
    connection.close()
    return dump


def test_words_can_be_erased_by_what_they_hold_or_who_said_them(company: Company) -> None:
    company.ask(SECRET, company.agent("contractor-a", "ana"))
    company.ask("¿horario?", company.agent("contractor-a", "ana"))
    company.ask("MATILDE OREJUDO otra vez", company.agent("contractor-b", "benito"))
    erasing = Questions(company.store)
    assert erasing.erase(company.manager("contractor-b"), containing="orejudo") == 1
    assert erasing.erase(company.manager(), containing="Matilde") == 1
    assert [row["text"] for row in rows(company)] == [None, "¿horario?", None]
    assert erasing.erase(company.manager(), account="ana") == 1
    for wrong in ({}, {"containing": "ana"}, {"containing": "Matilde", "account": "ana"}):
        with pytest.raises(SettingsError):
            erasing.erase(company.manager(), **wrong)
    assert [action for _, action, _ in company.audited()] == ["question.erased"] * 3


def test_nobody_below_reads_what_was_asked_elsewhere(company: Company) -> None:
    company.ask(SECRET, company.agent("contractor-b"))
    stranger = Viewer("eva", company.tree.managed("contractor-a"))
    assert Questions(company.store).most_asked(stranger, days=30, limit=5) == []
    assert Questions(company.store).erase(stranger, containing="Orejudo") == 0
