"""Words that deny in part, paired between the two languages. `Read` and `Read` -> what is left.

"Se pierde", "hasta" and "a menos que" deny as much as "is lost", "until" and "unless" do: where
each side has its own, they account for no "no" that only one of them has. One without a counterpart
may be how a "no" was translated ("failed" for "no se llevó a cabo").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.support.models import Span
from assistant.support.reading import Read
from knowledge.models import Language

_KINDS: dict[Language, dict[str, str]] = {
    "es": {
        "without": r"sin",
        "lost": r"p(?:ie)?e?rd\w+",
        "stopped": r"dej\w+ de|ces\w+|ya no",
        "avoided": r"evit\w+|imp[ie]d\w+",
        "refused": r"deneg\w+|nieg\w+|rechaz\w+",
        "except": r"salvo|excepto|a menos|exceptu\w+",
        "excluded": r"exclu\w+",
        "forbidden": r"prohib\w+",
        "lacking": r"carec\w+",
        "only": r"sol[oa]|solamente",
        "limit": r"hasta|menos",
        "outside": r"fuera",
        "closed": r"cerrad\w+|termin\w+",
        "free": r"gratis|gratuit\w+",
        "removed": r"elimin\w+|saltar\w*",
        "opposed": r"opon\w+|opus\w+",
        "nothing": r"nada",
        "unable": r"in\w+bles?",
    },
    "en": {
        "without": r"without",
        "lost": r"los[et]|losing|loss",
        "stopped": r"stop\w*|cease\w*|no longer",
        "avoided": r"avoid\w*|prevent\w*",
        "refused": r"refus\w+|declin\w+|reject\w*",
        "except": r"except\w*|unless|other than",
        "excluded": r"exclu\w+",
        "forbidden": r"prohib\w+|forbid\w*",
        "lacking": r"lack\w*",
        "only": r"only",
        "limit": r"within|until|less|fewer|beyond",
        "outside": r"outside",
        "closed": r"closed?|end(?:s|ed)?",
        "free": r"free",
        "removed": r"delet\w+|remov\w+|omit\w*|skip\w*",
        "opposed": r"oppos\w+|object\w*",
        "nothing": r"nothing",
        "unable": r"un\w+able|unable|in\w+bles?",
    },
}
_READ: dict[Language, re.Pattern[str]] = {
    language: re.compile("|".join(rf"(?P<{kind}>{words})" for kind, words in kinds.items()))
    for language, kinds in _KINDS.items()
}
_NOUNS = re.compile(r"objects?\b(?! to\b)|terminos?\b")
"""What looks like a verb that denies: "one of the largest objects"."""
_PREFIXED = re.compile(r"\bun\w{3,}ed\b|\bnon-?[a-z]{4,}")
"""Denies within a word, in English: "unused"."""
_STRICT = re.compile(
    r"no|not|nunca|jamas|tampoco|ningun\w*|nadie|ni|never|none|nor|neither|nobody|cannot|"
    r"[a-z]+n['’]t"
)


def unpaired(one: Read, other: Read, denials: Sequence[Span], *, limits: bool = True) -> set[str]:
    """Kinds of words that may deny, of which a sentence has more than the other.

    Args:
        one: the sentence whose words are told.
        other: the same in the other language.
        denials: where ``one`` denies outright, which is left out.
        limits: whether words of a limit count: "no más de 3 días" is "hasta 3 días".
    """
    found = set(Counter(_kinds(one, denials)) - Counter(_kinds(other, ())))
    return found if limits else found - {"limit"}


def _kinds(one: Read, denials: Sequence[Span]) -> Iterator[str]:
    """Of each of its words; a further "no" or "ni" is of a kind of its own."""
    last = 0
    for start, end in one.negatives:
        seen = start < last or _NOUNS.match(one.folded, start)
        last = max(last, end)
        if not seen and not any(a <= start < b for a, b in denials):
            match = _READ[one.language].match(one.folded, start)
            strict = _STRICT.fullmatch(one.folded, start, end)
            yield "no" if strict else match.lastgroup or "" if match else one.folded[start:end]
    if one.language == "en":
        yield from ("unable" for _ in _PREFIXED.finditer(one.folded))
