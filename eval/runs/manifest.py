"""What tells two runs apart: hashes of what was asked, of what, with which settings and model."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.pipeline import Assistant
from eval.golden.reading import GoldenSet
from eval.measures.models import Measure
from eval.runs.folder import catalogue
from knowledge.models import Viewer
from knowledge.settings import Settings

SCHEMA = "run/1"
SAME = ("golden", "register", "config", "model", "measures")
"""What has to be equal for a run to go on."""
_LIBRARIES = ("torch", "sentence-transformers", "chromadb", "langchain-core", "numpy")
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
        "environment": {
            "python": platform.python_version(),
            "libraries": {library: _version(library) for library in _LIBRARIES},
            "cores": os.cpu_count(),
            "machine": platform.machine(),
        },
    }


def differs(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """What of `SAME` is not equal in two manifests."""
    return [key for key in SAME if one.get(key) != other.get(key)]


def code_state() -> dict[str, Any]:
    """Version of the program; of a checkout also its commit, and whether it was changed."""
    state: dict[str, Any] = {"version": _version("voz-propia"), "commit": None, "changed": None}
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return state
    commit = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    if commit is not None and changed is not None:
        state |= {"commit": commit, "changed": bool(changed)}
    return state


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
