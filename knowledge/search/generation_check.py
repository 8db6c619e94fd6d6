"""Opening a generation in a throw-away process: a damaged Chroma folder ends whoever opens it.

``python -m knowledge.search.generation_check FOLDER DIGEST`` is the child; `check_in_child` runs
it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np

from knowledge.errors import IndexDamaged, KnowledgeBaseError
from knowledge.search.generation_files import open_chroma, read_manifest, read_segments, verify
from knowledge.search.snapshot import Segment
from knowledge.search.vectors.chroma import ChromaIndex

TIMEOUT_S = 180.0
SAMPLES = 200
SELF_HITS = 0.98
"""Share of sampled vectors that must find themselves; 1.0 on 20,000 unclustered vectors."""
_SAME = 0.02
"""Two vectors this close in cosine count as one: a corpus may hold hundreds of near-copies of a
text, any of which is a sound answer. Of unrelated texts the default model's are 0.25 apart."""


def check(folder: Path, digest: str) -> None:
    """Read and search every index of a generation; may end the process if it is damaged.

    Raises:
        IndexDamaged: something is missing, changed or not found where it must be.
    """
    manifest = read_manifest(folder, digest)
    verify(folder, manifest, chroma=True)
    segments = read_segments(folder, manifest)
    for entry in manifest.partitions:
        index = open_chroma(folder, manifest, entry)
        try:
            _check_self_hits(index, segments[entry.partition])
        finally:
            index.close()


def _check_self_hits(index: ChromaIndex, segment: Segment) -> None:
    rows = np.unique(np.linspace(0, len(index) - 1, SAMPLES).astype(np.intp))
    hits = 0
    for row in rows:
        vector = segment.exact.vectors[row]
        keys, _ = index.search(vector, top_k=1)
        places, found = segment.exact.rows_of(keys)
        similarities = segment.exact.similarities_at(places[found], vector)
        hits += bool(np.any(similarities > 1 - _SAME))
    if hits < SELF_HITS * len(rows):
        raise IndexDamaged(f"{index.path}: {hits} of {len(rows)} vectors find themselves")


def check_in_child(folder: Path, digest: str, *, timeout_s: float = TIMEOUT_S) -> None:
    """Check a generation in a process of its own.

    Args:
        folder: the generation.
        digest: hex SHA-256 of its manifest.
        timeout_s: after this many seconds it counts as damaged.

    Raises:
        IndexDamaged: the check failed, ended by a signal or took too long.
    """
    command = [sys.executable, "-m", "knowledge.search.generation_check", str(folder), digest]
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(
            command,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise IndexDamaged(f"{folder.name}: no answer within {timeout_s:.0f} s") from error
    except OSError as error:
        raise IndexDamaged(f"{folder.name} could not be checked: {error}") from error
    if done.returncode < 0:
        name = signal.Signals(-done.returncode).name
        raise IndexDamaged(f"{folder.name}: opening it ends the process with {name}")
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise IndexDamaged(lines[-1])


def main() -> int:
    """Check the generation named on the command line; 0 when it is sound."""
    try:
        check(Path(sys.argv[1]), sys.argv[2])
    except KnowledgeBaseError as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
