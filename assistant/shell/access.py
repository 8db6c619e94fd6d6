"""Who makes a request: found out on the server from its cookie or key, each time anew.

`Access` is what pages and routes are given instead of a viewer. It asks
`knowledge.identity.sign_in` who it is and `knowledge.identity.access` what they may do, and knows
nothing of either itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection, Request

from assistant.refusals import because
from knowledge.audience import AudienceTree
from knowledge.errors import AccessRefused
from knowledge.identity.access import Action, Principal, may_anywhere, viewer_of
from knowledge.identity.accounts import Account
from knowledge.identity.sign_in import Session, SignIn
from knowledge.models import Viewer

COOKIE = "voz_session"

MANAGING: tuple[Action, ...] = (
    "see_drafts",
    "edit_source",
    "publish",
    "manage_audiences",
    "manage_accounts",
)
"""Any of these lets somebody onto the managers' page."""


@dataclass(frozen=True)
class Visitor:
    """Whoever makes a request.

    Attributes:
        principal: what they may do.
        session: theirs, when they are signed in on the page; `None` for a program with a key.
    """

    principal: Principal
    session: Session | None


class Access:
    """Finds out who asks, and lets them do what they may.

    Args:
        doors: where people and programs get in.
        tree: all audiences, as they are now.
    """

    def __init__(self, doors: SignIn, tree: Callable[[], AudienceTree]) -> None:
        self.doors = doors
        self.tree = tree

    def session(self, connection: HTTPConnection) -> Session | None:
        """The session that the cookie of a request is of, as it is now."""
        token = connection.cookies.get(COOKIE)
        return self.doors.session(token) if token else None

    def visitor(self, connection: HTTPConnection, *, keys: bool) -> Visitor | None:
        """Who makes a request; `None` where nobody is known.

        Args:
            connection: the request.
            keys: whether programs with a key may come in here. A key that is shown is what
                counts, even beside a cookie.
        """
        scheme, _, key = connection.headers.get("authorization", "").partition(" ")
        if keys and scheme.lower() == "bearer":
            principal = self.doors.key(key.strip())
            return Visitor(principal, None) if principal else None
        session = self.session(connection)
        return Visitor(session.principal, session) if session else None

    def still(self, connection: HTTPConnection) -> Visitor | None:
        """Who a connection that stays open is from, as things are now; `None`: nobody any more.

        A session that only listens ends by idleness all the same.
        """
        scheme, _, key = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            principal = self.doors.key(key.strip())
            return Visitor(principal, None) if principal else None
        token = connection.cookies.get(COOKIE)
        session = self.doors.session_unnoted(token) if token else None
        if session is None or session.must_change_password:
            return None
        return Visitor(session.principal, session)

    def may(self, principal: Principal, action: Action) -> bool:
        """Whether somebody may do something for anybody at all."""
        return may_anywhere(principal, action, self.tree())

    def viewer(self, principal: Principal, action: Action) -> Viewer:
        """What retrieval takes, for somebody who may do something.

        Raises:
            AccessRefused: they may not.
        """
        tree = self.tree()
        if not may_anywhere(principal, action, tree):
            raise AccessRefused(
                because("may-not-do", name=principal.name, actions=because(f"action-{action}"))
            )
        return viewer_of(principal, tree)

    def viewer_for(self, action: Action) -> Callable[[Request], Viewer]:
        """A dependency of a route: the viewer of whoever makes the request.

        Raises:
            AccessRefused: from the dependency, when they may not.
        """

        def viewer(request: Request) -> Viewer:
            return self.viewer(visitor_of(request).principal, action)

        return viewer

    def viewer_of_page(self, request: Request | None, action: Action) -> Viewer:
        """The viewer of an event of the page, looked up at the moment it is handled.

        Raises:
            AccessRefused: the session has ended meanwhile, or they may not.
        """
        return self.viewer(self._session_of_page(request).principal, action)

    def may_of_page(self, request: Request | None, action: Action) -> bool:
        """Whether whoever an event of the page is from may do something for anybody at all.

        Raises:
            AccessRefused: the session has ended meanwhile.
        """
        return self.may(self._session_of_page(request).principal, action)

    def account_of_page(self, request: Request | None) -> Account:
        """The account of an event of the page.

        Raises:
            AccessRefused: the session has ended meanwhile.
        """
        return self._session_of_page(request).account

    def _session_of_page(self, request: Request | None) -> Session:
        session = self.session(request) if request is not None else None
        if session is None or session.must_change_password:
            raise AccessRefused(because("session-ended"))
        return session


def visitor_of(connection: HTTPConnection) -> Visitor:
    """Who makes a request that came through `gate.Gate`.

    Raises:
        AccessRefused: it did not, or this path is open to anybody.
    """
    visitor = getattr(connection.state, "visitor", None)
    if not isinstance(visitor, Visitor):
        raise AccessRefused(because("sign-in-first", path="/login"))
    return visitor
