"""Whose contacts, questions and sources somebody sees counted; audiences as people read them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.audience import AudienceTree
from knowledge.identity.access import Principal, reach
from knowledge.models import Viewer


@dataclass(frozen=True)
class Sight:
    """What somebody may see.

    Attributes:
        labels: audiences whose contacts they see.
        asks: whose questions they may read, see `knowledge.work.circles`.
        reads: which sources.
        tree: all audiences.
    """

    labels: frozenset[str]
    asks: Viewer
    reads: Viewer
    tree: AudienceTree

    def within(self, labels: frozenset[str]) -> Sight:
        """Only what belongs to some audiences; questions of others are left out as well."""
        asks = Viewer(self.asks.name, self.asks.audiences & _known(labels, self.tree))
        return replace(self, labels=self.labels & labels, asks=asks)


def sight_of(principal: Principal, viewer: Viewer, asks: Viewer, tree: AudienceTree) -> Sight:
    """What somebody may see of contacts, questions and sources."""
    return Sight(reach(principal, "see_contacts", tree), asks, viewer, tree)


def _known(labels: frozenset[str], tree: AudienceTree) -> frozenset[str]:
    """Labels with all above them: what somebody sees who is responsible for them."""
    known = labels & tree.audiences.keys()
    return labels.union(*(tree.above(label) for label in known))


def widest(labels: frozenset[str], tree: AudienceTree) -> list[str]:
    """The labels that lie below none of the others."""
    known = labels & tree.audiences.keys()
    return sorted(label for label in known if tree.above(label) & known == {label})


def title_of(label: str, tree: AudienceTree) -> str:
    """What people call an audience; of one that is gone, its label."""
    found = tree.audiences.get(label)
    return found.title if found is not None else label
