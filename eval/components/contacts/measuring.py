"""`voz eval contacts`: is it heard what the customer needs, and found, and in time?

Customers' turns of spoken calls over the example company (``eval/sets/contacts_example.jsonl``), as
a speech recogniser writes them. The public ones (``dstc``), in which the hotel or restaurant named
earlier decides, are measured the same way by `eval.benchmarks.dstc`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bootstrap import LOCAL_VIEWER
from assistant.contact.heard import Heard
from assistant.contact.listening import Listener, Looked
from assistant.models import Turn
from assistant.pipeline import Assistant
from eval.corpora import desks, public
from eval.corpora.reading import by_hand, named, plain_document, rows
from eval.corpora.registers import assistant_over
from eval.halves import in_half
from eval.measures.rankings import distinct, success
from eval.scores import VOZ, Measured, Score, times_of, values_of
from eval.statistics.telling import auroc, f1
from eval.work import Work
from knowledge.models import Document, Language

DEPTH = 20
WARM_UP: Mapping[Language, str] = {"es": "¿cuánto cuesta el envío?", "en": "what does it cost?"}
"""Asked before the time is taken: dictionaries are read with the first question."""


@dataclass(frozen=True)
class Call:
    """A conversation up to a customer's turn.

    Attributes:
        id: unique in its set.
        key: of the conversation: its turns belong to one half.
        turns: oldest first, the customer's last.
        language: of the customer.
        needed: whether the sources answer what the last turn needs.
        relevant: documents that do; empty without a need.
        names: titles of what it is about; empty where titles name nothing.
    """

    id: str
    key: str
    turns: tuple[Turn, ...]
    language: Language
    needed: bool
    relevant: frozenset[str]
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """A call, and what was made of it.

    Attributes:
        processor_s: seconds that processors worked on hearing it, whatever else they did.
    """

    call: Call
    heard: Heard
    looked: Looked
    processor_s: float

    @property
    def ranked(self) -> list[str]:
        """Documents found, best first."""
        return ranked(self.looked)


def measure(work: Work) -> Iterator[Measured]:
    """The need, the source and the time of our calls, by language."""
    with desks.ALMENDRO.assistant(work) as assistant:
        chosen = [call for call in example_calls() if in_half(call.key, work.half)]
        work.progress(f"example ({work.half}): {len(chosen)} turns")
        outcomes = heard(assistant, chosen)
    for language in sorted({call.language for call in chosen}):
        of_language = [o for o in outcomes if o.call.language == language]
        yield from scores(f"example {language}", of_language)


def heard(assistant: Assistant, calls: Sequence[Call]) -> list[Outcome]:
    """What is made of each call, dictionaries loaded before the time is taken."""
    listener = Listener(assistant)
    for language in sorted({call.language for call in calls}):  # loads what a server has
        listener.hear(next(c.turns for c in calls if c.language == language), LOCAL_VIEWER)
        listener.hear([Turn("customer", WARM_UP[language])], LOCAL_VIEWER)
    return [_outcome(listener, call) for call in calls]


def stores(work: Work) -> Iterator[tuple[str, Assistant, list[Call]]]:
    """Each set's sources with its calls."""
    with desks.ALMENDRO.assistant(work) as assistant:
        yield "example", assistant, example_calls()
    documents, calls = dstc(work.data)
    with assistant_over("dstc", documents, work.embedder, work.settings) as assistant:
        yield "dstc", assistant, calls


def example_calls() -> list[Call]:
    """Our own turns over the example company."""
    return [
        Call(
            id=row["id"],
            key=row["contact"],
            turns=tuple(Turn(t["role"], t["text"]) for t in row["turns"]),
            language=row["lang"],
            needed=row["needed"],
            relevant=frozenset(row["documents"]),
        )
        for row in by_hand("contacts_example.jsonl")
    ]


def dstc_calls(
    told: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]
) -> list[Call]:
    """The calls of `dstc`, each with the hotel or restaurant that it is about."""
    titles = {entry["id"]: _title(entry) for entry in entries}
    return [
        Call(
            id=row["id"],
            key=row["split_key"],
            turns=tuple(Turn(t["speaker"], t["text"]) for t in row["turns"]),
            language="en",
            needed=row["needs_knowledge"],
            relevant=frozenset(row["document_ids"]),
            names=frozenset(titles[name] for name in row["document_ids"]),
        )
        for row in told
    ]


def dstc(data: Path) -> tuple[list[Document], list[Call]]:
    """The entries about each hotel and restaurant, and the public calls."""
    path = data / "dstc" / "faq.jsonl"
    entries = rows(path, "id", "entity", "domain", "title", "text")
    documents = [
        plain_document(e["id"], _title(e), f"{e['title']}\n{e['text']}", "en") for e in entries
    ]
    there = {entry["id"]: entry for entry in entries}
    turns = rows(
        data / "dstc" / "turns.jsonl",
        *("id", "split_key", "needs_knowledge", "document_ids", *public.TURNS),
    )
    for row in turns:
        for name in row["document_ids"]:
            named(there, name, path)
    return documents, dstc_calls(turns, entries)


def _title(entry: Mapping[str, Any]) -> str:
    return str(entry["entity"] or entry["domain"])


def _outcome(listener: Listener, call: Call) -> Outcome:
    began = time.process_time()
    heard = listener.hear(call.turns, LOCAL_VIEWER)
    worked = time.process_time() - began
    return Outcome(call, heard, listener.look(call.turns, LOCAL_VIEWER), worked)


def scores(name: str, outcomes: Sequence[Outcome]) -> Iterator[Measured]:
    """Whether there is a need, the right source, the right name, and the time of each turn."""
    wanted = [o for o in outcomes if o.call.needed]
    said = [(o.heard.need.needed, o.call.needed) for o in outcomes]
    yield Score(name, VOZ, "need f1", len(outcomes), f1(said), None)
    sure = [
        [o.heard.need.probability for o in outcomes if o.call.needed is is_one]
        for is_one in (True, False)
    ]
    yield Score(name, VOZ, "need auroc", len(outcomes), auroc(*sure), None)
    for k in (1, 5):
        found = ((success(o.ranked, dict.fromkeys(o.call.relevant, 1), k), o) for o in wanted)
        yield values_of(name, f"Success@{k}", ((value, o.call.key) for value, o in found))
    told = [o for o in wanted if o.call.names]
    if told:
        first = (([n.title for n in o.looked.names], o.call) for o in told)
        right = (
            (success(names, dict.fromkeys(call.names, 1), 3), call.key) for names, call in first
        )
        yield values_of(name, "right name in first 3", right)
    yield from times_of(name, "seconds", [o.heard.timings_ms["total"] / 1000 for o in outcomes])
    yield from times_of(name, "processor seconds", [o.processor_s for o in outcomes])


def ranked(looked: Looked) -> list[str]:
    """Documents found, best first."""
    if looked.evidence is None:
        return []
    return distinct([c.stored.chunk.document for c in looked.evidence.found.chunks], DEPTH)
