"""``voz ingest`` as a program of its own, with the hashing embedder in place of the model."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import typer

from ingest import pipeline
from ingest.cli import HELP, ingest_command
from knowledge.encoders import embedding
from knowledge.errors import KnowledgeBaseError
from knowledge.models import Chunk, Embedded
from knowledge.search import freshness
from tests.fakes import HashingEmbedder

app = typer.Typer()
app.command("ingest", help=HELP)(ingest_command)


@app.callback()
def voz() -> None:
    """Keep ``ingest`` a command of several."""


class SlowEmbedder(HashingEmbedder):
    """Tells when it begins and takes a while, so that there is something to interrupt."""

    def embed_chunks(self, chunks: Sequence[Chunk]) -> list[Embedded]:
        print("embedding", file=sys.stderr, flush=True)
        time.sleep(0.5)
        return super().embed_chunks(chunks)


class Embedders:
    """Stands where `SentenceTransformerEmbedder` is looked up."""

    @classmethod
    def open(cls, *_: object) -> HashingEmbedder:
        return SlowEmbedder() if "--slow" in sys.argv else HashingEmbedder()


def main() -> None:
    """Run the command as the product's own entry point does."""
    embedding.SentenceTransformerEmbedder = Embedders  # type: ignore[assignment,misc]
    pipeline.EMBED_CHUNKS = 1
    if "--without-indexes" in sys.argv:
        freshness.needs_build = lambda *_: False
    try:
        app([a for a in sys.argv[1:] if a not in {"--slow", "--without-indexes"}])
    except KnowledgeBaseError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
