"""Who asks a golden case: an agent of its audience, about its day."""

from __future__ import annotations

from assistant.bootstrap import operator
from eval.golden.models import GoldenCase
from eval.runs.asking import ViewerOf
from knowledge.audience import AudienceTree
from knowledge.models import EVERYONE, Viewer


def viewers(tree: AudienceTree) -> ViewerOf:
    """Agents who ask; a case without an audience is asked as all staff see it.

    Args:
        tree: all audiences.
    """

    def viewer_of(case: GoldenCase) -> Viewer:
        audience = case.audience or EVERYONE
        return operator(tree, name="evaluation", audience=audience, on=case.on)

    return viewer_of
