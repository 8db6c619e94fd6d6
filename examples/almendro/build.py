"""Builds the example company's PDF, DOCX, XLSX and PPTX files from the texts beside it.

    python examples/almendro/build.py [--out DIR]

The files that are text by nature (HTML, Markdown, CSV, TXT, EML) live in `documents/` only.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from writers.archive import make_reproducible
from writers.pdf import write_pdf
from writers.slides import write_pptx
from writers.source_text import SourceText, read_source_text
from writers.word import write_docx
from writers.workbook import write_xlsx

HERE = Path(__file__).resolve().parent
WRITERS: dict[str, Callable[[SourceText, Path], None]] = {
    "pdf": write_pdf,
    "docx": write_docx,
    "xlsx": write_xlsx,
    "pptx": write_pptx,
}


def build(texts: Path, out: Path) -> list[Path]:
    """Writes one file into `out` for every text in `texts`; returns them by name.

    Raises:
        ValueError: a text has no front matter, or names a format that has no writer.
    """
    out.mkdir(parents=True, exist_ok=True)
    return [_build_one(read_source_text(path), out) for path in sorted(texts.glob("*.md"))]


def _build_one(text: SourceText, out: Path) -> Path:
    if text.format not in WRITERS:
        raise ValueError(f"{text.source}: format must be one of {list(WRITERS)}, got {text.format}")
    path = out / text.source
    WRITERS[text.format](text, path)
    if text.format != "pdf":
        make_reproducible(path)
    return path


def main() -> int:
    """Builds from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Build the example company's documents.")
    parser.add_argument("--out", type=Path, default=HERE / "documents", help="folder to write to")
    out: Path = parser.parse_args().out
    try:
        paths = build(HERE / "texts", out)
    except (OSError, ValueError) as error:
        print(f"build failed: {error}", file=sys.stderr)
        return 1
    print(f"{len(paths)} documents written to {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
