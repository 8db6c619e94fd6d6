"""The managers' REST API over a real register and a real worker."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from assistant.shell.manage import bodies
from assistant.shell.manage.worker import Worker
from assistant.shell.web import create_app
from ingest.chunk import chunk_document
from knowledge.errors import RegisterLocked
from knowledge.identity.access import Grant
from knowledge.intake import take_in
from knowledge.jobs import NewJob
from knowledge.models import Filing
from knowledge.register import Register
from tests.e2e.page_double import PageDouble, make_document
from tests.fakes import HashingEmbedder
from tests.people import PASSWORD, TREE, People

BASE = "http://127.0.0.1:7860"
TEXT = "# Devoluciones\n\nEl cliente tiene {days} días para devolver un mueble.\n"
DAY = timedelta(days=1)
NEW_AUDIENCE = {"label": "Sol y Sombra", "title": "", "parent": "staff"}
KNOWN_USER = {"name": "ana", "display_name": "Ana", "grants": ["agent@staff"]}
NO_DAY = {"from_day": "mañana"}


class House:
    """The application with its worker, and requests to it by anybody."""

    def __init__(self, folder: Path) -> None:
        self.people = People(folder / "people")
        office = self.people.office()
        self.register = office.register
        self.embedder = HashingEmbedder()
        self.worker = Worker(self.register, self.embedder, self.people.settings, keep_indexes=False)
        for name, grant in (("leo", "manager@levante"), ("lola", "admin@levante")):
            self.people.accounts.add(name, PASSWORD)
            self.people.accounts.grant(name, Grant.parse(grant), TREE)
        self.worker.start()
        office = self.people.office(self.worker.wake)
        app = create_app(PageDouble(folder), self.people.access, self.people.settings, office)  # type: ignore[arg-type]
        self.client = TestClient(app, base_url=BASE, headers={"origin": BASE})
        self._tokens: dict[str, str] = {}

    def ask(self, who: str, method: str, path: str, **sent: Any) -> httpx.Response:
        if who not in self._tokens:
            self._tokens[who] = self.people.token(who)
        headers = {"cookie": f"{COOKIE}={self._tokens[who]}", **sent.pop("headers", {})}
        return self.client.request(method, f"/v1{path}", headers=headers, **sent)

    def upload(self, who: str, file: str, text: str, /, **fields: Any) -> httpx.Response:
        return self.ask(who, "POST", "/sources", files={"file": (file, text.encode())}, data=fields)

    def done(self, who: str, response: httpx.Response) -> dict[str, Any]:
        """The job that an answer began, once it has ended."""
        assert response.status_code == 202, response.text
        number = response.json()["id"]
        for _ in range(200):
            job = self.ask(who, "GET", f"/jobs/{number}").json()
            if job["state"] not in ("queued", "running"):
                return checked(bodies.JobOut, job)
            time.sleep(0.05)
        raise AssertionError(job)

    def bring(
        self,
        name: str,
        days: int = 30,
        who: str = "marta",
        audience: str = "staff",
        source: str | None = None,
        valid_from: date | None = None,
    ) -> int:
        """A draft, filed without the parser's child process; the number of its source."""
        parts = [("heading", "Devoluciones"), ("paragraph", f"El cliente tiene {days} días.")]
        document = make_document(source or name, parts, audience=audience)
        original = document.text.encode()
        chunks = chunk_document(document, self.embedder.count_tokens)
        filing = Filing(author=who, draft=True, valid_from=valid_from)
        with Register.open(self.people.settings, write=True) as register:
            take_in(register, self.embedder, (document, chunks, original), filing=filing)
        number = self.register.curation.number_of(document.name)
        assert number is not None
        return number

    def publish(self, number: int, version: int = 1, **days: Any) -> None:
        at = f"/sources/{number}/versions/{version}"
        assert self.ask("marta", "POST", f"{at}/submit").status_code == 200
        assert self.ask("pablo", "POST", f"{at}/publish", json=days).status_code == 200

    def close(self) -> None:
        self.worker.stop()
        self.client.close()
        self.people.close()


