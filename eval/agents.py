"""Questions as agents type them, over real policies and a bank's knowledge base.

The questions are ours (``eval/sets``); the documents are read from the data folder by path.
"""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from assistant.models import Turn
from eval.cases import Case, in_half
from eval.datasets import rows
from knowledge.rows import DocumentInfo

SETS = ("agents_policies", "agents_tau")
_NOT_DOCUMENTS = {"SOURCES.md", "manifest.jsonl"}


def stage(data: Path, folder: Path) -> Path:
    """A folder with the 899 documents as files, made once: what `voz ingest` is given."""
    if folder.exists():
        return folder
    draft = folder.with_name(folder.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(
        data / "policies", draft / "policies", ignore=shutil.ignore_patterns(*_NOT_DOCUMENTS)
    )
    for name in ("tau_retail", "tau_airline"):
        (draft / name).mkdir(parents=True)
        shutil.copy(data / name / "policy.md", draft / name / "policy.md")
    (draft / "tau_banking").mkdir()
    for document in rows(data / "tau_banking" / "documents.jsonl"):
        path = draft / "tau_banking" / f"{document['id']}.md"
        path.write_text(f"# {document['title']}\n\n{document['text']}\n", "utf-8")
    draft.rename(folder)
    return folder


def cases(which: str, documents: list[DocumentInfo]) -> list[Case]:
    """The questions of one half, each with its slice.

    Args:
        which: ``fit``, ``report`` or ``all``.
        documents: what was ingested; tells which question crosses languages.
    """
    languages = {d.name: d.language for d in documents}
    found: list[Case] = []
    for name in SETS:
        for row in rows(Path(str(files("eval") / "sets" / f"{name}.jsonl"))):
            if not in_half(row["id"], which):
                continue
            relevant = frozenset(_file_name(d) for d in row["documents"])
            found.append(
                Case(
                    id=row["id"],
                    question=row["question"],
                    language=row["lang"],
                    relevant=relevant,
                    facts=tuple(row["fact"]),
                    history=tuple(Turn(h["role"], h["text"]) for h in row["history"]),
                    kind=_kind(row, {languages.get(name) for name in relevant}),
                )
            )
    return found


def _file_name(name: str) -> str:
    return f"{name}.md" if name.startswith("tau_banking/") else name


def _kind(row: dict[str, object], languages: set[str | None]) -> str:
    if row["history"]:
        return "follow-up"
    crosses = row["lang"] not in languages
    return f"{row['lang']} across" if crosses else f"{row['lang']} same"
