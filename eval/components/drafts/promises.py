"""Learn what `assistant.drafting.promising` weighs (`voz eval fit-promises`).

First what commits to something, clause by clause, from sentences of many trades
(``commitments.jsonl``) and half ``fit`` of the labelled drafts. Then how that is weighed beside
forms and sources, from the sentences and from those drafts that were written when the forms of
promises were there (`LATER`): forms were made on the others. It is learned from log odds of what
was left out of the first step, and measured on scenarios and trades left out of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.check import LEAST_WORDS
from assistant.drafting.lines import Line
from assistant.drafting.promises import Unbacked, unbacked
from assistant.drafting.promising import (
    FEATURES,
    Clause,
    Features,
    Promising,
    Way,
    clauses_of,
    placed,
)
from assistant.drafting.reading import stated
from assistant.drafting.traits import BUCKETS
from assistant.drafting.unallowed import features_of
from assistant.support.reading import Read
from eval.components.drafts.cases import Case, cases, checker, setting_of
from eval.corpora.reading import by_hand
from eval.fitting.logistic import Array, held_out, logistic
from eval.fitting.sparse import fitted_sparse
from eval.work import Work
from knowledge.conflicts.wording import Rarity
from knowledge.models import LANGUAGES
from knowledge.text import sentence_spans

L2 = 0.1
L2_DECIDES = 0.05
FOLDS = 10
ROUNDS = 2
PRECISION = {"by words": 0.85, "with vectors": 0.9}
"""Least precision of what is marked in scenarios that were left out; words alone find few at 0.9,
and forms alone are not more precise than 0.8."""
SUSPECTED = 0.95
"""Share of what would be marked without having a form that is told from its words that it may."""
BESIDE = 0.3
"""How often a clause counts that stands beside the one that is labelled: it may commit too."""
LATER = ("-5", "-6")
"""Ends of scenarios that were written apart from the code when forms of promises were there."""
HALF = 0.5
"""Share of a clause or label that has to be in the other."""


@dataclass(frozen=True)
class Row:
    """A clause that was labelled.

    Attributes:
        trade: of which a sentence is; empty for drafts.
        key: equal for clauses that hang together.
        language: of it.
        sentence: that it stands in.
        clause: what it is told by.
        committed: whether it is a commitment that no rule allows.
        counts: how often it counts; below 1 where that is doubtful.
        features: what the sources say, with no log odds; `None` where forms were made on it.
        asked: whether it tells how precise marks are: nothing else is found or labelled there.
    """

    trade: str
    key: str
    language: str
    sentence: str
    clause: Clause
    committed: bool
    counts: float = 1.0
    features: Features | None = None
    asked: bool = True


class _Learned(NamedTuple):
    """What came of one way, the rows in their order.

    Attributes:
        way: its weights.
        sure: ``(n,)`` log odds by weights learned without what hangs together with a row.
        marked: ``(n,)`` whether a row would be marked so.
    """

    way: Way
    sure: Array
    marked: NDArray[np.bool_]


def learn(work: Work) -> Promising:
    """All weights; what they come to in scenarios and trades left out is told on the way."""
    rows = [*_of_trades(), *_of_drafts(work)]
    texts = list(dict.fromkeys(row.sentence for row in rows))
    work.progress(f"vectors of {len(texts)} sentences")
    vectors = np.stack(work.embedder.embed_queries(texts))
    centre = vectors.mean(axis=0).astype(np.float16).astype(np.float32)
    places = dict(zip(texts, (placed(one, centre) for one in vectors), strict=True))
    worded = _sparse(rows)
    by_words = _learned(rows, worded, PRECISION["by words"])
    seen = _beside(worded, np.stack([places[row.sentence] for row in rows]))
    with_vectors = _learned(rows, seen, PRECISION["with vectors"])
    formed = np.array([row.features is not None and row.features.formed > 0 for row in rows])
    bar = _suspected_from(by_words.sure[with_vectors.marked & ~formed])
    looked = _looked_at(rows, formed | (by_words.sure >= bar))
    later = np.array([row.features is not None and not row.trade for row in rows])
    work.progress(f"{looked[later].mean():.3f} of the clauses of drafts are looked at")
    for name, one in (("by words", by_words), ("with vectors", with_vectors)):
        for line in (
            *_trades_told(rows, one.marked & looked),
            *_drafts_told(rows, one.marked & looked),
        ):
            work.progress(f"{name}: {line}")
    model = work.embedder.fingerprint
    return Promising(model, centre, by_words.way, with_vectors.way, round(bar, 4))


def _learned(rows: Sequence[Row], x: Any, precision: float) -> _Learned:
    """What comes of one way.

    Args:
        rows: all.
        x: their traits, and vectors.
        precision: least of what is marked in scenarios that were left out.
    """
    committed = np.array([row.committed for row in rows])
    counts = np.array([row.counts for row in rows])
    sure = _left_out(rows, x, committed, counts)
    own = [n for n, row in enumerate(rows) if row.features is not None]
    facts = [replace(f, said=float(sure[n])) for n in own if (f := rows[n].features) is not None]
    table = np.array([[getattr(one, feature) for feature in FEATURES] for one in facts])
    keys = [rows[n].key for n in own]
    groups = ["trades" if rows[n].trade else "drafts" for n in own]
    likely = held_out(
        table, committed[own], groups, keys, l2=L2_DECIDES, folds=FOLDS, rounds=ROUNDS
    )
    asked = np.array([rows[n].asked and not rows[n].trade for n in own])
    marked_from = _threshold(likely[asked], committed[own][asked], precision)
    marked = np.zeros(len(rows), dtype=np.bool_)
    marked[own] = likely >= marked_from
    decides, decides_bias = logistic(table, committed[own], groups, l2=L2_DECIDES)
    weights, bias = fitted_sparse(x, committed, counts, l2=L2)
    way = Way(
        weights[:BUCKETS].astype(np.float32),
        weights[BUCKETS:].astype(np.float32),
        round(bias, 4),
        np.append(decides, decides_bias).round(4),
        round(marked_from, 4),
    )
    return _Learned(way, sure, marked)


def _left_out(rows: Sequence[Row], x: Any, committed: NDArray[np.bool_], counts: Array) -> Array:
    """``(n,)`` log odds of each row by weights learned without what hangs together with it."""
    names = sorted({row.key for row in rows})
    total = np.zeros(len(rows))
    chance = np.random.default_rng(0)
    for _ in range(ROUNDS):
        fold_of = dict(zip(chance.permutation(names), np.arange(len(names)) % FOLDS, strict=True))
        folds = np.array([fold_of[row.key] for row in rows])
        for fold in range(FOLDS):
            out = folds == fold
            weights, bias = fitted_sparse(x[~out], committed[~out], counts[~out], l2=L2)
            total[out] += x[out] @ weights + bias
    return total / ROUNDS


def _suspected_from(sure: Array) -> float:
    """The log odds by words that most of what is marked without a form has; endless for nothing."""
    return float(np.quantile(sure, 1 - SUSPECTED)) if len(sure) else float("inf")


def _looked_at(rows: Sequence[Row], suspect: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows of whose sentence any clause is suspected."""
    sentences = {row.sentence for row, one in zip(rows, suspect, strict=True) if one}
    return np.array([row.sentence in sentences for row in rows])


