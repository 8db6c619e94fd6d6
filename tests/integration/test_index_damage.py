"""Whatever happens to the files of an index, answers go on, stay right, and a rebuild mends it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import IndexDamaged
from knowledge.models import Viewer
from knowledge.search.generations import CURRENT, build, current
from knowledge.search.indexes import Indexes
from knowledge.settings import Settings
from tests.fakes import STAFF
from tests.integration.index_source import MemoryRegister, unit_vectors

CONTRACTOR = Viewer("contractor", frozenset({"contractor"}))
QUERIES = unit_vectors(5, seed=99)

OURS = [
    "manifest.json",
    "partition-1/keys.npy",
    "partition-1/vectors.npy",
    "partition-1/languages.npy",
    "partition-1/lexical/chunks/idf.npy",
    "partition-1/lexical/chunks/impacts.npy",
    "partition-1/lexical/chunks/rows.npy",
    "partition-1/lexical/chunks/starts.npy",
    "partition-1/lexical/chunks/vocabulary.json",
    "partition-1/lexical/documents/impacts.npy",
    "partition-1/lexical/documents/vocabulary.json",
    "partition-1/lexical/document_of.npy",
]
CHROMA = [
    "partition-1/chroma/chroma.sqlite3",
    "partition-1/chroma/*/data_level0.bin",
    "partition-1/chroma/*/header.bin",
    "partition-1/chroma/*/index_metadata.pickle",
    "partition-1/chroma/*/length.bin",
    "partition-1/chroma/*/link_lists.bin",
]


def cut_in_half(victim: Path, other: Path) -> None:
    os.truncate(victim, victim.stat().st_size // 2)


def delete(victim: Path, other: Path) -> None:
    victim.unlink()


def overwrite(victim: Path, other: Path) -> None:
    """Other bytes, as many; a file of no bytes gets some."""
    victim.write_bytes(random.Random(1).randbytes(victim.stat().st_size or 10))


def flip_one_byte(victim: Path, other: Path) -> None:
    data = bytearray(victim.read_bytes()) or bytearray(b"\0")
    data[len(data) // 2] ^= 0xFF
    victim.write_bytes(data)


def swap(victim: Path, other: Path) -> None:
    """The file of the same name of the generation before, which showed other rows."""
    shutil.copyfile(other, victim)


DAMAGES: list[Callable[[Path, Path], None]] = [cut_in_half, delete, overwrite, flip_one_byte, swap]


def make_register() -> MemoryRegister:
    register = MemoryRegister()
    register.add(unit_vectors(60, seed=1), audience="contractor")
    register.add(unit_vectors(140, seed=2))
    return register


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two generations: one of other rows, then the one that is published."""
    folder = tmp_path_factory.mktemp("built")
    other = MemoryRegister()
    other.add(unit_vectors(65, seed=3), audience="contractor", language="en")
    other.add(unit_vectors(145, seed=4), language="en")
    build(other, Settings(data_dir=folder))
    build(make_register(), Settings(data_dir=folder))
    return folder


@pytest.fixture
def settings(built: Path, tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "data")
    shutil.copytree(built, settings.data_dir)
    return settings


def published(settings: Settings) -> Path:
    generation = current(settings.index_dir)
    assert generation
    return generation.path


def damaged(settings: Settings, pattern: str, damage: Callable[[Path, Path], None]) -> None:
    folder = published(settings)
    [victim] = folder.glob(pattern)
    [before] = [other for other in settings.index_dir.glob("gen-*") if other != folder]
    [other] = before.glob(pattern)
    damage(victim, other)


def opened(register: MemoryRegister, settings: Settings) -> Indexes:
    """Indexes that ask Chroma for everything, if it can be asked."""
    indexes = Indexes(register, settings, exact_up_to=0)
    indexes.refresh()
    assert indexes.settle(120)
    return indexes


def assert_right(indexes: Indexes, register: MemoryRegister) -> None:
    for viewer in (STAFF, CONTRACTOR):
        for query in QUERIES:
            keys, similarities = indexes.snapshot(viewer).dense(query, 10)
            assert keys.tolist() == register.expected(query, 10, viewer.audiences)
            vectors = {row.key: row.vector for row in register.index_rows()}
            assert similarities == pytest.approx([vectors[k] @ query for k in keys], abs=1e-6)
        some = indexes.snapshot(viewer).keys[7]
        scores = indexes.snapshot(viewer).lexical.scores([[(f"clave{some}", 1.0)]])
        assert indexes.snapshot(viewer).keys[scores > 0].tolist() == [some]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", OURS)
def test_answers_are_right_and_damage_is_told_when_a_file_is_damaged(
    settings: Settings, file: str, damage: Callable[[Path, Path], None]
) -> None:
    register = make_register()
    damaged(settings, file, damage)
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded
    assert Path(file).name in indexes.degraded
    assert "voz rebuild" in indexes.degraded


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", CHROMA)
def test_answers_are_right_when_a_file_of_chroma_is_damaged(
    settings: Settings, file: str, damage: Callable[[Path, Path], None]
) -> None:
    register = make_register()
    damaged(settings, file, damage)
    indexes = opened(register, settings)
    assert_right(indexes, register)
    if indexes.degraded is None:
        # Only a byte of SQLite's file that nobody reads may pass unseen.
        assert (file, damage) == (CHROMA[0], flip_one_byte)
    else:
        assert "Chroma is not usable" in indexes.degraded