def checked(model: type[BaseModel], content: dict[str, Any]) -> dict[str, Any]:
    """The content, if it is what OpenAPI says."""
    model.model_validate(content)
    return content


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


def test_a_version_goes_its_way_from_upload_to_retirement(house: House) -> None:
    begun = house.upload("marta", "devoluciones.md", TEXT.format(days=30), note="primera")
    number = house.done("marta", begun)["result"]["source"]
    at = f"/sources/{number}/versions/1"
    shown = checked(bodies.SourceDetails, house.ask("marta", "GET", f"/sources/{number}").json())
    assert (shown["state"], shown["waiting"], shown["current"]) == ("draft", 1, None)
    assert shown["history"][0]["note"] == "primera"
    assert shown["headings"] == ["Devoluciones"]
    text = checked(bodies.Text, house.ask("pablo", "GET", at).json())
    assert [p["text"] for p in text["passages"]] == [
        "El cliente tiene 30 días para devolver un mueble."
    ]
    early = house.ask("pablo", "POST", f"{at}/publish", json={})
    assert early.status_code == 409
    assert "is draft, not in review" in early.json()["error"]
    assert house.ask("marta", "POST", f"{at}/submit").json()["waiting_state"] == "in_review"
    assert house.ask("todas", "POST", f"{at}/send-back", json={"note": "falta"}).status_code == 200
    assert house.ask("marta", "POST", f"{at}/submit").status_code == 200
    shown = checked(
        bodies.SourceDetails, house.ask("pablo", "POST", f"{at}/publish", json={}).json()
    )
    assert (shown["current"], shown["history"][0]["approver"]) == (1, "pablo")
    assert shown["history"][0]["note"] == "primera\ntodas: falta"
    assert shown["history"][0]["in_force"] == [{"from": None, "to": None}]
    retired = house.ask("pablo", "POST", f"/sources/{number}/retire", json={}).json()
    assert (retired["state"], retired["current"]) == ("retired", None)
    again = house.ask("pablo", "POST", f"/sources/{number}/retire", json={})
    assert again.status_code == 409


def test_nobody_publishes_their_own_version(house: House) -> None:
    number = house.bring("propia.md", who="todas")
    at = f"/sources/{number}/versions/1"
    house.ask("todas", "POST", f"{at}/submit")
    refused = house.ask("todas", "POST", f"{at}/publish", json={})
    assert refused.status_code == 403
    assert "somebody else must approve" in refused.json()["error"]


def test_a_second_version_is_in_force_on_the_days_it_is_published_for(house: House) -> None:
    number = house.bring("dias.md")
    house.publish(number)
    today = house.register.today()
    starts, ends = today + 4 * DAY, today + 9 * DAY
    house.bring("other name.md", 45, source="dias.md", valid_from=starts)
    shown = house.ask("marta", "GET", f"/sources/{number}").json()
    assert shown["history"][0]["valid_from"] == str(starts)
    house.publish(number, 2, valid_from=str(starts), valid_to=str(ends))
    (listed,) = house.ask("marta", "GET", "/sources", params={"q": "dias.md"}).json()["sources"]
    assert listed["current"] == 1
    assert listed["changes"] == [
        {"day": str(starts), "version": 2},
        {"day": str(ends), "version": 1},
    ]
    assert listed["next_change"] == str(starts)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"valid_from": "2027-02-30"}, "is no day"),
        ({"valid_from": "2027-02-01", "valid_to": "2027-01-01"}, "not a single day"),
        ({"audience": "nobody-like-that"}, "there is no audience"),
        ({"name": "../fuera.md"}, "cannot be used"),
        ({"name": "a/b.exe"}, "exe"),
        ({"name": "a.zip"}, "an archive is no source"),
        ({"source": "1 OR 1=1"}, "is no number"),
        ({"note": "x" * 501}, "shorten it"),
        ({"colour": "red"}, "is no field"),
    ],
)
def test_an_upload_that_cannot_be_filed_is_refused_in_one_line(
    house: House, fields: dict[str, str], line: str
) -> None:
    refused = house.upload("marta", "nueva.md", TEXT, **fields)
    assert refused.status_code == 422, refused.text
    assert line in refused.json()["error"]
    assert refused.text.count("\n") == 1


