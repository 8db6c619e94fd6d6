"""Whether a sentence denies, and what only looks like it."""

from __future__ import annotations

import re

FOR_AGENTS = re.compile(
    r"\b(?:promet|contest|decir|decimos|decid|respond|promis|say|answer|decide)\w*", re.IGNORECASE
)
"""Headings over what agents may say: nothing that is so or not."""
LEFT_OUT = re.compile(
    r"\b(?:no (?:se )?(?:cubre|incluye|admite|entra)\w*|exclusion\w*|not covered|not included|"
    r"excluded)\b"
)
"""Headings over what is not."""
_DENIES = re.compile(
    r"\b(?:no|nunca|jamas|tampoco|ningun[ao]?|nadie|sin|"
    r"(?:deja|dejo|dejan)\w* de|imposible|prohib\w+|exclu\w+|quedan? fuera|pierd\w+|perdid[oa]|"
    r"not|never|no longer|nobody|none|cannot|without|impossible|forbid\w*|lose|lost|loses|"
    r"excluded|left out)\b|n't\b"
)
_ONLY = re.compile(
    r"\b(?:sin (?:ningun )?(?:coste|cargo|gastos?|suplemento|recargo|problema|compromiso)|"
    r"(?:at )?no (?:\w+ )?(?:costs?|charges?|fees?|surcharges?|problem|trouble|matter)|"
    r"without (?:any )?(?:charge|cost|fee)s?|"
    r"no (?:se )?(?:preocupe|cobra|cuesta|paga)\w*|no pasa nada|don't worry|"
    r"(?:not|never) charged?|"
    r"no (?:tienen?|hay|llevan?|suponen?) (?:ningun )?(?:coste|suplemento|recargo|gastos?|"
    r"cargo|problema)|no solo|no mas de|no mas tarde|not only|no later|no more than|sin duda)\b"
)
"""Denials of something else: of costs, which are figures, and of limits."""


def denies(folded: str) -> bool:
    """Whether a folded stretch denies anything but costs and limits."""
    return bool(_DENIES.search(_ONLY.sub(" ", folded)))
