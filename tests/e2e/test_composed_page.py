"""The agents' page with a chat model, in a real browser: a scripted endpoint, scripted answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.chat.checking import Claim, Verdict
from assistant.chat.composer import ChatComposer
from assistant.chat.opening import ChatModel, load
from assistant.chat.streaming import Limits
from assistant.models import Answer, Statement, Turn
from knowledge.models import Language, Viewer
from tests.chat_endpoint import ChatEndpoint, chat_endpoint
from tests.e2e.page_double import PageDouble
from tests.e2e.test_page import ask, open_page

pytest.importorskip("langchain_openai")
pytestmark = pytest.mark.ui

MODEL = "casa-7b"
PASSES = "Tiene 14 días naturales desde la entrega"
INVENTED = "Le regalamos un vale"
TEXT = f"{PASSES} [1].\nLa entrega en casa cuesta 29 euros [3].\n{INVENTED} [1].\nY ya está."
QUOTED = "El cliente puede devolver cualquier mueble"
COMPOSED = "ol.composed > li"


@dataclass(frozen=True)
class Support:
    verdict: Verdict
    evidence: None = None


def all_but_invented(claims: Sequence[Claim], language: Language) -> list[Support]:
    return [Support("unsupported" if INVENTED in one else "supported") for one, _ in claims]


class ComposingDouble(PageDouble):
    """The answers of the double, as what a model composes from."""

    def ask_with_evidence(
        self, question: str, viewer: Viewer, history: Sequence[Turn] = ()
    ) -> tuple[Answer, None]:
        return self.ask(question, viewer, history), None

    def sources(self, answer: Answer, evidence: None, viewer: Viewer) -> tuple[Statement, ...]:
        return answer.statements


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ChatEndpoint]:
    with chat_endpoint() as made:
        yield made


@pytest.fixture(autouse=True)
def _calm(endpoint: ChatEndpoint) -> Iterator[None]:
    endpoint.reset()
    endpoint.text = TEXT
    yield
    endpoint.stop.set()


@pytest.fixture(scope="module")
def composing(
    endpoint: ChatEndpoint,
    people: Any,
    serve_app: Callable[[Any], Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    from assistant.shell.web import create_app

    double = ComposingDouble(Path(tmp_path_factory.mktemp("composing")))
    limits = Limits(first_s=1.2, between_s=1.2, total_s=5, retry_after_s=0.01)
    model = ChatModel(MODEL, None, endpoint.url, None, limits)
    composer = ChatComposer(
        MODEL, lambda: load(model), all_but_invented, limits=limits, ends_with_reason=True
    )
    composer.warm()
    with closing(composer):
        app = create_app(double, people.access, people.settings, composer=composer)  # type: ignore[arg-type]
        with serve_app(app) as url:
            yield url


@pytest.fixture
def desk(page: Page, composing: str) -> Page:
    return open_page(page, composing)


def test_quotations_come_first_and_what_passed_takes_their_place(
    desk: Page, endpoint: ChatEndpoint
) -> None:
    endpoint.pause_s = 0.05
    ask(desk, "plazo")
    expect(desk.locator("li.first > p")).to_contain_text(QUOTED)
    expect(desk.locator("p.composing")).to_contain_text(f"{MODEL} está redactando")
    expect(desk.locator(COMPOSED)).to_have_count(2)
    expect(desk.locator("p.composing.by")).to_contain_text(re.compile(f"{MODEL}.*omitidas.*: 2"))
    expect(desk.locator("#answer")).not_to_contain_text(INVENTED)
    literal = desk.locator("details.literal")
    expect(literal.locator("li.first > p")).to_be_hidden()
    literal.locator("summary").click()
    expect(literal.locator("li.first > p")).to_contain_text(QUOTED)
    desk.keyboard.press("Alt+c")
    expect(desk.locator("#toast")).to_contain_text("Copiado")
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied == f"{PASSES}.\nLa entrega en casa cuesta 29 euros."


def test_each_sentence_opens_its_source_and_shows_the_words_of_another_language(
    desk: Page,
) -> None:
    ask(desk, "plazo")
    expect(desk.locator(COMPOSED)).to_have_count(2)
    expect(desk.locator(f"{COMPOSED} >> nth=1").locator("q.original")).to_have_text(
        "Home delivery costs 29 euros within the peninsula."
    )
    desk.locator(f"{COMPOSED} >> nth=0").locator(".cite").click()
    expect(desk.locator("#source mark")).to_contain_text(QUOTED)
    expect(desk.locator(COMPOSED)).to_have_count(2)


@pytest.mark.parametrize(
    ("mode", "line"),
    [
        ("hang", "ha tardado demasiado"),
        ("web_page", "no se puede leer"),
    ],
)
def test_when_the_model_does_not_compose_the_quotations_stay_and_it_is_said_why(
    desk: Page, endpoint: ChatEndpoint, mode: str, line: str
) -> None:
    endpoint.mode = mode
    ask(desk, "plazo")
    expect(desk.locator("li.first > p")).to_contain_text(QUOTED)
    expect(desk.locator("p.composing.none")).to_contain_text(line)
    expect(desk.locator("li.first > p")).to_contain_text(QUOTED)
    expect(desk.locator("ol.composed")).to_have_count(0)


def test_the_next_question_does_not_wait_and_ends_the_one_before(
    desk: Page, endpoint: ChatEndpoint
) -> None:
    endpoint.modes = ["hang"]
    ask(desk, "primera")
    ask(desk, "segunda")
    expect(desk.locator(COMPOSED)).to_have_count(2)
    assert endpoint.gone.wait(1)
    desk.locator(".exchanges button", has_text="primera").click()
    expect(desk.locator("#answer .asked")).to_have_text("primera")
    expect(desk.locator("li.first > p")).to_contain_text(QUOTED)
    expect(desk.locator("ol.composed")).to_have_count(0)


def test_who_closes_the_page_waits_for_nothing(
    browser: Browser, composing: str, signed_in: dict[str, Any], endpoint: ChatEndpoint
) -> None:
    endpoint.mode = "hang"
    context = browser.new_context(storage_state=signed_in)
    page = open_page(context.new_page(), composing)
    ask(page, "plazo")
    page.close()
    assert endpoint.gone.wait(1)
    context.close()


def test_what_a_model_writes_is_text_and_nothing_else(desk: Page, endpoint: ChatEndpoint) -> None:
    endpoint.text = "<img src=x onerror=alert(1)> <b>Tiene</b> 14 días ![x](y.png) [1]."
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    ask(desk, "plazo")
    expect(desk.locator(f"{COMPOSED} > p")).to_have_text(
        "<img src=x onerror=alert(1)> <b>Tiene</b> 14 días ![x](y.png)."
    )
    assert desk.locator(f"{COMPOSED} img").count() == 0
    assert not [url for url in asked if url.endswith(("/x", "y.png"))]


def test_the_reasons_are_in_the_language_of_the_page(
    browser: Browser, composing: str, signed_in: dict[str, Any], endpoint: ChatEndpoint
) -> None:
    endpoint.mode = "401"
    context = browser.new_context(
        locale="en-GB", storage_state=signed_in, viewport={"width": 390, "height": 800}
    )
    page = open_page(context.new_page(), composing)
    ask(page, "how long")
    expect(page.locator("p.composing.none")).to_contain_text("refused the request")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