@pytest.mark.parametrize(
    ("who", "method", "path", "body", "code", "line"),
    [
        ("todas", "POST", "/sources/{own}/versions/1/publish", {}, "version-own", "es de todas"),
        ("marta", "POST", "/sources/{own}/versions/1/submit", None, "version-state", "en revisión"),
        ("marta", "POST", "/sources/{own}/versions/1/publish", {}, "may-not-do", "(publicar)"),
        ("marta", "GET", "/sources/4999", None, "source-number-unknown", "mire la lista"),
        ("marta", "POST", "/jobs/4999/again", None, "job-unknown", "ninguna tarea 4999"),
        ("marta", "GET", "/users", None, "may-not-do", "gestionar cuentas"),
        ("ana", "GET", "/sources", None, "may-not-do", "ver borradores"),
        ("todas", "POST", "/sources/{own}/retire", {}, "retire-nothing", "nada en vigor desde"),
        ("adela", "POST", "/audiences", NEW_AUDIENCE, "audience-label", "«Sol y Sombra» no sirve"),
        ("adela", "DELETE", "/audiences/staff", None, "audience-root", "todo el personal"),
        ("adela", "POST", "/users", KNOWN_USER, "account-taken", "ya hay una cuenta «ana»"),
        ("pablo", "POST", "/sources/{own}/retire", NO_DAY, "field-no-day", "no es un día"),
    ],
)
def test_a_refusal_is_told_in_the_language_that_is_asked_for(
    house: House, who: str, method: str, path: str, body: Any, code: str, line: str
) -> None:
    own = _submitted(house)
    told = [
        house.ask(who, method, path.format(own=own), json=body, headers={"accept-language": asked})
        for asked in ("es-MX,en;q=0.5", "*")
    ]
    spanish, english = (answer.json() for answer in told)
    assert spanish["code"] == english["code"] == code, spanish
    assert line in spanish["error"]
    assert line not in english["error"]


def _submitted(house: House) -> int:
    """A source with one version that waits for approval, by somebody who may also publish."""
    known = house.ask("todas", "GET", "/sources", params={"q": "propuesta.md"}).json()["sources"]
    if known:
        return int(known[0]["id"])
    number = house.bring("propuesta.md", who="todas")
    house.ask("todas", "POST", f"/sources/{number}/versions/1/submit")
    return number


def test_a_file_that_gives_no_document_is_told_with_its_reason(house: House) -> None:
    job = house.done("marta", house.upload("marta", "roto.pdf", "%PDF-1.7\nnada"))
    assert job["state"] == "failed"
    assert job["result"]["code"] == "damaged"
    assert "roto.pdf" in job["message"]
    again = house.ask("marta", "POST", f"/jobs/{job['id']}/again")
    assert again.status_code == 409
    assert not list(house.people.settings.uploads_dir.iterdir())


def test_the_same_file_again_makes_no_version(house: House) -> None:
    number = house.bring("igual.md")
    days = {"source": number, "valid_from": "2027-01-01"}
    for outcome in ("draft", "unchanged"):
        job = house.done("marta", house.upload("marta", "x.md", TEXT.format(days=45), **days))
        assert job["result"] == {"source": number, "version": 2, "outcome": outcome}
    (newest, _) = house.ask("marta", "GET", f"/sources/{number}").json()["history"]
    assert newest["valid_from"] == "2027-01-01"


def test_a_file_that_is_too_large_is_refused(house: House) -> None:
    for size in (21 << 20, 23 << 20):  # over the file's limit, over the request's
        refused = house.upload("marta", "grande.md", "x" * size)
        assert refused.status_code == 413
    assert house.ask("marta", "POST", "/cards", content=b"x" * (2 << 20)).status_code == 413


def test_a_name_that_is_taken_is_told_to_those_alone_who_may_know(house: House) -> None:
    number = house.bring("secreta.md", audience="meridiano")
    told = house.upload("marta", "secreta.md", TEXT)
    assert (told.status_code, told.json()["source"]) == (409, number)
    untold = house.upload("leo", "secreta.md", TEXT, audience="levante")
    job = house.done("leo", untold)
    assert job["state"] == "done"
    assert job["result"]["source"] != number
    own = house.ask("leo", "GET", f"/sources/{job['result']['source']}").json()
    assert own["name"] == "secreta-2.md"


