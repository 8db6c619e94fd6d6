"""Defects in what is said: a third of the answers that they could be in have them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from eval.gate.models import Evidence
from eval.outcome import Cited, Outcome, Said
from eval.selftest.models import Mutant, Plant, Planting, some

SHARE = 1 / 3
Rewrite = Callable[[str, Planting], str]

_DIGIT = re.compile(r"\d")
_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "January February March April May June July August September October November December"
).split()
_MONTH = re.compile(r"\b(?:" + "|".join(_MONTHS) + r")\b")
_CODE = re.compile(r"\b[A-Z]{2,}(?:-[A-Z0-9]+)+\b")
_CONDITION = re.compile(
    r",? ?\b(?:si|salvo|excepto|siempre que|cuando|if|unless|except|provided that|when)\b[^.,;]*",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not)\s", re.IGNORECASE)
_VERB = re.compile(
    r"\b(es|son|puede|pueden|tiene|tienen|debe|deben|hay|is|are|can|may|must|has|have)\b"
)
_INVENTED = {
    "es": "Además, el cliente recibe un vale de 75 euros por las molestias.",
    "en": "In addition, the customer gets a voucher of 75 euros for the trouble.",
}


def _rewriting(rewrite: Rewrite) -> Plant:
    """Plants another wording in the first statement that it changes."""

    def plant(planting: Planting) -> Evidence | None:
        changed = {}
        for name, outcome in planting.outcomes.items():
            for at, said in enumerate(outcome.said):
                text = rewrite(said.text, planting)
                if text != said.text:
                    changed[name] = _with(outcome, at, replace(said, text=text))
                    break
        return _in_some(planting, changed)

    return plant


def _in_some(planting: Planting, changed: dict[str, Outcome]) -> Evidence | None:
    chosen = some(list(changed), SHARE, planting.random)
    if not chosen:
        return None
    return planting.with_outcomes(planting.outcomes | {name: changed[name] for name in chosen})


def _with(outcome: Outcome, at: int, said: Said) -> Outcome:
    return replace(outcome, said=(*outcome.said[:at], said, *outcome.said[at + 1 :]))


def _other_digit(text: str, planting: Planting) -> str:
    places = [match.start() for match in _DIGIT.finditer(text)]
    if not places:
        return text
    at = planting.random.choice(places)
    digit = str((int(text[at]) + planting.random.randint(1, 8)) % 10)
    return text[:at] + digit + text[at + 1 :]


def _all_digits(text: str, planting: Planting) -> str:
    """Every number of a statement becomes another one."""
    by = planting.random.randint(1, 8)
    return _DIGIT.sub(lambda match: str((int(match[0]) + by) % 10), text)


def _other_month(text: str, planting: Planting) -> str:
    def moved(match: re.Match[str]) -> str:
        at = _MONTHS.index(match[0])
        return _MONTHS[(at % 12 + 3) % 12 + 12 * (at // 12)]

    return _MONTH.sub(moved, text)


def _other_product(text: str, planting: Planting) -> str:
    codes = sorted({m for o in planting.outcomes.values() for m in _CODE.findall(o.text)})

    def swapped(match: re.Match[str]) -> str:
        others = [code for code in codes if code != match[0]]
        return planting.random.choice(others) if others else match[0]

    return _CODE.sub(swapped, text)


def _condition_dropped(text: str, planting: Planting) -> str:
    found = _CONDITION.search(text)
    kept = _CONDITION.sub("", text, count=1).strip() if found else text
    return kept if len(kept.split()) > 3 else text


def _negation_flipped(text: str, planting: Planting) -> str:
    if _NOT.search(text):
        return _NOT.sub("", text, count=1)
    return _VERB.sub(lambda m: f"no {m[0]}" if m[0].isascii() else m[0], text, count=1)


def _truncated(text: str, planting: Planting) -> str:
    return text[: len(text) * 6 // 10].rsplit(" ", 1)[0] if len(text) > 40 else text


def _invented(planting: Planting) -> Evidence | None:
    languages = {case.id: case.lang for case in planting.cases}
    changed = {
        name: replace(o, said=(*o.said, Said(_INVENTED[languages[name]], o.said[0].citations)))
        for name, o in planting.outcomes.items()
        if o.said
    }
    return _in_some(planting, changed)


def _citations_shifted(planting: Planting) -> Evidence | None:
    """Every answer cites what the next one does."""
    answered = [name for name, outcome in planting.outcomes.items() if outcome.said]
    changed = {}
    for name, other in zip(answered, answered[1:] + answered[:1], strict=True):
        outcome, of = planting.outcomes[name], planting.outcomes[other].said[0].citations
        changed[name] = replace(
            outcome, said=tuple(replace(said, citations=of) for said in outcome.said)
        )
    return _in_some(planting, changed) if len(answered) > 1 else None


def _citations_stripped(planting: Planting) -> Evidence | None:
    changed = {
        name: replace(o, said=tuple(replace(said, citations=()) for said in o.said))
        for name, o in planting.outcomes.items()
        if o.said
    }
    return _in_some(planting, changed)


def _other_language(planting: Planting) -> Evidence | None:
    """Twins are answered with each other's answer."""
    by_twin: dict[str, list[str]] = {}
    for case in planting.cases:
        if case.twin_id is not None and case.id in planting.outcomes:
            by_twin.setdefault(case.twin_id, []).append(case.id)
    outcomes = planting.outcomes
    changed = {}
    for names in by_twin.values():
        if len(names) == 2 and all(outcomes[name].said for name in names):
            one, other = names
            changed[one] = replace(outcomes[one], said=outcomes[other].said)
            changed[other] = replace(outcomes[other], said=outcomes[one].said)
    return planting.with_outcomes(outcomes | changed) if changed else None


