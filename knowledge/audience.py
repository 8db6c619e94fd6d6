"""Who may see what: labels in a tree, and what is left when a section narrows its document.

A document carries a set of labels and is seen by everybody who stands at one of them or below
it. So a label further down is a smaller circle, and narrowing is an intersection: a section can
take readers away from its document, never add one. Pure; the register keeps the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.errors import SettingsError
from knowledge.models import EVERYONE
from knowledge.refusals import because

MANAGERS_ONLY = "*managers"
"""Stands for "no label": seen by those alone who manage the whole tree. No label looks like it."""

_LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_LABEL_CHARS = 40


@dataclass(frozen=True)
class Audience:
    """One circle of readers.

    Attributes:
        label: what documents and accounts name it by: lower-case letters, digits and hyphens.
        title: what people read.
        parent: label of the next wider circle; `None` for the root, `EVERYONE`.
    """

    label: str
    title: str
    parent: str | None


@dataclass(frozen=True)
class AudienceTree:
    """All audiences.

    Attributes:
        audiences: by label; the root is among them.
    """

    audiences: Mapping[str, Audience]

    @classmethod
    def of(cls, audiences: Iterable[Audience]) -> AudienceTree:
        """The tree of these audiences."""
        return cls({audience.label: audience for audience in audiences})

    def above(self, label: str) -> frozenset[str]:
        """The label and every wider one: what somebody who stands there sees.

        Raises:
            SettingsError: there is no such audience.
        """
        found: list[str] = []
        here: str | None = label
        while here is not None:
            found.append(here)
            here = self._known(here).parent
        return frozenset(found)

    def below(self, label: str) -> frozenset[str]:
        """The label and every narrower one.

        Raises:
            SettingsError: there is no such audience.
        """
        found, waiting = set(), [self._known(label).label]
        while waiting:
            here = waiting.pop()
            found.add(here)
            waiting.extend(self._children.get(here, ()))
        return frozenset(found)

    def managed(self, label: str) -> frozenset[str]:
        """What somebody sees who manages an audience: all above and below.

        At the root that includes what has no label.

        Raises:
            SettingsError: there is no such audience.
        """
        unlabelled = {MANAGERS_ONLY} if self._known(label).parent is None else set()
        return self.above(label) | self.below(label) | unlabelled

    def reduced(self, labels: Iterable[str]) -> frozenset[str]:
        """The same circle in as few labels as it takes: none lies below another.

        Raises:
            SettingsError: there is no such audience.
        """
        given = frozenset(labels)
        return frozenset(label for label in given if self.above(label) & given == {label})

    def narrowed(self, wider: Iterable[str], narrower: Iterable[str]) -> frozenset[str]:
        """Who is in both circles: of two labels on one path the lower, of others nothing.

        Raises:
            SettingsError: there is no such audience.
        """
        first, second = list(wider), list(narrower)
        both = {b for b in second for a in first if a in self.above(b)}
        both |= {a for a in first for b in second if b in self.above(a)}
        return self.reduced(both)

    def within(self, *keys: str) -> str:
        """Key of who is in every one of these circles, given by their keys, at least one.

        A label that is no audience any more stands for nobody.
        """
        first, *others = (labels_of(key) & self.audiences.keys() for key in keys)
        for labels in others:
            first = self.narrowed(first, labels)
        return audience_key(first)

    def _known(self, label: str) -> Audience:
        try:
            return self.audiences[label]
        except KeyError:
            known = ", ".join(sorted(self.audiences))
            raise SettingsError(because("audience-unknown", label=label, known=known)) from None

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for audience in self.audiences.values():
            if audience.parent is not None:
                children.setdefault(audience.parent, []).append(audience.label)
        return children


ROOT = Audience(EVERYONE, "Todo el personal / All staff", None)


def audience_key(labels: Iterable[str]) -> str:
    """One string for a set of labels, the same for equal sets; `MANAGERS_ONLY` for none."""
    return " ".join(sorted(set(labels))) or MANAGERS_ONLY


def labels_of(key: str) -> frozenset[str]:
    """The labels of a key; a viewer needs one of them."""
    return frozenset(key.split())


def check_label(label: str) -> str:
    """The label, if it may be one.

    Raises:
        SettingsError: other characters, or too long.
    """
    if len(label) > MAX_LABEL_CHARS or not _LABEL.fullmatch(label):
        raise SettingsError(because("audience-label", label=label, limit=MAX_LABEL_CHARS))
    return label
