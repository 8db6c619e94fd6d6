"""Summaries over REST and on the command line: proposed, edited, saved, sent on, and by whom."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from assistant.shell.cli import app as voz_app
from assistant.shell.summary.courier import Courier
from assistant.shell.summary.receiver import Receiver
from assistant.summary.models import Source
from knowledge.audit import events as audit_events
from knowledge.contacts.models import AUDIENCES, NewContact, NewTurn
from knowledge.contacts.summaries import Summaries
from knowledge.contacts.transfers import Transfers
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import SettingsError, WrongState
from knowledge.models import Viewer
from knowledge.outbox.outbox import Outbox
from knowledge.work.work_store import WorkStore
from tests.integration.contact_house import BASE, ContactHouse, contact_app
from tests.integration.test_contacts import person, program
from tests.integration.test_webhook import KEY, SECRET, Other, another, put, until

TURNS = [
    ("agent", "Buenos días, le atiende Ana."),
    ("customer", "El colchón llegó roto, el pedido es ALM-26-0458213."),
    ("customer", "¿Quién se lleva el viejo?"),
    ("agent", "El viejo se recoge en la misma visita."),
    ("agent", "La bolsa se tira al contenedor amarillo."),
    ("agent", "Le llamo mañana con la fecha."),
    ("customer", "Vale, gracias."),
]
PASSAGE = "El colchón viejo se recoge en la misma visita, sin coste."


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ContactHouse]:
    house = ContactHouse(tmp_path, database_url)
    yield house
    house.close()


class Asked:
    """Stands where the search does: says what it was asked, and by whom; finds one passage."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Viewer]] = []

    def __call__(self, statement: str, viewer: Viewer) -> list[Source]:
        self.said.append((statement, viewer))
        return [Source("transporte.md", "Transporte", 3, PASSAGE, shown=False)]


def application(house: ContactHouse, find: Any = None, send: Any = None) -> FastAPI:
    return contact_app(house.office, None, find, send)


def call(house: ContactHouse) -> str:
    key = house.contacts.open(NewContact("call", "llamada-1", "ana"), program())[0].key
    turns = [NewTurn(f"u{n}", speaker, text) for n, (speaker, text) in enumerate(TURNS)]  # type: ignore[arg-type]
    house.contacts.add(key, turns, program())
    return key


def parts(summary: dict[str, Any], part: str) -> list[tuple[str, int | None]]:
    return [(one["text"], one["turn"]) for one in summary["lines"] if one["part"] == part]


def test_what_is_proposed_rests_on_the_turns_and_on_what_the_agent_may_read(
    house: ContactHouse,
) -> None:
    key, asked = call(house), Asked()
    with TestClient(application(house, asked), base_url=BASE) as client:
        path = f"/v1/contacts/{key}/summary"
        given = client.get(f"{path}?language=es", headers=house.signed_in("ana")).json()
        summary = given["proposed"]
        assert (given["last"], given["versions"], given["sends"]) == (0, [], False)
        assert parts(summary, "said") == [("El viejo se recoge en la misma visita.", 4)]
        assert parts(summary, "unsourced") == [("La bolsa se tira al contenedor amarillo.", 5)]
        assert parts(summary, "sources") == [("Transporte", 4)]
        assert parts(summary, "given") == [("•••213", 2)]
        assert summary["outcome"] == "not_resolved"
        assert parts(summary, "next") == [("Le llamo mañana con la fecha.", 6)]
        assert "Qué necesitaba" in given["text"]
        english = client.get(f"{path}?language=en", headers=house.signed_in("ana")).json()
        assert "What was needed" in english["markdown"]
        assert parts(english["proposed"], "need") == parts(summary, "need")
    assert {viewer.name for _, viewer in asked.said} == {"ana"}
    assert asked.said[0][1].audiences == frozenset({"levante", "contractors", "staff"})


