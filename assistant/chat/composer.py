"""A chat model composes an answer from the sources; only what they support is given back.

prompt -> stream -> sentences -> check. The calls run beside everything else, in an event loop of
their own, so that nobody waits who does not want to.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from assistant.breaker import Breaker, Share
from assistant.chat import prompts
from assistant.chat.checking import Passed, SupportCheck, passed
from assistant.chat.customer import NOBODY, CustomerFacts
from assistant.chat.drafted import Draft, drafts, says_nothing
from assistant.chat.failures import ChatFailed, failure_of
from assistant.chat.streaming import Limits, Written, written
from assistant.escalations.masking import masked_words
from assistant.models import Composed, Statement, Turn, WhyNone
from knowledge.models import Language
from knowledge.text import words

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)

Facts = Callable[[], CustomerFacts]
"""Gives what is known of the customer; called beside everything else."""

FAILURES = 5
SHARE = Share(failed=0.5, calls=10, within_s=30.0)
REST_S = 15.0
LEAST_REPEATED = 4
"""Words of a sentence from which it is told that it repeats the prompt."""
MAX_RUNNING = 32
"""Calls at once; whoever comes then has the answer without a model."""


class ChatComposer:
    """Composes with one chat model. Threads may share it.

    Args:
        name: of the model, as it is shown.
        load: gives the model; called once, at its first use or in `warm`.
        check: tells whether sources support a sentence.
        limits: of time and size.
        ends_with_reason: whether the model tells why it ended; without that it was cut off.
        breaker: when a failing model is left alone.
        clock: seconds, only ever growing.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[], BaseChatModel],
        check: SupportCheck,
        *,
        limits: Limits | None = None,
        ends_with_reason: bool = False,
        breaker: Breaker | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.name = name
        self.limits = limits or Limits()
        self._load = load
        self._check = check
        self._ends_with_reason = ends_with_reason
        self._breaker = breaker or Breaker(FAILURES, REST_S, share=SHARE)
        self._clock = clock
        self._model: BaseChatModel | None = None
        self._loading = threading.Lock()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="chat-check")
        self._running = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chat", daemon=True)
        self._thread.start()

    def start(
        self,
        question: str,
        sources: Callable[[], Sequence[Statement]],
        history: Sequence[Turn],
        language: Language,
        voice: Sequence[str] = (),
        customer: Facts = lambda: NOBODY,
    ) -> Future[Composed]:
        """Begin to compose; cancelling what is given back closes the connection.

        Args:
            question: as asked.
            sources: gives the passages; called beside everything else. The sentences name them by
                number from 1.
            history: earlier turns, oldest first.
            language: to compose in.
            voice: rules of the company's voice guide that hold; may be empty.
            customer: gives what the model is told of the customer.
        """
        asked = partial(_request, question, history, language, tuple(voice))
        return asyncio.run_coroutine_threadsafe(
            self._composed(question, asked, sources, language, customer), self._loop
        )

    def warm(self) -> None:
        """Load the model, which takes seconds; what fails is told when it is used."""
        try:
            self._loaded()
        except Exception as error:  # noqa: BLE001 - whatever a provider's library raises
            logger.warning("the chat model cannot be loaded: %s", error)

    def close(self) -> None:
        """Give up what is running, and stop."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._loop.close()

    async def _end(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        client = getattr(self._model, "http_async_client", None)
        if client is not None:
            await client.aclose()
        await self._loop.shutdown_asyncgens()

    def _loaded(self) -> BaseChatModel:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    async def _composed(
        self,
        question: str,
        requested: Callable[[CustomerFacts, Sequence[Statement]], prompts.Request],
        sources: Callable[[], Sequence[Statement]],
        language: Language,
        customer: Facts,
    ) -> Composed:
        began = self._clock()
        composed = Composed(self.name, prompts.prompt(language).name)
        try:
            passages = await self._loop.run_in_executor(self._threads, sources)
            known = await self._loop.run_in_executor(self._threads, customer)
            asked = await self._loop.run_in_executor(self._threads, requested, known, passages)
            text = await self._asked(asked)
            written_down = _without_rules(drafts(text.text, asked.mark), asked.rules)
            return await self._checked(
                composed, question, text, written_down, passages, language, known, began
            )
        except ChatFailed as failure:
            logger.warning("model=%s why=%s detail=%s", self.name, failure.why, failure.detail)
            why = failure.why
        except Exception:
            logger.exception("an answer could not be composed by model=%s", self.name)
            why = "failed"
        return replace(composed, why=why, timings_ms={"total": self._since(began)})

    async def _checked(
        self,
        composed: Composed,
        question: str,
        text: Written,
        sentences: Sequence[Draft],
        sources: Sequence[Statement],
        language: Language,
        customer: CustomerFacts,
        began: float,
    ) -> Composed:
        checking = self._clock()
        found = await self._loop.run_in_executor(
            self._threads, passed, question, sentences, sources, language, self._check, customer
        )
        composed = replace(
            composed,
            statements=found.statements if found.to_the_point else (),
            left_out=found.left_out,
            why=None if found.to_the_point else _why_none(text.text, found),
            timings_ms={
                "first": round(text.first_ms, 2),
                "written": round(text.ms, 2),
                "check": self._since(checking),
                "total": self._since(began),
            },
        )
        logger.info(
            "model=%s prompt=%s statements=%d left_out=%s why=%s ms=%s",
            self.name,
            composed.prompt,
            len(composed.statements),
            composed.left_out,
            composed.why,
            composed.timings_ms,
        )
        return composed

    async def _asked(self, asked: prompts.Request) -> Written:
        """What the model wrote; how it went is told to the breaker.

        Raises:
            ChatFailed: nothing that can be used.
        """
        if self._running >= MAX_RUNNING:
            raise ChatFailed("busy", f"{self._running} calls at once")
        if not self._breaker.admits():
            raise ChatFailed("resting")
        self._running += 1
        try:
            model = await self._loop.run_in_executor(self._threads, self._loaded)
            text = await written(model, asked, self.limits, ends_with_reason=self._ends_with_reason)
        except Exception as error:
            self._breaker.failed()
            raise failure_of(error, begun=False) from error
        finally:
            self._running -= 1
        self._breaker.succeeded()
        return text

    def _since(self, began: float) -> float:
        return round((self._clock() - began) * 1000, 2)


def _request(
    question: str,
    history: Sequence[Turn],
    language: Language,
    voice: Sequence[str],
    customer: CustomerFacts,
    passages: Sequence[Statement],
) -> prompts.Request:
    if not passages:  # retired since it was answered
        raise ChatFailed("failed", "no sources")
    latest = history[-prompts.MAX_TURNS :]
    unnamed = [replace(turn, text=_unnamed(turn.text, customer)) for turn in latest]
    asked = _unnamed(question, customer)
    return prompts.request(asked, passages, unnamed, language, voice=voice, customer=customer.text)


def _without_rules(written: Sequence[Draft], rules: str) -> list[Draft]:
    """The sentences; those that repeat the prompt's own rules count as naming no source."""
    ruled = f" {' '.join(words(rules))} "

    def repeats(draft: Draft) -> bool:
        said = words(draft.text)
        return len(said) >= LEAST_REPEATED and f" {' '.join(said)} " in ruled

    return [replace(one, sources=()) if repeats(one) else one for one in written]


def _unnamed(text: str, customer: CustomerFacts) -> str:
    """A text of the conversation without what tells who the customer is, as far as seen."""
    return masked_words(text, names=False, contacts=False, known=customer.known)


def _why_none(text: str, found: Passed) -> WhyNone:
    if found.statements or found.left_out.beside:
        return "beside"
    if says_nothing(text):
        return "nothing"
    judged = found.left_out.total - found.left_out.uncited
    return "unsupported" if judged else "garbage"
