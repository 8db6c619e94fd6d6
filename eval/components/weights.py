"""`voz eval fit`: learn how sentences are ranked, how sure an answer is and what needs one.

Only from the ``fit`` half of the dev data (`eval.halves.half`); `voz eval` reports on the other.
All models are linear, so that what was learned can be read in ``assistant/weights.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant import confidence, sentences
from assistant.bootstrap import LOCAL_VIEWER
from assistant.compose import statements
from assistant.pipeline import Assistant
from assistant.weights import Weights
from eval.cases import Case
from eval.components import refusal
from eval.components.catalogue import COMPONENTS
from eval.components.contacts import learning as contacts
from eval.corpora import desks, public
from eval.corpora.registers import assistant_over
from eval.fitting.listwise import Labelled, listwise
from eval.fitting.logistic import Array, balanced, logistic, named, probabilities
from eval.measures.matching import fact_shown
from eval.work import Work

FILES = (
    *("squad_es/passages.jsonl", "squad_es/questions.jsonl"),
    *COMPONENTS["refusal"].files,
    *COMPONENTS["contacts"].learns_from,
)
"""That are read below the folder of the public sets."""
PER_SET = 200
"""Questions of each extractive set that sentences are ranked by."""
PER_GROUP = 100
"""Questions of each kind that are put to each corpus for the confidence."""
AGENTS_COUNT = 2
"""How often agents' own questions count in ranking sentences: the product is asked so."""
FAR_REFUSED = 0.905
"""Share of far questions that the lower threshold refuses, by set, on average."""
FAR_ANSWERED = 0.02
"""Share of far questions that may be answered without reservation, by set, on average."""


def fit(work: Work) -> Weights:
    """Weights learned from the ``fit`` half of the sets below a folder."""
    labelled: list[Labelled] = []
    for name, assistant, cases in _answerable(work):
        work.progress(f"sentences: {name}, {len(cases)} questions")
        count = AGENTS_COUNT if name in {desk.name for desk in desks.DESKS} else 1
        labelled += _label(assistant, cases) * count
    weights = listwise(labelled)
    work.progress(f"sentences: learned from {sum(x.right.any() for x in labelled)} questions")
    rows, answered, groups = _evidence(work)
    learned, bias = logistic(rows, answered, groups)
    sure = probabilities(rows, learned, bias)
    partly = _lower_threshold(sure, answered, groups)
    need = contacts.learn(work)
    return Weights(
        sentence=named(sentences.FEATURES, weights),
        confidence={**named(confidence.FEATURES, learned), "bias": round(float(bias), 4)},
        answered_from=round(_upper_threshold(sure, answered, groups), 4),
        partly_from=round(partly, 4),
        need=need["need"],
        needed_from=need["needed_from"],
    )


def _answerable(work: Work) -> Iterator[tuple[str, Assistant, list[Case]]]:
    for labelled in public.load(["xquad", "squad_es"], work.data):
        cases = refusal.asked(labelled, own=True, which="fit", limit=PER_SET).cases
        if labelled.name in ("xquad es", "xquad en", "squad_es"):
            with assistant_over(
                labelled.corpus, labelled.documents, work.embedder, work.settings
            ) as here:
                yield labelled.name, here, list(cases)
    for desk in desks.DESKS:
        with desk.assistant(work) as here:
            yield desk.name, here, desk.cases("fit", here)


def _label(assistant: Assistant, cases: Iterable[Case]) -> list[Labelled]:
    found = []
    for case in cases:
        ranked = assistant.look(case.question, LOCAL_VIEWER, case.history).ranked
        if ranked:
            right = np.asarray([_answers(candidate, case) for candidate in ranked])
            features = np.stack([c.features for c in ranked]).astype(np.float64)
            found.append(Labelled(features, right))
    return found


def _answers(candidate: sentences.Candidate, case: Case) -> bool:
    if candidate.chunk.stored.chunk.document not in case.relevant:
        return False
    (statement,) = statements([candidate])
    return bool(fact_shown(statement.text, case.facts))


def _evidence(
    work: Work,
) -> tuple[Array, NDArray[np.bool_], list[str]]:
    """Features of the confidence, whether the corpus answers, and the group of each question."""
    rows: list[list[float]] = []
    answered: list[bool] = []
    groups: list[str] = []
    for name, assistant, kinds in refusal.far(replace(work, half="fit", limit=PER_GROUP)):
        for kind in kinds:
            work.progress(f"confidence: {kind.name} over {name}, {len(kind.cases)} questions")
            for case in kind.cases:
                evidence = assistant.look(case.question, LOCAL_VIEWER)
                if evidence.ranked:
                    rows.append(confidence.features(evidence.found, evidence.background))
                    answered.append(kind.own)
                    groups.append(f"{kind.name} over {name}")
    return np.asarray(rows), np.asarray(answered), groups


def _lower_threshold(sure: Array, answered: NDArray[np.bool_], groups: Sequence[str]) -> float:
    """The lowest confidence that refuses at least `FAR_REFUSED` of the far questions."""
    return _reached_by(1 - FAR_REFUSED, sure, answered, groups)


def _upper_threshold(sure: Array, answered: NDArray[np.bool_], groups: Sequence[str]) -> float:
    """The lowest confidence that at most `FAR_ANSWERED` of the far questions reach."""
    return _reached_by(FAR_ANSWERED, sure, answered, groups)


def _reached_by(
    share: float, sure: Array, answered: NDArray[np.bool_], groups: Sequence[str]
) -> float:
    """The confidence that a share of the far questions reaches, each group weighing the same."""
    weight = balanced(answered, groups)[~answered]
    order = np.argsort(-sure[~answered])
    reached = np.cumsum(weight[order]) / weight.sum()
    place = int(np.searchsorted(reached, share))
    return float(sure[~answered][order][place])
