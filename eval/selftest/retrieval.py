"""Defects in what is found: in every question, and what is said follows what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from eval.gate.models import Evidence
from eval.outcome import Did, Outcome, Retrieved
from eval.selftest.models import Mutant, Plant, Planting

Change = Callable[[Outcome, Planting], Sequence[Retrieved]]


def _finding(change: Change, *, says: bool = True) -> Plant:
    """Plants another ranking; statements of sources that are no longer found go.

    Args:
        change: outcome -> its new ranking.
        says: whether what is said follows.
    """

    def plant(planting: Planting) -> Evidence | None:
        changed = {}
        for name, outcome in planting.outcomes.items():
            found = tuple(change(outcome, planting))
            changed[name] = (
                _following(outcome, found) if says else replace(outcome, retrieved=found)
            )
        return planting.with_outcomes(changed)

    return plant


def _following(outcome: Outcome, found: tuple[Retrieved, ...]) -> Outcome:
    names = {passage.document for passage in found}
    said = tuple(s for s in outcome.said if all(c.document in names for c in s.citations))
    did: Did = "answer" if said and outcome.did == "answer" else "abstain"
    return replace(outcome, retrieved=found, said=said, did=did)


def _without_first(outcome: Outcome, planting: Planting) -> Sequence[Retrieved]:
    first = outcome.documents[:1]
    return [p for p in outcome.retrieved if p.document not in first]


def _shuffled(outcome: Outcome, planting: Planting) -> Sequence[Retrieved]:
    return planting.random.sample(outcome.retrieved, len(outcome.retrieved))


def _one_repeated(outcome: Outcome, planting: Planting) -> Sequence[Retrieved]:
    """One passage that does not answer fills the ranking."""
    return outcome.retrieved[-1:] * len(outcome.retrieved)


def _others_question(outcome: Outcome, planting: Planting) -> Sequence[Retrieved]:
    """What was found for another question: an index whose rows are shifted by one."""
    names = list(planting.outcomes)
    at = names.index(outcome.case)
    return planting.outcomes[names[(at + 1) % len(names)]].retrieved


def _broken_for(language: str) -> Plant:
    def plant(planting: Planting) -> Evidence | None:
        asked = {case.id for case in planting.cases if case.lang == language}
        changed = {
            name: replace(o, retrieved=(), said=(), did="abstain") if name in asked else o
            for name, o in planting.outcomes.items()
        }
        return planting.with_outcomes(changed) if asked else None

    return plant


def _only_other_language(planting: Planting) -> Evidence | None:
    languages = {case.id: case.lang for case in planting.cases}
    return _finding(lambda o, _: [p for p in o.retrieved if p.language != languages[o.case]])(
        planting
    )


RETRIEVAL = tuple(
    Mutant(name, "retrieval", plant)
    for name, plant in (
        ("the first source is missing", _finding(_without_first)),
        ("the ranking is shuffled", _finding(_shuffled, says=False)),
        ("one passage fills the ranking", _finding(_one_repeated)),
        ("questions get each other's passages", _finding(_others_question)),
        ("Spanish questions find nothing", _broken_for("es")),
        ("English questions find nothing", _broken_for("en")),
        ("only the other language is found", _only_other_language),
    )
)
"""See `eval.selftest.models.Mutant`."""