def test_it_is_edited_saved_with_what_was_proposed_and_followed_on_the_stream(
    house: ContactHouse,
) -> None:
    key = call(house)
    house.contacts.end(key, person("ana"))  # after the contact as well
    ana, path = house.signed_in("ana"), f"/v1/contacts/{key}/summary"
    with TestClient(application(house, Asked()), base_url=BASE) as client:
        proposed = client.get(f"{path}?language=es", headers=ana).json()["proposed"]
        edited = json.loads(json.dumps(proposed))
        edited["outcome"] = "escalated"
        edited["lines"].append({"part": "next", "text": "Avisar al 612 34 56 78", "basis": "turn"})
        written = client.post(f"{path}/text", json=edited, headers=ana).json()
        saved = client.post(path, json={"base": 0, "summary": edited}, headers=ana)
        assert saved.status_code == 201
        assert saved.json()["text"] == written["text"]
        assert (saved.json()["version"]["number"], saved.json()["version"]["by"]) == (2, "ana")
        own = saved.json()["version"]["summary"]["lines"][-1]
        assert (own["text"], own["basis"]) == ("Avisar al •••678", "agent")
        stale = client.post(path, json={"base": 0, "summary": edited}, headers=ana)
        assert (stale.status_code, stale.json()["code"]) == (409, "summary-changed")
        forged = json.loads(json.dumps(proposed))
        source = next(one["source"] for one in proposed["lines"] if one["source"])
        forged["lines"][0]["source"] = source | {"title": "Inventada"}
        again = client.post(path, json={"base": 2, "summary": forged}, headers=ana).json()
        assert again["version"]["summary"] == proposed  # the passage was not believed
        assert again["version"]["number"] == 3
        given = client.get(path, headers=ana).json()
        assert [(one["number"], one["origin"]) for one in given["versions"]] == [
            (1, "proposed"),
            (2, "edited"),
            (3, "proposed"),
        ]
        assert given["versions"][0]["summary"] == proposed
        events = client.get(f"/v1/contacts/{key}/events", headers=ana).json()["events"]
        told = [one["body"] for one in events if one["kind"] == "summary"]
        assert [one["version"] for one in told] == [1, 2, 3]
        assert AUDIENCES not in told[0]


def test_it_is_saved_as_proposed_without_a_second_copy(house: ContactHouse) -> None:
    key, ana = call(house), house.signed_in("ana")
    path = f"/v1/contacts/{key}/summary"
    with TestClient(application(house), base_url=BASE) as client:
        proposed = client.get(f"{path}?language=en", headers=ana).json()["proposed"]
        saved = client.post(path, json={"base": 0, "summary": proposed}, headers=ana).json()
    assert (saved["version"]["number"], saved["version"]["origin"]) == (1, "proposed")


def test_whose_contact_it_is_not_sees_and_saves_nothing(house: ContactHouse) -> None:
    key, path = call(house), ""
    path = f"/v1/contacts/{key}/summary"
    body = {"base": 0, "summary": {"language": "es", "outcome": "resolved", "lines": []}}
    with TestClient(application(house), base_url=BASE) as client:
        for name in ("olga", "lola", "pablo"):
            headers = house.signed_in(name)
            assert client.get(path, headers=headers).status_code in (403, 404)
            assert client.post(path, json=body, headers=headers).status_code in (403, 404)
        leo = house.signed_in("leo")
        assert client.get(path, headers=leo).status_code == 200
        assert client.post(path, json=body, headers=leo).status_code == 403
        assert client.post(path, json=body, headers=house.channel).status_code == 403
        ana = house.signed_in("ana")
        wrong = body | {"summary": body["summary"] | {"outcome": "estupendo"}}  # type: ignore[operator]
        assert client.post(path, json=wrong, headers=ana).status_code == 422
        assert client.post(f"{path}/send", json={"version": 1}, headers=ana).status_code == 409
    assert Summaries(house.store).saved(key, person("ana")).last == 0


def test_what_cites_sources_is_not_told_to_whoever_takes_the_contact_and_may_read_less(
    house: ContactHouse,
) -> None:
    key, ana = call(house), house.signed_in("ana")
    path = f"/v1/contacts/{key}/summary"
    transfers = Transfers(house.store)
    with TestClient(application(house, Asked()), base_url=BASE) as client:
        proposed = client.get(path, headers=ana).json()["proposed"]
        client.post(path, json={"base": 0, "summary": proposed}, headers=ana)
        transfers.offer(key, person("ana"), audience="meridiano")
        transfers.accept(key, person("olga"))
        olga = house.signed_in("olga")
        given = client.get(path, headers=olga).json()
        assert (given["last"], given["versions"]) == (1, [])
        saved = client.post(path, json={"base": 1, "summary": given["proposed"]}, headers=olga)
        assert saved.json()["version"]["number"] == 2
        assert client.get(path, headers=ana).status_code == 404


