"""Killed anywhere, an ingest loses nothing it acknowledged and shows nothing by halves."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from ingest import sandbox
from ingest.chunk import chunk_document
from knowledge.errors import RegisterError
from knowledge.models import Chunk, Document
from knowledge.register import Register
from knowledge.search import generations
from knowledge.search.indexes import Indexes
from knowledge.settings import Settings, load
from tests.fakes import STAFF, HashingEmbedder
from tests.integration.crash_child import ONCE, POINTS, Crash, Job, run

KILLS = 50
NAMES = [f"manual/{number:02d}.md" for number in range(8)]
VERSIONS = 2
EDITED_PER_ROUND = 4

Expected = tuple[Document, list[Chunk], bytes]

_processes = multiprocessing.get_context("forkserver")


def content(name: str, version: int) -> str:
    """A document of four sections, two of which differ from version to version."""
    sections = []
    for part in range(4):
        edition = version if part < 2 else 0
        body = f"El apartado {part} de {name} manda esperar {3 + part + 7 * edition} días. " * 4
        sections.append(f"## Apartado {part}\n\n{body}\n")
    return f"# Manual {name}\n\n" + "\n".join(sections)


@pytest.fixture(scope="module")
def expected() -> dict[tuple[str, str], Expected]:
    """Every version of every document as an undisturbed run reads it, by name and digest."""
    embedder = HashingEmbedder()
    found: dict[tuple[str, str], Expected] = {}
    for name, version in product(NAMES, range(VERSIONS)):
        original = content(name, version).encode()
        document = sandbox.parse(original, name)
        chunks = chunk_document(document, embedder.count_tokens)
        assert len(chunks) >= 4
        found[name, document.sha256] = (document, chunks, original)
    return found


@dataclass
class World:
    """A data folder, its documents, and what may be true of it."""

    settings: Settings
    folder: Path
    acknowledged: Path
    expected: dict[tuple[str, str], Expected]
    rng: random.Random
    possible: dict[str, set[str | None]] = field(default_factory=dict)
    keys_seen: dict[int, str] = field(default_factory=dict)
    revision: int = 0
    embedder: HashingEmbedder = field(default_factory=HashingEmbedder)

    def edit(self, names: list[str]) -> None:
        """Write another version of these documents; until acknowledged, either may be stored."""
        for name in names:
            text = content(name, self.rng.randrange(VERSIONS))
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            digest = hashlib.sha256(text.encode()).hexdigest()
            self.possible.setdefault(name, {None}).add(digest)

    def take_acknowledgements(self) -> None:
        """From now on only what is in the folder may be stored for acknowledged names."""
        if self.acknowledged.exists():
            for name in self.acknowledged.read_text().splitlines():
                digest = hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
                self.possible[name] = {digest}
            self.acknowledged.unlink()

    def check(self) -> None:
        """Everything acknowledged is there, everything there is whole."""
        self._check_file()
        with Register.open(self.settings) as register:
            stored = {info.name: info.sha256 for info in register.documents(STAFF)}
            for name, digests in self.possible.items():
                digest = stored.get(name)
                assert digest in digests, f"{name}: {digest} is none of {digests}"
                self.possible[name] = {digest, *self._on_disk(name)}
            assert stored.keys() <= self.possible.keys()
            self._check_documents(register, stored)
            self._check_keys(register)
            self._check_indexes(register)

    def _on_disk(self, name: str) -> set[str]:
        path = self.folder / name
        return {hashlib.sha256(path.read_bytes()).hexdigest()}

    def _check_file(self) -> None:
        connection = sqlite3.connect(self.settings.register_path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
        for original in self.settings.files_dir.glob("[0-9a-f][0-9a-f]/*"):
            assert hashlib.sha256(original.read_bytes()).hexdigest() == original.name

    def _check_documents(self, register: Register, stored: dict[str, str]) -> None:
        every = list(register.index_rows())
        rows = [row for row in every if row.times.standing]
        chunks = {chunk.key: chunk for chunk in register.chunks([r.key for r in every], STAFF)}
        assert chunks.keys() == {row.key for row in rows}
        for name, digest in stored.items():
            document, wanted, original = self.expected[name, digest]
            assert register.document(name, STAFF) == document
            assert register.original_path(digest).read_bytes() == original
            mine = [row for row in rows if row.document == name]
            found = sorted((chunks[row.key] for row in mine), key=lambda one: one.chunk.ordinal)
            assert [one.chunk for one in found] == wanted
            vectors = {row.key: row.vector for row in mine}
            for one, embedded in zip(found, self.embedder.embed_chunks(wanted), strict=True):
                np.testing.assert_array_equal(vectors[one.key], embedded.vector)
                np.testing.assert_array_equal(one.sentence_vectors, embedded.sentences)
        assert {row.document for row in rows} == stored.keys()

    def _check_keys(self, register: Register) -> None:
        live = {row.key: row.document for row in register.index_rows()}
        removed = register.removed_keys(0)
        assert len(removed) == len(set(removed))
        assert not live.keys() & set(removed)
        for key, name in self.keys_seen.items():
            assert live.get(key, name) == name, f"key {key} was used again"
            assert key in live or key in set(removed), f"key {key} is gone without a trace"
        self.keys_seen |= live
        assert register.revision() >= self.revision
        self.revision = register.revision()

    def _check_indexes(self, register: Register) -> None:
        indexes = Indexes(register, self.settings)
        snapshot = indexes.snapshot(STAFF)
        if generations.pointer(self.settings.index_dir):
            assert indexes.degraded is None
        standing = [row.key for row in register.index_rows() if row.times.standing]
        assert sorted(snapshot.keys.tolist()) == standing

    def check_next_start(self) -> None:
        """A writer opens at once and clears what the killed one left."""
        started = time.monotonic()
        Register.open(self.settings, write=True).close()
        assert time.monotonic() - started < 2
        incoming = self.settings.files_dir / "incoming"
        assert not incoming.is_dir() or not list(incoming.iterdir())


def _rounds(rng: random.Random) -> Iterator[tuple[Crash | None, bool]]:
    """Each named point once, before or after it, then random moments; with or without indexes."""
    crashes = [Crash(point, rng.random() < 0.5, 1) for point in POINTS]
    crashes = [c if c.point in ONCE else replace(c, nth=rng.randint(1, 3)) for c in crashes]
    rng.shuffle(crashes)
    for crash in crashes:
        yield crash, crash.point.endswith(("generation", "generations"))
    while True:
        yield None, rng.random() < 0.25


def _run(job: Job, kill_after_s: float | None) -> bool:
    """Run the job in a process of its own; whether it was killed."""
    process = _processes.Process(target=run, args=(job,))
    process.start()
    process.join(kill_after_s)
    if process.exitcode is None:
        process.kill()
    process.join()
    killed, code = process.exitcode == -9, process.exitcode
    process.close()
    assert killed or code == 0, f"the ingest ended with {code}"
    return killed


@pytest.fixture
def world(tmp_path: Path, expected: dict[tuple[str, str], Expected]) -> World:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")  # shown when the test fails
    _processes.set_forkserver_preload(["chromadb", "tests.integration.crash_child"])
    return World(
        settings=load(data_dir=tmp_path / "data"),
        folder=tmp_path / "docs",
        acknowledged=tmp_path / "acknowledged",
        expected=expected,
        rng=random.Random(seed),
    )


@pytest.mark.slow
def test_fifty_kills_lose_nothing_and_leave_nothing_half_visible(world: World) -> None:
    world.edit(NAMES)
    job = Job(world.settings.data_dir, world.folder, world.acknowledged, index=False)
    kills = 0
    for crash, index in _rounds(world.rng):
        wait_s = None if crash else world.rng.uniform(0.0, 2.0 if index else 0.8)
        print(f"kill {kills + 1}: {crash}, {wait_s} s, indexes {index}")
        kills += _run(replace(job, index=index, crash=crash), wait_s)
        world.take_acknowledgements()
        if world.settings.register_path.exists():
            world.check_next_start()
            world.check()
        if kills == KILLS:
            break
        world.edit(world.rng.sample(NAMES, EDITED_PER_ROUND))
    _check_the_end(world, job)


def _check_the_end(world: World, job: Job) -> None:
    """One run left alone ends where a run that was never disturbed ends."""
    assert not _run(replace(job, index=True), None)
    world.take_acknowledgements()
    world.check()
    undisturbed = replace(job, data_dir=world.settings.data_dir.with_name("undisturbed"))
    assert not _run(undisturbed, None)
    assert _everything(world.settings) == _everything(load(data_dir=undisturbed.data_dir))
    folders = [path.name for path in world.settings.index_dir.glob("gen-*")]
    assert len(folders) <= 2


def _everything(settings: Settings) -> object:
    """All that is in force in a register but keys, dates and numbers of versions."""
    with Register.open(settings) as register:
        rows = sorted(
            (row.document, row.tokens, row.language, row.vector.tobytes())
            for row in register.index_rows()
            if row.times.standing
        )
        infos = register.documents(STAFF)
        documents = [replace(info, updated_at=None, version=1) for info in infos]  # type: ignore[arg-type]
        texts = [register.document(info.name, STAFF) for info in documents]
        kept = {path.name for path in settings.files_dir.glob("[0-9a-f]*/*") if path.is_file()}
        versions = [v for i in infos for v in register.curation.versions(i.name, STAFF)]
        assert kept == {version.sha256 for version in versions}
        return rows, documents, texts


def test_the_check_itself_notices_a_lost_chunk_and_a_changed_vector(
    world: World,
) -> None:
    world.edit(NAMES[:2])
    assert not _run(Job(world.settings.data_dir, world.folder, world.acknowledged, False), None)
    world.take_acknowledgements()
    world.check()
    for damage in (
        "UPDATE embeddings SET vector = zeroblob(256) WHERE id = 1",
        "DELETE FROM chunks WHERE id = 2",
        "DELETE FROM sources WHERE name = 'manual/01.md'",
    ):
        connection = sqlite3.connect(world.settings.register_path)
        before = connection.serialize()
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(damage)
        connection.commit()
        with pytest.raises((AssertionError, RegisterError)):
            world.check()
        connection.deserialize(before)
        connection.close()
