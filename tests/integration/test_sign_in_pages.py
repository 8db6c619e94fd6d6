"""Signing in and out over HTTP: pages, cookies, and what they are good for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE, Access
from assistant.shell.serve import _tell_first_administrator
from assistant.shell.sign_in_routes import SignInRoutes
from assistant.shell.web import create_app
from knowledge.errors import RegisterError, RegisterLocked, SettingsError
from knowledge.identity.access import Grant
from knowledge.identity.accounts import Accounts
from knowledge.identity.sign_in import SignIn
from knowledge.settings import Settings
from tests.e2e.page_double import LEVANTE_PDF, PageDouble
from tests.people import PASSWORD, TREE, People

BASE = "http://127.0.0.1:7860"
OWN = {"origin": BASE, "sec-fetch-site": "same-origin", "accept-language": "es"}
NEW = "cuatro gatos pardos duermen"


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> PageDouble:
    return PageDouble(tmp_path_factory.mktemp("double"))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, double: PageDouble) -> Iterator[Any]:
    people = People(tmp_path_factory.mktemp("people"))
    app = create_app(double, people.access, people.settings)  # type: ignore[arg-type]
    with TestClient(app, base_url=BASE):
        yield people, app
    people.close()


@pytest.fixture
def people(shared: Any) -> People:
    return shared[0]  # type: ignore[no-any-return]


@pytest.fixture
def guest(shared: Any) -> TestClient:
    """A browser that nobody has signed in with."""
    return TestClient(shared[1], base_url=BASE, follow_redirects=False, headers=OWN)


def sign_in(guest: TestClient, name: str, password: str = PASSWORD, **more: str) -> Any:
    return guest.post("/login", data={"name": name, "password": password, **more})


def ask(guest: TestClient, **headers: str) -> Any:
    return guest.post("/v1/ask", json={"question": "¿plazo?"}, headers=headers)


def test_without_a_session_a_page_sends_to_the_sign_in_page_and_the_rest_is_refused(
    guest: TestClient,
) -> None:
    page = guest.get("/")
    assert (page.status_code, page.headers["location"]) == (303, "/login")
    assert guest.get("/password").headers["location"] == "/login?next=%2Fpassword"
    refused = ask(guest)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.text.count("\n") == 1
    assert refused.json() == {"error": "entre antes, en /login", "code": "sign-in-first"}
    english = ask(guest, **{"accept-language": "fr"})
    assert english.json()["error"] == "sign in first, at /login"
    for answer in (page, refused, guest.get("/login")):
        assert answer.headers["cache-control"] == "no-store"


def test_the_right_password_opens_the_page(guest: TestClient) -> None:
    answer = sign_in(guest, "Todas")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert guest.get("/").status_code == 200
    assert ask(guest).json()["verdict"] == "answered"
    assert guest.get("/login").headers["location"] == "/"


def test_the_cookie_is_kept_from_scripts_and_other_sites(guest: TestClient, shared: Any) -> None:
    cookie = sign_in(guest, "ana").headers["set-cookie"]
    assert re.match(rf"{COOKIE}=[\w-]{{43}}; ", cookie)
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts == {"httponly", "samesite=lax", "path=/", "max-age=43200"}
    encrypted = TestClient(
        shared[1], base_url="https://127.0.0.1:7860", follow_redirects=False, headers=OWN
    )
    encrypted.headers["origin"] = "https://127.0.0.1:7860"
    assert "Secure" in sign_in(encrypted, "ana").headers["set-cookie"]


def test_in_a_frame_of_another_site_the_cookie_is_for_encrypted_connections_alone(
    people: People,
) -> None:
    framed = {"public_url": "https://voz.example.com", "frame_ancestors": "https://crm.example.com"}
    settings = people.settings.model_copy(update=framed)
    app = FastAPI()
    SignInRoutes(people.access, settings, None).add_to(app)
    client = TestClient(app, base_url="https://voz.example.com", follow_redirects=False)
    cookie = sign_in(client, "ana").headers["set-cookie"].lower()
    assert "samesite=none" in cookie
    assert "; secure" in cookie
    assert cookie.endswith("; partitioned")
    gone = client.post("/logout").headers["set-cookie"].lower()
    assert "max-age=0" in gone
    assert "samesite=none" in gone
    assert "; secure" in gone
    assert gone.endswith("; partitioned")


def test_a_session_that_was_planted_before_is_of_no_use_after(
    guest: TestClient, people: People
) -> None:
    planted = people.token("olga")
    guest.cookies.set(COOKIE, planted, domain="127.0.0.1", path="/")
    sign_in(guest, "ana")
    fresh = guest.cookies.get(COOKIE)
    assert fresh not in (None, planted)
    assert people.doors.session(planted) is None


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_a_wrong_password_is_told_in_the_same_words_for_any_name(
    guest: TestClient, name: str
) -> None:
    answer = sign_in(guest, name, "wrong")
    assert answer.status_code == 401
    assert 'role="alert">El nombre o la contraseña no son correctos.' in answer.text
    assert f'value="{name}"' in answer.text
    assert "wrong" not in answer.text
    assert "set-cookie" not in answer.headers


def test_what_was_typed_is_escaped(guest: TestClient) -> None:
    answer = sign_in(guest, '"><script>alert(1)</script>', "x", next='"><b>', lang='"><i>')
    assert answer.status_code == 401
    assert "<script>" not in answer.text
    assert "&quot;&gt;&lt;script&gt;" in answer.text
    assert '"><b>' not in answer.text
    assert '"><i>' not in answer.text


def test_too_many_failures_are_told_with_the_time_to_wait(guest: TestClient) -> None:
    answers = [sign_in(guest, "guessed", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 31
    assert "Demasiados intentos" in answers[-1].text


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        ("/password", "/password"),
        ("/", "/"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/password@evil.example", "/"),
        ("/login?code=x", "/"),
        ("", "/"),
    ],
)
def test_one_is_sent_on_to_pages_of_ours_alone(guest: TestClient, wanted: str, page: str) -> None:
    assert sign_in(guest, "ana", next=wanted).headers["location"] == page
    assert guest.get("/login", params={"next": wanted}).headers["location"] == page


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/login", "/logout", "/password"])
def test_no_other_site_can_sign_anybody_in_or_out(
    guest: TestClient, people: People, path: str, headers: dict[str, str]
) -> None:
    sign_in(guest, "ana")
    answer = guest.post(path, data={"name": "olga", "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    session = people.doors.session(guest.cookies[COOKIE])
    assert session is not None
    assert session.account.name == "ana"


def test_forms_name_their_origin(guest: TestClient) -> None:
    """Browsers send ``Origin: null`` from a page without a referrer, which is refused."""
    assert '<meta name="referrer" content="same-origin">' in guest.get("/login").text


def test_signing_out_ends_the_session_for_good(guest: TestClient, people: People) -> None:
    sign_in(guest, "ana")
    token = guest.cookies[COOKIE]
    answer = guest.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert COOKIE not in guest.cookies
    assert people.doors.session(token) is None
    assert guest.get("/").status_code == 303
    assert guest.post("/logout").status_code == 303


def test_an_address_alone_signs_nobody_out(guest: TestClient) -> None:
    sign_in(guest, "todas")
    assert guest.get("/logout").headers["location"] == "/password"
    assert guest.get("/").status_code == 200


def test_a_one_time_password_opens_nothing_but_its_change(
    guest: TestClient, people: People
) -> None:
    one_time = people.accounts.add("nueva")
    people.accounts.grant("nueva", Grant("agent", "staff"), TREE)
    assert one_time is not None
    sign_in(guest, "nueva", one_time)
    assert guest.get("/").headers["location"] == "/password"
    refused = ask(guest)
    assert refused.status_code == 403
    assert refused.text.count("\n") == 1
    assert guest.get("/gradio_api/info").status_code == 403
    assert "contraseña de un solo uso" in guest.get("/password").text
    form = {"current": one_time, "new": NEW, "again": NEW}
    assert guest.post("/password", data=form).headers["location"] == "/"
    assert guest.get("/").status_code == 200


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ({"current": PASSWORD, "new": NEW, "again": NEW + "x"}, "no son iguales"),
        ({"current": "wrong", "new": NEW, "again": NEW}, "actual no es correcta"),
        (
            {"current": PASSWORD, "new": "corta", "again": "corta"},
            "5 caracteres: use de 12 a 128",
        ),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "la misma que la actual"),
        (
            {"current": PASSWORD, "new": "contraseña2026", "again": "contraseña2026"},
            "la elige mucha gente",
        ),
    ],
)
def test_a_password_that_cannot_be_changed_is_told_why(
    guest: TestClient, form: dict[str, str], line: str
) -> None:
    sign_in(guest, "pablo")
    answer = guest.post("/password", data=form)
    assert answer.status_code == 422
    assert line in answer.text
    assert guest.get("/password").status_code == 200


def test_the_account_page_says_what_one_may_do(guest: TestClient) -> None:
    sign_in(guest, "ana")
    page = guest.get("/password").text
    assert "Ha entrado como Ana" in page
    assert "Agente: pregunta y lee las fuentes, para «levante»" in page
    assert page.count("<li>") == 1


def test_who_may_not_ask_is_told_so_and_can_leave(guest: TestClient) -> None:
    sign_in(guest, "adela")
    page = guest.get("/")
    assert page.status_code == 403
    assert "no es para su cuenta" in page.text
    assert 'action="/logout"' in page.text
    assert ask(guest).status_code == 403


def test_the_pages_speak_both_languages(guest: TestClient) -> None:
    assert 'lang="es"' in guest.get("/login").text
    english = guest.get("/login", headers={"accept-language": "en-GB"}).text
    assert 'lang="en"' in english
    assert "Account name" in english
    assert "Account name" in guest.get("/login?lang=en").text
    assert "not right" in sign_in(guest, "nobody-2", "x", lang="en").text


def test_a_key_is_good_for_programs_and_nowhere_else(guest: TestClient, people: People) -> None:
    shown = {"authorization": f"Bearer {people.key}"}
    assert ask(guest, **shown).status_code == 200
    assert guest.get("/", headers=shown).status_code == 303
    assert guest.get("/gradio_api/info", headers=shown).status_code == 401
    assert guest.get("/password", headers=shown).status_code == 303


@pytest.mark.parametrize(
    "shown", ["Bearer", "Bearer ", "Bearer voz_wrong", "Basic YTpi", "bearer\tx", "voz_x"]
)
def test_what_is_no_key_is_refused_even_beside_a_session(guest: TestClient, shown: str) -> None:
    assert ask(guest, authorization=shown).status_code == 401
    sign_in(guest, "ana")
    beside = ask(guest, authorization=shown).status_code
    assert beside == (401 if shown.lower().startswith("bearer ") or shown == "Bearer" else 200)


def test_what_is_taken_away_is_gone_with_the_next_request(
    guest: TestClient, people: People, double: PageDouble
) -> None:
    page = {"document": LEVANTE_PDF, "page": 1, "start": 0, "end": 24}
    key = people.accounts.add_key("temporal", Grant("agent", "levante"), TREE, owner="ana")
    shown = {"authorization": f"Bearer {key}"}
    sign_in(guest, "ana")
    join = {"session_hash": "t04", "fn_index": 0, "data": []}
    assert guest.get("/v1/page.png", params=page).status_code == 200
    people.accounts.revoke("ana", Grant("agent", "levante"))
    people.accounts.grant("ana", Grant("agent", "meridiano"), TREE)
    assert guest.get("/v1/page.png", params=page).status_code == 404
    assert guest.get("/v1/page.png", params=page, headers=shown).status_code == 404
    people.accounts.revoke("ana", Grant("agent", "meridiano"))
    assert guest.get("/v1/page.png", params=page).status_code == 403
    assert guest.post("/gradio_api/queue/join", json=join).status_code == 401
    assert guest.get("/").status_code == 403
    people.accounts.grant("ana", Grant("agent", "levante"), TREE)
    assert guest.get("/v1/page.png", params=page, headers=shown).status_code == 200
    people.accounts.disable("ana")
    assert guest.get("/v1/page.png", params=page).status_code == 401
    assert guest.get("/v1/page.png", params=page, headers=shown).status_code == 403
    people.accounts.enable("ana")
    assert guest.get("/v1/page.png", params=page).status_code == 401
    double.asked.clear()


def test_when_nobody_can_sign_in_it_is_told(
    guest: TestClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*arguments: object) -> str:
        raise RegisterLocked("the register is busy")

    monkeypatch.setattr(people.doors, "sign_in", busy)
    answer = sign_in(guest, "ana")
    assert answer.status_code == 503
    assert "Ahora no se puede entrar" in answer.text


def test_where_it_cannot_be_found_out_who_asks_nobody_gets_in(
    guest: TestClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*arguments: object) -> str:
        raise RegisterError("the register is damaged: move it away")

    sign_in(guest, "todas")
    monkeypatch.setattr(people.doors, "session", damaged)
    for answer in (guest.get("/"), ask(guest)):
        assert answer.status_code == 503
        assert answer.json()["error"].startswith("el registro no se puede usar ahora")


def test_the_first_start_says_once_how_to_get_in(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    told: list[str] = []
    _tell_first_administrator(settings, BASE, told.append)
    (link,) = [line.strip() for line in told if "code=" in line]
    assert link.startswith(f"{BASE}/login?code=")
    again: list[str] = []
    _tell_first_administrator(settings, BASE, again.append)
    assert again == []


def test_a_one_time_link_is_one_click_and_good_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with Accounts.open(settings) as accounts, SignIn.open(settings) as doors:
        first = accounts.first_administrator()
        assert first is not None
        app = create_app(PageDouble(tmp_path), Access(doors, lambda: TREE), settings)  # type: ignore[arg-type]
        here = TestClient(app, base_url=BASE, follow_redirects=False, headers=OWN)
        assert here.get(f"/login?code={first.code}").headers["location"] == "/"
        assert here.get("/").status_code == 200
        there = TestClient(app, base_url=BASE, follow_redirects=False, headers=OWN)
        used = there.get(f"/login?code={first.code}")
        assert used.status_code == 401
        assert "ya se usó" in used.text


@pytest.mark.parametrize(
    "address", ["voz.example.com", "ftp://voz.example.com", "https://", "https://a.example/voz"]
)
def test_a_public_address_that_cannot_be_used_is_one_line(
    people: People, double: PageDouble, address: str
) -> None:
    settings = people.settings.model_copy(update={"public_url": address})
    with pytest.raises(SettingsError, match="VOZ_PUBLIC_URL="):
        create_app(double, people.access, settings)  # type: ignore[arg-type]


def test_the_page_answers_to_its_public_address(people: People, double: PageDouble) -> None:
    settings = people.settings.model_copy(update={"public_url": "https://voz.example.com"})
    app = create_app(double, people.access, settings)  # type: ignore[arg-type]
    behind = TestClient(app, base_url=BASE, follow_redirects=False)
    for host, status in [("voz.example.com", 200), ("127.0.0.1", 200), ("x.example.com", 421)]:
        assert behind.get("/login", headers={"host": host}).status_code == status


def test_answers_are_made_for_whoever_asks_whatever_the_request_says(
    guest: TestClient, double: PageDouble
) -> None:
    sign_in(guest, "olga")
    body = {"question": "¿plazo?", "viewer": {"audiences": ["levante"]}}
    assert guest.post("/v1/ask", json=body).status_code == 422
    assert json.loads(ask(guest).text)["verdict"] == "answered"
    double.asked.clear()
