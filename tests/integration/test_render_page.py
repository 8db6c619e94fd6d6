"""A cited PDF page as an image, drawn in a real child process."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.shell import render
from assistant.shell.render import PageImages, draw_page
from tests.e2e.page_double import make_pdf

QUOTE = "El cliente puede devolver cualquier mueble en los 14 días siguientes a la entrega"
PARTS = (
    ("heading", "Política de devoluciones"),
    ("paragraph", QUOTE + " y sin dar explicaciones, si conserva el embalaje."),
)
YELLOW = (255, 226, 92)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(make_pdf(PARTS))
    return path


def yellow_box(png: bytes) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of what is coloured as marked."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    rows, columns = np.nonzero((pixels == YELLOW).all(axis=2))
    if not len(rows):
        return None
    return columns.min(), rows.min(), columns.max(), rows.max()


def test_the_passage_is_marked_on_the_page(pdf: Path) -> None:
    image = draw_page(pdf, 1, QUOTE)
    assert image is not None
    box = yellow_box(image.png)
    assert box is not None
    assert image.top is not None
    assert abs(image.top - box[1] / Image.open(io.BytesIO(image.png)).height) < 0.01
    left, top, right, bottom = box
    assert right - left > 600
    assert bottom - top < 80


def test_a_passage_that_is_not_there_leaves_the_page_unmarked(pdf: Path) -> None:
    image = draw_page(pdf, 1, "Estas palabras no están en ninguna parte de la página")
    assert image is not None
    assert image.top is None
    assert yellow_box(image.png) is None


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_the_mark_follows_a_rotated_page(tmp_path: Path, rotation: int) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(PARTS))))
    writer.pages[0].rotate(rotation)
    path = tmp_path / "rotated"
    with path.open("wb") as file:
        writer.write(file)
    image = draw_page(path, 1, QUOTE)
    assert image is not None
    assert image.top is not None
    box = yellow_box(image.png)
    assert box is not None
    width, height = box[2] - box[0], box[3] - box[1]
    assert (height > width) == (rotation in (90, 270))


@pytest.mark.parametrize("page", [0, 2, 10**9])
def test_a_page_that_does_not_exist_is_not_drawn(pdf: Path, page: int) -> None:
    assert draw_page(pdf, page, QUOTE) is None


@pytest.mark.parametrize(
    "data", [b"", b"not a pdf", b"%PDF-1.7\n" + b"\x00" * 5000, b"%PDF-1.7\n1 0 obj\n<<>>\n"]
)
def test_a_damaged_file_is_not_drawn(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(data)
    assert draw_page(path, 1, QUOTE) is None


def test_a_missing_file_is_not_drawn(tmp_path: Path) -> None:
    assert draw_page(tmp_path / "missing", 1, QUOTE) is None


def test_a_page_of_any_size_gives_an_image_of_limited_size(tmp_path: Path) -> None:
    data = make_pdf(PARTS)
    huge = re.sub(rb"/MediaBox \[ 0 0 [\d. ]+\]", b"/MediaBox [ 0 0 14000 14000 ]", data)
    assert huge != data
    path = tmp_path / "huge"
    path.write_bytes(huge)
    image = draw_page(path, 1, QUOTE)
    assert image is not None
    assert max(Image.open(io.BytesIO(image.png)).size) <= 2600


def test_a_drawing_that_takes_too_long_is_given_up(
    pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "_TIMEOUT_S", 0.01)
    assert draw_page(pdf, 1, QUOTE) is None


def test_a_drawn_page_is_kept(pdf: Path) -> None:
    images = PageImages(keep=1)
    first = images.get(pdf, 1, QUOTE)
    assert images.get(pdf, 1, QUOTE) is first
    images.get(pdf, 1, "otra cosa")
    again = images.get(pdf, 1, QUOTE)
    assert again is not first
    assert again == first
