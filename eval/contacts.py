"""`voz eval contacts`: is it heard what the customer needs, and found, and in time?

Customers' turns of spoken calls: public ones (``dstc``), in which the hotel or restaurant named
earlier decides, and our own over the example company (``eval/sets/contacts_example.jsonl``), as a
speech recogniser writes them. The last turns of ``mtrag`` are compared with what people rewrote
them to.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from assistant.bootstrap import LOCAL_VIEWER
from assistant.contact.heard import Heard
from assistant.contact.listening import Listener, Looked
from assistant.models import Turn
from assistant.pipeline import Assistant
from eval import agents, datasets
from eval.baselines import distinct
from eval.cases import in_half
from eval.metrics import auroc, f1, mean, recall_at_k, standard_error, success_at_k
from eval.retrieval import Progress, Score
from eval.stores import assistant_over
from knowledge.models import Language
from knowledge.ports import Embedder
from knowledge.settings import Settings

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


def evaluate(
    data: Path,
    embedder: Embedder,
    settings: Settings,
    *,
    which: str = "report",
    progress: Progress = lambda line: None,
) -> Iterator[Score]:
    """The need, the source and the time of each set of calls, then `mtrag`'s last turns."""
    for name, assistant, calls in stores(data, embedder, settings):
        chosen = [call for call in calls if in_half(call.key, which)]
        progress(f"{name} ({which}): {len(chosen)} turns")
        listener = Listener(assistant)
        for language in sorted({call.language for call in chosen}):  # loads what a server has
            listener.hear(next(c.turns for c in chosen if c.language == language), LOCAL_VIEWER)
            listener.hear([Turn("customer", WARM_UP[language])], LOCAL_VIEWER)
        outcomes = [_outcome(listener, call) for call in chosen]
        for language in sorted({call.language for call in chosen}):
            of_language = [o for o in outcomes if o.call.language == language]
            yield from _scores(f"{name} {language}", of_language)
    yield from _rewrites(data, embedder, settings, which, progress)


def stores(
    data: Path, embedder: Embedder, settings: Settings
) -> Iterator[tuple[str, Assistant, list[Call]]]:
    """Each set's sources with its calls."""
    with agents.ALMENDRO.assistant(data, embedder, settings) as assistant:
        yield "example", assistant, example_calls()
    with _dstc(data, embedder, settings) as (assistant, calls):
        yield "dstc", assistant, calls


def example_calls() -> list[Call]:
    """Our own turns over the example company."""
    path = Path(str(files("eval") / "sets" / "contacts_example.jsonl"))
    return [
        Call(
            id=row["id"],
            key=row["contact"],
            turns=tuple(Turn(t["role"], t["text"]) for t in row["turns"]),
            language=row["lang"],
            needed=row["needed"],
            relevant=frozenset(row["documents"]),
        )
        for row in datasets.rows(path)
    ]


def dstc_calls(
    rows: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]
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
        for row in rows
    ]


@contextmanager
def _dstc(
    data: Path, embedder: Embedder, settings: Settings
) -> Iterator[tuple[Assistant, list[Call]]]:
    entries = datasets.rows(data / "dstc" / "faq.jsonl")
    documents = [
        datasets.plain_document(e["id"], _title(e), f"{e['title']}\n{e['text']}", "en")
        for e in entries
    ]
    calls = dstc_calls(datasets.rows(data / "dstc" / "turns.jsonl"), entries)
    with assistant_over("dstc", documents, embedder, settings) as assistant:
        yield assistant, calls


def _title(entry: Mapping[str, Any]) -> str:
    return str(entry["entity"] or entry["domain"])


def _outcome(listener: Listener, call: Call) -> Outcome:
    began = time.process_time()
    heard = listener.hear(call.turns, LOCAL_VIEWER)
    worked = time.process_time() - began
    return Outcome(call, heard, listener.look(call.turns, LOCAL_VIEWER), worked)


def _scores(name: str, outcomes: Sequence[Outcome]) -> Iterator[Score]:
    wanted = [o for o in outcomes if o.call.needed]
    said = [(o.heard.need.needed, o.call.needed) for o in outcomes]
    yield Score(name, "voz", "need f1", len(outcomes), f1(said), None)
    sure = [
        [o.heard.need.probability for o in outcomes if o.call.needed is is_one]
        for is_one in (True, False)
    ]
    yield Score(name, "voz", "need auroc", len(outcomes), auroc(*sure), None)
    for k in (1, 5):
        found = [success_at_k(o.ranked, o.call.relevant, k) for o in wanted]
        yield _mean(name, f"right source in first {k}", found)
    named = [o for o in wanted if o.call.names]
    if named:
        first = [[n.title for n in o.looked.names] for o in named]
        found = [success_at_k(f, o.call.names, 3) for f, o in zip(first, named, strict=True)]
        yield _mean(name, "right name in first 3", found)
    took = {
        "seconds": [o.heard.timings_ms["total"] / 1000 for o in outcomes],
        "processor seconds": [o.processor_s for o in outcomes],
    }
    for measure, seconds in took.items():
        for share in (50, 95):
            value = float(np.percentile(seconds, share))
            yield Score(name, "voz", f"{measure} p{share}", len(seconds), value, None)


def _rewrites(
    data: Path, embedder: Embedder, settings: Settings, which: str, progress: Progress
) -> Iterator[Score]:
    """Last turns with their conversation, alone, and as people rewrote them to stand alone."""
    (labelled,) = datasets.load(["mtrag"], data)
    told = {row["id"]: row["turns"] for row in datasets.rows(data / "mtrag" / "tasks.jsonl")}
    every = datasets.rows(data / "mtrag" / "retrieval.jsonl")
    asked = [r for r in every if r["id"] in told and in_half(r["conversation_id"], which)]
    progress(f"mtrag ({which}): {len(asked)} last turns")
    with assistant_over("mtrag", labelled.documents, embedder, settings) as assistant:
        listener = Listener(assistant)
        found: dict[str, list[float | None]] = {"heard": [], "alone": [], "rewritten": []}
        for row in asked:
            turns = tuple(Turn(t["speaker"], t["text"]) for t in told[row["id"]])
            relevant = frozenset(row["relevant_ids"])
            for system, text in (("alone", row["last_turn"]), ("rewritten", row["rewrite"])):
                looked = listener.look([Turn("customer", text)], LOCAL_VIEWER)
                found[system].append(recall_at_k(ranked(looked), relevant, 5))
            looked = listener.look(turns, LOCAL_VIEWER)
            found["heard"].append(recall_at_k(ranked(looked), relevant, 5))
    for system, values in found.items():
        value, error = mean(values), standard_error(values)
        yield Score("mtrag last turns", system, "recall@5", len(values), value, error)


def ranked(looked: Looked) -> list[str]:
    """Documents found, best first."""
    if looked.evidence is None:
        return []
    return distinct([c.stored.chunk.document for c in looked.evidence.found.chunks], DEPTH)


def _mean(name: str, measure: str, values: Sequence[float | None]) -> Score:
    return Score(name, "voz", measure, len(values), mean(values), standard_error(values))