def test_hidden_and_absent_answer_alike(house: House) -> None:
    hidden = house.bring("oculta.md", audience="meridiano")
    for method, path, body in [
        ("GET", "", None),
        ("GET", "/versions/1", None),
        ("POST", "/versions/1/submit", None),
        ("POST", "/versions/1/send-back", {}),
        ("POST", "/audience", {"labels": ["levante"]}),
        ("POST", "/restrict", {"heading": "Devoluciones", "internal": True}),
        ("POST", "/describe", {"title": "Mía"}),
        ("POST", "/reviewed", None),
    ]:
        answers = [
            house.ask("leo", method, f"/sources/{number}{path}", json=body)
            for number in (hidden, 99_999)
        ]
        assert [one.status_code for one in answers] == [404, 404], path
        assert answers[0].text.replace(str(hidden), "99999") == answers[1].text
    for number in (hidden, 99_999):
        assert house.upload("leo", "x.md", TEXT, source=number).status_code == 404
    listed = house.ask("leo", "GET", "/sources", params={"limit": 1000}).json()
    assert all(one["audience"] == ["levante"] for one in listed["sources"])
    assert listed["total"] == len(listed["sources"])


def test_a_manager_of_a_contractor_brings_nothing_in_for_all(house: House) -> None:
    assert house.upload("leo", "para-todos.md", TEXT).status_code == 403
    number = house.bring("para-levante.md", who="leo", audience="levante")
    wider = house.ask("leo", "POST", f"/sources/{number}/audience", json={"labels": ["staff"]})
    assert wider.status_code == 403
    assert "does not reach staff" in wider.json()["error"]


def test_jobs_are_seen_by_whoever_asked_and_by_those_who_manage_the_audience(house: House) -> None:
    job = house.done("marta", house.upload("marta", "trabajo.md", TEXT, audience="meridiano"))
    assert house.ask("leo", "GET", f"/jobs/{job['id']}").status_code == 404
    assert house.ask("leo", "GET", "/jobs/99999").status_code == 404
    assert job["id"] not in [j["id"] for j in house.ask("leo", "GET", "/jobs").json()["jobs"]]
    listed = checked(bodies.JobList, house.ask("marta", "GET", "/jobs").json())
    assert listed["jobs"][0]["id"] == job["id"]


def test_sources_are_filtered_sorted_and_paged(house: House) -> None:
    first = house.bring("orden/ágata.md", days=1)
    second = house.bring("orden/berilo.md", days=2)
    house.ask("marta", "POST", f"/sources/{second}/describe", json={"owner": "rosa", "title": "A"})

    def found(**params: Any) -> list[int]:
        answer = house.ask("pablo", "GET", "/sources", params={"q": "orden", **params}).json()
        return [one["id"] for one in checked(bodies.SourcePage, answer)["sources"]]

    assert found() == [first, second]
    assert found(sort="title") == [second, first]
    assert found(descending=True) == [second, first]
    assert found(sort="owner") == found(sort="owner", descending=True) == [second, first]
    assert found(owner="rosa") == [second]
    assert found(state="published") == []
    assert found(q="orden AGATA") == [first]
    assert found(limit=1, offset=1) == [second]
    assert house.ask("pablo", "GET", "/sources", params={"sort": "audience"}).status_code == 422


