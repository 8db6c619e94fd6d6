"""Which promises and complaints somebody may see and act on; what the store of them takes.

The contractor that one belongs to and the company above see all of it, whoever of them was on the
line: the next call of a customer is often a colleague's. Others who talk with customers are told
of a customer's open ones what they are, by when and how they stand, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.audience import AudienceTree
from knowledge.identity.access import ALLOWED, Principal, may_anywhere, reach


@dataclass(frozen=True)
class CommitmentReach:
    """What somebody may do with promises and complaints; labels of audiences.

    Attributes:
        name: the account's, or the key's.
        acting: in which they open, confirm, assign and close.
        whole: of which they are told everything.
        cards: whether they are told what a customer is owed elsewhere.
    """

    name: str
    acting: frozenset[str]
    whole: frozenset[str]
    cards: bool


def commitment_reach(
    principal: Principal, tree: AudienceTree, *, by: str | None = None
) -> CommitmentReach:
    """Which promises and complaints somebody may see and act on.

    Args:
        principal: who.
        tree: all audiences, as they are now.
        by: in whose name, where that is somebody else: of a command.
    """
    held = may_anywhere(principal, "hold_contacts", tree)
    acting = frozenset[str]().union(
        *(
            tree.below(grant.audience)
            for grant in principal.grants
            if held and "hold_contacts" in ALLOWED[grant.role] and grant.audience in tree.audiences
        )
    )
    seen = reach(principal, "see_contacts", tree) | reach(principal, "feed_contacts", tree)
    return CommitmentReach(by or principal.name, acting, acting | seen, held)
