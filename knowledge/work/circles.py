"""Whose words somebody may read: which circles of readers a viewer answers for.

A document is seen by whoever shares one label with it. What people ask and report is narrower: it
is for those who answer for all the circles it comes from, so that one contractor never reads what
another contractor's customers said. Pure; the register keeps the tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from knowledge.audience import MANAGERS_ONLY, AudienceTree
from knowledge.models import EVERYONE, Viewer


def answers_for(viewer: Viewer, tree: AudienceTree) -> frozenset[str]:
    """Labels of which the viewer sees everything below: those that somebody manages.

    What a viewer sees does not tell who manages a circle from who is in the only one within it:
    such a circle is left to those who manage a wider one. For the whole company, and for what has
    no label, it takes `MANAGERS_ONLY`. Somebody who only reads, at a label with nothing below it,
    gets that label as well: whether they manage at all is decided before, from their roles.
    """
    sees = viewer.audiences
    inner = Counter(audience.parent for audience in tree.audiences.values())
    whole = {
        label
        for label, audience in tree.audiences.items()
        if tree.below(label) <= sees and (inner[label] != 1 or audience.parent not in sees)
    }
    if MANAGERS_ONLY in sees:
        return frozenset(tree.below(EVERYONE) | {MANAGERS_ONLY})
    return frozenset(whole - {EVERYONE})


def places(labels: Iterable[str], tree: AudienceTree) -> frozenset[str]:
    """Where somebody stands who sees these labels: the narrowest of them.

    Who manages everything stands at the root. Of an audience that is gone nobody knows who they
    were: then `MANAGERS_ONLY`.
    """
    given = frozenset(labels)
    if MANAGERS_ONLY in given:
        return frozenset({EVERYONE})
    known = given & tree.audiences.keys()
    narrowest = {label for label in known if tree.below(label) & known == {label}}
    return frozenset(narrowest) or frozenset({MANAGERS_ONLY})


def shared_place(askers: Iterable[Iterable[str]], tree: AudienceTree) -> str:
    """The narrowest audience that all of several people see: the last label that they share.

    Args:
        askers: the labels that each of them sees.
        tree: all audiences.
    """
    path: frozenset[str] | None = None
    for labels in askers:
        for place in places(labels, tree) & tree.audiences.keys():
            above = tree.above(place)
            path = above if path is None else path & above
    shared = path or frozenset({EVERYONE})
    return max(shared, key=lambda label: (len(tree.above(label)), label))
