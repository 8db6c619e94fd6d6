"""Nobody gets past here unknown: who makes the request is found out before anything is routed.

A few paths are open to anybody. On all others, pages send to the sign-in page and the rest is
refused in one line of JSON. What somebody who is known may do is asked where it is done.
"""

from __future__ import annotations

import logging
from urllib.parse import urlencode

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.refusals import because
from assistant.shell.access import MANAGING, Access
from assistant.shell.manage.refusals import problem, refused
from assistant.shell.pages.sign_in import refused_page
from assistant.shell.telling import language_asked, told
from assistant.shell.texts import preferred_language
from knowledge.errors import KnowledgeBaseError
from knowledge.identity.access import Action
from knowledge.models import Language

logger = logging.getLogger(__name__)

LOGIN, LOGOUT, PASSWORD = "/login", "/logout", "/password"
PROVIDER, PROVIDER_RETURN = "/login/oidc", "/login/oidc/callback"

OPEN_PATHS = frozenset(
    {LOGIN, LOGOUT, PROVIDER, PROVIDER_RETURN, "/healthz", "/readyz", "/favicon.ico"}
)
"""Who has no session (any more) can still end it."""

OPEN_PREFIX = "/voz/"
"""Style, script and mark of the pages."""

MANAGE, CONTACT, QUEUE = "/manage", "/contact", "/queue"
QUALITY, REVIEWS = "/quality", "/reviews"

PAGES: dict[str, tuple[Action, ...]] = {
    "/": ("ask",),
    MANAGE: MANAGING,
    CONTACT: ("hold_contacts",),
    QUEUE: ("answer_escalations",),
    QUALITY: ("evaluate",),
    REVIEWS: ("hold_contacts", "see_contacts"),
    PASSWORD: (),
}
"""What people open in a browser, and of what they must be allowed something to see it."""

KEYS_PREFIX = "/v1/"
"""Where programs come in with a key."""

_PARALLEL = 8


class Gate:
    """ASGI middleware behind `guard.Guard`: known visitors pass, with who they are in the state.

    Args:
        app: what is behind it.
        access: who is who.
        language: of pages where the browser asks for neither Spanish nor English.
        has_manage: whether the managers' page is served, for those who may not ask.
    """

    def __init__(
        self, app: ASGIApp, access: Access, language: Language, *, has_manage: bool = False
    ) -> None:
        self.app = app
        self.access = access
        self.language = language
        self.has_manage = has_manage
        # Threads of their own: answers that take their time must not keep others outside.
        self._threads = CapacityLimiter(_PARALLEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pass or refuse."""
        if scope["type"] == "lifespan" or _is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            refusal = await anyio.to_thread.run_sync(
                self._refusal, connection, limiter=self._threads
            )
        except KnowledgeBaseError as error:
            logger.exception("it cannot be found out who asks")
            refusal = problem(503, told(error, language_asked(connection)))
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, connection: HTTPConnection) -> Response | None:
        """Why a request goes no further; `None`, with who it is in its state, if it does."""
        path = connection.scope["path"]
        visitor = self.access.visitor(connection, keys=path.startswith(KEYS_PREFIX))
        if visitor is None:
            return _unknown(connection)
        connection.scope.setdefault("state", {})["visitor"] = visitor
        session = visitor.session
        if session and session.must_change_password and path != PASSWORD:
            if path in PAGES:
                return RedirectResponse(PASSWORD, 303)
            return refused(connection, 403, because("one-time-first", path=PASSWORD))
        actions = PAGES.get(path, ())
        if not actions or any(self.access.may(visitor.principal, a) for a in actions):
            return None
        manages = any(self.access.may(visitor.principal, a) for a in PAGES[MANAGE])
        if path == "/" and self.has_manage and manages:
            return RedirectResponse(MANAGE, 303, {"cache-control": "no-store"})
        language = preferred_language(
            connection.query_params.get("lang"),
            connection.headers.get("accept-language", ""),
            self.language,
        )
        page = refused_page(visitor.principal.name, language)
        return HTMLResponse(page, 403, {"cache-control": "no-store"})


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIX)


def _unknown(connection: HTTPConnection) -> Response:
    path = connection.scope["path"]
    if path in PAGES and connection.scope["method"] in ("GET", "HEAD"):
        wanted = f"?{urlencode({'next': path})}" if path != "/" else ""
        return RedirectResponse(f"{LOGIN}{wanted}", 303, {"cache-control": "no-store"})
    headers = {"www-authenticate": "Bearer"} if path.startswith(KEYS_PREFIX) else {}
    return refused(connection, 401, because("sign-in-first", path=LOGIN), headers)
