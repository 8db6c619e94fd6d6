"""What an entry of the audit trail may say: ids, numbers and labels, nobody's words.

The trail is kept for years, shown to auditors and cannot be changed, so what a customer said must
never get in, nor anything else that somebody may ask to have erased. Accounts, sources and
conversations are named by their ids; what an id stands for is looked up where it can be erased.
"""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

MAX_ID_CHARS = 200
MAX_LIST_ITEMS = 50
MAX_DETAILS = 20

Action = Literal[
    "account.added",
    "account.dated",
    "account.disabled",
    "account.enabled",
    "account.password_changed",
    "account.password_reset",
    "account.roles_changed",
    "account.signed_in",
    "answer.shown",
    "audience.added",
    "audience.changed",
    "audience.removed",
    "audit.exported",
    "commitment.assigned",
    "commitment.closed",
    "commitment.confirmed",
    "commitment.discarded",
    "commitment.erased",
    "commitment.exported",
    "commitment.moved",
    "commitment.noted",
    "commitment.opened",
    "commitment.overdue",
    "commitment.proposed",
    "contact.ended",
    "contact.erased",
    "contact.offer_declined",
    "contact.offer_withdrawn",
    "contact.offered",
    "contact.opened",
    "contact.taken_over",
    "contact.viewed",
    "customer.searched",
    "customer.viewed",
    "data.expired",
    "duty.changed",
    "escalation.answered",
    "escalation.asked",
    "escalation.carded",
    "escalation.expired",
    "escalation.moved",
    "escalation.passed",
    "escalation.taken",
    "escalation.withdrawn",
    "evaluation.began",
    "evaluation.decided",
    "evaluation.finished",
    "feedback.assigned",
    "feedback.declined",
    "feedback.given",
    "feedback.resolved",
    "feedback.taken",
    "gap.assigned",
    "gap.closed",
    "gap.dismissed",
    "gap.drafted",
    "gap.reopened",
    "golden.gates",
    "golden.removed",
    "golden.saved",
    "key.added",
    "key.revoked",
    "notice.read",
    "policy.acknowledged",
    "policy.reading_required",
    "policy.reading_withdrawn",
    "question.erased",
    "question.removed",
    "question.saved",
    "review.corrected",
    "review.given",
    "sample.drawn",
    "scorecard.removed",
    "scorecard.saved",
    "source.added",
    "source.changed",
    "source.checked",
    "source.published",
    "source.rejected",
    "source.removed",
    "source.retired",
    "source.submitted",
    "source.viewed",
    "source.waived",
    "steps.chosen",
    "steps.closed",
    "topic.changed",
    "topic.removed",
    "summary.queued",
    "summary.saved",
    "webhook.failed",
    "webhook.retried",
]
"""Everything that is entered: what was touched, and what was done to it. A trail that an earlier
version wrote may hold others, and is read all the same."""

ACTIONS: tuple[str, ...] = get_args(Action)

Scalar = str | int | bool
Detail = Scalar | list[Scalar] | tuple[Scalar, ...]

_OBJECT = re.compile(r"[a-z][a-z_]*:.+")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Event:
    """Something that somebody did.

    Attributes:
        actor: account name, or ``cli:<user>`` for a command on the machine, see `local_actor`.
        action: what was done.
        object: what it was done to, ``kind:id``, e.g. ``source:12``.
        details: ids, integers, booleans and short lists of them, by lower-case names, at most
            `MAX_DETAILS`.

    An id has 1 to `MAX_ID_CHARS` visible characters and no space, so that a sentence is none: what
    has a name with spaces is referred to by its number or hash.

    Raises:
        ValueError: a part is anything else. The message does not repeat it, for messages get into
            logs and it may be somebody's words.
    """

    actor: str
    action: Action
    object: str
    details: Mapping[str, Detail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(
                f"action must be one of the {len(ACTIONS)} of knowledge.audit.event.Action, got "
                f"{_kind(self.action)}"
            )
        _check_id("actor", self.actor)
        _check_id("object", self.object)
        if not _OBJECT.fullmatch(self.object):
            raise ValueError("object must be kind:id, e.g. source:12, got no kind")
        object.__setattr__(self, "details", _checked(self.details))


def local_actor() -> str:
    """Who runs a command on this machine: ``cli:`` and the system's name of the user."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a user without an entry, as in containers
        name = str(os.getuid())
    return f"cli:{re.sub(r'[^!-~]', '_', name)}"


def _checked(details: Mapping[str, Detail]) -> Mapping[str, Detail]:
    """A copy that nobody else can change."""
    if len(details) > MAX_DETAILS:
        raise ValueError(f"details may have up to {MAX_DETAILS} names, got {len(details)}")
    checked: dict[str, Detail] = {}
    for name, value in details.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ValueError("names of details must be lower_case words of up to 40 characters")
        if isinstance(value, list | tuple):
            if len(value) > MAX_LIST_ITEMS:
                raise ValueError(
                    f"details[{name!r}] may list up to {MAX_LIST_ITEMS} items, got {len(value)}"
                )
            checked[name] = tuple(_checked_scalar(name, item) for item in value)
        else:
            checked[name] = _checked_scalar(name, value)
    return MappingProxyType(checked)


def _checked_scalar(name: str, value: Any) -> Scalar:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if value.bit_length() > 63:
            raise ValueError(f"details[{name!r}] must be an integer of up to 63 bits")
        return value
    if isinstance(value, str):
        _check_id(f"details[{name!r}]", value)
        return value
    raise ValueError(
        f"details[{name!r}] must be an id, an integer, a boolean or a list of them, "
        f"got {_kind(value)}"
    )


def _check_id(what: str, value: Any) -> None:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID_CHARS:
        raise ValueError(
            f"{what} must be an id of 1 to {MAX_ID_CHARS} characters, got {_kind(value)}"
        )
    if not value.isprintable() or any(character.isspace() for character in value):
        raise ValueError(
            f"{what} must be an id without spaces or invisible characters, got {_kind(value)}: "
            "the audit trail takes no text, name things by their number or hash"
        )


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return f"a text of {len(value)} characters"
    return f"a value of type {type(value).__name__}"
