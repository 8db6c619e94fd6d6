"""``/v1/customers``: who a customer is, for the agent who talks with them.

A system that does not answer is a state of the answer, not an error of ours: the page goes on.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse

from assistant.customers.models import Sought
from assistant.customers.sought import sought_by, sought_in
from assistant.refusals import because
from assistant.shell.access import visitor_of
from assistant.shell.api import REFUSALS, SECURITY
from assistant.shell.customers.bodies import FoundOut, LookOut, found_json, look_json
from assistant.shell.customers.desk import CustomerDesk
from assistant.shell.manage.refusals import PROBLEMS
from knowledge.errors import NotFound, SettingsError

MAX_TEXT = 120
Text = Annotated[str | None, Query(min_length=1, max_length=MAX_TEXT)]


def add_customer_routes(app: FastAPI, desk: CustomerDesk) -> None:
    """Add the routes to the application; every call sees as whoever makes the request."""
    _add_search(app, desk)
    _add_customer(app, desk)


def _add_search(app: FastAPI, desk: CustomerDesk) -> None:
    @app.get("/v1/customers", response_model=FoundOut, dependencies=SECURITY, responses=REFUSALS)
    def find_customers(
        request: Request,
        phone: Text = None,
        mail: Text = None,
        order: Text = None,
        name: Text = None,
        q: Annotated[
            str | None,
            Query(min_length=1, max_length=MAX_TEXT, description="Any of them: found out which."),
        ] = None,
    ) -> Any:
        """Find customers by one of phone, mail, order, name; or by q, whatever that is."""
        principal = visitor_of(request).principal
        desk.require(principal)
        given = {"phone": phone, "mail": mail, "order": order, "name": name, "q": q}
        wanted = _wanted({k: v for k, v in given.items() if v is not None}, desk)
        found = desk.find(principal, *wanted)
        return _answer(found_json(found, desk.customers.kinds))


def _add_customer(app: FastAPI, desk: CustomerDesk) -> None:
    responses = {**REFUSALS, 404: PROBLEMS[404]}

    @app.get(
        "/v1/customers/{key:path}",
        response_model=LookOut,
        dependencies=SECURITY,
        responses=responses,
    )
    def see_customer(
        request: Request,
        key: Annotated[str, Path(min_length=1, max_length=200, description="As it was found.")],
    ) -> Any:
        """See a customer: orders, shipment, payment, earlier contacts."""
        look = desk.customer(visitor_of(request).principal, key)
        if look.state == "nothing":
            raise NotFound(because("customer-unknown"))
        return _answer(look_json(look))


def _wanted(given: dict[str, str], desk: CustomerDesk) -> tuple[Sought, ...]:
    if len(given) != 1:
        raise SettingsError(because("customers-one-of"))
    ((kind, text),) = given.items()
    country = desk.customers.country
    if kind == "q":
        wanted = sought_in(text, country)
        if not wanted:
            raise SettingsError(because("customers-no-name"))
        return wanted
    return (sought_by(kind, text, country),)  # type: ignore[arg-type]


def _answer(content: dict[str, Any]) -> JSONResponse:
    return JSONResponse(content, headers={"cache-control": "no-store"})
