"""What an agent says or drafts -> what it promises, with the words and by when.

Forms (`forms_es`, `forms_en`) are looked for sentence by sentence; what stands around them
(`surroundings`) may take a promise back; `due` finds the day. Text of speech recognisers, without
accents and punctuation, reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.commitments import forms_en, forms_es, surroundings
from assistant.commitments.due import Clock, Timing, timings_of
from assistant.commitments.forms import Form, thing
from assistant.commitments.learned import Part, parts, promising, sentences
from assistant.commitments.models import Due, Promise
from knowledge.commitments.models import What
from knowledge.language import question_language
from knowledge.ports import TextClassifier
from knowledge.quantities.numerals import same_length_fold
from knowledge.text import sentence_spans

_FORMS = (*forms_es.FORMS, *forms_en.FORMS)
_YES = re.compile(r"\bsí\b", re.IGNORECASE)
_APPOINTMENT = re.compile(
    r"\s*(?:\w+ ){0,2}?(?:cita|fecha|hora|direccion|titular|appointment|date)\b"
)
_CALL = re.compile(r"\b(?:phone|telephone|call|telefono)\b")
_FUTURE = re.compile(
    r"(?:re|remos|ra|ran)\b|\b(?:will|shall|going to)\b|'ll\b|\b(?:voy|vamos|va|van) a\b"
)
_NEW_CLAUSE = re.compile(
    r"(?:[,;:]|\b(?:y|e|pero|luego|despues|ademas|and|but|then|que))\s+"
    r"(?:(?:en|dentro de|el|la|los|las|a|para|como|mas|tardar|mucho|maximo|in|within|on|by|the)"
    r"\s+)*$"
)
_LEADING = re.compile(
    r"(?:\b(?:en|dentro|de|el|la|los|las|para|antes|plazo|un|una|maximo|entre|in|within|on|by|the|"
    r"before|next)\s+)+$"
)
_TRAILING = re.compile(r"[\s,;:-]*(?:\b(?:y|e|pero|que|and|but)\s*)?$")
_HEAD_CHARS = 160
"""How far before a form is looked for what takes it back: recognisers write no full stops."""
_NEAR_CHARS = 30
_SHORT_CHARS = 160
_COMMITTED = re.compile(r"[^.;:,]{0,25}")
MOST_IN_A_TEXT = 20
FOUND_FROM = 0.5
"""Least probability of a promise that has no form."""
DAY_ALONE_WORDS = 3
"""Of a sentence beside a promise whose day is the promise's ("Mañana, seguro.")."""
FORMED_FROM = 0.1
"""Least probability that something is promised, on a condition or not, where a form says so."""


@dataclass(frozen=True)
class _Found:
    """A form in a sentence."""

    form: Form
    start: int
    end: int


def promises_in(text: str, clock: Clock, classifier: TextClassifier | None = None) -> list[Promise]:
    """The promises in what an agent says or drafts, in order.

    Args:
        text: as said, typed or recognised.
        clock: when it is said, and how days are counted at the company.
        classifier: tells of promises in other words, too, and which are none; `None`: forms alone.
    """
    found = _by_forms(text, clock)
    if classifier is not None:
        found = _weighed(found, text, clock, classifier)
    return found[:MOST_IN_A_TEXT]


def _weighed(
    found: Sequence[Promise], text: str, clock: Clock, classifier: TextClassifier
) -> list[Promise]:
    """Promises by their forms, without those that are hardly any, and what has no form."""
    kept: list[Promise] = []
    whole = parts(text)
    told = promising([text[part.start : part.end] for part in whole], classifier)
    for part, one in zip(whole, told, strict=True):
        formed = [p for p in found if part.start <= p.start < part.end]
        if one.promised + one.conditional >= FORMED_FROM:
            kept += formed
        if one.promised >= FOUND_FROM and not formed:
            kept.append(_in_other_words(text, part, one.what, clock, classifier))
    return kept


def _in_other_words(
    text: str, part: Part, what: What, clock: Clock, classifier: TextClassifier
) -> Promise:
    """The sentence of a part that most likely promises, with its day."""
    spans = sentences(text, part)
    sure = promising([text[start:end] for start, end in spans], classifier)
    best = max(range(len(spans)), key=lambda n: sure[n].promised)
    beside = [
        text[slice(*spans[n])]
        for n in (best, best + 1, best - 1)
        if 0 <= n < len(spans)
        and (n == best or len(text[slice(*spans[n])].split()) <= DAY_ALONE_WORDS)
    ]
    dues = (_first_day(sentence, clock) for sentence in beside)
    start, end = spans[best]
    return Promise(what, text[start:end], start, end, next((due for due in dues if due), None))


def _first_day(sentence: str, clock: Clock) -> Due | None:
    told = _normal(sentence)
    folded = same_length_fold(told)
    timings = timings_of(told, folded, question_language(sentence), clock)
    return next((one.due for one in timings if one.due is not None), None)


def _normal(text: str) -> str:
    """As forms are written, offsets where they were: "sí" is no "si"."""
    return _YES.sub("ok", text).replace("’", "'")


