"""What was indexed in one go: the published generation or, when it cannot serve, all rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexDamaged, ModelError
from knowledge.search.generation_files import read_segments
from knowledge.search.generations import Generation, current, pointer
from knowledge.search.keywords import Keywords
from knowledge.search.overlay import segment_of
from knowledge.search.partitions import IndexSource, collect
from knowledge.search.snapshot import Segment


@dataclass(frozen=True)
class Base:
    """Segments that newer rows are laid over.

    Attributes:
        revision: the register's revision they show.
        segments: one for each partition.
        generation: the published generation, if it is sound, even where all rows were read
            from the register because it has been outgrown.
        trouble: in one line why the published generation, or its Chroma, does not serve.
    """

    revision: int
    segments: Mapping[str, Segment]
    generation: Generation | None = None
    trouble: str | None = None

    def __len__(self) -> int:
        """Number of rows."""
        return sum(len(s.exact) for s in self.segments.values())


def load_base(register: IndexSource, index_dir: Path) -> Base:
    """The published generation, read and verified; all rows of the register where there is none.

    Never fails for want of an index: `Base.trouble` says what is wrong with it.

    Raises:
        RegisterError: the register cannot be read.
    """
    while True:
        named = pointer(index_dir)
        try:
            generation = current(index_dir)
            if generation is None:
                return read_register(register)
            _check_fits(generation, register)
            segments = read_segments(generation.path, generation.manifest)
            return Base(generation.manifest.revision, segments, generation)
        except (IndexDamaged, ModelError) as error:
            if pointer(index_dir) != named:
                continue  # Deleted under our eyes because a newer one was published.
            return read_register(
                register,
                trouble=f"the index is not usable ({error}): searching exactly in the register's "
                "vectors; run `voz rebuild`",
            )


def read_register(
    register: IndexSource, *, generation: Generation | None = None, trouble: str | None = None
) -> Base:
    """All rows of the register, in memory."""
    revision = register.revision()
    rows = collect(register.index_rows())
    segments = {name: segment_of(part, Keywords.build) for name, part in rows.items()}
    return Base(revision, segments, generation, trouble)


def _check_fits(generation: Generation, register: IndexSource) -> None:
    manifest, model = generation.manifest, register.fingerprint()
    if manifest.chunks and manifest.fingerprint != model:
        raise ModelError(
            f"{manifest.name} was built with model {manifest.fingerprint!r}, expected {model!r}"
        )
    revision = register.revision()
    if manifest.revision > revision:
        raise IndexDamaged(
            f"{manifest.name} shows revision {manifest.revision}, the register is at {revision}"
        )
