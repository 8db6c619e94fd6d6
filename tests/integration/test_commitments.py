"""Promises and complaints in the register: found in turns, acted on, and who is told of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from assistant.cases.working_days import WorkingDays, holidays_of
from assistant.commitments.turns import recogniser
from knowledge import audience_rows
from knowledge.audit import events as audit_events
from knowledge.audit import verify
from knowledge.commitments import commitment_rows
from knowledge.commitments.commitment_lists import Wanted
from knowledge.commitments.commitment_schema import commitment_steps, commitments
from knowledge.commitments.commitments import Commitments
from knowledge.commitments.keys import ALPHABET, new_key, read_key, shaped
from knowledge.commitments.models import NewCommitment
from knowledge.commitments.reach import CommitmentReach, commitment_reach
from knowledge.commitments.recognition import Heard, Recognition
from knowledge.commitments.upkeep import tell_overdue
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import NewContact, NewTurn, Turn
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import AccessRefused, KnowledgeBaseError, NotFound, SettingsError, WrongState
from knowledge.identity import account_rows
from knowledge.identity.access import Grant, Principal, contact_reach
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.notices import Notices
from knowledge.work.work_store import WorkStore
from tests.integration.contact_house import EXTRA
from tests.people import ROLES, TREE

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
RECOGNISE = recogniser(
    WorkingDays(national=holidays_of("ES"), complete=True), ZoneInfo("Europe/Madrid")
)
TOMORROW = date(2026, 11, 26)
SAID = "No se preocupe, le llamamos mañana."


class Kept:
    """A register whose clock stands at noon of a Wednesday until it is moved, and who works there.

    Nobody signs in, so that no password is made.
    """

    def __init__(self, folder: Path, database_url: DatabaseUrl | None) -> None:
        settings = Settings(data_dir=folder, database_url=database_url)
        self.now = NOON
        Register.open(settings, write=True).close()
        self.store = WorkStore.open(settings, clock=lambda: self.now)
        with self.store.database.write() as connection:
            for audience in list(TREE.audiences.values())[1:]:
                parent = audience.parent or EVERYONE
                audience_rows.add(connection, audience.label, audience.title, parent)
            for name, grants in (ROLES | EXTRA).items():
                number = account_rows.add(connection, name, display_name=name, now=NOON)
                for grant in map(Grant.parse, grants):
                    account_rows.add_grant(connection, number, grant, from_provider=False)
        self.contacts = Contacts(self.store)
        self.commitments = Commitments(self.store)
        self.recognition = Recognition(self.store)

    def contact(self, agent: str, reference: str) -> str:
        """A contact that somebody opens; its key."""
        reach = contact_reach(self.principal(agent), TREE)
        return self.contacts.open(NewContact("call", reference, agent), reach)[0].key

    def principal(self, name: str) -> Principal:
        grants = frozenset(map(Grant.parse, (ROLES | EXTRA)[name]))
        return Principal(1, name, grants, "session")

    def reach(self, name: str) -> CommitmentReach:
        return commitment_reach(self.principal(name), TREE)

    def say(self, key: str, agent: str, *turns: tuple[str, str, str]) -> None:
        reach = contact_reach(self.principal(agent), TREE)
        self.contacts.add(
            key,
            [NewTurn(one, speaker, words) for one, speaker, words in turns],  # type: ignore[arg-type]
            reach,
        )

    def hear(self, key: str) -> bool:
        return self.recognition.hear(key, RECOGNISE)

    def promised(self, agent: str = "ana", words: str = SAID, customer: str = "C-1") -> str:
        """A promise that was recognised in a contact of that customer; its key."""
        contact = self.contact(agent, f"{agent} {words}"[:60])
        self.contacts.links.link(contact, customer, contact_reach(self.principal(agent), TREE))
        self.say(contact, agent, ("1", "agent", words))
        self.hear(contact)
        wanted = Wanted(contact=contact)
        (one,) = self.commitments.all(wanted, self.reach(agent))
        return one.key

    def complaint(self, agent: str = "ana", customer: str = "C-1") -> str:
        new = NewCommitment(
            "complaint", "other", "Tres semanas sin mesa.", customer, due=date(2026, 12, 17)
        )
        return self.commitments.open(new, self.reach(agent)).key


@pytest.fixture
def kept(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[Kept]:
    kept = Kept(tmp_path, database_url)
    yield kept
    kept.store.close()


def test_what_an_agent_promises_is_proposed_and_what_a_customer_says_only_suggested(
    kept: Kept,
) -> None:
    contact = kept.contact("ana", "1")
    kept.say(
        contact,
        "ana",
        ("1", "customer", "Le llamamos mañana, me dijeron. Quiero poner una reclamación."),
        ("2", "agent", SAID),
        ("3", "agent", "Si no llega el viernes, le enviamos otro."),
    )
    assert kept.hear(contact)
    assert not kept.hear(contact)
    (one,) = kept.commitments.all(Wanted(contact=contact), kept.reach("ana"))
    assert (one.kind, one.what, one.state, one.due, one.turn) == (
        *("promise", "call_back", "proposed"),
        TOMORROW,
        2,
    )
    assert (one.words, one.responsible, one.audience) == (SAID, "ana", "levante")
    reach = contact_reach(kept.principal("ana"), TREE)
    told = kept.contacts.events(contact, reach)[1][-1]
    assert told.kind == "commitment"
    assert told.body["keys"] == [one.key]
    assert [(s["kind"], s["turn"]) for s in told.body["suggested"]] == [
        ("complaint", 1),
        ("promise", 3),
    ]


def test_what_was_acknowledged_is_found_after_the_store_is_opened_again(kept: Kept) -> None:
    contact = kept.contact("ana", "1")
    kept.say(contact, "ana", ("1", "agent", SAID))
    again = Recognition(replace(kept.store))  # whoever was to look for it was killed
    assert again.waiting() == [contact]
    assert again.hear(contact, RECOGNISE)
    assert again.waiting() == []
    assert len(kept.commitments.all(Wanted(), kept.reach("ana"))) == 1


def test_looking_through_fails_as_a_whole_and_is_done_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = kept.contact("ana", "1")
    kept.say(contact, "ana", ("1", "agent", SAID))

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("killed between keeping the promise and noting that it was")

    with monkeypatch.context() as broken:
        broken.setattr(commitment_rows, "note_heard", fails)
        with pytest.raises(RuntimeError):
            kept.hear(contact)
    assert kept.commitments.all(Wanted(), kept.reach("ana")) == []
    assert kept.recognition.waiting() == [contact]
    assert kept.hear(contact)
    assert len(kept.commitments.all(Wanted(), kept.reach("ana"))) == 1


def test_a_corrected_turn_corrects_what_nobody_has_confirmed_yet(kept: Kept) -> None:
    contact = kept.contact("ana", "1")
    kept.say(contact, "ana", ("1", "agent", "le llamamos el"))
    kept.hear(contact)
    kept.say(contact, "ana", ("1", "agent", "le llamamos el lunes"), ("2", "agent", SAID))
    kept.hear(contact)
    first, second = sorted(
        kept.commitments.all(Wanted(), kept.reach("ana")), key=lambda one: one.turn or 0
    )
    assert (first.due, second.due) == (date(2026, 11, 30), TOMORROW)
    kinds = [step.kind for step in kept.commitments.steps(first.key, kept.reach("ana"))]
    assert kinds == ["proposed", "corrected"]
    kept.commitments.confirm(second.key, kept.reach("ana"))
    kept.say(contact, "ana", ("1", "agent", "le llamamos ayer"), ("2", "agent", "nada"))
    kept.hear(contact)
    states = {one.turn: one.state for one in kept.commitments.all(Wanted(), kept.reach("ana"))}
    assert states == {1: "discarded", 2: "open"}


def test_a_promise_is_confirmed_or_discarded_once(kept: Kept) -> None:
    ana = kept.reach("ana")
    one, other = kept.promised(), kept.promised(words="We'll refund you within 14 days.")
    assert kept.commitments.confirm(one, ana).state == "open"
    assert kept.commitments.discard(other, ana, reason="No era así").state == "discarded"
    for again in (one, other):
        with pytest.raises(WrongState, match="is not waiting"):
            kept.commitments.confirm(again, ana)
        with pytest.raises(WrongState, match="is not waiting"):
            kept.commitments.discard(again, ana)


def test_a_day_that_was_not_said_is_asked_for(kept: Kept) -> None:
    key, ana = kept.promised(words="Le devolvemos el dinero."), kept.reach("ana")
    with pytest.raises(SettingsError, match="no day by which it is due"):
        kept.commitments.confirm(key, ana)
    with pytest.raises(SettingsError, match="is past"):
        kept.commitments.confirm(key, ana, due=date(2026, 11, 24))
    with pytest.raises(SettingsError, match="more than 10 years"):
        kept.commitments.confirm(key, ana, due=date(2050, 1, 1))
    assert kept.commitments.confirm(key, ana, due=TOMORROW).due == TOMORROW


def test_every_step_is_kept_with_who_and_when(kept: Kept) -> None:
    key, leo = kept.promised(), kept.reach("leo")
    kept.commitments.confirm(key, kept.reach("ana"))
    kept.commitments.assign(key, "lola", leo)
    kept.commitments.note(key, "Hablado con el taller.", kept.reach("lola"))
    kept.commitments.move(key, date(2026, 11, 27), "El taller cierra hoy.", kept.reach("lola"))
    with pytest.raises(SettingsError, match="without a reason"):
        kept.commitments.close(key, "broken", leo)
    closed = kept.commitments.close(key, "broken", leo, reason="Nadie llamó.")
    assert (closed.state, closed.reason, closed.responsible) == ("broken", "Nadie llamó.", "lola")
    steps = kept.commitments.steps(key, leo)
    assert [(one.number, one.kind, one.by) for one in steps] == [
        (1, "proposed", "voz"),
        (2, "confirmed", "ana"),
        (3, "assigned", "leo"),
        (4, "noted", "lola"),
        (5, "due", "lola"),
        (6, "broken", "leo"),
    ]
    assert {one.at for one in steps} == {NOON.isoformat(timespec="microseconds")}
    for settled in (
        lambda: kept.commitments.close(key, "kept", leo),
        lambda: kept.commitments.assign(key, "ana", leo),
        lambda: kept.commitments.move(key, date(2026, 12, 1), "x", leo),
    ):
        with pytest.raises(WrongState, match="is settled already"):
            settled()
    kept.commitments.note(key, "El cliente volvió a llamar.", leo)
    assert verify(kept.store.database, kept.store.audit_head).sound


def test_steps_cannot_be_changed_or_deleted_but_their_words_taken_away(kept: Kept) -> None:
    key = kept.promised()
    for statement in (
        update(commitment_steps).values(actor="nadie"),
        update(commitment_steps).values(text="otra cosa"),
        delete(commitment_steps),
    ):
        with (
            pytest.raises((DBAPIError, KnowledgeBaseError)),
            kept.store.database.write() as connection,
        ):
            connection.execute(statement)
    kept.commitments.erase(key, kept.reach("leo"))
    (step,) = kept.commitments.steps(key, kept.reach("leo"))
    assert (step.kind, step.text) == ("proposed", "")
    erased = kept.commitments.get(key, kept.reach("leo"))
    assert (erased.words, erased.customer) == (None, None)


def test_the_contractor_and_the_company_see_all_of_it_and_others_nothing(kept: Kept) -> None:
    keys_of = {"ana": kept.promised("ana"), "olga": kept.complaint("olga")}
    sees = {
        "ana": {"ana"},
        "lola": {"ana"},
        "leo": {"ana"},
        "olga": {"olga"},
        "mar": {"olga"},
        "marta": {"ana", "olga"},
        "quim": {"ana", "olga"},
        "adela": set(),
    }
    for name, of in sees.items():
        found = {one.key for one in kept.commitments.all(Wanted(), kept.reach(name))}
        assert found == {keys_of[agent] for agent in of}, name
        for agent, key in keys_of.items():
            if agent not in of:
                for look in (kept.commitments.get, kept.commitments.steps):
                    with pytest.raises(NotFound):
                        look(key, kept.reach(name))
                with pytest.raises(NotFound):
                    kept.commitments.close(key, "kept", kept.reach(name))
    nobody = CommitmentReach("x", frozenset(), frozenset(), cards=False)
    assert kept.commitments.all(Wanted(), nobody) == []
    with pytest.raises(AccessRefused):
        kept.commitments.of_customer("C-1", nobody)


def test_another_contractor_is_told_what_is_owed_but_not_what_was_said(kept: Kept) -> None:
    mine, theirs = kept.complaint("olga"), kept.promised("ana")
    kept.promised("ana", "Le enviamos la factura mañana.", customer="C-2")
    shown = {one.key: one for one in kept.commitments.of_customer("C-1", kept.reach("olga"))}
    assert shown.keys() == {mine, theirs}
    assert shown[mine].whole
    part = shown[theirs]
    assert (part.whole, part.what, part.due, part.state) == (
        *(False, "call_back"),
        TOMORROW,
        "proposed",
    )
    assert (part.words, part.contact, part.turn, part.made_by, part.responsible) == (None,) * 5
    kept.commitments.close(theirs, "kept", kept.reach("lola"))
    assert [one.key for one in kept.commitments.of_customer("C-1", kept.reach("olga"))] == [mine]


def test_somebody_is_given_what_they_may_see_to_alone_and_is_told(kept: Kept) -> None:
    key, leo = kept.promised(), kept.reach("leo")
    for account in ("olga", "adela", "nadie"):
        with pytest.raises(SettingsError, match="no account"):
            kept.commitments.assign(key, account, leo)
    kept.commitments.assign(key, "marta", leo)
    (notice,) = Notices(kept.store).inbox(Viewer("marta", frozenset()))
    assert (notice.kind, notice.commitment) == ("commitment_assigned", key)
    assert [one.key for one in kept.commitments.all(Wanted(mine=True), kept.reach("marta"))] == [
        key
    ]


def test_what_is_overdue_is_told_once_for_each_day_and_unconfirmed_promises_too(
    kept: Kept,
) -> None:
    key, leo = kept.promised(), kept.reach("leo")
    kept.commitments.assign(key, "lola", leo)
    assert tell_overdue(kept.store) == 0
    kept.now = NOON + timedelta(days=2)
    assert kept.commitments.get(key, leo).overdue
    assert (tell_overdue(kept.store), tell_overdue(kept.store)) == (1, 0)
    inbox = Notices(kept.store).inbox(Viewer("lola", frozenset()))
    assert [one.kind for one in inbox] == ["commitment_overdue", "commitment_assigned"]
    assert [one.key for one in kept.commitments.all(Wanted(overdue=True), leo)] == [key]
    kept.commitments.move(key, date(2026, 11, 28), "Otro día.", leo)
    assert not kept.commitments.get(key, leo).overdue
    kept.now = NOON + timedelta(days=5)
    assert tell_overdue(kept.store) == 1
    kept.commitments.close(key, "broken", leo, reason="Tarde.")
    assert not kept.commitments.get(key, leo).overdue
    assert kept.commitments.counts(leo) == [("levante", "promise", "broken", 1, 0)]


def test_hours_are_overdue_to_the_minute(kept: Kept) -> None:
    key, leo = kept.promised(words="Le llamo en media hora."), kept.reach("leo")
    kept.now = NOON + timedelta(minutes=20)
    assert not kept.commitments.get(key, leo).overdue
    kept.now = datetime.now(UTC) + timedelta(days=1)
    assert kept.commitments.get(key, leo).overdue


def test_the_whole_trail_is_exported_and_that_is_audited(kept: Kept) -> None:
    keys_made = [kept.promised(), kept.complaint()]
    kept.commitments.close(keys_made[0], "kept", kept.reach("ana"))
    trails = kept.commitments.export(Wanted(), kept.reach("leo"))
    assert [one.key for one, _ in trails] == keys_made
    assert [[step.kind for step in steps] for _, steps in trails] == [
        ["proposed", "kept"],
        ["opened"],
    ]
    assert kept.commitments.export(Wanted(), kept.reach("mar")) == []
    with kept.store.read() as connection:
        entered = [(e.actor, e.action, e.object) for e in audit_events(connection, limit=100)]
    assert ("leo", "commitment.exported", "commitment:all") in entered
    assert ("ana", "commitment.closed", f"commitment:{keys_made[0]}") in entered
    assert not any(SAID in json.dumps(one) for one in entered)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"words": " "}, "has 0 characters"),
        ({"words": "x" * 2_001}, "has 2001 characters"),
        ({"customer": "a\x00b"}, "invisible"),
        ({"customer": "x" * 201}, "201 characters"),
        ({"due": None}, "no day by which it is due"),
        ({"due": date(2020, 1, 1)}, "is past"),
        ({"contact": "0" * 24}, "no contact"),
        ({"responsible": "nadie"}, "no account"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_both_languages(
    kept: Kept, values: dict[str, object], match: str
) -> None:
    good = NewCommitment("complaint", "other", "Sin mesa.", "C-1", due=TOMORROW)
    with pytest.raises(SettingsError, match=match) as refused:
        kept.commitments.open(replace(good, **values), kept.reach("ana"))
    assert refused.value.reason is not None
    assert refused.value.reason.told("es") != refused.value.reason.told("en")
    assert kept.commitments.all(Wanted(), kept.reach("ana")) == []


def test_one_is_opened_only_for_whom_one_talks_with_customers(kept: Kept) -> None:
    new = NewCommitment("complaint", "other", "Sin mesa.", due=TOMORROW)
    with pytest.raises(AccessRefused):
        kept.commitments.open(replace(new, audience="meridiano"), kept.reach("ana"))
    contact = kept.contact("ana", "1")
    with pytest.raises(NotFound):
        kept.commitments.open(replace(new, contact=contact), kept.reach("olga"))
    assert kept.commitments.open(new, kept.reach("marta")).audience == "staff"
    with pytest.raises(SettingsError, match="has to be said whose it is"):
        kept.commitments.open(new, kept.reach("adela"))


def test_the_customer_of_a_contact_is_told_by_who_talks_in_it(kept: Kept) -> None:
    contact = kept.contact("ana", "1")
    kept.say(contact, "ana", ("1", "agent", SAID))
    kept.hear(contact)
    ana = contact_reach(kept.principal("ana"), TREE)
    for name in ("olga", "leo"):
        with pytest.raises((NotFound, AccessRefused)):
            kept.contacts.links.link(contact, "C-9", contact_reach(kept.principal(name), TREE))
    kept.contacts.links.link(contact, "C-9", ana)
    (one,) = kept.commitments.of_customer("C-9", kept.reach("lola"))
    assert one.what == "call_back"


def test_a_promise_is_owed_to_whom_a_contact_is_found_to_be_of_while_it_is_read(
    kept: Kept,
) -> None:
    contact = kept.contact("ana", "one")
    kept.say(contact, "ana", ("1", "agent", SAID))

    def recognise(turn: Turn) -> Heard:
        found = RECOGNISE(turn)
        kept.contacts.links.link(contact, "C-1", contact_reach(kept.principal("ana"), TREE))
        return found

    assert kept.recognition.hear(contact, recognise)
    (owed,) = kept.commitments.of_customer("C-1", kept.reach("ana"))
    assert owed.words == SAID


def test_words_stay_when_those_of_the_contact_are_let_go(kept: Kept) -> None:
    key = kept.promised()
    kept.now = NOON + timedelta(days=400)
    assert kept.contacts.purge() == 1
    one = kept.commitments.get(key, kept.reach("ana"))
    assert (one.words, one.overdue) == (SAID, True)
    kept.commitments.close(key, "broken", kept.reach("ana"), reason="Tarde.")


def test_a_key_is_read_as_people_type_it_and_every_slip_is_found(kept: Kept) -> None:
    key = kept.promised()
    for typed in (key, key.lower(), key.replace("-", " "), key[3:], f" {key[3:7]} {key[8:]} "):
        assert kept.commitments.get(typed, kept.reach("ana")).key == key
    for wrong in ("", "VP-", "VP-7K3M", "hola", "x" * 5_000, "VP-OIL1-000"):
        with pytest.raises(SettingsError, match="is no key"):
            kept.commitments.get(wrong, kept.reach("ana"))


def test_single_slips_and_swaps_are_always_found() -> None:
    key = shaped("7K3M2Q")
    body = key.replace("-", "")[2:]
    slips = [body[:n] + c + body[n + 1 :] for n in range(7) for c in ALPHABET if c != body[n]]
    swaps = [body[:n] + body[n + 1] + body[n] + body[n + 2 :] for n in range(6)]
    for wrong in slips + [one for one in swaps if one != body]:
        with pytest.raises(SettingsError, match="is wrong or two have changed places"):
            read_key(wrong)
    assert read_key(new_key())


def test_two_never_have_one_key(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([shaped("222222"), shaped("222222"), shaped("333333")])
    monkeypatch.setattr(commitment_rows, "new_key", lambda: next(drawn))
    assert [kept.complaint(), kept.complaint()] == [shaped("222222"), shaped("333333")]


def test_contacts_from_before_promises_were_looked_for_are_left_alone(kept: Kept) -> None:
    contact = kept.contact("ana", "1")
    kept.say(contact, "ana", ("1", "agent", SAID))
    with kept.store.database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO commitment_contacts (contact_id, heard) "
                "SELECT id, last_event FROM contacts"
            )
        )
        assert connection.execute(commitments.select()).all() == []
    assert kept.recognition.waiting() == []
