"""Questions as agents type them, over public documents and over the example company's.

The questions are ours (``eval/sets``); the documents are read from where they are.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Turn
from assistant.pipeline import Assistant
from eval.cases import Case
from eval.corpora.reading import by_hand, rows
from eval.corpora.registers import EXAMPLE, assistant_over_files
from eval.halves import in_half
from eval.work import Work
from knowledge.errors import SettingsError
from knowledge.search.rows import DocumentInfo
from knowledge.settings import Settings

DOCUMENTS = EXAMPLE / "documents"
"""The example company's, in a checkout of the project."""


@dataclass(frozen=True)
class Desk:
    """Documents, and the questions that are asked about them.

    Attributes:
        name: of the set in reports, and of its register.
        sets: files in ``eval/sets``.
    """

    name: str
    sets: tuple[str, ...]

    @contextmanager
    def assistant(self, work: Work) -> Iterator[Assistant]:
        """An assistant over the documents, read by the whole ingest (minutes the first time).

        Raises:
            SettingsError: the documents are not there.
        """
        folder = self._folder(work.data, work.settings)
        with assistant_over_files(self.name, folder, work.embedder, work.settings) as assistant:
            yield assistant

    def cases(self, which: str, assistant: Assistant) -> list[Case]:
        """The questions of ``fit``, ``report`` or ``all``, each with its slice."""
        return cases(self.sets, which, assistant.documents(LOCAL_VIEWER))

    def _folder(self, data: Path, settings: Settings) -> Path:
        if self.name == PUBLIC.name:
            return stage(data, settings.data_dir / "eval" / "agents-files")
        if not DOCUMENTS.is_dir():
            raise SettingsError(
                f"{DOCUMENTS} is not there: run this from a checkout of the project"
            )
        return DOCUMENTS


PUBLIC = Desk("agents", ("agents_policies", "agents_tau"))
"""899 public documents in two languages."""
ALMENDRO = Desk("example", ("agents_example",))
"""The example company's documents."""
DESKS = (PUBLIC, ALMENDRO)

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
    for document in rows(data / "tau_banking" / "documents.jsonl", "id", "title", "text"):
        path = draft / "tau_banking" / f"{document['id']}.md"
        path.write_text(f"# {document['title']}\n\n{document['text']}\n", "utf-8")
    draft.rename(folder)
    return folder


def cases(sets: Sequence[str], which: str, documents: Sequence[DocumentInfo]) -> list[Case]:
    """The questions of one half, each with its slice.

    Args:
        sets: files in ``eval/sets``.
        which: ``fit``, ``report`` or ``all``.
        documents: what was ingested; tells which question crosses languages.
    """
    languages = {d.name: d.language for d in documents}
    found: list[Case] = []
    for name in sets:
        for row in by_hand(f"{name}.jsonl"):
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
    """A document's name as it is ingested."""
    return f"{name}.md" if name.startswith("tau_banking/") else name.removeprefix("almendro/")


def _kind(row: dict[str, object], languages: set[str | None]) -> str:
    if row["history"]:
        return "follow-up"
    crosses = row["lang"] not in languages
    return f"{row['lang']} across" if crosses else f"{row['lang']} same"
