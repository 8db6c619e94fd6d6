"""The public collection of broken and awkward files: each a document or one clear line."""

import json
import os
import time
from pathlib import Path

import pytest

from ingest.sandbox import Limits, parse
from ingest.sources import Refused, expand
from knowledge.errors import DocumentRefused
from knowledge.models import Document

SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).resolve().parents[2].parent / "shared"))
FOLDER = SHARED / "data" / "bad_files"
MANIFEST = FOLDER / "manifest.jsonl"
WALL_S = 20.0

pytestmark = pytest.mark.skipif(
    not MANIFEST.exists(), reason=f"no test data in {FOLDER}; set SHARED_DIR"
)


def manifest() -> list[dict]:
    if not MANIFEST.exists():
        return []
    return [json.loads(line) for line in MANIFEST.read_text(encoding="utf-8").splitlines()]


ENTRIES = manifest()
# Damaged so that what one library draws out of them is not to be expected of another.
UNEVEN = {
    "files/ContentStreamCycleType3insideType3.pdf",
    "files/issue6010_2.pdf",
    "files/ThuluthFeatures.pdf",
    "files/habibi-rotated.pdf",
}


def outcomes(path: Path) -> list[tuple[str, Document | DocumentRefused]]:
    results: list[tuple[str, Document | DocumentRefused]] = []
    for source in expand([path]):
        if isinstance(source, Refused):
            results.append((source.name, DocumentRefused(source.code, source.message)))
            continue
        try:
            results.append((source.name, parse(source.read(), source.name, Limits(wall_s=WALL_S))))
        except DocumentRefused as refusal:
            results.append((source.name, refusal))
    return results


def expected_chars(entry: dict) -> int:
    """Characters that both libraries could draw out of the file without its password."""
    seen = [one.get("text_chars", 0) for one in (entry.get("observed") or {}).values()]
    locked = entry["kind"] == "encrypted" and entry["password"]
    return 0 if locked or not seen else min(seen)


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"][6:] for entry in ENTRIES])
def test_it_gives_a_document_or_one_line(entry: dict) -> None:
    started = time.monotonic()
    results = outcomes(FOLDER / entry["file"])
    assert time.monotonic() - started < WALL_S + 5
    assert results
    for name, outcome in results:
        if isinstance(outcome, Document):
            assert outcome.text.strip()
            assert outcome.title
        else:
            message = str(outcome)
            assert name.rsplit("/", 1)[-1] in message
            assert "\n" not in message
            assert len(message) < 400
            assert outcome.code not in ("timeout", "crashed"), message
    expected = expected_chars(entry)
    if expected > 5 and entry["file"] not in UNEVEN:
        (_, outcome), *_ = results
        assert isinstance(outcome, Document), outcome
        assert len(outcome.text) > 0.75 * expected


def refusal_of(name: str) -> str:
    ((_, outcome),) = outcomes(FOLDER / "files" / name)
    assert isinstance(outcome, DocumentRefused)
    return outcome.code


def text_of(name: str) -> str:
    ((_, outcome),) = outcomes(FOLDER / "files" / name)
    assert isinstance(outcome, Document)
    return outcome.text


@pytest.mark.parametrize(
    "name",
    [
        "r2-user-password.pdf",
        "r6-both-passwords.pdf",
        "libreoffice-writer-password.pdf",
        "testUnicodePassword.pdf",
        "testWORD_protected_passtika.docx",
        "testEXCEL_protected_passtika.xlsx",
    ],
)
def test_locked_files_ask_for_a_password(name: str) -> None:
    assert refusal_of(name) == "password-needed"


@pytest.mark.parametrize("name", ["testOCR.pdf", "pdf-with-jbig2.pdf", "grayscale-image.pdf"])
def test_scans_ask_for_ocr(name: str) -> None:
    assert refusal_of(name) == "needs-ocr"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("r6-user-password.pdf", "pdf encryption test"),
        ("testTXT_win-1252.txt", "smart quotes"),
        ("english.cp500.txt", "IntelliStation POWER"),
        ("russian.cp866.txt", "в студеную зимнюю пору"),
        ("testHTML_charset_utf16le.html", "This is a sample text"),
        ("html-named-as.md", "This is a sample text"),
        ("testArabicMisleadingCharset.html", "رجل حكيم"),
        ("docx-named-as.pdf", "Simple paragraph"),
        ("text-named-as.pdf", "todos ganan con la contratacion"),
        ("testWORD_missing_text.docx", "Rich_text_in_cell"),
        ("multicolumn.pdf", "consectetuer adipiscing elit"),
        ("multicolumn.pdf", "Country: Austria; Population (millions): 8.9"),
        ("noembed-sjis.pdf", "あいうえお"),
        ("zen_of_python_corrupted.pdf", "Beautiful is better than ugly."),
    ],
)
def test_awkward_files_are_read_right(name: str, words: str) -> None:
    assert words in " ".join(text_of(name).split())
