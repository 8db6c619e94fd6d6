"""Who may do what: the one place that decides, for the page, the programs and the command line.

A role allows actions; a grant gives a role at an audience and so says how far they reach. What no
grant allows is refused. Pure: accounts make the `Principal`, the register keeps the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from knowledge.audience import MANAGERS_ONLY, AudienceTree, audience_key, labels_of
from knowledge.errors import SettingsError
from knowledge.models import EVERYONE, Viewer
from knowledge.refusals import because
from knowledge.refusals.reason import Reason

Role = Literal["agent", "manager", "approver", "expert", "qa", "admin", "channel"]
ROLES: tuple[Role, ...] = get_args(Role)

Action = Literal[
    "ask",
    "read_source",
    "give_feedback",
    "hold_contacts",
    "see_drafts",
    "edit_source",
    "publish",
    "see_feedback",
    "ask_as_told",
    "evaluate",
    "read_audit",
    "export",
    "manage_audiences",
    "manage_accounts",
    "see_contacts",
    "feed_contacts",
    "see_customer",
    "see_customer_contact",
    "answer_escalations",
]
ACTIONS: tuple[Action, ...] = get_args(Action)

SEEING: frozenset[Action] = frozenset({"ask", "read_source", "give_feedback", "hold_contacts"})
"""About what somebody sees: one shared label is enough. Every other action is about what
somebody is responsible for, and needs every label of its object within reach."""

PERSONAL: frozenset[Action] = frozenset({"hold_contacts", "answer_escalations"})
"""What a person does and no program: a key that was made to ask reads no conversation, and what is
cited as a person's word was written by one."""

CUSTOMERS: frozenset[Action] = frozenset({"see_customer", "see_customer_contact"})
"""All of a customer. Customers have no labels: whoever may see them for anybody sees each."""

ALLOWED: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        "agent": SEEING | {"see_customer"},
        "manager": SEEING
        | CUSTOMERS
        | {
            *("see_drafts", "edit_source", "see_feedback", "ask_as_told", "export"),
            *("see_contacts", "answer_escalations"),
        },
        "approver": SEEING
        | {"see_drafts", "publish", "see_feedback", "ask_as_told", "answer_escalations"},
        "expert": SEEING | {"answer_escalations"},
        "qa": SEEING
        | {"see_feedback", "ask_as_told", "evaluate", "read_audit", "export", "see_contacts"},
        "admin": frozenset({"manage_accounts", "manage_audiences", "read_audit"}),
        "channel": frozenset({"feed_contacts"}),
    }
)
"""An administrator reads no source: who runs the accounts need not know what agents are told.
A channel is a program that brings conversations in: telephony, a chat platform.
Customers are for those who talk with them; how to reach one outside the contact, for managers.
An expert knows something that sources do not say yet, and answers what agents ask the company.
Whoever is both holds two grants. That author and approver of a version differ is the register's
rule, since it knows the author."""

_ANSWERING: tuple[Role, ...] = ("expert", "approver", "manager")
"""What somebody is cited as who holds several: what says most of what they know comes first."""

_SEES_BELOW: frozenset[Role] = frozenset({"manager", "approver", "qa"})
_SEES_UNLABELLED: frozenset[Role] = frozenset({"manager", "approver"})


@dataclass(frozen=True, order=True)
class Grant:
    """A role at an audience, written ``role@audience``."""

    role: Role
    audience: str

    @classmethod
    def parse(cls, text: str) -> Grant:
        """The grant that a text such as ``agent@staff`` names.

        Raises:
            SettingsError: it has another form, or there is no such role.
        """
        role, _, audience = text.strip().partition("@")
        for known in ROLES:
            if role == known and audience:
                return cls(known, audience)
        raise SettingsError(because("grant-form", text=text, everyone=EVERYONE, roles=ROLES))

    def __str__(self) -> str:
        return f"{self.role}@{self.audience}"

    @property
    def told(self) -> Reason:
        """Itself as people read it, within a reason."""
        return because("grant", role=because(f"role-{self.role}"), audience=self.audience)


