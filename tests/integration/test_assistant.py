"""Question in, cited answer out, over a real register and real indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant import confidence, sentences
from assistant.bootstrap import wire
from assistant.contact import need
from assistant.models import Answer, ChangedSince, Citation, Turn
from assistant.pipeline import Assistant
from assistant.weights import Weights
from eval.corpora.reading import plain_document
from ingest.chunk import chunk_document
from ingest.sandbox import parse
from knowledge.cards import Card, card_document
from knowledge.errors import SettingsError
from knowledge.intake import take_in
from knowledge.models import EVERYONE, Document, Language, Viewer
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.retrieval import PART_CHARS, Retriever, parts_of
from knowledge.search.spelling import Speller
from knowledge.search.thesaurus import bundled
from knowledge.settings import Settings, load
from tests.fakes import STAFF, HashingEmbedder

NOBODY = Viewer("nobody", frozenset())
CONTRACTOR = Viewer("contractor", frozenset({"contractor"}))

RETURNS = """El cliente puede devolver un sofá en 30 días naturales desde la entrega.
Los colchones abiertos no se devuelven por higiene. Cuesta 3.500 € reponer uno de exposición.
Para devolver traiga:
- el ticket
- la caja original
"""
DELIVERY = """El envío a la península tarda 5 días laborables.
El envío a Ceuta y Melilla tarda dos semanas y tiene un recargo de 45 €.
"""
WARRANTY = """The warranty of every appliance lasts three years from the day of delivery.
Damaged packaging is reported within 24 hours.
"""
PARKING = "El aparcamiento de la tienda abre a las nueve. Los perros pasan con correa.\n"
OUTDOOR = "Las sombrillas de jardín se guardan secas durante el invierno.\n"

# What they weigh is learned for the real model; here words decide, and whatever is found is said.
WEIGHTS = Weights(
    sentence=dict.fromkeys(sentences.FEATURES, 0.0)
    | {"coverage": 3.0, "context_coverage": 0.5, "similarity": 0.1},
    confidence=dict.fromkeys(confidence.FEATURES, 0.0) | {"bias": 3.0},
    answered_from=0.9,
    partly_from=0.1,
    need=dict.fromkeys(need.FEATURES, 0.0) | {"bias": 0.0},
    needed_from=0.5,
)


class Company:
    """A register that is written while it is asked."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.embedder = HashingEmbedder(256)
        self.register = Register.open(settings, write=True)
        self.register.bind_model(self.embedder.fingerprint)
        self.register.curation.add_audience("contractor", "Contrata", STAFF)
        self.reader = Register.open(settings)
        indexes = Indexes(self.reader, settings)
        retriever = Retriever(self.reader, indexes, self.embedder, bundled())
        self.assistant = Assistant(self.reader, indexes, retriever, WEIGHTS)

    def put(
        self, name: str, text: str, language: Language = "es", audience: str = EVERYONE
    ) -> None:
        plain = plain_document(name, name.removesuffix(".txt").title(), text, language)
        self.store(replace(plain, audience=audience), text)

    def store(self, document: Document, text: str) -> None:
        chunks = chunk_document(document, self.embedder.count_tokens)
        take_in(self.register, self.embedder, (document, chunks, text.encode()))

    def put_all(self) -> None:
        self.put("devoluciones.txt", RETURNS)
        self.put("envios.txt", DELIVERY)
        self.put("warranty.txt", WARRANTY, "en")
        self.put("aparcamiento.txt", PARKING)
        self.put("jardin.txt", OUTDOOR)

    def ask(self, question: str, viewer: Viewer = STAFF, *said: str) -> Answer:
        return self.assistant.ask(question, viewer, [Turn("customer", text) for text in said])

    def close(self) -> None:
        self.assistant.close()
        self.register.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(data_dir=tmp_path / "data")


@pytest.fixture
def empty(settings: Settings) -> Iterator[Company]:
    made = Company(settings)
    yield made
    made.close()


@pytest.fixture
def company(empty: Company) -> Company:
    empty.put_all()
    return empty


def cited(answer: Answer) -> list[Citation]:
    return [c for statement in answer.statements for c in statement.citations]


@pytest.mark.parametrize(
    ("question", "document", "fact"),
    [
        ("cuanto tarda el envio a ceuta", "envios.txt", "dos semanas"),
        ("plazo para devolver un sofa", "devoluciones.txt", "30 días"),
        ("se puede devolver un colchon abierto", "devoluciones.txt", "por higiene"),
        ("how long does the warranty of an appliance last", "warranty.txt", "three years"),
        ("garantia de los electrodomesticos", "warranty.txt", "three years"),
        ("is there an extra charge to deliver to ceuta", "envios.txt", "45 €"),
        ("kuanto tarda el enbio a la peninzula", "envios.txt", "5 días"),
    ],
)
def test_a_question_is_answered_first_from_the_document_that_says_it(
    company: Company, question: str, document: str, fact: str
) -> None:
    answer = company.ask(question)
    assert answer.verdict == "answered"
    assert answer.statements[0].citations[0].document == document
    assert fact in answer.statements[0].text


