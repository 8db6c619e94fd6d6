"""Samples and reviews in the register: who reviews what, who is told, what stays and what goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from knowledge.audit import events as audit_events
from knowledge.audit import verify
from knowledge.contacts.contacts import Contacts
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import AccessRefused, NotFound, SettingsError, WrongState
from knowledge.identity import account_rows
from knowledge.identity.access import contact_reach
from knowledge.reviews.models import Judgement
from knowledge.reviews.review_schema import reviews as review_table
from tests.integration.review_house import SECRET, ReviewHouse
from tests.people import TREE


@pytest.fixture(scope="module")
def _house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewHouse]:
    house = ReviewHouse(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture
def house(_house: ReviewHouse) -> ReviewHouse:
    _house.clear()
    return _house


def test_two_reviewers_see_each_others_answers_once_both_are_in(house: ReviewHouse) -> None:
    house.talk("ana")
    sample = house.draw("quim", house.wanted("quim", "qara", double_share=1.0))
    assert (sample.contacts, sample.tasks, sample.done) == (1, 2, 0)
    (mine,), (other,) = house.tasks("quim"), house.tasks("qara")
    quim, qara = house.reach("quim"), house.reach("qara")
    house.reviews.give(mine.number, Judgement(house.answers(registro="no")), quim)
    assert len(house.reviews.told(mine.number, quim)) == 1
    assert house.reviews.told(other.number, qara) == []
    with pytest.raises(NotFound):
        house.reviews.task(mine.number, qara)
    assert house.reviews.own(house.reach("ana")) == []
    assert house.reviews.reviewed(quim) == []
    house.reviews.give(other.number, Judgement(house.answers()), qara)
    assert {one.made_by for one in house.reviews.told(other.number, qara)} == {"quim", "qara"}
    (found,) = house.reviews.reviewed(quim)
    assert len(found.independent) == 2
    # what is changed after that is no judgement apart any more
    changed = Judgement(house.answers(), reason="visto lo que dijo qara")
    assert not house.reviews.give(mine.number, changed, quim).apart
    (found,) = house.reviews.reviewed(quim)
    said = {one.made_by: one.judgement.answers["registro"] for one in found.independent}
    assert said == {"quim": "no", "qara": "yes"}
    assert {one.judgement.answers["registro"] for one in found.reviews} == {"yes"}


def test_a_correction_is_a_new_version_with_a_reason(house: ReviewHouse) -> None:
    house.talk("ana")
    house.draw("quim", house.wanted())
    (task,) = house.tasks("quim")
    quim = house.reach("quim")
    first = house.reviews.give(task.number, Judgement(house.answers()), quim)
    with pytest.raises(WrongState, match="why that is corrected"):
        house.reviews.give(task.number, Judgement(house.answers(registro="no")), quim)
    again = Judgement(house.answers(registro="no"), reason="oída otra vez")
    house.reviews.give(task.number, again, quim)
    told = house.reviews.told(task.number, quim)
    assert [(one.number, one.judgement.answers["registro"]) for one in told] == [
        (1, "yes"),
        (2, "no"),
    ]
    assert told[0] == first
    with house.store.read() as connection:
        actions = [one.action for one in audit_events(connection, limit=500)]
    assert actions[-3:] == ["sample.drawn", "review.given", "review.corrected"]


def test_agents_and_managers_are_told_of_their_own_and_nobody_elses(house: ReviewHouse) -> None:
    house.talk("ana")
    house.talk("lola")
    house.talk("olga")
    house.draw("quim", house.wanted())
    for task in house.tasks("quim"):
        house.reviews.give(task.number, Judgement(house.answers()), house.reach("quim"))
    whose = {
        who: {one.agent for one in house.reviews.own(house.reach(who))}
        for who in ("ana", "olga", "quim", "adela", "leo")
    }
    assert whose == {"ana": {"ana"}, "olga": {"olga"}, "quim": set(), "adela": set(), "leo": set()}
    seen = {
        who: {one.agent for one in house.reviews.reviewed(house.reach(who))}
        for who in ("ana", "leo", "quina", "marta", "pablo", "adela")
    }
    everybody = {"ana", "lola", "olga"}
    assert seen == {
        "ana": set(),
        "leo": {"ana", "lola"},
        "quina": {"ana", "lola"},
        "marta": everybody,
        "pablo": set(),
        "adela": set(),
    }
    number = next(one.number for one in house.tasks("quim") if one.agent == "olga")
    for who in ("ana", "leo", "quina", "pablo"):
        with pytest.raises(NotFound):
            house.reviews.told(number, house.reach(who))


def test_only_who_was_assigned_reviews_and_only_within_reach(house: ReviewHouse) -> None:
    house.talk("ana")
    with pytest.raises(NotFound, match="no scorecard"):
        house.draw("quina", house.wanted("quina"))
    with pytest.raises(NotFound, match="no scorecard"):
        house.draw("leo", house.wanted("leo"))
    with pytest.raises(SettingsError, match=r"'quina' cannot review .*\(qara, quim, todas\)"):
        house.draw("quim", house.wanted("quina"))
    with pytest.raises(SettingsError, match="nobody is named"):
        house.draw("quim", replace(house.wanted(), reviewers=()))
    house.draw("quim", house.wanted("qara"))
    (task,) = house.tasks("qara")
    with pytest.raises(NotFound):
        house.reviews.give(task.number, Judgement(house.answers()), house.reach("quim"))
    house.reviews.give(task.number, Judgement(house.answers()), house.reach("qara"))
    with pytest.raises(AccessRefused, match="is reviewed by qara"):
        house.reviews.give(
            task.number, Judgement(house.answers(), reason="otra"), house.reach("quim")
        )
    assert house.reviews.reviewers("levante", house.reach("quina")) == [
        "qara",
        "quim",
        "quina",
        "todas",
    ]
    assert house.reviews.reviewers("staff", house.reach("quina")) == []


def test_nobody_is_given_a_contact_twice_whatever_the_sample(house: ReviewHouse) -> None:
    house.talk("ana")
    house.talk("ana")
    first = house.draw("quim", house.wanted(size=1, seed="a"))
    second = house.draw("quim", house.wanted(seed="b"))
    assert (first.contacts, second.contacts) == (1, 1)
    assert len({one.contact for one in house.tasks("quim")}) == 2
    with pytest.raises(SettingsError, match="no contact to review"):
        house.draw("quim", house.wanted(seed="c"))
    assert house.draw("quim", house.wanted("qara", seed="c")).contacts == 2


def test_open_contacts_and_those_of_other_days_are_not_drawn(house: ReviewHouse) -> None:
    house.talk("ana", ended=False)
    house.talk("ana", ("customer", "¿hola?"))
    day = house.store.today()
    with pytest.raises(SettingsError, match="no contact to review"):
        house.draw("quim", house.wanted())
    house.talk("olga")
    with pytest.raises(SettingsError, match="no contact to review"):
        house.draw("quim", house.wanted(last=day - timedelta(days=1)))
    with pytest.raises(SettingsError, match="comes after the last"):
        house.draw("quim", house.wanted(first=day + timedelta(days=1)))
    with pytest.raises(SettingsError, match="no contact to review"):
        house.draw("quim", house.wanted(audience="levante"))
    assert house.draw("quim", house.wanted()).contacts == 1


def test_tenure_goes_by_the_day_an_agent_began_or_their_account(house: ReviewHouse) -> None:
    house.talk("ana")
    house.now += timedelta(days=200)
    house.talk("olga")
    with house.store.change() as connection:
        lola = account_rows.get(connection, "lola")
        account_rows.change(connection, lola.number, began_on="2019-01-07")
    house.talk("lola")
    house.draw("quim", house.wanted(first=house.store.today() - timedelta(days=300)))
    assert {one.agent: one.tenure for one in house.tasks("quim")} == {
        "ana": "under_90",
        "olga": "under_365",
        "lola": "from_365",
    }


def test_erasing_a_contact_takes_what_reviews_say_of_it(
    tmp_path: Path, database_url: DatabaseUrl | None
) -> None:
    house = ReviewHouse(tmp_path, database_url)
    keys = [house.talk("ana"), house.talk("ana")]
    house.draw("quim", house.wanted("quim", "qara", double_share=1.0))
    for task in house.tasks("quim"):
        notes = {"": f"dijo «{SECRET}»", "registro": "teléfono 612 345 678"}
        house.reviews.give(
            task.number, Judgement(house.answers(), notes=notes), house.reach("quim")
        )
    quim = contact_reach(house.principal("quim"), TREE)
    Contacts(house.store).erase(keys[0], quim, "quim")
    Contacts(house.store).erase(keys[1], quim, "quim")
    with house.store.read() as connection:
        kept = connection.execute(select(review_table)).mappings().all()
        assert "Matilde" not in str([dict(row) for row in kept])
        assert "Matilde" not in str(list(audit_events(connection, limit=500)))
        assert all(row["notes"] is None for row in kept)
    assert not verify(house.store.database, house.store.audit_head).damage
    # the second reviewer can no longer review; what the first said stands without its words
    assert {one.state for one in house.tasks("qara")} == {"erased"}
    with pytest.raises(WrongState, match="words of that contact are gone"):
        house.reviews.give(
            house.tasks("qara")[0].number, Judgement(house.answers()), house.reach("qara")
        )
    (sample,) = house.reviews.samples(house.reach("quim"))
    assert (sample.tasks, sample.done, sample.gone) == (4, 2, 2)
    own = house.reviews.own(house.reach("ana"))
    assert [one.reviews[0].judgement.notes for one in own] == [{}, {}]
    assert own[0].reviews[0].judgement.answers["registro"] == "yes"
    house.close()


def test_notes_are_kept_without_personal_data_and_have_limits(house: ReviewHouse) -> None:
    house.talk("ana")
    house.draw("quim", house.wanted())
    (task,) = house.tasks("quim")
    quim = house.reach("quim")
    for notes, line in (({"": "x" * 2_001}, "2001 characters"), ({"nada": "x"}, "no answer")):
        with pytest.raises(SettingsError, match=line):
            house.reviews.give(task.number, Judgement(house.answers(), notes=notes), quim)
    notes = {"registro": "su teléfono es 612 345 678", "trato": "  "}
    given = house.reviews.give(task.number, Judgement(house.answers(), notes=notes), quim)
    assert given.judgement.notes == {"registro": "su teléfono es […]"}


def test_a_scorecard_has_versions_and_samples_keep_theirs(house: ReviewHouse) -> None:
    cards, quim = house.reviews.scorecards, house.reach("quim")
    assert [one.number for one in cards.all(quim)] == [1]
    house.talk("ana")
    house.draw("quim", house.wanted())
    assert cards.save("atencion", "{}", "b", 1, "staff", quim).number == 2
    assert cards.save("atencion", "{}", "b", 1, "staff", quim).number == 2
    cards.remove("atencion", quim)
    assert cards.all(quim) == []
    assert house.tasks("quim")[0].version == 1
    assert '"cumplimiento"' in cards.content("atencion", 1)
    with pytest.raises(SettingsError, match="cannot be called 'a b'"):
        cards.save("a b", "{}", "b", 1, "staff", quim)
    with pytest.raises(AccessRefused):
        cards.save("otra", "{}", "b", 1, "staff", house.reach("quina"))
    with pytest.raises(NotFound, match="there are –"):
        cards.newest("atencion", quim)
