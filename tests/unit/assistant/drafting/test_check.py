"""The whole check over a few passages: facts, promises, internal content, personal data, memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.drafting.check import DraftChecker
from assistant.drafting.models import DraftCheck, Setting
from assistant.voice.reading import read_guide
from ingest import sandbox
from knowledge.models import Chunk, Language, StoredChunk
from knowledge.ports import COMMITS
from knowledge.privacy.models import Known
from knowledge.search.spelling import Speller
from knowledge.text import sentence_spans, words

DOCUMENTS = Path("examples/almendro/documents")
PASSAGES = (
    ("Devoluciones", "El plazo de devolución de un sofá es de 45 días naturales desde la entrega."),
    ("Devoluciones", "El reembolso tarda hasta 10 días naturales desde la recogida."),
    ("Reparaciones", "No se exige el embalaje original para devolver un sofá."),
    ("Solo para uso interno", "El coordinador puede anular la visita técnica con el código V9."),
    ("Seguro. Qué no cubre", "Daños causados por mascotas, salvo derrames."),
    ("¿Puedo pagar al recibirlo?", "No. El pago contra reembolso ya no existe."),
    ("Compensaciones", "Si el técnico no aparece, damos una tarjeta regalo de 20 €."),
    ("Directorio", "Coordinador de turno, extensión 2100. Escriba a ayuda@almendro.example."),
)


class Documents:
    """A few passages, all of them found for every sentence; counts what is looked for."""

    def __init__(self) -> None:
        self.looked = 0
        self._chunks = [_stored(n, *one) for n, one in enumerate(PASSAGES, start=1)]
        self._speller = Speller(())

    def about(self, sentences: Sequence[str], language: Language) -> list[tuple[StoredChunk, ...]]:
        self.looked += len(sentences)
        return [tuple(self._chunks) for _ in sentences]

    def on_topic(self, text: str, language: Language) -> list[StoredChunk]:
        return []

    def titles(self) -> frozenset[str]:
        return frozenset(heading for heading, _ in PASSAGES)

    def with_figure(self, figure: str, around: str, language: Language) -> list[StoredChunk]:
        return []

    def with_words(self, sought: Sequence[str], most: int = 8) -> list[StoredChunk]:
        return [c for c in self._chunks if set(sought) <= set(words(c.chunk.text))]

    def holds(self, text: str) -> bool:
        sought = " ".join(words(text))
        return any(sought in " ".join(words(c.chunk.text)) for c in self._chunks)

    def opening(self, document: str) -> str:
        return ""

    def has_word(self, word: str) -> bool:
        return False

    def correct(self, word: str, language: Language) -> str:
        return self._speller.correct(word, language)


def _stored(key: int, heading: str, text: str) -> StoredChunk:
    spans = tuple(sentence_spans(text))
    chunk = Chunk(f"{key}.md", 0, text, 0, len(text), (heading,), heading, None, None, "es", spans)
    return StoredChunk(key, chunk, heading, np.zeros((len(spans), 4), np.float16))


def checked(draft: str, **around: object) -> DraftCheck:
    return DraftChecker(Documents()).check(draft, Setting("es", "es", **around))  # type: ignore[arg-type]


def kinds(draft: str, **around: object) -> list[tuple[str, str]]:
    return [(f.kind, draft[f.start : f.end]) for f in checked(draft, **around).findings]


def test_another_figure_is_marked_with_the_sources_and_its_sentence() -> None:
    (found,) = checked("El plazo de devolución del sofá es de 30 días naturales.").findings
    assert (found.kind, found.mend) == ("fact", "45 días naturales")
    assert found.source is not None
    assert found.source.quote == PASSAGES[0][1]
    assert "45 días naturales" in found.reason("es")
    assert "45 días naturales" in found.reason("en")


@pytest.mark.parametrize(
    "draft",
    [
        "El plazo de devolución del sofá es de 45 días naturales desde la entrega.",
        "El embalaje original no se exige para devolver el sofá.",
        "El reembolso del sofá tarda hasta 10 días naturales.",
        "Buenos días, le atiende Ana. ¿En qué puedo ayudarle?",
        "",
        "   \n",
    ],
)
def test_what_the_sources_say_is_left_alone(draft: str) -> None:
    assert kinds(draft) == []


def test_the_customers_own_figures_are_nobodys_mistake() -> None:
    about = "Llevo 30 días con el sofá"
    draft = "Tiene el sofá desde hace 30 días, y el plazo de devolución es de 45 días."
    assert kinds(draft, about=about) == []


def test_being_quicker_than_every_rule_is_a_promise_without_one() -> None:
    found = kinds("Mañana mismo le reembolsamos el importe del sofá.")
    assert [kind for kind, _ in found] == ["promise"]
    assert kinds("El reembolso tarda hasta 10 días naturales desde la recogida.") == []


def test_internal_numbers_codes_and_words_are_kept_inside() -> None:
    assert ("internal", "extensión 2100") in kinds("Llame a la extensión 2100.")
    draft = "El coordinador puede anular la visita técnica con el código V9."
    assert {kind for kind, _ in kinds(draft)} == {"internal"}


def test_data_of_others_is_marked_and_what_is_known_is_not() -> None:
    draft = "Su vecina tiene el teléfono 612 345 678 y usted el 699 123 456."
    known = Known(phones=("699123456",))
    assert kinds(draft, known=known) == [("personal", "612 345 678")]
    assert kinds("Escriba a ayuda@almendro.example.") == []


def test_only_sentences_that_changed_are_looked_for_again() -> None:
    documents = Documents()
    checker = DraftChecker(documents)
    setting = Setting("es", "es")
    first = "El plazo de devolución del sofá es de 30 días naturales."
    checker.check(first, setting)
    assert documents.looked == 1
    again = checker.check(f"{first} El reembolso tarda 20 días naturales.", setting)
    assert documents.looked == 2
    assert again.findings[0].mend == "45 días naturales"


def test_a_period_that_counts_from_another_moment_is_marked_with_the_source() -> None:
    draft = "Para devolver el sofá tiene 45 días naturales desde la compra."
    (found,) = checked(draft).findings
    assert (found.kind, found.cause, found.mend) == ("fact", "fact_denied", None)
    assert found.source is not None
    assert found.source.quote == PASSAGES[0][1]
    assert kinds("Para devolver el sofá tiene 45 días naturales desde que lo recibe.") == []
    assert kinds("¿Tiene 45 días naturales desde la compra?") == []


@pytest.mark.parametrize(
    "draft",
    [
        "El seguro no cubre los daños causados por mascotas.",
        "No se puede pagar contra reembolso.",
        "Puede devolverlo sin el embalaje original.",
    ],
)
def test_what_a_source_denies_may_be_denied(draft: str) -> None:
    assert kinds(draft) == []


@pytest.mark.parametrize(
    "draft",
    [
        "De la recogida no se preocupe, corre de nuestra cuenta.",
        "Aunque haya pasado el plazo, le aceptaremos la devolución.",
        "Le haremos llegar un vale de 80 €.",
        "El domingo se lo llevan a casa.",
        "Los montadores también le cuelgan las lámparas.",
    ],
)
def test_commitments_that_no_source_stands_behind_are_marked(draft: str) -> None:
    assert {kind for kind, _ in kinds(draft)} == {"promise"}


@pytest.mark.parametrize(
    "draft",
    [
        "Como el técnico no aparece, le damos una tarjeta regalo de 20 €.",
        "No puedo regalarle un vale de 80 €.",
        "Lo consulto con Reparaciones y le llamo mañana antes de las 18:00.",
        "Le mando ahora el resumen por correo electrónico.",
        "Le llevamos la mesa el jueves 3 de diciembre, de 8:00 a 12:00.",
    ],
)
def test_what_a_source_backs_and_what_any_agent_may_do_is_no_promise(draft: str) -> None:
    assert [kind for kind, _ in kinds(draft) if kind == "promise"] == []


class Heard:
    """Stands where the model does: a clause that has a word commits, or is a wording."""

    def labels(self, head: str) -> tuple[str, ...]:
        return ("no", "yes") if head == COMMITS else ("none", "soon", "sent_away")

    def told(self, head: str, texts: Sequence[str | tuple[str, str]]) -> NDArray[np.float64]:
        words = ("corre con",) if head == COMMITS else ("plisplas", "ellos sabrán")
        rows = [[float(word in clause) for word in words] for _, clause in texts]
        return np.array([[1 - sum(row), *row] for row in rows]).reshape(len(texts), len(words) + 1)


def test_a_commitment_in_other_words_is_told_by_the_model_clause_by_clause() -> None:
    draft = "Queda anotado en su ficha, la tienda corre con la diferencia."
    setting = Setting("es", "es")
    assert DraftChecker(Documents()).check(draft, setting).findings == ()
    (found,) = DraftChecker(Documents(), classifier=Heard()).check(draft, setting).findings
    assert (found.kind, draft[found.start : found.end]) == ("promise", draft.split(", ")[1][:-1])


def test_wordings_in_other_words_are_told_by_the_model_where_nothing_else_is_found() -> None:
    guide = read_guide(sandbox.parse((DOCUMENTS / "guia-de-voz.md").read_bytes(), "guia-de-voz.md"))
    setting = Setting("es", "es", guides=(guide,))
    draft = "Queda anotado. Esto en un plisplas está, y los de la fábrica, ellos sabrán qué hacer."
    checker = DraftChecker(Documents(), classifier=Heard())
    found = checker.check(draft, setting).findings
    assert [(one.kind, draft[one.start : one.end]) for one in found] == [
        ("forbidden", "Esto en un plisplas está"),
        ("forbidden", "ellos sabrán qué hacer"),
    ]
    wrong = "El plazo de devolución del sofá es de 30 días naturales en un plisplas."
    (fact,) = checker.check(wrong, setting).findings
    assert (fact.kind, fact.mend) == ("fact", "45 días naturales")


def test_of_a_heap_of_words_the_model_is_not_asked() -> None:
    asked: list[int] = []

    class Counting(Heard):
        def told(self, head: str, texts: Sequence[str | tuple[str, str]]) -> NDArray[np.float64]:
            asked.append(len(texts))
            return super().told(head, texts)

    guide = read_guide(sandbox.parse((DOCUMENTS / "guia-de-voz.md").read_bytes(), "guia-de-voz.md"))
    heap = ", ".join(["le digo que sí"] * 500)
    DraftChecker(Documents(), classifier=Counting()).check(
        heap, Setting("es", "es", guides=(guide,))
    )
    assert sum(asked) == 0


def test_english_commitments_are_marked_too() -> None:
    for draft in (
        "Don't worry, collecting your sofa is on us.",
        "I'll make sure you get every penny back.",
        "You will be compensated with a voucher.",
        "We'll have someone round first thing tomorrow.",
    ):
        found = DraftChecker(Documents()).check(draft, Setting("en", "en")).findings
        assert {one.kind for one in found} == {"promise"}, draft


def test_what_is_quoted_to_be_read_out_is_not_internal() -> None:
    documents = Documents()
    text = 'why: the check failed. say: "Your bank did not confirm the payment yet, try again."'
    documents._chunks.append(_stored(99, "Internal use only", text))
    draft = "Your bank did not confirm the payment yet, try again."
    assert DraftChecker(documents).check(draft, Setting("en", "en")).findings == ()
