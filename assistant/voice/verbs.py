"""Finite verbs: which words are one, and their forms for whoever is spoken to. Pure.

Only the third person singular is looked at, because that is what policies speak of a customer in.
Whether a word is a verb is decided by the infinitive that it would belong to, so that adjectives
("el cliente nuevo") are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.voice.models import Address
from knowledge.search.spelling import dictionary
from knowledge.text import fold

LEAST_FREQUENT = 100
"""Of an infinitive in the corpus of film subtitles, about one in two million words."""

_PRESENT = {
    "es": "ser", "está": "estar", "ha": "haber", "va": "ir", "da": "dar", "ve": "ver",
    "tiene": "tener", "puede": "poder", "quiere": "querer", "viene": "venir", "hace": "hacer",
    "dice": "decir", "sabe": "saber", "pone": "poner", "sale": "salir", "mantiene": "mantener",
    "obtiene": "obtener",
}  # fmt: skip
"""Irregular forms of the present, with their infinitives."""
_OTHER = frozenset(
    "haya sea tenga pueda quiera venga haga diga sepa ponga salga esté dé vea vaya obtenga "
    "mantenga era iba había será estará habrá irá tendrá podrá querrá vendrá hará dirá sabrá "
    "pondrá saldrá tendría podría querría haría diría habría sería estaría".split()
)
_PAST = frozenset("fue tuvo pudo hizo dijo quiso vino puso hubo dio vio estuvo supo".split())
_TU = {"es": "eres", "fue": "fuiste", "dé": "des", "esté": "estés", "está": "estás"}
_VOS = {"es": "sos", "ha": "has", "va": "vas", "da": "das", "ve": "ves", "está": "estás"}
_VOS_ENDINGS = {"ar": "ás", "er": "és", "ir": "ís"}

# Ending of a form -> endings of the infinitives that it may belong to.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ará", ("ar",)), ("erá", ("er",)), ("irá", ("ir",)),
    ("aría", ("ar",)), ("ería", ("er",)), ("iría", ("ir",)),
    ("aba", ("ar",)), ("ía", ("er", "ir")), ("ió", ("er", "ir")), ("ó", ("ar",)),
    ("que", ("car",)), ("gue", ("gar", "guir")), ("ce", ("zar", "cer", "cir")),
    ("zca", ("cer", "cir")), ("ja", ("ger", "gir", "jar")), ("ge", ("ger", "gir")),
    ("a", ("ar", "er", "ir")), ("e", ("er", "ir", "ar")),
)  # fmt: skip
_STEMS = (("ie", "e"), ("ue", "o"), ("i", "e"), ("uy", "u"))
"""Vowels that change under stress ("prefiere", "vuelve", "pide", "incluye")."""

_BE = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't",
       "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't", "goes": "go"}  # fmt: skip
_MODALS = frozenset(
    "may can must will shall should would could might cannot can't won't mustn't shouldn't "
    "wouldn't couldn't had did didn't got received returned asked bought paid".split()
)
"""The same for everybody."""


def infinitive(word: str) -> str | None:
    """The infinitive of a third person singular; `None` for what is none, or cannot be told.

    >>> [infinitive(w) for w in ("elige", "pague", "recibirá", "nuevo", "particular")]
    ['elegir', 'pagar', 'recibir', None, None]
    """
    word = word.lower()
    if word in _PRESENT:
        return _PRESENT[word]
    if word in _OTHER or word in _PAST:
        return word
    return _regular(word)


def is_indicative(word: str) -> bool:
    """Whether a word says what is or will be, and orders nothing ("devuelve", not "avise")."""
    lower = word.lower()
    stem = infinitive(lower)
    if stem is None:
        return False
    return lower.endswith(("rá", "ría", "aba", "ó")) or _is_present(lower, stem)


def is_past(word: str) -> bool:
    """Whether a third person is of the past, whose second person is formed in other ways."""
    return word.lower() in _PAST or word.lower().endswith("ó")


def second_person(word: str, form: Address) -> str | None:
    """The form for "tú" or "vos" of a third person; `None` where it is not certain.

    >>> [second_person(w, "tu") for w in ("puede", "recibirá", "es", "comunicó")]
    ['puedes', 'recibirás', 'eres', None]
    >>> [second_person(w, "vos") for w in ("puede", "elige", "paga", "reciba")]
    ['podés', 'elegís', 'pagás', 'recibas']
    """
    lower = word.lower()
    stem = infinitive(lower)
    if stem is None or (is_past(lower) and lower not in _TU):
        return None
    if form == "usted":
        return word
    if form == "vos":
        if lower in _VOS:
            return _VOS[lower]
        if _is_present(lower, stem):
            return stem[:-2] + _VOS_ENDINGS[stem[-2:]]
    if lower in _TU:
        return _TU[lower]
    if lower.endswith("rá"):
        return word + "s"
    return word + "s" if lower[-1] in "ae" else None


def for_you(word: str) -> str | None:
    """The English form for "you" of a third person singular; `None` for what is no verb.

    >>> [for_you(w) for w in ("has", "may", "wants", "carries", "service")]
    ['have', 'may', 'want', 'carry', None]
    """
    lower = word.lower().replace("’", "'")
    if lower in _MODALS:
        return word
    return _BE.get(lower) or next(_bases(lower), None)


def is_base(word: str) -> bool:
    """Whether an English word can be what "customers" do."""
    lower = word.lower().replace("’", "'")
    return lower in _MODALS or lower in _BE.values()


def _bases(lower: str) -> Iterator[str]:
    known = dictionary("en").frequency
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        base = lower.removesuffix(ending) + instead
        if not lower.endswith(ending) or lower.endswith("ss"):
            continue
        if ending == "es" and not base.endswith(("ch", "sh", "ss", "x", "z", "o")):
            continue
        if known.get(base, 0) >= LEAST_FREQUENT:
            yield base


@lru_cache(maxsize=5_000)
def _regular(word: str) -> str | None:
    known = dictionary("es").frequency
    for ending, infinitives in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word.removesuffix(ending)
        for one in (stem, *_unstressed(stem)):
            for last in infinitives:
                if known.get(fold(one + last), 0) >= LEAST_FREQUENT:
                    return one + last
    return None


def _unstressed(stem: str) -> Iterator[str]:
    for stressed, plain in _STEMS:
        before, found, after = stem.rpartition(stressed)
        if found:
            yield before + plain + after


def _is_present(word: str, stem: str) -> bool:
    if word in _PRESENT:
        return True
    return word[-1] == ("a" if stem.endswith("ar") else "e")
