"""Learn what `assistant.drafting.promising` weighs (`voz eval fit-promises`).

First, for where words tell, what commits to something, clause by clause, from sentences of many
trades and half ``fit`` of the labelled drafts; what the bundled model tells of it is learned by
``voz eval fit-encoder``. Then how either is weighed beside forms and sources: what the model tells,
from drafts of which it has seen none (`UNSEEN`); words, from the drafts that were written when the
forms of promises were there (`LATER`) and from the sentences, by log odds of what was left out of
the first step. It is measured on scenarios and trades left out of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.drafting.check import LEAST_WORDS
from assistant.drafting.clause_model import NOT_ASKED, commit_odds
from assistant.drafting.lines import Line
from assistant.drafting.promises import Unbacked, unbacked
from assistant.drafting.promising import (
    FEATURES,
    Clause,
    Features,
    Promising,
    Way,
    Words,
    clauses_of,
)
from assistant.drafting.reading import stated
from assistant.drafting.traits import BUCKETS
from assistant.drafting.unallowed import features_of
from assistant.support.reading import Read
from eval.components.drafts.cases import Case, cases, checker, setting_of
from eval.components.drafts.clauses import (
    COMMITMENT,
    LATER,
    NONE,
    UNSEEN,
    SaidClause,
    commitment_clauses,
    labels_of,
    learned_from,
    not_learned_from,
    rule_clauses,
    wording_clauses,
)
from eval.fitting.logistic import Array, held_out, logistic
from eval.fitting.sparse import fitted_sparse
from eval.work import Work
from knowledge.conflicts.wording import Rarity
from knowledge.encoders.adapted import AdaptedEncoder
from knowledge.errors import SettingsError
from knowledge.models import LANGUAGES
from knowledge.text import sentence_spans

L2 = 0.1
L2_DECIDES = 0.05
FOLDS = 10
ROUNDS = 2
PRECISION = {"by words": 0.8, "by the model": 0.9}
"""Least precision of what is marked in scenarios that were left out; words alone find few at 0.9,
and forms alone are not more precise than 0.8."""
ASKED = 0.96
"""Share of the faults of sentences that the model is asked about."""
ORDINARY = 6_000
"""Sentences about rules that have none."""
_FAULTS = (commitment_clauses, wording_clauses)
LOOKED_AT = 0.95
"""Share of what would be marked without having a form of which the sources are asked."""


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
        features: what the sources say, with no log odds; `None` where forms were made on it.
        asked: whether it tells how precise marks are: nothing else is found or labelled there.
    """

    trade: str
    key: str
    language: str
    sentence: str
    clause: Clause
    committed: bool
    features: Features | None = None
    asked: bool = True


def learn(work: Work) -> Promising:
    """All weights; what they come to in scenarios and trades left out is told on the way.

    Raises:
        SettingsError: another model embeds than the bundled one.
    """
    encoder = AdaptedEncoder.open(work.embedder)
    if encoder is None:
        raise SettingsError(
            "promises are weighed beside the bundled model: unset VOZ_MODEL, and use a processor "
            "with oneDNN"
        )
    rows = [*_of_trades(), *_of_drafts(work)]
    committed = np.array([row.committed for row in rows])
    x = _sparse([row.clause for row in rows])
    said = _left_out(rows, x, committed)
    by_words = _way(rows, said, np.zeros(len(rows)), "by words", work)
    learned = Promising(_words(x, committed), _asked(), 0.0, by_words, by_words)
    learned = replace(learned, asked_from=_asked_from(learned))
    at = [n for n, row in enumerate(rows) if not row.trade and row.key.endswith(UNSEEN)]
    unseen = [rows[n] for n in at]
    often = _share(unseen) / _share([row for row in rows if not row.trade])
    told = _odds(unseen, encoder, learned)
    by_model = _way(unseen, said[at], told, "by the model", work, often)
    return replace(learned, by_model=by_model)


def _words(x: Any, right: NDArray[np.bool_]) -> Words:
    weights, bias = fitted_sparse(x, right, l2=L2)
    return Words(weights.astype(np.float32), round(bias, 4))


def _asked() -> Words:
    """What tells that a clause may have any fault."""
    taught = [one for rows in _FAULTS for one in learned_from(rows())]
    taught += rule_clauses(ORDINARY)
    return _words(_sparse([*map(_clause, taught)]), np.array([o.label != NONE for o in taught]))


def _asked_from(learned: Promising) -> float:
    """The bar that keeps `ASKED` of the faults of those by whom bars are chosen."""
    faults = [
        learned.suspicion(_clause(one))
        for rows in _FAULTS
        for one in not_learned_from(rows(), "fit")
        if one.label != NONE
    ]
    return round(float(np.quantile(faults, 1 - ASKED)), 4)


def _clause(one: SaidClause) -> Clause:
    return next(each for each in clauses_of(one.sentence) if each.start == one.start)


def _odds(rows: Sequence[Row], encoder: AdaptedEncoder, learned: Promising) -> Array:
    """``(n,)`` log odds of each row's clause by the model."""
    found: dict[tuple[str, int], float] = {}
    for text in {row.sentence for row in rows}:
        for clause, odds in zip(
            clauses_of(text), commit_odds(text, encoder, learned) or (), strict=False
        ):
            found[text, clause.start] = odds
    return np.array([found.get((row.sentence, row.clause.start), NOT_ASKED) for row in rows])


