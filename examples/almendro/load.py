"""Loads the example company's documents as they are filed: for whom, since when, for whose eyes.

    VOZ_DATA_DIR=DIR python examples/almendro/load.py

`voz ingest examples/almendro/documents` puts them in for all staff and without days, which is
enough to look around. The golden set beside this file asks as a contractor and about days before
the policies changed, so it is asked of a data folder that was loaded with this.
"""

from __future__ import annotations

import csv
import os
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.bootstrap import operator
from ingest.pipeline import ingest
from knowledge import settings as settings_module
from knowledge.audience import audience_key
from knowledge.curation_checks import Details
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.errors import KnowledgeBaseError
from knowledge.models import Filing, Viewer
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.search import generations
from knowledge.settings import Settings

HERE = Path(__file__).resolve().parent
AUDIENCES = (
    ("empresa", "Personal de Almendro / Almendro's own staff", "staff"),
    ("agentes-en-casa", "Agentes en casa / Home agents", "empresa"),
    ("contratas", "Contratas / Contractors", "staff"),
    ("contacta-levante", "Contacta Levante", "contratas"),
    ("meridiano-cx", "Meridiano CX", "contratas"),
)
"""Label, title and the next wider one; a wider one comes first."""
WHOLE = "*"
"""Stands for all of a document where a heading is expected."""


@dataclass(frozen=True)
class Filed:
    """How one document is filed.

    Attributes:
        name: of its file, and of the source.
        audience: labels that may see it.
        first: first day in force.
        end: first day no longer in force; `None`: no end.
        internal: heading of the part that is not for customers, `WHOLE`, or empty.
    """

    name: str
    audience: tuple[str, ...]
    first: date
    end: date | None
    internal: str


def read_filing(path: Path) -> list[Filed]:
    """The rows of the table, whose last days still count."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_filed(row) for row in csv.DictReader(file)]


def _filed(row: dict[str, str]) -> Filed:
    last = row["last_day"]
    return Filed(
        name=row["name"],
        audience=tuple(row["audience"].split()),
        first=date.fromisoformat(row["first_day"]),
        end=date.fromisoformat(last) + timedelta(days=1) if last else None,
        internal=row["internal"],
    )


def load(filing: list[Filed], settings: Settings, embedder: Embedder | None = None) -> None:
    """Puts every document in; what is in already stays as it is.

    Args:
        filing: the rows of the table.
        settings: whose data folder they go into.
        embedder: the model; `None` opens the one that the settings name.

    Raises:
        KnowledgeBaseError: a document is refused, or the data folder cannot be used.
    """
    with Register.open(settings, write=True) as register:
        embedder = embedder or SentenceTransformerEmbedder.open(settings)
        viewer = operator(register.audiences())
        known = register.audiences().audiences
        for label, title, parent in AUDIENCES:
            if label not in known:
                register.curation.add_audience(label, title, viewer, parent=parent)
        viewer = operator(register.audiences())
        for filed in filing:
            _load_one(filed, register, embedder, settings, viewer)
        generations.build(register, settings)


def _load_one(
    filed: Filed,
    register: Register,
    embedder: Embedder,
    settings: Settings,
    viewer: Viewer,
) -> None:
    made = Filing(
        author=viewer.name,
        audience=audience_key(filed.audience),
        valid_from=filed.first,
        valid_to=filed.end,
    )
    report = ingest([HERE / "documents" / filed.name], register, embedder, settings, filing=made)
    if report.refused:
        raise KnowledgeBaseError(f"{filed.name} was refused: {report.refused[0]}")
    if filed.internal == WHOLE:
        register.curation.describe(filed.name, Details(internal=True), viewer)
    elif filed.internal:
        register.curation.restrict(filed.name, filed.internal, viewer, internal=True)


def main() -> int:
    """Loads from the command line; returns the exit code."""
    if not os.environ.get("VOZ_DATA_DIR"):
        print("say where to: VOZ_DATA_DIR=DIR python examples/almendro/load.py", file=sys.stderr)
        return 2
    settings = settings_module.load()
    filing = read_filing(HERE / "filing.csv")
    try:
        load(filing, settings)
    except KnowledgeBaseError as error:
        print(f"load failed: {error}", file=sys.stderr)
        return 1
    print(f"{len(filing)} documents loaded into {settings.data_dir}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
