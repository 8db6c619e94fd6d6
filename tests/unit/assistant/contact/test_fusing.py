"""Two rankings made one: what both find stands before what one finds."""

from __future__ import annotations

from dataclasses import replace

from assistant.contact.fusing import best_of, fused
from knowledge.models import ScoredChunk
from knowledge.search.retrieval import Found
from tests.unit.assistant.made import found, passage


def ranking(**scores: float) -> Found:
    """Chunks by name, each with a score and the key that is its name's."""
    chunks = []
    for name, score in scores.items():
        scored = passage(name, document=name, score=score)
        chunks.append(replace(scored, stored=replace(scored.stored, key=ord(name))))
    return found(chunks, asked="plazo")


def names(ranked: Found) -> list[str]:
    def name(scored: ScoredChunk) -> str:
        return scored.stored.chunk.document

    return [name(scored) for scored in ranked.chunks]


def test_the_mean_of_both_scores_ranks_and_the_lowest_stands_for_what_is_missing() -> None:
    both = fused(ranking(a=1.0, b=0.9, c=0.1), ranking(d=1.0, b=0.8, c=0.2))
    assert names(both) == ["b", "a", "d", "c"]
    assert [round(c.score, 2) for c in both.chunks] == [0.85, 0.6, 0.55, 0.15]
    assert len(both.deviations) == len(both.chunks)
    assert len(both.vectors) == 2


def test_one_ranking_without_chunks_leaves_the_other() -> None:
    some, none = ranking(a=1.0), ranking()
    assert fused(some, none) is some
    assert fused(none, some) is some


def test_the_best_are_kept_with_their_deviations() -> None:
    first = best_of(ranking(a=1.0, b=0.9, c=0.1), 2)
    assert names(first) == ["a", "b"]
    assert len(first.deviations) == 2
