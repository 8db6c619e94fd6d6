"""The example company: the committed files are what the script makes, and the README lists them."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest

ALMENDRO = Path(__file__).resolve().parents[2] / "examples" / "almendro"
DOCUMENTS = ALMENDRO / "documents"
TEXTS = sorted((ALMENDRO / "texts").glob("*.md"))
SOURCES = [re.search(r"^source: (.+)$", p.read_text("utf-8"), re.M)[1] for p in TEXTS]  # type: ignore[index]
MAX_FOLDER_BYTES = 1_500_000


def build_into(folder: Path, *, hash_seed: str = "0", zone: str = "UTC") -> Path:
    """Runs the script as a user would, in its own process, and returns `folder`."""
    script = ALMENDRO / "build.py"
    environment = {"PYTHONHASHSEED": hash_seed, "TZ": zone, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), "--out", str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_into(tmp_path_factory.mktemp("built"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def contents(path: Path) -> list[tuple[str, str]]:
    """Returns what `path` says, without what depends on the compressor's version."""
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(path)
        outline = [(item["/Title"], "outline") for item in flat(reader.outline)]
        return outline + [(page.extract_text(), "page") for page in reader.pages]
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return [(name, hashlib.sha256(archive.read(name)).hexdigest()) for name in names]


def flat(outline: list) -> list[dict[str, str]]:  # type: ignore[type-arg]  # pypdf nests freely
    return [leaf for item in outline for leaf in (flat(item) if isinstance(item, list) else [item])]


def readme_rows(heading: str) -> list[list[str]]:
    """Returns the cells of the table under `heading`, header and rule left out."""
    section = (ALMENDRO / "README.md").read_text("utf-8").split(f"## {heading}\n")[1]
    lines = section.split("\n## ")[0].splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize("source", SOURCES)
def test_a_committed_file_is_what_the_script_makes_from_its_text(built: Path, source: str) -> None:
    assert contents(DOCUMENTS / source) == contents(built / source)


def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = build_into(tmp_path, hash_seed="7", zone="Asia/Tokyo")

    assert {p.name: digest(p) for p in again.iterdir()} == {
        p.name: digest(p) for p in built.iterdir()
    }


def test_every_text_makes_one_file(built: Path) -> None:
    assert sorted(p.name for p in built.iterdir()) == sorted(SOURCES)


def test_the_readme_lists_every_document_once() -> None:
    listed = [row[0] for row in readme_rows("Documents")]

    assert sorted(listed) == sorted(p.name for p in DOCUMENTS.iterdir())


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_the_readme_agrees_with_the_front_matter(text: Path) -> None:
    front_matter = text.read_text("utf-8").split("---\n")[1]
    meta = dict(re.findall(r"^(\w+):[ ]*(.*)$", front_matter, re.M))
    row = next(row for row in readme_rows("Documents") if row[0] == meta["source"])

    assert row[1:5] == [meta[k] for k in ("language", "audience", "valid_from", "valid_to")]


def test_contradictions_name_documents_that_exist() -> None:
    cited = {
        name
        for row in readme_rows("Contradictions left in on purpose")
        for name in re.findall(
            r"[\w-]+\.(?:pdf|docx|xlsx|pptx|html|md|csv|eml|txt)", f"{row[2]} {row[3]}"
        )
    }

    assert cited
    assert cited <= {p.name for p in DOCUMENTS.iterdir()}


def test_accents_and_currency_survive_in_a_pdf() -> None:
    pages = pypdf.PdfReader(DOCUMENTS / "politica-devoluciones-2026.pdf").pages
    text = "".join(page.extract_text() for page in pages)

    assert "señales de uso" in text
    assert "29,90 €" in text
    assert "Página 2" in text


def test_the_folder_stays_small() -> None:
    files = (p for p in ALMENDRO.rglob("*") if p.is_file() and not in_cache(p))

    assert sum(p.stat().st_size for p in files) < MAX_FOLDER_BYTES


def in_cache(path: Path) -> bool:
    return any(part.startswith((".", "__py")) for part in path.relative_to(ALMENDRO).parts)
