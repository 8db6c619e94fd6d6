"""A sentence about "el cliente" -> the same said to them, in their form of address. Pure.

All or nothing: where one mention of the customer cannot be turned with certainty, the sentence
stays as it is. A wrong form is worse than the third person.
"""

from __future__ import annotations

import re

from assistant.voice.models import Address
from assistant.voice.verbs import infinitive, is_indicative, second_person

_WHO = r"(?:client[ea]|consumidora?|compradora?)"
_MENTION = re.compile(rf"\b(?:{_WHO}|client[ea]s|consumidor[ae]s|comprador[ae]s)\b", re.IGNORECASE)
_NAMES = re.compile(
    r"\b(?:(?:atención|servicio) al|(?:experiencia|defensa) del?|administración de)\s+clientes?\b",
    re.IGNORECASE,
)
"""Departments, not whoever asks."""
_OF = re.compile(
    rf"\b(?P<art>[Ee]l|[Ll]a|[Ll]os|[Ll]as|del|al)\s+(?P<thing>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s+del\s+{_WHO}\b"
)
_BARE_OF = re.compile(
    rf"\b(?P<prep>por|a|en|con|sin|bajo|de|desde|hasta|según)\s+(?P<thing>[^\W\d_]+)\s+del\s+{_WHO}\b",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"\b(?P<se>[Ss]e)\s+(?P<verb>[^\W\d_]+)(?P<between>(?:\s+(?!se\b|que\b|si\b|cuando\b)[^\W\d_]+){0,5}?)"
    rf"\s+al\s+{_WHO}\b"
)
_GIVES = re.compile(rf"\b(?P<before>[^\W\d_]+\s+)?(?P<verb>[^\W\d_]+)\s+al\s+{_WHO}\b")
_SUBJECT = re.compile(
    rf"\b(?P<who>[Ee]l|[Ll]a)\s+{_WHO}\b(?P<rest>(?:\s+(?:no|ya|también|solo|sólo|siempre|nunca|"
    r"tampoco|aún|todavía|además|después|antes|se|le|lo|la|los|las))*)(?:\s+(?P<verb>[^\W\d_]+))?"
)
_TELLS = re.compile(
    r"^(?:pregunt|dic|dij|pid|expli|recuerd|solicit|aclar|le[ea]n?$|present|envi|remit|"
    r"menci|transf|resum)"
)
"""Verbs by which a policy tells its staff what to say or do, not the customer what they get."""
_NOUN_AFTER = frozenset(
    "el la los las un una del de al su sus esta este cada toda todo primera segunda última".split()
)
_AFTER_SUBJECT = re.compile(
    r"\s*(?:[.,;:)?!]|$|(?:por|en|con|a|al|de|del|para|antes|hasta|desde)\b)"
)
_BEFORE_PREPOSITION = re.compile(
    r"\b(?:para|con|por|sobre|según|ante|hacia|entre)\s+$", re.IGNORECASE
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_SOMEBODY_ELSE = re.compile(
    r"\b(?:otras? personas?|terceros?|terceras personas|familiar(?:es)?|titular)\b", re.IGNORECASE
)
"""Who is spoken to may be them, and not the customer."""
_PROGRAM = re.compile(r"\b(?:software|servidor(?:es)?|programa cliente|API)\b", re.IGNORECASE)
"""Where a client may be a program."""
_THIRD = re.compile(
    r"\b(?:su|sus|suy[oa]s?|le|les|usted|consigo|él|ella|ellos|ellas)\b", re.IGNORECASE
)
_OTHER_VERB = re.compile(
    r"(?:[,;:]|\b(?:y|o|e|u|pero|ni|que|si|aunque|cuando|porque|donde|como|mientras))\s+"
    r"(?:no\s+)?(?:se\s+|l[aeo]s?\s+)*([^\W\d_]+)"
)
_REFLEXIVE = re.compile(r"(?:[aei]r|[áé]ndo)se(?:l[aeo]s?)?\b")
_TO = {"usted": "usted", "tu": "ti", "vos": "vos"}
_CLITIC = {"usted": "le", "tu": "te", "vos": "te"}
_OWN = {"usted": ("su", "sus"), "tu": ("tu", "tus"), "vos": ("tu", "tus")}


def mentions_customer(text: str) -> bool:
    """Whether a text speaks of a customer in the third person."""
    return bool(_MENTION.search(_NAMES.sub("", text)))


def addressed(sentence: str, form: Address) -> str | None:
    """The sentence as it is said to the customer; `None` where that is not certain.

    >>> addressed("El cliente puede devolverlo y se abona al cliente el importe.", "usted")
    'Usted puede devolverlo y se le abona el importe.'
    >>> addressed("Si el cliente lo pide, el envío va al domicilio del cliente.", "tu")
    'Si lo pides, el envío va a tu domicilio.'
    >>> addressed("Un cliente enfadado llama.", "usted")
    """
    if not mentions_customer(sentence):
        return sentence
    if _SOMEBODY_ELSE.search(sentence) or _PROGRAM.search(sentence):
        return None
    if form != "usted" and _leaves_open(sentence):
        return None
    names = _NAMES.findall(sentence)
    text = _NAMES.sub("\x00", sentence)
    for step in (_possessive, _dative, _subject):
        turned = step(text, form)
        if turned is None:
            return None
        text = turned
    if _MENTION.search(text):
        return None
    for name in names:
        text = text.replace("\x00", name, 1)
    return text[:1].upper() + text[1:] if sentence[:1].isupper() else text


def _possessive(text: str, form: Address) -> str:
    one, several = _OWN[form]

    def of(match: re.Match[str]) -> str:
        article = match["art"].lower()
        before = {"del": "de ", "al": "a "}.get(article, "")
        own = several if article in ("los", "las") else one
        return f"{before}{own} {match['thing']}"

    def bare(match: re.Match[str]) -> str:
        return f"{match['prep']} {one} {match['thing']}"

    return _BARE_OF.sub(bare, _OF.sub(of, text))


def _dative(text: str, form: Address) -> str | None:
    """Turns "se abona al cliente" and "Almendro devuelve al cliente" around the verb."""
    if re.search(rf"\bal\s+{_WHO}\s+(?:al|a|que|si)\b", text):
        return None  # where somebody is sent, or told what to do
    clitic = _CLITIC[form]

    def impersonal(match: re.Match[str]) -> str:
        verb = match["verb"].lower()
        if _TELLS.match(verb) or infinitive(verb.removesuffix("n")) is None:
            return match[0]
        return f"{match['se']} {clitic} {match['verb']}{match['between']}"

    def gives(match: re.Match[str]) -> str:
        before, verb = match["before"] or "", match["verb"]
        if _TELLS.match(verb.lower()):
            return match[0]
        if re.fullmatch(r"[^\W\d_]+(?:ar|er|ir)", verb):
            return f"{before}{verb}{clitic}"
        if before.strip().lower() in _NOUN_AFTER or not is_indicative(verb):
            return match[0]
        own = before.strip().lower() in ("se", "le", "te", "lo", "la", "los", "las")
        return match[0] if own else f"{before}{clitic} {verb}"

    return _GIVES.sub(gives, _IMPERSONAL.sub(impersonal, text))


def _subject(text: str, form: Address) -> str | None:
    at = 0
    while match := _SUBJECT.search(text, at):
        turned = _turned(text, match, form)
        if turned is None:
            return None
        text, at = turned
    return text


def _turned(text: str, match: re.Match[str], form: Address) -> tuple[str, int] | None:
    """The text with one mention turned, and where to go on from."""
    before, verb = text[: match.start()], match["verb"] or ""
    rest = match["rest"] or ""
    if verb and infinitive(verb) is not None and not _BEFORE_PREPOSITION.search(before):
        return _with_subject(text, match, form)
    mention = text[match.start() :]
    end = match.start() + re.match(rf"\w+\s+{_WHO}", mention).end()  # type: ignore[union-attr]
    if rest.strip() or not _AFTER_SUBJECT.match(text, end):
        return None
    if _BEFORE_PREPOSITION.search(before):
        if not mention[3:].lower().startswith("client"):
            return None  # "disputas con el consumidor" is the law's word
        return _after_preposition(before, text[end:], form)
    last = _LAST_WORD.search(before)
    if last is None or infinitive(last[1]) is None:
        return None
    if form == "usted":
        return f"{before}usted{text[end:]}", len(before)
    own = second_person(last[1], form)
    if own is None:
        return None
    return f"{before[: last.start()]}{own}{text[end:]}", last.start() + len(own)


def _with_subject(text: str, match: re.Match[str], form: Address) -> tuple[str, int] | None:
    before, after = text[: match.start()], text[match.end() :]
    if form == "usted":
        said = f"usted{match['rest']} {match['verb']}"
    else:
        verb = second_person(match["verb"], form)
        rest = match["rest"].strip()
        if verb is None or re.search(r"\bse l[oa]s?\b", rest):
            return None
        reflexive = re.sub(r"\bse\b", "te", rest)
        said = f"{reflexive} {verb}".strip()
    if match["who"][0].isupper():
        said = said[:1].upper() + said[1:]
    return f"{before}{said}{after}", len(before) + len(said)


def _after_preposition(before: str, after: str, form: Address) -> tuple[str, int]:
    if form == "tu" and re.search(r"\bcon\s+$", before, re.IGNORECASE):
        before = re.sub(r"con\s+$", "contigo", before, flags=re.IGNORECASE)
        return f"{before}{after}", len(before)
    return f"{before}{_TO[form]}{after}", len(before)


def _leaves_open(sentence: str) -> bool:
    """Whether something else in it may be the customer's too, which nothing shows."""
    if _THIRD.search(sentence) or _REFLEXIVE.search(sentence):
        return True
    return any(infinitive(match[1]) is not None for match in _OTHER_VERB.finditer(sentence))
