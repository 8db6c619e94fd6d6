"""``voz customers``: try the connection to the company's customer system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines
from assistant.shell.entering import entering_view

if TYPE_CHECKING:
    from assistant.customers.models import Customer, Sought
    from assistant.customers.service import Customers
    from knowledge.audit.views import Seen
    from knowledge.settings import Settings

customers = typer.Typer(
    help="Customers in the company's own system: see docs/customers.md.", rich_markup_mode=None
)

_TRIED = {
    "phone": "+34600000000",
    "mail": "nobody@example.com",
    "order": "X0000000",
    "name": "Nadie Ninguno",
}
"""What a check looks for: it is not there, and the query or path is tried all the same."""
_NO_KEY = "no-such-customer-0"

Wanted = Annotated[
    str | None,
    typer.Argument(metavar="QUERY", help="A telephone, mail, order number or name."),
]


@customers.command("check")
def check_command(query: Wanted = None, as_json: AsJson = False) -> int:
    """Try the mapping: each of its queries or paths; with QUERY, the fields of that customer too.

    Exit code 1 if any of it fails.
    """
    with _opened() as (found, settings):
        rows = [{"tried": what, **_outcome(*outcome, settings)} for what, outcome in _tried(found)]
        problems = _problems_of(found, query, settings) if query is not None else []
    good = not problems and all(row["ok"] for row in rows)
    if as_json:
        print_json({"ok": good, "tried": rows, "problems": problems})
    else:
        print_lines([f"{row['tried']}: {row['says']}" for row in rows] + problems)
    return 0 if good else 1


@customers.command("find")
def find_command(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="A telephone, mail, order number or name.")
    ],
    as_json: AsJson = False,
) -> int:
    """Find a customer; the only one found is shown with orders and earlier contacts."""
    from assistant.shell.customers.bodies import found_json, look_json
    from knowledge.audit.event import local_actor
    from knowledge.audit.views import CustomerSearch, CustomerView
    from knowledge.errors import KnowledgeBaseError

    with _opened() as (open_customers, settings):
        wanted = _wanted(open_customers, query)
        found = open_customers.find(*wanted)
        if found.state == "unavailable" and found.reason is not None:
            raise KnowledgeBaseError(found.reason)
        keys = tuple(match.key for match in found.matches)
        look = open_customers.customer(keys[0]) if len(keys) == 1 else None
        if look is not None and look.state == "unavailable" and look.reason is not None:
            raise KnowledgeBaseError(look.reason)
    if keys:
        seen: list[Seen] = [CustomerSearch(local_actor(), wanted[0].kind, keys)]
        if look is not None and look.customer is not None:
            seen.append(CustomerView(local_actor(), look.customer.key))
        _enter(settings, seen)
    if as_json:
        one = None if look is None else look_json(look)["customer"]
        print_json({**found_json(found, open_customers.kinds), "customer": one})
    elif look is not None and look.customer is not None:
        print_lines(_card(look.customer))
    else:
        lines = [f"{one.key}  {one.name}  {one.phone}  {one.mail}" for one in found.matches]
        print_lines(lines or ["nobody is found"])
    return 0


@contextmanager
def _opened() -> Iterator[tuple[Customers, Settings]]:
    from assistant.breaker import Breaker
    from assistant.customers.opening import open_customers
    from assistant.refusals import because
    from knowledge import settings as settings_module
    from knowledge.errors import SettingsError

    settings = settings_module.load()
    # Whoever tries it wants to see every failure, not that others came before.
    with closing(open_customers(settings, Breaker(failures=1_000))) as opened:
        if not opened.configured:
            raise SettingsError(because("customers-none"))
        yield opened, settings


def _tried(found: Customers) -> Iterator[tuple[str, tuple[str, Any]]]:
    from assistant.customers.models import Sought

    for kind in found.kinds:
        tried = found.find(Sought(kind, _TRIED[kind]))
        yield f"find.{kind}", (tried.state, tried.reason)
    look = found.customer(_NO_KEY)
    yield "customer", (look.state, look.reason)


def _outcome(state: str, reason: Any, settings: Settings) -> dict[str, Any]:
    ok = state != "unavailable"
    return {"ok": ok, "says": "ok" if ok else reason.told(settings.language)}


def _problems_of(found: Customers, query: str, settings: Settings) -> list[str]:
    from assistant.refusals import because

    matches = found.find(*_wanted(found, query)).matches
    look = found.customer(matches[0].key) if matches else None
    if look is None or look.customer is None:
        return [because("customer-unknown").told(settings.language)]
    return [
        because(f"customer-field-{one.fault}", field=one.field).told(settings.language)
        for one in look.customer.problems
    ]


def _wanted(found: Customers, query: str) -> tuple[Sought, ...]:
    from assistant.customers.sought import sought_in
    from assistant.refusals import because
    from knowledge.errors import SettingsError

    wanted = sought_in(query, found.country)
    if not wanted:
        raise SettingsError(because("customers-no-name"))
    return wanted


def _card(customer: Customer) -> list[str]:
    since = f"since {customer.since}" if customer.since else ""
    about = [since, customer.language or "", customer.address_form or ""]
    lines = [
        f"{customer.key}  {customer.name}",
        "  ".join([*customer.phones, *customer.mails]),
        "  ".join(part for part in about if part),
    ]
    for order in customer.orders:
        days = [
            f"ordered {order.ordered}" if order.ordered else "",
            f"delivered {order.delivered}" if order.delivered else "",
        ]
        says = [order.state_text, *days, order.carrier, order.payment_state]
        lines.append("  ".join(["order", order.number, *(part for part in says if part)]))
        lines += [f"    {line.quantity or ''} {line.name or line.code}" for line in order.lines]
    for contact in customer.contacts:
        says = [str(contact.on or ""), contact.channel, contact.summary, contact.outcome]
        lines.append("  ".join(["contact", *(part for part in says if part)]))
    return [line for line in lines if line]


def _enter(settings: Settings, seen: list[Seen]) -> None:
    """Enter in the audit trail who was seen; where that cannot be done, say so."""
    from knowledge.audit import audited
    from knowledge.audit.views import enter
    from knowledge.work.work_store import WorkStore

    with (
        entering_view(),
        closing(WorkStore.open(settings)) as store,
        audited(store.database, store.audit_head) as connection,
    ):
        for one in seen:
            enter(connection, one)
