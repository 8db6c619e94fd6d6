"""``/v1/me``, ``/v1/audiences`` and ``/v1/users``: who there is, and who may see what."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from assistant.refusals import because
from assistant.shell.access import MANAGING, visitor_of
from assistant.shell.manage import bodies, shown
from assistant.shell.manage.office import Caller, Office
from knowledge.errors import NotFound
from knowledge.identity.access import ACTIONS, Grant

Label = Annotated[str, Path(max_length=64, description="Label of the audience.")]
Name = Annotated[str, Path(max_length=64, description="Name of the account.")]


def add_people_routes(router: APIRouter, office: Office) -> None:
    """Add the routes."""
    _add_me(router, office)
    _add_audiences(router, office)
    _add_users(router, office)
    _add_user_changes(router, office)


def _add_me(router: APIRouter, office: Office) -> None:
    @router.get("/me", response_model=bodies.Me)
    def me(request: Request) -> Any:
        """Whoever asks, and what they may do for whom."""
        caller = office.caller(request)
        session = visitor_of(request).session
        account = session.account if session else None
        return _answer(
            {
                "name": caller.name,
                "display_name": account.display_name if account else caller.name,
                "language": account.language if account else None,
                "today": office.register.today().isoformat(),
                "may": {action: _labels(caller, action) for action in ACTIONS},
                "max_upload_mb": office.settings.max_upload_mb,
                "can_import_urls": bool(office.settings.url_hosts.strip()),
            }
        )


def _add_audiences(router: APIRouter, office: Office) -> None:
    @router.get("/audiences", response_model=bodies.AudienceList)
    def list_audiences(request: Request) -> Any:
        """The audiences that whoever asks works with, each after its parent."""
        caller = office.caller(request, *MANAGING)
        return _answer(shown.audiences(caller.tree, caller.audiences_shown()))

    @router.post("/audiences", status_code=201, response_model=bodies.AudienceList)
    def add_audience(request: Request, given: bodies.AudienceIn) -> Any:
        """Make an audience below another."""
        caller = office.caller(request, "manage_audiences")
        caller.require("manage_audiences", [given.parent])
        office.curation.add_audience(given.label, given.title, caller.viewer, parent=given.parent)
        return _audiences(office, request, 201)

    @router.patch("/audiences/{label}", response_model=bodies.AudienceList)
    def rename_audience(request: Request, label: Label, given: bodies.TitleIn) -> Any:
        """Change what people read; the label stays."""
        caller = _for_audience(office, request, label)
        office.curation.rename_audience(label, given.title, caller.viewer)
        return _audiences(office, request)

    @router.delete("/audiences/{label}", response_model=bodies.AudienceList)
    def remove_audience(request: Request, label: Label) -> Any:
        """Delete an audience that nothing refers to."""
        caller = _for_audience(office, request, label)
        office.curation.remove_audience(label, caller.viewer)
        return _audiences(office, request)


def _add_users(router: APIRouter, office: Office) -> None:
    @router.get("/users", response_model=bodies.UserList)
    def list_users(request: Request) -> Any:
        """The accounts that whoever asks looks after."""
        caller = office.caller(request, "manage_accounts")
        every = office.accounts.all()
        return _answer({"users": [shown.user(one) for one in every if caller.looks_after(one)]})

    @router.post("/users", status_code=201, response_model=bodies.OneTime)
    def add_user(request: Request, given: bodies.UserIn) -> Any:
        """A new account; its one-time password is told in this answer only."""
        caller = office.caller(request, "manage_accounts")
        grants = [Grant.parse(text) for text in given.grants]
        caller.require("manage_accounts", {grant.audience for grant in grants})
        password = office.accounts.acting(caller.name).add(
            given.name, display_name=given.display_name, language=given.language
        )
        name = given.name.strip().casefold()
        for grant in grants:
            office.accounts.acting(caller.name).grant(name, grant, caller.tree)
        return _with_password(office, name, password, 201)

    @router.post("/users/{name}/password", response_model=bodies.OneTime)
    def new_password(request: Request, name: Name) -> Any:
        """A new one-time password, told in this answer only; ends the account's sessions."""
        caller = office.caller(request, "manage_accounts")
        account = caller.account(name)
        return _with_password(
            office, name, office.accounts.acting(caller.name).set_password(account.name), 200
        )


def _add_user_changes(router: APIRouter, office: Office) -> None:
    @router.post("/users/{name}/grant", response_model=bodies.User)
    def grant(request: Request, name: Name, given: bodies.GrantIn) -> Any:
        """Give an account a role at an audience."""
        caller = office.caller(request, "manage_accounts")
        account = caller.account(name)
        wanted = Grant.parse(given.grant)
        caller.require("manage_accounts", [wanted.audience])
        office.accounts.acting(caller.name).grant(account.name, wanted, caller.tree)
        return _user(office, name)

    @router.post("/users/{name}/revoke", response_model=bodies.User)
    def revoke(request: Request, name: Name, given: bodies.GrantIn) -> Any:
        """Take a role at an audience away, from the next request on."""
        caller = office.caller(request, "manage_accounts")
        office.accounts.acting(caller.name).revoke(
            caller.account(name).name, Grant.parse(given.grant)
        )
        return _user(office, name)

    @router.post("/users/{name}/disable", response_model=bodies.User)
    def disable(request: Request, name: Name) -> Any:
        """Keep an account out, and end its sessions."""
        caller = office.caller(request, "manage_accounts")
        office.accounts.acting(caller.name).disable(caller.account(name).name)
        return _user(office, name)

    @router.post("/users/{name}/enable", response_model=bodies.User)
    def enable(request: Request, name: Name) -> Any:
        """Let an account in again."""
        caller = office.caller(request, "manage_accounts")
        office.accounts.acting(caller.name).enable(caller.account(name).name)
        return _user(office, name)


def _for_audience(office: Office, request: Request, label: str) -> Caller:
    """Whoever may change an audience.

    Raises:
        NotFound: there is none that they manage.
    """
    caller = office.caller(request, "manage_audiences")
    if label not in caller.tree.audiences or not caller.may("manage_audiences", [label]):
        raise NotFound(because("audience-gone", label=label))
    return caller


def _labels(caller: Caller, action: Any) -> list[str]:
    return sorted(label for label in caller.reach(action) if label in caller.tree.audiences)


def _audiences(office: Office, request: Request, status: int = 200) -> Response:
    caller = office.caller(request)
    return _answer(shown.audiences(caller.tree, caller.audiences_shown()), status)


def _user(office: Office, name: str) -> Response:
    return _answer(shown.user(office.accounts.get(name)))


def _with_password(office: Office, name: str, password: str | None, status: int) -> Response:
    account = shown.user(office.accounts.get(name))
    return _answer(account | {"password": password or ""}, status)


def _answer(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
