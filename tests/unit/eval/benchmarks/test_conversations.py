"""Questions put into other conversations keep what answers them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Turn
from eval.benchmarks.answering import shown
from eval.benchmarks.conversations import NEW_SUBJECT, ON_THE_PAGE, as_on_the_page, new_subjects
from eval.cases import Case
from eval.corpora.registers import assistant_over
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder, document_of

SOFA, *_ = document_of("sofa.md", ["El sofá se devuelve en 45 días naturales desde la entrega."])
OTHERS = [
    document_of(f"{number}.md", [text])[0]
    for number, text in enumerate(
        [
            "La lámpara tiene tres años de garantía.",
            "Los pedidos se cancelan por teléfono.",
            "El seguro cubre robos en casa.",
            "La factura se pide por correo.",
            "El montaje se paga aparte.",
            "Las tiendas abren los lunes.",
        ]
    )
]
SAID = (
    Turn("agent", "¿El sofá se devuelve en 45 días naturales desde la entrega?"),
    Turn("assistant", "Labelled."),
)


def case(name: str, question: str, history: tuple[Turn, ...] = ()) -> Case:
    return Case(f"{name}-{len(question)}", question, "es", frozenset({name}), (), history)


def test_the_answers_before_a_follow_up_are_those_that_the_page_shows(tmp_path: Path) -> None:
    cases = [case("sofa.md", "¿Y desde cuándo cuentan?", SAID), case("lamp.md", "¿Qué garantía?")]
    settings = Settings(data_dir=tmp_path)
    with assistant_over("talks", [SOFA, *OTHERS], HashingEmbedder(), settings) as assistant:
        own = shown(assistant.ask(SAID[0].text, LOCAL_VIEWER))
        (found,) = as_on_the_page(assistant, cases)
    assert "45 días" in own
    assert found == replace(cases[0], history=(SAID[0], Turn("assistant", own)), kind=ON_THE_PAGE)


def test_a_new_subject_is_asked_behind_what_does_not_answer_it_and_alone() -> None:
    talk = case("sofa.md", "¿Y desde cuándo cuentan?", SAID)
    lamp, sofa = case("lamp.md", "¿Qué garantía tiene?"), case("sofa.md", "¿Cuántos días?")
    found = new_subjects([talk, lamp, sofa])
    assert [(one.kind, one.history) for one in found] == [
        (f"{NEW_SUBJECT}, alone", ()),
        (NEW_SUBJECT, SAID),
    ]
    assert {one.question for one in found} == {lamp.question}


def test_without_conversations_there_is_no_new_subject() -> None:
    assert new_subjects([case("lamp.md", "¿Qué garantía tiene?")]) == []