def _threshold(likely: Array, committed: NDArray[np.bool_], least: float) -> float:
    """The lowest probability from which precision reaches the least."""
    good = [float(bar) for bar in np.unique(likely) if committed[likely >= bar].mean() >= least]
    return min(good, default=1.0)


def _trades_told(rows: Sequence[Row], marked: NDArray[np.bool_]) -> Iterator[str]:
    """Precision and recall, by sentence, without sources."""
    for language in LANGUAGES:
        here = [n for n, r in enumerate(rows) if r.trade and r.language == language]
        found = {rows[n].sentence for n in here if marked[n]}
        right = {rows[n].sentence for n in here if rows[n].committed}
        yield _told(f"sentences of other trades, {language}", len(found & right), found, right)


def _drafts_told(rows: Sequence[Row], marked: NDArray[np.bool_]) -> Iterator[str]:
    """Precision and recall, by clause."""
    for language in LANGUAGES:
        here = [
            n
            for n, r in enumerate(rows)
            if r.features is not None and not r.trade and r.language == language
        ]
        found = [n for n in here if marked[n] and rows[n].asked]
        right = [n for n in here if rows[n].committed]
        yield _told(
            f"later drafts, {language}", sum(rows[n].committed for n in found), found, right
        )


def _told(name: str, hits: int, marked: Any, right: Any) -> str:
    precision = hits / len(marked) if marked else float("nan")
    return (
        f"{name}, left out: precision {precision:.3f} of {len(marked)}, "
        f"recall {hits / len(right):.3f} of {len(right)}"
    )


