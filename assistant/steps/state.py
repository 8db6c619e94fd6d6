"""What a contact keeps of its steps: procedures on offer, and the one that was chosen.

Pure: mappings of strings and numbers, as `knowledge.contacts.step_states` keeps them, in and out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.steps.choosing import Offer
from assistant.steps.models import Procedure
from assistant.steps.progress import Mark, Progress, answer, from_json, tick, to_json

Kept = Mapping[str, Any]
Heard = tuple[Mapping[str, Mark], Mapping[str, Mark]]
"""What turns say of steps and of conditions, by their keys."""


def progress_of(kept: Kept) -> Progress | None:
    """The procedure that is chosen, and how far it is; `None`: none is."""
    chosen = kept.get("chosen")
    return from_json(chosen) if chosen else None


def offered(kept: Kept, some: Sequence[Offer]) -> Kept:
    """With these procedures on offer; those that were closed are not offered again."""
    closed = set(kept.get("closed", ()))
    offers = [
        {
            "source": one.procedure.document,
            "version": one.procedure.version,
            "procedure": one.procedure.key,
            "because": one.because,
        }
        for one in some
        if one.procedure.key not in closed
    ]
    if offers == kept.get("offers", []):
        return kept
    return {**kept, "offers": offers}


def chosen(kept: Kept, procedure: Procedure) -> Kept:
    """With a procedure chosen, from its beginning; the same once more changes nothing."""
    now = progress_of(kept)
    if now and (now.source, now.version, now.procedure) == _named(procedure):
        return kept
    begun = Progress(*_named(procedure))
    return moved_on(kept, begun)


def moved_on(kept: Kept, progress: Progress) -> Kept:
    """With a progress in place of the one that was."""
    return {**kept, "chosen": to_json(progress)}


def closed(kept: Kept) -> Kept:
    """With no procedure chosen; the one that was is not offered again."""
    now = progress_of(kept)
    if now is None:
        return kept
    gone = [*kept.get("closed", []), now.procedure]
    offers = [one for one in kept.get("offers", []) if one["procedure"] != now.procedure]
    return {**kept, "chosen": None, "closed": gone, "offers": offers}


def changed(kept: Kept, make: Callable[[Progress], Progress]) -> Kept:
    """With something changed in the progress; as it is where nothing is chosen."""
    now = progress_of(kept)
    return moved_on(kept, make(now)) if now is not None else kept


def heard(kept: Kept, procedure: Procedure, said: Heard, first_turn: int) -> Kept:
    """With what the turns say, in place of what they said before they were corrected.

    Args:
        kept: so far.
        procedure: about which they were read; where another is chosen by now, nothing changes.
        said: by the turns that were read.
        first_turn: number of the first of them; what older ones said stays.
    """
    now = progress_of(kept)
    if now is None or (now.source, now.version, now.procedure) != _named(procedure):
        return kept
    ticks = _without_heard(now.ticks, first_turn)
    answers = _without_heard(now.answers, first_turn)
    now = replace(now, ticks=ticks, answers=answers)
    for key, mark in said[0].items():
        now = tick(now, key, mark)
    for key, mark in said[1].items():
        now = answer(now, key, mark)
    return moved_on(kept, now)


def answered(progress: Progress, answers: Mapping[str, Mark]) -> Progress:
    """The progress with these answers and no others."""
    return replace(progress, answers=answers)


def _without_heard(marks: Mapping[str, Mark], first_turn: int) -> dict[str, Mark]:
    return {
        key: mark
        for key, mark in marks.items()
        if mark.by == "hand" or (mark.turn is not None and mark.turn < first_turn)
    }


def _named(procedure: Procedure) -> tuple[str, int, str]:
    return procedure.document, procedure.version, procedure.key
