"""What would have been answered at a past moment, on the page: for who handles feedback alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.shell.pages.asked import asked_day, asked_moment
from assistant.shell.pages.desk import Desk
from knowledge.identity.access import Grant
from tests.e2e.page_double import make_pdf
from tests.integration.page_house import PAGE_TEXTS, House
from tests.people import TREE

NOTE = "Lo que se habría respondido el"
LATER = (
    *PAGE_TEXTS[:3],
    ("paragraph", "El cliente puede devolver cualquier mueble en los 45 días siguientes."),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


@pytest.fixture
def before(house: House) -> str:
    """A moment at which the first version was in force, which another has replaced since."""
    moment = datetime.now(UTC).isoformat()
    house.bring(LATER, make_pdf(LATER))
    return moment


@pytest.mark.parametrize("who", ["marta", "pablo", "quim"])
def test_managers_approvers_and_quality_are_answered_as_it_was_told(
    house: House, before: str, who: str
) -> None:
    assert house.shows_told(who)
    desk, shown = house.ask(who, Desk(), told=before)
    assert NOTE in shown
    assert "45 días" not in shown
    assert desk.answer is not None
    assert desk.answer.told == datetime.fromisoformat(before)
    assert {change.now for change in desk.answer.changed} <= {2}
    again, shown = house.ask(who, desk)  # the field is empty again
    assert NOTE not in shown
    assert "45 días" in shown
    assert again.told is None


@pytest.mark.parametrize("who", ["ana", "olga"])
def test_agents_neither_see_the_field_nor_can_use_it(house: House, before: str, who: str) -> None:
    assert not house.shows_told(who)
    desk, shown = house.ask(who, Desk(), told=before)
    assert NOTE not in shown
    assert "45 días" in shown
    assert desk.told is None
    forged = Desk(told=datetime.fromisoformat(before))
    after, shown = house.ask(who, forged)
    assert after.told is None
    assert "45 días" in shown
    assert house.press(who, forged, close="1").told is None


def test_who_loses_the_role_loses_what_was_told_with_the_next_click(
    house: House, before: str
) -> None:
    house.people.accounts.grant("ana", Grant.parse("qa@levante"), TREE)
    desk, shown = house.ask("ana", Desk(), told=before)
    assert NOTE in shown
    assert house.press("ana", desk, cite="1").opened == 1
    house.people.accounts.revoke("ana", Grant.parse("qa@levante"))  # sees as much as an agent there
    assert house.press("ana", desk, cite="1").answers == ()
    aside = replace(Desk(read_as=desk.read_as), set_aside=desk.answers)
    assert house.press("ana", aside, undo="1").answers == ()


def test_a_moment_that_cannot_be_one_is_told_in_the_language_of_the_page(house: House) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    for text in ("anteayer", "2025-02-31", tomorrow):
        _, shown = house.ask("quim", Desk(), told=text)
        assert f"«{text}» no es un momento pasado" in shown
    moment, line = asked_moment("x" * 500, "Europe/Madrid", "en")
    assert moment is None
    assert line is not None
    assert "is no past moment" in line
    assert len(line) < 300


def test_today_means_now_and_is_not_asked_again_and_again(house: House) -> None:
    today = datetime.now(UTC).date().isoformat()
    assert asked_moment(today, "UTC", "es") == (None, None)
    desk, shown = house.ask("quim", Desk(), told=today)
    assert NOTE not in shown
    assert desk.told is None


def test_a_question_that_is_refused_is_told_why_in_the_language_of_the_page(house: House) -> None:
    _, shown = house.ask("ana", Desk(), question="¿¿??")
    assert "la pregunta «¿¿??» está vacía: escriba lo que el cliente quiere saber" in shown


@pytest.mark.parametrize("text", [None, "", "  "])
def test_fields_that_the_browser_has_no_text_of_yet_mean_today_and_now(text: str | None) -> None:
    assert asked_day(text, "es") == (None, None)
    assert asked_moment(text, "UTC", "es") == (None, None)
