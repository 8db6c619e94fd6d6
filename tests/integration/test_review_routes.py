"""``/v1/reviews``: from a scorecard to what an agent reads of their own review."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.drafting.models import DraftCheck, Finding
from assistant.shell.access import COOKIE, Access
from assistant.shell.drafts.desk import Asked
from assistant.shell.gate import Gate
from assistant.shell.guard import Guard, known_hosts
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import add_refusals
from assistant.shell.reviews import bodies
from assistant.shell.reviews.routes import add_review_api
from knowledge.contacts.models import Act
from knowledge.contacts.suggested import Change
from knowledge.identity.access import contact_reach
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.models import Viewer
from knowledge.register import Register
from tests.integration.review_house import EXAMPLE, SAID, ReviewHouse
from tests.people import PASSWORD, TREE

BASE = "http://127.0.0.1:7860"
SIGNED_IN = ("quim", "qara", "quina", "leo", "ana", "olga")


class Promises:
    """Finds a promise in every draft that says when something is done; notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Asked, Viewer]] = []

    def check(self, asked: Asked, viewer: Viewer) -> DraftCheck:
        self.asked.append((asked, viewer))
        start = asked.draft.find("quince días")
        found = (Finding("promise", start, start + 11, "promise"),) if start >= 0 else ()
        return DraftCheck("es", found)


class House(ReviewHouse):
    """The routes of reviews behind the same gate and guard as the whole application."""

    def open(self) -> None:
        """Serve them."""
        self.stack = ExitStack()
        accounts = self.stack.enter_context(Accounts.open(self.settings))
        doors = SignIn.open(self.settings)
        self.stack.callback(doors.close)
        for name in SIGNED_IN:
            accounts.set_password(name, PASSWORD)
        access = Access(doors, lambda: TREE)
        register = self.stack.enter_context(Register.open(self.settings))
        office = Office(register, accounts, access, self.settings, work=self.store)
        self.desk = Promises()
        app = FastAPI()
        add_refusals(app)
        add_review_api(app, office, self.store, self.desk)  # type: ignore[arg-type]
        app.add_middleware(Gate, access=access, language="es", has_manage=True)
        app.add_middleware(Guard, hosts=known_hosts("127.0.0.1"))
        self.client = self.stack.enter_context(
            TestClient(app, base_url=BASE, headers={"origin": BASE})
        )
        self.tokens = {name: doors.sign_in(name, PASSWORD, "test") for name in SIGNED_IN}

    def ask(self, who: str, method: str, path: str, **sent: Any) -> httpx.Response:
        """The answer to a request of somebody who is signed in."""
        headers = {"cookie": f"{COOKIE}={self.tokens[who]}", **sent.pop("headers", {})}
        return self.client.request(method, f"/v1/reviews{path}", headers=headers, **sent)


@pytest.fixture(scope="module")
def _house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    house.open()
    yield house
    house.stack.close()
    house.close()


@pytest.fixture
def house(_house: House) -> House:
    _house.clear()
    return _house


def sample(house: House, **fields: Any) -> Any:
    day = house.store.today().isoformat()
    wanted = {"scorecard": "atencion", "first": day, "last": day, "size": 5, "reviewers": ["quim"]}
    return house.ask("quim", "POST", "/samples", json=wanted | fields)


def suggest(house: House, key: str) -> None:
    """What the agent had on the screen, and copied."""
    reach = contact_reach(house.principal("ana"), TREE)
    citation = {"document": "cambios.md", "title": "Cambios", "version": 3, "quote": "En 30 días."}
    body = {"suggestions": [{"key": "s1", "statement": {"citations": [citation]}}]}
    house.contacts.suggested.change(key, reach, lambda _: Change(body), Act("shown", "s1"))
    house.contacts.suggested.act(key, [Act("copied", "s1")], reach)


def test_a_scorecard_is_brought_in_with_every_mistake_told(house: House) -> None:
    content = EXAMPLE.read_text("utf-8")
    wrong = {"name": "pauta", "content": content.replace("weight: 35", "weight: -1")}
    reply = house.ask("quim", "POST", "/scorecards", json=wrong, headers={"accept-language": "es"})
    assert reply.status_code == 422
    faults = bodies.Faults.model_validate(reply.json())
    assert faults.count == 1
    assert faults.faults[0].endswith("sections.1.weight: escriba un número mayor que 0")
    saved = house.ask("quim", "POST", "/scorecards", json={"name": "pauta", "content": content})
    assert bodies.ScorecardOut.model_validate(saved.json()).number == 1
    listed = bodies.ScorecardList.model_validate(house.ask("quim", "GET", "/scorecards").json())
    assert [one.name for one in listed.scorecards] == ["atencion", "pauta"]
    card = house.ask("quim", "GET", "/scorecards/pauta").json()
    assert bodies.CardOut.model_validate(card).sections[0].title == "Compliance"
    out = house.ask("quim", "GET", "/scorecards/pauta/export")
    again = house.ask("quim", "POST", "/scorecards", json={"name": "pauta", "content": out.text})
    assert again.json()["number"] == 1
    left = house.ask("quim", "DELETE", "/scorecards/pauta").json()
    assert [one["name"] for one in left["scorecards"]] == ["atencion"]
    assert house.ask("quina", "GET", "/scorecards").json()["scorecards"] == []
    own = {"name": "suya", "content": content}
    assert house.ask("quina", "POST", "/scorecards", json=own).status_code == 403


