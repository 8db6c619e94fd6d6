"""`voz eval commitments`: is it recognised what agents promise, and that customers complain?

Sentences of agents and customers (``eval/sets/agents_promises.jsonl``, ``complaints.jsonl``) are
measured as they stand and as a speech recogniser writes them; beside them turns of public
conversations, which nobody wrote for this.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.cases.working_days import WorkingDays, holidays_of
from assistant.commitments.complaints import complaint_in
from assistant.commitments.due import Clock
from assistant.commitments.models import Promise
from assistant.commitments.recognise import promises_in
from eval.corpora.reading import by_hand, rows
from eval.scores import Measured, times_of, values_of
from eval.work import Work
from knowledge.models import LANGUAGES, Language

MADRID = ZoneInfo("Europe/Madrid")
CLOCK = Clock(
    datetime(2026, 11, 25, 10, 0, tzinfo=MADRID),
    WorkingDays(national=holidays_of("ES"), complete=True),
    MADRID,
)
"""When the sentences are said: a Wednesday; the next holiday is Tuesday 8 December."""
_ASKED = re.compile(r"[?¿]")
_UNACCENTED = str.maketrans("áéíóúü", "aeiouu")


@dataclass(frozen=True)
class Said:
    """A sentence of an agent.

    Attributes:
        half: ``fit``, which was looked at while the recogniser was written, or ``report``.
        what: kind of promise; `None`: nothing is promised.
        conditional: whether something is promised only on a condition.
        due: the day in ISO 8601; `None`: none is said, it has to be asked for.
    """

    half: str
    language: Language
    what: str | None
    conditional: bool
    due: str | None
    text: str


@dataclass(frozen=True)
class Complaining:
    """A sentence of a customer; see `Said` for the half.

    Attributes:
        complaint: whether the customer wants to complain, and has not done so already.
    """

    half: str
    language: Language
    complaint: bool
    text: str


def measure(work: Work) -> Iterator[Measured]:
    """Precision and recall, the right day and kind, by language; milliseconds of a sentence.

    `Work.tell` is told of each promise that is found in public conversations.
    """
    said = [one for one in promises() if work.half in ("all", one.half)]
    heard = [one for one in complaints() if work.half in ("all", one.half)]
    for language in LANGUAGES:
        agents = [one for one in said if one.language == language]
        customers = [one for one in heard if one.language == language]
        yield from _promises(f"promises {language}", agents)
        # Without their marks, some questions cannot be told from promises.
        told = [one for one in agents if not _ASKED.search(one.text)]
        yield from _found(f"promises {language}, as recognised", told, as_recognised)
        yield from _complaints(f"complaints {language}", customers)
    turns = public_turns(work.data)
    for turn in turns:
        for one in made(turn):
            work.tell(f"{one.what} by {day(one) or 'no day'}: {one.words}")
    yield values_of("dstc and abcd", "turns with a promise", ((bool(made(t)), t) for t in turns))
    yield from times_of("promises", "ms", [_milliseconds(one.text) for one in said])


def promises() -> list[Said]:
    """The labelled sentences of agents."""
    return [Said(**row) for row in by_hand("agents_promises.jsonl")]


def complaints() -> list[Complaining]:
    """The labelled sentences of customers."""
    return [Complaining(**row) for row in by_hand("complaints.jsonl")]


def made(text: str) -> list[Promise]:
    """What is promised in a text whatever happens."""
    return [one for one in promises_in(text, CLOCK) if not one.conditional]


def day(promise: Promise) -> str | None:
    """The day by which a promise is kept, in ISO 8601."""
    return promise.due.day.isoformat() if promise.due else None


def as_recognised(text: str) -> str:
    """As a speech recogniser writes it: small letters, no accents, no punctuation."""
    return " ".join(re.sub(r"[^\w\s'/:]", " ", text.lower().translate(_UNACCENTED)).split())


def public_turns(data: Path) -> list[str]:
    """What agents say in the conversations of ``dstc`` and ``abcd``, each turn once."""
    calls = rows(data / "dstc" / "turns.jsonl", "turns[].speaker", "turns[].text")
    chats = rows(data / "abcd" / "agent_turns.jsonl", "agent_text")
    spoken = (
        turn["text"] for call in calls for turn in call["turns"] if turn["speaker"] == "agent"
    )
    return list(dict.fromkeys([*spoken, *(turn["agent_text"] for turn in chats)]))


def _promises(name: str, said: Sequence[Said]) -> Iterator[Measured]:
    yield from _found(name, said, str)
    hit = [(one, found[0]) for one in said if one.what and (found := made(one.text))]
    yield values_of(name, "right day", ((day(found) == one.due, one.text) for one, found in hit))
    yield values_of(name, "right kind", ((found.what == one.what, one.text) for one, found in hit))
    on_condition = (one.text for one in said if one.conditional)
    told = ((_only_on_condition(text), text) for text in on_condition)
    yield values_of(name, "conditions told as such", told)


def _found(name: str, said: Sequence[Said], written: Callable[[str], str]) -> Iterator[Measured]:
    found = [(one, bool(made(written(one.text)))) for one in said]
    right = ((one.what is not None, one.text) for one, is_found in found if is_found)
    yield values_of(name, "precision", right)
    reached = ((is_found, one.text) for one, is_found in found if one.what is not None)
    yield values_of(name, "recall", reached)


def _complaints(name: str, said: Sequence[Complaining]) -> Iterator[Measured]:
    found = [(one, complaint_in(one.text) is not None) for one in said]
    right = ((one.complaint, one.text) for one, is_found in found if is_found)
    yield values_of(name, "precision", right)
    yield values_of(name, "recall", ((hit, one.text) for one, hit in found if one.complaint))


def _only_on_condition(text: str) -> bool:
    found = promises_in(text, CLOCK)
    return bool(found) and all(one.conditional for one in found)


def _milliseconds(text: str) -> float:
    began = time.perf_counter()
    promises_in(text, CLOCK)
    return (time.perf_counter() - began) * 1000
