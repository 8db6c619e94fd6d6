"""What tells two runs apart: hashes of what was asked, of what, with which settings and model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from assistant.pipeline import Assistant
from eval.golden.reading import GoldenSet
from eval.measures.models import Measure
from eval.provenance import code_state, environment
from eval.runs.folder import catalogue
from knowledge.models import Viewer
from knowledge.settings import Settings

SCHEMA = "run/1"
SAME = ("golden", "register", "config", "model", "measures")
"""What has to be equal for a run to go on."""
_OF_ANSWERS = ("model", "reranker", "holidays", "working_week", "time_zone", "chat_model")
"""Settings that may change an answer; the rest is where things are and secrets."""


def manifest(
    *,
    name: str,
    golden: GoldenSet,
    assistant: Assistant,
    viewer: Viewer,
    settings: Settings,
    fingerprint: str,
    measures: Sequence[Measure],
    today: date,
    seed: int,
) -> dict[str, Any]:
    """What is known of a run before the first question.

    Args:
        name: of the golden set, for people.
        golden: what will be asked.
        assistant: of whom.
        viewer: sees all that the register's hash covers.
        settings: the data folder's.
        fingerprint: of the embedding model.
        measures: what will be measured.
        today: day that is asked about where a case names none.
        seed: of the resampling.
    """
    config = {field: _plain(getattr(settings, field)) for field in _OF_ANSWERS}
    documents = sorted((d.name, d.version, d.sha256) for d in assistant.documents(viewer))
    return {
        "schema": SCHEMA,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "golden": {"name": name, "sha256": golden.sha256, "cases": len(golden.cases)},
        "register": {"sha256": _digest(documents), "documents": len(documents)},
        "config": {"sha256": _digest(config), **config},
        "model": fingerprint,
        "measures": catalogue(measures),
        "today": today.isoformat(),
        "seed": seed,
        "code": code_state(),
        "environment": environment(),
    }


def differs(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """What of `SAME` is not equal in two manifests."""
    return [key for key in SAME if one.get(key) != other.get(key)]


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
