"""Public labelled sets, read from a folder by path: rows -> `LabelledSet`.

Layouts are those of the ``README.md`` in the data folder. Nothing is copied into the project.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.cases import Case, LabelledSet
from knowledge.errors import SettingsError
from knowledge.models import LANGUAGES, Block, Document, Language


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file.

    Raises:
        SettingsError: the file is missing or a line is not an object.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror}): --data must name the folder of the sets"
        ) from error
    except ValueError as error:
        raise SettingsError(f"{path} is not JSON lines: {error}") from error
    if not all(isinstance(row, dict) for row in found):
        raise SettingsError(f"{path} is not JSON lines: expected an object on every line")
    return found


def plain_document(name: str, title: str, text: str, language: Language) -> Document:
    """A document of running text: one paragraph per line."""
    blocks: list[Block] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped)
            blocks.append(Block("paragraph", start, start + len(stripped)))
        position += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, title, text, tuple(blocks), language, "txt", digest)


def xquad(data: Path) -> Iterator[LabelledSet]:
    """Questions over passages of one language, in the same and in the other language."""
    passages = rows(data / "xquad" / "passages.jsonl")
    questions = rows(data / "xquad" / "questions.jsonl")
    for target in LANGUAGES:
        documents = tuple(
            plain_document(p["id"], p["title"], p["text"], target)
            for p in passages
            if p["lang"] == target
        )
        by_parallel = {p["parallel_id"]: p["id"] for p in passages if p["lang"] == target}
        for asked in LANGUAGES:
            cases = tuple(
                Case(
                    id=q["id"],
                    question=q["question"],
                    language=asked,
                    relevant=frozenset({by_parallel[q["parallel_id"]]}),
                    facts=tuple(a["text"] for a in q["answers"]) if asked == target else (),
                )
                for q in questions
                if q["lang"] == asked
            )
            name = f"xquad {asked}" if asked == target else f"xquad {asked}->{target}"
            yield LabelledSet(name, f"xquad-{target}", documents, cases)


def squad_es(data: Path) -> Iterator[LabelledSet]:
    """Spanish questions; an unanswerable one is near its passage, which does not answer it."""
    documents = tuple(
        plain_document(p["id"], p["title"].replace("_", " "), p["text"], "es")
        for p in rows(data / "squad_es" / "passages.jsonl")
    )
    questions = rows(data / "squad_es" / "questions.jsonl")
    for answerable, name in ((True, "squad_es"), (False, "squad_es unanswerable")):
        cases = tuple(
            Case(
                id=q["id"],
                question=q["question"],
                language="es",
                relevant=frozenset({q["passage_id"]}),
                facts=tuple(a["text"] for a in q["answers"]),
            )
            for q in questions
            if q["answerable"] == answerable
        )
        yield LabelledSet(name, "squad_es", documents, cases)


def faq_tax(data: Path) -> Iterator[LabelledSet]:
    """A help desk's questions over its own answers in one language, asked in both."""
    entries = rows(data / "faq_tax" / "documents.jsonl")
    questions = rows(data / "faq_tax" / "questions.jsonl")
    for target in LANGUAGES:
        here = {e["parallel_id"]: e for e in entries if e["lang"] == target}
        documents = tuple(
            plain_document(e["id"], e["title"], e["text"], target) for e in here.values()
        )
        for asked in LANGUAGES:
            cases = tuple(
                Case(q["id"], q["question"], asked, frozenset({here[q["parallel_id"]]["id"]}))
                for q in questions
                if q["lang"] == asked and q["parallel_id"] in here
            )
            name = f"faq_tax {asked}" if asked == target else f"faq_tax {asked}->{target}"
            yield LabelledSet(name, f"faq_tax-{target}", documents, cases)


def mtrag(data: Path) -> Iterator[LabelledSet]:
    """Questions of conversations, rewritten by people to stand alone."""
    documents = tuple(
        plain_document(p["id"], p["title"] or p["domain"], p["text"], "en")
        for p in rows(data / "mtrag" / "corpus.jsonl")
    )
    cases = tuple(
        Case(q["id"], q["rewrite"], "en", frozenset(q["relevant_ids"]))
        for q in rows(data / "mtrag" / "retrieval.jsonl")
    )
    yield LabelledSet("mtrag rewrites", "mtrag", documents, cases)


def tau_banking(data: Path) -> Iterator[LabelledSet]:
    """Briefs of a bank's customer cases over its knowledge base."""
    documents = tuple(
        plain_document(d["id"], d["title"], d["text"], "en")
        for d in rows(data / "tau_banking" / "documents.jsonl")
    )
    cases = tuple(
        Case(t["id"], t["scenario"][:MAX_CASE_CHARS], "en", frozenset(t["required_documents"]))
        for t in rows(data / "tau_banking" / "tasks.jsonl")
        if t["required_documents"]
    )
    yield LabelledSet("tau_banking cases", "tau_banking", documents, cases)


MAX_CASE_CHARS = 4_000
"""Longest question that the assistant takes."""

SETS: dict[str, Callable[[Path], Iterator[LabelledSet]]] = {
    "xquad": xquad,
    "squad_es": squad_es,
    "faq_tax": faq_tax,
    "mtrag": mtrag,
    "tau_banking": tau_banking,
}


def load(names: list[str], data: Path, *, limit: int | None = None) -> Iterator[LabelledSet]:
    """The named sets, in order.

    Args:
        names: keys of `SETS`.
        data: folder of the sets.
        limit: at most so many cases of each, spread evenly over ids; `None` for all.

    Raises:
        SettingsError: a name or the folder is wrong.
    """
    for name in names:
        if name not in SETS:
            raise SettingsError(f"set {name!r} is not known: expected one of {', '.join(SETS)}")
        for labelled in SETS[name](data):
            yield replace(labelled, cases=sampled(labelled.cases, limit))


def sampled(cases: tuple[Case, ...], limit: int | None) -> tuple[Case, ...]:
    """At most ``limit`` cases, picked by a digest of their ids, in their order."""
    if limit is None or len(cases) <= limit:
        return cases
    chosen = sorted(cases, key=lambda c: hashlib.sha256(c.id.encode()).digest())[:limit]
    ids = {c.id for c in chosen}
    return tuple(c for c in cases if c.id in ids)
