"""Measures and themes from what other rooms keep: summaries, promises, complaints, escalations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from assistant.shell.themes import bodies, shown
from assistant.shell.themes.knowing import known_of
from assistant.shell.themes.report import make_report
from assistant.shell.themes.room import Room, period_of
from assistant.shell.themes.scoping import Filters
from assistant.themes.measures import Share
from knowledge.commitments.commitment_schema import commitments
from knowledge.commitments.commitments import Commitments
from knowledge.commitments.models import Kind, NewCommitment
from knowledge.commitments.reach import CommitmentReach, commitment_reach
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.summaries import Summaries
from knowledge.database.database_url import DatabaseUrl
from knowledge.escalations import escalation_rows
from knowledge.escalations.escalation_schema import escalation_topics
from knowledge.escalations.models import NewEscalation
from knowledge.identity.access import LOCAL, Grant, Principal, contact_reach
from tests.integration.contact_house import EXTRA
from tests.integration.test_contacts import person
from tests.integration.theme_house import NOON, TODAY, ThemeHouse
from tests.people import ROLES, TREE

MONTH = period_of(TODAY, 28)
BED, BILL = "¿Qué hago si el colchón llegó roto?", "¿Dónde está mi factura?"
WORDS = "De Matilde, sin falta."


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ThemeHouse]:
    house = ThemeHouse(tmp_path, database_url)
    house.room = Room(house.store, known_of(house.store))
    yield house
    house.close()


def acting(name: str) -> CommitmentReach:
    grants = frozenset(map(Grant.parse, (ROLES | EXTRA)[name]))
    return commitment_reach(Principal(1, name, grants, "session"), TREE)


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def owe(
    house: ThemeHouse, kind: Kind, due: date, who: str = "ana", contact: str | None = None
) -> str:
    """Something that was promised or complained of two months ago; its key."""
    house.now = NOON - timedelta(days=60)
    new = NewCommitment(kind, "other", WORDS, due=due, contact=contact)
    key = Commitments(house.store).open(new, acting(who)).key
    house.now = NOON
    return key


def close(house: ThemeHouse, key: str, outcome: str, ago: float, who: str = "ana") -> None:
    house.now = NOON - timedelta(days=ago)
    Commitments(house.store).close(key, outcome, acting(who), reason="Así fue.")  # type: ignore[arg-type]
    house.now = NOON


def measured(house: ThemeHouse, who: str = "marta") -> dict[str, object]:
    return dict(house.room.measures(house.sight(who), MONTH).values)


def test_promises_that_fell_due_are_kept_broken_or_still_open(house: ThemeHouse) -> None:
    for outcome in ("kept", "kept", "broken", "closed"):
        close(house, owe(house, "promise", day(5)), outcome, 6)
    owe(house, "promise", TODAY)
    owe(house, "promise", TODAY + timedelta(days=1))  # not due yet
    owe(house, "promise", day(40))  # before the period
    none = owe(house, "promise", day(3))
    with house.store.database.write() as connection:
        of = commitments.c.key == none
        connection.execute(commitments.update().where(of).values(state="discarded"))
    close(house, owe(house, "promise", day(5), "olga"), "broken", 6, "olga")
    assert measured(house)["promises"] == Share(2, 4, 1, 1)
    assert measured(house, "leo")["promises"] == Share(2, 3, 1, 1)
    assert measured(house, "mar")["promises"] == Share(0, 1, 0, 0)


def test_complaints_are_met_within_their_deadline_by_the_company_s_day(house: ThemeHouse) -> None:
    close(house, owe(house, "complaint", day(5)), "closed", 5)
    close(house, owe(house, "complaint", day(5)), "kept", 4.52)  # half past midnight in Madrid
    close(house, owe(house, "complaint", day(5)), "kept", 4)
    close(house, owe(house, "complaint", day(5)), "broken", 6)
    owe(house, "complaint", day(1))
    owe(house, "complaint", TODAY)
    assert measured(house)["complaints"] == Share(1, 5, 1, 1)


def test_what_a_saved_summary_says_is_the_outcome(house: ThemeHouse) -> None:
    keys = [house.called(BED) for _ in range(5)]
    said = ("resolved", "escalated", "not_said", "resolved")
    summaries = Summaries(house.store)
    for key, outcome in zip(keys, said, strict=False):
        given = {"outcome": outcome, "lines": []}
        summaries.save(key, person("ana"), given, given, base=0, audiences=["levante"])
    changed = {"outcome": "not_resolved", "lines": []}
    summaries.save(keys[3], person("ana"), changed, changed, base=1, audiences=())
    assert measured(house)["resolved"] == Share(1, 3, 2)
    assert measured(house, "mar")["resolved"] == Share(0, 0, 0)
    house.contacts.erase(keys[0], contact_reach(LOCAL, TREE), "leo")
    assert measured(house)["resolved"] == Share(0, 2, 3)


def ask(house: ThemeHouse, key: str, state: str) -> None:
    with house.store.change() as connection:
        number = connection.execute(select(contacts.c.id).where(contacts.c.key == key)).scalar_one()
        values = {"name": "Todo", "audience": "staff", "words": "[]", "sources": "[]"}
        values |= {"fallback": True, "changed_by": "marta", "changed_at": house.store.now()}  # type: ignore[dict-item]
        made = insert(escalation_topics).values(values).returning(escalation_topics.c.id)
        new = NewEscalation(BED, "es", connection.execute(made).scalar_one(), contact=key)
        asked = escalation_rows.add(
            connection,
            new,
            contact=number,
            turns=0,
            asked_by="ana",
            audience="levante",
            now=house.store.now(),
        )
        escalation_rows.step(
            connection, asked, "taken", "marta", house.store.now(), values={"state": state}
        )


def test_contacts_in_which_the_company_was_asked_are_escalated(house: ThemeHouse) -> None:
    keys = [house.called(BED) for _ in range(4)]
    before = house.called(BED, ago=40)
    for key, state in zip([*keys[:3], before], ("answered", "expired", "withdrawn"), strict=False):
        ask(house, key, state)
    ask(house, keys[0], "waiting")
    ask(house, before, "answered")
    assert measured(house)["escalated"] == Share(2, 4, 0)
    assert measured(house, "mar")["escalated"] == Share(0, 0, 0)


def test_themes_are_marked_and_narrowed_by_complaints(house: ThemeHouse) -> None:
    beds = [house.called(BED) for _ in range(3)]
    bill = house.called(BILL)
    house.asked(BED)
    owe(house, "complaint", TODAY, contact=beds[0])
    owe(house, "complaint", TODAY, contact=beds[0])
    owe(house, "complaint", TODAY, contact=beds[1])
    owe(house, "promise", TODAY, contact=bill)
    sight = house.sight("marta")
    found = house.room.themes(sight, MONTH, "es")
    marked = {one.name.text: one.complained for one in found.themes if one.name}
    assert marked == {BED: 2, BILL: 0}
    narrowed = house.room.themes(sight, MONTH, "es", Filters(complained=True))
    (theme,) = narrowed.themes
    assert (theme.contacts, theme.questions, narrowed.total) == (2, 0, 2)
    behind = house.room.behind(theme.number, sight, MONTH, "es", Filters(complained=True))
    assert {row["key"] for row in behind.conversations} == set(beds[:2])
    bodies.ThemesOut.model_validate(shown.themes(narrowed))
    assert shown.as_csv(narrowed).splitlines()[0].split(",")[8:10] == ["missed", "complained"]
    assert house.room.themes(house.sight("mar"), MONTH, "es", Filters(complained=True)).total == 0


def test_the_report_says_what_was_promised_and_complained_of_with_what_it_is_counted_over(
    house: ThemeHouse,
) -> None:
    keys = [house.called(BED) for _ in range(5)]
    for key in keys:
        owe(house, "complaint", day(1), contact=key)
    close(house, owe(house, "promise", day(5)), "kept", 6)
    close(house, owe(house, "promise", day(5)), "broken", 6)
    owe(house, "promise", day(2))
    spanish = make_report(house.room, house.sight("marta"), "2026-11", "es")
    for told in (
        "1 de 2 promesas no se cumplieron.",
        "1 promesas han vencido y nadie las ha cerrado.",
        "5 de 5 reclamaciones se contestaron fuera de plazo.",
        "Temas de los contactos con reclamación, con 5 o más:",
        "5 de 5 contactos",
        "las cerradas de otro modo no cuentan",
    ):
        assert told in spanish
    english = make_report(house.room, house.sight("marta"), "2026-11", "en")
    assert "Themes of contacts with a complaint, with 5 or more:" in english
    assert "Matilde" not in spanish + english
