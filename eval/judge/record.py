"""Which judges were examined, and how they did: a file of the data folder, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.judge.admission import Admission
from eval.refusals import because
from knowledge.errors import SettingsError
from knowledge.settings import Settings


@dataclass(frozen=True)
class Examined:
    """One test of a judge.

    Attributes:
        judge: its id.
        labelled: hash of the statements that it was examined with.
        at: when, ISO 8601 in UTC.
        admissions: how it did in each language.
    """

    judge: str
    labelled: str
    at: str
    admissions: tuple[Admission, ...]


_EXAMINED = TypeAdapter(Examined)


def record_path(settings: Settings) -> Path:
    """Where tests of judges are kept."""
    return settings.data_dir / "judges.jsonl"


def keep(path: Path, judge: str, labelled: str, admissions: Sequence[Admission]) -> Examined:
    """Adds a test.

    Raises:
        SettingsError: the file cannot be written.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    examined = Examined(judge, labelled, at, tuple(admissions))
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(examined), ensure_ascii=False) + "\n")
    except OSError as error:
        raise SettingsError(because("judge-unwritable", path=path, why=error.strerror)) from error
    return examined


def all_examined(path: Path) -> list[Examined]:
    """Every test, oldest first; none where no judge was examined.

    Raises:
        SettingsError: the file is damaged.
    """
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
        return [_EXAMINED.validate_json(line) for line in lines]
    except (OSError, ValidationError) as error:
        raise SettingsError(because("judge-damaged", path=path)) from error


def newest(path: Path, judge: str, labelled: str) -> Examined | None:
    """The last test of a judge with these statements."""
    found = [one for one in all_examined(path) if (one.judge, one.labelled) == (judge, labelled)]
    return found[-1] if found else None
