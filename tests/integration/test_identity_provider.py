"""Signing in with an identity provider that really signs: what is accepted, and all that is not."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.shell.access import COOKIE
from assistant.shell.provider_settings import parse_grants, provider_settings
from assistant.shell.web import create_app
from knowledge.errors import SettingsError
from knowledge.identity.access import Grant
from knowledge.settings import Settings
from tests.e2e.page_double import PageDouble
from tests.integration.identity_provider import (
    CLIENT,
    SECRET,
    Claims,
    IdentityProvider,
    served,
    strangers_key,
)
from tests.people import People

BASE = "http://127.0.0.1:7860"
GRANTS = "contact-agents=agent@levante, kb=manager@staff, kb=qa@staff"


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with served(IdentityProvider()) as provider:
        yield provider


@pytest.fixture
def provider(running: IdentityProvider) -> IdentityProvider:
    running.reset()
    return running


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    people = People(tmp_path_factory.mktemp("people"))
    yield people
    people.close()


@pytest.fixture(scope="module")
def app(people: People, running: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Any:
    settings = people.settings.model_copy(
        update={
            "port": 7860,
            "oidc_issuer": running.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SecretStr(SECRET),
            "oidc_grants": GRANTS,
        }
    )
    return create_app(PageDouble(tmp_path_factory.mktemp("double")), people.access, settings)


@pytest.fixture
def guest(app: Any) -> TestClient:
    """A browser that nobody has signed in with."""
    return TestClient(app, base_url=BASE, follow_redirects=False)


def away(guest: TestClient) -> str:
    """Off to the provider; the address it sends back to."""
    left = guest.get("/login/oidc")
    assert left.status_code == 303
    with httpx2.Client(trust_env=False) as client:
        back = client.get(left.headers["location"])
    assert back.status_code == 302
    return str(back.headers["location"])


def come_back(guest: TestClient, address: str) -> Any:
    return guest.get(address.removeprefix(BASE))


def account_of(people: People, guest: TestClient) -> Any:
    session = people.doors.session(guest.cookies.get(COOKIE) or "")
    return session.account if session else None


def assert_refused(people: People, guest: TestClient, answer: Any, status: int = 401) -> None:
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert COOKIE not in guest.cookies
    assert account_of(people, guest) is None


def test_somebody_with_a_group_is_in_with_what_the_group_gives(
    guest: TestClient, people: People, provider: IdentityProvider
) -> None:
    answer = come_back(guest, away(guest))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    account = account_of(people, guest)
    assert (account.name, account.display_name, account.provider) == (
        "eva",
        "Eva Pérez",
        provider.issuer,
    )
    assert account.grants == {Grant("agent", "levante")}
    assert "voz_handshake" not in guest.cookies


def test_what_is_sent_is_bound_to_this_browser_and_to_one_address(
    guest: TestClient, provider: IdentityProvider
) -> None:
    left = guest.get("/login/oidc", headers={"x-forwarded-host": "evil.example"})
    asked = {k: v[0] for k, v in parse_qs(urlsplit(left.headers["location"]).query).items()}
    assert asked["redirect_uri"] == f"{BASE}/login/oidc/callback"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    cookie = left.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/login/oidc/callback" in cookie
    other = guest.get("/login/oidc").headers["location"]
    assert other != left.headers["location"]


def test_groups_are_read_anew_at_each_sign_in(
    guest: TestClient, people: People, provider: IdentityProvider
) -> None:
    come_back(guest, away(guest))
    provider.person["groups"] = "kb"
    come_back(guest, away(guest))
    assert account_of(people, guest).grants == {Grant("manager", "staff"), Grant("qa", "staff")}
    provider.person["groups"] = ["strangers"]
    guest.cookies.clear()
    assert_refused(people, guest, come_back(guest, away(guest)), 403)


@pytest.mark.parametrize("groups", [None, 7, {}, [], ["agent@levante"], ["contact-agents "]])
def test_what_is_no_known_group_gives_nothing(
    guest: TestClient, people: People, provider: IdentityProvider, groups: Any
) -> None:
    provider.person.update(sub="stranger", groups=groups)
    assert_refused(people, guest, come_back(guest, away(guest)), 403)


def bent(**changed: Any) -> Callable[[Claims], Claims]:
    """Claims changed; `None` leaves one out, a time is seconds from now."""

    def said(value: Any) -> Any:
        return int(time.time() + value.total_seconds()) if isinstance(value, timedelta) else value

    return lambda claims: {
        name: said(value) for name, value in {**claims, **changed}.items() if value is not None
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": []},
        {"aud": None},
        {"aud": ["voz", "another"]},
        {"aud": ["voz", "another"], "azp": "another"},
        {"azp": "another"},
        {"nonce": "another"},
        {"nonce": ""},
        {"nonce": None},
        {"exp": timedelta(hours=-1)},
        {"exp": None},
        {"exp": "soon"},
        {"iat": timedelta(hours=1)},
        {"iat": None},
        {"nbf": timedelta(hours=1)},
        {"sub": None},
        {"sub": ""},
        {"sub": 42},
    ],
    ids=str,
)
def test_a_token_that_says_something_else_is_refused(
    guest: TestClient, people: People, provider: IdentityProvider, changed: Claims
) -> None:
    provider.bend = bent(**changed)
    assert_refused(people, guest, come_back(guest, away(guest)))


def segment(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def unsigned(provider: IdentityProvider, claims: Claims) -> str:
    return f"{segment({'alg': 'none'})}.{segment(claims)}."


def signed_by_a_stranger(provider: IdentityProvider, claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, strangers_key())


def with_its_own_key(provider: IdentityProvider, claims: Claims) -> str:
    key = strangers_key()
    header = {"alg": "RS256", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, claims, key)


def with_the_public_key_as_a_secret(provider: IdentityProvider, claims: Claims) -> str:
    told = f"{segment({'alg': 'HS256', 'kid': 'first'})}.{segment(claims)}"
    secret = provider.keys.keys[0].as_pem(private=False)
    signature = hmac.digest(secret, told.encode(), "sha256")
    return f"{told}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def with_another_strength(provider: IdentityProvider, claims: Claims) -> str:
    return provider.signed(claims, alg="RS512")


def with_an_unknown_key(provider: IdentityProvider, claims: Claims) -> str:
    key = RSAKey.generate_key(2048, {"kid": "unknown"})
    return jwt.encode({"alg": "RS256", "kid": "unknown"}, claims, key)


def changed_after_signing(provider: IdentityProvider, claims: Claims) -> str:
    header, _, signature = provider.signed(claims).split(".")
    return f"{header}.{segment({**claims, 'sub': '1'})}.{signature}"


def without_signature(provider: IdentityProvider, claims: Claims) -> str:
    return provider.signed(claims).rsplit(".", 1)[0] + "."


def that_is_no_token(provider: IdentityProvider, claims: Claims) -> str:
    return "no token at all"


def that_must_be_understood(provider: IdentityProvider, claims: Claims) -> str:
    header = {"alg": "RS256", "kid": "first", "crit": ["x"], "x": 1}
    told = f"{segment(header)}.{segment(claims)}"
    key = provider.keys.keys[0].private_key
    signature = key.sign(told.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{told}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


@pytest.mark.parametrize(
    "forged",
    [
        unsigned,
        signed_by_a_stranger,
        with_its_own_key,
        with_the_public_key_as_a_secret,
        with_another_strength,
        with_an_unknown_key,
        changed_after_signing,
        without_signature,
        that_is_no_token,
        that_must_be_understood,
    ],
)
def test_a_forged_token_is_refused(
    guest: TestClient,
    people: People,
    provider: IdentityProvider,
    forged: Callable[[IdentityProvider, Claims], str],
) -> None:
    sent: list[str] = []
    provider.sign = lambda claims: sent.append(forged(provider, claims)) or sent[-1]  # type: ignore[func-returns-value]
    assert_refused(people, guest, come_back(guest, away(guest)))
    assert len(sent) == 1


def test_an_answer_is_good_once(
    guest: TestClient, people: People, provider: IdentityProvider
) -> None:
    address = away(guest)
    kept = guest.cookies.get("voz_handshake")
    come_back(guest, address)
    assert account_of(people, guest)
    guest.cookies.clear()
    assert_refused(people, guest, come_back(guest, address))
    guest.cookies.set("voz_handshake", str(kept))
    assert_refused(people, guest, come_back(guest, address))


def test_an_answer_is_good_in_the_browser_that_asked_only(
    app: Any, guest: TestClient, people: People, provider: IdentityProvider
) -> None:
    address = away(guest)
    other = TestClient(app, base_url=BASE, follow_redirects=False)
    assert_refused(people, other, come_back(other, address))
    away(other)
    assert_refused(people, other, come_back(other, address))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "another"},
        {"state": ""},
        {"state": "é"},
        {"code": ""},
        {"code": "made-up"},
        {"iss": "https://other.example"},
        {"error": "access_denied"},
    ],
    ids=str,
)
def test_an_answer_that_was_changed_is_refused(
    guest: TestClient, people: People, provider: IdentityProvider, change: dict[str, str]
) -> None:
    parts = urlsplit(away(guest))
    query = {k: v[0] for k, v in parse_qs(parts.query).items()} | change
    assert_refused(people, guest, guest.get("/login/oidc/callback", params=query))


def test_a_code_is_not_redeemed_with_another_verifier(
    guest: TestClient, people: People, provider: IdentityProvider
) -> None:
    address = away(guest)
    state, nonce, _ = str(guest.cookies.get("voz_handshake")).split(".")
    guest.cookies.clear()
    guest.cookies.set("voz_handshake", f"{state}.{nonce}.{'x' * 64}")
    assert_refused(people, guest, come_back(guest, address))
    assert provider.requests[-1]["code_verifier"] == "x" * 64


@pytest.mark.parametrize("kept", ["", "x", "a.b", "a.b.c.d", "..", "a.b.c"])
def test_a_cookie_that_was_not_given_is_no_help(
    guest: TestClient, people: People, provider: IdentityProvider, kept: str
) -> None:
    address = away(guest)
    guest.cookies.clear()
    guest.cookies.set("voz_handshake", kept)
    assert_refused(people, guest, come_back(guest, address))


def test_new_keys_of_the_provider_are_found(
    guest: TestClient, people: People, provider: IdentityProvider, monkeypatch: Any
) -> None:
    from assistant.shell import oidc

    come_back(guest, away(guest))
    guest.cookies.clear()
    monkeypatch.setattr(oidc, "_FETCH_AGAIN_S", 0.0)
    old = provider.keys
    provider.keys = KeySet([RSAKey.generate_key(2048, {"kid": "second"})])
    try:
        come_back(guest, away(guest))
        assert account_of(people, guest)
    finally:
        provider.keys = old
        guest.cookies.clear()
        come_back(guest, away(guest))


def test_a_provider_that_is_down_is_told_and_passwords_go_on(
    app: Any, people: People, provider: IdentityProvider, tmp_path: Any
) -> None:
    fresh = create_app(
        PageDouble(tmp_path),
        people.access,
        people.settings.model_copy(
            update={
                "oidc_issuer": provider.issuer,
                "oidc_client_id": CLIENT,
                "oidc_grants": GRANTS,
            }
        ),
    )
    guest = TestClient(fresh, base_url=BASE, follow_redirects=False)
    for wrong in ({"down": True}, {"metadata": {"issuer": "https://other.example"}}):
        provider.reset()
        for name, value in wrong.items():
            setattr(provider, name, value)
        assert_refused(people, guest, guest.get("/login/oidc"), 503)
    provider.reset()
    provider.metadata = {"token_endpoint": "http://other.example/token"}
    assert_refused(people, guest, guest.get("/login/oidc"), 503)
    form = {"name": "ana", "password": "mesa lluvia tren botella"}
    signed_in = guest.post("/login", data=form, headers={"origin": BASE})
    assert signed_in.status_code == 303


def test_the_sign_in_page_offers_the_provider_where_there_is_one(guest: TestClient) -> None:
    assert 'href="/login/oidc"' in guest.get("/login").text


# Settings


def agreed(**given: Any) -> Any:
    return provider_settings(Settings(**given), f"{BASE}/login/oidc/callback")


def test_without_an_issuer_there_is_no_provider() -> None:
    assert agreed() is None


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"oidc_client_id": None}, "VOZ_OIDC_CLIENT_ID or VOZ_OIDC_GRANTS"),
        ({"oidc_grants": None}, "VOZ_OIDC_CLIENT_ID or VOZ_OIDC_GRANTS"),
        ({"oidc_issuer": "http://id.example"}, "VOZ_OIDC_ISSUER is 'http://id.example'"),
        ({"oidc_issuer": "id.example"}, "https:// is needed"),
        ({"oidc_grants": "agents"}, "'agents' is not GROUP=ROLE@AUDIENCE"),
        ({"oidc_grants": "agents=boss@staff"}, "no grant"),
    ],
)
def test_settings_of_a_provider_that_cannot_be_used_are_one_line(
    given: dict[str, Any], line: str
) -> None:
    good = {
        "oidc_issuer": "https://id.example",
        "oidc_client_id": CLIENT,
        "oidc_grants": "a=agent@staff",
    }
    assert agreed(**good).client_secret is None
    with pytest.raises(SettingsError, match=line):
        agreed(**{**good, **given})


def test_a_group_may_give_several_roles_and_have_an_equals_sign() -> None:
    assert parse_grants("cn=kb=agent@staff, ,b=qa@staff ,b=agent@staff") == {
        "cn=kb": {Grant("agent", "staff")},
        "b": {Grant("qa", "staff"), Grant("agent", "staff")},
    }


def test_the_secret_is_not_shown_with_the_settings() -> None:
    assert "agreed" not in repr(Settings(oidc_client_secret=SecretStr("agreed")))