def test_every_quote_is_exactly_the_documents_text_at_its_offsets(company: Company) -> None:
    n = 0
    for question in ("devolver", "envío a Ceuta", "warranty", "qué traigo para devolver", "perros"):
        for citation in cited(company.ask(question)):
            document = company.assistant.document(citation.document, STAFF)
            assert document
            assert document.text[citation.start : citation.end] == citation.quote
            assert citation.quote.strip()
            assert citation.title == document.title
            n += 1
    assert n >= 5


def test_a_list_is_answered_with_its_items(company: Company) -> None:
    first = company.ask("qué hay que traer para devolver").statements[0].text
    assert first.splitlines() == ["Para devolver traiga:", "el ticket", "la caja original"]


def test_the_bundled_weights_give_exact_quotes_too(company: Company, settings: Settings) -> None:
    assistant = wire(Register.open(settings), company.embedder, settings)
    try:
        answer = assistant.ask("cuánto tarda el envío a Ceuta", STAFF)
        shown = cited(answer) or list(answer.nearest)
        assert shown
        for citation in shown:
            document = assistant.document(citation.document, STAFF)
            assert document
            assert document.text[citation.start : citation.end] == citation.quote
    finally:
        assistant.close()


def test_a_viewer_without_audiences_gets_nothing_at_all(company: Company) -> None:
    answer = company.ask("cuánto tarda el envío a Ceuta", NOBODY)
    assert (answer.verdict, answer.statements, answer.nearest) == ("not_found", (), ())
    assert company.assistant.documents(NOBODY) == []
    assert company.assistant.document("envios.txt", NOBODY) is None
    assert company.assistant.original("envios.txt", NOBODY) is None
    assert company.assistant.is_empty(NOBODY)


def test_a_viewer_is_answered_only_from_what_is_theirs(company: Company) -> None:
    company.put("zalbidea.txt", "El transportista Zalbidea cobra 99 €.\n", audience="contractor")
    question = "cuánto cobra Zalbidea"
    assert "99 €" in company.ask(question, CONTRACTOR).statements[0].text
    for answer in (company.ask(question), company.ask(question, NOBODY)):
        shown = [*cited(answer), *answer.nearest]
        assert all(c.document != "zalbidea.txt" for c in shown)


def test_names_of_documents_one_may_not_see_correct_no_spelling(company: Company) -> None:
    company.put("zalbidea.txt", "El transportista Zalbidea cobra 99 €.\n", audience="contractor")
    # In either order: what was prepared for one viewer is not used for another.
    for viewer, knows in ((CONTRACTOR, True), (STAFF, False), (CONTRACTOR, True)):
        query = company.ask("zalbidxa", viewer).query
        assert query.casefold().startswith("zalbide") is knows


