"""The words of Spanish and English, as two libraries in use anyway know them.

pyspellchecker's lists of frequent words and simplemma's inflected forms: a word is right if either
has it. Spanish verbs take pronouns behind them freely ("devolvérselo"); those are taken apart, and
the accent that the whole then needs is worked out (Real Academia Española, Ortografía 2010, 3.4.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from knowledge.models import Language

COMMON = 2_000
"""Times in pyspellchecker's corpus from which on an accented spelling is meant, and not the rare
word that is the same without the accent ("numero", a form of "numerar")."""
BOTH_WAYS = frozenset(
    "guion guiones periodo periodos solo aun mas esta estas este este ese esa".split()
)
"""Spelled either way, or told apart by what stands around them (`assistant.drafting.grammar`)."""
_ACCENT = dict(zip("aeioun", "áéíóúñ", strict=True))
_PLAIN = str.maketrans("áéíóúüñ", "aeiouun")
_UNACCENTED = str.maketrans("áéíóú", "aeiou")
_PRONOUN = r"(?:me|te|se|nos|os|les?|l[oa]s?)"
_GERUND = re.compile(r"\w*(?:ando|[iy]endo)")
_VOWEL_GROUP = re.compile(r"[iu]?[aeo][iu]?|[iu]+")


@lru_cache(maxsize=2)
def frequent(language: Language) -> Mapping[str, int]:
    """Pyspellchecker's words of a language with how often each was seen."""
    from spellchecker import SpellChecker

    counts: dict[str, int] = SpellChecker(language=language).word_frequency.dictionary
    return counts


@lru_cache(maxsize=100_000)
def is_listed(word: str, language: Language) -> bool:
    """Whether either list has a word, in small letters."""
    import simplemma

    return word in frequent(language) or bool(simplemma.is_known(word, lang=language))


def plain(word: str) -> str:
    """Without accents, of the same length."""
    return word.translate(_PLAIN)


@lru_cache(maxsize=50_000)
def is_right(word: str, language: Language) -> bool:
    """Whether a word, in small letters, is spelled as the language spells it."""
    if language == "en":
        return is_listed(word, "en") or is_listed(re.sub(r"'(?:s|d|ll|ve|re)$|'$", "", word), "en")
    if is_listed(word, "es"):
        return True
    if word.endswith("mente") and is_listed(word[:-5], "es"):
        return True
    bare = word.translate(_UNACCENTED)
    return word in _enclitic_forms(bare) or _prefixed(word) or _is_of_vos(word)


def _is_of_vos(word: str) -> bool:
    """What is said to "vos": "podés", "andá", "escribís"."""
    stressed = re.fullmatch(r"(\w+)([áéí])s?", word)
    return stressed is not None and is_listed(f"{stressed[1]}{plain(stressed[2])}r", "es")


def _prefixed(word: str) -> bool:
    found = re.match(
        r"(?:re|pre|des|ex|auto|anti|super|micro|multi|tele|pos|post|sub)(\w{5,})", word
    )
    return bool(found and found[1] in frequent("es"))


@lru_cache(maxsize=20_000)
def _enclitic_forms(folded: str) -> frozenset[str]:
    """How a verb with pronouns behind it is spelled, for each way to take it apart."""
    found: set[str] = set()
    for end in range(2, len(folded) - 1):
        if _pronouns(folded[end:]):
            found.update(_spelled(folded[:end], folded[end:]))
    return frozenset(found)


def _pronouns(tail: str) -> bool:
    return bool(re.fullmatch(rf"{_PRONOUN}{{1,2}}", tail))


