"""What a customer says, as a speech recogniser writes it: fillers taken out, its form recognised.

Pure functions over folded words: no accents, no punctuation and small letters are all there is.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from knowledge.models import Language
from knowledge.search.spelling import MIN_FREQUENCY, dictionary
from knowledge.text import STOP_WORDS, fold, stem, words

_FILLER = re.compile(
    r"(?<![\w-])(?:u+h+|u+m+|uhm+|h+m+|m{2,}|hh+|e+r+m?|a+h+|o+h+|e+h+|e+m+|"
    r"you know what|i mean|you see|"
    r"o sea|es que|a ver|mire|mira|oiga|digamos|verdad|"
    r"este(?= (?:e+h+|pues|bueno|mire|que|yo|el|la|los|las|un|una|mi|me|se|si|quer\w+|quier\w+)\b))"
    r"(?![\w-])"
)
_OPENING = re.compile(
    r"^(?:(?:o+k+|okay|okey|vale|bueno|pues|bien|muy bien|perfecto|perfect|great|awesome|cool|"
    r"nice|sure|all right|alright|right|well|so|and|y|entonces|yes|yeah|yep|estupendo|genial|"
    r"(?:si|no|ya)(?= (?:si|no|ya|y|pues|bueno|claro|vale|hola|buen[oa]s|gracias|muchas)\b|$)|"
    r"claro|de acuerdo|fine|that s fine|that's fine|got it|excellent|sounds (?:good|great)|"
    r"(?:that )?sounds (?:good|great)|thank you(?: so much)?|thanks|(?:muchas )?gracias|hi|hello|"
    r"hola|buenos dias|buenas(?: tardes| noches)?)(?:\s+|$))+"
)
"""What is said before the point: agreement, thanks, a greeting."""

_ASKS = re.compile(
    r"\b(?:do you know|(?:could|can|would|do|did) you (?:please )?(?:tell|check|see|know|happen)|"
    r"(?:do|does|did|is|are|was|will|would|has|have|may|must|should) "
    r"(?:i|you|we|they|it|he|she|there|that|this|the|these|those|my|your|their)|"
    r"can (?:i|we|it|they|he|she|my)|whether|if (?:they|it|there|i|you|we|the|that)|"
    r"how (?:long|much|many|far|often|soon|late|early|do|does|can|is|are)|when|why|who|where|"
    r"what (?:if|is|are|s|happens|kind|type|do|does|can|should)|what's|which|"
    r"i (?:was |am )?wonder(?:ing)?|i (?:also )?(?:need|want|would like|d like) to (?:know|check)|"
    r"que (?:pasa|hago|hay|tengo|plazo|puedo|necesit\w+|ocurre|significa|incluye|cubre)|"
    r"cual(?:es)?|[ck]uant[oa]s?|cuando|donde|por ?que|quien(?:es)?|como|"
    r"(?:puedo|podria|podemos|puede|pueden|debo|deberia|tengo que|hay que|hace falta|es posible)|"
    r"se (?:puede|pueden|paga|cobra|devuelve|tarda)|(?:hay|tienen|tiene|hacen|cobran|admiten|"
    r"aceptan|incluye|cubre|entra|sirve|vale) "
    r"(?:alg\w+|una?|el|la|los|las|mi|esto|eso|para|con|por)|"
    r"(?:lo|la|los|las|me) (?:cobran|tienen|hacen|pagan|mandan|llevan|suben|admiten|cambian|cubren|"
    r"arreglan|aceptan)|no seria (?:mejor|posible)|"
    r"(?:sabe|sabes|saber|mirar|confirmar\w*|decir\w*|preguntar\w*|consultar\w*|explicar\w*)|"
    r"me (?:corresponde|toca|devuelven|cobran|llega|cubre|dejan|pueden)|"
    r"(?:tengo|tenemos) (?:derecho|garantia|plazo|tiempo))\b"
)
"""Forms of asking about something."""

_WANTS_DONE = re.compile(
    r"\b(?:book(?:ing)?|reserve|order|buy|looking (?:for|at|to)|find (?:me|an?|some)|"
    r"recommend\w*|suggest\w*|let s go with|"
    r"(?:give|send|get|gimme|have) (?:me |us )?(?:the|their|your|ther|its)|"
    r"let's go with|go ahead|transfer me|put me through|speak (?:to|with)|phone number|address|"
    r"(?:zip|post) ?code|postcode|confirmation (?:code|number)|reference number|"
    r"reserv(?:ar|eme|o)|comprar\w*|busc(?:o|ando|amos)|recomiend\w*|recomendar\w*|"
    r"(?:deme|dame|digame|mandeme|envieme|paseme|pasame|pongame|apunte\w*|anote\w*)|"
    r"(?:hablar|pase|pasar\w*) con|numero de telefono|codigo postal|direccion)\b"
)
"""Forms of asking for something to be done, found elsewhere or looked up in a record."""
_LONG_NUMBER = re.compile(r"\b[\w-]*\d{6,}[\w-]*\b")


def plain(text: str) -> str:
    """What is said, folded, without fillers and without the agreement or greeting before it.

    >>> plain("Ok umm do you know if they have uh parking")
    'do you know if they have parking'
    >>> plain("sí, eh, pues, ¿y cuánto tardan?")
    'cuanto tardan'
    >>> plain("vale gracias")
    ''
    """
    folded = re.sub(r"[^\w\s'/.:@-]|[.:](?=\s|$)", " ", fold(text))
    spoken = " ".join(_FILLER.sub(" ", folded).split())
    return _OPENING.sub("", spoken).strip()


def said_words(text: str) -> list[str]:
    """The content words of what is said; none where it is agreement, thanks or fillers only."""
    return [word for word in words(plain(text)) if word not in STOP_WORDS]


def without_numbers(text: str) -> str:
    """A turn without order numbers, telephones and the like: they tell who asks, not what.

    Product codes, errors and amounts have fewer digits in a row and stay.
    """
    return _LONG_NUMBER.sub(" ", text)


def said_stems(text: str, language: Language) -> frozenset[str]:
    """Stems of a turn's content words: tell one need from another."""
    return frozenset(stem(word, language) for word in said_words(text))


def asks(text: str) -> bool:
    """Whether the form is that of a question about something."""
    return "?" in text or bool(_ASKS.search(plain(text)))


def wants_done(text: str) -> bool:
    """Whether the form is that of a request: do, find, book, look up in a record."""
    return bool(_WANTS_DONE.search(plain(text)))


@lru_cache(maxsize=100_000)
def rarity(word: str, language: Language) -> float:
    """How little a word is expected in a language, 0 to 1; 1 for one that is no word of it.

    Its information, -log p, against that of the rarest word, squared: what is said anyhow ("one",
    "seven", "casa") names nothing.
    """
    count = dictionary(language).frequency.get(word, MIN_FREQUENCY)
    total = _total(language)
    return (math.log(total / count) / math.log(total / MIN_FREQUENCY)) ** 2


@lru_cache(maxsize=2)
def _total(language: Language) -> int:
    return sum(dictionary(language).frequency.values())
