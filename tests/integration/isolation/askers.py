"""Whoever may ask, about any day and as it was told at any moment."""

from __future__ import annotations

from datetime import timedelta

from knowledge.models import Viewer
from tests.integration.isolation.facts import FIRST, LAST, Asker
from tests.integration.isolation.histories import History

FAR = {FIRST: -4000, LAST: 4000}
"""Days from today that stand for long ago and for much later."""


def anybody(history: History) -> Asker:
    """Agents and managers at any label, several roles, nobody; mostly about today and now."""
    dice, labels = history.dice, list(history.facts.parents)
    grants = [(dice.choice(["agent", "agent", "manager", "qa"]), dice.choice(labels))]
    if dice.random() < 0.2:
        grants.append(("agent", dice.choice(labels)))
    day = dice.choice([None, None, None, *range(FIRST, LAST + 1)])
    tick = dice.choice([None, None, dice.randrange(history.tick)])
    return Asker(tuple(grants) if dice.random() < 0.93 else (), day, tick)


def as_viewer(history: History, asker: Asker) -> Viewer:
    """The viewer that an account with these roles gets; without any, of no audience here."""
    tree, labels = history.register.audiences(), set[str]()
    for role, label in asker.grants:
        seen = tree.above(label) if role == "agent" else tree.managed(label)
        labels |= seen - {"*managers"} if role == "qa" else seen
    if not asker.grants:
        labels = history.dice.choice([set(), {"elsewhere"}])
    days = FAR.get(asker.day or 0, asker.day)
    on = None if days is None else history.register.today() + timedelta(days=days)
    told = None if asker.tick is None else history.moments[asker.tick]
    return Viewer("anybody", frozenset(labels), on, told)
