"""What a sentence demands, allows or denies: text -> marks of obligation and negation.

"Debe presentar la factura", "no es necesario presentar la factura" and "you may not" become
`Mark`s that can be compared across wordings and languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.models import Language
from knowledge.quantities.numerals import same_length_fold

Mode = Literal["must", "need not", "may", "may not", "not"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a text obliges, frees, allows, forbids or denies.

    Attributes:
        mode: ``not`` is a denial without obligation or permission ("no reembolsamos").
        start: offset in the text.
        end: offset after it.
        conditional: whether it stands in a condition ("si no tiene
            cuenta") or tells what something is like ("agencies that require"), and claims nothing.
    """

    mode: Mode
    start: int
    end: int
    conditional: bool = False


_Patterns = tuple[tuple[Mode | None, str], ...]

# In this order: the first pattern that matches at a place decides. `None` is what looks like a
# denial and is none.
_SPANISH: _Patterns = (
    (
        None,
        r"no obstante|no sol(?:o|amente)|no mas (?:de|tarde)|no menos de|no (?:superior|inferior)|"
        r"a no ser que|salvo que no|si no (?:es|fuera) asi|o no\b|no (?:dude|olvide|se olvide)\w*|"
        r"sin embargo|sin perjuicio|sin limitacion|puede que|(?:pued|podr)\w+ no\b|"
        r"(?:opt\w+|decid\w+) (?:por )?no\b|no-|"
        # "no autorizado", "no comercial": of a thing, not of what happens
        r"no \w+(?:ad[oa]s?|id[oa]s?|iv[oa]s?|bles?|(?:ci|n)al(?:es)?|entes?|antes?)\b",
    ),
    (
        "need not",
        r"no (?:es|sera|son|seran) (?:necesari|obligatori|precis|imprescindible|requisito)\w*|"
        r"no (?:le |se |nos )?(?:hace|hara) falta|no (?:se )?(?:requ(?:ie|e)r|necesit|exig)\w+|"
        r"no (?:tien|ten|hay|habra)\w* (?:que|obligacion)|no (?:est)\w+ obligad[oa]s?|"
        r"sin necesidad de|(?:es|son) opcional\w*",
    ),
    (
        "may not",
        r"(?:no|nunca|tampoco|jamas) (?:(?:se|le|les|lo|la|los|las|nos|te) )?"
        r"(?:pued|podr|podem|deb)\w+|"
        r"no (?:se )?(?:permit|admit|acept)\w+|"
        r"no (?:le |les |nos )?(?:est|qued)\w+ (?:permitid|autorizad|admitid)\w+|"
        r"no (?:tien|ten)\w+ (?:derecho|permitid)\w*|"
        r"(?:est\w+|qued\w+|se|expresamente) prohib\w+",
    ),
    (
        "must",
        r"(?:debe[ns]?|debera[ns]?|debemos|deberemos)\b|"
        r"(?:tiene[ns]?|tendra[ns]?|tenemos|hay|habra) que\b|"
        r"(?:es|son|sera|seran) (?:necesari|obligatori|precis|imprescindible)\w*|"
        r"obligatori(?:o|a|amente)|(?:est)\w+ obligad[oa]s?|"
        r"(?:requiere|requerira|exige|exigira|necesita|necesitara)[ns]?\b|hace falta",
    ),
    (
        "may",
        r"(?:puede[ns]?|podra[ns]?|podemos|podremos)\b|se permite[n]?\b|"
        r"(?:est)\w+ (?:permitid|autorizad)\w+|(?:tien|ten)\w+ derecho",
    ),
    ("not", r"(?:no|nunca|jamas|tampoco|ningun|ninguna|ninguno|nadie|ni)\b"),
)
_ENGLISH: _Patterns = (
    (
        None,
        r"not (?:only|just|merely)|(?:no|not) (?:more|less|later|longer|fewer) than|whether or not|"
        r"or not\b|(?:not|without) limit\w+|without prejudice|if not\b|no matter|as may\b|"
        r"may or may not|no-",
    ),
    (
        "need not",
        r"(?:do|does|will|would|did)(?:n['’]t| not) (?:have to|need|require)\w*|"
        r"need(?:n['’]t| not)\b|"
        r"(?:is|are)n['’]t (?:required|necessary|obliged|obligated|mandatory)|"
        r"not (?:be )?(?:required|necessary|obliged|obligated|mandatory)|unnecessary|no need\b|"
        r"no (?:\w+ ){1,3}(?:is|are) (?:required|needed|necessary)|"
        r"without (?:having|needing) to|(?:is|are) optional",
    ),
    (
        "may not",
        r"(?:may|can|could|must|shall|should)(?:n['’]t| not)\b|cannot\b|can['’]t\b|"
        r"(?:not|[a-z]+n['’]t) (?:be )?(?:allowed|permitted|eligible|entitled|able)|unable|"
        r"(?:do|does|will)(?:n['’]t| not) (?:allow|permit|accept)|prohibits?\b|"
        r"(?:is|are|be|strictly|expressly) (?:prohibited|forbidden)|ineligible",
    ),
    (
        "must",
        r"(?:must|shall)\b|(?:have|has|need|needs) to\b|"
        r"(?:is|are|be) (?:required|obligated|obliged|mandatory|necessary)|requires?\b|mandatory",
    ),
    ("may", r"(?:may|can)\b|(?:is|are|be) (?:allowed|permitted|entitled|eligible) to"),
    ("not", r"(?:not|never|no|none|nor|neither|nobody)\b|[a-z]+n['’]t\b"),
)