def test_a_contact_is_reviewed_beside_what_its_agent_had(house: House) -> None:
    key = house.talk("ana", ended=False)
    suggest(house, key)
    house.contacts.end(key, contact_reach(house.principal("ana"), TREE))
    assert bodies.SampleOut.model_validate(sample(house).json()).contacts == 1
    (task,) = house.ask("quim", "GET", "/tasks").json()["tasks"]
    at = f"/tasks/{task['number']}"
    found = bodies.TaskDetails.model_validate(house.ask("quim", "GET", at).json())
    assert [turn.text for turn in found.turns][-1] == SAID
    assert [(one.acts, one.cited[0].title) for one in found.had] == [
        (["shown", "copied"], "Cambios")
    ]
    measured = bodies.MeasuredOut.model_validate(house.ask("quim", "GET", f"{at}/measured").json())
    assert measured.answers["promesas"] == "no"
    assert measured.answers["expresiones"] == "yes"
    assert [(one.turn, one.text) for one in measured.evidence["promesas"]] == [(2, "quince días")]
    asked, viewer = house.desk.asked[0]
    assert (asked.channel, viewer.audiences) == ("chat", TREE.above("levante"))
    assert viewer.told is not None
    given = {"answers": house.answers(promesas="yes"), "notes": {"promesas": "sí hay norma"}}
    reply = house.ask("quim", "POST", at, json=given)
    told = bodies.Told.model_validate(reply.json())
    assert told.reviews[0].score.total == 1.0
    assert told.reviews[0].measured["promesas"] == "no"
    again = house.ask("quim", "POST", at, json=given)
    assert again.status_code == 409
    results = bodies.ResultsOut.model_validate(house.ask("quim", "GET", "/results").json())
    by_item = {one.id: one for one in results.items}
    assert (by_item["promesas"].proposed, by_item["promesas"].corrected) == (1, 1)


def test_answers_that_are_not_whole_are_refused(house: House) -> None:
    house.talk("ana")
    sample(house)
    number = house.tasks("quim")[0].number
    for answers, line in (
        ({}, "has no answer"),
        (house.answers(registro=None), "cannot be answered with not applicable"),
        (house.answers(otra="yes"), "no item 'otra'"),
    ):
        reply = house.ask("quim", "POST", f"/tasks/{number}", json={"answers": answers})
        assert (reply.status_code, line in reply.json()["error"]) == (422, True)


def test_each_is_told_of_their_own_and_nobody_elses(house: House) -> None:
    for agent in ("ana", "olga"):
        house.talk(agent)
    sample(house, reviewers=["quim", "qara"], double_share=1)
    for who in ("quim", "qara"):
        assert house.ask("ana", "GET", "/own").json()["reviewed"] == []
        for one in house.tasks(who):
            given = {"answers": house.answers(registro="no" if who == "quim" else "yes")}
            assert house.ask(who, "POST", f"/tasks/{one.number}", json=given).status_code == 200
    own = bodies.ReviewedList.model_validate(house.ask("ana", "GET", "/own").json())
    assert [(one.agent, len(one.reviews)) for one in own.reviewed] == [("ana", 2)]
    assert own.cards["atencion 1"].title == "Customer service, scorecard 2026"
    for who, path, agents in (
        ("leo", "", {"ana"}),
        ("quina", "", {"ana"}),
        ("quim", "", {"ana", "olga"}),
        ("leo", "/own", set()),
    ):
        seen = house.ask(who, "GET", path).json()["reviewed"]
        assert {one["agent"] for one in seen} == agents, who
    assert house.ask("ana", "GET", "").status_code == 403
    assert house.ask("ana", "GET", "/results").status_code == 403
    assert [g["name"] for g in house.ask("leo", "GET", "/results").json()["audiences"]] == [
        "levante"
    ]
    foreign = next(one.number for one in house.tasks("quim") if one.agent == "olga")
    for method, path in (("GET", ""), ("GET", "/measured"), ("POST", "")):
        reply = house.ask("quina", method, f"/tasks/{foreign}{path}", json={"answers": {}})
        assert reply.status_code == 404


def test_samples_say_what_cannot_be_drawn(house: House) -> None:
    house.talk("ana")
    for fields, status, line in (
        ({"size": 0}, 422, "1 to 500"),
        ({"double_share": 0.5}, 422, "two reviewers"),
        ({"reviewers": ["leo"]}, 422, "'leo' cannot review"),
        ({"audience": "nadie"}, 422, "nadie"),
        ({"scorecard": "otra"}, 404, "there are atencion"),
        ({"first": "2999-01-01"}, 422, "comes after the last"),
    ):
        reply = sample(house, **fields)
        assert (reply.status_code, line in reply.json()["error"]) == (status, True), reply.text
    assert house.ask("quim", "GET", "/samples").json()["samples"] == []
    names = house.ask("quim", "GET", "/reviewers?audience=levante").json()["reviewers"]
    assert names == ["qara", "quim", "quina", "todas"]