def test_what_is_known_of_a_source_is_changed(house: House) -> None:
    number = house.bring("ficha.md")
    at = f"/sources/{number}"
    given = {"kind": "policy", "review_days": 30, "tags": {"producto": "sofás"}, "internal": True}
    shown = house.ask("marta", "POST", f"{at}/describe", json=given).json()
    assert {key: shown[key] for key in given} == given
    original = house.bring("original.md")
    shown = house.ask("marta", "POST", f"{at}/describe", json={"translation_of": original}).json()
    assert shown["translation_of"] == "original.md"
    shown = house.ask("marta", "POST", f"{at}/describe", json={"translation_of": 0}).json()
    assert shown["translation_of"] is None
    part = {"heading": "Devoluciones", "audience": ["levante"]}
    shown = house.ask("marta", "POST", f"{at}/restrict", json=part).json()
    assert shown["sections"] == [part | {"internal": False}]
    shown = house.ask("marta", "POST", f"{at}/audience", json={"labels": []}).json()
    assert shown["audience"] == []
    shown = house.ask("marta", "POST", f"{at}/reviewed").json()
    assert shown["reviewed_on"] == str(house.register.today())
    assert house.ask("pablo", "POST", f"{at}/describe", json={"kind": "faq"}).status_code == 403
    assert house.ask("marta", "POST", f"{at}/describe", json={"kind": "law"}).status_code == 422


def test_a_card_becomes_a_draft_and_then_a_version(house: House) -> None:
    card = {
        "question": "¿Cuánto tarda el reembolso?",
        "answer": "Se lo devolvemos en 14 días.",
        "language": "es",
        "variants": ["¿Cuándo me pagan?"],
    }
    job = house.done("marta", house.ask("marta", "POST", "/cards", json=card))
    number = job["result"]["source"]
    assert house.ask("marta", "POST", "/cards", json=card).json()["source"] == number
    later = card | {"answer": "En 10 días.", "source": number}
    job = house.done("marta", house.ask("marta", "POST", "/cards", json=later))
    assert job["result"] == {"source": number, "version": 2, "outcome": "draft"}
    assert house.ask("marta", "POST", "/cards", json=card | {"answer": " "}).status_code == 422
    no_card = house.bring("no-es-tarjeta.md")
    refused = house.ask("marta", "POST", "/cards", json=card | {"source": no_card})
    assert refused.status_code == 404


def test_audiences_are_made_renamed_and_removed_by_administrators(house: House) -> None:
    given = {"label": "levante-noche", "title": "Turno de noche", "parent": "levante"}
    listed = checked(
        bodies.AudienceList, house.ask("adela", "POST", "/audiences", json=given).json()
    )
    assert given in listed["audiences"]
    at = "/audiences/levante-noche"
    assert house.ask("adela", "PATCH", at, json={"title": "Noche"}).status_code == 200
    seen = house.ask("leo", "GET", "/audiences").json()["audiences"]
    assert [one["label"] for one in seen] == ["staff", "contractors", "levante", "levante-noche"]
    assert house.ask("lola", "DELETE", "/audiences/meridiano").status_code == 404
    assert house.ask("lola", "DELETE", at).status_code == 200
    assert house.ask("adela", "DELETE", at).status_code == 404


def test_accounts_are_looked_after_within_reach(house: House) -> None:
    given = {"name": "Nora", "display_name": "Nora", "grants": ["agent@levante"]}
    made = checked(bodies.OneTime, house.ask("lola", "POST", "/users", json=given).json())
    assert (made["name"], made["grants"], len(made["password"]) > 10) == (
        "nora",
        ["agent@levante"],
        True,
    )
    listed = checked(bodies.UserList, house.ask("lola", "GET", "/users").json())["users"]
    assert {"ana", "leo", "lola", "nora"} == {one["name"] for one in listed}
    assert "password" not in listed[0]
    assert house.ask("lola", "POST", "/users/marta/disable").status_code == 404
    wider = house.ask("lola", "POST", "/users/nora/grant", json={"grant": "manager@staff"})
    assert wider.status_code == 403
    closed = house.ask("lola", "POST", "/users/nora/disable").json()
    assert closed["disabled"] is True
    assert house.ask("lola", "POST", "/users/nora/enable").json()["disabled"] is False
    revoked = house.ask("adela", "POST", "/users/nora/revoke", json={"grant": "agent@levante"})
    assert revoked.json()["grants"] == []
    assert house.ask("lola", "POST", "/users", json={"name": "nadie"}).status_code == 403
    assert house.ask("adela", "POST", "/users", json=given).status_code == 422


