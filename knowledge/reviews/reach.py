"""Whose reviews somebody may give and read; what the store of them takes.

People of quality review contacts of the audiences that they evaluate for and whose conversations
they see. Reviews are read by those who see everybody's contacts of an audience, and by the agent
whom they are about: their own, and nobody else's.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.audience import AudienceTree
from knowledge.identity.access import Principal, may_anywhere, reach


@dataclass(frozen=True)
class ReviewReach:
    """What somebody may do with reviews; labels of audiences, as they were when this was made.

    Attributes:
        name: the account's, or who a command is in the name of.
        judged: for which they bring scorecards in, draw samples and review.
        seen: of which they read everybody's reviews.
        own: whether they are told of reviews of their own work.
    """

    name: str
    judged: frozenset[str]
    seen: frozenset[str]
    own: bool


def review_reach(principal: Principal, tree: AudienceTree, *, by: str | None = None) -> ReviewReach:
    """Whose reviews somebody may give and read.

    Args:
        principal: who.
        tree: all audiences, as they are now.
        by: in whose name, where that is somebody else: of a command.
    """
    seen = reach(principal, "see_contacts", tree)
    return ReviewReach(
        by or principal.name,
        seen & reach(principal, "evaluate", tree),
        seen,
        may_anywhere(principal, "hold_contacts", tree),
    )
