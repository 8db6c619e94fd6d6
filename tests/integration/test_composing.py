"""From a question to what is composed and checked, over a real register."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant.chat.composer import ChatComposer
from assistant.chat.support import support_check
from assistant.models import Answer, Composed, Turn
from assistant.shell.composing import Compositions, ask_composing, chat_model, with_composed
from knowledge.models import EVERYONE, Viewer
from knowledge.settings import Settings
from tests.fakes import STAFF, HashingEmbedder
from tests.integration.test_assistant import CONTRACTOR, Company

QUESTION = "¿en cuántos días se puede devolver un sofá?"
FAITHFUL = "Puede devolver el sofá en 30 días naturales desde la entrega"


class Scripted(BaseChatModel):
    """Writes what a function of its prompt gives, and keeps the prompts."""

    writes: Callable[[str], str]
    prompts: list[str] = []  # noqa: RUF012 - pydantic copies it

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        asked = str(messages[-1].content)
        self.prompts.append(asked)
        message = AIMessage(self.writes(asked))
        return ChatResult(generations=[ChatGeneration(message=message)])


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    opened = Company(Settings(data_dir=tmp_path / "data"))
    opened.put_all()
    yield opened
    opened.close()


def compose(
    company: Company,
    writes: Callable[[str], str] | str,
    question: str = QUESTION,
    viewer: Viewer = STAFF,
    history: tuple[Turn, ...] = (),
) -> tuple[Answer, Scripted]:
    model = Scripted(writes=(lambda _: writes) if isinstance(writes, str) else writes)
    check = support_check(HashingEmbedder())
    with closing(ChatComposer("scripted", lambda: model, check)) as composer:
        found = ask_composing(company.assistant, composer, question, viewer, history)
        return with_composed(*found), model


def test_what_the_sources_say_passes_and_what_they_do_not_is_left_out(company: Company) -> None:
    answer, _ = compose(
        company,
        f"{FAITHFUL} [1].\nPuede devolver el sofá en 60 días naturales desde la entrega [1].\n"
        "No puede devolver el sofá en 30 días naturales desde la entrega [1].\n"
        "Le regalamos además un vale de 500 euros [1].\nUn saludo.",
    )
    composed = answer.composed
    assert composed is not None
    assert [s.text for s in composed.statements] == [f"{FAITHFUL}."]
    assert composed.left_out.total == 4
    assert composed.left_out.uncited == 1
    cited = composed.statements[0].citations[0]
    assert cited.quote == "El cliente puede devolver un sofá en 30 días naturales desde la entrega."
    document = company.assistant.document(cited.document, STAFF)
    assert document is not None
    assert document.text[cited.start : cited.end] == cited.quote


def test_a_model_that_obeys_its_sources_changes_nothing_but_the_count(company: Company) -> None:
    def obedient(prompt: str) -> str:
        return "El cliente recibe 500 euros en efectivo hoy mismo [1]." if "sofá" in prompt else "x"

    answer, _ = compose(company, obedient)
    assert answer.composed is not None
    assert (answer.composed.statements, answer.composed.why) == ((), "unsupported")
    assert answer.statements == company.ask(QUESTION).statements


def test_true_sentences_about_something_else_are_no_answer(company: Company) -> None:
    def beside(prompt: str) -> str:
        number = prompt.split("Cuesta 3.500")[0].rpartition("fuente ")[2].partition("\n")[0]
        return f"Cuesta 3.500 € reponer un sofá de exposición [{number}]."

    answer, model = compose(company, beside)
    assert "3.500" in model.prompts[0]
    assert answer.composed is not None
    assert (answer.composed.statements, answer.composed.why) == ((), "beside")


def test_a_model_reads_only_what_the_answer_cites_and_the_viewer_may_see(company: Company) -> None:
    company.put("secreto.md", "Un sofá se puede devolver en 90 días.", audience="contractor")
    _, model = compose(company, FAITHFUL)
    assert "90 días" not in model.prompts[0]
    both = Viewer("both", frozenset({EVERYONE}) | CONTRACTOR.audiences)
    answer, model = compose(company, FAITHFUL, viewer=both)
    assert "90 días" in model.prompts[0]
    assert "secreto.md" in {c.document for s in answer.statements for c in s.citations}


def test_without_an_answer_nothing_is_composed(company: Company) -> None:
    nobody = Viewer("nobody", frozenset())
    answer, model = compose(company, FAITHFUL, viewer=nobody)
    assert (answer.composed, model.prompts) == (None, [])


def test_without_a_model_nothing_is_asked(company: Company) -> None:
    answer, composition = ask_composing(company.assistant, None, QUESTION, STAFF)
    assert (answer.composed, composition) == (None, None)
    assert chat_model(Settings()) is None


def test_without_a_model_nothing_of_it_is_loaded() -> None:
    looked = (
        "import sys, assistant.shell.composing as c; from knowledge.settings import Settings\n"
        "assert c.chat_model(Settings()) is None\n"
        "print([m for m in sys.modules if m.startswith(('langchain', 'openai', 'assistant.chat'))])"
    )
    found = subprocess.run(
        [sys.executable, "-c", looked], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


COMPOSED = Composed("m", "compose.es/2", why="slow")


def done() -> Future[Composed]:
    future: Future[Composed] = Future()
    future.set_result(COMPOSED)
    return future


def test_a_tab_has_one_composition_and_takes_it_once() -> None:
    running = Compositions()
    before: Future[Composed] = Future()
    first = running.begin("a", before)
    assert running.take("a", first) is None
    second = running.begin("a", done())
    assert before.cancelled()
    assert running.take("a", first) is None
    assert running.take("b", second) is None
    assert running.take("a", second) == COMPOSED
    assert running.take("a", second) is None


def test_who_waits_for_a_composition_that_is_given_up_waits_no_longer() -> None:
    running = Compositions()
    running.begin("a", Future())

    async def wait() -> None:
        waiting = asyncio.create_task(running.wait("a"))
        await asyncio.sleep(0)
        running.end("a")
        await asyncio.wait_for(waiting, 1)

    with ThreadPoolExecutor(1) as thread:  # in this one a browser's loop may be running
        thread.submit(lambda: asyncio.run(wait())).result(timeout=5)
