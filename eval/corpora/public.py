"""Public labelled sets, read from a folder by path: rows -> `LabelledSet`.

Layouts are those of the ``README.md`` in the data folder. Nothing is copied into the project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.models import Turn
from eval.cases import Case, LabelledSet
from eval.corpora.reading import named, plain_document, rows, sampled, whole
from knowledge.errors import SettingsError
from knowledge.models import LANGUAGES, Document, Language

TURNS = ("turns[].speaker", "turns[].text")
MAX_CASE_CHARS = 4_000
"""Longest question that the assistant takes."""
_PASSAGE = ("id", "title", "text")


def xquad(data: Path) -> Iterator[LabelledSet]:
    """Questions over passages of one language, in the same and in the other language."""
    path = data / "xquad" / "passages.jsonl"
    passages = rows(path, *_PASSAGE, "lang", "parallel_id")
    questions = rows(
        data / "xquad" / "questions.jsonl",
        "id",
        "question",
        "lang",
        "parallel_id",
        "answers[].text",
    )
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
                    relevant=frozenset({named(by_parallel, q["parallel_id"], path)}),
                    facts=tuple(a["text"] for a in q["answers"]) if asked == target else (),
                )
                for q in questions
                if q["lang"] == asked
            )
            yield LabelledSet(_between("xquad", asked, target), f"xquad-{target}", documents, cases)


def squad_es(data: Path) -> Iterator[LabelledSet]:
    """Spanish questions; an unanswerable one is near its passage, which does not answer it."""
    path = data / "squad_es" / "passages.jsonl"
    documents = tuple(
        plain_document(p["id"], p["title"].replace("_", " "), p["text"], "es")
        for p in rows(path, *_PASSAGE)
    )
    questions = rows(
        data / "squad_es" / "questions.jsonl",
        *("id", "question", "passage_id", "answers[].text", "answerable"),
    )
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
        yield whole(LabelledSet(name, "squad_es", documents, cases), path)


def faq_tax(data: Path) -> Iterator[LabelledSet]:
    """A help desk's questions over its own answers in one language, asked in both."""
    entries = rows(data / "faq_tax" / "documents.jsonl", *_PASSAGE, "lang", "parallel_id")
    questions = rows(data / "faq_tax" / "questions.jsonl", "id", "question", "lang", "parallel_id")
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
            name = _between("faq_tax", asked, target)
            yield LabelledSet(name, f"faq_tax-{target}", documents, cases)


def mtrag(data: Path) -> Iterator[LabelledSet]:
    """Questions of conversations, rewritten by people to stand alone."""
    yield _mtrag(data, "rewrite", lambda row: Case(**_asked(row, row["rewrite"])))


def mtrag_last_turns(data: Path) -> Iterator[LabelledSet]:
    """The same questions as they were asked: alone, and behind their conversation."""
    yield _mtrag(data, "last turn", lambda row: Case(**_asked(row, row["last_turn"])))
    tasks = rows(data / "mtrag" / "tasks.jsonl", "id", *TURNS)
    told = {task["id"]: turns_of(task["turns"]) for task in tasks}

    def behind(row: dict[str, Any]) -> Case | None:
        turns = told.get(row["id"])
        return Case(**_asked(row, turns[-1].text), history=turns[:-1]) if turns else None

    yield _mtrag(data, "conversation", behind)


def _mtrag(data: Path, name: str, case_of: Callable[[dict[str, Any]], Case | None]) -> LabelledSet:
    path = data / "mtrag" / "corpus.jsonl"
    asked = rows(
        data / "mtrag" / "retrieval.jsonl",
        *("id", "rewrite", "last_turn", "relevant_ids", "conversation_id"),
    )
    cases = tuple(case for row in asked if (case := case_of(row)))
    return whole(LabelledSet(f"mtrag {name}", "mtrag", mtrag_documents(data), cases), path)


def _asked(row: dict[str, Any], question: str) -> dict[str, Any]:
    relevant = frozenset(row["relevant_ids"])
    shared = {"language": "en", "group": row["conversation_id"]}
    return {"id": row["id"], "question": question, "relevant": relevant, **shared}


def mtrag_documents(data: Path) -> tuple[Document, ...]:
    """The passages that some question refers to."""
    passages = rows(data / "mtrag" / "corpus.jsonl", *_PASSAGE, "domain")
    return tuple(
        plain_document(p["id"], p["title"] or p["domain"], p["text"], "en") for p in passages
    )


def turns_of(told: Sequence[dict[str, str]]) -> tuple[Turn, ...]:
    """The turns of a conversation."""
    return tuple(Turn(turn["speaker"], turn["text"]) for turn in told)  # type: ignore[arg-type]


def tau_banking(data: Path) -> Iterator[LabelledSet]:
    """Briefs of a bank's customer cases over its knowledge base."""
    path = data / "tau_banking" / "documents.jsonl"
    documents = tuple(
        plain_document(d["id"], d["title"], d["text"], "en") for d in rows(path, *_PASSAGE)
    )
    cases = tuple(
        Case(t["id"], t["scenario"][:MAX_CASE_CHARS], "en", frozenset(t["required_documents"]))
        for t in rows(data / "tau_banking" / "tasks.jsonl", "id", "scenario", "required_documents")
        if t["required_documents"]
    )
    yield whole(LabelledSet("tau_banking cases", "tau_banking", documents, cases), path)


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


def _between(name: str, asked: Language, target: Language) -> str:
    return f"{name} {asked}" if asked == target else f"{name} {asked}->{target}"
