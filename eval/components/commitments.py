"""`voz eval commitments`: is it recognised what agents promise, and that customers complain?

Sentences of agents and customers (``eval/sets/agents_promises.jsonl``, ``complaints.jsonl``) are
measured as they stand and as a speech recogniser writes them; beside them turns of public
conversations, which nobody wrote for this.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.cases.working_days import WorkingDays, holidays_of
from assistant.commitments.complaints import complaint_in
from assistant.commitments.due import Clock
from assistant.commitments.models import Promise
from assistant.commitments.recognise import promises_in
from eval.corpora.reading import by_hand, rows
from eval.halves import in_half
from eval.scores import Measured, times_of, values_of
from eval.work import Work
from knowledge.encoders.adapted import AdaptedEncoder
from knowledge.models import Language
from knowledge.ports import TextClassifier

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
    """A sentence or turn of an agent.

    Attributes:
        writer: who wrote it; ``a`` wrote the forms of the recogniser too.
        half: ``fit``, which was learned from, or ``report``.
        what: kind of promise; `None`: nothing is promised.
        conditional: whether something is promised only on a condition.
        due: the day in ISO 8601; `None`: none is said, it has to be asked for.
    """

    writer: str
    half: str
    language: Language
    what: str | None
    conditional: bool
    due: str | None
    text: str


@dataclass(frozen=True)
class Complaining:
    """A sentence or turn of a customer; see `Said` for writer and half.

    Attributes:
        complaint: whether the customer wants to complain, and has not done so already.
    """

    writer: str
    half: str
    language: Language
    complaint: bool
    text: str


@dataclass(frozen=True)
class Heard:
    """What is told of sentences, with a model or by forms alone."""

    classifier: TextClassifier | None

    def made(self, text: str) -> list[Promise]:
        """What is promised in a text whatever happens."""
        return [one for one in self.promised(text) if not one.conditional]

    def promised(self, text: str) -> list[Promise]:
        """What is promised in a text."""
        return promises_in(text, CLOCK, self.classifier)

    def complains(self, text: str) -> bool:
        """Whether a customer wants to complain."""
        return complaint_in(text, self.classifier) is not None


def measure(work: Work) -> Iterator[Measured]:
    """Precision and recall, the right day and kind, by language; milliseconds of a sentence.

    `Work.tell` is told of each promise that is found in public conversations.
    """
    said = [one for one in promises() if work.half in ("all", one.half)]
    turns = [one for one in complaints() if work.half in ("all", one.half)]
    heard = Heard(AdaptedEncoder.open(work.embedder))
    for way, each in ((", forms alone", Heard(None)), ("", heard)):
        if not way and heard.classifier is None:
            work.progress("no model that tells of promises: VOZ_MODEL is another than its own")
            continue
        for language, writer in sorted({(one.language, one.writer) for one in said}):
            name = f"{language} by {writer}{way}"
            agents = [one for one in said if (one.language, one.writer) == (language, writer)]
            yield from _promises(f"promises {name}", agents, each)
            # Without their marks, some questions cannot be told from promises.
            told = [
                replace(one, text=as_recognised(one.text))
                for one in agents
                if not _ASKED.search(one.text)
            ]
            yield from _found(f"promises {name}, as recognised", told, each)
            customers = [one for one in turns if (one.language, one.writer) == (language, writer)]
            yield from _complaints(f"complaints {name}", customers, each)
    yield from _public(work, heard)
    anew = Heard(AdaptedEncoder.open(work.embedder))
    anew.made("Le llamamos mañana.")
    yield from times_of("promises", "ms", [_milliseconds(anew, one.text) for one in said])


def promises() -> list[Said]:
    """The labelled sentences of agents."""
    return [Said(**row) for row in by_hand("agents_promises.jsonl")]


def complaints() -> list[Complaining]:
    """The labelled sentences of customers."""
    return [Complaining(**row) for row in by_hand("complaints.jsonl")]


def day(promise: Promise) -> str | None:
    """The day by which a promise is kept, in ISO 8601."""
    return promise.due.day.isoformat() if promise.due else None


def as_recognised(text: str) -> str:
    """As a speech recogniser writes it: small letters, no accents, no punctuation."""
    return " ".join(re.sub(r"[^\w\s'/:]", " ", text.lower().translate(_UNACCENTED)).split())


def public_turns(data: Path, speaker: str = "agent") -> list[str]:
    """What agents, or customers, say in the conversations of ``dstc``, each turn once.

    Of agents also what they say in those of ``abcd``.
    """
    calls = rows(data / "dstc" / "turns.jsonl", "turns[].speaker", "turns[].text")
    spoken = [t["text"] for call in calls for t in call["turns"] if t["speaker"] == speaker]
    if speaker == "agent":
        chats = rows(data / "abcd" / "agent_turns.jsonl", "agent_text")
        spoken += [turn["agent_text"] for turn in chats]
    return list(dict.fromkeys(spoken))


def _public(work: Work, heard: Heard) -> Iterator[Measured]:
    """Of public conversations, in which hardly anything is promised and nobody complains."""
    agents, customers = (
        [text for text in public_turns(work.data, speaker) if in_half(text, work.half)]
        for speaker in ("agent", "customer")
    )
    for text in agents:
        for one in heard.made(text):
            work.tell(f"{one.what} by {day(one) or 'no day'}: {one.words}")
    name = "public conversations"
    found = ((bool(heard.made(text)), text) for text in agents)
    yield values_of(name, "turns with a promise", found, higher_is_better=False)
    wanted = ((heard.complains(text), text) for text in customers)
    yield values_of(name, "turns with a complaint", wanted, higher_is_better=False)


def _promises(name: str, said: Sequence[Said], heard: Heard) -> Iterator[Measured]:
    yield from _found(name, said, heard)
    hit = [(one, found[0]) for one in said if one.what and (found := heard.made(one.text))]
    yield values_of(name, "right day", ((day(found) == one.due, one.text) for one, found in hit))
    yield values_of(name, "right kind", ((found.what == one.what, one.text) for one, found in hit))
    conditions = [(one.text, heard.promised(one.text)) for one in said if one.conditional]
    told = ((all(one.conditional for one in found), text) for text, found in conditions)
    yield values_of(name, "conditions not taken for promises", told)


def _found(name: str, said: Sequence[Said], heard: Heard) -> Iterator[Measured]:
    found = [(one, bool(heard.made(one.text))) for one in said]
    right = ((one.what is not None, one.text) for one, is_found in found if is_found)
    yield values_of(name, "precision", right)
    reached = ((is_found, one.text) for one, is_found in found if one.what is not None)
    yield values_of(name, "recall", reached)


def _complaints(name: str, said: Sequence[Complaining], heard: Heard) -> Iterator[Measured]:
    found = [(one, heard.complains(one.text)) for one in said]
    right = ((one.complaint, one.text) for one, is_found in found if is_found)
    yield values_of(name, "precision", right)
    yield values_of(name, "recall", ((hit, one.text) for one, hit in found if one.complaint))


def _milliseconds(heard: Heard, text: str) -> float:
    began = time.perf_counter()
    heard.promised(text)
    return (time.perf_counter() - began) * 1000
