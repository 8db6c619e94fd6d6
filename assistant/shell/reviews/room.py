"""What the routes of reviews work with: who asks, and what they may see of a contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from assistant.shell.contact import shown as of_contacts
from assistant.shell.manage.office import Caller, Office
from assistant.shell.reviews import shown
from assistant.shell.reviews.cards import card_of, review_json
from assistant.shell.reviews.measuring import Measured, Measuring
from knowledge.audit.views import ContactView
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import KEPT, Contact, ContactEvent, Turn
from knowledge.errors import NotFound
from knowledge.identity.access import Action, ContactReach, contact_reach
from knowledge.models import Language
from knowledge.refusals import because
from knowledge.reviews.models import Judgement, Task
from knowledge.reviews.reach import ReviewReach, review_reach
from knowledge.reviews.reviews import Reviews
from knowledge.work.work_store import WorkStore

if TYPE_CHECKING:
    from eval.scorecards.models import Scorecard

Json = dict[str, Any]


@dataclass(frozen=True)
class ReviewRoom:
    """The services behind the routes.

    Attributes:
        office: who asks.
        store: where contacts and reviews are kept.
        measuring: looks over the agents' words.
    """

    office: Office
    store: WorkStore
    measuring: Measuring

    @property
    def reviews(self) -> Reviews:
        """Samples and reviews."""
        return Reviews(self.store)

    def reviewer(self, request: Request) -> tuple[Caller, ReviewReach]:
        """Whoever makes a request of those who review.

        Raises:
            AccessRefused: they do not.
        """
        return self.caller(request, "evaluate")

    def caller(self, request: Request, *actions: Action) -> tuple[Caller, ReviewReach]:
        """Whoever makes a request, and whose reviews they may give and read.

        Raises:
            AccessRefused: they may do none of the actions.
        """
        caller = self.office.caller(request, *actions)
        return caller, review_reach(caller.principal, caller.tree)

    def details(self, number: int, caller: Caller, reach: ReviewReach, language: Language) -> Json:
        """A contact with all that its reviewer needs; that they read it is entered.

        Raises:
            NotFound: there is no such task of theirs.
        """
        reviews = self.reviews
        task = reviews.task(number, reach)
        contact, turns, own = self._contact(task, caller)
        card = card_of(reviews, task.scorecard, task.version)
        if self.office.views is not None:
            self.office.views.seen(ContactView(caller.name, contact.key))
        suggested = Contacts(self.store).suggested
        _, now = suggested.now(contact.key, own)
        return {
            "task": shown.task(task),
            "card": shown.card(card, language),
            "contact": of_contacts.contact(contact),
            "turns": [of_contacts.turn(turn) for turn in turns],
            "had": _had(suggested.acts(contact.key, own), now),
            "reviews": [review_json(card, one) for one in reviews.told(number, reach)],
        }

    def measured(
        self, number: int, caller: Caller, reach: ReviewReach, tongue: Language
    ) -> tuple[Scorecard, Measured]:
        """The scorecard of a task, and what the program proposes for its contact.

        Nothing where somebody does not read all that the agent reads.

        Raises:
            NotFound: there is no such task of theirs.
        """
        task = self.reviews.task(number, reach)
        contact, turns, _ = self._contact(task, caller)
        card = card_of(self.reviews, task.scorecard, task.version)
        audiences = (
            caller.tree.above(task.audience)
            if task.audience in caller.tree.audiences
            else frozenset[str]()
        )
        if not audiences or not audiences <= caller.viewer.audiences:
            return card, Measured()
        return card, self.measuring.of(card, contact, turns, audiences, tongue)

    def give(self, number: int, judgement: Judgement, reach: ReviewReach) -> Json:
        """Keep a review; the contact's reviews that its reviewer is told then."""
        reviews = self.reviews
        task = reviews.task(number, reach)
        card = card_of(reviews, task.scorecard, task.version)
        reviews.give(number, judgement, reach)
        return {
            "task": shown.task(reviews.task(number, reach)),
            "reviews": [review_json(card, one) for one in reviews.told(number, reach)],
        }

    def _contact(self, task: Task, caller: Caller) -> tuple[Contact, list[Turn], ContactReach]:
        """The contact of a task, what was said in it, and what its reader may see.

        Raises:
            NotFound: it has gone to an audience whose contacts they do not see.
        """
        own = contact_reach(caller.principal, caller.tree)
        contacts = Contacts(self.store)
        contact = contacts.get(task.contact, own)
        if contact.audience not in own.seen:
            raise NotFound(because("review-task-unknown", number=task.number))
        return contact, contacts.turns(task.contact, own), own


def evidence(found: Measured) -> Json:
    """What the program proposes, as `bodies.MeasuredOut`."""
    return {
        "answers": dict(found.answers),
        "evidence": {item: [asdict(one) for one in some] for item, some in found.evidence.items()},
    }


def _had(acts: Sequence[ContactEvent], now: Any) -> list[Json]:
    """Suggestions with their sources, from what was done with them and what is there still."""
    found: dict[str, Json] = {}
    for act in acts:
        key = act.body.get("suggestion")
        if not key:
            continue
        one = found.setdefault(key, {"cited": [], "acts": [], "at": act.at})
        one["acts"].append(act.body["act"])
        one["cited"] = one["cited"] or list(act.body.get(KEPT, {}).get("cited", ()))
    for suggestion in now.get("suggestions", ()):
        used = found.get(suggestion["key"])
        if used is not None and not used["cited"]:
            used["cited"] = _cited(suggestion)
    return [one for one in found.values() if one["cited"]]


def _cited(suggestion: Any) -> list[Json]:
    names = ("document", "title", "version", "quote")
    return [{name: c[name] for name in names} for c in suggestion["statement"]["citations"]]
