"""Guided steps of contacts: offered, chosen, ticked by what is said and by hand, and kept."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from assistant.contact.heard import Heard, Need, Suggestion
from assistant.models import Citation, Statement, Turn
from assistant.shell.contact.hearing import Hearing
from assistant.shell.steps.following import Following, guide_of
from ingest.chunk import chunk_document
from ingest.loaders import load
from knowledge.audit import latest
from knowledge.contacts.contact_schema import contacts
from knowledge.contacts.step_states import StepStates
from knowledge.database.database_url import DatabaseUrl
from knowledge.identity.access import contact_reach
from knowledge.models import Document, Filing, Viewer
from knowledge.register import Register
from knowledge.work.work_store import WorkStore
from tests.fakes import HashingEmbedder
from tests.integration.contact_house import BASE, ContactHouse, contact_app
from tests.integration.test_contact_routes import opened, send
from tests.people import TREE

NAME = "colchones.md"
TITLE = "Devolver un colchón"
TEXT = """# Colchones

## Devolver un colchón

1. Compruebe la fecha del pedido. Si ha pasado el plazo, llame a la extensión 2155.
2. Ofrezca el cambio por otra firmeza. No insista.
3. Cree la devolución con motivo D7.

## Limpiar la funda

1. Abra la cremallera.
2. Lave la funda con agua fría.
"""
NEWER = TEXT.replace("con motivo D7", "con motivo D9 en 24 horas")
SECRET = "solo-meridiano.md"


class ScriptedListener:
    """Stands where `Listener` does: whatever is asked, one passage answers."""

    citation: Citation

    def hear(self, turns: Sequence[Turn], viewer: Viewer) -> Heard:
        said = turns[-1].text
        suggestion = Suggestion("k", Statement("…", (self.citation,)), said, 0.9)
        need = Need("?" in said, 0.9, said, frozenset({said}), (), "es")
        return Heard(need, None, (suggestion,) if need.needed else (), None, {})


class StepHouse(ContactHouse):
    """Contacts, the sources of the steps, and what follows them."""

    def __init__(self, folder: Path, database_url: DatabaseUrl | None = None) -> None:
        super().__init__(folder, database_url)
        self.embedder = HashingEmbedder(256)
        self.bring(NAME, TEXT)
        self.bring(SECRET, TEXT.replace("Colchones", "Meridiano"), "meridiano")
        self.listener = ScriptedListener()
        self.listener.citation = self.cite("Ofrezca el cambio por otra firmeza.")
        register = self.office.register
        self.following = Following(
            guide_of(register.document, self.store), self.embedder, register.audiences
        )
        self.hearing = Hearing(
            self.listener,  # type: ignore[arg-type]
            self.contacts,
            register.audiences,
            self.following,
        )
        self.app = contact_app(self.office, self.hearing)
        self.ana = self.signed_in("ana")

    def bring(self, name: str, text: str, audience: str = "staff") -> None:
        suffix, extract = load(text.encode(), name)
        document = Document(
            name, extract.title or name, extract.text, extract.blocks, "es", suffix,
            hashlib.sha256(text.encode()).hexdigest(), audience,
        )  # fmt: skip
        with Register.open(self.people.settings, write=True) as register:
            register.bind_model(self.embedder.fingerprint)
            chunks = chunk_document(document, self.embedder.count_tokens)
            vectors = self.embedder.embed_chunks(chunks)
            hashes = [chunk.content_hash for chunk in chunks]
            register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
            filing = Filing(author="marta", audience=audience)
            register.put_document(document, chunks, text.encode(), filing=filing)

    def cite(self, quote: str, name: str = NAME) -> Citation:
        document = self.office.register.document(name, Viewer("x", TREE.managed("staff")))
        assert document is not None
        start = document.text.index(quote)
        end = start + len(quote)
        return Citation(
            name, document.title, None, None, ("Colchones", TITLE), quote, start, end, "es",
            document.version,
        )  # fmt: skip

    def close(self) -> None:
        self.hearing.close()
        self.following.close()
        super().close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StepHouse]:
    house = StepHouse(tmp_path)
    yield house
    house.close()


@pytest.fixture
def client(house: StepHouse) -> Iterator[TestClient]:
    with TestClient(house.app, base_url=BASE) as client:
        yield client


def until(met: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 20
    while not (found := met()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert found
    return found


def steps(client: TestClient, headers: dict[str, str], key: str, query: str = "") -> Any:
    answer = client.get(f"/v1/contacts/{key}/steps{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def said(number: int, text: str, speaker: str = "agent") -> dict[str, Any]:
    return {"utterance": f"u{number}", "speaker": speaker, "text": text}


def choose(client: TestClient, house: StepHouse, key: str, title: str = TITLE) -> Any:
    """The procedure of that title, chosen by the agent."""
    listed = client.get("/v1/procedures", params={"source": NAME}, headers=house.ana).json()
    (one,) = [p for p in listed["procedures"] if p["title"] == title]
    given = {"source": NAME, "procedure": one["procedure"]}
    answer = client.post(f"/v1/contacts/{key}/steps", json=given, headers=house.ana)
    assert answer.status_code == 200, answer.text
    return answer.json()["chosen"]


def act(
    client: TestClient, headers: dict[str, str], key: str, what: str, **given: Any
) -> tuple[int, Any]:
    answer = client.post(f"/v1/contacts/{key}/steps/{what}", json=given, headers=headers)
    return answer.status_code, answer.json()


def ticked(shown: Any) -> dict[str, str]:
    return {step["key"]: step["by"] for step in shown["chosen"]["steps"] if step["done"]}


def test_the_procedure_of_the_passage_that_answers_is_offered_on_the_stream(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    with opened(client, f"/v1/contacts/{key}/events", headers=house.ana) as socket:
        send(client, house.channel, key, said(1, "¿puedo devolver el colchón?", "customer"))
        told: dict[str, Any] = {"kind": ""}
        while told["kind"] != "steps":
            told = socket.receive_json()
    assert told["body"] == {}  # what it is, is asked for
    (offer,) = steps(client, house.ana, key)["offers"]
    assert (offer["title"], offer["source"], offer["steps"]) == (TITLE, NAME, 3)
    assert offer["because"] == "section"


def test_a_source_that_the_agent_may_not_see_is_never_offered_listed_or_chosen(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    house.listener.citation = house.cite("Ofrezca el cambio por otra firmeza.", SECRET)
    send(client, house.channel, key, said(1, "¿puedo devolver el colchón?", "customer"))
    told = f"/v1/contacts/{key}/events"
    until(
        lambda: [
            e
            for e in client.get(told, headers=house.ana).json()["events"]
            if e["kind"] == "suggestions"
        ]
    )
    time.sleep(0.2)
    assert steps(client, house.ana, key)["offers"] == []
    listed = client.get("/v1/procedures", params={"source": SECRET}, headers=house.ana)
    assert (listed.status_code, listed.json()["code"]) == (404, "steps-source-not-in-force")
    olga = client.get(
        "/v1/procedures", params={"source": SECRET}, headers=house.signed_in("olga")
    ).json()
    given = {"source": SECRET, "procedure": olga["procedures"][0]["procedure"]}
    refused = client.post(f"/v1/contacts/{key}/steps", json=given, headers=house.ana)
    assert refused.status_code == 404


def test_what_was_said_before_and_after_choosing_is_ticked_with_the_turn_that_says_so(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    send(client, house.channel, key, said(1, "He comprobado la fecha del pedido."))
    chosen = choose(client, house, key)
    assert [step["done"] for step in chosen["steps"]] == [False] * 4
    assert chosen["current"] == "1"
    shown = until(
        lambda: (s := steps(client, house.ana, key)) and ticked(s) == {"1": "heard"} and s
    )
    first = shown["chosen"]["steps"][0]
    assert first["turn"]["text"] == "He comprobado la fecha del pedido."
    send(client, house.channel, key, said(2, "Todavía no he creado la devolución con motivo D7."))
    send(client, house.channel, key, said(3, "He creado la devolución con motivo D7."))
    until(lambda: ticked(steps(client, house.ana, key)) == {"1": "heard", "3": "heard"})
    assert steps(client, house.ana, key)["chosen"]["current"] == "1.1"


def test_a_corrected_turn_corrects_its_tick_and_the_hand_wins_over_what_is_heard(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    choose(client, house, key)
    send(client, house.channel, key, said(1, "He comprobado la fecha del pedido."))
    send(client, house.channel, key, said(2, "He creado la devolución con motivo D7."))
    until(lambda: len(ticked(steps(client, house.ana, key))) == 2)
    status, shown = act(client, house.ana, key, "ticks", step="3", done=False)
    assert (status, ticked(shown)) == (200, {"1": "heard"})
    send(client, house.channel, key, said(1, "Voy a mirar otra cosa distinta."))
    until(lambda: ticked(steps(client, house.ana, key)) == {})
    act(client, house.ana, key, "ticks", step="2", done=True)
    send(client, house.channel, key, said(3, "He vuelto a crear la devolución con motivo D7."))
    time.sleep(0.3)
    shown = steps(client, house.ana, key)
    assert ticked(shown) == {"2": "hand"}
    assert shown["chosen"]["steps"][2]["who"] == "ana"


def test_conditions_are_questions_until_somebody_answers_and_then_grey_out_their_steps(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    call = choose(client, house, key)["steps"][1]
    assert call["conditions"][0]["question"] == "¿Ha pasado el plazo?"
    assert (call["applies"], call["conditions"][0]["holds"]) == (True, None)
    send(client, house.channel, key, said(1, "creo que no ha pasado el plazo", "customer"))
    send(client, house.channel, key, said(2, "no ha pasado el plazo", "customer"))
    call = until(
        lambda: (
            (one := steps(client, house.ana, key)["chosen"]["steps"][1])
            and one["because"] is not None
            and one
        )
    )
    assert (call["applies"], call["because"]) == (False, "1.1?1")
    assert call["conditions"][0]["turn"]["number"] == 2
    _, shown = act(client, house.ana, key, "answers", condition="1.1?1", holds=True)
    assert shown["chosen"]["steps"][1]["applies"] is True
    _, shown = act(client, house.ana, key, "answers", condition="1.1?1", holds=None)
    assert shown["chosen"]["steps"][1]["conditions"][0]["by"] is None


def test_another_version_is_offered_beside_the_old_one_and_takes_its_ticks_along(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    chosen = choose(client, house, key)
    assert (chosen["version"], chosen["newer"]) == (1, None)
    act(client, house.ana, key, "ticks", step="1", done=True)
    act(client, house.ana, key, "ticks", step="3", done=True)
    house.bring(NAME, NEWER)
    shown = steps(client, house.ana, key)["chosen"]
    assert (shown["version"], shown["newer"]["version"]) == (1, 2)
    assert shown["steps"][3]["text"] == "Cree la devolución con motivo D7."
    given = {"source": NAME, "procedure": shown["newer"]["procedure"]}
    answer = client.post(f"/v1/contacts/{key}/steps", json=given, headers=house.ana).json()
    assert (answer["chosen"]["version"], answer["chosen"]["newer"]) == (2, None)
    assert ticked(answer) == {"1": "hand"}  # the third says something else now


def test_a_source_out_of_force_stays_with_a_note_and_one_out_of_sight_is_not_shown(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    choose(client, house, key)
    marta, hugo = (Viewer(name, TREE.managed("staff")) for name in ("marta", "hugo"))
    with Register.open(house.people.settings, write=True) as register:
        register.curation.retire(NAME, hugo)
    shown = steps(client, house.ana, key)["chosen"]
    assert shown["newer"] == {"version": None, "procedure": None}
    given = {"source": NAME, "procedure": shown["procedure"]}
    again = client.post(f"/v1/contacts/{key}/steps", json=given, headers=house.ana)
    assert again.status_code == 404
    with Register.open(house.people.settings, write=True) as register:
        register.curation.set_audience(NAME, ["meridiano"], marta)
    assert steps(client, house.ana, key)["chosen"]["available"] is False
    assert act(client, house.ana, key, "ticks", step="1", done=True)[0] == 404


def test_what_is_not_there_is_refused_in_both_languages(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    status, refused = act(client, house.ana, key, "ticks", step="1", done=True)
    assert (status, refused["code"]) == (409, "steps-none-chosen")
    choose(client, house, key)
    for language, words in (("es", "ningún paso «9»"), ("en", "no step '9'")):
        headers = {**house.ana, "accept-language": language}
        status, refused = act(client, headers, key, "ticks", step="9", done=True)
        assert (status, refused["code"]) == (404, "steps-step-unknown")
        assert words in refused["error"]
    assert act(client, house.ana, key, "answers", condition="9?9", holds=True)[0] == 404
    assert act(client, house.ana, key, "position", step="9")[0] == 404
    assert act(client, house.ana, key, "ticks", step="1")[0] == 422
    bad = client.get(f"/v1/contacts/{key}/steps?case=delivered", headers=house.ana)
    assert bad.json()["code"] == "case-pair"
    client.post(f"/v1/contacts/{key}/end", headers=house.ana)
    status, refused = act(client, house.ana, key, "ticks", step="1", done=True)
    assert (status, refused["code"]) == (409, "contact-ended")


def test_others_see_no_more_than_their_own(house: StepHouse, client: TestClient) -> None:
    key = house.open("ana", "1")
    choose(client, house, key)
    assert (
        client.get(f"/v1/contacts/{key}/steps", headers=house.signed_in("olga")).status_code == 404
    )
    marta = house.signed_in("marta")
    assert steps(client, marta, key)["chosen"]["title"] == TITLE
    assert act(client, marta, key, "ticks", step="1", done=True)[0] == 403
    assert client.get(f"/v1/contacts/{key}/steps", headers=house.channel).status_code == 403


def test_choosing_and_closing_are_in_the_audit_trail_and_a_closed_one_comes_back_no_more(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    choose(client, house, key)
    closed = client.delete(f"/v1/contacts/{key}/steps", headers=house.ana).json()
    assert closed["chosen"] is None
    send(client, house.channel, key, said(1, "¿puedo devolver el colchón?", "customer"))
    time.sleep(0.3)
    assert steps(client, house.ana, key)["offers"] == []
    with house.store.read() as connection:
        entries = [e for e in latest(connection, limit=50) if e.action.startswith("steps.")]
    assert {(e.actor, e.action, e.object) for e in entries} == {
        ("ana", "steps.chosen", f"contact:{key}"),
        ("ana", "steps.closed", f"contact:{key}"),
    }


def test_another_agent_of_the_contact_goes_on_where_the_first_was(
    house: StepHouse, client: TestClient
) -> None:
    key = house.open("ana", "1")
    choose(client, house, key)
    act(client, house.ana, key, "ticks", step="1", done=True)
    with house.store.database.write() as connection:
        moved = update(contacts).where(contacts.c.key == key)
        connection.execute(moved.values(agent="olga", audience="meridiano"))
    assert client.get(f"/v1/contacts/{key}/steps", headers=house.ana).status_code == 404
    olga = house.signed_in("olga")
    assert ticked(steps(client, olga, key)) == {"1": "hand"}
    status, shown = act(client, olga, key, "ticks", step="2", done=True)
    assert (status, shown["chosen"]["steps"][2]["who"]) == (200, "olga")


def test_what_is_kept_outlives_the_server_and_goes_with_the_contacts_words(
    tmp_path: Path, database_url: DatabaseUrl | None
) -> None:
    house = StepHouse(tmp_path, database_url)
    try:
        with TestClient(house.app, base_url=BASE) as client:
            key = house.open("ana", "1")
            choose(client, house, key)
            act(client, house.ana, key, "ticks", step="2", done=True)
            act(client, house.ana, key, "position", step="3")
        principal = house.contacts.agent(key)
        assert principal is not None
        reach = contact_reach(principal, TREE)
        with closing(WorkStore.open(house.people.settings)) as later:
            kept = StepStates(later).get(key, reach)[1]["chosen"]
        assert kept["ticks"]["2"]["by"] == "hand"
        assert kept["position"] == "3"
        assert "colchón" not in str(kept["ticks"])
        seen = reach.__class__("marta", *(frozenset(TREE.managed("staff")),) * 4)
        house.contacts.erase(key, seen, "marta")
        assert StepStates(house.store).get(key, seen)[1] == {}
    finally:
        house.close()
