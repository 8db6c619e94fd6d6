"""Other words for what voice guides forbid: paraphrases that are surely the same.

A family only counts where a rule of the guide in force is of it; its patterns are of folded text,
in both languages, since a guide of one language speaks of the same as one of the other. What
matters in a wording is put together from small lists: who, does what, how surely, by when.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.drafting import wordings_en, wordings_es
from knowledge.models import Language


@dataclass(frozen=True)
class Family:
    """A kind of wording.

    Attributes:
        name: as the model of clauses calls it.
        rule: finds the rules of a guide, folded, that forbid it.
        wordings: finds it in what is written, folded, by language.
        dated: whether a day or hour in the sentence makes it fine.
        telling: whether the wordings themselves say what they are about.
    """

    name: str
    rule: re.Pattern[str]
    wordings: Mapping[Language, re.Pattern[str]]
    dated: bool = False
    telling: bool = False


_WORDINGS: Mapping[Language, Mapping[str, tuple[str, ...]]] = {
    "es": wordings_es.WORDINGS,
    "en": wordings_en.WORDINGS,
}


def _family(name: str, rule: str, *, dated: bool = False, telling: bool = False) -> Family:
    return Family(
        name,
        re.compile(rf"\b(?:{rule})"),
        {
            language: re.compile("|".join(rf"\b(?:{one})" for one in worded[name]))
            for language, worded in _WORDINGS.items()
        },
        dated,
        telling,
    )


SENT_AWAY = "sent_away"
"""What the model of clauses calls being sent to somebody else (`third_parties`)."""
FAMILIES = (
    _family(
        "certainty",
        r"garantiz[oa]|cien por cien|sin falta|guarantee|without fail|hundred per ?cent",
    ),
    _family("refund_now", r"devolvemos el dinero|refund you today"),
    _family("covers_all", r"cubre todo|todo riesgo|covers everything|fully comprehensive"),
    _family("no_interest", r"sin intereses|interest-free|interest free"),
    _family("approved", r"aprueb|approve"),
    _family(
        "soon",
        r"en breve|cuanto antes|mayor brevedad|shortly|as soon as possible|earliest convenience",
        dated=True,
    ),
    _family("somebody_calls", r"ya le llamaran|they will call you", dated=True),
    _family("calm", r"tranquilicese|calmese|calm down"),
    _family(
        "policy",
        r"es politica de empresa|el sistema no me deja|company policy|system won't let me",
    ),
    _family("unknown", r"no (?:se|me consta|me sale)\b|don't know|doesn't show"),
    _family("only", r"solo son|it is only"),
    _family("call_centre", r"(?:nosotros )?solo somos|only the call centre"),
)
BY_NAME = {family.name: family for family in FAMILIES}
