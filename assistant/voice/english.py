"""A sentence about "the customer" -> the same said to them. Pure; all or nothing as in Spanish."""

from __future__ import annotations

import re

from assistant.voice.verbs import for_you, is_base

_WHO = r"(?:customer|consumer|buyer|purchaser)"
_MENTION = re.compile(rf"\b{_WHO}s?\b", re.IGNORECASE)
_NAMES = re.compile(
    r"\b(?:customer (?:services?|advocacy|care|support|relations|card|base)|"
    r"consumer (?:office|arbitration|law|rights?|protection|association)s?)\b",
    re.IGNORECASE,
)
"""Departments and institutions, not whoever asks."""
_OWN = re.compile(rf"\bthe\s+{_WHO}['’]s?(?=\s)", re.IGNORECASE)
_ADVERBS = r"(?P<adverbs>(?:\s+(?:only|also|always|never|still|then|usually|already|not|first))*)"
_SUBJECT = re.compile(
    rf"\b(?P<the>the|a)\s+{_WHO}\b(?!['’]){_ADVERBS}(?:\s+(?P<verb>[^\W\d_]+(?:['’]t)?))?",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"(?P<before>^|[,;:.]\s+|\b(?:if|when|but|because|then)\s+)(?:the\s+)?(?:{_WHO}s)\b"
    rf"{_ADVERBS}\s+(?P<verb>[^\W\d_]+(?:['’]t)?)",
    re.IGNORECASE,
)
_BEFORE_OBJECT = re.compile(
    r"\b(?:to|for|with|by|from|of|on|at|refund|pay|charge|owe|call|give|offer|inform|notify|contact|"
    r"reimburse|cost)s?\s+$",
    re.IGNORECASE,
)
_AFTER_OBJECT = re.compile(
    r"\s*(?:[.,;:)?!]|$|(?:to|for|with|by|in|on|at|of|the|an?|any|within|before|after|if|when|and|or|"
    r"that|free|again|first)\b)"
)
_OTHERS = re.compile(
    r"\b(?:they|them|themselves|he|she|him|himself|herself|his|her|hers|who)\b", re.I
)
_THEIR = re.compile(r"\btheir\b", re.IGNORECASE)


def mentions_customer(text: str) -> bool:
    """Whether a text speaks of a customer in the third person."""
    return bool(_MENTION.search(_NAMES.sub("", text)))


def addressed(sentence: str) -> str | None:
    """The sentence as it is said to the customer; `None` where that is not certain.

    >>> addressed("The customer always gets a reply, and we refund the customer.")
    'You always get a reply, and we refund you.'
    >>> addressed("Customers may return the customer's item.")
    'You may return your item.'
    >>> addressed("A customer who calls does not need a technician.")
    """
    if not mentions_customer(sentence):
        return sentence
    if _OTHERS.search(sentence):
        return None
    names = _NAMES.findall(sentence)
    text = _OWN.sub(lambda m: _like(m[0], "your"), _NAMES.sub("\x00", sentence))
    text = _ALL.sub(_all, text)
    turned = _subjects(text)
    if turned is None or _MENTION.search(turned):
        return None
    if _THEIR.search(turned):
        return None  # whose it is may be somebody else
    for name in names:
        turned = turned.replace("\x00", name, 1)
    return turned


def _subjects(text: str) -> str | None:
    at = 0
    while match := _SUBJECT.search(text, at):
        before, verb = text[: match.start()], match["verb"] or ""
        own = for_you(verb) if verb else None
        if match["the"].lower() == "the" and _BEFORE_OBJECT.search(before):
            if not _AFTER_OBJECT.match(text, match.start() + len(_mention(match))):
                return None
            said = "you" + text[match.start() : match.end()][len(_mention(match)) :]
        elif own is not None:
            said = _like(match[0], f"you{match['adverbs']} {own}")
        else:
            return None
        text = f"{before}{said}{text[match.end() :]}"
        at = len(before) + len(said)
    return text


def _mention(match: re.Match[str]) -> str:
    found = re.match(rf"\w+\s+{_WHO}", match[0], re.IGNORECASE)
    return found[0] if found else match[0]


def _all(match: re.Match[str]) -> str:
    if not is_base(match["verb"]):
        return match[0]
    said = f"you{match['adverbs']} {match['verb']}"
    at_start = not match["before"] or match["before"].strip() == "."
    return match["before"] + (said[:1].upper() + said[1:] if at_start else said)


def _like(model: str, text: str) -> str:
    return text[:1].upper() + text[1:] if model[:1].isupper() else text