def _share(rows: Sequence[Row]) -> float:
    """How many clauses commit for each that does not."""
    committed = sum(row.committed for row in rows)
    return committed / (len(rows) - committed)


def _way(
    rows: Sequence[Row], said: Array, told: Array, name: str, work: Work, often: float = 1.0
) -> Way:
    """How a clause is marked, and what that comes to.

    Args:
        rows: all that it is learned from.
        said: ``(n,)`` log odds of each that it commits, by words that were learned without it.
        told: the same by the model; 0 where it is not asked.
        name: of what tells those.
        work: is told.
        often: how much more often these clauses commit than those of other drafts: to be as precise
            there, so much fewer of these may be marked wrongly.
    """
    committed = np.array([row.committed for row in rows])
    own = [n for n, row in enumerate(rows) if row.features is not None]
    facts = [
        replace(features, by_words=float(said[n]), by_model=float(told[n]))
        for n in own
        if (features := rows[n].features) is not None
    ]
    table = np.array([[getattr(one, feature) for feature in FEATURES] for one in facts])
    keys = [rows[n].key for n in own]
    groups = ["trades" if rows[n].trade else "drafts" for n in own]
    likely = held_out(
        table, committed[own], groups, keys, l2=L2_DECIDES, folds=FOLDS, rounds=ROUNDS
    )
    asked = np.array([rows[n].asked and not rows[n].trade for n in own])
    marked_from = _threshold(likely[asked], committed[own][asked], PRECISION[name], often)
    marked = np.zeros(len(rows), dtype=np.bool_)
    marked[own] = likely >= marked_from
    formed = np.array([row.features is not None and row.features.formed > 0 for row in rows])
    sure = np.maximum(said, told)
    least = _looked_at_from(sure[marked & ~formed])
    looked = _looked_at(rows, formed | (sure >= least))
    for line in (*_trades_told(rows, marked & looked), *_drafts_told(rows, marked & looked)):
        work.progress(f"{name}: {line}")
    decides, bias = logistic(table, committed[own], groups, l2=L2_DECIDES)
    return Way(np.append(decides, bias).round(4), round(marked_from, 4), round(least, 4))


def _left_out(rows: Sequence[Row], x: Any, committed: NDArray[np.bool_]) -> Array:
    """``(n,)`` log odds of each row by weights learned without what hangs together with it."""
    names = sorted({row.key for row in rows})
    total = np.zeros(len(rows))
    chance = np.random.default_rng(0)
    for _ in range(ROUNDS):
        fold_of = dict(zip(chance.permutation(names), np.arange(len(names)) % FOLDS, strict=True))
        folds = np.array([fold_of[row.key] for row in rows])
        for fold in range(FOLDS):
            out = folds == fold
            weights, bias = fitted_sparse(x[~out], committed[~out], l2=L2)
            total[out] += x[out] @ weights + bias
    return total / ROUNDS


def _looked_at_from(sure: Array) -> float:
    """The log odds that most of what is marked without a form has; endless for nothing."""
    return float(np.quantile(sure, 1 - LOOKED_AT)) if len(sure) else float("inf")


def _looked_at(rows: Sequence[Row], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows of whose sentence any clause is chosen."""
    sentences = {row.sentence for row, one in zip(rows, chosen, strict=True) if one}
    return np.array([row.sentence in sentences for row in rows])


def _threshold(
    likely: Array, committed: NDArray[np.bool_], least: float, often: float = 1.0
) -> float:
    """The lowest probability from which precision reaches the least; false marks count so often."""
    good = []
    for bar in np.unique(likely):
        right = int(committed[likely >= bar].sum())
        false = int((likely >= bar).sum()) - right
        if right >= least * (right + often * false):
            good.append(float(bar))
    return min(good, default=1.0)


def _trades_told(rows: Sequence[Row], marked: NDArray[np.bool_]) -> Iterator[str]:
    """Precision and recall, by sentence, without sources."""
    for language in LANGUAGES if any(row.trade for row in rows) else ():
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
    for one in learned_from(commitment_clauses()):
        read = stated(one.sentence, one.language)
        clause = _clause(one)
        features = _without_sources(clause, read, list(unbacked(read, ())))
        yield Row(
            one.trade, f"{one.language} {one.trade}", one.language, one.sentence,
            clause, one.label != NONE, features,
        )  # fmt: skip


def _without_sources(clause: Clause, sentence: Read, formed: Sequence[Unbacked]) -> Features:
    """What tells of a clause where nobody knows the company's rules: nothing speaks of figures."""
    told = features_of(clause, 0.0, 0.0, sentence, (), Rarity(()), formed)
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
    spans = [(one.start, one.end) for one in clauses]
    for clause, label in zip(clauses, labels_of(case, start, spans), strict=True):
        features = features_of(clause, 0.0, 0.0, sentence, lines, rarity, formed) if later else None
        yield Row(
            "", case.scenario, case.language, text, clause, label == COMMITMENT, features,
            label is not None,
        )  # fmt: skip


def _sparse(clauses: Sequence[Clause]) -> Any:
    """``(n, BUCKETS)``: each clause's traits, 1 long together."""
    from scipy.sparse import csr_array

    sizes = [len(one.traits) for one in clauses]
    at = np.concatenate([one.traits for one in clauses])
    values = np.concatenate([np.full(size, 1 / np.sqrt(max(1, size))) for size in sizes])
    return csr_array((values, at, np.cumsum([0, *sizes])), shape=(len(clauses), BUCKETS))