def test_viewers_who_ask_in_turn_do_not_have_their_words_gathered_anew(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counting(names: Iterable[str]) -> Speller:
        made.append(len(known := set(names)))
        return Speller(known)

    monkeypatch.setattr("knowledge.search.snapshot.Speller", counting)
    company.put("zalbidea.txt", "El transportista Zalbidea cobra 99 €.\n", audience="contractor")
    for question in ("plazo de devolucion", "cuanto cobra zalbidea", "y el reembolso"):
        for viewer in (STAFF, CONTRACTOR):
            company.ask(question, viewer)
    assert len(made) == 2


def test_an_empty_register_abstains(empty: Company) -> None:
    assert empty.assistant.is_empty(STAFF)
    answer = empty.ask("cuánto tarda el envío a Ceuta")
    assert (answer.verdict, answer.confidence) == ("not_found", 0.0)
    assert (answer.statements, answer.nearest) == ((), ())


def test_a_changed_document_is_answered_from_its_new_text_at_once(company: Company) -> None:
    question = "cuánto tarda el envío a Ceuta"
    assert "dos semanas" in company.ask(question).statements[0].text
    company.put("envios.txt", DELIVERY.replace("dos semanas", "nueve días"))
    shown = " ".join(s.text for s in company.ask(question).statements)
    assert "nueve días" in shown
    assert "dos semanas" not in shown


def test_a_document_replaced_while_it_is_searched_is_answered_as_it_is_then(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = Retriever._fetch

    def replaced_first(self: Retriever, *args: Any, **options: Any) -> Any:
        monkeypatch.setattr(Retriever, "_fetch", fetch)
        company.put("envios.txt", DELIVERY.replace("dos semanas", "nueve días"))
        return fetch(self, *args, **options)

    monkeypatch.setattr(Retriever, "_fetch", replaced_first)
    assert "nueve días" in company.ask("cuánto tarda el envío a Ceuta").statements[0].text


def test_passages_are_of_the_version_that_was_found(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company.assistant, "_weights", replace(WEIGHTS, answered_from=0.99))
    look = Assistant.look

    def replaced_after(self: Assistant, *args: Any) -> Any:
        evidence = look(self, *args)
        company.put("envios.txt", DELIVERY.replace("dos semanas", "nueve días"))
        return evidence

    monkeypatch.setattr(Assistant, "look", replaced_after)
    answer = company.ask("cuánto tarda el envío a la península")
    assert answer.verdict == "partly"
    (passage,) = (s.text for s in answer.statements if "5 días" in s.text)
    assert "dos semanas" in passage
    assert not any("nueve días" in s.text for s in answer.statements)


def test_the_file_of_a_document_with_a_withheld_part_is_not_given(company: Company) -> None:
    text = "Márgenes\nEl 12 % en colchones.\n"
    document = plain_document("tarifas.txt", "Tarifas", text, "es")
    heading = replace(document.blocks[0], kind="heading", level=1)
    document = replace(document, blocks=(heading, *document.blocks[1:]))
    company.store(document, text)
    assert company.assistant.original("tarifas.txt", STAFF) is not None
    company.register.curation.restrict("tarifas.txt", "Márgenes", STAFF, audience=["contractor"])
    assert company.assistant.original("tarifas.txt", STAFF) is None
    assert company.assistant.document("tarifas.txt", STAFF) is not None
    inside = Viewer("inside", STAFF.audiences | CONTRACTOR.audiences)
    assert company.assistant.original("tarifas.txt", inside) is not None


def test_a_new_document_is_found_at_once(company: Company) -> None:
    company.ask("qué es el plan Renove Tundra")
    company.put("renove.txt", "El plan Renove Tundra descuenta 80 € por el sofá viejo.\n")
    assert "80 €" in company.ask("qué es el plan Renove Tundra").statements[0].text


def test_a_removed_document_is_gone_at_once(company: Company) -> None:
    question = "cuánto tarda el envío a Ceuta"
    assert any(c.document == "envios.txt" for c in cited(company.ask(question)))
    company.register.remove_document("envios.txt", STAFF)
    answer = company.ask(question)
    assert all(c.document != "envios.txt" for c in [*cited(answer), *answer.nearest])
    assert company.assistant.document("envios.txt", STAFF) is None


def test_a_follow_up_is_understood_from_the_conversation(company: Company) -> None:
    for said, days in (("Vive en Melilla.", "dos semanas"), ("Vive en la península.", "5 días")):
        answer = company.ask("¿y cuánto tarda el envío?", STAFF, said)
        assert days in answer.statements[0].text
    assert answer.question == "¿y cuánto tarda el envío?"


def test_another_subject_in_a_few_words_is_not_answered_from_the_conversation(
    company: Company,
) -> None:
    said = "¿Cuánto tarda el envío a Ceuta y Melilla?"
    assert company.ask("¿y el abono?", STAFF, said).query != "¿y el abono?"
    assert company.ask("¿quién ganó el mundial?", STAFF, said).query == "¿quién ganó el mundial?"


def test_markup_in_a_document_stays_text(empty: Company) -> None:
    hostile = '<script>alert("plazo")</script> El plazo & el <b>abono</b> son de 9 días.\n'
    empty.put("plazo.txt", hostile)
    (statement, *_) = empty.ask("plazo del abono").statements
    assert statement.text == hostile.strip()
    assert statement.citations[0].quote == hostile.strip()


@pytest.mark.parametrize("question", ["", "  ", "¿?", "a" * 4_001, "?" * 100_000])
def test_what_is_no_question_is_refused_in_one_line(company: Company, question: str) -> None:
    with pytest.raises(SettingsError) as caught:
        company.ask(question)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 200
    with pytest.raises(SettingsError):
        company.assistant.search(question, STAFF)


@pytest.mark.parametrize(
    "question",
    [
        "a" * 4_000,
        "palabra " * 499,
        "SELECT * FROM chunks; DROP TABLE documents; --",
        "\x00 plazo \x07 \ufeff",
        "退货期限是多久",
        "🛏️ plazo ¿¿??",
        "qué\nplazo\thay",
    ],
)
def test_strange_questions_are_answered_or_not_but_never_fail(
    company: Company, question: str
) -> None:
    assert company.ask(question).verdict in ("answered", "partly", "not_found")


def test_passages_are_searched_best_first_and_no_more_than_asked(company: Company) -> None:
    found = company.assistant.search("envío a Ceuta", STAFF, top_k=2)
    assert len(found.chunks) == len(found.deviations) == 2
    assert found.chunks[0].stored.chunk.document == "envios.txt"
    assert found.chunks[0].score >= found.chunks[1].score


def test_a_pasted_mail_finds_what_each_of_its_parts_asks_for(company: Company) -> None:
    chatter = (
        "Les escribo porque llevo toda la mañana pensando en ello y no tengo a quien decirlo. "
    )
    mail = (
        f"{chatter * 3}¿El envío a Ceuta y Melilla tarda mucho?\n"
        f"{chatter * 3}¿Los perros pasan con correa al aparcamiento de la tienda?\n"
        f"{chatter * 3}¿Las sombrillas de jardín se guardan secas?"
    )
    parts = parts_of(mail)
    assert len(parts) >= 3
    assert max(map(len, parts)) <= PART_CHARS
    assert " ".join(parts) == " ".join(mail.split())
    found = company.assistant.search(mail, STAFF, top_k=4)
    documents = [c.stored.chunk.document for c in found.chunks]
    assert {"envios.txt", "aparcamiento.txt", "jardin.txt"} <= set(documents)
    assert [c.score for c in found.chunks] == sorted((c.score for c in found.chunks), reverse=True)
    assert len(found.vectors) == len(found.other_vectors) == len(parts)
    assert len({c.stored.key for c in found.chunks}) == len(found.chunks)


CARD = Card(
    question="¿Cuánto tarda el reembolso?",
    answer="Entre 3 y 5 días.\nDepende de su banco.",
    language="es",
    variants=("cuando me devuelven el dinero",),
)


def test_approved_wording_is_given_word_for_word_and_marked(company: Company) -> None:
    take_in(company.register, company.embedder, card_document(CARD))
    first, *others = company.ask("cuando me devuelven el dinero").statements
    assert (first.text, first.approved) == (CARD.answer, True)
    assert first.citations[0].quote == CARD.answer
    assert not any(statement.approved for statement in others)
    assert not company.ask("envío a Ceuta y Melilla").statements[0].approved


def test_a_part_that_is_not_for_customers_never_stands_in_another_passage(empty: Company) -> None:
    text = (
        "# Devoluciones\n\nEl plazo del sofá es de 30 días.\n\n"
        "# Compensación\n\nPuede ofrecer hasta 40 €.\n\n# Contacto\n\nLlame al 900.\n"
    )
    document = parse(text.encode(), "politica.md")
    chunks = chunk_document(document, empty.embedder.count_tokens)
    take_in(empty.register, empty.embedder, (document, chunks, text.encode()))
    empty.register.curation.restrict("politica.md", "Compensación", STAFF, internal=True)
    for question in ("plazo sofá", "ofrecer compensación", "llame contacto"):
        for statement in empty.ask(question).statements:
            assert statement.internal == ("40 €" in statement.text)
            assert not (statement.internal and "30 días" in statement.text)
    empty.register.curation.restrict("politica.md", "Compensación", STAFF, audience=["contractor"])
    for question in ("plazo sofá", "ofrecer compensación", "llame contacto"):
        answer = empty.ask(question)
        shown = [s.text for s in answer.statements] + [c.quote for c in answer.nearest]
        assert "40" not in " ".join(shown)


def test_asked_about_another_day_the_answer_says_what_is_different_today(company: Company) -> None:
    company.put("envios.txt", "El envío a la península tarda 9 días laborables.\n")
    yesterday = replace(STAFF, on=company.register.today() - timedelta(days=1))
    answer = company.ask("¿cuánto tarda el envío a la península?", yesterday)
    assert "5 días" in answer.statements[0].text
    assert (answer.on, answer.statements[0].citations[0].version) == (yesterday.on, 1)
    assert ChangedSince("envios.txt", "envios.txt", 1, 2) in [
        replace(change, title="envios.txt") for change in answer.changed
    ]
    now = company.ask("¿cuánto tarda el envío a la península?")
    assert "9 días" in now.statements[0].text
    assert (now.on, now.changed, now.statements[0].citations[0].version) == (None, (), 2)


def test_a_follow_up_that_names_nothing_is_answered_from_what_was_said(company: Company) -> None:
    answer = company.ask("how much", STAFF, "envío a Ceuta y Melilla")
    assert "45 €" in answer.statements[0].text


def test_a_new_subject_is_not_drowned_by_what_was_said(company: Company) -> None:
    said = "¿Cuánto tarda el envío a Ceuta?", "¿Y el recargo a Melilla?"
    answer = company.ask("sombrillas de jardín en invierno", STAFF, *said)
    assert answer.statements[0].citations[0].document == "jardin.txt"
