"""The steps of contacts: what is chosen, ticked and answered by hand, and how it is shown.

Whatever is shown is read from the sources as whoever asks sees them then; the contact keeps names
of steps only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.cases.models import Case
from assistant.refusals import because
from assistant.shell.steps import shown
from assistant.steps import state
from assistant.steps.library import Library, Shelf, same_matter, successor
from assistant.steps.models import Procedure
from assistant.steps.progress import Mark, Progress, answer, carried, stand, tick
from assistant.steps.resolving import known_by_case
from knowledge.contacts.contacts import Contacts
from knowledge.contacts.models import Turn
from knowledge.contacts.step_states import StepStates
from knowledge.errors import NotFound, WrongState
from knowledge.identity.access import ContactReach
from knowledge.models import Viewer


@dataclass(frozen=True)
class Who:
    """Whoever works with the steps of a contact.

    Attributes:
        reach: of contacts.
        viewer: of sources.
    """

    reach: ContactReach
    viewer: Viewer


class Guide:
    """The steps of the contacts of one register.

    Args:
        library: finds procedures.
        contacts: where turns are read.
        states: where progress is kept.
        now: this moment, ISO 8601 in UTC.
    """

    def __init__(
        self,
        library: Library,
        contacts: Contacts,
        states: StepStates,
        now: Callable[[], str],
    ) -> None:
        self.library = library
        self.contacts = contacts
        self.states = states
        self._now = now

    def listed(self, source: str, viewer: Viewer) -> dict[str, Any]:
        """The procedures of a source in force.

        Raises:
            NotFound: there is none that they may see.
        """
        return shown.listed(self._in_force(source, viewer))

    def show(self, key: str, who: Who, case: Case | None = None) -> dict[str, Any]:
        """What is on offer in a contact, and how far it is in what was chosen.

        Args:
            key: of the contact.
            who: reads it; what they may not see of the sources is not in it.
            case: what is known of the customer's case; decides conditions and is not kept.

        Raises:
            NotFound: there is no contact that they may see.
        """
        contact, kept = self.states.get(key, who.reach)
        progress = state.progress_of(kept)
        return {
            "contact": key,
            "state": contact.state,
            "offers": self._offers(kept, who.viewer),
            "chosen": self._chosen(key, progress, who, case) if progress else None,
        }

    def choose(self, key: str, who: Who, source: str, procedure: str) -> None:
        """Begin with a procedure of the version in force.

        What was ticked in an older version of it stays with the steps that say the same.

        Raises:
            NotFound: there is no such contact, source or procedure that they may see.
            AccessRefused: the contact is not theirs.
            WrongState: it has ended.
        """
        found = self._in_force(source, who.viewer).get(procedure)
        if found is None:
            raise NotFound(
                because("steps-procedure-unknown", source=source, procedure=procedure[:64])
            )

        def make(kept: state.Kept) -> state.Kept:
            now = state.progress_of(kept)
            if now is None or now.source != source or now.version == found.version:
                return state.chosen(kept, found)
            old = self._procedure_of(now, who.viewer)
            if old is None or not same_matter(old, found):
                return state.chosen(kept, found)
            return state.moved_on(kept, carried(now, old, found))

        said = (source, found.version)
        self.states.change(key, who.reach, make, done="steps.chosen", source=said)

    def tick(self, key: str, who: Who, step: str, *, done: bool) -> None:
        """Tick or untick a step by hand.

        Raises:
            NotFound: there is no such contact or step.
            AccessRefused: the contact is not theirs.
            WrongState: it has ended, or no procedure is chosen.
        """
        self._known_step(key, who, step)
        mark = self._by_hand(who, yes=done)
        self._change(key, who, lambda progress: tick(progress, step, mark))

    def answer(self, key: str, who: Who, condition: str, holds: bool | None) -> None:
        """Say whether a condition holds; `None` lets it be a question again.

        Raises:
            NotFound: there is no such contact or condition.
            AccessRefused: the contact is not theirs.
            WrongState: it has ended, or no procedure is chosen.
        """
        known = self._current(key, who).all_conditions
        if condition not in known:
            reason = because(
                "steps-condition-unknown", condition=condition[:64], known=tuple(known)
            )
            raise NotFound(reason)
        mark = self._by_hand(who, yes=holds) if holds is not None else None
        self._change(key, who, lambda progress: answer(progress, condition, mark))

    def stand(self, key: str, who: Who, step: str | None) -> None:
        """Be at a step; `None`: at the first that is open.

        Raises:
            NotFound: there is no such contact or step.
            AccessRefused: the contact is not theirs.
            WrongState: it has ended, or no procedure is chosen.
        """
        if step is not None:
            self._known_step(key, who, step)
        self._change(key, who, lambda progress: stand(progress, step))

    def close(self, key: str, who: Who) -> None:
        """Put the procedure away; once more changes nothing.

        Raises:
            NotFound: there is no such contact.
            AccessRefused: it is not theirs.
            WrongState: it has ended.
        """
        progress = state.progress_of(self.states.get(key, who.reach)[1])
        if progress is not None:
            said = (progress.source, progress.version)
            self.states.change(key, who.reach, state.closed, done="steps.closed", source=said)

    def _offers(self, kept: state.Kept, viewer: Viewer) -> list[dict[str, Any]]:
        """What is on offer and still there for this viewer."""
        found: list[dict[str, Any]] = []
        for one in kept.get("offers", ()):
            shelf = self.library.of(one["source"], viewer)
            procedure = shelf.get(one["procedure"]) if shelf is not None else None
            if procedure is not None:
                found.append(
                    {
                        "source": procedure.document,
                        "source_title": procedure.source_title,
                        "version": procedure.version,
                        "procedure": procedure.key,
                        "title": procedure.title,
                        "steps": sum(step.depth == 0 for step in procedure.steps),
                        "because": one["because"],
                    }
                )
        return found

    def _chosen(self, key: str, progress: Progress, who: Who, case: Case | None) -> dict[str, Any]:
        shelf = self.library.of(progress.source, who.viewer, progress.version)
        procedure = shelf.get(progress.procedure) if shelf is not None else None
        if shelf is None or procedure is None:
            return {"available": False}
        turns = self._turns_in(key, progress, who.reach)
        known = known_by_case(procedure, case)
        checklist = shown.checklist(procedure, progress, known, turns, shelf.document)
        return {"available": True, "newer": self._newer(procedure, who.viewer), **checklist}

    def _newer(self, procedure: Procedure, viewer: Viewer) -> dict[str, Any] | None:
        """What is in force instead of the version that was chosen; `None`: that one is."""
        shelf = self.library.of(procedure.document, viewer)
        if shelf is None:
            return {"version": None, "procedure": None}
        if shelf.document.version == procedure.version:
            return None
        following = successor(procedure, shelf)
        return {
            "version": shelf.document.version,
            "procedure": following.key if following is not None else None,
        }

    def _turns_in(self, key: str, progress: Progress, reach: ContactReach) -> Mapping[int, Turn]:
        """The turns behind what was heard."""
        marks = (*progress.ticks.values(), *progress.answers.values())
        wanted = {mark.turn for mark in marks if mark.turn is not None}
        if not wanted:
            return {}
        turns = self.contacts.turns(key, reach, after=min(wanted) - 1)
        return {turn.number: turn for turn in turns if turn.number in wanted}

    def _in_force(self, source: str, viewer: Viewer) -> Shelf:
        shelf = self.library.of(source, viewer)
        if shelf is None:
            raise NotFound(because("steps-source-not-in-force", source=source[:200]))
        return shelf

    def _procedure_of(self, progress: Progress, viewer: Viewer) -> Procedure | None:
        shelf = self.library.of(progress.source, viewer, progress.version)
        return shelf.get(progress.procedure) if shelf is not None else None

    def _current(self, key: str, who: Who) -> Procedure:
        progress = state.progress_of(self.states.get(key, who.reach)[1])
        if progress is None:
            raise WrongState(because("steps-none-chosen", key=key))
        procedure = self._procedure_of(progress, who.viewer)
        if procedure is None:
            raise NotFound(because("steps-gone"))
        return procedure

    def _known_step(self, key: str, who: Who, step: str) -> None:
        procedure = self._current(key, who)
        if procedure.step(step) is None:
            known = tuple(one.key for one in procedure.steps)
            raise NotFound(because("steps-step-unknown", step=step[:64], known=known))

    def _change(self, key: str, who: Who, make: Callable[[Progress], Progress]) -> None:
        self.states.change(key, who.reach, lambda kept: state.changed(kept, make))

    def _by_hand(self, who: Who, *, yes: bool) -> Mark:
        return Mark(yes, "hand", self._now(), who=who.reach.name)
