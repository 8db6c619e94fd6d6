"""What an agent says or drafts -> what it promises, with the words and by when.

Forms (`forms_es`, `forms_en`) are looked for sentence by sentence; what stands around them
(`surroundings`) may take a promise back; `due` finds the day. Text of speech recognisers, without
accents and punctuation, reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.commitments import forms_en, forms_es, surroundings
from assistant.commitments.due import Clock, Timing, timings_of
from assistant.commitments.forms import Form, thing
from assistant.commitments.models import Promise
from knowledge.commitments.models import What
from knowledge.quantities.numerals import same_length_fold
from knowledge.text import sentence_spans

_FORMS = (*forms_es.FORMS, *forms_en.FORMS)
_YES = re.compile(r"\bsí\b", re.IGNORECASE)
_APPOINTMENT = re.compile(r"\s*(?:\w+ ){0,2}?(?:cita|fecha|hora|direccion|titular|appointment|date)\b")
_CALL = re.compile(r"\b(?:phone|telephone|call|telefono)\b")
_FUTURE = re.compile(r"(?:re|remos|ra|ran)\b|\b(?:will|shall|going to)\b|'ll\b|\b(?:voy|vamos|va|van) a\b")
_COMMITTED = re.compile(r"[^.;:,]{0,25}")
MOST_IN_A_TEXT = 20


@dataclass(frozen=True)
class _Found:
    """A form in a sentence."""

    form: Form
    start: int
    end: int


def promises_in(text: str, clock: Clock) -> list[Promise]:
    """The promises in what an agent says or drafts, in order.

    Args:
        text: as said, typed or recognised.
        clock: when it is said, and how days are counted at the company.
    """
    # "sí" is no "si"; one of the same length, so that offsets stay
    told = _YES.sub("ok", text).replace("’", "'")
    promises: list[Promise] = []
    for start, end in sentence_spans(told):
        promises += _in_sentence(text, told, start, end, clock)
    return promises[:MOST_IN_A_TEXT]


def _in_sentence(text: str, told: str, start: int, end: int, clock: Clock) -> Iterator[Promise]:
    sentence = told[start:end]
    folded = same_length_fold(sentence)
    if surroundings.in_general(folded):
        return
    forms = _forms_in(folded)
    begin = 0
    for place, found in enumerate(forms):
        stop = forms[place + 1].start if place + 1 < len(forms) else len(folded)
        promise = _promise(sentence, folded, found, begin, stop, clock)
        if promise is not None:
            words = text[start + promise.start : start + promise.end]
            yield Promise(
                promise.what, words, start + promise.start, start + promise.end, promise.due,
                promise.conditional,
            )  # fmt: skip
        begin = found.end


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


def _promise(
    sentence: str, folded: str, found: _Found, begin: int, stop: int, clock: Clock
) -> Promise | None:
    """The promise of a form, with offsets in its sentence; `None` where it is none."""
    form = found.form
    head, tail = folded[: found.start], folded[found.end : stop]
    if surroundings.is_asked(folded, found.start, found.end) or surroundings.taken_back(head):
        return None
    timings = timings_of(sentence, folded, form.language, clock)
    timing = _timing_of(timings, found, begin, stop)
    if _is_past(folded, found, begin, stop, timing):
        return None
    what = _what(form, folded[found.start : found.end], tail)
    if what is None or (form.dated and timing is None):
        return None
    if what == "other" and not form.word and not (timing or _FUTURE.search(folded, found.start, found.end)):
        return None
    first, last = _words(sentence, found, begin, stop, timing)
    conditional = surroundings.conditional(head, tail)
    due = timing.due if timing is not None and not conditional else None
    return Promise(what, sentence[first:last], first, last, due, conditional)


def _timing_of(timings: list[Timing], found: _Found, begin: int, stop: int) -> Timing | None:
    """What is said of when: after the form, else before it."""
    after = [one for one in timings if found.start <= one.start < stop]
    before = [one for one in timings if begin <= one.start < found.start]
    return after[0] if after else before[-1] if before else None


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


def _words(
    sentence: str, found: _Found, begin: int, stop: int, timing: Timing | None
) -> tuple[int, int]:
    """From the form, or the day said before it, to the next promise."""
    first = found.start
    if timing is not None and timing.start < first:
        first = timing.start
    last = len(sentence[:stop].rstrip(" ,;:-"))
    return max(begin, first), last
