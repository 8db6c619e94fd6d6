"""Reports and progress: counts, exit codes, time left."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ingest.report import IngestReport, Progress, Refusal, print_report, progress_line

REFUSAL = Refusal("b.pdf", "needs-ocr", "b.pdf: no text: needs OCR")
REPORT = IngestReport(("a.md",), (), ("c.md",), (), 7, 2, 1.25)


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (REPORT, 0),
        (replace(REPORT, refused=(REFUSAL,)), 3),
        (replace(REPORT, added=(), unchanged=(), refused=(REFUSAL,)), 1),
        (replace(REPORT, added=(), unchanged=()), 1),
        (replace(REPORT, added=()), 0),
        (replace(REPORT, interrupted=True), 130),
    ],
)
def test_the_exit_code_tells_how_it_went(report: IngestReport, code: int) -> None:
    assert report.exit_code == code


def test_the_json_report_holds_every_file_and_the_exit_code() -> None:
    fields = json.loads(replace(REPORT, refused=(REFUSAL,)).to_json())
    assert fields == {
        "added": ["a.md"],
        "changed": [],
        "unchanged": ["c.md"],
        "refused": [{"name": "b.pdf", "code": "needs-ocr", "reason": REFUSAL.reason}],
        "chunks_embedded": 7,
        "chunks_reused": 2,
        "seconds": 1.25,
        "interrupted": False,
        "exit_code": 3,
    }


def test_names_are_printed_as_they_are_and_not_as_markup(
    capsys: pytest.CaptureFixture[str],
) -> None:
    odd = Refusal("[red]x[/red].pdf", "damaged", "[red]x[/red].pdf: damaged [/]")
    print_report(replace(REPORT, refused=(odd,)))
    printed = capsys.readouterr().out
    assert odd.reason in printed
    assert "1 added, 0 changed, 1 unchanged, 1 refused" in printed


def test_progress_tells_rate_and_time_left() -> None:
    progress = Progress(files_done=3, files=9, chunks_done=40, chunks_expected=280, seconds=2.0)
    assert progress_line(progress) == "40/~280 chunks · 20.0 chunks/s · 0:12 left"


def test_progress_without_a_rate_guesses_nothing() -> None:
    progress = Progress(files_done=0, files=9, chunks_done=0, chunks_expected=80, seconds=0.0)
    assert progress.seconds_left is None
    assert progress_line(progress) == "0/~80 chunks"
