"""Signing in with an identity provider: OpenID Connect, authorization code with PKCE.

Authlib makes and redeems the code, joserfc checks the signature of the token; the rules are here:
one issuer, fixed algorithms, state, nonce, and a redirect that no request can change.
https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
"""

from __future__ import annotations

import hmac
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from httpx2 import AsyncClient, HTTPError
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from assistant.shell.provider_settings import ProviderSettings, check_address
from knowledge.errors import AccessRefused, KnowledgeBaseError
from knowledge.identity.sign_in import Identity

logger = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures with a public key. The provider's own list is not asked, nor the token's header."""

_LEEWAY_S = 60
_CONNECTION: dict[str, Any] = {"timeout": 10.0, "follow_redirects": False, "trust_env": False}
_KEEP_S = 3600.0
_FETCH_AGAIN_S = 60.0
_MAX_GROUPS = 500


@dataclass(frozen=True)
class Handshake:
    """What the browser keeps while somebody is away at the provider."""

    state: str
    nonce: str
    verifier: str

    def text(self) -> str:
        """As the value of a cookie; the parts are URL-safe."""
        return f"{self.state}.{self.nonce}.{self.verifier}"

    @classmethod
    def of(cls, text: str) -> Handshake:
        """Read back from `text`.

        Raises:
            AccessRefused: it is something else.
        """
        parts = text.split(".")
        if len(parts) != 3 or not all(parts):
            raise AccessRefused("this sign-in was not begun in this browser: begin it again")
        return cls(*parts)


class Provider:
    """One identity provider. What it says of itself is kept for an hour."""

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings
        self._metadata: dict[str, Any] | None = None
        self._keys: KeySet | None = None
        self._metadata_at = self._keys_at = float("-inf")

    async def begin(self) -> tuple[str, Handshake]:
        """The address to send somebody to, and what their browser has to keep.

        Raises:
            KnowledgeBaseError: the provider cannot be reached or understood.
        """
        shake = Handshake(generate_token(43), generate_token(43), generate_token(64))
        endpoint = (await self._about())["authorization_endpoint"]
        async with self._client() as client:
            address, _ = client.create_authorization_url(
                endpoint, state=shake.state, nonce=shake.nonce, code_verifier=shake.verifier
            )
        return str(address), shake

    async def finish(self, returned: Mapping[str, str], kept: str) -> Identity:
        """Who came back from the provider.

        Args:
            returned: the parameters of the address they came back to.
            kept: what their browser kept, the handshake's text.

        Raises:
            AccessRefused: it is not the answer to what was asked, or not the provider's.
            KnowledgeBaseError: the provider cannot be reached or understood.
        """
        shake = Handshake.of(kept)
        if not hmac.compare_digest(returned.get("state", "").encode(), shake.state.encode()):
            raise AccessRefused("this sign-in was not begun in this browser: begin it again")
        if returned.get("iss", self._settings.issuer) != self._settings.issuer:
            raise AccessRefused("the answer is of another identity provider")  # RFC 9207
        if "error" in returned or not returned.get("code"):
            raise AccessRefused("the identity provider did not let this person in")
        token = await self._redeem(returned["code"], shake)
        claims = await self._checked(token, shake.nonce)
        return identity_of(claims, self._settings)

    async def _redeem(self, code: str, shake: Handshake) -> str:
        endpoint = (await self._about())["token_endpoint"]
        try:
            async with self._client() as client:
                answer = await client.fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=shake.verifier,
                )
        except OAuthError as error:
            raise AccessRefused(f"the identity provider refused the code: {error}") from error
        except (HTTPError, ValueError) as error:
            raise _unreachable(self._settings.issuer, error) from error
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise AccessRefused("the identity provider sent no token that says who it is")
        return token

    async def _checked(self, token: str, nonce: str) -> dict[str, Any]:
        """The claims of a token that the provider signed for us, now, for this sign-in."""
        try:
            try:
                decoded = jwt.decode(token, await self._signing_keys(), algorithms=ALGORITHMS)
            except InvalidKeyIdError:  # the provider may have new keys
                keys = await self._signing_keys(anew=True)
                decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
            self._rules(nonce).validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise AccessRefused(f"the identity provider's token is not good: {error}") from error
        claims: dict[str, Any] = decoded.claims
        parties = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if (len(parties) > 1 or "azp" in claims) and claims.get("azp") != self._settings.client_id:
            raise AccessRefused("the identity provider's token was made for another application")
        return claims

    def _rules(self, nonce: str) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )

    async def _signing_keys(self, *, anew: bool = False) -> KeySet:
        age = time.monotonic() - self._keys_at
        if self._keys is None or age > (_FETCH_AGAIN_S if anew else _KEEP_S):
            found = await self._fetch((await self._about())["jwks_uri"])
            self._keys = KeySet.import_key_set(found)  # type: ignore[arg-type]
            self._keys_at = time.monotonic()
        return self._keys

    async def _about(self) -> dict[str, Any]:
        """What the provider says of itself, its addresses checked."""
        if self._metadata is None or time.monotonic() - self._metadata_at > _KEEP_S:
            issuer = self._settings.issuer
            found = await self._fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise KnowledgeBaseError(
                    f"the identity provider at {issuer} calls itself {found.get('issuer')!r}: "
                    "set VOZ_OIDC_ISSUER to exactly that, if it is the right one"
                )
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                check_address(str(found.get(name)), f"{name} of {issuer}")
            self._metadata, self._metadata_at = found, time.monotonic()
        return self._metadata

    async def _fetch(self, address: str) -> dict[str, Any]:
        try:
            async with AsyncClient(**_CONNECTION) as client:
                answer = await client.get(address)
            answer.raise_for_status()
            found = json.loads(answer.content)
        except (HTTPError, ValueError) as error:
            raise _unreachable(address, error) from error
        if not isinstance(found, dict):
            raise _unreachable(address, ValueError("no JSON object"))
        return found

    def _client(self) -> AsyncOAuth2Client:
        secret = self._settings.client_secret
        return AsyncOAuth2Client(
            client_id=self._settings.client_id,
            client_secret=secret,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            redirect_uri=self._settings.redirect,
            scope="openid profile email",
            code_challenge_method="S256",
            **_CONNECTION,
        )


def identity_of(claims: Mapping[str, Any], settings: ProviderSettings) -> Identity:
    """Who a checked token is about, and what their groups give."""
    subject = str(claims["sub"])
    told = claims.get(settings.groups_claim, [])
    groups = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    given = [settings.grants.get(str(group), frozenset()) for group in groups[:_MAX_GROUPS]]
    name = claims.get("preferred_username") or claims.get("email") or subject
    return Identity(
        issuer=settings.issuer,
        subject=subject,
        name=str(name)[:200],
        display_name=str(claims.get("name") or name)[:200],
        grants=frozenset(grant for grants in given for grant in grants),
    )


def _unreachable(address: str, error: Exception) -> KnowledgeBaseError:
    return KnowledgeBaseError(
        f"the identity provider at {address} cannot be reached or understood "
        f"({type(error).__name__}: {error}); accounts with a password can sign in meanwhile"
    )