def _by_forms(text: str, clock: Clock) -> list[Promise]:
    """The promises that are told by forms, whatever a model says."""
    told = _normal(text)
    promises: list[Promise] = []
    for start, end in sentence_spans(told):
        promises += _in_sentence(text, told, start, end, clock)
    return promises


def _in_sentence(text: str, told: str, start: int, end: int, clock: Clock) -> Iterator[Promise]:
    sentence = told[start:end]
    folded = same_length_fold(sentence)
    forms = _forms_in(folded)
    timed = _timed(sentence, folded, forms, clock)
    for place, found in enumerate(forms):
        begin = forms[place - 1].end if place else 0
        stop = forms[place + 1].start if place + 1 < len(forms) else len(folded)
        promise = _promise(folded, found, begin, stop, timed[place])
        if promise is not None:
            first, last = (0, end - start) if _alone(forms, folded) else _trimmed(folded, promise)
            yield replace(
                promise,
                words=text[start + first : start + last],
                start=start + first,
                end=start + last,
            )


def _forms_in(folded: str) -> list[_Found]:
    """Without overlap, the longest of those that begin first; a word given is for what follows."""
    every = sorted(
        (
            _Found(form, match.start(), match.end())
            for form in _FORMS
            for match in form.pattern.finditer(folded)
        ),
        key=lambda one: (one.start, -one.end),
    )
    kept: list[_Found] = []
    for one in every:
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
    return [
        one
        for one, following in [*pairwise(kept), *([(kept[-1], None)] if kept else [])]
        if not (
            one.form.word
            and following is not None
            and following.form.language == one.form.language
            and _COMMITTED.fullmatch(folded[one.end : following.start])
        )
    ]


def _timed(sentence: str, folded: str, forms: list[_Found], clock: Clock) -> list[Timing | None]:
    """What is said of when for each form: right before it, else after it.

    What stands between two is the second's where a new clause begins with it: "le llamo mañana y el
    lunes le llega".
    """
    before: list[Timing | None] = [None] * len(forms)
    after: list[Timing | None] = [None] * len(forms)
    for language in {form.form.language for form in forms}:
        for timing in timings_of(sentence, folded, language, clock):
            own = [n for n, one in enumerate(forms) if one.form.language == language]
            left = [n for n in own if forms[n].start <= timing.start]
            right = [n for n in own if timing.start < forms[n].start]
            near = bool(right) and forms[right[0]].start - timing.end <= _NEAR_CHARS
            if right and near and (not left or _NEW_CLAUSE.search(folded[: timing.start])):
                before[right[0]] = timing
            elif left and after[left[-1]] is None:
                after[left[-1]] = timing
            elif (right and not left) or (near and before[right[0]] is None):
                before[right[0]] = timing
    return [first or second for first, second in zip(before, after, strict=True)]


def _promise(
    folded: str, found: _Found, begin: int, stop: int, timing: Timing | None
) -> Promise | None:
    """The promise of a form, with offsets in its sentence; `None` where it is none."""
    form = found.form
    head = folded[max(0, found.start - _HEAD_CHARS) : found.start]
    tail = folded[found.end : stop]
    if surroundings.is_asked(folded, found.start, found.end) or surroundings.taken_back(head):
        return None
    if surroundings.in_general(f"{head}{folded[found.start : stop]}"):
        return None
    if _is_past(folded, found, begin, stop, timing):
        return None
    what = _what(form, folded[found.start : found.end], tail)
    if what is None or (form.dated and timing is None):
        return None
    future = _FUTURE.search(folded, found.start, found.end)
    if what == "other" and not form.word and not (timing or future):
        return None
    conditional = surroundings.conditional(head, tail)
    due = timing.due if timing is not None and not conditional else None
    first = min(found.start, timing.start) if timing is not None else found.start
    return Promise(what, "", max(begin, first), stop, due, conditional)


def _is_past(folded: str, found: _Found, begin: int, stop: int, timing: Timing | None) -> bool:
    """Whether it tells of what was done; a day to come says that it does not."""
    if timing is not None and timing.due is not None:
        return False
    if _FUTURE.search(folded, found.start, found.end):
        return False
    return bool(surroundings.PAST.search(folded, begin, stop))


def _what(form: Form, said: str, tail: str) -> What | None:
    if form.named:
        return thing(tail, near=True)
    if form.what is None:
        return thing(tail) or "deliver"
    if form.what == "deliver" and thing(tail) == "replace":
        return "replace"
    if form.what == "replace" and _APPOINTMENT.match(tail):
        return "other"
    if form.what == "answer" and "back to" in said and _CALL.search(tail):
        return "call_back"
    return form.what


def _alone(forms: list[_Found], folded: str) -> bool:
    """Whether a sentence is short and has one form: all of it is shown."""
    return len(forms) == 1 and len(folded) <= _SHORT_CHARS


def _trimmed(folded: str, promise: Promise) -> tuple[int, int]:
    """From the form, or the day said before it, to the next promise, with whole phrases."""
    leading = _LEADING.search(folded[: promise.start])
    first = leading.start() if leading else promise.start
    last = first + len(_TRAILING.sub("", folded[first : promise.end]))
    return first, last