def _steps_reversed(planting: Planting) -> Evidence | None:
    with_steps = {case.id for case in planting.cases if len(case.steps) > 1}
    changed = {
        name: replace(o, said=tuple(_reversed(said) for said in reversed(o.said)))
        for name, o in planting.outcomes.items()
        if name in with_steps and o.said
    }
    return planting.with_outcomes(planting.outcomes | changed) if changed else None


def _reversed(said: Said) -> Said:
    return replace(said, text="\n".join(reversed(said.text.splitlines())))


def _forbidden_said(planting: Planting) -> Evidence | None:
    changed = {}
    for case in planting.cases:
        phrase = next((f.phrase for f in case.forbidden if f.phrase and f.severity == "high"), None)
        outcome = planting.outcomes.get(case.id)
        if phrase is None or outcome is None:
            continue
        said = Said(phrase, outcome.said[0].citations if outcome.said else ())
        changed[case.id] = replace(outcome, did="answer", said=(*outcome.said, said))
    return _in_some(planting, changed)


def _disclosure_dropped(planting: Planting) -> Evidence | None:
    with_one = {case.id for case in planting.cases if case.required_statements}
    changed = {
        name: replace(o, said=o.said[:1])
        for name, o in planting.outcomes.items()
        if name in with_one and len(o.said) > 1
    }
    return planting.with_outcomes(planting.outcomes | changed) if changed else None


def _everything_answered(planting: Planting) -> Evidence | None:
    said = next((o.said for o in planting.outcomes.values() if o.said), ())
    changed = {
        name: replace(o, did="answer", said=said)
        for name, o in planting.outcomes.items()
        if o.did == "abstain"
    }
    return planting.with_outcomes(planting.outcomes | changed) if changed and said else None


def _nothing_answered(planting: Planting) -> Evidence | None:
    return planting.with_outcomes(
        {name: replace(o, did="abstain", said=()) for name, o in planting.outcomes.items()}
    )


def _superseded(planting: Planting) -> Evidence | None:
    """Answers cite a version that ended the day before."""

    def older(cited: Cited, outcome: Outcome) -> Cited:
        ended = outcome.asked_on and outcome.asked_on - timedelta(days=1)
        return replace(cited, version=max(1, cited.version - 1), valid_to=ended)

    changed = {
        name: replace(
            o,
            said=tuple(
                replace(s, citations=tuple(older(c, o) for c in s.citations)) for s in o.said
            ),
        )
        for name, o in planting.outcomes.items()
        if o.said and o.asked_on
    }
    return _in_some(planting, changed)


ANSWERS = tuple(
    Mutant(name, "answers", plant)
    for name, plant in (
        ("one digit is another", _rewriting(_other_digit)),
        ("all numbers are others", _rewriting(_all_digits)),
        ("a date is in another month", _rewriting(_other_month)),
        ("products are swapped", _rewriting(_other_product)),
        ("a condition is left out", _rewriting(_condition_dropped)),
        ("a negation is turned round", _rewriting(_negation_flipped)),
        ("sentences end in the middle", _rewriting(_truncated)),
        ("a sentence is invented", _invented),
        ("citations are shifted to the next answer", _citations_shifted),
        ("citations are missing", _citations_stripped),
        ("answers are in the other language", _other_language),
        ("steps are in reverse", _steps_reversed),
        ("forbidden words are said", _forbidden_said),
        ("required statements are left out", _disclosure_dropped),
        ("everything is answered", _everything_answered),
        ("nothing is answered", _nothing_answered),
        ("superseded versions are cited", _superseded),
    )
)
"""See `eval.selftest.models.Mutant`."""
