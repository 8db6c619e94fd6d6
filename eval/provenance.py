"""What a number was measured with: the program, the machine, and what else ran on it."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_LIBRARIES = ("torch", "sentence-transformers", "chromadb", "langchain-core", "numpy")


def code_state() -> dict[str, Any]:
    """Version of the program; of a checkout also its commit, and whether it was changed."""
    state: dict[str, Any] = {"version": _version("voz-propia"), "commit": None, "changed": None}
    root = Path(__file__).resolve().parents[1]
    if not (root / ".git").exists():
        return state
    commit = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    if commit is not None and changed is not None:
        state |= {"commit": commit, "changed": bool(changed)}
    return state


def environment() -> dict[str, Any]:
    """The machine, and the libraries that numbers depend on."""
    return {
        "python": platform.python_version(),
        "libraries": {library: _version(library) for library in _LIBRARIES},
        "cores": os.cpu_count(),
        "machine": platform.machine(),
    }


def load_average() -> float:
    """Runnable processes on this machine, mean of the last minute: times depend on it."""
    return round(os.getloadavg()[0], 2)


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
