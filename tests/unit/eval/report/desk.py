"""The desk of the self-test with a candidate that does worse, and one case out of a nightmare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from eval.gate.decide import judge
from eval.gate.models import Evidence, Run
from eval.gate.policy import bundled
from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet
from eval.measures.catalogue import MEASURES
from eval.outcome import Cited, Outcome, Retrieved, Said
from eval.report.making import of_run
from eval.report.models import Compared, Report
from eval.runs.folder import catalogue
from eval.runs.scoring import score
from tests.unit.eval.selftest.desk import ON, answer, golden

MADE = date(2026, 11, 29)
BAD = "<script>alert(\"&'1')</script>"
"""What a question, a document and an answer may hold."""
NASTY = "nasty"


def nasty() -> GoldenCase:
    return GoldenCase.model_validate(
        {
            "id": NASTY,
            "schema_version": "golden/1",
            "lang": "es",
            "turns": [
                {"role": "customer", "text": f"hola {BAD}"},
                {"role": "assistant", "text": f"diga {BAD}"},
                {"role": "customer", "text": f"¿y {BAD} @admin | `x` \x0b?"},
            ],
            "answerability": "answerable",
            "expected_behaviour": "answer",
            "critical": True,
            "gold": [{"document": f"{BAD}.md", "quote": f"son 3 días {BAD}"}],
            "facts": [{"id": "f", "must": True, "aliases": [f"nunca {BAD}"]}],
            "steps": [{"id": "s", "aliases": [f"paso {BAD}"]}],
            "forbidden": [{"id": "n", "phrase": "son 4", "why": BAD}],
            "required_statements": [{"id": "r", "aliases": [f"aviso {BAD}"]}],
            "reference_answer": BAD,
            "tags": {"topic": BAD, "contractor": BAD},
        }
    )


def nastily(text: str) -> Outcome:
    cited = Cited(f"{BAD}.md", 1, f"son 3 días {BAD}", exact=False, valid_to=date(2026, 10, 1))
    reasons = (f"other_number: 4 {BAD} / 3", f"unheard_of: {BAD} / x")
    return Outcome(
        NASTY,
        "answer",
        0.7,
        (Said(text, (cited,), "contradicted", reasons),),
        (Retrieved(f"{BAD}.md", 1, f"Antes. son 3 días {BAD}", "es", 0.9),),
        {"total": 12.0},
        ON,
    )


def asked() -> GoldenSet:
    return GoldenSet.of([*golden().cases, nasty()])


def one_run(run_id: str, cases: GoldenSet, outcomes: dict[str, Outcome]) -> Run:
    scored = tuple(score(cases.cases, outcomes))
    manifest = {
        "golden": {"name": BAD, "sha256": cases.sha256},
        "measures": catalogue(MEASURES),
        "today": ON.isoformat(),
    }
    hashes = {case.id: case.sha256 for case in cases.cases}
    return Run(run_id, manifest, hashes, cases.sha256, outcomes, scored, scored)


def good(cases: GoldenSet) -> dict[str, Outcome]:
    """What the desk of the self-test does; the nasty case cites what has expired."""
    return {c.id: nastily(f"son 3 días {BAD}") if c.id == NASTY else answer(c) for c in cases.cases}


def worse(cases: GoldenSet) -> dict[str, Outcome]:
    """Every third pair abstains, one is not asked, one fails, and the nasty one has another day."""
    found: dict[str, Outcome] = {}
    for at, (name, outcome) in enumerate(good(cases).items()):
        slower = {"total": outcome.timings_ms["total"] + 5}
        found[name] = replace(outcome, timings_ms=slower)
        if outcome.did == "answer" and at % 6 == 0:
            found[name] = replace(found[name], did="abstain", said=(), confidence=0.2)
    found[NASTY] = nastily(f"son 4 días {BAD}")
    del found["c1-en"]
    found["c2-en"] = Outcome("c2-en", "abstain", error=BAD)
    return found


def report_alone() -> Report:
    cases = asked()
    run = one_run("one", cases, worse(cases))
    return of_run(run, cases.cases, bundled(), today=MADE)


def report_against() -> Report:
    cases = asked()
    before = one_run("before", cases, good(cases))
    after = one_run("after", cases, worse(cases))
    evidence = Evidence(cases.cases, before, after, bundled(), bundled())
    compared = Compared(*judge(evidence))
    return of_run(after, cases.cases, bundled(), today=MADE, compared=compared)