_CONDITION = re.compile(
    r"\b(?:si|if|unless|when|whether|cuando|salvo|excepto|except|a menos|en caso)\b[^,.;:]*$|"
    r"\b(?:that|which|who|que|quien|quienes)\s+(?:(?:se|le|lo|la|is|are|was|were|do|does)\s+)?$"
)
"""Before a mark: a condition, or a clause that only tells what something is like."""
CONDITION_CHARS = 80
"""How far before a mark the word is looked for that makes it part of a condition."""


NEGATIVE = re.compile(
    r"\b(?:no|not|nunca|jamas|tampoco|ningun\w*|nadie|sin|ni|never|none|nor|neither|nobody|without|"
    r"cannot|[a-z]+n['’]t|un\w+able|unable|in\w+bles?|los[et]|losing|loss|perd\w+|pierd\w+|fail\w*|"
    r"dej\w+ de|other than|rather than|instead|stop\w*|avoid\w*|evit\w+|prevent\w*|imp[ie]d\w+|"
    r"refus\w+|deneg\w+|nieg\w+|rechaz\w+|declin\w+|reject\w*|except\w*|salvo|unless|a menos|"
    r"exclu\w+|prohib\w+|forbid\w*|opt out|lack\w*|carec\w+|only|sol[oa]|solamente)\b"
)


def _compiled(patterns: _Patterns) -> re.Pattern[str]:
    named = "|".join(f"(?P<m{i}>{pattern})" for i, (_, pattern) in enumerate(patterns))
    return re.compile(rf"\b(?:{named})")


_READ: dict[Language, tuple[re.Pattern[str], _Patterns]] = {
    "es": (_compiled(_SPANISH), _SPANISH),
    "en": (_compiled(_ENGLISH), _ENGLISH),
}


def marks_of(text: str, language: Language) -> list[Mark]:
    """Where the text obliges, frees, allows, forbids or denies, in order.

    >>> [m.mode for m in marks_of("No es necesario el ticket, pero debe traer la factura.", "es")]
    ['need not', 'must']
    """
    pattern, patterns = _READ[language]
    folded = same_length_fold(text)
    found: list[Mark] = []
    for match in pattern.finditer(folded):
        mode = patterns[int((match.lastgroup or "m0")[1:])][0]
        if mode and not _is_month(text, match):
            before = folded[max(0, match.start() - CONDITION_CHARS) : match.start()]
            condition = _CONDITION.search(before) is not None
            found.append(Mark(mode, match.start(), match.end(), condition))
    return found


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether "May" is a month's name: in capitals within a sentence, or with a day behind it."""
    if text[match.start() : match.end()] != "May":
        return False
    within = text[: match.start()].rstrip()[-1:]
    return within.isalnum() or within == "," or text[match.end() :].lstrip()[:1].isdigit()


def sounds_negative(text: str) -> bool:
    """Whether any word of the text may deny something, "unable", "salvo" and "perder" included."""
    return NEGATIVE.search(same_length_fold(text)) is not None