def _of_trades() -> Iterator[Row]:
    for row in by_hand("commitments.jsonl"):
        text, span = row["text"], row.get("span", "")
        start = text.find(span) if span else -1
        labelled = [(start, start + len(span))] if span else []
        for begin, end in sentence_spans(text):
            sentence = text[begin:end]
            read = stated(sentence, row["language"])
            formed = list(unbacked(read, ()))
            for clause in clauses_of(sentence):
                hit = any(_meets(clause, begin, *label) for label in labelled)
                sure = hit or not labelled
                yield Row(
                    row["sector"], f"{row['language']} {row['sector']}", row["language"], sentence,
                    clause, hit, 1.0 if sure else BESIDE,
                    _without_sources(clause, read, formed) if sure else None, sure,
                )  # fmt: skip


def _without_sources(clause: Clause, sentence: Read, formed: Sequence[Unbacked]) -> Features:
    """What tells of a clause where nobody knows the company's rules: nothing speaks of figures."""
    told = features_of(clause, 0.0, sentence, (), Rarity(()), formed)
    return replace(told, figures=0.0, moment=0.0)


def _of_drafts(work: Work) -> Iterator[Row]:
    with checker(work) as (check, guides):
        for case in cases("fit"):
            held = dict(check.held(case.draft, setting_of(case, guides)))
            later = case.scenario.endswith(LATER)
            for start, end in sentence_spans(case.draft):
                lines = held[start].told if start in held else ()
                yield from _of_sentence(case, start, case.draft[start:end], lines, later=later)


def _of_sentence(
    case: Case, start: int, text: str, lines: Sequence[Line], *, later: bool
) -> Iterator[Row]:
    sentence = stated(text, case.language)
    if len(sentence.words) + len(sentence.figures) < LEAST_WORDS:
        lines = ()  # else what is learned would depend on what was learned before
    rarity = Rarity(line.read.text for line in lines)
    formed = list(unbacked(sentence, lines)) if later else []
    clauses = clauses_of(text)
    promised = [label for label in case.labels if "promise" in (label.kind, *label.also)]
    hits = [any(_meets(one, start, p.start, p.end) for p in promised) for one in clauses]
    for place, (clause, hit) in enumerate(zip(clauses, hits, strict=True)):
        beside = any(hits[max(0, place - 1) : place + 2])
        banned = any(
            label.kind == "forbidden" and _overlap(clause, start, label.start, label.end) > 0
            for label in case.labels
        )
        features = features_of(clause, 0.0, sentence, lines, rarity, formed) if later else None
        yield Row(
            "", case.scenario, case.language, text, clause, hit, 1.0, features,
            hit or not (beside or banned),
        )  # fmt: skip


def _meets(clause: Clause, begin: int, start: int, end: int) -> bool:
    """Whether half of a clause, or of what is labelled, is in the other."""
    least = HALF * min(clause.end - clause.start, end - start)
    return _overlap(clause, begin, start, end) >= least


def _overlap(clause: Clause, begin: int, start: int, end: int) -> int:
    return min(begin + clause.end, end) - max(begin + clause.start, start)


def _sparse(rows: Sequence[Row]) -> Any:
    """``(n, BUCKETS)``: each clause's traits, 1 long together."""
    from scipy.sparse import csr_array

    sizes = [len(row.clause.traits) for row in rows]
    at = np.concatenate([row.clause.traits for row in rows])
    values = np.concatenate([np.full(size, 1 / np.sqrt(max(1, size))) for size in sizes])
    return csr_array((values, at, np.cumsum([0, *sizes])), shape=(len(rows), BUCKETS))


def _beside(worded: Any, vectors: NDArray[np.float32]) -> Any:
    from scipy.sparse import csr_array, hstack

    return csr_array(hstack([worded, csr_array(vectors.astype(np.float64))]))
