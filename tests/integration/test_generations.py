"""Generations: whole or not there, whoever is killed while building them."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import pytest

from knowledge.database.lock import WriterLock
from knowledge.errors import IndexDamaged, ModelError, RegisterError, RegisterLocked, StorageFull
from knowledge.register import Register
from knowledge.search import generations
from knowledge.search.generation_check import check_in_child
from knowledge.search.generation_files import read_segments
from knowledge.search.generations import CURRENT, build, current
from knowledge.search.indexes import Indexes
from knowledge.settings import Settings
from tests.fakes import STAFF, HashingEmbedder, document_of, store
from tests.integration.index_source import MemoryRegister, unit_vectors

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def register() -> MemoryRegister:
    register = MemoryRegister()
    register.add(unit_vectors(60))
    return register


def folders(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.index_dir.glob("gen-*"))


def test_what_is_built_is_published_and_holds_every_row(
    register: MemoryRegister, settings: Settings
) -> None:
    built = build(register, settings)
    published = current(settings.index_dir)
    assert published == built
    segments = read_segments(built.path, built.manifest)
    rows = register.index_rows()
    assert segments["staff"].exact.keys.tolist() == [row.key for row in rows]
    np.testing.assert_array_equal(
        segments["staff"].exact.vectors, np.stack([row.vector for row in rows])
    )


def test_the_manifest_says_what_it_was_built_from(
    register: MemoryRegister, settings: Settings
) -> None:
    manifest = build(register, settings).manifest
    assert (manifest.revision, manifest.fingerprint, manifest.dimension) == (1, "model-a", 16)
    assert manifest.chunks == 60


def test_audiences_are_apart_and_their_names_reach_no_path(settings: Settings) -> None:
    register = MemoryRegister()
    register.add(unit_vectors(5), audience="../../escape")
    register.add(unit_vectors(7, seed=1), audience="staff")
    built = build(register, settings)
    assert {p.partition: p.chunks for p in built.manifest.partitions} == {
        "../../escape": 5,
        "staff": 7,
    }
    assert {path.name for path in built.path.iterdir()} == {
        "manifest.json",
        "partition-0",
        "partition-1",
    }


def test_an_empty_register_gives_an_empty_generation(settings: Settings) -> None:
    built = build(MemoryRegister(), settings)
    assert (built.manifest.chunks, current(settings.index_dir)) == (0, built)


def test_only_the_owner_may_enter_the_folders(register: MemoryRegister, settings: Settings) -> None:
    built = build(register, settings)
    for path in [settings.index_dir, built.path, *(p for p in built.path.iterdir() if p.is_dir())]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path


def test_the_one_before_is_kept_and_older_ones_go(
    register: MemoryRegister, settings: Settings
) -> None:
    names = [build(register, settings).path.name for _ in range(3)]
    assert folders(settings) == sorted(names[1:])


def test_progress_is_told_in_chunks(register: MemoryRegister, settings: Settings) -> None:
    told: list[tuple[str, int, int]] = []
    build(register, settings, lambda *step: told.append(step))
    assert told == [("read", 60, 60), ("write", 60, 60), ("check", 60, 60)]


def test_what_a_dead_builder_left_goes_with_the_next_build(
    register: MemoryRegister, settings: Settings
) -> None:
    half = settings.index_dir / "gen-1-1"
    (half / "partition-0").mkdir(parents=True)
    (half / "partition-0" / "vectors.npy").write_bytes(b"half")
    built = build(register, settings)
    assert folders(settings) == [built.path.name]


def test_two_builders_at_once_are_one_too_many(
    register: MemoryRegister, settings: Settings
) -> None:
    settings.index_dir.mkdir(parents=True)
    lock = WriterLock(settings.index_dir / "build.lock")
    with pytest.raises(RegisterLocked, match=f"pid {os.getpid()}"):
        build(register, settings)
    lock.release()
    assert build(register, settings).manifest.chunks == 60


def test_what_fails_its_check_is_not_published(
    register: MemoryRegister, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(register, settings)

    def damage_first(folder: Path, digest: str) -> None:
        next(folder.rglob("data_level0.bin")).write_bytes(b"")
        check_in_child(folder, digest)

    monkeypatch.setattr(generations, "check_in_child", damage_first)
    with pytest.raises(IndexDamaged, match=r"data_level0\.bin"):
        build(register, settings)
    assert current(settings.index_dir) == before
    assert folders(settings) == [before.path.name]


def test_vectors_of_two_lengths_are_refused(settings: Settings) -> None:
    register = MemoryRegister()
    register.add(unit_vectors(2, 16))
    register.add(unit_vectors(1, 8))
    with pytest.raises(ModelError, match="has 8 numbers, expected 16"):
        build(register, settings)


def test_a_folder_that_cannot_be_made_is_a_storage_error(
    register: MemoryRegister, tmp_path: Path
) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    with pytest.raises((StorageFull, RegisterError), match="index"):
        build(register, Settings(data_dir=tmp_path))


@pytest.mark.parametrize("damage", ["data_level0.bin", "header.bin", "index_metadata.pickle"])
def test_a_folder_that_ends_its_opener_ends_only_the_child(settings: Settings, damage: str) -> None:
    """The digest is right, as after a builder that wrote nonsense: only opening it can tell."""
    register = MemoryRegister()
    register.add(unit_vectors(600))
    built = build(register, settings)
    victim = next(built.path.rglob(damage))
    victim.write_bytes(random.Random(1).randbytes(victim.stat().st_size))
    data = victim.read_bytes()
    manifest = json.loads((built.path / "manifest.json").read_text())
    name = victim.relative_to(built.path).as_posix()
    manifest["files"][name] = [len(data), _digest(data)]
    text = json.dumps(manifest)
    (built.path / "manifest.json").write_text(text)
    with pytest.raises(IndexDamaged):
        check_in_child(built.path, _digest(text.encode()))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


BUILDER = """
import sys
from pathlib import Path
from knowledge.search.generations import build
from knowledge.register import Register
from knowledge.settings import Settings

