"""What stands beside the conversation: few suggestions that stay where they are.

Pure: ``update(shown, heard) -> shown`` after each customer turn, and what the agent does with a
suggestion. A new one takes a free place, or that of an older one that it clearly beats; nothing
else moves. Everything here is made of strings and numbers, so that it can be kept and rebuilt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.contact.heard import AskBack, Heard, Suggestion
from assistant.models import Composed
from assistant.speech import said_stems

MAX_SHOWN = 3
CLEARLY = 0.15
"""By so much a new suggestion's score must exceed that of the one it replaces."""
FADED = 0.5
"""Share of its score that a suggestion keeps at each need that is another than its own."""
SAME_NEED = 0.5
"""Share of the smaller need's words from which two are one need in other words."""


@dataclass(frozen=True)
class Dismissed:
    """What the agent took away, and the need during which it does not come back.

    Attributes:
        suggestion: its key.
        words: of the need (`Need.words`).
    """

    suggestion: str
    words: frozenset[str]


@dataclass(frozen=True)
class Worded:
    """What a chat model composed for a need.

    Attributes:
        asked: the need, as heard.
        composed: what became of it.
    """

    asked: str
    composed: Composed


@dataclass(frozen=True)
class Shown:
    """What stands beside the conversation.

    Attributes:
        suggestions: at most `MAX_SHOWN`, each in its place.
        ask_back: what to ask the customer, `None` when nothing is missing.
        pinned: keys of suggestions that stay.
        dismissed: what was taken away.
        words: of the need that was last heard; empty before the first.
        listening: whether anything is suggested at all.
        worded: what a chat model composed for the need; `None`: nothing, or not yet.
    """

    suggestions: tuple[Suggestion, ...] = ()
    ask_back: AskBack | None = None
    pinned: frozenset[str] = frozenset()
    dismissed: tuple[Dismissed, ...] = ()
    words: frozenset[str] = frozenset()
    listening: bool = True
    worded: Worded | None = None


def update(shown: Shown, heard: Heard) -> Shown:
    """What is shown after a turn was heard; the same when there was nothing to answer.

    Args:
        shown: before the turn.
        heard: what the turn needs and what answers it.
    """
    if not shown.listening or not heard.need.needed:
        return shown
    words, language = heard.need.words, heard.need.language
    places = [
        p if p.key in shown.pinned or same_need(said_stems(p.asked, language), words) else _faded(p)
        for p in shown.suggestions
    ]
    withheld = {d.suggestion for d in shown.dismissed if same_need(d.words, words)}
    now = {new.key: new for new in heard.suggestions}
    places = [now.get(p.key, p) for p in places if p.key in shown.pinned or p.key not in withheld]
    newcomers = [n for n in now.values() if n.key not in withheld | _keys(shown.suggestions)]
    for new in newcomers:
        places = _placed(places, new, shown.pinned)
    return replace(
        shown,
        suggestions=_best_first(places, newcomers),
        ask_back=heard.ask_back,
        words=words or shown.words,
        worded=_still(shown.worded, heard.need.asked),
    )


def pin(shown: Shown, key: str) -> Shown:
    """Keep a suggestion where it is until it is let go; unchanged when it is not shown."""
    if key not in _keys(shown.suggestions):
        return shown
    return replace(shown, pinned=shown.pinned | {key})


def unpin(shown: Shown, key: str) -> Shown:
    """Let a suggestion be replaced again."""
    return replace(shown, pinned=shown.pinned - {key})


def dismiss(shown: Shown, key: str) -> Shown:
    """Take a suggestion away; it does not come back while the customer needs the same.

    Pinned or not. Unchanged when it is not shown.
    """
    if key not in _keys(shown.suggestions):
        return shown
    left = tuple(s for s in shown.suggestions if s.key != key)
    return replace(
        shown,
        suggestions=left,
        worded=shown.worded if rests_on(shown.worded, left) else None,
        pinned=shown.pinned - {key},
        dismissed=(*shown.dismissed, Dismissed(key, shown.words)),
    )


def switch(shown: Shown, *, listening: bool) -> Shown:
    """Listen, or stop: what is pinned stays, the rest goes with the switching off."""
    kept = shown.suggestions if listening else _only(shown.suggestions, shown.pinned)
    asked = shown.ask_back if listening else None
    worded = shown.worded if listening else None
    return replace(shown, listening=listening, suggestions=kept, ask_back=asked, worded=worded)


def word(shown: Shown, worded: Worded) -> Shown:
    """With what was composed for a need; unchanged once what it rests on is not shown any more."""
    if not shown.listening or not rests_on(worded, shown.suggestions):
        return shown
    return replace(shown, worded=worded)


def rests_on(worded: Worded | None, suggestions: Sequence[Suggestion]) -> bool:
    """Whether all that was composed cites sources that are suggested."""
    if worded is None:
        return False
    shown = {(c.document, c.version) for s in suggestions for c in s.statement.citations}
    cited = {(c.document, c.version) for s in worded.composed.statements for c in s.citations}
    return bool(shown) and cited <= shown


def same_need(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two needs are one in other words, as when a recogniser corrects itself.

    Needs without words of their own ("¿y eso?") go on with what was needed before.
    """
    if not words or not others:
        return True
    return len(words & others) >= SAME_NEED * min(len(words), len(others))


def _still(worded: Worded | None, asked: str) -> Worded | None:
    """What was composed, while the customer needs the very same."""
    return worded if worded is not None and worded.asked == asked else None


def _placed(
    places: Sequence[Suggestion], new: Suggestion, pinned: frozenset[str]
) -> list[Suggestion]:
    """The places with a new suggestion in one of them, or as they were."""
    if len(places) < MAX_SHOWN:
        return [*places, new]
    loose = [place for place in places if place.key not in pinned]
    if not loose:
        return list(places)
    weakest = min(reversed(loose), key=lambda place: place.score)
    if new.score < weakest.score + CLEARLY:
        return list(places)
    return [new if place.key == weakest.key else place for place in places]


def _best_first(
    places: Sequence[Suggestion], newcomers: Sequence[Suggestion]
) -> tuple[Suggestion, ...]:
    """The newcomers in their order in the places they got; the others where they are."""
    came = _keys(places) & _keys(newcomers)
    in_order = iter([new for new in newcomers if new.key in came])
    return tuple(next(in_order) if place.key in came else place for place in places)


def _faded(suggestion: Suggestion) -> Suggestion:
    return replace(suggestion, score=suggestion.score * FADED)


def _only(suggestions: Sequence[Suggestion], keys: frozenset[str]) -> tuple[Suggestion, ...]:
    return tuple(s for s in suggestions if s.key in keys)


def _keys(suggestions: Sequence[Suggestion]) -> frozenset[str]:
    return frozenset(s.key for s in suggestions)