@pytest.mark.parametrize("damage", [cut_in_half, delete, overwrite])
@pytest.mark.parametrize("chroma_too", [False, True])
def test_damage_while_it_is_served_changes_no_answer(
    settings: Settings, damage: Callable[[Path, Path], None], *, chroma_too: bool
) -> None:
    register = make_register()
    indexes = opened(register, settings)
    assert indexes.degraded is None
    for file in OURS[1:] + (CHROMA if chroma_too else []):
        damaged_file = next(published(settings).glob(file))
        damage(damaged_file, damaged_file)
    assert_right(indexes, register)
    register.add(QUERIES)
    indexes.refresh()
    assert_right(indexes, register)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "gen-2-1",
        "gen-2-1 0000",
        "garbage \x00\x01",
        "../../elsewhere abc",
        "/etc abc",
        "gen-../../x abc",
        "." * 5000,
    ],
)
def test_a_pointer_to_nowhere_is_told_and_does_no_harm(settings: Settings, text: str) -> None:
    register = make_register()
    (settings.index_dir / CURRENT).write_text(text)
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded


def test_a_pointer_of_bytes_that_are_no_text_is_told(settings: Settings) -> None:
    (settings.index_dir / CURRENT).write_bytes(b"\xff\xfe\x80" * 20)
    register = make_register()
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded


def test_a_pointer_that_is_a_folder_is_told(settings: Settings) -> None:
    (settings.index_dir / CURRENT).unlink()
    (settings.index_dir / CURRENT).mkdir()
    register = make_register()
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded


def test_a_missing_pointer_beside_generations_is_told(settings: Settings) -> None:
    (settings.index_dir / CURRENT).unlink()
    register = make_register()
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded
    assert CURRENT in indexes.degraded


def test_a_generation_that_is_gone_is_told(settings: Settings) -> None:
    shutil.rmtree(published(settings))
    register = make_register()
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded


def test_the_generation_before_under_the_name_of_the_published_one_is_told(
    settings: Settings,
) -> None:
    target = published(settings)
    [before] = [folder for folder in settings.index_dir.glob("gen-*") if folder != target]
    shutil.rmtree(target)
    before.rename(target)
    register = make_register()
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded


def test_no_index_at_all_is_no_damage(settings: Settings) -> None:
    shutil.rmtree(settings.index_dir)
    register = make_register()
    indexes = opened(register, settings)
    assert_right(indexes, register)
    assert indexes.degraded is None


@pytest.mark.parametrize("file", [CURRENT, OURS[0], OURS[2], OURS[8], CHROMA[0], CHROMA[1]])
def test_a_rebuild_mends_it_for_those_who_serve(settings: Settings, file: str) -> None:
    register = make_register()
    if file == CURRENT:
        (settings.index_dir / CURRENT).write_text("nowhere")
    else:
        damaged(settings, file, overwrite)
    indexes = opened(register, settings)
    assert indexes.degraded
    build(register, settings)
    indexes.refresh()
    assert indexes.settle(120)
    assert indexes.degraded is None
    assert indexes.snapshot(STAFF).segments[0].nearest is not None
    assert_right(indexes, register)


def test_a_chroma_that_fails_in_the_middle_is_left_alone_from_then_on(settings: Settings) -> None:
    register = make_register()
    indexes = opened(register, settings)
    nearest = indexes.snapshot(STAFF).segments[0].nearest
    assert nearest is not None

    class Broken:
        def __len__(self) -> int:
            return 140

        def search(self, query: object, *, top_k: int) -> object:
            raise IndexDamaged("broken")

    object.__setattr__(indexes.snapshot(STAFF).segments[0], "nearest", Broken())
    assert_right(indexes, register)
    assert indexes.degraded
    assert "broken" in indexes.degraded
    assert indexes.snapshot(STAFF).segments[0].nearest is None
    assert_right(indexes, register)


READER = """
import sys
from pathlib import Path
from knowledge.search.indexes import Indexes
from knowledge.settings import Settings
from tests.fakes import STAFF
from tests.integration.test_index_damage import QUERIES, make_register

register = make_register()
indexes = Indexes(register, Settings(data_dir=Path(sys.argv[1])), exact_up_to=0)
indexes.refresh()
assert indexes.settle(100)
assert indexes.snapshot(STAFF).segments[0].nearest is not None, indexes.degraded
for query in QUERIES:
    found = indexes.snapshot(STAFF).dense(query, 10)[0].tolist()
    assert found == register.expected(query, 10), found
print("right")
"""


def test_three_processes_read_one_generation_at_once(settings: Settings) -> None:
    command = [sys.executable, "-c", READER, str(settings.data_dir)]
    root = Path(__file__).resolve().parents[2]
    readers = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for reader in readers:
        out, _ = reader.communicate(timeout=200)
        assert (out, reader.returncode) == ("right\n", 0)