settings = Settings(data_dir=Path(sys.argv[1]))
with Register.open(settings) as register:
    while True:
        build(register, settings, lambda *step: print(*step, flush=True))
        print("published", flush=True)
"""

KILLS = 20


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_builder_killed_at_any_point_leaves_an_index_that_serves(settings: Settings) -> None:
    embedder = HashingEmbedder()
    with Register.open(settings, write=True) as register:
        for number in range(40):
            texts = [f"Cláusula {number}-{i}: palabra{number * 7 + i} y plazo." for i in range(10)]
            store(register, embedder, document_of(f"doc-{number}.md", texts))
    dice = random.Random(20)
    takes_s = _seconds_of_a_build(settings)
    kills_before_publishing = 0
    for _ in range(KILLS):
        kills_before_publishing += _kill_a_builder(settings, dice.uniform(0, 1.5 * takes_s))
        _assert_serves(settings, embedder)
    assert 0 < kills_before_publishing < KILLS
    with Register.open(settings) as register:
        built = build(register, settings)
    assert len(folders(settings)) <= 2
    assert current(settings.index_dir) == built


@contextmanager
def _building(settings: Settings) -> Iterator[tuple[IO[bytes], Callable[[], None]]]:
    """A process that builds again and again, from its first step on: what it prints, its end."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(settings.data_dir)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdout
    with process.stdout as told:
        assert told.readline().startswith(b"read")
        yield told, lambda: os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _seconds_of_a_build(settings: Settings) -> float:
    with _building(settings) as (told, kill):
        began = time.monotonic()
        while b"published" not in told.readline():
            pass
        kill()
        return time.monotonic() - began


def _kill_a_builder(settings: Settings, delay_s: float) -> bool:
    """Kill a builder some time after it began; whether it had published nothing by then."""
    with _building(settings) as (told, kill):
        time.sleep(delay_s)
        kill()
        return b"published" not in told.read()


def _assert_serves(settings: Settings, embedder: HashingEmbedder) -> None:
    with Register.open(settings) as register:
        indexes = Indexes(register, settings, exact_up_to=0)
        indexes.refresh()
        assert indexes.settle(60)
        snapshot = indexes.snapshot(STAFF)
        assert len(snapshot) == 400
        # Killed before the first was ever published: not built yet, which is no damage.
        if (settings.index_dir / CURRENT).exists():
            assert indexes.degraded is None
        for row in list(register.index_rows())[::40]:
            keys, similarities = snapshot.dense(row.vector, 1)
            assert keys.tolist() == [row.key]
            assert similarities[0] == pytest.approx(1, abs=1e-5)


def test_readers_never_see_a_mix_while_generations_flip(
    register: MemoryRegister, settings: Settings
) -> None:
    """The pointer is read and flipped 500 times; each reading is of one whole generation."""
    pairs = []
    for _ in range(2):
        built = build(register, settings)
        pairs.append(built)
    seen = set()
    for number in range(500):
        generations._publish(settings.index_dir, pairs[number % 2])
        published = current(settings.index_dir)
        assert published is not None
        seen.add(published.path.name)
        assert published == pairs[number % 2]
    assert len(seen) == 2
