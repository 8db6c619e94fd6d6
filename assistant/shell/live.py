"""What works beside running contacts: it hears them, looks for promises, passes questions on.

Opened once by `assistant.shell.serve`, used by the routes of `assistant.shell.web`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from knowledge.settings import Settings

if TYPE_CHECKING:
    from assistant.chat.composer import ChatComposer
    from assistant.customers.service import Customers
    from assistant.pipeline import Assistant
    from assistant.shell.commitments.watching import Watching
    from assistant.shell.contact.hearing import Hearing
    from assistant.shell.contact.wording import Wording
    from assistant.shell.escalations.desk import EscalationDesk
    from assistant.shell.manage.office import Office
    from assistant.shell.summary.receiver import Receiver
    from knowledge.ports import Embedder
    from knowledge.work.work_store import WorkStore

SUGGESTIONS_FIRST_S = 0.3
"""How long promises are not looked for while something is found to say."""


@dataclass(frozen=True)
class Live:
    """Each may be missing; what it does is not done then.

    Attributes:
        hearing: finds what to say in contacts, and follows the steps of procedures.
        watching: looks for promises in contacts.
        escalations: questions to the company, passed on in time.
        send: is called when a summary is to be sent on to another program.
    """

    hearing: Hearing | None = None
    watching: Watching | None = None
    escalations: EscalationDesk | None = None
    send: Callable[[], None] | None = None


@contextlib.contextmanager
def open_live(
    assistant: Assistant,
    embedder: Embedder,
    office: Office,
    work: WorkStore,
    settings: Settings,
    receiver: Receiver | None = None,
    composer: ChatComposer | None = None,
    customers: Customers | None = None,
) -> Iterator[Live]:
    """All of it, at work; stopped at the end.

    Args:
        assistant: answers.
        embedder: tells whether two sentences mean the same.
        office: who asks, and the register.
        work: where it is kept.
        settings: deadlines and the time until a question is passed on.
        receiver: the program that summaries are sent to; `None`: there is none.
        composer: composes what is suggested with a chat model; `None`: nothing does.
        customers: where the customers of contacts are found; `None`: nowhere.

    Raises:
        SettingsError: the holidays that are set cannot be used.
    """
    with (
        _wording(assistant, office, work, composer, customers) as wording,
        _hearing(assistant, embedder, work, wording) as hearing,
        contextlib.closing(_watching(assistant, work, settings, hearing)) as watching,
        _escalating(assistant, office, work) as escalations,
        _sending(receiver, work) as send,
    ):
        yield Live(hearing, watching, escalations, send)


@contextlib.contextmanager
def _wording(
    assistant: Assistant,
    office: Office,
    work: WorkStore,
    composer: ChatComposer | None,
    customers: Customers | None,
) -> Iterator[Wording | None]:
    if composer is None:
        yield None
        return
    from assistant.shell.contact.wording import Wording
    from assistant.shell.customers.desk import CustomerDesk
    from assistant.shell.voicing import voice_of_office
    from knowledge.contacts.contacts import Contacts

    voice = voice_of_office(office)
    desk = CustomerDesk(customers, office.access, office.views) if customers else None
    tree = assistant.audiences
    with contextlib.closing(
        Wording(composer, assistant, Contacts(work), tree, desk, voice)
    ) as wording:
        yield wording


@contextlib.contextmanager
def _hearing(
    assistant: Assistant, embedder: Embedder, work: WorkStore, wording: Wording | None
) -> Iterator[Hearing]:
    from assistant.contact.listening import Listener
    from assistant.shell.contact.hearing import Hearing
    from assistant.shell.steps.following import Following, guide_of
    from knowledge.contacts.contacts import Contacts
    from knowledge.themes.need_log import NeedLog

    tree, guide = assistant.audiences, guide_of(assistant.document, work)
    with (
        contextlib.closing(Following(guide, embedder, tree)) as following,
        contextlib.closing(NeedLog(work)) as needs,
        contextlib.closing(
            Hearing(Listener(assistant), Contacts(work), tree, following, needs.heard, wording)
        ) as hearing,
    ):
        yield hearing


def _watching(
    assistant: Assistant, work: WorkStore, settings: Settings, hearing: Hearing
) -> Watching:
    from assistant.shell.commitments.desk import CommitmentDesk

    desk = CommitmentDesk(work, settings, assistant.audiences, assistant.classifier)
    return desk.watching(partial(hearing.wait_until_idle, SUGGESTIONS_FIRST_S))


@contextlib.contextmanager
def _escalating(assistant: Assistant, office: Office, work: WorkStore) -> Iterator[EscalationDesk]:
    from assistant.shell.escalations.clock import Clock
    from assistant.shell.escalations.desk import EscalationDesk

    desk = EscalationDesk(work, office.access, assistant, office.views)
    with contextlib.closing(Clock(desk)):
        yield desk


@contextlib.contextmanager
def _sending(receiver: Receiver | None, work: WorkStore) -> Iterator[Callable[[], None] | None]:
    from assistant.shell.summary.courier import Courier
    from knowledge.outbox.outbox import Outbox

    if receiver is None:
        yield None
        return
    with contextlib.closing(Courier(Outbox(work), receiver)) as courier:
        yield courier.wake
