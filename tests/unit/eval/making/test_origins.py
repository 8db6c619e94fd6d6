"""What people kept, reported and asked becomes draft cases, without a word about customers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from eval.golden.drafts import TO_BE_DECIDED, Draft, written_drafts
from eval.golden.reading import read_golden
from eval.making.facts import facts_in
from eval.making.models import gathered
from eval.making.origins import of_escalations, of_feedback, of_saved
from knowledge.escalations.models import Escalation
from knowledge.privacy.models import Known
from knowledge.work.feedback import Task
from knowledge.work.saved_questions import SavedQuestion

DAY = date(2026, 11, 29)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SAVED = SavedQuestion(3, "¿en cuántos días?", "es", "staff", "devoluciones.md", "rosa", AT, False)
TASK = Task(
    number=7,
    kind="outdated",
    comment="la señora Pérez se enfadó",
    question="soy Ana Pérez, pedido AL-20431, ¿cuánto tarda el abono?",
    source="abonos.md",
    title="Abonos",
    version=1,
    span=None,
    account="ana",
    at=AT,
    state="open",
    owner="rosa",
    answer="",
    fixed_in=None,
    closed_at=None,
)
ASKED = Escalation(
    number=1,
    key="abc123",
    topic=1,
    topic_name="abonos",
    contact="c1",
    agent="ana",
    turns=2,
    asked_by="ana",
    audience="levante",
    language="es",
    question="Marta Ruiz quiere el abono antes, ¿se puede?",
    need="",
    sources=("abonos.md",),
    state="answered",
    receiver=None,
    answer="Sí: dígale a Marta Ruiz que en 5 días laborables, 3,50 € de gastos.",
    answered_by="rosa",
    answered_role="expert",
    asked_at="2026-11-20T09:00:00+00:00",
    changed_at="2026-11-20T09:00:00+00:00",
    answered_at="2026-11-20T09:00:00+00:00",
    card=None,
)


def only(found: object) -> Draft:
    (draft,) = found  # type: ignore[misc]
    assert isinstance(draft, Draft)
    return draft


def test_a_saved_question_with_a_source_is_decided_and_one_without_is_not() -> None:
    known = only(of_saved([SAVED], DAY))
    assert (known.id, known.source, known.decided) == ("saved-3", "saved:3", True)
    assert known.gold[0].document == "devoluciones.md"
    assert not only(of_saved([replace(SAVED, expected=None)], DAY)).decided


def test_of_feedback_only_the_masked_question_is_taken() -> None:
    draft = only(of_feedback([TASK], {7: "levante"}, DAY))
    line = written_drafts([draft])
    for word in ("AL-20431", "Pérez", "enfadó"):
        assert word not in line
    assert draft.question.endswith("¿cuánto tarda el abono?")
    assert (draft.audience, draft.source, draft.decided) == ("levante", "feedback:7", False)


def test_what_was_put_right_expects_its_source_and_what_was_declined_is_left_out() -> None:
    right = replace(TASK, state="resolved", fixed_in=2)
    assert only(of_feedback([right], {}, DAY)).gold[0].document == "abonos.md"
    assert list(of_feedback([replace(TASK, state="declined")], {}, DAY)) == ["declined"]
    assert list(of_feedback([replace(TASK, question="")], {}, DAY)) == ["words_gone"]


def test_an_experts_answer_is_the_reference_with_its_figures_and_without_names() -> None:
    draft = only(of_escalations([ASKED], {"c1": Known(names=("Marta Ruiz",))}, DAY))
    assert "Marta" not in written_drafts([draft])
    assert [(f.kind, f.value, f.unit) for f in draft.facts] == [
        ("duration", 5.0, "working days"),
        ("money", 3.5, "EUR"),
    ]
    assert (draft.decided, draft.audience) == (False, "levante")
    carded = only(of_escalations([replace(ASKED, card="ficha-abonos")], {}, DAY))
    assert (carded.decided, carded.gold[0].document) == (True, "ficha-abonos")


def test_one_question_is_proposed_once_and_the_decided_one_stays() -> None:
    open_one = replace(only(of_saved([replace(SAVED, expected=None)], DAY)), id="saved-1")
    again = replace(SAVED, number=9, text="En cuántos días")
    found = [open_one, *of_saved([again], DAY), "declined"]
    made = gathered(found)  # type: ignore[arg-type]
    assert [draft.id for draft in made.drafts] == ["saved-9"]
    assert made.left_out == {"said_twice": 1, "declined": 1}
    assert gathered([open_one], known=["saved-1"]).left_out == {"there_already": 1}


def test_no_draft_passes_as_a_case_until_a_person_has_decided_and_accepted() -> None:
    draft = only(of_saved([replace(SAVED, expected=None)], DAY))
    golden, faults = read_golden(written_drafts([draft]).encode())
    assert golden is None
    told = [str(fault) for fault in faults]
    assert any("draft: it is a draft that nobody has accepted" in line for line in told)
    assert any("expected_behaviour: a person has to decide it" in line for line in told)
    assert faults[0].told("es").startswith("línea 1 (saved-3)")
    row = draft.row()
    assert row["answerability"] == TO_BE_DECIDED
    del row["draft"]
    row |= {"answerability": "unanswerable", "expected_behaviour": "abstain"}
    golden, faults = read_golden(json.dumps(row).encode())
    assert golden is not None
    assert not faults


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("El plazo es de 30 días naturales.", [("duration", 30.0, "days")]),
        ("We answer within 48 hours.", [("duration", 2.0, "days")]),
        (
            "Cuesta 15 % más desde el 1 de marzo de 2026.",
            [("number", 15.0, "percent"), ("date", None, None)],
        ),
        ("Entre 3 y 5 días.", [("duration", None, None)]),
        ("Véase el apartado 4.", []),
    ],
)
def test_facts_have_the_value_that_measures_find_again(
    sentence: str, found: list[tuple[str, float | None, str | None]]
) -> None:
    assert [(f.kind, f.value, f.unit) for f in facts_in(sentence)] == found
