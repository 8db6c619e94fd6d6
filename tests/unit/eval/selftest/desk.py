"""A golden set of twins with what a good assistant does, made up so that defects have a place."""

from __future__ import annotations

from datetime import date
from typing import Any

from eval.gate.models import Run
from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet
from eval.measures.catalogue import MEASURES
from eval.outcome import Cited, Outcome, Retrieved, Said
from eval.runs.folder import catalogue
from eval.runs.scoring import score

PAIRS = 60
ON = date(2026, 11, 2)
PRODUCTS = ("LAV-AL-7012", "FRG-AL-3650", "COL-VISCO-150")
SAID = {
    "es": "El plazo para devolver el modelo {product} es de {days} días desde el 3 de marzo si "
    "conserva el embalaje, y no puede usarse antes.",
    "en": "The period to return model {product} is {days} days from March 3 if the packaging is "
    "kept, and it may not be used before.",
}
ALIAS = {"es": "{days} días", "en": "{days} days"}
STEPS = {"es": ("pida una foto", "abra una orden"), "en": ("ask for a photo", "open an order")}
DISCLOSURE = {"es": "La llamada puede grabarse.", "en": "The call may be recorded."}


def golden() -> GoldenSet:
    cases: list[GoldenCase] = []
    for at in range(PAIRS):
        cases.extend(_case(at, language) for language in ("es", "en"))
    return GoldenSet.of(cases)


def _case(at: int, language: str) -> GoldenCase:
    days, unanswerable = 10 + at, at % 5 == 4
    fields: dict[str, Any] = {
        "id": f"c{at}-{language}",
        "schema_version": "golden/1",
        "lang": language,
        "turns": [{"role": "customer", "text": f"¿{at}?"}],
        "twin_id": f"c{at}",
        "critical": at % 3 == 0,
        "forbidden": [{"id": "f", "phrase": "llame al fabricante"}],
    }
    if unanswerable:
        return GoldenCase.model_validate(
            fields | {"answerability": "unanswerable", "expected_behaviour": "abstain"}
        )
    text = ALIAS[language].format(days=days)
    fact = {"id": "d", "kind": "duration", "must": True, "aliases": [text]}
    return GoldenCase.model_validate(
        fields
        | {
            "answerability": "answerable",
            "expected_behaviour": "answer",
            "gold": [{"document": f"d{at}.md"}],
            "facts": [fact | {"value": days, "unit": "days"}],
            "steps": [{"id": str(n), "aliases": [s]} for n, s in enumerate(STEPS[language])],
            "required_statements": [{"id": "r", "aliases": [DISCLOSURE[language][:-1]]}],
        }
    )


def answer(case: GoldenCase) -> Outcome:
    at = int(case.id.split("-")[0][1:])
    found = tuple(
        Retrieved(f"d{(at + n) % PAIRS}.md", 1, "x", case.lang if n % 2 == 0 else "es", 1 - n / 20)
        for n in range(12)
    )
    timings = {"total": 40.0 + at}
    if case.expected_behaviour == "abstain":
        return Outcome(case.id, "abstain", 0.1, (), found, timings, ON)
    text = SAID[case.lang].format(product=PRODUCTS[at % 3], days=10 + at)
    steps = "\n".join(step.capitalize() for step in STEPS[case.lang])
    said = tuple(
        Said(one, (Cited(f"d{at}.md", 2, one),), "supported")
        for one in (text, steps, DISCLOSURE[case.lang])
    )
    return Outcome(case.id, "answer", 0.9, said, found, timings, ON)


def run_of(asked: GoldenSet) -> Run:
    outcomes = {case.id: answer(case) for case in asked.cases}
    scored = tuple(score(asked.cases, outcomes))
    manifest = {"golden": {"sha256": asked.sha256}, "measures": catalogue(MEASURES)}
    hashes = {case.id: case.sha256 for case in asked.cases}
    return Run("one", manifest, hashes, asked.sha256, outcomes, scored, scored)
