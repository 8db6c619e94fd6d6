"""What a change would make of answers is what it makes of them, and trying it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from assistant import confidence, sentences
from assistant.contact import need
from assistant.models import Answer
from assistant.pipeline import Assistant
from assistant.preview import Outcome, Previewer, Probe, probes_of
from assistant.weights import Weights
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import SettingsError
from knowledge.models import EVERYONE, Viewer
from knowledge.ports import Embedder, ReadableRegister, SearchedIndexes
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.search.retrieval import Retriever
from knowledge.search.thesaurus import bundled
from knowledge.settings import load
from knowledge.validity import Validity
from knowledge.work.questions import MostAsked, Questions
from knowledge.work.saved_questions import SavedQuestions
from tests.integration.work_made import DAY, Company

NAME = "devoluciones.md"
OLD, NEW = "El sofá se devuelve en treinta días.", "El sofá se devuelve en quince días."
SOFA = Probe("¿en cuántos días se devuelve el sofá?", "contractor-a", times=3)
PARKING = Probe("¿a qué hora abre el aparcamiento?", EVERYONE)

# What they weigh is learned for the real model; here words decide.
WEIGHTS = Weights(
    sentence=dict.fromkeys(sentences.FEATURES, 0.0) | {"coverage": 3.0},
    confidence=dict.fromkeys(confidence.FEATURES, 0.0)
    | {"bias": -6.0, "share_of_words_found": 10.0},
    answered_from=0.7,
    partly_from=0.3,
    need=dict.fromkeys(need.FEATURES, 0.0) | {"bias": 0.0},
    needed_from=0.5,
)


def wire(register: ReadableRegister, indexes: SearchedIndexes, embedder: Embedder) -> Assistant:
    return Assistant(register, indexes, Retriever(register, indexes, embedder, bundled()), WEIGHTS)


@pytest.fixture
def database_url() -> DatabaseUrl | None:
    """A file; one test is of PostgreSQL."""
    return None


@pytest.fixture
def company(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[Company]:
    settings = load(data_dir=tmp_path / "data", database_url=database_url)
    with Register.open(settings, write=True) as register:
        made = Company(settings, register)
        made.bring(NAME, OLD, audience="company contractor-a")
        made.bring("aparcamiento.md", "El aparcamiento abre a las nueve.")
        rest = [f"La tienda número {n} vende lámparas de tipo {n * 7}." for n in range(80)]
        made.bring("tiendas.md", *rest)
        made.bring(
            "de-a.md", *(f"Norma {n} de la contrata." for n in range(80)), audience="contractor-a"
        )
        yield made
        made.close()


@pytest.fixture
def previewer(company: Company) -> Iterator[Previewer]:
    indexes = Indexes(company.register, company.settings)
    yield Previewer(company.store, company.register, indexes, company.embedder, wire)
    indexes.close()


def asked(company: Company, probe: Probe, **when: object) -> Answer:
    """What the assistant answers now."""
    indexes = Indexes(company.register, company.settings)
    try:
        viewer = Viewer("rosa", company.tree.above(probe.audience), **when)  # type: ignore[arg-type]
        return wire(company.register, indexes, company.embedder).ask(probe.text, viewer)
    finally:
        indexes.close()


def quotes(answer: Answer) -> list[str]:
    return [c.quote for s in answer.statements for c in s.citations]


def outcome_of(outcomes: tuple[Outcome, ...], probe: Probe) -> Outcome:
    return next(o for o in outcomes if o.probe.text == probe.text)


def test_the_answer_before_publishing_is_the_one_after_it(
    company: Company, previewer: Previewer
) -> None:
    company.bring(NAME, NEW, "Sin gastos.", audience="company contractor-a", draft=True)
    revision = company.register.revision()
    preview = previewer.publishing(NAME, 2, company.manager(), [PARKING, SOFA])
    assert company.register.revision() == revision
    assert quotes(asked(company, SOFA))[0] == OLD
    sofa = outcome_of(preview.outcomes, SOFA)
    assert quotes(sofa.before)[0] == OLD
    assert quotes(sofa.after)[0] == f"{NEW}\nSin gastos."
    assert sofa.changed
    assert not sofa.verdict_changed
    assert [o.probe for o in preview.changed] == [SOFA]
    company.curation.submit(NAME, 2, company.manager(name="rosa"))
    company.curation.publish(NAME, 2, company.manager(name="hugo"))
    for probe in (SOFA, PARKING):
        real = asked(company, probe)
        foreseen = outcome_of(preview.outcomes, probe).after
        assert quotes(real) == quotes(foreseen)
        assert (real.verdict, real.language) == (foreseen.verdict, foreseen.language)
        assert real.confidence == pytest.approx(foreseen.confidence, abs=0.02)


def test_a_version_for_later_is_tried_on_its_first_day(
    company: Company, previewer: Previewer
) -> None:
    monday = company.today + 7 * DAY
    filed = {"audience": "company contractor-a", "draft": True, "valid_from": monday}
    company.bring(NAME, NEW, **filed)  # type: ignore[arg-type]
    preview = previewer.publishing(NAME, 2, company.manager(), [SOFA])
    assert preview.day == monday
    assert quotes(preview.outcomes[0].after)[0] == NEW
    sooner = Validity(company.today, monday)
    preview = previewer.publishing(NAME, 2, company.manager(), [SOFA], validity=sooner)
    assert (preview.day, quotes(preview.outcomes[0].after)[0]) == (company.today, NEW)


class TestInPostgresql:
    """The same, where the register is in PostgreSQL."""

    @pytest.fixture
    def database_url(self, postgresql_url: DatabaseUrl) -> DatabaseUrl:
        return postgresql_url

    def test_trying_a_change_leaves_no_trace(self, company: Company, previewer: Previewer) -> None:
        company.bring(NAME, NEW, audience="company contractor-a", draft=True)
        before = company.register.revision(), list(company.register.index_rows())
        (outcome,) = previewer.publishing(NAME, 2, company.manager(), [SOFA]).outcomes
        assert (quotes(outcome.before)[0], quotes(outcome.after)[0]) == (OLD, NEW)
        after = company.register.revision(), list(company.register.index_rows())
        assert [row.key for row in before[1]] == [row.key for row in after[1]]
        assert before[0] == after[0]


def test_each_question_is_tried_as_those_who_ask_it(company: Company, previewer: Previewer) -> None:
    company.bring("nuevo.md", "El patinete no se repara.", audience="contractor-b", draft=True)
    probes = [
        Probe("¿se repara el patinete?", label)
        for label in ("contractor-a", "contractor-b", "company")
    ]
    preview = previewer.publishing("nuevo.md", 1, company.manager(), probes)
    assert [o.probe.audience for o in preview.changed] == ["contractor-b"]
    own = previewer.publishing("nuevo.md", 1, company.manager("contractor-b"), probes)
    assert [o.probe.audience for o in own.outcomes] == ["contractor-b"]
    with pytest.raises(SettingsError, match="no source"):
        previewer.publishing("nuevo.md", 1, company.manager("contractor-a"), probes)


def test_what_becomes_worse_comes_first(company: Company, previewer: Previewer) -> None:
    expecting = replace(SOFA, expected=NAME)
    preview = previewer.retiring(NAME, company.manager(), [PARKING, expecting])
    first, second = preview.outcomes
    assert (first.probe, first.worse, first.changed) == (expecting, True, True)
    assert (first.cites_expected(first.before), first.cites_expected(first.after)) == (True, False)
    assert (second.worse, second.changed, second.cites_expected(second.after)) == (
        False,
        False,
        None,
    )
    assert preview.version is None
    assert quotes(asked(company, SOFA))[0] == OLD


def test_each_question_is_embedded_once(
    company: Company, previewer: Previewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.bring(NAME, NEW, audience="company contractor-a", draft=True)
    embedded: list[str] = []
    embed = type(company.embedder).embed_queries
    monkeypatch.setattr(
        company.embedder,
        "embed_queries",
        lambda texts: embedded.extend(texts) or embed(company.embedder, texts),
    )
    previewer.publishing(NAME, 2, company.manager(), [SOFA, PARKING])
    assert len(embedded) == len(set(embedded))
    assert SOFA.text in embedded


def test_saved_questions_and_those_asked_most_are_tried_once_each(company: Company) -> None:
    saved = SavedQuestions(company.store)
    number = saved.add(SOFA.text, company.manager(), audience="contractor-a", expected=NAME)
    assert saved.add(f" {SOFA.text} ", company.manager(), audience="contractor-a") == number
    company.ask("¿En cuantos dias se devuelve el sofa?", company.agent("contractor-a"))
    company.ask(PARKING.text, company.agent("contractor-b"))
    most = Questions(company.store).most_asked(company.manager(), days=30, limit=5)
    assert probes_of(saved.all(company.manager()), most) == [
        Probe(SOFA.text, "contractor-a", NAME, number, 1),
        Probe(PARKING.text, "contractor-b", times=1),
    ]
    assert probes_of([], [MostAsked("¿?", "es", EVERYONE, 9)]) == [Probe("¿?", EVERYONE, times=9)]


def test_saved_questions_are_for_who_sees_their_audience(company: Company) -> None:
    saved = SavedQuestions(company.store)
    number = saved.add("Can I return the sofa?", company.manager(), audience="contractor-a")
    (one,) = saved.all(company.manager("contractor-a"))
    assert (one.language, one.expected, one.created_by) == ("en", None, "rosa")
    assert saved.all(company.manager("contractor-b")) == []
    for wrong in (
        partial(saved.add, "¿?", company.manager("contractor-a"), audience="contractor-b"),
        partial(saved.add, "¿?", company.manager(), audience="contractor-z"),
        partial(saved.add, " ", company.manager()),
        partial(saved.add, "¿?", company.manager(), expected="no.md"),
        partial(saved.remove, number, company.manager("contractor-b")),
    ):
        with pytest.raises(SettingsError):
            wrong()
    saved.remove(number, company.manager("contractor-a"))
    assert saved.all(company.manager()) == []
    assert [action for _, action, _ in company.audited()] == ["question.saved", "question.removed"]