@dataclass(frozen=True)
class Principal:
    """Who makes a request, as the server found out; never taken from what the request says.

    Attributes:
        account: number of the account, or of the one that a key belongs to; `None` for the
            command line and its keys.
        name: for people and the audit trail.
        grants: what it holds.
        kind: signed in on the page, a program with a key, or whoever runs commands here.
        within: grants that bound this principal's own, those of a key's owner; `None`: nothing
            does.
    """

    account: int | None
    name: str
    grants: frozenset[Grant]
    kind: Literal["session", "key", "local"]
    within: frozenset[Grant] | None = None


LOCAL = Principal(None, "local", frozenset(Grant(role, EVERYONE) for role in ROLES), "local")
"""Whoever runs commands on the data folder: the files are theirs already."""


def reach(principal: Principal, action: Action, tree: AudienceTree) -> frozenset[str]:
    """The labels over which somebody may do something; empty where they may not at all."""
    if action in PERSONAL and principal.kind == "key":
        return frozenset()
    found = _reach(principal.grants, action, tree)
    if principal.within is not None:
        found &= _reach(principal.within, action, tree)
    return found


def may(principal: Principal, action: Action, labels: Iterable[str], tree: AudienceTree) -> bool:
    """Whether somebody may do something with an object that has these labels.

    Args:
        principal: who.
        action: what.
        labels: of the object; with none, it is there for those who manage the whole tree.
        tree: all audiences; a grant or label that is not in it counts for nothing.
    """
    wanted = labels_of(audience_key(labels))
    reached = reach(principal, action, tree)
    return bool(wanted & reached) if action in SEEING else wanted <= reached


def may_anywhere(principal: Principal, action: Action, tree: AudienceTree) -> bool:
    """Whether there is any audience for which somebody may do something."""
    return bool(reach(principal, action, tree))


def viewer_of(principal: Principal, tree: AudienceTree, on: date | None = None) -> Viewer:
    """What retrieval takes: the principal's name and the labels of what it may read."""
    return Viewer(principal.name, reach(principal, "read_source", tree), on)


@dataclass(frozen=True)
class ContactReach:
    """Which contacts somebody may open, see and add to; what the store of contacts takes.

    A contact has a maker (whoever opened it), an agent and one audience. All three sets are labels
    of audiences, as they were when this was made.

    Attributes:
        name: the account's, or the key's.
        held: in which they hold contacts of their own, as the agent.
        fed: for which they bring contacts in, as a program.
        seen: for which they see everybody's contacts.
        told: of whose sources they are told what is suggested: those that they read, and those
            that agents read whose contacts they bring in.
    """

    name: str
    held: frozenset[str]
    fed: frozenset[str]
    seen: frozenset[str]
    told: frozenset[str] = frozenset()

    def opens(self, agent: str, audience: str) -> bool:
        """Whether they may open a contact of that agent for that audience."""
        return (agent == self.name and audience in self.held) or audience in self.fed

    def feeds(self, made_by: str | None, agent: str | None, audience: str) -> bool:
        """Whether they may add turns to a contact, and end it."""
        if made_by == self.name and audience in self.fed:
            return True
        return agent == self.name and audience in self.held

    def sees(self, made_by: str | None, agent: str | None, audience: str) -> bool:
        """Whether they may read a contact and follow it."""
        return self.feeds(made_by, agent, audience) or audience in self.seen


def contact_reach(principal: Principal, tree: AudienceTree) -> ContactReach:
    """Which contacts somebody may open, see and add to."""
    fed = reach(principal, "feed_contacts", tree)
    of_agents = fed.union(*(tree.above(label) for label in fed & tree.audiences.keys()))
    return ContactReach(
        principal.name,
        reach(principal, "hold_contacts", tree),
        fed,
        reach(principal, "see_contacts", tree),
        reach(principal, "read_source", tree) | of_agents,
    )