def _spelled(verb: str, tail: str) -> Iterator[str]:
    """Infinitive, gerund or command with its accent, if there is such a verb."""
    pair = not re.fullmatch(_PRONOUN, tail)
    if verb.endswith(("ar", "er", "ir")):
        if is_listed(verb, "es") or (verb.endswith("ir") and is_listed(f"{verb[:-2]}ír", "es")):
            closed = f"{verb[:-2]}{_ACCENT[verb[-2]]}r"
            yield (closed if pair or is_listed(closed, "es") else verb) + tail
    elif _GERUND.fullmatch(verb):
        if is_listed(verb, "es"):
            yield f"{verb[:-4]}{_ACCENT[verb[-4]]}ndo{tail}"
    elif _is_command(verb):
        yield (_hiatus(verb) or _stressed(verb)) + tail
        if verb in ("de", "se", "ve", "di", "pon", "haz", "ten", "da"):
            yield verb + tail


def _hiatus(verb: str) -> str | None:
    """The verb with the accent that it has by itself: "envíe", "actúe"."""
    found = re.search(r"[iu](?=[ae][ns]?$)", verb)
    if not found:
        return None
    own = f"{verb[: found.start()]}{_ACCENT[found.group()]}{verb[found.end() :]}"
    return own if is_listed(own, "es") else None


def _is_command(verb: str) -> bool:
    """Whether it may be told to somebody: "diga", "indique", "deje", "manda"."""
    if verb.endswith("mo") and is_listed(f"{verb}s", "es"):  # "vámonos"
        return True
    if not verb.endswith(("a", "e", "n", "d")) and verb not in ("haz", "pon", "ten", "di"):
        return False
    return is_listed(verb, "es")


def _stressed(verb: str) -> str:
    """The verb with an accent where it is stressed: the last vowel but one."""
    groups = list(_VOWEL_GROUP.finditer(verb))
    if len(groups) < 2:
        return verb
    group = groups[-2] if verb[-1] in "aeons" else groups[-1]
    strong = next((i for i in range(*group.span()) if verb[i] in "aeo"), group.start())
    return f"{verb[:strong]}{_ACCENT[verb[strong]]}{verb[strong + 1 :]}"


@lru_cache(maxsize=1)
def _by_plain() -> Mapping[str, str]:
    """Folded Spanish word to its most frequent spelling with an accent."""
    found: dict[str, str] = {}
    for word, count in frequent("es").items():
        folded = plain(word)
        if folded != word and count > frequent("es").get(found.get(folded, ""), 0):
            found[folded] = word
    return found


@lru_cache(maxsize=50_000)
def with_accent(word: str) -> str | None:
    """A Spanish word as it is spelled, where only an accent is missing or wrong; else `None`.

    >>> with_accent("devolucion"), with_accent("numeros"), with_accent("recogida")
    ('devolución', 'números', None)
    """
    if word in BOTH_WAYS:
        return None
    folded = plain(word)
    right = is_right(word, "es")
    if word == folded and (found := _meant(word, right)):
        return found
    if right:
        return None
    if folded != word and is_right(folded, "es"):
        return folded
    best = _by_plain().get(folded)
    if best:
        return best
    forms = sorted(_enclitic_forms(folded))
    if forms:
        return forms[0]
    for at in range(len(folded) - 1, -1, -1):
        if folded[at] in _ACCENT:
            tried = f"{folded[:at]}{_ACCENT[folded[at]]}{folded[at + 1 :]}"
            if is_listed(tried, "es"):
                return tried
    return None


def _meant(word: str, right: bool) -> str | None:
    """The common word that a word without accents is, where it is rare itself or none."""
    known = frequent("es")
    if word in known or (right and _is_verb(word)):
        return None
    best = _by_plain().get(word)
    if best and known[best] >= COMMON:
        return best
    if word.endswith("s"):
        single = _by_plain().get(word[:-1])
        if single and known[single] >= COMMON and word[:-1] not in known:
            return f"{single}s"
    return None


def _is_verb(word: str) -> bool:
    """Whether a word is a form of a verb, and not of what "I" do: "publica", but not "numero"."""
    import simplemma

    infinitive = re.search(r"[aeií]r$", simplemma.lemmatize(word, lang="es"))
    return bool(infinitive) and not word.endswith("o")
