"""The example company's documents in a register, read and embedded once for all tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from knowledge.settings import Settings

EXAMPLE = Path(__file__).parents[1] / "examples" / "almendro"
DOCUMENTS = EXAMPLE / "documents"
MODEL = "model"
"""Where a data folder has the unpacked model."""


def ingest_documents(settings: Settings) -> None:
    """Put the company's documents into the register, with the model that is used for real."""
    from ingest.pipeline import ingest
    from knowledge.encoders.embedding import SentenceTransformerEmbedder
    from knowledge.register import Register
    from knowledge.search import generations

    with Register.open(settings, write=True) as register:
        embedder = SentenceTransformerEmbedder.open(settings)
        report = ingest([DOCUMENTS], register, embedder, settings)
        assert report.refused == ()
        generations.build(register, settings)


def copy_data(made: Path, to: Path) -> Path:
    """A data folder like another one, to be written to; the model stays where it is."""
    shutil.copytree(made, to, ignore=shutil.ignore_patterns(MODEL))
    lend_model(made, to)
    return to


def lend_model(made: Path, to: Path) -> None:
    """Have a data folder use the unpacked model of another one."""
    to.mkdir(parents=True, exist_ok=True)
    (to / MODEL).symlink_to(made / MODEL, target_is_directory=True)


@pytest.fixture(scope="session")
def almendro_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the example's documents, not to be written to: see `copy_data`.

    The processes of a run share it; the first that asks for it makes it.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "almendro-data"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            making = folder.with_suffix(".making")
            ingest_documents(Settings(data_dir=making))
            making.rename(folder)
    return folder
