"""What the knowledge base holds and whether its indexes are in order, without loading a model."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from knowledge.errors import IndexDamaged
from knowledge.outbox.outbox import Outbox
from knowledge.register import Register
from knowledge.search import generations
from knowledge.search.freshness import needs_build
from knowledge.search.indexes import Indexes
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore

_MESSAGES = {"failed": "given up: see `voz webhook list`", "waiting": "waiting to be sent"}


def read_status(settings: Settings) -> dict[str, Any]:
    """The state of one data folder.

    Returns:
        ``data_dir``; ``register``, its file or its address without the password; ``documents``;
        ``chunks``; ``languages``, chunks of each; ``model`` of the vectors and ``model_set``, what
        questions would be embedded with; ``index``, see `_index_state`; ``degraded``, one line or
        `None`; ``messages``, how many for another program wait or were given up.

    Raises:
        RegisterError: there is no register, or it is damaged.
    """
    with Register.open(settings) as register:
        stats = register.stats()
        indexes = Indexes(register, settings)
        try:
            indexes.refresh()
            degraded = indexes.degraded
        finally:
            indexes.close()
        return {
            "data_dir": str(settings.data_dir.resolve()),
            "register": str(settings.register_address),
            "documents": stats.documents,
            "chunks": stats.chunks,
            "languages": dict(stats.languages),
            "revision": stats.revision,
            "model": stats.fingerprint,
            "model_set": str(settings.model) if settings.model else "bundled",
            "index": _index_state(register, settings),
            "degraded": degraded,
            "messages": _messages(settings),
        }


def status_lines(status: dict[str, Any]) -> list[str]:
    """A status for people, one line per fact."""
    languages = ", ".join(f"{name} {n:,}" for name, n in status["languages"].items())
    index = status["index"]
    return [
        f"data folder  {status['data_dir']}",
        f"register     {status['register']}",
        f"documents    {status['documents']:,}",
        f"chunks       {status['chunks']:,}" + (f" ({languages})" if languages else ""),
        f"model        {status['model'] or 'none yet'}; set: {status['model_set']}",
        f"index        {index['state']}, {index['chunks']:,} chunks, "
        f"{index['changes_since']:,} changes since",
        *(
            f"messages     {count:,} {_MESSAGES[state]}"
            for state, count in status["messages"].items()
        ),
    ]


def _messages(settings: Settings) -> dict[str, int]:
    with closing(WorkStore.open(settings)) as store:
        return Outbox(store).counts()


def _index_state(register: Register, settings: Settings) -> dict[str, Any]:
    """``state``: ``none``, ``damaged``, ``behind`` (a rebuild is worth it) or ``current``.

    What changed since the generation was built is found all the same.
    """
    try:
        generation = generations.current(settings.index_dir)
    except IndexDamaged:
        return {"state": "damaged", "chunks": 0, "changes_since": register.stats().chunks}
    if generation is None:
        return {"state": "none", "chunks": 0, "changes_since": register.stats().chunks}
    return {
        "state": "behind" if needs_build(register, settings) else "current",
        "chunks": generation.manifest.chunks,
        "changes_since": register.count_changes(generation.manifest.revision),
    }
