"""A conversation in, what is needed and what to say out, over a real register and real indexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bootstrap import LOCAL_VIEWER, open_assistant
from assistant.contact import need
from assistant.contact.listening import ONE_UTTERANCE_CHARS, Listener, last_said
from assistant.contact.suggestions import Shown, dismiss, update
from assistant.models import Turn
from assistant.pipeline import Assistant
from assistant.weights import bundled
from knowledge.models import Viewer
from knowledge.settings import load
from knowledge.work.topics import SAME_MEANING
from tests.almendro_data import copy_data
from tests.fakes import STAFF
from tests.integration.test_assistant import CONTRACTOR, NOBODY, WEIGHTS, Company

HEARING = replace(
    WEIGHTS,
    need=dict.fromkeys(need.FEATURES, 0.0) | {"asks": 4.0, "topic_covered": 2.0, "bias": -1.0},
)


def said(*texts: str) -> list[Turn]:
    """Customer and agent in turn, the customer last."""
    first = len(texts) % 2
    return [Turn("customer" if i % 2 != first else "agent", t) for i, t in enumerate(texts)]


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    monkeypatch.setattr("tests.integration.test_assistant.WEIGHTS", HEARING)
    made = Company(load(data_dir=tmp_path / "data"))
    made.put_all()
    yield made
    made.close()


def test_a_question_is_a_need_with_suggestions_from_the_source(company: Company) -> None:
    heard = Listener(company.assistant).hear(
        said("hola", "digame", "eh pues cuanto tarda el envio a ceuta"), STAFF
    )
    assert heard.need.needed
    assert heard.need.asked == "cuanto tarda el envio a ceuta"
    assert heard.need.language == "es"
    assert heard.suggestions[0].statement.citations[0].document == "envios.txt"
    assert "dos semanas" in heard.suggestions[0].statement.text
    assert heard.timings_ms["total"] > 0


@pytest.mark.parametrize("last", ["vale gracias", "si esa", "", "...", "ok umm thank you"])
def test_thanks_and_confirmations_need_nothing(company: Company, last: str) -> None:
    heard = Listener(company.assistant).hear(said("cuanto tarda", "5 dias", last), STAFF)
    assert not heard.need.needed
    assert heard.answer is None
    assert heard.suggestions == ()


def test_there_is_no_need_while_the_agent_speaks_or_before_anybody_has(company: Company) -> None:
    listener = Listener(company.assistant)
    turns = [*said("cuanto tarda el envio"), Turn("agent", "cuanto tarda el envio a ceuta")]
    assert not listener.hear(turns, STAFF).need.needed
    assert not listener.hear([], STAFF).need.needed


def test_what_a_recogniser_cuts_at_a_pause_is_one_question() -> None:
    turns = [Turn("agent", "digame"), Turn("customer", "y cuanto"), Turn("customer", "eh tarda")]
    heard = last_said(turns)
    assert heard.asked == "cuanto eh tarda".replace("eh ", "")
    assert heard.before == (turns[0],)
    long = [Turn("customer", "a" * ONE_UTTERANCE_CHARS), Turn("customer", "cuanto tarda")]
    assert last_said(long).asked == "cuanto tarda"


def test_names_are_those_of_what_the_viewer_may_see(company: Company) -> None:
    company.put("circular-reservada.txt", "Los agentes dan 20 € de vale.", audience="contractor")
    turns = said("que dice la circular reservada")
    listener = Listener(company.assistant)
    inside = Viewer("inside", STAFF.audiences | CONTRACTOR.audiences)
    assert [n.title for n in listener.hear(turns, inside).need.names] == ["Circular-Reservada"]
    assert listener.hear(turns, STAFF).need.names == ()
    assert listener.hear(turns, NOBODY).need.names == ()
    assert not listener.hear(turns, NOBODY).need.needed


def test_a_new_source_is_known_by_name_at_once(company: Company) -> None:
    listener = Listener(company.assistant)
    turns = said("el montaje express lo hacen hoy")
    assert listener.hear(turns, STAFF).need.names == ()
    company.put("montaje-express.txt", "El montaje exprés se hace en el día.")
    assert [n.title for n in listener.hear(turns, STAFF).need.names] == ["Montaje-Express"]


def test_the_date_that_a_period_counts_from_is_asked_back_until_it_is_told(
    company: Company,
) -> None:
    listener = Listener(company.assistant)
    asked = ["quiero devolver un sofa", "si", "cuanto plazo tengo para devolver el sofa"]
    heard = listener.hear(said(*asked), STAFF)
    assert heard.ask_back is not None
    assert heard.ask_back.question == "¿En qué fecha lo recibió?"
    told = ["me llego el lunes un sofa, ayer no", *asked[1:]]
    assert listener.hear(said(*told), STAFF).ask_back is None


def test_what_was_dismissed_does_not_come_back_when_the_customer_repeats_it(
    company: Company,
) -> None:
    listener = Listener(company.assistant)
    first = said("cuanto tarda el envio a ceuta")
    shown = update(Shown(), listener.hear(first, STAFF))
    gone = shown.suggestions[0].key
    shown = dismiss(shown, gone)
    again = [*first, Turn("agent", "como"), Turn("customer", "que cuanto tarda el envio a ceuta")]
    shown = update(shown, listener.hear(again, STAFF))
    assert gone not in {s.key for s in shown.suggestions}


@pytest.fixture(scope="module")
def almendro(almendro_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    data = copy_data(almendro_data, tmp_path_factory.mktemp("almendro") / "data")
    with open_assistant(load(data_dir=data)) as assistant:
        yield assistant


@pytest.mark.slow
def test_a_spanish_call_over_the_example_company_is_followed(almendro: Assistant) -> None:
    listener, shown = Listener(almendro), Shown()
    turns: list[Turn] = []
    needed = []
    for role, text in [
        ("agent", "almendro digame"),
        ("customer", "hola buenas tardes"),
        ("agent", "en que puedo ayudarle"),
        ("customer", "si mire es que me llego ayer la mesa con una esquina rota que hago"),
        ("agent", "me da el numero de pedido"),
        ("customer", "vale un momento gracias"),
        ("agent", "ya lo tengo"),
        ("customer", "y que fotos tengo que mandar"),
    ]:
        turns.append(Turn("customer" if role == "customer" else "agent", text))
        if role == "customer":
            heard = listener.hear(turns, LOCAL_VIEWER)
            shown = update(shown, heard)
            needed.append(heard.need.needed)
    assert needed == [False, True, False, True]
    assert len(shown.suggestions) <= 3
    cited = {c.document for s in shown.suggestions for c in s.statement.citations}
    assert "danos-en-transporte-y-piezas.md" in cited


def test_the_weights_that_come_with_the_package_name_every_feature() -> None:
    assert set(bundled().need) == {*need.FEATURES, "bias"}
    assert 0 < bundled().needed_from < 1


def test_what_is_needed_means_what_was_asked_and_not_all_that_came_before(company: Company) -> None:
    listener = Listener(company.assistant)
    before = ("cuanto tarda el envio a ceuta", "dos semanas")
    one = listener.hear(said(*before, "cuanto cuesta recoger el sofa viejo"), STAFF).meaning
    alone = listener.hear(said("cuanto cuesta recoger el sofa viejo"), STAFF).meaning
    other = listener.hear(said("cuanto tarda el envio a ceuta"), STAFF).meaning
    assert one is not None
    assert alone is not None
    assert other is not None
    assert float(one @ alone) > 0.95
    assert float(one @ other) < SAME_MEANING
    assert listener.hear(said("cuanto tarda", "5 dias", "vale gracias"), STAFF).meaning is None
