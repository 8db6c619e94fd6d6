"""How long a question takes over a large collection, beside what a user would otherwise have.

Every question goes through each pipeline once, one pipeline after the other, so that a busy machine
slows all of them alike. Nothing is asked twice: what is measured is never remembered.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from assistant.bootstrap import wire
from assistant.pipeline import Assistant
from eval.provenance import load_average
from eval.speed.corpus import Progress, ensure_corpus, ignore
from eval.speed.narrow import ALL, NARROW, asked_anew, count_seen, restrict_some
from eval.speed.questions import Question, bundled
from eval.speed.references import References
from eval.speed.timing import Timed, described, resident_mib, summary, timed
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.search import generations
from knowledge.settings import Settings

CHUNKS = 100_000
TUTORIAL_CHUNKS = 10_000
"""Of the twenty-line pipeline, which takes long to fill."""
WARM_UP = 20
"""Questions asked first and not measured: words, indexes and pages of memory are loaded then."""
PER = 50_000
"""Chunks that the time of building the indexes is given for."""


def bench_retrieval(
    settings: Settings,
    *,
    chunks: int = CHUNKS,
    questions: Sequence[Question] | None = None,
    embedder: Embedder | None = None,
    tutorial_chunks: int = TUTORIAL_CHUNKS,
    rebuild: bool = True,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Milliseconds from a question to its answer, per stage, and of the references.

    Args:
        settings: the data folder's; the collection is kept in ``bench/<chunks>`` below it.
        chunks: size of the collection.
        questions: what is asked, the first `WARM_UP` (or a fifth) to warm up; none twice.
        embedder: the model; `None` opens the settings' own.
        tutorial_chunks: size of the twenty-line pipeline's collection.
        rebuild: build the indexes anew even if there are some, for the time of it.
        progress: told, in one line, of work that takes seconds.

    Returns:
        ``ours``, ``narrow`` (of a viewer who sees one document in a hundred) and each of
        ``references`` with ``p50``, ``p95``, ``max`` on the clock and
        ``cpu_p50``, ``cpu_p95`` of processor time, in milliseconds; ``stages`` of ours;
        ``ratios``, median of ours over the reference's for the same question; sizes, memory and
        the seconds of building.

    Raises:
        ModelError: the model cannot be loaded.
        SettingsError: the example documents are missing.
    """
    tell = progress or ignore
    model = embedder or _open_embedder(settings, tell)
    asked = tuple(questions if questions is not None else bundled())
    n_warm = min(WARM_UP, len(asked) // 5)
    own = ensure_corpus(settings, model, chunks, progress=tell)
    with Register.open(own, write=True) as register:
        restrict_some(register)
        n_narrow = count_seen(register)
    build_s = _build(own, tell) if rebuild or _is_unbuilt(own) else None

    with _opened(own, model) as (assistant, opened_s):
        tell("warming up")
        for question in asked[:n_warm]:
            _ask(assistant, question)
            _ask_narrow(assistant, question)
        memory = resident_mib()
        tell("preparing the references")
        with References.open(own, model, tutorial_chunks=tutorial_chunks) as references:
            stages, results = _measure(assistant, references, asked, n_warm, tell)
            stored = references.sizes
    return {
        "chunks": stored["dense"],
        "questions": len(asked) - n_warm,
        "build_s": build_s and round(build_s, 1),
        "build_s_per_50000": build_s and round(build_s * PER / stored["dense"], 1),
        "open_s": round(opened_s, 2),
        "resident_mib": memory,
        "ours": described(results["ours"]),
        "narrow": {"chunks": n_narrow, **described(results["narrow"])},
        "stages": {name: summary(laps) for name, laps in stages.items()},
        "references": {
            name: {"chunks": stored[name], **described(results[name])} for name in stored
        },
        "ratios": {name: _ratio(results["ours"], results[name]) for name in ["narrow", *stored]},
        "load_average": load_average(),
    }


def _open_embedder(settings: Settings, progress: Progress) -> Embedder:
    from knowledge.encoders.embedding import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder.open(settings, progress)


def _is_unbuilt(settings: Settings) -> bool:
    return generations.pointer(settings.index_dir) is None


def _build(settings: Settings, progress: Progress) -> float:
    """Seconds that a new generation takes, in a process of its own: its memory is not ours."""
    progress("building the indexes")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_build_here, settings).result()


def _build_here(settings: Settings) -> float:
    with Register.open(settings) as register:
        began = time.perf_counter()
        generations.build(register, settings)
        return time.perf_counter() - began


@contextmanager
def _opened(settings: Settings, embedder: Embedder) -> Iterator[tuple[Assistant, float]]:
    """The assistant with its indexes in memory, and how many seconds that took."""
    began = time.perf_counter()
    assistant = wire(Register.open(settings), embedder, settings)
    try:
        assistant.is_empty(ALL)
        assistant.settle()
        yield assistant, time.perf_counter() - began
    finally:
        assistant.close()


def _ask(assistant: Assistant, question: Question) -> Mapping[str, float]:
    return assistant.ask(question.text, ALL, question.history).timings_ms


def _ask_narrow(assistant: Assistant, question: Question) -> object:
    return assistant.ask(asked_anew(question).text, NARROW, question.history)


def _measure(
    assistant: Assistant,
    references: References,
    asked: Sequence[Question],
    n_warm: int,
    progress: Progress,
) -> tuple[dict[str, list[float]], dict[str, Timed]]:
    """Ours per stage, and every pipeline as a whole, for the questions after the first ones."""
    stages: dict[str, list[float]] = {}

    def ours(question: Question) -> None:
        for name, ms in _ask(assistant, question).items():
            stages.setdefault(name, []).append(ms)

    pipelines: dict[str, Callable[[Question], object]] = {
        "ours": ours,
        "narrow": partial(_ask_narrow, assistant),
        **references.pipelines,
    }
    for question in asked[:n_warm]:
        for answer in references.pipelines.values():
            answer(question)
    results = {name: Timed([], []) for name in pipelines}
    for number, question in enumerate(asked[n_warm:]):
        if number % 50 == 0:
            progress(f"question {number} of {len(asked) - n_warm}")
        results = {
            name: results[name].with_more(timed(answer, [question]))
            for name, answer in pipelines.items()
        }
    return stages, results


def _ratio(ours: Timed, reference: Timed) -> dict[str, float]:
    """Median over the questions of what ours took by what the reference took."""
    pairs = {"wall": (ours.wall_ms, reference.wall_ms), "cpu": (ours.cpu_ms, reference.cpu_ms)}
    return {
        name: summary([a / b for a, b in zip(first, second, strict=True)])["p50"]
        for name, (first, second) in pairs.items()
    }