def test_two_who_save_at_once_do_not_overwrite_each_other(house: ContactHouse) -> None:
    key = call(house)
    ready, came = threading.Barrier(2), []

    def save(word: str) -> None:
        store = WorkStore.open(house.people.settings)
        ready.wait(10)
        try:
            made = Summaries(store).save(
                key, person("ana"), {"a": 1}, {"a": word}, base=0, audiences=()
            )
            came.append(made.number)
        except WrongState:
            came.append(0)
        finally:
            store.close()

    threads = [threading.Thread(target=save, args=(word,)) for word in ("uno", "dos")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(came) == [0, 2]


def test_a_saved_summary_is_sent_on_without_the_words_of_sources(house: ContactHouse) -> None:
    key, ana = call(house), house.signed_in("ana")
    path = f"/v1/contacts/{key}/summary"
    with (
        another() as other,
        closing(Courier(Outbox(house.store), Receiver(other.url, (KEY,)))) as courier,
        TestClient(application(house, Asked(), courier.wake), base_url=BASE) as client,
    ):
        given = client.get(path, headers=ana).json()
        assert given["sends"]
        none = client.post(f"{path}/send", json={"version": 1}, headers=ana)
        assert (none.status_code, none.json()["code"]) == (404, "summary-none")
        saving = {"base": 0, "summary": given["proposed"]}
        text = client.post(path, json=saving, headers=ana).json()["text"]
        sent = client.post(f"{path}/send", json={"version": 1}, headers=ana)
        assert sent.status_code == 202
        until(lambda: other.got)
    headers, body, _ = other.got[0]
    assert headers["webhook-id"] == sent.json()["message"]
    message = json.loads(body)
    assert message["type"] == "contact.summary"
    assert message["data"]["contact"] == key
    assert message["data"]["text"] == text
    assert PASSAGE not in body.decode()
    sources = [one["source"] for one in message["data"]["summary"]["lines"] if one["source"]]
    assert {(one["document"], one["version"]) for one in sources} == {("transporte.md", 3)}
    with house.store.read() as connection:
        trail = audit_events(connection, limit=1_000)
    done = [(one.actor, one.action) for one in trail if one.action.startswith("summary.")]
    assert done == [("ana", "summary.saved"), ("ana", "summary.queued")]
    assert "colchón" not in "".join(map(str, trail))


def test_words_that_are_gone_cannot_be_summarised(house: ContactHouse) -> None:
    key, ana = call(house), house.signed_in("ana")
    path = f"/v1/contacts/{key}/summary"
    with TestClient(application(house), base_url=BASE) as client:
        proposed = client.get(path, headers=ana).json()["proposed"]
        client.post(path, json={"base": 0, "summary": proposed}, headers=ana)
        house.contacts.erase(key, person("leo"), "leo")
        given = client.get(path, headers=house.signed_in("leo")).json()
        assert (given["proposed"], given["versions"], given["text"]) == (None, [], "")


# The command line


@pytest.fixture
def voz(
    house: ContactHouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run a command; what it printed."""
    settings = house.people.settings
    monkeypatch.setenv("VOZ_DATA_DIR", str(settings.data_dir))
    if settings.database_url is not None:
        monkeypatch.setenv("VOZ_DATABASE_URL", settings.database_url.get_secret_value())
    command = typer.main.get_command(voz_app)

    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        command.main(list(arguments), prog_name="voz", standalone_mode=False)
        return capsys.readouterr().out

    return run


@pytest.fixture
def other() -> Iterator[Other]:
    with another() as server:
        yield server


def test_the_saved_summary_is_printed(house: ContactHouse, voz: Callable[..., str]) -> None:
    key, ana = call(house), house.signed_in("ana")
    path = f"/v1/contacts/{key}/summary"
    with TestClient(application(house), base_url=BASE) as client:
        proposed = client.get(f"{path}?language=es", headers=ana).json()["proposed"]
        text = client.post(path, json={"base": 0, "summary": proposed}, headers=ana).json()["text"]
    assert voz("contact", "summary", key).strip() == text.strip()
    assert voz("contact", "summary", key, "--markdown").startswith("### Qué necesitaba")
    printed = json.loads(voz("contact", "summary", key, "--json"))
    assert (printed["version"], printed["outcome"]) == (1, "not_resolved")


def test_a_receiver_is_tried_and_what_waits_is_listed_and_sent_again(
    house: ContactHouse, voz: Callable[..., str], other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WrongState, match="VOZ_WEBHOOK_URL"):
        voz("webhook", "test")
    secret = voz("webhook", "secret").split()[0]
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    monkeypatch.setenv("VOZ_WEBHOOK_URL", other.url)
    monkeypatch.setenv("VOZ_WEBHOOK_SECRET", SECRET)
    assert "ha aceptado" in voz("webhook", "test")
    assert json.loads(other.got[0][1])["type"] == "webhook.test"
    other.answers = [503]
    with pytest.raises(SettingsError, match="status-503") as refused:
        voz("webhook", "test")
    assert SECRET not in str(refused.value)
    assert voz("webhook", "list").strip() == "No hay mensajes."
    made = put(house.store)
    assert "en espera" in voz("webhook", "list", "--state", "waiting")
    Outbox(house.store).failed(made, "status-500", for_good=True)
    (listed,) = json.loads(voz("webhook", "list", "--json"))
    assert (listed["state"], listed["trouble"]) == ("failed", "status-500")
    assert "body" not in listed
    assert "1 given up: see `voz webhook list`" in voz("status")
    assert "otra vez: 1" in voz("webhook", "retry")
    assert Outbox(house.store).all()[0].state == "waiting"
    with pytest.raises(WrongState):
        voz("webhook", "retry", made.message)
    assert SECRET not in voz("settings")


def test_only_people_with_the_page_s_session_use_it(house: ContactHouse) -> None:
    key = call(house)
    with TestClient(application(house), base_url=BASE) as client:
        answer: httpx.Response = client.get(f"/v1/contacts/{key}/summary")  # type: ignore[assignment]
        assert answer.status_code == 401
        assert COOKIE not in answer.text
