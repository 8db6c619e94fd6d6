"""What summaries and transfers add to the application."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, FastAPI

from assistant.shell.api import SECURITY
from assistant.shell.contact.room import Room
from assistant.shell.manage.office import Office
from assistant.shell.manage.refusals import PROBLEMS
from assistant.shell.summary.gathering import Find, Gatherer
from assistant.shell.summary.routes import SummaryDesk, add_summary_routes
from assistant.shell.summary.transfer_routes import add_offered_route, add_transfer_routes
from knowledge.commitments.commitment_lists import CommitmentLists
from knowledge.contacts.summaries import Summaries
from knowledge.contacts.transfers import Transfers
from knowledge.work.work_store import WorkStore


def add_summary_api(
    app: FastAPI,
    office: Office,
    room: Room,
    work: WorkStore,
    *,
    find: Find | None = None,
    send: Callable[[], None] | None = None,
    country: str = "ES",
) -> None:
    """Add the routes.

    Args:
        app: the application.
        office: who may do what.
        room: the contacts.
        work: where transfers and summaries are kept.
        find: looks for what agents said in the sources; `None`: summaries know what was suggested.
        send: is called when there is a summary to send on; `None`: there is nobody to send it to.
        country: whose telephone numbers are dialled without a prefix.
    """
    transfers = Transfers(work)
    gatherer = Gatherer(room.contacts, transfers, CommitmentLists(work), find, country)
    add_offered_route(app, office, room, transfers)
    router = APIRouter(prefix="/v1/contacts", dependencies=SECURITY, responses=PROBLEMS)
    add_transfer_routes(router, office, room, transfers)
    add_summary_routes(router, office, room, SummaryDesk(gatherer, Summaries(work), send))
    app.include_router(router)
