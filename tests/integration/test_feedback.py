"""What agents report reaches whoever keeps the source, and what became of it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.curation import Details
from knowledge.errors import NotAllowed, SettingsError
from knowledge.models import EVERYONE
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.feedback import Feedback, Kind, Remark, Suspect
from knowledge.work.notices import Notices
from knowledge.work.questions import Questions
from tests.integration.work_made import DAY, Company

NAME = "devoluciones.md"
WRONG = Remark("wrong", "ya no son treinta días", "¿cuántos días?", NAME, 1, (0, 5))


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    settings = load(data_dir=tmp_path / "data")
    with Register.open(settings, write=True) as register:
        made = Company(settings, register)
        made.bring(NAME, "Treinta días.", audience="company contractor-a")
        made.curation.describe(NAME, Details(owner="hugo"), made.manager())
        yield made
        made.close()


@pytest.fixture
def feedback(company: Company) -> Feedback:
    return Feedback(company.store)


def test_a_remark_lands_on_the_sources_owner_who_is_told(
    company: Company, feedback: Feedback
) -> None:
    number = feedback.give(WRONG, company.agent("contractor-a"))
    owner = company.manager("company", "hugo")
    (task,) = feedback.tasks(owner, own=True)
    assert (task.number, task.kind, task.comment) == (number, "wrong", WRONG.comment)
    assert (task.source, task.version, task.span) == (NAME, 1, (0, 5))
    assert (task.account, task.owner, task.state) == ("ana", "hugo", "open")
    notices = Notices(company.store)
    (notice,) = notices.inbox(owner)
    assert (notice.kind, notice.source, notice.remark) == ("feedback_given", NAME, "wrong")
    assert notices.inbox(company.agent("contractor-a")) == []


def test_who_reported_it_is_told_what_became_of_it(company: Company, feedback: Feedback) -> None:
    agent, owner = company.agent("contractor-a"), company.manager(name="hugo")
    number = feedback.give(WRONG, agent)
    feedback.take(number, owner)
    assert feedback.given(agent)[0].state == "in_work"
    company.bring(NAME, "Quince días.", audience="company contractor-a")
    feedback.resolve(number, "Corregido, gracias.", owner, fixed_in=2)
    (own,) = feedback.given(agent)
    assert (own.state, own.answer, own.fixed_in) == ("resolved", "Corregido, gracias.", 2)
    notices = Notices(company.store)
    (notice,) = notices.inbox(agent, unread=True)
    assert (notice.kind, notice.answer, notice.fixed_in) == (
        "feedback_resolved",
        "Corregido, gracias.",
        2,
    )
    assert notices.unread(agent) == 1
    assert notices.mark_read([notice.number, 99], company.agent(name="eva")) == 0
    assert notices.mark_read([notice.number], agent) == 1
    assert notices.mark_read([notice.number], agent) == 0
    assert (notices.unread(agent), notices.inbox(agent)[0].read) == (0, True)
    assert company.audited() == [
        ("ana", "feedback.given", f"feedback:{number}"),
        ("hugo", "feedback.taken", f"feedback:{number}"),
        ("hugo", "feedback.resolved", f"feedback:{number}"),
        ("ana", "notice.read", "notice:own"),
    ]


def test_the_audit_trail_holds_nobodys_words(company: Company, feedback: Feedback) -> None:
    number = feedback.give(WRONG, company.agent("contractor-a"))
    feedback.decline(number, "Está bien así.", company.manager())
    with company.store.read() as connection:
        trail = str(connection.exec_driver_sql("SELECT * FROM audit").all())
    for word in ("treinta", "cuántos", "bien así"):
        assert word not in trail


def test_what_is_declined_needs_an_answer_and_stays_so(
    company: Company, feedback: Feedback
) -> None:
    agent = company.agent("contractor-a")
    number = feedback.give(WRONG, agent)
    with pytest.raises(SettingsError, match="answer is empty"):
        feedback.decline(number, " ", company.manager())
    feedback.decline(number, "Son treinta.", company.manager())
    assert Notices(company.store).inbox(agent)[0].kind == "feedback_declined"
    with pytest.raises(NotAllowed, match="is declined"):
        feedback.take(number, company.manager())
    assert feedback.tasks(company.manager()) == []


def test_it_can_be_given_to_somebody_else_who_is_told(company: Company, feedback: Feedback) -> None:
    number = feedback.give(WRONG, company.agent("contractor-a"))
    feedback.assign(number, "pablo", company.manager())
    pablo = company.manager("company", "pablo")
    assert [task.owner for task in feedback.tasks(pablo, own=True)] == ["pablo"]
    assert Notices(company.store).inbox(pablo)[0].kind == "feedback_assigned"


def test_praise_is_counted_and_makes_no_work(company: Company, feedback: Feedback) -> None:
    feedback.give(Remark("useful", source=NAME, version=1), company.agent("contractor-a"))
    assert feedback.tasks(company.manager()) == []
    assert feedback.tasks(company.manager(), states=["noted"])[0].kind == "useful"
    assert Notices(company.store).inbox(company.manager(name="hugo")) == []


def test_the_same_said_twice_counts_once(company: Company, feedback: Feedback) -> None:
    agent = company.agent("contractor-a")
    first = feedback.give(WRONG, agent)
    assert feedback.give(WRONG, agent) == first
    assert feedback.give(WRONG, company.agent("contractor-a", "otra")) != first
    feedback.resolve(first, "Hecho.", company.manager())
    assert feedback.give(WRONG, agent) != first


def test_a_customers_data_is_not_kept_with_what_is_reported(
    company: Company, feedback: Feedback
) -> None:
    comment = "lo dice Marta, llame al seis uno dos 34 56 78; a nombre de Marta Soler, 12345678-Z"
    remark = Remark("wrong", comment, "¿cuánto tarda? soy m.soler@example.com", NAME)
    feedback.give(remark, company.agent("contractor-a"))
    (task,) = feedback.tasks(company.manager("company", "hugo"), own=True)
    assert task.comment == "lo dice Marta, llame al […]; a nombre de […], […]"
    assert task.question == "¿cuánto tarda? soy […]"


def test_a_source_is_its_keepers_and_not_everybodys(company: Company, feedback: Feedback) -> None:
    number = feedback.give(WRONG, company.agent("contractor-a"))
    for label in ("contractor-a", "company", "contractor-b"):
        assert feedback.tasks(company.manager(label)) == []
        with pytest.raises(SettingsError, match=f"no feedback {number}"):
            feedback.take(number, company.manager(label))
    assert len(feedback.tasks(company.manager(EVERYONE))) == 1


def test_an_answer_without_a_source_is_for_who_answers_for_the_giver(
    company: Company, feedback: Feedback
) -> None:
    remark = Remark("missing", "¿y en Ceuta?", "¿envían a Ceuta? tel. 612345678")
    feedback.give(remark, company.agent("contractor-b"))
    (task,) = feedback.tasks(company.manager("contractor-b"))
    assert (task.source, task.question) == (None, "¿envían a Ceuta? tel. […]")
    assert feedback.tasks(company.manager("contractor-a")) == []
    with pytest.raises(SettingsError, match="fixed in no version"):
        feedback.resolve(task.number, "Sí.", company.manager(), fixed_in=1)


def test_nothing_can_be_said_of_what_one_may_not_see(company: Company, feedback: Feedback) -> None:
    company.bring(NAME, "Quince días.", audience="company contractor-a", draft=True)
    wrong = [
        (Remark("wrong", source=NAME), "contractor-b", "no source"),
        (Remark("wrong", source="no-existe.md"), "contractor-a", "no source"),
        (Remark("wrong", source=NAME, version=2), "contractor-a", "no version 2 in force"),
        (Remark("bad", source=NAME), "contractor-a", "none of"),  # type: ignore[arg-type]
        (Remark("wrong", version=2), "contractor-a", "name of its source"),
        (Remark("wrong", source=NAME, span=(5, 5)), "contractor-a", "no part of a text"),
        (Remark("wrong", "x" * 3_000, source=NAME), "contractor-a", "3,000 characters"),
    ]
    for remark, label, message in wrong:
        with pytest.raises(SettingsError, match=message):
            feedback.give(remark, company.agent(label))
    assert company.audited() == []


def test_sources_cited_often_and_called_wrong_stand_out(
    company: Company, feedback: Feedback
) -> None:
    company.bring("raro.md", "Casi nunca.", audience="company")
    for _ in range(6):
        company.ask("¿días?", company.agent("contractor-a"), "answered", cited=((NAME, 1),))
    company.ask("¿raro?", company.agent("company"), "answered", cited=(("raro.md", 1),))
    said: list[tuple[str, Kind]] = [
        ("ana", "wrong"),
        ("ana", "useful"),
        ("eva", "wrong"),
        ("leo", "outdated"),
    ]
    for account, kind in said:
        feedback.give(Remark(kind, source=NAME), company.agent("contractor-a", account))
    feedback.give(Remark("wrong", "otra vez", source=NAME), company.agent("contractor-a", "ana"))
    feedback.give(Remark("wrong", source="raro.md"), company.agent("company"))
    assert feedback.suspects(company.manager()) == [
        Suspect(NAME, NAME, "hugo", cited=6, wrong=2, outdated=1, useful=1)
    ]
    assert feedback.suspects(company.manager("contractor-b")) == []
    company.now += 91 * DAY
    assert feedback.suspects(company.manager()) == []


def test_words_go_when_their_time_is_over_but_not_while_work_is_left(
    company: Company, feedback: Feedback
) -> None:
    agent = company.agent("contractor-a")
    closed = feedback.give(WRONG, agent)
    feedback.give(Remark("outdated", "esto sigue abierto", source=NAME), agent)
    feedback.resolve(closed, "Hecho.", company.manager())
    company.now += 366 * DAY
    assert Questions(company.store).purge() == 1
    (gone,) = feedback.tasks(company.manager(), states=["resolved"])
    assert (gone.comment, gone.question, gone.answer, gone.account) == ("", "", "", None)
    assert feedback.tasks(company.manager())[0].comment == "esto sigue abierto"


def test_a_notice_names_no_source_that_its_reader_may_no_longer_see(
    company: Company, feedback: Feedback
) -> None:
    agent = company.agent("contractor-a")
    number = feedback.give(WRONG, agent)
    company.curation.set_audience(NAME, ["company"], company.manager())
    feedback.resolve(number, "Hecho.", company.manager())
    assert Notices(company.store).inbox(agent)[0].source is None