@dataclass(frozen=True)
class EscalationReach:
    """What somebody may do with questions to the company; what their store takes.

    A question has an asker, an audience and a topic with people on duty. All sets are labels of
    audiences, as they were when this was made.

    Attributes:
        name: the account's.
        asked: for which they ask, as those who hold contacts do.
        answered: for which they answer, where they are on duty.
        seen: of which they see every question, as those do who see what agents report.
        managed: of which they keep the topics and the people on duty.
        conversations: of which they see what is said in contacts that are not theirs.
        customers: whether they see customers' names and orders.
        customer_contacts: whether they see customers' telephones and mail addresses too.
    """

    name: str
    asked: frozenset[str]
    answered: frozenset[str]
    seen: frozenset[str]
    managed: frozenset[str]
    conversations: frozenset[str] = frozenset()
    customers: bool = False
    customer_contacts: bool = False


def escalation_reach(principal: Principal, tree: AudienceTree) -> EscalationReach:
    """What somebody may do with questions to the company."""

    def reached(action: Action) -> frozenset[str]:
        return reach(principal, action, tree)

    return EscalationReach(
        principal.name,
        reached("hold_contacts"),
        reached("answer_escalations"),
        reached("see_feedback"),
        reached("edit_source") | reached("publish"),
        reached("see_contacts"),
        bool(reached("see_customer")),
        bool(reached("see_customer_contact")),
    )


def answering_role(principal: Principal, audience: str, tree: AudienceTree) -> Role | None:
    """The role by which somebody answers questions of an audience; `None`: they may not."""
    roles = {
        grant.role
        for grant in principal.grants
        if audience in _reach_of(grant, "answer_escalations", tree)
    }
    return next((role for role in _ANSWERING if role in roles), None)


def why(principal: Principal, action: Action, labels: Iterable[str], tree: AudienceTree) -> Reason:
    """One line that explains what `may` decides."""
    wanted = labels_of(audience_key(labels))
    about = {
        "name": principal.name,
        "action": because(f"action-{action}"),
        "labels": tuple(sorted(wanted)),
    }
    if action in PERSONAL and principal.kind == "key":
        return because("may-not-by-key", **about)
    allowing = [g for g in principal.grants if action in ALLOWED[g.role]]
    if may(principal, action, wanted, tree):
        reaching = [g for g in allowing if wanted & _reach([g], action, tree)]
        return because("may", **about, grants=told_grants(reaching))
    if not allowing:
        return because("may-not-by-role", **about, held=told_grants(principal.grants))
    left = wanted - _reach(principal.grants, action, tree)
    if left == wanted or (left and action not in SEEING):
        missed = tuple(sorted(left))
        return because("may-not-by-reach", **about, grants=told_grants(allowing), left=missed)
    return because("may-not-by-owner", **about)


def told_grants(grants: Iterable[Grant]) -> tuple[Reason, ...]:
    """Grants as people read them, within a reason."""
    return tuple(grant.told for grant in sorted(grants)) or (because("nothing"),)


def _reach(grants: Iterable[Grant], action: Action, tree: AudienceTree) -> frozenset[str]:
    return frozenset(label for grant in grants for label in _reach_of(grant, action, tree))


def _reach_of(grant: Grant, action: Action, tree: AudienceTree) -> frozenset[str]:
    """A grant reaches up for seeing, down for managing; who manages sees both ways."""
    if action not in ALLOWED[grant.role] or grant.audience not in tree.audiences:
        return frozenset()
    managed = tree.managed(grant.audience)
    if action not in SEEING:
        return tree.below(grant.audience) | (managed & {MANAGERS_ONLY})
    if grant.role not in _SEES_BELOW:
        return tree.above(grant.audience)
    return managed if grant.role in _SEES_UNLABELLED else managed - {MANAGERS_ONLY}
