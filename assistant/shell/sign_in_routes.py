"""``/login``, ``/logout`` and ``/password``, and the way over an identity provider."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import FastAPI
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.refusals import because
from assistant.shell.access import COOKIE, Access, visitor_of
from assistant.shell.gate import LOGIN, LOGOUT, PAGES, PASSWORD, PROVIDER, PROVIDER_RETURN
from assistant.shell.guard import frame_ancestors
from assistant.shell.pages.sign_in import account_page, sign_in_page
from assistant.shell.telling import told
from assistant.shell.texts import preferred_language, say
from knowledge.errors import AccessRefused, KnowledgeBaseError, SettingsError, TooManyTries
from knowledge.models import Language
from knowledge.settings import Settings

if TYPE_CHECKING:  # its libraries load only where there is a provider
    from assistant.shell.oidc import Provider

T = TypeVar("T")
logger = logging.getLogger(__name__)

_HANDSHAKE = "voz_handshake"
_HANDSHAKE_S = 600
_PARALLEL = 4


class SignInRoutes:
    """The handlers, each a few lines around one call of `knowledge.identity.sign_in`.

    Args:
        access: who is who.
        settings: language and length of sessions.
        provider: to sign in with, if there is one.
    """

    def __init__(self, access: Access, settings: Settings, provider: Provider | None) -> None:
        self._access = access
        self._doors = access.doors
        self._language = settings.language
        self._life_s = settings.session_hours * 3600
        self._provider = provider
        # In a frame of another site, browsers send only what says that it may be sent there
        self._framed = bool(frame_ancestors(settings))
        self._same_site: Literal["lax", "none"] = "none" if self._framed else "lax"
        # Passwords take time to check: they wait for one another, not for answers.
        self._threads = CapacityLimiter(_PARALLEL)

    def add_to(self, app: FastAPI) -> None:
        """Add the routes to the application."""
        routes: list[tuple[str, str, Callable[..., object]]] = [
            ("GET", LOGIN, self.show),
            ("POST", LOGIN, self.sign_in),
            ("GET", LOGOUT, self.to_sign_out),
            ("POST", LOGOUT, self.sign_out),
            ("GET", PASSWORD, self.account),
            ("POST", PASSWORD, self.change_password),
            ("GET", PROVIDER, self.to_provider),
            ("GET", PROVIDER_RETURN, self.from_provider),
        ]
        for method, path, handler in routes:
            app.add_api_route(path, handler, methods=[method], include_in_schema=False)

    async def show(self, request: Request) -> Response:
        """The sign-in page; with the ``code`` of a one-time link, signed in at once."""
        wanted = _page_wanted(request.query_params.get("next", ""))
        code = request.query_params.get("code")
        if code is not None:
            token = await self._run(lambda: self._doors.sign_in_by_link(code))
            if token is None:
                return self._refusal(request, say(self._tongue(request), "sign_in_link_used"), 401)
            return await self._entered(request, token, wanted)
        if await self._run(lambda: self._access.session(request)) is not None:
            return _redirect(wanted)
        return self._shown(request, wanted=wanted)

    async def sign_in(self, request: Request) -> Response:
        """Check name and password."""
        form = await request.form()
        language = self._tongue(request, _text(form, "lang"))
        name, password, address = _text(form, "name"), _text(form, "password"), _address(request)
        try:
            token = await self._run(lambda: self._doors.sign_in(name, password, address))
        except TooManyTries as error:
            line = say(language, "sign_in_wait", seconds=error.retry_after_s)
            page = self._refusal(request, line, 429, form)
            page.headers["retry-after"] = str(error.retry_after_s)
            return page
        except AccessRefused:
            return self._refusal(request, say(language, "sign_in_not_right"), 401, form)
        except KnowledgeBaseError:
            logger.exception("nobody can sign in")
            return self._refusal(request, say(language, "sign_in_unavailable"), 503, form)
        return await self._entered(request, token, _page_wanted(_text(form, "next")))

    async def to_sign_out(self, request: Request) -> Response:
        """An address alone ends nothing: the page with the button for it."""
        return _redirect(PASSWORD)

    async def sign_out(self, request: Request) -> Response:
        """End the session of this browser."""
        await self._end(request)
        return self._with_cookie(request, _redirect(LOGIN), "", 0)

    async def account(self, request: Request) -> Response:
        """One's own account."""
        return self._account(request, None, 200)

    async def change_password(self, request: Request) -> Response:
        """Change one's own password."""
        form = await request.form()
        language = self._tongue(request)
        if _text(form, "new") != _text(form, "again"):
            return self._account(request, say(language, "password_differs"), 422)
        token, address = request.cookies.get(COOKIE, ""), _address(request)
        current, new = _text(form, "current"), _text(form, "new")
        try:
            fresh = await self._run(
                lambda: self._doors.change_password(token, current, new, address)
            )
        except TooManyTries as error:
            line = say(language, "sign_in_wait", seconds=error.retry_after_s)
            return self._account(request, line, 429)
        except AccessRefused:
            return self._account(request, say(language, "password_current_wrong"), 422)
        except SettingsError as error:
            return self._account(request, told(error, language), 422)
        except KnowledgeBaseError:
            logger.exception("a password could not be changed")
            return self._account(request, say(language, "sign_in_unavailable"), 503)
        return self._with_cookie(request, _redirect("/"), fresh)

    async def to_provider(self, request: Request) -> Response:
        """Send somebody to the identity provider."""
        if self._provider is None:
            return _redirect(LOGIN)
        try:
            address, shake = await self._provider.begin()
        except KnowledgeBaseError:
            logger.exception("nobody can sign in with the identity provider")
            return self._refusal(request, self._say(request, "sign_in_provider_failed"), 503)
        answer = _redirect(address)
        answer.set_cookie(
            _HANDSHAKE,
            shake.text(),
            max_age=_HANDSHAKE_S,
            path=PROVIDER_RETURN,
            httponly=True,
            samesite="lax",
            secure=_is_secure(request),
        )
        return answer

    async def from_provider(self, request: Request) -> Response:
        """Take somebody back from the identity provider."""
        if self._provider is None:
            return _redirect(LOGIN)
        try:
            kept = request.cookies.get(_HANDSHAKE, "")
            who = await self._provider.finish(request.query_params, kept)
        except AccessRefused as error:
            logger.warning("a sign-in with the identity provider was refused: %s", error)
            answer = self._refusal(request, self._say(request, "sign_in_provider_failed"), 401)
        except KnowledgeBaseError:
            logger.exception("nobody can sign in with the identity provider")
            answer = self._refusal(request, self._say(request, "sign_in_provider_failed"), 503)
        else:
            try:
                token = await self._run(lambda: self._doors.sign_in_identity(who))
                answer = await self._entered(request, token, "/")
            except AccessRefused:
                answer = self._refusal(request, self._say(request, "sign_in_provider_refused"), 403)
        answer.delete_cookie(_HANDSHAKE, path=PROVIDER_RETURN, httponly=True, samesite="lax")
        return answer

    async def _entered(self, request: Request, token: str, wanted: str) -> Response:
        """On to the page that was wanted, with a new session and without the one before."""
        await self._end(request)
        return self._with_cookie(request, _redirect(wanted), token)

    async def _end(self, request: Request) -> None:
        token = request.cookies.get(COOKIE)
        if token:
            await self._run(lambda: self._doors.sign_out(token))

    def _with_cookie(
        self, request: Request, answer: Response, token: str, life_s: int | None = None
    ) -> Response:
        """The answer with the session's cookie; empty and with no life left, the cookie goes."""
        life_s = self._life_s if life_s is None else life_s
        answer.set_cookie(
            COOKIE,
            token,
            max_age=life_s,
            expires=None if life_s else 0,
            path="/",
            httponly=True,
            samesite=self._same_site,
            secure=self._framed or _is_secure(request),
        )
        if self._framed:
            # Browsers that keep no cookies of framed sites keep one apart for each site around
            # it (https://datatracker.ietf.org/doc/draft-cutler-httpbis-partitioned-cookies/);
            # http.cookies can write that from Python 3.14 on
            name, value = answer.raw_headers[-1]
            answer.raw_headers[-1] = name, value + b"; Partitioned"
        return answer

    def _shown(
        self,
        request: Request,
        *,
        wanted: str = "/",
        name: str = "",
        problem: str | None = None,
        status: int = 200,
        tongue: str | None = None,
    ) -> Response:
        page = sign_in_page(
            self._tongue(request, tongue),
            name=name,
            wanted=wanted,
            problem=problem,
            provider=self._provider is not None,
        )
        return _html(page, status)

    def _refusal(
        self, request: Request, line: str, status: int, form: FormData | None = None
    ) -> Response:
        """The sign-in page again, with why it did not work."""
        given = form or FormData()
        return self._shown(
            request,
            wanted=_page_wanted(_text(given, "next")),
            name=_text(given, "name")[:64],
            problem=line,
            status=status,
            tongue=_text(given, "lang"),
        )

    def _account(self, request: Request, problem: str | None, status: int) -> Response:
        session = visitor_of(request).session
        if session is None:
            raise AccessRefused(because("key-has-no-page"))
        language = session.account.language or self._tongue(request)
        page = account_page(
            language, session.account, must_change=session.must_change_password, problem=problem
        )
        return _html(page, status)

    def _tongue(self, request: Request, wanted: str | None = None) -> Language:
        return preferred_language(
            wanted or request.query_params.get("lang"),
            request.headers.get("accept-language", ""),
            self._language,
        )

    def _say(self, request: Request, key: str) -> str:
        return say(self._tongue(request), key)

    async def _run(self, work: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)


def _page_wanted(path: str) -> str:
    """A page of ours to go on to; never an address that somebody else wrote."""
    return path if path in PAGES else "/"


def _html(page: str, status: int) -> Response:
    return HTMLResponse(page, status, {"cache-control": "no-store"})


def _redirect(address: str) -> Response:
    return RedirectResponse(address, 303, {"cache-control": "no-store"})


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
