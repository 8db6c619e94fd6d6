"""A version is checked with golden cases before it is published; what makes answers worse waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from assistant.preview import Previewer
from assistant.support.check import SupportCheck
from eval.gate.policy import Policy
from eval.gate.publication import PublicationGate, evidence_json
from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet, written
from knowledge.errors import NotAllowed, NotFound, SettingsError, WrongState
from knowledge.evaluations.golden_sets import GoldenSets
from knowledge.evaluations.publication_checks import PublicationChecks
from knowledge.evaluations.publication_rows import Verdict
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.settings import load
from tests.integration.test_preview import NAME, NEW, OLD, wire
from tests.integration.work_made import Company

POLICY = Policy.model_validate(
    {"schema": "gate/1", "measures": [{"name": "must_facts", "margin": 0.02}]}
)


def case(name: str, question: str, document: str, *aliases: str, **fields: Any) -> GoldenCase:
    given: dict[str, Any] = {
        "id": name,
        "schema_version": "golden/1",
        "lang": "es",
        "turns": [{"role": "customer", "text": question}],
        "answerability": "answerable",
        "expected_behaviour": "answer",
        "gold": [{"document": document}],
        "facts": [{"id": "f", "must": True, "aliases": list(aliases)}],
    }
    return GoldenCase.model_validate(given | fields)


SOFA = case("sofa", "¿en cuántos días se devuelve el sofá?", NAME, "treinta días", critical=True,
            audience="contractor-a")  # fmt: skip
PARKING = case("parking", "¿a qué hora abre el aparcamiento?", "aparcamiento.md", "a las nueve")
GOLDEN = GoldenSet.of([SOFA, PARKING])


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    settings = load(data_dir=tmp_path / "data")
    with Register.open(settings, write=True) as register:
        made = Company(settings, register)
        made.bring(NAME, OLD, audience="company contractor-a")
        made.bring("aparcamiento.md", "El aparcamiento abre a las nueve.")
        made.bring("tiendas.md", *(f"La tienda {n} vende lámparas {n * 7}." for n in range(80)))
        yield made
        made.close()


@pytest.fixture
def gate(company: Company) -> Iterator[PublicationGate]:
    indexes = Indexes(company.register, company.settings)
    previewer = Previewer(company.store, company.register, indexes, company.embedder, wire)
    yield PublicationGate(previewer, SupportCheck(), POLICY)
    indexes.close()


def draft(company: Company, *paragraphs: str) -> None:
    company.bring(NAME, *paragraphs, audience="company contractor-a", draft=True)
    company.curation.submit(NAME, 2, company.manager())


def test_a_version_that_breaks_a_critical_case_is_stopped(
    company: Company, gate: PublicationGate
) -> None:
    draft(company, NEW)
    told: list[tuple[int, int]] = []
    decision, evidence = gate.decide(
        NAME, 2, company.manager(), GOLDEN, company.tree, progress=lambda *p: told.append(p)
    )
    assert decision.verdict == "block"
    assert "critical case sofa became worse in must_facts" in str(decision.sentence)
    assert told == [(1, 2), (2, 2)]
    assert evidence.reused == {"parking"}
    kept = evidence_json(decision, evidence)
    assert (kept["cases"], kept["asked"]) == (2, 1)
    (flip,) = kept["flips"]
    assert flip["before"][0] == {"text": OLD, "document": NAME}
    assert flip["after"][0]["text"] == NEW


def test_a_version_that_keeps_what_is_expected_passes(
    company: Company, gate: PublicationGate
) -> None:
    draft(company, OLD, "Sin gastos.")
    decision, evidence = gate.decide(NAME, 2, company.manager(), GOLDEN, company.tree)
    assert decision.verdict == "pass"
    assert evidence.flips == ()


def test_nothing_is_published_by_checking(company: Company, gate: PublicationGate) -> None:
    draft(company, NEW)
    revision = company.register.revision()
    gate.decide(NAME, 2, company.manager(), GOLDEN, company.tree)
    assert company.register.revision() == revision


def test_cases_of_others_are_not_asked(company: Company, gate: PublicationGate) -> None:
    draft(company, NEW)
    viewer = Viewer("hugo", company.tree.managed("contractor-b"))
    with pytest.raises(NotFound):
        gate.decide(NAME, 2, viewer, GOLDEN, company.tree)
    only = Viewer("hugo", frozenset({EVERYONE, "company"}))
    decision, evidence = gate.decide(NAME, 2, only, GOLDEN, company.tree)
    assert [one.id for one in evidence.cases] == ["parking"]
    assert decision.verdict == "pass"
    with pytest.raises(WrongState, match="no case holds"):
        gate.decide(NAME, 2, only, GoldenSet.of([SOFA]), company.tree)


def gated(company: Company) -> int:
    """A golden set that versions have to pass; the register's number for it."""
    sets = GoldenSets(company.store)
    made = sets.save("almendro", written(GOLDEN), GOLDEN.sha256, 2, "quim")
    sets.gate("almendro", "quim", [EVERYONE], on=True)
    return made.set_id


def check(company: Company, set_id: int, verdict: Verdict, number: int = 1) -> None:
    says = {"es": "no publique", "en": "do not publish"}
    PublicationChecks(company.store).enter(
        NAME, 2, set_id, number, verdict, says, {"flips": []}, company.manager()
    )


def publish(company: Company, waiver: str | None = None) -> None:
    company.curation.publish(NAME, 2, company.manager(name="hugo"), waiver=waiver)


def state(company: Company) -> str:
    return company.curation.versions(NAME, company.manager())[0].state


def test_without_a_set_that_gates_nothing_is_asked_for(company: Company) -> None:
    draft(company, NEW)
    publish(company)
    assert state(company) == "published"


def test_an_unchecked_version_is_not_published(company: Company) -> None:
    draft(company, NEW)
    set_id = gated(company)
    with pytest.raises(WrongState, match="has not been checked with golden set 'almendro'"):
        publish(company)
    with pytest.raises(WrongState):
        publish(company, "a reason does not stand for a check")
    check(company, set_id, "pass")
    changed = GoldenSet.of([PARKING])
    GoldenSets(company.store).save("almendro", written(changed), changed.sha256, 1, "quim")
    with pytest.raises(WrongState, match="not been checked"):
        publish(company)
    check(company, set_id, "inconclusive", number=2)
    publish(company)
    assert state(company) == "published"


def test_a_stopped_version_takes_a_reason_that_is_kept(company: Company) -> None:
    draft(company, NEW)
    set_id = gated(company)
    check(company, set_id, "pass")
    check(company, set_id, "block")
    with pytest.raises(NotAllowed, match="do not publish; mend it, or publish it with a reason"):
        publish(company)
    with pytest.raises(SettingsError, match="has 5 characters: write 10 to 500"):
        publish(company, " corto ")
    assert state(company) == "in_review"
    publish(company, "El plazo cambió por ley el lunes.")
    (kept,) = PublicationChecks(company.store).of(NAME, 2, company.manager())
    assert (kept.verdict, kept.waived_by) == ("block", "hugo")
    assert kept.waiver == "El plazo cambió por ley el lunes."
    assert not kept.lets_through


def test_a_set_that_no_longer_gates_stops_nothing(company: Company) -> None:
    draft(company, NEW)
    check(company, gated(company), "block")
    sets = GoldenSets(company.store)
    assert [one.name for one in sets.gating()] == ["almendro"]
    sets.gate("almendro", "quim", [EVERYONE], on=False)
    assert sets.gating() == []
    with suppress(NotAllowed):
        publish(company)
    assert state(company) == "published"