def test_what_is_taken_away_counts_from_the_next_request_on(house: House) -> None:
    house.people.accounts.add("vera", PASSWORD)
    grant = Grant.parse("manager@staff")
    house.people.accounts.grant("vera", grant, TREE)
    number = house.bring("vera.md", who="vera")
    assert house.ask("vera", "GET", f"/sources/{number}").status_code == 200
    house.people.accounts.revoke("vera", grant)
    assert house.ask("vera", "GET", f"/sources/{number}").status_code == 403
    assert house.ask("vera", "GET", "/manage").status_code in (403, 404)


def test_while_somebody_else_writes_uploads_wait_and_reviews_go_on(house: House) -> None:
    number = house.bring("mientras.md")
    with Register.open(house.people.settings, write=True):
        with pytest.raises(RegisterLocked):
            Register.open(house.people.settings, write=True)
        begun = house.upload("marta", "espera.md", TEXT)
        assert begun.status_code == 202
        assert house.ask("marta", "POST", f"/sources/{number}/versions/1/submit").status_code == 200
        time.sleep(1.3)
        job = house.ask("marta", "GET", f"/jobs/{begun.json()['id']}").json()
        assert job["state"] in ("queued", "running")
    assert house.done("marta", begun)["state"] == "done"


def test_a_program_uploads_with_its_key(house: House) -> None:
    key = house.people.accounts.add_key("importer", Grant("manager", "staff"), TREE)
    del house.client.headers["origin"]
    try:
        answer = house.client.post(
            "/v1/sources",
            headers={"authorization": f"Bearer {key}"},
            files={"file": ("programa.md", TEXT.encode())},
        )
        form = house.client.post("/v1/sources", files={"file": ("programa.md", b"x")})
    finally:
        house.client.headers["origin"] = BASE
    assert answer.status_code == 202, answer.text
    assert form.status_code == 403  # what a form on another site could send


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/sources/1/describe", {"colour": "red"}),
        ("/sources/0/describe", {}),
        ("/sources/1/describe", [1]),
        ("/sources/99999999999999999999/describe", {}),
        ("/sources/1/retire", {"from_day": "tomorrow"}),
    ],
)
def test_a_body_that_is_none_is_refused_in_one_line(house: House, path: str, body: Any) -> None:
    refused = house.ask("marta", "POST", path, json=body)
    assert refused.status_code == 422
    assert set(refused.json()) == {"error", "code"}
    assert refused.json()["code"].startswith("field-")


def test_every_route_is_described_with_what_it_may_answer(house: House) -> None:
    described = house.ask("marta", "GET", "/openapi.json").json()
    upload = described["paths"]["/v1/sources"]["post"]
    assert {"202", "403", "409", "413", "422", "503"} <= set(upload["responses"])
    form = upload["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["required"] == ["file"]
    for path, methods in described["paths"].items():
        for operation in methods.values():
            refusal = operation["responses"].get("403")
            if refusal is not None:
                assert "Problem" in json.dumps(refusal), path


def test_the_day_is_the_companys(house: House) -> None:
    me = checked(bodies.Me, house.ask("marta", "GET", "/me").json())
    assert date.fromisoformat(me["today"]) == house.register.today()
    assert me["may"]["edit_source"] == ["contractors", "levante", "meridiano", "staff"]
    assert me["may"]["publish"] == []


def test_a_job_that_failed_says_why_in_the_language_that_is_asked_for(house: House) -> None:
    _submitted(house)
    wanted = {"file_name": "propuesta.md", "name": "propuesta.md", "new": True, "note": ""}
    new = NewJob("upload", "marta", "propuesta.md", "staff", wanted)
    number = house.register.jobs.add(new, io.BytesIO(b"Algo")).id
    house.worker.wake()
    for _ in range(200):
        job = house.ask("marta", "GET", f"/jobs/{number}").json()
        if job["state"] == "failed":
            break
        time.sleep(0.05)
    assert job["message"].startswith("there is a source 'propuesta.md' by now")
    spanish = house.ask("marta", "GET", f"/jobs/{number}", headers={"accept-language": "es"}).json()
    assert spanish["message"].startswith("entretanto ya hay una fuente «propuesta.md»")
    assert "told" not in spanish["result"]
