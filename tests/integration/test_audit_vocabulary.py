"""Every kind of entry that the audit trail knows is written by the code that does such a thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer

from assistant.shell.cli import app
from knowledge.audit import ACTIONS, events, verify
from knowledge.audit.views import ContactView, CustomerSearch, CustomerView, View, ViewLog
from knowledge.commitments.commitment_lists import Wanted
from knowledge.commitments.commitments import Commitments
from knowledge.commitments.models import NewCommitment, Recognised
from knowledge.commitments.reach import CommitmentReach
from knowledge.commitments.recognition import Heard, Recognition
from knowledge.commitments.upkeep import tell_overdue
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import NewContact, NewTurn
from knowledge.contacts.step_states import StepStates
from knowledge.contacts.summaries import Summaries
from knowledge.contacts.transfers import Transfers
from knowledge.escalations.escalations import Escalations
from knowledge.escalations.models import Duty, NewEscalation, NewTopic
from knowledge.escalations.topics import Topics as EscalationTopics
from knowledge.evaluations.golden_sets import GoldenSets
from knowledge.evaluations.publication_checks import PublicationChecks
from knowledge.evaluations.run_log import RunLog
from knowledge.identity.access import LOCAL, ContactReach, EscalationReach, Grant
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.models import EVERYONE
from knowledge.outbox.outbox import Outbox
from knowledge.register import Register
from knowledge.reviews import models as reviewed
from knowledge.reviews.reach import review_reach
from knowledge.reviews.reviews import Reviews
from knowledge.settings import load
from knowledge.work.feedback import Feedback, Remark
from knowledge.work.gaps import Gaps
from knowledge.work.notices import Notices
from knowledge.work.question_log import QuestionLog
from knowledge.work.question_rows import Asked
from knowledge.work.questions import Questions
from knowledge.work.receipts import Receipts
from knowledge.work.saved_questions import SavedQuestions
from knowledge.work.work_store import WorkStore
from tests.integration.work_made import DAY, Company, meaning

NAME = "devoluciones.md"
FIRST, SECOND = "mesa lluvia tren botella", "barco nieve lápiz ventana"


def accounts_and_keys(company: Company) -> None:
    settings, grant = company.settings, Grant("agent", EVERYONE)
    with closing(Accounts.open(settings)) as accounts, closing(SignIn.open(settings)) as doors:
        accounts.add("ana", FIRST)
        accounts.grant("ana", grant, company.tree)
        accounts.set_began("ana", date(2019, 1, 7))
        token = doors.sign_in("ana", FIRST, "test")
        doors.change_password(token, FIRST, SECOND, "test")
        accounts.set_password("ana", FIRST)
        accounts.disable("ana")
        accounts.enable("ana")
        accounts.add("hugo", FIRST)
        accounts.grant("hugo", grant, company.tree)
        accounts.add_key("crm", grant, company.tree)
        accounts.revoke_key("crm")


def sources_and_audiences(company: Company) -> None:
    curation, rosa, hugo = company.curation, company.manager(), company.manager(name="hugo")
    curation.add_audience("norte", "Norte", rosa)
    curation.rename_audience("norte", "El norte", rosa)
    curation.remove_audience("norte", rosa)
    company.bring(NAME, "Treinta días.")
    company.bring(NAME, "Cuarenta días.", draft=True)
    curation.submit(NAME, 2, rosa)
    curation.send_back(NAME, 2, hugo)
    curation.submit(NAME, 2, rosa)
    curation.publish(NAME, 2, hugo)
    curation.reviewed(NAME, hugo)
    company.bring("vieja.md", "Ya no vale.")
    curation.retire("vieja.md", hugo)
    curation.erase("vieja.md", hugo)


def answers_and_views(company: Company) -> None:
    ana = company.agent()
    log = QuestionLog(WorkStore.open(company.settings))
    asked = "¿plazo?"
    at, labels = company.now, ana.audiences
    matter = meaning("plazo")
    log.heard(Asked(at, "ana", labels, "es", asked, asked, "not_found", 0.1, ((NAME, 2),), matter))
    log.close()
    views = ViewLog(company.store.database, company.store.audit_head)
    views.seen(View("ana", NAME, 2))
    views.seen(CustomerSearch("ana", "phone", ("C-10001",)))
    views.seen(CustomerView("ana", "C-10001"))
    views.close()


def feedback_and_notices(company: Company) -> None:
    ana, rosa, feedback = company.agent(), company.manager(), Feedback(company.store)
    wrong = Remark("wrong", "No es así.", source=NAME, version=2)
    first = feedback.give(wrong, ana)
    feedback.take(first, rosa)
    feedback.resolve(first, "Corregido.", rosa)
    second = feedback.give(Remark("outdated", "Ya no.", source=NAME, version=2), ana)
    feedback.assign(second, "hugo", rosa)
    feedback.decline(second, "Está bien.", rosa)
    notices = Notices(company.store)
    notices.mark_read([one.number for one in notices.inbox(ana)], ana)


def gaps_and_questions(company: Company) -> None:
    rosa, gaps, saved = company.manager(), Gaps(company.store), SavedQuestions(company.store)
    (gap,) = gaps.all(rosa)
    gaps.assign(gap.number, "hugo", rosa)
    gaps.drafted(gap.number, NAME, rosa)
    gaps.dismiss(gap.number, "No es nuestro.", rosa)
    gaps.reopen(gap.number, rosa)
    gaps.close(gap.number, rosa)
    saved.remove(saved.add("¿plazo?", rosa), rosa)
    receipts = Receipts(company.store)
    number = receipts.require(NAME, 2, [EVERYONE], company.today + DAY, rosa)
    receipts.acknowledge(NAME, 2, company.agent())
    receipts.withdraw(number, rosa)


def conversations(company: Company) -> None:
    kept = Contacts(company.store)
    own = frozenset({EVERYONE})
    ana, rosa = ContactReach("ana", own, own, own), ContactReach("rosa", own, own, own)
    contact, _ = kept.open(NewContact("call", "1", "ana", EVERYONE), ana)
    steps = StepStates(company.store)
    steps.change(contact.key, ana, lambda _: {"chosen": {}}, done="steps.chosen", source=(NAME, 2))
    steps.change(contact.key, ana, lambda _: {"chosen": None}, done="steps.closed")
    giving, sums, outbox = (
        Transfers(company.store),
        Summaries(company.store),
        Outbox(company.store),
    )
    hugo = ContactReach("hugo", own, own, own)
    giving.offer(contact.key, ana, agent="hugo")
    giving.decline(contact.key, hugo)
    giving.offer(contact.key, ana, agent="hugo")
    giving.withdraw(contact.key, ana)
    giving.offer(contact.key, ana, agent="hugo")
    giving.accept(contact.key, hugo)
    sums.save(contact.key, hugo, {}, {}, base=0, audiences=())
    message = sums.send(contact.key, hugo, 1, "{}")
    outbox.failed(message, "status-410", for_good=True)
    outbox.retry(None, "hugo")
    kept.end(contact.key, hugo)
    views = ViewLog(company.store.database, company.store.audit_head)
    views.seen(ContactView("rosa", contact.key))
    views.close()
    kept.erase(contact.key, rosa, "rosa")


def questions_to_the_company(company: Company) -> None:
    own = frozenset({EVERYONE})
    ana = EscalationReach("ana", own, frozenset(), frozenset(), frozenset())
    eva = EscalationReach("eva", frozenset(), own, own, own)
    with closing(Accounts.open(company.settings)) as accounts:
        accounts.add("eva", FIRST)
        accounts.grant("eva", Grant("expert", EVERYONE), company.tree)
    topics, kept = EscalationTopics(company.store), Escalations(company.store)
    topic = topics.add(NewTopic("Plazos", EVERYONE, duties=(Duty("eva"),)), eva)
    topics.switch(eva, on=True)
    new = NewEscalation("¿plazo?", "es", topic.number)
    asked = kept.ask(new, ana)
    kept.move(asked.key, topic.number, ana)
    assert kept.get(asked.key, ana).state == "expired"  # nobody is asked twice
    asked = kept.ask(new, ana)
    kept.take(asked.key, eva)
    kept.answer(asked.key, "Sí.", "expert", eva)
    kept.carded(asked.key, NAME, eva)
    kept.withdraw(kept.ask(new, ana).key, ana)
    kept.ask(new, ana)
    company.now += timedelta(minutes=company.settings.escalation_minutes)
    kept.pass_overdue()
    topics.remove(topic.number, eva)


def promises(company: Company) -> None:
    kept, own = Commitments(company.store), frozenset({EVERYONE})
    contacts, ana = Contacts(company.store), ContactReach("ana", own, own, own)
    rosa = CommitmentReach("rosa", own, own, cards=True)
    contact, _ = contacts.open(NewContact("call", "2", "ana", EVERYONE), ana)
    contacts.add(contact.key, [NewTurn("1", "agent", "x"), NewTurn("2", "agent", "y")], ana)
    due = company.today + DAY
    promise = Heard([Recognised("answer", "x", due)])
    assert Recognition(company.store).hear(contact.key, lambda _: promise)
    first, second = kept.all(Wanted(), rosa)
    kept.confirm(first.key, rosa)
    kept.discard(second.key, rosa)
    kept.assign(first.key, "ana", rosa)
    kept.note(first.key, "x", rosa)
    kept.move(first.key, due, "x", rosa)
    company.now += timedelta(days=2)
    assert tell_overdue(company.store) == 1
    kept.close(first.key, "kept", rosa)
    kept.erase(first.key, rosa)
    kept.open(NewCommitment("complaint", "other", "x", due=company.today, audience=EVERYONE), rosa)
    kept.export(Wanted(), rosa)


def evaluations(company: Company) -> None:
    sets, log = GoldenSets(company.store), RunLog(company.store)
    made = sets.save("example", "{}", "a" * 64, 1, "rosa")
    for run in ("one", "two"):
        log.began(
            run,
            set_id=made.set_id,
            version=made.number,
            audience=EVERYONE,
            golden_sha256="a" * 64,
            register_sha256="b" * 64,
            by="rosa",
        )
        log.finished(run, "rosa")
    log.decided("two", "one", "pass", "c" * 64, "rosa")
    company.bring("plazo.md", "Diez días.", draft=True)
    company.curation.submit("plazo.md", 1, company.manager())
    sets.gate("example", "rosa", [EVERYONE], on=True)
    says = {"es": "no", "en": "no"}
    PublicationChecks(company.store).enter(
        "plazo.md", 1, made.set_id, 1, "block", says, {}, company.manager()
    )
    company.curation.publish("plazo.md", 1, company.manager(name="hugo"), waiver="por ley, hoy")
    sets.remove("example", "rosa", [EVERYONE])


def reviewing(company: Company) -> None:
    by = review_reach(LOCAL, company.store.tree(), by="rosa")
    kept = Reviews(company.store)
    kept.scorecards.save("atencion", "{}", "a" * 64, 1, EVERYONE, by)
    own = frozenset({EVERYONE})
    ana, talks = ContactReach("ana", own, own, own), Contacts(company.store)
    contact, _ = talks.open(NewContact("call", "2", "ana", EVERYONE), ana)
    talks.add(contact.key, [NewTurn("1", "agent", "Buenos días")], ana)
    talks.end(contact.key, ana)
    day = company.store.today()
    wanted = reviewed.Wanted("atencion", day, day, 1, ("rosa",))

    def all_of_them(
        found: Sequence[reviewed.Candidate], wanted: reviewed.Wanted
    ) -> list[reviewed.Placed]:
        return [reviewed.Placed(one.number, "unknown", 1, wanted.reviewers) for one in found]

    assert kept.draw(wanted, by, all_of_them).tasks
    number = kept.tasks(by)[0].number
    kept.give(number, reviewed.Judgement({"x": "yes"}), by)
    kept.give(number, reviewed.Judgement({"x": "no"}, reason="otra vez"), by)
    kept.scorecards.remove("atencion", by)


def letting_go(company: Company) -> None:
    Questions(company.store).erase(company.manager(), account="ana")
    company.ask("¿plazo?", company.agent())
    company.now += timedelta(days=company.settings.question_days + 1)
    Questions(company.store).purge()


def giving_out(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("VOZ_DATA_DIR", str(folder))
    command = typer.main.get_command(app)
    command.main(["audit", "list", "--json"], prog_name="voz", standalone_mode=False)


def test_every_kind_is_written_by_the_code_and_no_other_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load(data_dir=tmp_path / "data")
    with Register.open(settings, write=True) as register:
        company = Company(settings, register)
        accounts_and_keys(company)
        sources_and_audiences(company)
        answers_and_views(company)
        feedback_and_notices(company)
        gaps_and_questions(company)
        conversations(company)
        questions_to_the_company(company)
        promises(company)
        evaluations(company)
        reviewing(company)
        letting_go(company)
        company.close()
    giving_out(monkeypatch, settings.data_dir)
    with closing(WorkStore.open(settings)) as store:
        with store.read() as connection:
            written = Counter(one.action for one in events(connection, limit=1_000))
        assert verify(store.database, settings.audit_head_path).sound
    assert set(ACTIONS) - written.keys() == set()
    assert written.keys() - set(ACTIONS) == set()
