"""Hosts, origins, sizes and headers of every request."""

from __future__ import annotations

import itertools

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.shell.guard import (
    MAX_BODY_BYTES,
    Guard,
    content_policy,
    frame_ancestors,
    host_allowed,
    host_name,
    known_hosts,
    origin_allowed,
    path_open,
)
from knowledge.errors import SettingsError
from knowledge.settings import Settings

HOSTS = known_hosts("127.0.0.1")


async def echo(request: Request) -> PlainTextResponse:
    body = await request.body()
    return PlainTextResponse(str(len(body)), headers={"Access-Control-Allow-Origin": "*"})


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=[Route("/v1/echo", echo, methods=["GET", "POST"])])
    return TestClient(Guard(app, HOSTS), base_url="http://127.0.0.1:7860")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost:7860", "localhost"),
        ("LOCALHOST", "localhost"),
        ("[::1]:7860", "::1"),
        ("localhost.", "localhost"),
        ("a@localhost", ""),
        ("localhost/evil", ""),
        ("localhost:x", ""),
        ("[::1", ""),
        ("", ""),
    ],
)
def test_the_host_is_read_from_its_header(header: str, name: str) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    "header",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "10.0.0.9", ""],
)
def test_other_hosts_are_refused(header: str) -> None:
    assert not host_allowed(header, HOSTS, "127.0.0.1")


def test_a_server_on_every_address_answers_to_the_one_a_request_came_to() -> None:
    hosts = known_hosts("0.0.0.0")
    assert host_allowed("10.0.0.9:7860", hosts, "10.0.0.9")
    assert not host_allowed("10.0.0.8:7860", hosts, "10.0.0.9")
    assert not host_allowed("evil.example", hosts, "10.0.0.9")
    assert "0.0.0.0" not in hosts


OWN = "http://127.0.0.1:7860"
FOREIGN_SITES = ("cross-site", "same-site", "", "nonsense")
FOREIGN_ORIGINS = (
    "null",
    "https://evil.example",
    "http://127.0.0.1:7861",
    "http://127.0.0.1",
    "http://localhost:7860",
    "http://127.0.0.1:7860.evil.example",
    "http://evil.example@127.0.0.1:7860",
    "file://127.0.0.1:7860",
    "127.0.0.1:7860",
    "",
)
FOREIGN = [
    *({"sec-fetch-site": site, "origin": OWN} for site in FOREIGN_SITES),
    *({"sec-fetch-site": "same-origin", "origin": origin} for origin in FOREIGN_ORIGINS),
    *({"origin": origin} for origin in FOREIGN_ORIGINS),
    {},
    {"content-type": "text/plain"},
    {"content-type": "multipart/form-data; boundary=x"},
]


@pytest.mark.parametrize(
    ("method", "headers"), list(itertools.product(["POST", "PUT", "DELETE", "PATCH"], FOREIGN))
)
def test_no_other_site_can_change_anything(method: str, headers: dict[str, str]) -> None:
    assert not origin_allowed(method, {"host": "127.0.0.1:7860", **headers})


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": OWN},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": OWN},
        {"origin": "https://127.0.0.1:7860"},
        {"content-type": "application/json"},
        {"authorization": "Bearer a-key", "content-type": "multipart/form-data; boundary=x"},
    ],
)
def test_our_page_and_programs_are_accepted(headers: dict[str, str]) -> None:
    assert origin_allowed("POST", {"host": "127.0.0.1:7860", **headers})


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://evil.example",
        "/file=/etc/passwd",
        "/monitoring",
        "/gradio_api/runs",
        "/gradio_api/vibe-edit",
        "/gradio_api/component_server",
        "/gradio_api/dev/reload",
        "/docs",
        "/openapi.json",
        "/voz/../guard.py",
    ],
)
def test_routes_the_page_does_not_need_are_closed(path: str) -> None:
    assert not path_open(path)


