"""A run on disk: a folder that is only ever added to.

``manifest.json`` says what was asked of what; ``items.jsonl`` has one outcome a line, as they came;
``scores.jsonl`` and ``summary.json`` are written when all are there. A run that was broken off goes
on where it ended.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter, ValidationError

from eval.golden.reading import GoldenSet, read_golden, written
from eval.measures.models import Measure
from eval.outcome import Outcome
from eval.refusals import because
from eval.runs.scoring import Scored, Summary
from knowledge.errors import NotFound, SettingsError, WrongState

_ID = re.compile(r"[\w.-]{1,80}")
_OUTCOME = TypeAdapter(Outcome)
_SUMMARIES = TypeAdapter(list[Summary])
_SCORED = TypeAdapter(Scored)


@dataclass(frozen=True)
class RunFolder:
    """One run.

    Attributes:
        path: its folder; the last part is the run's id.
    """

    path: Path

    @classmethod
    def create(
        cls, root: Path, run_id: str, manifest: Mapping[str, Any], golden: GoldenSet
    ) -> RunFolder:
        """A new run, nothing asked yet.

        Args:
            root: folder of all runs.
            run_id: letters, digits, dots, dashes and underscores.
            manifest: what tells runs apart, see `eval.runs.manifest`.
            golden: what will be asked; kept beside the outcomes.

        Raises:
            WrongState: there is such a run already.
            SettingsError: the folder cannot be written.
        """
        path = root / run_id
        try:
            path.mkdir(parents=True)
            (path / "golden.jsonl").write_text(written(golden), "utf-8")
            _write_json(path / "manifest.json", manifest)
        except FileExistsError as error:
            raise WrongState(because("run-there", run=run_id)) from error
        except OSError as error:
            raise SettingsError(
                because("run-unwritable", path=path, why=error.strerror or "")
            ) from error
        return cls(path)

    @classmethod
    def open(cls, root: Path, run_id: str) -> RunFolder:
        """A run that is there.

        Raises:
            NotFound: it is not.
        """
        path = root / run_id
        if not _ID.fullmatch(run_id) or not (path / "manifest.json").is_file():
            known = ", ".join(run_ids(root)[:5]) or "–"
            raise NotFound(because("run-unknown", run=run_id, known=known))
        return cls(path)

    @property
    def id(self) -> str:
        """What people name it by."""
        return self.path.name

    @property
    def finished(self) -> bool:
        """Whether all was asked and scored."""
        return (self.path / "summary.json").is_file()

    def manifest(self) -> dict[str, Any]:
        """What was asked of what.

        Raises:
            SettingsError: the file is damaged.
        """
        return _read_json(self.path / "manifest.json")

    def golden(self) -> GoldenSet:
        """What was asked.

        Raises:
            SettingsError: the file is damaged.
        """
        golden, faults = read_golden(_read(self.path / "golden.jsonl"))
        if golden is None:
            raise _damaged(self.path / "golden.jsonl", str(faults[0]))
        return golden

    def outcomes(self) -> dict[str, Outcome]:
        """What is there so far, by the case's id; a line that was broken off is not counted.

        Raises:
            SettingsError: a line is damaged.
        """
        path = self.path / "items.jsonl"
        lines = _read(path).split(b"\n") if path.exists() else [b""]
        found: dict[str, Outcome] = {}
        for number, line in enumerate(lines[:-1], 1):
            try:
                outcome = _OUTCOME.validate_json(line)
            except ValidationError as error:
                raise _damaged(path, f"line {number}: {error.errors()[0]['msg']}") from error
            found[outcome.case] = outcome
        return found

    @contextmanager
    def adding(self) -> Iterator[Adding]:
        """Writes outcomes behind those that are there.

        Raises:
            WrongState: the run is finished.
        """
        if self.finished:
            raise WrongState(because("run-finished", run=self.id))
        path = self.path / "items.jsonl"
        whole = path.exists() and _read(path).rfind(b"\n") + 1
        with path.open("ab") as items:
            items.truncate(whole or 0)
            yield Adding(items)
            os.fsync(items.fileno())

    def finish(self, scored: Sequence[Scored], summaries: Sequence[Summary]) -> None:
        """Writes what it came to; after that nothing changes any more.

        Raises:
            WrongState: that was done before.
        """
        if self.finished:
            raise WrongState(because("run-finished", run=self.id))
        lines = (json.dumps(asdict(one), ensure_ascii=False) for one in scored)
        (self.path / "scores.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        _write_json(self.path / "summary.json", [asdict(one) for one in summaries])

    def summaries(self) -> list[Summary]:
        """What it came to.

        Raises:
            WrongState: it is not finished.
            SettingsError: the file is damaged.
        """
        self._require_finished()
        try:
            return _SUMMARIES.validate_json(_read(self.path / "summary.json"))
        except ValidationError as error:
            raise _damaged(self.path / "summary.json", error.errors()[0]["msg"]) from error

    def scores(self) -> list[Scored]:
        """Every measure of every case.

        Raises:
            WrongState: it is not finished.
            SettingsError: the file is damaged.
        """
        self._require_finished()
        path = self.path / "scores.jsonl"
        try:
            return [_SCORED.validate_json(line) for line in _read(path).splitlines()]
        except ValidationError as error:
            raise _damaged(path, error.errors()[0]["msg"]) from error

    def _require_finished(self) -> None:
        if not self.finished:
            raise WrongState(because("run-unfinished", run=self.id))


@dataclass(frozen=True)
class Adding:
    """A run's outcomes while they come."""

    items: IO[bytes]

    def add(self, outcome: Outcome) -> None:
        """One more, on disk when this returns unless the machine fails."""
        self.items.write(_OUTCOME.dump_json(outcome) + b"\n")
        self.items.flush()


def run_ids(root: Path) -> list[str]:
    """All runs, newest first: their ids begin with the time."""
    if not root.is_dir():
        return []
    return sorted((p.parent.name for p in root.glob("*/manifest.json")), reverse=True)


def catalogue(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """What a manifest says of the measures: runs are compared in those of equal version."""
    return [
        {"name": m.name, "version": m.version, "higher_is_better": m.higher_is_better}
        for m in measures
    ]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _damaged(path, error.strerror or "") from error


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_read(path))
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    return dict(found)


def _write_json(path: Path, content: object) -> None:
    """Whole or not at all."""
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    draft.rename(path)


def _damaged(path: Path, why: str) -> SettingsError:
    return SettingsError(because("run-damaged", path=path, why=why))
