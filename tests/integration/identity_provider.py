"""A small identity provider on this machine: real codes, real signatures, real HTTP.

What it says can be bent, to see that nothing but the truth is accepted.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.responses import JSONResponse, RedirectResponse, Response

CLIENT, SECRET = "voz", "a secret agreed with the provider"

Claims = dict[str, Any]


@dataclass
class IdentityProvider:
    """Answers as OpenID Connect wants it, for whoever `person` is at the moment.

    Attributes:
        issuer: its address.
        person: claims about whoever signs in next.
        bend: changes the claims before they are signed.
        sign: makes the token of claims; by default with the published key, RS256.
        metadata: changes what it says of itself.
        down: whether it answers nothing but 503.
        requests: of tokens, with what was sent.
    """

    issuer: str = ""
    person: Claims = field(default_factory=dict)
    bend: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] | None = None
    metadata: Claims = field(default_factory=dict)
    down: bool = False
    requests: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = KeySet([RSAKey.generate_key(2048, {"kid": "first"})])
        self._codes: dict[str, dict[str, str]] = {}

    def reset(self) -> None:
        """Tell the truth again."""
        self.bend, self.sign, self.metadata, self.down = lambda claims: claims, None, {}, False
        self.person = {
            "sub": "42",
            "preferred_username": "eva",
            "name": "Eva Pérez",
            "groups": ["contact-agents"],
        }
        self.requests.clear()

    def signed(self, claims: Claims, *, alg: str = "RS256") -> str:
        """A token with the published key."""
        key = self.keys.keys[0]
        return jwt.encode({"alg": alg, "kid": key.kid}, claims, key, algorithms=[alg])

    def app(self) -> FastAPI:
        """The provider as an application."""
        app = FastAPI()

        @app.middleware("http")
        async def may_be_down(request: Request, call: Any) -> Response:
            return Response(status_code=503) if self.down else await call(request)

        @app.get("/.well-known/openid-configuration")
        def about() -> Claims:
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.metadata,
            }

        @app.get("/keys")
        def keys() -> Claims:
            return dict(self.keys.as_dict(private=False))

        @app.get("/authorize")
        def authorize(request: Request) -> Response:
            asked = dict(request.query_params)
            code = secrets.token_urlsafe(16)
            self._codes[code] = asked
            back = {"code": code, "state": asked["state"], "iss": self.issuer}
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = {name: str(value) for name, value in (await request.form()).items()}
            self.requests.append(form)
            asked = self._codes.pop(form.get("code", ""), None)
            if asked is None or not self._entitled(request, form, asked):
                return JSONResponse({"error": "invalid_grant"}, 400)
            return JSONResponse(
                {
                    "access_token": "unused",
                    "token_type": "Bearer",
                    "id_token": self._token(asked),
                }
            )

        return app

    def _entitled(self, request: Request, form: dict[str, str], asked: dict[str, str]) -> bool:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "+").encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return (
            request.headers.get("authorization") in (f"Basic {basic}", f"Basic {plain}")
            and form.get("grant_type") == "authorization_code"
            and form.get("redirect_uri") == asked["redirect_uri"]
            and asked.get("code_challenge_method") == "S256"
            and asked.get("code_challenge") == challenge
        )

    def _token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = self.bend(
            {
                "iss": self.issuer,
                "aud": asked["client_id"],
                "iat": now,
                "exp": now + 300,
                "nonce": asked["nonce"],
                **self.person,
            }
        )
        return (self.sign or self.signed)(claims)


def strangers_key() -> RSAKey:
    """A key that the provider has not published, under the same name."""
    return RSAKey.generate_key(2048, {"kid": "first"})


@contextmanager
def served(provider: IdentityProvider) -> Iterator[IdentityProvider]:
    """The provider on a free port of this machine, in a thread."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        provider.issuer = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(provider.app(), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield provider
        server.should_exit = True
        thread.join(10)
