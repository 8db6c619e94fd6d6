"""What an ingest tells: its progress while it runs and its report at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

EXIT_OK = 0
EXIT_NOTHING = 1
EXIT_SOME_REFUSED = 3
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class Refusal:
    """A file that gave no document.

    Attributes:
        name: what it would have been known by.
        code: stable identifier of the reason, see `knowledge.errors.DocumentRefused`.
        reason: one line that names the file and says what to do.
    """

    name: str
    code: str
    reason: str


@dataclass(frozen=True)
class IngestReport:
    """What became of every file of a run.

    Attributes:
        added, changed, unchanged: names of documents, in the order they were done.
        refused: files that gave no document.
        chunks_embedded: chunks whose vectors this run computed.
        chunks_reused: chunks of added and changed documents whose vectors were there already.
        seconds: how long it took.
        interrupted: it was stopped before the end; what is listed is stored.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[Refusal, ...]
    chunks_embedded: int
    chunks_reused: int
    seconds: float
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """0 all stored, 1 nothing usable, 3 some files refused, 130 interrupted."""
        if self.interrupted:
            return EXIT_INTERRUPTED
        if not (self.added or self.changed or self.unchanged):
            return EXIT_NOTHING
        return EXIT_SOME_REFUSED if self.refused else EXIT_OK

    def to_json(self) -> str:
        """The report as one JSON object, the exit code included."""
        fields = asdict(self) | {"seconds": round(self.seconds, 3), "exit_code": self.exit_code}
        return json.dumps(fields, ensure_ascii=False, indent=2)

    def summary(self) -> str:
        """One line of counts."""
        return (
            f"{len(self.added)} added, {len(self.changed)} changed, "
            f"{len(self.unchanged)} unchanged, {len(self.refused)} refused; "
            f"{self.chunks_embedded} chunks embedded, {self.chunks_reused} reused; "
            f"{self.seconds:.1f} s"
        )


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        files_done: files that are stored, unchanged or refused.
        files: files in all.
        chunks_done: chunks embedded.
        chunks_expected: chunks to embed in all, estimated from the files read so far.
        seconds: time since the first chunk was handed to the model; 0 before that.
    """

    files_done: int
    files: int
    chunks_done: int
    chunks_expected: int
    seconds: float

    @property
    def chunks_per_s(self) -> float:
        """Chunks embedded per second so far; 0 before the first."""
        return self.chunks_done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimate for the rest; `None` before there is a rate."""
        if not self.chunks_done:
            return None
        return max(0, self.chunks_expected - self.chunks_done) / self.chunks_per_s


OnProgress = Callable[[Progress], None]


def ignore_progress(progress: Progress) -> None:
    """For callers that show none."""


@contextmanager
def progress_bar() -> Iterator[OnProgress]:
    """A bar on stderr while the block runs; nothing where stderr is not a terminal."""
    from rich import progress as rich_progress
    from rich.console import Console

    console = Console(stderr=True)
    columns = (
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.TextColumn("{task.completed}/{task.total} files · {task.fields[detail]}"),
    )
    with rich_progress.Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bars:
        task = bars.add_task("ingest", total=None, detail="reading")
        yield lambda progress: _show(bars, task, progress)


@contextmanager
def index_progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """As `progress_bar`, for the build of the indexes: stage, chunks done, chunks in all."""
    with stage_progress_bar("indexes") as told:
        yield told


@contextmanager
def stage_progress_bar(label: str) -> Iterator[Callable[[str, int, int], None]]:
    """As `progress_bar`, for work in stages: stage, how many are done, how many in all."""
    with _plain_bar(label) as (bars, task):
        yield lambda stage, done, total: bars.update(
            task, description=f"{label}: {stage}", completed=done, total=total
        )


@contextmanager
def fetch_progress_bar() -> Iterator[Callable[[int, int], None]]:
    """As `progress_bar`, while pages are fetched: how many are done, how many there are."""
    with _plain_bar("fetching") as (bars, task):
        yield lambda done, total: bars.update(task, completed=done, total=total)


@contextmanager
def _plain_bar(label: str) -> Iterator[tuple[Bars, TaskID]]:
    from rich import progress as rich_progress
    from rich.console import Console

    console = Console(stderr=True)
    with rich_progress.Progress(
        console=console, transient=True, disable=not console.is_terminal
    ) as bars:
        yield bars, bars.add_task(label, total=None)


def _show(bars: Bars, task: TaskID, progress: Progress) -> None:
    bars.update(
        task,
        completed=progress.files_done,
        total=progress.files,
        detail=progress_line(progress),
    )


def progress_line(progress: Progress) -> str:
    """Chunks, rate and time left as one short text."""
    chunks = f"{progress.chunks_done}/~{progress.chunks_expected} chunks"
    left = progress.seconds_left
    if left is None:
        return chunks
    minutes, seconds = divmod(round(left), 60)
    return f"{chunks} · {progress.chunks_per_s:.1f} chunks/s · {minutes}:{seconds:02d} left"


def print_report(report: IngestReport) -> None:
    """Refusals, each on a line of its own, and counts on stdout, for people."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for refusal in report.refused:
        # Names come from outside: as Text they are never read as markup.
        line = Text(f"refused ({refusal.code}) ", style="yellow").append(refusal.reason, "default")
        console.print(line, soft_wrap=True)
    console.print(Text(report.summary(), style="bold"), soft_wrap=True)
