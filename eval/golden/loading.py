"""A golden set from a file, whatever it is written in, looked over for personal data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.files import content_of
from eval.golden.models import GoldenCase
from eval.golden.reading import GoldenSet, read_golden
from eval.golden.tables import read_csv, read_xlsx
from eval.refusals import because
from knowledge.errors import SettingsError
from knowledge.privacy.personal import personal_data
from knowledge.refusals.reason import Reason

SUFFIXES = (".jsonl", ".csv", ".xlsx")


def load_golden(path: Path) -> tuple[GoldenSet | None, list[Reason]]:
    """The set in a file, or all that is wrong with it, by line.

    Raises:
        SettingsError: the file cannot be read, or has another ending than those of `SUFFIXES`.
    """
    return parsed(path.name, content_of(path))


def parsed(name: str, content: bytes) -> tuple[GoldenSet | None, list[Reason]]:
    """The set in what was uploaded under a name.

    Raises:
        SettingsError: the name has another ending than those of `SUFFIXES`.
    """
    suffix = Path(name).suffix.lower()
    readers = {".jsonl": read_golden, ".csv": read_csv, ".xlsx": read_xlsx}
    if suffix not in readers:
        raise SettingsError(because("golden-suffix", name=name[:80], known=", ".join(SUFFIXES)))
    return readers[suffix](content)


def personal(golden: GoldenSet) -> list[Reason]:
    """Cases that tell who somebody is, unless a person has looked them over.

    Expected wordings are not looked at: they are the company's own words.
    """
    found = []
    for number, case in enumerate(golden.cases, 1):
        if case.provenance.pii_checked:
            continue
        kinds = sorted({one.kind for text in _said(case) for one in personal_data(text)})
        if kinds:
            found.append(
                because("golden-personal", line=number, case=case.id, kinds=", ".join(kinds))
            )
    return found


def _said(case: GoldenCase) -> Iterator[str]:
    yield from (turn.text for turn in case.turns)
    yield case.standalone_question or ""
    yield case.notes
