"""Changes that do no harm: each has to pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from eval.gate.models import Evidence
from eval.outcome import Outcome
from eval.runs.scoring import score
from eval.selftest.models import Mutant, Plant, Planting
from knowledge.text import sentence_spans

LEAST_WORDS = 8
"""Of what is a sentence, and not a heading or the number of one."""
_QUOTES = str.maketrans({'"': "»", "'": "’"})
_LEAD = {"es": "Según nuestra política: ", "en": "According to our policy: "}


def _each(change: Callable[[Outcome, Planting], Outcome]) -> Plant:
    def plant(planting: Planting) -> Evidence | None:
        return planting.with_outcomes(
            {name: change(o, planting) for name, o in planting.outcomes.items()}
        )

    return plant


def _texts(change: Callable[[str], str]) -> Plant:
    def changed(outcome: Outcome, planting: Planting) -> Outcome:
        return replace(outcome, said=tuple(replace(s, text=change(s.text)) for s in outcome.said))

    return _each(changed)


def _faster(outcome: Outcome, planting: Planting) -> Outcome:
    return replace(outcome, timings_ms={k: ms / 2 for k, ms in outcome.timings_ms.items()})


def _a_little_slower(outcome: Outcome, planting: Planting) -> Outcome:
    return replace(outcome, timings_ms={k: ms * 1.05 for k, ms in outcome.timings_ms.items()})


def _introduced(outcome: Outcome, planting: Planting) -> Outcome:
    """A phrase that states nothing leads into the first whole sentence."""
    language = next(case.lang for case in planting.cases if case.id == outcome.case)
    for at, said in enumerate(outcome.said):
        for start, end in sentence_spans(said.text):
            sentence = said.text[start:end]
            if _is_sentence(sentence):
                text = said.text[:start] + _LEAD[language] + said.text[start:]
                changed = replace(said, text=text)
                return replace(outcome, said=(*outcome.said[:at], changed, *outcome.said[at + 1 :]))
    return outcome


def _is_sentence(text: str) -> bool:
    """Of words, and no heading, item of a list or row of a table."""
    whole = len(text.split()) >= LEAST_WORDS and text.endswith(".")
    return whole and text[0].isalpha() and not set(text) & set(":|;")


def _last_passages_gone(outcome: Outcome, planting: Planting) -> Outcome:
    """What nobody looks at: passages below the tenth."""
    return replace(outcome, retrieved=outcome.retrieved[:10])


def _surer(outcome: Outcome, planting: Planting) -> Outcome:
    return replace(outcome, confidence=min(1.0, outcome.confidence * 1.01))


def _nothing(planting: Planting) -> Evidence | None:
    return planting.evidence


def _other_order(planting: Planting) -> Evidence | None:
    names = list(planting.outcomes)
    planting.random.shuffle(names)
    return planting.with_outcomes({name: planting.outcomes[name] for name in names})


def _stricter(planting: Planting) -> Evidence | None:
    policy = planting.evidence.policy
    tighter = tuple(m.model_copy(update={"margin": m.margin / 2}) for m in policy.measures)
    return replace(planting.evidence, policy=policy.model_copy(update={"measures": tighter}))


def _more_cases(planting: Planting) -> Evidence | None:
    """The candidate was asked one more, which the run in force was not."""
    first = planting.cases[0]
    added = first.model_copy(update={"id": f"{first.id}-added", "twin_id": None})
    after = planting.evidence.after
    outcomes = {**after.outcomes, added.id: replace(after.outcomes[first.id], case=added.id)}
    scored = tuple(score((*planting.cases, added), outcomes))
    return planting.with_run(
        replace(
            after,
            golden={**after.golden, added.id: added.sha256},
            outcomes=outcomes,
            kept=scored,
            scored=scored,
        )
    )


HARMLESS = tuple(
    Mutant(name, "harmless", plant)
    for name, plant in (
        ("nothing is changed", _nothing),
        ("cases come in another order", _other_order),
        ("answers come faster", _each(_faster)),
        ("answers come a little slower", _each(_a_little_slower)),
        ("white space is another", _texts(lambda text: f" {text.replace('. ', '.  ')}\n")),
        ("quotation marks are others", _texts(lambda text: text.translate(_QUOTES))),
        ("the first sentence is introduced", _each(_introduced)),
        ("passages below the tenth are gone", _each(_last_passages_gone)),
        ("answers are a little surer", _each(_surer)),
        ("margins are tightened", _stricter),
        ("one case more is asked", _more_cases),
    )
)
"""See `eval.selftest.models.Mutant`."""
