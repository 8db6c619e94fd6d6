"""How often a customer has come for the same: known by meaning, not by category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.meaning import meaning_of
from assistant.speech import said_words
from knowledge.contacts.customer_links import Earlier

if TYPE_CHECKING:
    from assistant.customers.models import EarlierContact
    from assistant.pipeline import Assistant
    from knowledge.models import Vector, Viewer

ALIKE_FROM = 0.51
"""Cosine of two meanings (`assistant.meaning`) from which they are one need. On 40 pairs of what a
customer says and a summary of a contact, made by hand, half of them of one need, in both languages:
19 of the 20 of one need lie above it, and 1 of the 20 others."""
WITHIN_DAYS = 90
"""Who comes back later comes with something new, or starts again."""
MAX_COMPARED = 20
"""Contacts, the newest; a comparison takes some 20 ms the first time."""
REMEMBERED = 2_000
"""Texts whose meanings are kept: the same contacts are compared at each need that is told."""
MAX_CHARS = 600
MAX_NEEDS = 10
LEAST_WORDS = 4
"""Content words of a turn that tells a need; fewer are a greeting or an answer."""


@dataclass(frozen=True)
class Repeat:
    """A contact of before in which the customer needed the same.

    Attributes:
        on: its day.
        channel: the company's word or ours.
        score: cosine of the two needs.
    """

    on: date
    channel: str
    score: float


class Repeats:
    """Finds what a customer comes back for.

    Args:
        assistant: its model tells meanings.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known = lru_cache(maxsize=REMEMBERED)(self._found)

    def of(
        self,
        needs: Sequence[str],
        told: Sequence[EarlierContact],
        ours: Sequence[Earlier],
        viewer: Viewer,
        now: datetime,
    ) -> list[Repeat]:
        """Contacts of before about the same, oldest first; each day and channel once.

        Args:
            needs: of this contact, see `told_needs`.
            told: contacts that the customer system tells of.
            ours: contacts held here.
            viewer: who asks.
            now: by the company's clock.
        """
        revision = self._assistant.snapshot(viewer).revision

        def meanings_of(texts: Sequence[str]) -> list[Vector]:
            found = (self._known(text[:MAX_CHARS], viewer, revision) for text in texts)
            return [meaning for meaning in found if meaning is not None]

        today = now.date()
        same = meanings_of(needs)
        since = today - timedelta(days=WITHIN_DAYS)
        left = [
            (on, channel, meanings_of(texts))
            for on, channel, texts in [*_ours(ours, now.tzinfo), *_told(told)][:MAX_COMPARED]
            if same and since <= on <= today
        ]
        found: dict[date, Repeat] = {}
        # What is like one of those is of the same need as well: "nobody has called" says nothing
        # of the damage that the next call tells again.
        while left:
            score, place = max((_nearest(one[2], same), place) for place, one in enumerate(left))
            if score < ALIKE_FROM:
                break
            on, channel, meanings = left.pop(place)
            found.setdefault(on, Repeat(on, channel, round(score, 3)))
            same = [*same, *meanings]
        return sorted(found.values(), key=lambda one: one.on)

    def _found(self, text: str, viewer: Viewer, _revision: int) -> Vector | None:
        """What a text means by what is found for it, which may change with the sources."""
        if not any(map(str.isalnum, text)):
            return None
        evidence = self._assistant.look(text, viewer)
        return meaning_of(evidence.found, evidence.background)


def _nearest(meanings: Sequence[Vector], others: Sequence[Vector]) -> float:
    """The highest cosine of any two; 0 where there are none."""
    return max((float(np.dot(one, other)) for one in meanings for other in others), default=0.0)


def told_needs(said: Sequence[str]) -> list[str]:
    """What tells the need in a conversation: what was said at some length, each once.

    Turn by turn, since a need is nearer to the summary of a contact than all that is said with it.
    """
    told = [text for text in dict.fromkeys(said) if len(said_words(text)) >= LEAST_WORDS]
    return told[:MAX_NEEDS]


def _told(contacts: Sequence[EarlierContact]) -> Iterator[tuple[date, str, tuple[str, ...]]]:
    for one in contacts:
        if one.on is not None and one.summary:
            yield one.on, one.channel, (one.summary,)


def _ours(
    contacts: Sequence[Earlier], zone: tzinfo | None
) -> Iterator[tuple[date, str, tuple[str, ...]]]:
    for one in contacts:
        if one.needs:
            opened = datetime.fromisoformat(one.opened_at).astimezone(zone)
            yield opened.date(), one.channel, one.needs
