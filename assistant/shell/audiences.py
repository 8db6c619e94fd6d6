"""The tree of audiences, as the register has it: the one place where the rim reads it."""

from __future__ import annotations

from knowledge.audience import ROOT, AudienceTree


def read_tree() -> AudienceTree:
    """All audiences there are: so far documents know one, everybody."""
    return AudienceTree.of([ROOT])