def test_every_answer_carries_the_headers_and_no_foreign_permission(client: TestClient) -> None:
    for path in ("/v1/echo", "/nothing"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_the_policy_lets_no_inline_script_run_without_its_nonce() -> None:
    directives = dict(part.split(" ", 1) for part in content_policy("abc").split("; "))
    assert directives["script-src"] == "'self' 'nonce-abc' 'unsafe-eval'"
    assert directives["connect-src"] == "'self'"
    assert "http" not in content_policy("abc")


def test_the_managers_page_runs_nothing_but_files_of_our_own(client: TestClient) -> None:
    policy = client.get("/manage").headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy


def test_every_response_has_a_nonce_of_its_own(client: TestClient) -> None:
    policies = {client.get("/v1/echo").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_refusals_are_one_line(client: TestClient) -> None:
    json = {"content-type": "application/json"}
    foreign = client.post("/v1/echo", headers={"origin": "https://evil.example"}, content=b"{}")
    assert (foreign.status_code, foreign.text.count("\n")) == (403, 1)
    assert client.get("/v1/echo", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/gradio_api/upload").status_code == 404
    assert client.post("/v1/echo", headers=json, content=b"{}").text == "2"


def test_a_large_body_is_refused_announced_or_not(client: TestClient) -> None:
    json = {"content-type": "application/json"}
    body = b"x" * (MAX_BODY_BYTES + 1)
    assert client.post("/v1/echo", headers=json, content=body).status_code == 413
    pieces = (body[i : i + 65536] for i in range(0, len(body), 65536))
    assert client.post("/v1/echo", headers=json, content=pieces).status_code == 413
    assert client.post("/v1/echo", headers=json, content=body[1:]).status_code == 200


def test_one_path_takes_larger_bodies_than_the_others() -> None:
    routes = [Route(path, echo, methods=["POST"]) for path in ("/v1/large", "/v1/other")]
    guard = Guard(Starlette(routes=routes), HOSTS, {"/v1/large": MAX_BODY_BYTES + 1})
    client = TestClient(guard, base_url="http://127.0.0.1:7860", headers={"origin": OWN})
    body = b"x" * (MAX_BODY_BYTES + 1)
    assert client.post("/v1/large", content=body).text == str(len(body))
    assert client.post("/v1/large", content=body + b"x").status_code == 413
    assert client.post("/v1/other", content=body).status_code == 413


def test_a_page_of_another_system_shows_the_contact_s_page_alone() -> None:
    framed = Guard(Starlette(), HOSTS, frames=("https://crm.example.com",))
    client = TestClient(framed, base_url="http://127.0.0.1:7860")
    for path in ("/contact", "/login"):
        headers = client.get(path).headers
        assert "frame-ancestors https://crm.example.com" in headers["content-security-policy"]
        assert "x-frame-options" not in headers
    for path in ("/", "/manage", "/v1/echo"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "origins",
    [
        "http://crm.example.com",
        "https://crm.example.com/path",
        "https://crm.example.com; script-src *",
        "https://user@crm.example.com",
        "*",
        "https://*.example.com",
        "crm.example.com",
        "https://crm.example.com,http://crm.example.com",
    ],
)
def test_only_https_origins_may_frame_the_page(origins: str) -> None:
    settings = Settings(frame_ancestors=origins, public_url="https://voz.example.com")
    with pytest.raises(SettingsError, match="VOZ_FRAME_ANCESTORS="):
        frame_ancestors(settings)


def test_a_page_that_is_not_encrypted_is_shown_in_no_frame() -> None:
    origins = "https://crm.example.com, https://crm.example.org:8443"
    with pytest.raises(SettingsError, match="VOZ_PUBLIC_URL"):
        frame_ancestors(Settings(frame_ancestors=origins))
    encrypted = Settings(frame_ancestors=origins, public_url="https://voz.example.com")
    assert frame_ancestors(encrypted) == ("https://crm.example.com", "https://crm.example.org:8443")
    assert frame_ancestors(Settings()) == ()
