"""The web application's own rules, over scripted answers: routes, origins, headers, images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from assistant.shell.web import create_app, own_page
from knowledge.settings import Settings
from tests.e2e.page_double import HOSTILE, RETURNS_PDF, PageDouble
from tests.people import People

BASE = "http://127.0.0.1:7860"
OWN = {"origin": BASE, "sec-fetch-site": "same-origin"}
JOIN = "/gradio_api/queue/join"


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> PageDouble:
    return PageDouble(tmp_path_factory.mktemp("double"))


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    people = People(tmp_path_factory.mktemp("people"))
    yield people
    people.close()


@pytest.fixture(scope="module")
def client(double: PageDouble, people: People) -> Iterator[TestClient]:
    app = create_app(double, people.access, Settings())
    cookies = {COOKIE: people.token("todas")}
    with TestClient(app, base_url=BASE, cookies=cookies) as client:
        yield client


def page_image(client: TestClient, **changed: Any) -> Any:
    order = {"document": RETURNS_PDF, "page": 1, "start": 0, "end": 24, **changed}
    return client.get("/v1/page.png", params=order)


def test_health_says_that_it_lives_and_readiness_what_is_degraded(
    client: TestClient, double: PageDouble
) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    double.notice = "sin índice"
    assert client.get("/readyz").json() == {"status": "degraded", "notice": "sin índice"}
    double.notice = None


def test_the_page_names_no_other_site_and_its_scripts_have_the_nonce(client: TestClient) -> None:
    response = client.get("/")
    policy = response.headers["content-security-policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    bare = [tag for tag in re.findall(r"<script[^>]*>", response.text) if nonce not in tag]
    assert sorted(bare) == [
        '<script src="/voz/page.js" defer>',
        '<script type="application/json" id="draft-words">',  # data, which no browser runs
        '<script type="module" src="/voz/draft-box.js">',
    ]
    head = response.text.split("<body")[0].split("window.gradio_config")[0]
    assert "http://" not in head.replace(BASE, "")
    assert "https://" not in head
    assert '"run_history":false' in response.text.replace(" ", "")


def test_the_index_page_is_rewritten_only_where_needed() -> None:
    page = b'<head><meta property="og:url" content="https://x.example/" /></head><script>a</script>'
    ours = own_page(page, "abc")
    assert b"x.example" not in ours
    assert b'<script nonce="abc">a</script>' in ours
    assert b"/voz/page.css" in ours


def test_a_cited_page_is_a_png_with_the_headers_of_every_response(client: TestClient) -> None:
    response = page_image(client)
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"] == "no-store"
    assert 0.05 < float(response.headers["x-passage"]) < 0.2
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert response.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"document": "no/such.pdf"}, 404),
        ({"document": "../../etc/passwd"}, 404),
        ({"document": HOSTILE}, 404),
        ({"page": 0}, 422),
        ({"page": 99}, 422),
        ({"page": "x"}, 422),
        ({"start": -1}, 422),
        ({"end": 10**9}, 422),
        ({"start": 9, "end": 3}, 422),
    ],
)
def test_what_is_not_a_page_of_a_document_is_refused(
    client: TestClient, changed: dict[str, Any], status: int
) -> None:
    assert page_image(client, **changed).status_code == status


def test_another_site_cannot_show_a_cited_page(client: TestClient) -> None:
    order = {"document": RETURNS_PDF, "page": 1, "start": 0, "end": 24}
    response = client.get("/v1/page.png", params=order, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize("path", [JOIN, "/gradio_api/run/ask", "/gradio_api/reset", "/v1/ask"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9"},
        {"origin": BASE, "sec-fetch-site": "cross-site"},
        {"origin": BASE, "sec-fetch-site": "same-site"},
        {"content-type": "text/plain"},
    ],
)
def test_no_other_site_can_post(client: TestClient, path: str, headers: dict[str, str]) -> None:
    response = client.post(path, content=b"{}", headers=headers)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:7860"])
@pytest.mark.parametrize("path", ["/", "/config", "/healthz", "/theme.css"])
def test_no_other_origin_is_permitted(client: TestClient, path: str, origin: str) -> None:
    response = client.get(path, headers={"origin": origin})
    assert "access-control-allow-origin" not in response.headers
    preflight = client.options(
        path, headers={"origin": origin, "access-control-request-method": "POST"}
    )
    assert "access-control-allow-origin" not in preflight.headers


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/file=/etc/passwd",
        "/monitoring",
        "/gradio_api/openapi.json",
        "/gradio_api/runs",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/gradio_api/mcp/",
    ],
)
def test_what_the_page_does_not_need_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_handler_is_a_public_function(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert info["named_endpoints"] == {}
    assert info["unnamed_endpoints"] == {}


def test_calling_a_handler_by_name_gives_nothing(client: TestClient, double: PageDouble) -> None:
    for name in ("ask", "click", "renew", "predict"):
        body = {"data": ["hola", None, "es"]}
        response = client.post(f"/gradio_api/run/{name}", json=body, headers=OWN)
        assert response.status_code >= 400
    assert double.asked == []


def test_style_and_script_are_files_of_our_own(client: TestClient) -> None:
    for name in ("page.css", "page.js", "mark.svg"):
        assert client.get(f"/voz/{name}").status_code == 200
    assert client.get("/favicon.ico").headers["content-type"] == "image/svg+xml"
    assert client.get("/voz/%2e%2e/guard.py").status_code == 404


def test_programs_get_the_same_answer_as_json(client: TestClient, double: PageDouble) -> None:
    history = [{"role": "agent", "text": "¿plazo?"}]
    response = client.post("/v1/ask", json={"question": "¿y abierto?", "history": history})
    assert response.status_code == 200
    answer = response.json()
    assert answer["verdict"] == "answered"
    cited = answer["statements"][0]["citations"][0]
    text = double.documents[cited["document"]].text
    assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert [turn.text for turn in double.asked[-1][1]] == ["¿plazo?"]
    double.asked.clear()


def test_programs_give_a_case_and_get_its_deadlines(client: TestClient) -> None:
    case = {"delivered": "2026-03-10", "purchased": "2026-03-02"}
    answer = client.post("/v1/ask", json={"question": "¿plazo?", "case": case}).json()
    assert answer["on"] == "2026-03-02"
    facts = {fact["rule"]["high"]: fact for fact in answer["case_facts"]}
    assert facts[14]["last_day"] == "2026-03-24"
    assert facts[14]["conditions"][0]["state"] == "met"
    asked = client.post("/v1/ask", json={"question": "¿plazo?", "case": {}}).json()
    assert asked["case_facts"][0]["text"] == "¿En qué fecha lo recibió?"
    assert client.post("/v1/ask", json={"question": "¿plazo?"}).json()["case_facts"] is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": "¿plazo?", "case": {"colour": "red"}},
        {"question": "¿plazo?", "case": {"delivered": "2026-02-30"}},
        {"question": "¿plazo?", "case": {"delivered": 3}},
        {"question": "¿plazo?", "case": ["delivered"]},
        {"question": 3},
        {"question": "¿plazo?", "viewer": "admin"},
        {"question": "¿plazo?", "history": [{"role": "system", "text": "x"}]},
        {"question": "¿plazo?", "history": [{"role": "agent", "text": "x" * 8001}]},
        {"question": "esto da error"},
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 422
    assert "Traceback" not in response.text
