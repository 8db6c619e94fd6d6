"""Sentences and list entries of a voice guide -> rules. Pure; what is not understood gives none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.voice.models import (
    Address,
    AddressRule,
    DayPart,
    Forbidden,
    Regional,
    Required,
    ThirdParties,
    WordRule,
)
from assistant.voice.places import (
    Place,
    exactly_quoted,
    first_quote,
    listed,
    quote_end,
    quoted,
    unquoted,
)
from assistant.voice.topics import channels_in
from knowledge.text import fold

_FORMS: tuple[tuple[Address, re.Pattern[str]], ...] = (
    ("usted", re.compile(r"\b(?:de|use|usamos|con)\s+«?usted\b")),
    (
        "tu",
        re.compile(
            r"\b(?:de|usamos)\s+«?(?:tú|tu(?=»|[.,;)]|$|\s+(?:en|por|a|al|salvo|y)\b))|"
            r"(?<!no )(?<!nunca )\b(?:tuteamos|se tutea)\b"
        ),
    ),
    (
        "vos",
        re.compile(r"\b(?:de|usamos|con)\s+«?vos\b|(?<!no )(?<!nunca )\b(?:voseamos|se vosea)\b"),
    ),
)
_EXCEPT = re.compile(r"[,;]?\s*\b(?:salvo|excepto|menos en)\b", re.IGNORECASE)
_EVERYWHERE = re.compile(r"\b(?:tambien|tod[oa]s|also|every|all|even)\b")

_AVOID = re.compile(
    r"\b(?:no se (?:usan?|dicen?|emplean?)|no (?:usamos|decimos|empleamos)|evit(?:amos|ar|e)|"
    r"nunca(?: se (?:usa|dice)n?| decimos| usamos)?|"
    r"(?:we )?(?:do not|don.?t|never) (?:say|use)|are not used|avoid|never)\W*$"
)
_SAY = re.compile(r"\b(?:decimos|se dice|diga|(?:we )?(?:say|use))\W*$")
_IN_PLACE = re.compile(
    r"\b(?:no|nunca|en (?:vez|lugar) de|not|never|instead of|rather than)\b", re.IGNORECASE
)

_ABOUT = re.compile(
    r"^(?:\(|(?:al|cuando|si|en|con|para|sobre|when|if|for|with|about|in|on|speaking)\b)"
)
_UNLESS = re.compile(
    r",?\s*\b(?:sin (?:decir|indicar|mencionar|dar)|"
    r"without (?:saying|stating|giving|mentioning|naming))\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_SENDS = re.compile(r"\b(?:envi\w+|remit\w+|mand\w+|deriv\w+|send|refer|direct|sent|referred)\b")
_TO_WHOM = re.compile(
    r"\b(?:al cliente|a los clientes|a un cliente|customers?)\s+(?=(?:al?|to)\b)(?P<whom>.+?)"
    r"(?=\s(?:para|que|por|so|about|for|over|to have|to get|to sort|to solve)\b|[.:]|$)"
)
_INSTEAD = re.compile(r"^\W*(?:en su lugar|en cambio|instead|decimos|we say|say)\b")
_MOMENT = re.compile(r",\s*(?:antes|después|al|cuando|before|after|when|once)\s", re.IGNORECASE)
"""Begins the words that say when something is to be said."""
_UNDERSTOOD = re.compile(r"\b(?:entendemos|entiende|understand|understood)\b")

_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:[:.h](?P<{0}m>\d\d))?\s*(?P<{0}p>am\b|pm\b|a\.m\.|p\.m\.)?"
_FROM_TO = re.compile(
    rf"\b(?:de|desde|from|between|entre)\s+(?:las\s+)?{_CLOCK.format('a')}"
    rf"\s+(?:a|hasta|to|until|till|and|y)\s+(?:las\s+)?{_CLOCK.format('b')}"
)
_UNTIL = re.compile(rf"\b(?:hasta|antes de|until|till|before)\s+(?:las\s+)?{_CLOCK.format('b')}")
_SINCE = re.compile(rf"\b(?:a partir de|desde|from|after)\s+(?:las\s+)?{_CLOCK.format('a')}")
_LATER = re.compile(r"\b(?:despues|luego|after(?:wards)?|later|from then|then)\b")
_DAY = 24 * 60


def forms_in(text: str) -> tuple[Address, ...]:
    """The forms of address that a text asks for.

    >>> forms_in("Siempre de usted, aunque el cliente tutee."), forms_in("Aquí se tutea.")
    (('usted',), ('tu',))
    """
    folded = text.lower()
    return tuple(form for form, pattern in _FORMS if pattern.search(folded))


def address_rules(sentence: Place) -> list[AddressRule]:
    """The forms of address in a sentence ("De usted, salvo en chat, donde tratamos de tú")."""
    found: list[AddressRule] = []
    for n, part in enumerate(_EXCEPT.split(sentence.text)):
        channels = channels_in(part)
        if n == 0 and _EVERYWHERE.search(fold(part)):
            channels = ()
        found += [AddressRule(sentence.cited, form, channels) for form in forms_in(part)]
    return found


def word_rules(sentence: Place) -> list[WordRule]:
    """What is said and avoided, in quotation marks ("No se usan «cariño» ni «jefe»")."""
    text = sentence.text
    before = fold(text[: first_quote(text)])
    if _AVOID.search(before):
        return [WordRule(sentence.cited, (), quoted(text))]
    if not _SAY.search(before):
        return []
    first = _IN_PLACE.search(_hidden_quotes(text))
    if first is None:
        return []
    say, avoid = quoted(text[: first.start()]), quoted(text[first.start() :])
    return [WordRule(sentence.cited, say, avoid)] if say and avoid else []


def forbidden_rules(sentence: Place) -> list[Forbidden]:
    """A forbidden promise, quoted or described."""
    text = sentence.text
    described = _plain(text)
    unless = _UNLESS.search(text)
    after = text[quote_end(text) : unless.start() if unless else len(text)].strip(" ,.;")
    about = after.strip("() .") if quoted(text) and _ABOUT.match(fold(after)) else ""
    what = listed(unless["what"]) if unless else ()
    return [Forbidden(sentence.cited, quoted(text), described, about, what)]


def third_party_rule(places: Sequence[Place]) -> ThirdParties | None:
    """That customers are not sent to others, from all of its section; `None` without a rule."""
    parties: list[str] = []
    wordings: list[str] = []
    instead: str | None = None
    used: list[Place] = []
    for sentence in (one for place in places for one in place.sentences):
        folded = fold(sentence.text)
        whom = _TO_WHOM.search(folded) if _SENDS.search(folded) else None
        words = quoted(sentence.text)
        if whom is None and not words:
            continue
        used.append(sentence)
        if whom is not None:
            # Folding may shorten, but a guide in these languages keeps its length in letters
            parties += listed(_whom(sentence.text, whom))
        if words and _INSTEAD.match(folded):
            instead = " ".join(exactly_quoted(sentence.text))
        else:
            wordings += words
    if not parties and not wordings:
        return None
    return ThirdParties(used[0].to(used[-1]).cited, tuple(parties), tuple(wordings), instead)


def required_rules(entry: Place) -> list[Required]:
    """A situation, what is said in it and when ("Recogida: el importe, antes de la cita.")."""
    situation, colon, rest = entry.text.partition(":")
    rest = rest.strip()
    if not colon or not rest or quoted(situation):
        return []
    words = exactly_quoted(rest)
    if words:
        when = rest[quote_end(rest) :].strip(" .")
        return [Required(entry.cited, situation.strip(), " ".join(words), True, when)]
    statement, _, when = (part.strip(" .") for part in rest.partition(". "))
    moment = _MOMENT.search(statement)
    if moment and not when:
        statement, when = statement[: moment.start()], statement[moment.start() :].strip(" ,")
    return [Required(entry.cited, situation.strip(), statement, False, when)]


def regional_rule(block: Place) -> Regional | None:
    """Words of one region and another, from one paragraph."""
    say: list[str] = []
    understood: list[str] = []
    used: list[Place] = []
    for sentence in block.sentences:
        words = quoted(sentence.text)
        if not words:
            continue
        used.append(sentence)
        before = fold(sentence.text[: first_quote(sentence.text)])
        (understood if _UNDERSTOOD.search(before) else say).extend(words)
    if not say or not understood:
        return None
    return Regional(used[0].to(used[-1]).cited, tuple(say), tuple(understood))


def day_parts(sentence: Place) -> list[DayPart]:
    """Greetings by the hour ("Hasta las 14:00, «buenos días»; después, «buenas tardes»")."""
    found: list[DayPart] = []
    at = 0
    for part in sentence.text.split(";"):
        words = quoted(part)
        span = _hours(fold(unquoted(part)), at)
        if not words or span is None or not 0 <= span[0] < span[1] <= _DAY:
            return []
        found.append(DayPart(sentence.cited, words[0], *span))
        at = span[1]
    return found


def _hours(folded: str, at: int) -> tuple[int, int] | None:
    if both := _FROM_TO.search(folded):
        return _minute(both, "a"), _minute(both, "b")
    if until := _UNTIL.search(folded):
        return at, _minute(until, "b")
    if since := _SINCE.search(folded):
        return _minute(since, "a"), _DAY
    return (at, _DAY) if at and _LATER.search(folded) else None


def _minute(match: re.Match[str], side: str) -> int:
    hour = int(match[f"{side}h"])
    half = match[f"{side}p"] or ""
    if half.startswith("p") and hour < 12:
        hour += 12
    return hour * 60 + int(match[f"{side}m"] or 0)


def _plain(text: str) -> str:
    return re.sub(r"[«»“”„\"]", "", text).strip(" .")


def _whom(text: str, found: re.Match[str]) -> str:
    start, end = found.span("whom")
    return text[start:end] if len(fold(text)) == len(text) else found["whom"]


def _hidden_quotes(text: str) -> str:
    """The text with letters in quotation marks replaced, every offset the same."""
    return re.sub(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"", lambda m: "_" * len(m[0]), text)
