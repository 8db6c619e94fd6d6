"""What embedder and reranker share before a model answers: its folder, its libraries, its thread.

Weights are read from safetensors alone: other formats can run code when they are loaded.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import ModelError

WEIGHTS_SUFFIX = ".safetensors"
HARMLESS_SUFFIXES = frozenset({WEIGHTS_SUFFIX, ".json", ".txt", ".model", ".md", ""})
"""Weights, configuration, vocabularies, notes; files without a suffix are licences and the like."""

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Environment of the model libraries: nothing is asked of a hub, and no threads of their own."""


@contextlib.contextmanager
def loading_libraries() -> Iterator[None]:
    """For imports of torch and sentence-transformers, and loading: offline, and in less time.

    The libraries read `OFFLINE` when they are imported.
    """
    os.environ.update(OFFLINE)
    with collecting_nothing():
        yield


@contextlib.contextmanager
def collecting_nothing() -> Iterator[None]:
    """No looking for garbage among the millions of objects that loading makes and keeps.

    A fifth of the import time and half of the tokenizer's went into it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def use_one_thread() -> None:
    """Let torch compute on the calling thread alone; each thread has a number of its own."""
    import torch

    if torch.get_num_threads() != 1:
        torch.set_num_threads(1)


def cannot_load(setting: str, folder: Path, error: Exception) -> ModelError:
    """The one line for whatever a library raises over a folder it cannot make sense of."""
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
    return ModelError(
        f"{setting}={folder} cannot be loaded: {reason}; save the model again with "
        "sentence-transformers 6, or give another"
    )


def check_folder(folder: Path, *, setting: str, required: str) -> None:
    """Refuse what is not a folder of safetensors weights with its configuration.

    Args:
        folder: as the operator named it.
        setting: name of the setting, for the message.
        required: file that a model of this kind has.

    Raises:
        ModelError: one line with what is wrong and what to do.
    """
    if not folder.is_dir():
        raise ModelError(
            f"{setting}={folder} is not a folder; models are loaded from a local folder, never "
            f"from a hub: download the model and set {setting} to where it lies"
        )
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise ModelError(
            f"{setting}={folder} cannot be read: {error.strerror}; give permission to read it"
        ) from error
    for path in files:
        if path.suffix.lower() not in HARMLESS_SUFFIXES:
            raise ModelError(
                f"{setting}={folder} holds {path.relative_to(folder)}, which could run code when "
                "loaded or is not needed; keep only .safetensors, .json, .txt and .model files"
            )
    if not (folder / required).is_file():
        raise ModelError(f"{setting}={folder} has no {required}; give the folder of a saved model")
    if not any(path.suffix == WEIGHTS_SUFFIX for path in files):
        raise ModelError(
            f"{setting}={folder} has no {WEIGHTS_SUFFIX} file; save the model with safetensors"
        )


def hash_folder(folder: Path) -> str:
    """SHA-256 hex digest of everything in the folder that decides what the model computes.

    Raises:
        ModelError: a file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in HARMLESS_SUFFIXES - {".md", ""}:
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    except OSError as error:
        raise ModelError(
            f"cannot read {error.filename}: {error.strerror}; give permission to read the model"
        ) from error
    return digest.hexdigest()
