"""Is a sentence whole? One that breaks off, or has no verb, states nothing. Text -> yes or no.

Verbs are told by endings and lemmas, so some are overlooked; what is called a fragment should be
one, what is not may be one all the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.steps.instructions import instructs
from assistant.support.reading import Read
from knowledge.models import Language
from knowledge.search.spelling import dictionary
from knowledge.text import fold

_BREAKS_OFF = re.compile(r"[,;:(\[{«“‘/–—-]\s*[.]?$")
_ENDS = re.compile(r"[.!?…][\s\"'»”’)\]]*$")
_DANGLING: dict[Language, frozenset[str]] = {
    "es": frozenset(
        "el la los las un una unos unas al del a ante bajo con contra de desde durante en entre "
        "hacia hasta para por según sin sobre tras y e o u ni que si cuando donde pero sino porque "
        "aunque mientras salvo excepto su sus mi tu cada muy".split()
    ),
    "en": frozenset(
        "the a an without into onto than as and or but nor if because although unless between "
        "within your our their its his my these every very".split()
    ),
}
_UNFINISHED: dict[Language, frozenset[str]] = {
    "es": frozenset(
        "se le les no más menos lo está están como este esta estos estas nuestro nuestra "
        "es son".split()
    ),
    "en": frozenset(
        "of to from with in on at by for when while where that which who whose until before after "
        "during is are was were be been has have had will would can could must shall should may "
        "might not up this those each".split()
    ),
}
"""Words that no sentence ends with; and those that one without a full stop does not end with."""
_COMPASS = frozenset("E O Y".split())
"""Letters that are names where they are capitals: "19.2° E"."""
_SUBORDINATE: dict[Language, re.Pattern[str]] = {
    "es": re.compile(
        r"(?:si(?!no\b)|cuando|mientras|aunque|porque|como|siempre que|salvo que|para que)\b"
    ),
    "en": re.compile(r"(?:if|when|while|although|though|because|unless|provided|whereas|which)\b"),
}
_AUXILIARIES = frozenset(
    "is are was were am be's has have had do does did will would can could must shall should may "
    "might need needs cannot let's isn't aren't wasn't weren't hasn't haven't don't doesn't didn't "
    "won't can't couldn't mustn't shouldn't wouldn't i'm you're we're they're it's that's there's "
    "we'll you'll they'll i'll we've you've".split()
)
_ENGLISH = frozenset(
    "accept add agree allow answer appear apply arrange arrive ask become begin belong book "
    "break bring build buy call cancel carry cause change charge check choose clean close "
    "collect come concern consider consist contact contain continue cost count cover cut "
    "deal decide deliver depend describe differ drain drive end exceed expire explain fail "
    "fall find finish fit follow forbid get give go happen help hold include inform insure "
    "keep know last lead learn leave lend let lie live look lose make mean measure meet mend "
    "move offer open order own pass pay prevail prevent produce promise protect provide put "
    "qualify reach read receive refund refuse register reject remain renew repair replace "
    "reply report request require reserve resolve return review ring rise rule run say see "
    "seem sell send serve set show sign sink sit speak spend stand start state stay stop "
    "suffer take talk tell think transfer travel treat try turn use wait want work write".split()
)
_IRREGULAR = frozenset(
    "began became bought broke brought built came chose did fell felt found gave got held "
    "kept knew left lent lost made meant met paid put ran rang rose said sat saw sent sold "
    "spoke spent stood took taught told thought went wrote".split()
)
_PRONOUNS = frozenset("i you we they it he she who that which there this these".split())
_NOUN_BEFORE = frozenset(
    "the a an of to in on at by for from with without your our their its his her my this "
    "each every no any and or per new old free".split()
)
_OBJECTS = frozenset("the a an you us it them me him your our their its that to all any".split())
_PREPOSITIONS = frozenset(
    "of to in on at by for from with without within under over after before during until and or "
    "per than as if when but not nor the a an your our their".split()
)
_ES_NOUN_BEFORE = frozenset(
    "el la los las un una unos unas al del a ante con contra de desde durante en entre hacia hasta "
    "para por segun sin sobre tras su sus este esta cada y o e mas menos nuestro nuestra otra otro "
    "primera primer segunda segundo misma mismo".split()
)
_CLITICS = frozenset("se le les lo me nos te no".split())
_PERSONAL = re.compile(
    r"\w+(?:amos|emos|imos|aban?|ian|aron|ieron|ara|eran?|iran?|aria|eria|iria|aste|iste)$"
)
_IMPERSONAL = re.compile(
    r"\w+(?:[aei]r|ando|iendo|yendo|[ai]d[oa]s?|pu?est[oa]s?|[dh]ich[oa]s?|hech[oa]s?|"
    r"abiert[oa]s?|cubiert[oa]s?|escrit[oa]s?|incluid[oa]s?)$"
)
_ENDINGS = (("an", "ar"), ("en", "er"), ("en", "ir"), ("a", "ar"), ("e", "er"), ("e", "ir"))
_FREQUENT = 500
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PART = re.compile(r"[,;:]")


@lru_cache(maxsize=20_000)
def is_fragment(one: Read) -> bool:
    """Whether a sentence breaks off, or is a clause that depends on one that is not there.

    Having no verb is another question (`has_verb`): "Returns: 30 days." says something in a table.
    """
    words = _WORD.findall(one.text)
    if not words or _BREAKS_OFF.search(one.text.strip()):
        return True
    last = words[-1].lower() if words[-1] not in _COMPASS else ""
    if one.text.rstrip(" .!\"'»”)…").endswith(words[-1]):
        if last in _DANGLING[one.language]:
            return True
        if last in _UNFINISHED[one.language] and not _ENDS.search(one.text):
            return True
    return (
        _SUBORDINATE[one.language].match(one.folded.lstrip(" ¿¡«\"'")) is not None
        and not _PART.search(one.text)
        and verbs(one.text, one.language) < 2
    )


def has_verb(one: Read) -> bool:
    """Whether a sentence has a verb that says something of somebody, as far as one can see."""
    return verbs(one.text, one.language) > 0 or instructs(one.text, one.language)


@lru_cache(maxsize=20_000)
def verbs(text: str, language: Language) -> int:
    """How many words of a text are likely to be personal forms of a verb."""
    words = _WORD.findall(text)
    folded = [fold(word).replace("’", "'") for word in words]
    tell = _is_spanish_verb if language == "es" else _is_english_verb
    return sum(tell(words[i], folded, i) for i in range(len(words)))


def _is_spanish_verb(word: str, folded: list[str], i: int) -> bool:
    import simplemma

    form = folded[i]
    before = folded[i - 1] if i else ""
    if form in ("es", "son", "hay", "ha", "han", "fue", "va", "van", "da", "dan", "sea", "sean"):
        return True
    if len(form) < 3 or _IMPERSONAL.match(form):
        return False
    lemma = simplemma.lemmatize(word.lower(), "es")
    if lemma != word.lower() and re.search(r"[aei]r(?:se)?$", lemma):
        return before not in _ES_NOUN_BEFORE or before in ("y", "o")
    if before in _ES_NOUN_BEFORE or not i:
        return False
    if before in _CLITICS or _PERSONAL.match(form):
        return True
    return _has_infinitive(form)


@lru_cache(maxsize=10_000)
def _has_infinitive(form: str) -> bool:
    frequency = dictionary("es").frequency
    return any(
        form.endswith(ending)
        and frequency.get(form.removesuffix(ending) + infinitive, 0) >= _FREQUENT
        for ending, infinitive in _ENDINGS
    )


def _is_english_verb(word: str, folded: list[str], i: int) -> bool:
    import simplemma

    form = folded[i]
    before = folded[i - 1] if i else ""
    after = folded[i + 1] if i + 1 < len(folded) else ""
    if form in _AUXILIARIES or (form in _IRREGULAR and before not in _NOUN_BEFORE):
        return True
    if before in _NOUN_BEFORE or not i:
        return False
    if form.endswith("ed"):
        return after != "by"
    if before in _PRONOUNS or (after in _OBJECTS and before not in _PREPOSITIONS):
        return form not in _PREPOSITIONS
    lemma = simplemma.lemmatize(form, "en")
    if lemma not in _ENGLISH and form not in _ENGLISH:
        return False
    if form.endswith("ing"):
        return False
    return form != lemma or before.endswith("s") or before in ("also", "then", "always", "never")
