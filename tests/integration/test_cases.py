"""The example company's own documents, asked for a customer's case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.cases.given import case_of
from assistant.cases.models import CaseFact
from assistant.models import Answer
from assistant.pipeline import Assistant
from assistant.shell.answer_text import answer_lines
from assistant.shell.case_answers import CaseAnswers, working_days
from assistant.shell.case_lines import case_json
from ingest.chunk import chunk_document
from ingest.sandbox import parse
from knowledge.errors import SettingsError
from knowledge.intake import take_in
from knowledge.models import Filing
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.retrieval import Retriever
from knowledge.search.thesaurus import bundled
from knowledge.settings import Settings
from tests.fakes import STAFF, HashingEmbedder
from tests.integration.test_assistant import WEIGHTS

DOCUMENTS = Path(__file__).parents[2] / "examples" / "almendro" / "documents"
NOW = datetime(2026, 11, 28, 11, tzinfo=UTC)
CHANGED = date(2026, 3, 1)
VERSIONS = (
    ("devoluciones.pdf", "politica-devoluciones-2024.pdf", None),
    ("devoluciones.pdf", "politica-devoluciones-2026.pdf", CHANGED),
    ("garantia.pdf", "garantia-2024.pdf", None),
    ("garantia.pdf", "garantia-2026.pdf", CHANGED),
    ("noches.html", "noches-de-prueba-colchones.html", CHANGED),
    ("returns-en.md", "returns-summary-en.md", CHANGED),
    ("danos.md", "danos-en-transporte-y-piezas.md", CHANGED),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Iterator[Assistant]:
    embedder = HashingEmbedder(256)
    with Register.open(settings, write=True) as register:
        for name, file, valid_from in VERSIONS:
            data = (DOCUMENTS / file).read_bytes()
            document = parse(data, name)
            chunks = chunk_document(document, embedder.count_tokens)
            filing = Filing(author="rosa", valid_from=valid_from)
            take_in(register, embedder, (document, chunks, data), filing=filing)
    reader = Register.open(settings)
    indexes = Indexes(reader, settings)
    made = Assistant(reader, indexes, Retriever(reader, indexes, embedder, bundled()), WEIGHTS)
    yield made
    made.close()


def ask(assistant: Assistant, settings: Settings, question: str, **given: str) -> Answer:
    return CaseAnswers(settings).ask(assistant, question, STAFF, (), case_of(given), now=NOW)


def the_fact(answer: Answer, words: str) -> CaseFact:
    """The fact of the rule whose sentence has these words."""
    assert answer.case_facts is not None
    found = [fact for fact in answer.case_facts if words in fact.rule.quote]
    assert found, [fact.rule.quote for fact in answer.case_facts]
    return found[0]


RETURNS = "plazo de la devolución comercial de Almendro desde la entrega"


@pytest.mark.parametrize(
    ("purchased", "version", "words", "last"),
    [
        ("2026-02-20", 1, "30 días naturales desde la entrega", date(2026, 12, 16)),
        ("2026-03-05", 2, "45 días naturales desde la entrega", date(2026, 12, 31)),
    ],
)
def test_a_return_is_computed_by_the_version_of_the_day_of_the_purchase(
    assistant: Assistant,
    settings: Settings,
    purchased: str,
    version: int,
    words: str,
    last: date,
) -> None:
    answer = ask(assistant, settings, RETURNS, delivered="2026-11-16", purchased=purchased)
    fact = the_fact(answer, words)
    assert answer.on == date.fromisoformat(purchased)
    assert (fact.rule.document, fact.rule.version) == ("devoluciones.pdf", version)
    assert (fact.status, fact.span.last) == ("computed", last)
    assert [one.state for one in fact.conditions if one.condition.kind == "days"] == ["met"]


def test_the_words_and_conditions_stand_where_they_are_said_to(
    assistant: Assistant, settings: Settings
) -> None:
    given = {"delivered": "2026-11-16", "purchased": "2026-03-05"}
    answer = ask(assistant, settings, RETURNS, **given)
    checked = 0
    for fact in answer.case_facts or ():
        rule = fact.rule
        document = assistant.document(rule.document, STAFF, rule.version)
        assert document
        assert document.text[rule.start : rule.end] == rule.quote
        amount = document.text[rule.amount_start : rule.amount_end]
        assert str(rule.high) in amount
        for one in fact.conditions:
            assert document.text[one.condition.start : one.condition.end] == one.condition.text
            checked += bool(one.condition.text)
    assert checked >= 2


def test_withdrawal_counts_from_what_the_next_sentence_says(
    assistant: Assistant, settings: Settings
) -> None:
    question = "desistimiento legal en 14 días naturales sin dar motivos"
    dates = {"delivered": "2026-11-16", "purchased": "2026-11-02"}
    fact = the_fact(ask(assistant, settings, question, **dates, channel="web"), "sin dar motivos")
    assert (fact.rule.event, fact.status) == ("delivered", "computed")
    assert fact.span.last == date(2026, 11, 30)
    shop = ask(assistant, settings, question, **dates, channel="shop")
    assert the_fact(shop, "sin dar motivos").status == "not_applicable"
    unknown = the_fact(ask(assistant, settings, question, **dates), "sin dar motivos")
    assert [q.code for q in unknown.questions] == ["channel"]


def test_trial_nights_have_a_last_day_and_a_first_one(
    assistant: Assistant, settings: Settings
) -> None:
    answer = ask(
        assistant,
        settings,
        "cuántas noches tengo: noches desde el día de la entrega, al menos 21 noches de uso",
        delivered="2026-11-16",
        purchased="2026-11-02",
    )
    facts = {f.rule.high: f for f in answer.case_facts or () if f.rule.document == "noches.html"}
    assert facts[60].status == "not_applicable"  # "los comprados antes"
    assert facts[100].span.last == date(2027, 2, 24)
    assert facts[21].span.first == date(2026, 12, 7)


def test_the_guarantee_goes_from_date_to_date(assistant: Assistant, settings: Settings) -> None:
    answer = ask(
        assistant,
        settings,
        "garantía legal de 3 años desde la entrega para los productos nuevos",
        delivered="2026-03-31",
        purchased="2026-03-20",
    )
    assert the_fact(answer, "La garantía legal es de 3 años").span.last == date(2029, 3, 31)


def test_an_english_summary_is_computed_alike(assistant: Assistant, settings: Settings) -> None:
    answer = ask(
        assistant,
        settings,
        "send the goods back within 14 calendar days of receiving the last item",
        delivered="2026-11-16",
        purchased="2026-11-02",
        channel="phone",
    )
    fact = the_fact(answer, "within 14 calendar days")
    assert (fact.span.last, fact.days_left) == (date(2026, 11, 30), 2)


def test_without_a_date_it_is_asked_for(assistant: Assistant, settings: Settings) -> None:
    fact = the_fact(ask(assistant, settings, RETURNS), "naturales desde la entrega")
    assert fact.status == "question"
    assert [q.code for q in fact.questions][:1] == ["date"]


def test_with_the_delivery_alone_the_purchase_is_asked_for(
    assistant: Assistant, settings: Settings
) -> None:
    answer = ask(assistant, settings, RETURNS, delivered="2026-11-16")
    fact = the_fact(answer, "45 días naturales desde la entrega")
    assert answer.on == date(2026, 11, 16)
    assert ("date", "purchased") in [(q.code, q.event) for q in fact.questions]


def test_the_facts_stand_below_the_answer_in_both_languages(
    assistant: Assistant, settings: Settings
) -> None:
    given = {"delivered": "2026-11-16", "purchased": "2026-03-05"}
    answer = ask(assistant, settings, RETURNS, **given)
    spanish, english = ("\n".join(answer_lines(answer, tongue)) for tongue in ("es", "en"))  # type: ignore[arg-type]
    assert "hasta el 31 de diciembre; quedan 33 días." in spanish
    assert "until 31 December; 33 days left." in english
    told = case_json(answer)
    assert told is not None
    assert "2026-12-31" in [fact["last_day"] for fact in told]


def test_holidays_come_from_a_place_and_from_a_file_of_the_company(tmp_path: Path) -> None:
    calendar = tmp_path / "festivos.txt"
    calendar.write_text("# of the town\n2026-11-30 San Andrés  # patron\n", "utf-8")
    both = working_days(Settings(holidays=f"ES-VC, {calendar}"))
    assert not both.counts(date(2026, 11, 30))
    assert not both.counts(date(2026, 10, 9))
    assert both.counts(date(2027, 11, 30))
    none = working_days(Settings(holidays="none", working_week="mon-sat"))
    assert none.counts(date(2026, 12, 25))
    assert none.counts(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("text", "words"),
    [("mañana fiesta\n", "line 1 of"), ("# nothing\n", "has no days"), (None, "cannot be read")],
)
def test_a_calendar_that_cannot_be_used_is_told(
    tmp_path: Path, text: str | None, words: str
) -> None:
    calendar = tmp_path / "festivos.txt"
    if text is not None:
        calendar.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=words):
        working_days(Settings(holidays=str(calendar)))


def test_a_place_without_a_calendar_is_told() -> None:
    with pytest.raises(SettingsError, match="VOZ_HOLIDAYS='QQ'"):
        CaseAnswers(Settings(holidays="QQ"))
