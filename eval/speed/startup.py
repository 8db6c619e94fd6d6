"""How long until anything answers: the command line, the assistant, the page.

Every figure is of a process started for it, and stands beside one that does nothing at all.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.corpora.desks import DOCUMENTS
from eval.provenance import load_average
from eval.speed.corpus import Progress, ignore
from eval.statistics.percentiles import median
from ingest.pipeline import ingest
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.errors import KnowledgeBaseError
from knowledge.register import Register
from knowledge.search import generations
from knowledge.search.freshness import needs_build
from knowledge.settings import Settings

REPETITIONS = 5
TIMEOUT_S = 120.0
_COMMAND_LINE = "from assistant.shell.cli import main; main()"
"""What the console script ``voz`` runs."""
_ADDRESS = re.compile(r"http://\S+")


def bench_startup(
    settings: Settings,
    *,
    repetitions: int = REPETITIONS,
    documents: Path = DOCUMENTS,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Seconds, medians over the repetitions.

    Args:
        settings: the data folder's; the example company is kept in ``bench/startup`` below it.
        repetitions: how often each is measured; of what takes seconds, three at most.
        documents: what is brought in and asked.
        progress: told, in one line, of work that takes seconds.

    Returns:
        ``nothing_s`` (``python -c pass``), ``help_s``, ``import_s``, ``help_ratio``;
        ``open_s``, the stages of `eval.speed.first_answer` in seconds, and ``cpu`` among them,
        what all of them took of the processor; ``server_s`` from the start of ``voz serve`` to
        its first page, that of signing in, and the ``server_ratio``.

    Raises:
        KnowledgeBaseError: the server does not come up.
    """
    tell = progress or ignore
    own = example_company(settings, documents, tell)
    tell("starting the command line")
    quick: dict[str, list[float]] = {"nothing": [], "import": [], "help": []}
    for _ in range(repetitions):  # one after the other: a busy moment slows all alike
        quick["nothing"].append(run_s(["-c", "pass"]))
        quick["import"].append(run_s(["-c", "import assistant.shell.cli"]))
        quick["help"].append(run_s(["-c", _COMMAND_LINE, "--help"]))
    slow = min(repetitions, 3)
    tell("opening the assistant")
    opened = [_first_answer(own) for _ in range(slow)]
    tell("starting the server")
    served = [_server_s(own) for _ in range(slow)]
    seconds = {name: round(median(values), 3) for name, values in quick.items()}
    server = round(median(served), 2)
    return {
        **{f"{name}_s": value for name, value in seconds.items()},
        "help_ratio": round(seconds["help"] / seconds["nothing"], 1),
        "open_s": {name: round(median([o[name] for o in opened]), 3) for name in opened[0]},
        "server_s": server,
        "server_ratio": round(server / seconds["nothing"], 1),
        "load_average": load_average(),
    }


def run_s(arguments: Sequence[str]) -> float:
    """Seconds that a Python process takes from start to end."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def example_company(
    settings: Settings, documents: Path, progress: Progress, *, name: str = "startup"
) -> Settings:
    """The settings of a register that holds the example company, indexes built.

    Args:
        settings: the data folder's; the register is kept in ``bench/<name>`` below it.
        documents: of the company.
        progress: told, in one line, of work that takes seconds.
        name: of its folder.
    """
    own = settings.apart("bench", name)
    embedder = SentenceTransformerEmbedder.open(settings, progress)
    own.data_dir.mkdir(parents=True, exist_ok=True)
    if not own.bundled_model_dir.exists() and settings.bundled_model_dir.exists():
        own.bundled_model_dir.symlink_to(settings.bundled_model_dir.resolve())
    with Register.open(own, write=True) as register:
        ingest([documents], register, embedder, own)
        if needs_build(register, own):
            generations.build(register, own)
    return own


def _environment(settings: Settings) -> Mapping[str, str]:
    return os.environ | {
        "VOZ_DATA_DIR": str(settings.data_dir.resolve()),
        "VOZ_DATABASE_URL": "",
        "VOZ_HOST": "127.0.0.1",
        "VOZ_PORT": "0",
    }


def _first_answer(settings: Settings) -> dict[str, float]:
    """Seconds of each stage until a first answer, in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "eval.speed.first_answer"],
        env=_environment(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise KnowledgeBaseError(f"the assistant gave no answer: {last}")
    stages: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return stages


def _server_s(settings: Settings) -> float:
    """Seconds from starting ``voz serve`` until its page has been loaded."""
    began = time.perf_counter()
    with (
        serving(settings) as address,
        urllib.request.urlopen(address, timeout=TIMEOUT_S) as page,
    ):
        page.read()
        return time.perf_counter() - began


@contextmanager
def serving(settings: Settings, more: Mapping[str, str] | None = None) -> Iterator[str]:
    """A server in a process of its own, from its first page on: its address. Killed afterwards.

    Args:
        settings: of its register.
        more: variables of its environment.

    Raises:
        KnowledgeBaseError: it does not come up.
    """
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", _COMMAND_LINE, "serve"],
        env={**_environment(settings), **(more or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if process.stdout is None:
        raise RuntimeError("a pipe was asked for")
    try:
        found = next(filter(None, map(_ADDRESS.search, process.stdout)), None)
        if found is None:
            raise KnowledgeBaseError("`voz serve` ended without serving; run it to see why")
        yield found.group()
    finally:
        process.kill()
        process.communicate()
