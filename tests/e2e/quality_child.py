"""What asks golden cases in tests: the real child, with a model of hashed words and its weights."""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import Any, cast

from knowledge.jobs import Job
from knowledge.settings import Settings


def carry_out(settings: Settings, job: Job, line: Connection) -> None:
    """Runs in a process of its own, so that nothing is left changed."""
    from assistant import bootstrap
    from assistant.shell.quality import child
    from knowledge.encoders import embedding
    from tests.fakes import HashingEmbedder
    from tests.integration.test_preview import WEIGHTS

    model = cast("Any", embedding.SentenceTransformerEmbedder)
    model.open = lambda *_: HashingEmbedder()
    cast("Any", bootstrap).bundled_weights = lambda: WEIGHTS
    child.carry_out(settings, job, line)
