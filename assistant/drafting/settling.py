"""The findings of a draft put together: slips of spelling, and one finding for each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.forbidden import apart
from assistant.drafting.grammar import slips
from assistant.drafting.models import Finding, Setting
from assistant.drafting.sources import Sources
from assistant.drafting.spelling import misspelled

LEAST_PROMISE = 0.45
"""Share of a promise that has to be left beside what is forbidden in it."""


def spelling(draft: str, setting: Setting, sources: Sources) -> list[Finding]:
    """Words that are not spelled so, and sure slips."""
    found = [
        Finding(
            "spelling", one.start, one.end, "accent" if one.accent else "misspelled",
            {"right": one.meant}, one.meant,
        )
        for one in misspelled(draft, setting.language, sources)
        if draft[one.start : one.end].casefold() not in _own_words(setting)
    ]  # fmt: skip
    for slip in slips(draft, setting.language):
        right = slip.mend[0] if slip.cause == "opening_mark" else slip.mend.strip() or slip.mend
        found.append(
            Finding("spelling", slip.start, slip.end, slip.cause, {"right": right}, slip.mend)
        )
    return apart(found)


def _own_words(setting: Setting) -> frozenset[str]:
    """Words of the customer's names and addresses, which are spelled as they are."""
    known = setting.known
    return frozenset(w.casefold() for one in (*known.names, *known.addresses) for w in one.split())


def settled(found: Sequence[Finding], told: Sequence[Finding] = ()) -> list[Finding]:
    """In order, without what another finding of the same place says better.

    Args:
        found: by rules and beside the sources.
        told: by a model, of whole clauses: only where nothing else is found but slips and style.
    """
    weighty = [f for f in found if f.kind not in ("spelling", "style", "required")]
    found = [
        *found,
        *(one for one in told if not any(one.start < f.end and f.start < one.end for f in weighty)),
    ]
    banned = [f for f in found if f.kind == "forbidden"]
    hidden = [f for f in found if f.kind in ("internal", "personal")]
    otherwise = [f for f in found if f.kind in ("personal", "address")]
    kept = [
        f
        for f in (_beside(one, banned) if one.kind == "promise" else one for one in found)
        if f is not None
        and not (
            f.kind == "fact"
            and any(o.start < f.end and f.start < o.end for o in (*hidden, *banned))
        )
        and not (
            f.kind == "spelling" and any(o.start < f.end and f.start < o.end for o in otherwise)
        )
    ]
    return sorted(kept, key=lambda f: (f.kind == "required", f.start, f.end))


def _beside(promise: Finding, banned: Sequence[Finding]) -> Finding | None:
    """A promise without the words that are forbidden anyway; `None` where little is left."""
    start, end = promise.start, promise.end
    for one in banned:
        if one.start < end and start < one.end:
            if one.start - start >= end - one.end:
                end = min(end, one.start)
            else:
                start = max(start, one.end)
    if end - start < LEAST_PROMISE * (promise.end - promise.start):
        return None
    return replace(promise, start=start, end=end)
