"""Clauses of a draft beside sentences of sources, and what is learned of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.drafting import claims as module
from assistant.drafting.claims import ASKED_FROM, claims, claims_apart, learned, with_meaning
from assistant.drafting.claims import wrong as likely_wrong
from assistant.drafting.clauses import SAID_AS, clauses, said_as
from assistant.drafting.facts import UNTOLD
from assistant.drafting.kinds import widened
from assistant.drafting.lines import Line, Talk
from assistant.drafting.pairs import PAIR_FEATURES, paired
from assistant.drafting.reading import stated
from assistant.drafting.trees import LEAF, Trees
from knowledge.conflicts.wording import Rarity, Words
from knowledge.models import Language, StoredChunk
from knowledge.ports import Figured
from tests.unit.assistant.drafting.test_facts import lines

ES = (
    "El plazo de devolución de un sofá es de 45 días naturales desde la entrega.\n"
    "El reembolso tarda hasta 10 días naturales desde la recogida.\n"
    "La entrega en sábado tiene un suplemento de 15 €."
)
EN = (
    "You can return a sofa within 45 calendar days of delivery.\n"
    "The refund takes up to 10 calendar days from collection.\n"
    "Saturday delivery costs €15 more."
)


def nothing(figure: str, around: str) -> list[StoredChunk]:
    return []


def marked(
    draft: str, found: list[Line], language: Language, more: list[StoredChunk] | None = None
) -> list[tuple[str, str]]:
    talk = Talk(Words(()), (), draft)
    said = widened(stated(draft, language))
    return [
        (draft[one.start : one.end], one.found)
        for one in claims_apart(said, found, talk, lambda figure, around: more or [])
    ]


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("es", "El plazo de devolución de un sofá es de 30 días naturales.", "45 días naturales"),
        (
            "es",
            "El reembolso tarda hasta 20 días naturales desde la recogida.",
            "10 días naturales",
        ),
        ("en", "The refund takes up to 20 calendar days from collection.", "10 calendar days"),
    ],
)
def test_what_sources_say_otherwise_is_marked_and_what_they_say_is_not(
    language: Language, wrong: str, right: str
) -> None:
    found = lines(ES if language == "es" else EN, language=language)
    ((said, instead),) = marked(wrong, found, language)
    assert instead == right
    assert marked(wrong.replace(said, right), found, language) == []


def test_what_another_passage_with_the_figure_says_is_not_marked() -> None:
    draft = "El reembolso tarda hasta 20 días naturales desde la recogida."
    found = lines(ES)
    other = lines("El reembolso tarda hasta 20 días naturales desde la recogida.", document="b.md")
    passage = other[0].passage
    assert marked(draft, found, "es")
    again = StoredChunk(2, passage.chunk, passage.title, passage.sentence_vectors)
    assert marked(draft, found, "es", [again]) == []


class Counting:
    """Takes all figures for ones that are said of the same."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def said_of(self, texts: Sequence[Figured]) -> list[NDArray[np.float32]]:
        self.asked += [one.text for one in texts]
        return [np.ones((len(one.figures), 1), np.float32) for one in texts]


def test_what_figures_mean_is_asked_only_where_words_leave_doubt() -> None:
    found = lines(ES)
    wrong = "El plazo de devolución de un sofá es de 30 días naturales."
    for draft, is_asked in ((wrong, True), (wrong.replace("30", "45"), False)):
        encoder = Counting()
        said = widened(stated(draft, "es"))
        about = said, found, Talk(Words(()), (), draft)
        sure = likely_wrong(list(claims(*about)), learned(), learned().by_words)
        assert (sure.max() >= ASKED_FROM) == is_asked
        list(claims_apart(*about, nothing, encoder))
        assert bool(encoder.asked) == is_asked
        assert set(encoder.asked) <= {draft, *(line.read.text for line in found)}


def test_clauses_with_what_their_figures_mean_are_the_same_beside_the_same_lines() -> None:
    draft = "El plazo de devolución de un sofá es de 30 días naturales, y lo recogemos."
    said = widened(stated(draft, "es"))
    about = said, lines(ES), Talk(Words(()), (), draft)
    by_words = list(claims(*about))
    told = list(with_meaning(by_words, *about, Counting()))
    assert [one.paired for one in told] == [one.paired for one in by_words]
    assert all(one.rival.features.meant == UNTOLD for one in by_words if one.rival)
    assert all(one.rival.features.meant == 1 for one in told if one.rival)
    assert any(one.rival for one in told)


def test_questions_and_sentences_without_sources_are_not_marked() -> None:
    assert marked("¿El plazo es de 30 días naturales?", lines(ES), "es") == []
    assert marked("El plazo es de 30 días naturales.", [], "es") == []


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        (
            "La visita cuesta 29 €, pero no paga nada si hay avería.",
            "es",
            ["La visita cuesta 29 €", "pero no paga nada si hay avería."],
        ),
        (
            "The refund takes ten days, and the charge for delivery is kept.",
            "en",
            ["The refund takes ten days", "and the charge for delivery is kept."],
        ),
        ("Sí, el sofá entra.", "es", ["Sí, el sofá entra."]),
        ("", "es", []),
    ],
)
def test_a_sentence_is_cut_into_clauses_that_say_something(
    text: str, language: Language, parts: list[str]
) -> None:
    found = clauses(stated(text, language))
    assert [text[start:end].rstrip(" ,") for start, end in found] == parts


@pytest.mark.parametrize(
    ("folded", "kinds"),
    [
        ("no se devuelve", {"denies"}),
        ("debe pagar antes", {"must", "paid", "before"}),
        ("you may choose any day", {"may", "any", "customer"}),
    ],
)
def test_what_a_text_says_of_duties_costs_and_limits_is_told(folded: str, kinds: set[str]) -> None:
    told = said_as(folded)
    assert {name for name, has in zip(SAID_AS, told, strict=True) if has} == kinds


def test_the_sentence_that_speaks_of_the_same_comes_first() -> None:
    found = lines(ES)
    said = stated("El reembolso llega en 20 días naturales.", "es")
    rarity = Rarity(line.read.text for line in found)
    (one,) = paired(said, found, Talk(Words(()), (), said.text), rarity)
    assert one.lines[0].read.text.startswith("El reembolso")
    first = dict(zip(PAIR_FEATURES, one.rows[0], strict=True))
    assert (first["figures"], first["figures met"], first["figures otherwise"]) == (1, 0, 1)
    assert first["across"] == 0


def test_trees_add_up_what_their_leaves_say() -> None:
    trees = Trees(
        np.array([[0, 1, LEAF], [1, LEAF, LEAF]]),
        np.array([[0.5, 2.0, 0.0], [3.0, 0.0, 0.0]]),
        np.array([[1.0, -1.0, 2.0, 9.0], [0.5, 9.0, -0.5, 9.0]]),
        -1.0,
    )
    rows = np.array([[0.0, 1.0], [0.0, 2.5], [0.6, 4.0]])
    odds = -1.0 + np.array([1.0 + 0.5, -1.0 + 0.5, 2.0 - 0.5])
    assert trees.probabilities(rows) == pytest.approx(1 / (1 + np.exp(-odds)))
    again = Trees.from_json(json.loads(json.dumps(trees.to_json())))
    assert again.probabilities(rows) == pytest.approx(trees.probabilities(rows))
    assert len(trees.probabilities(np.empty((0, 2)))) == 0


def test_what_was_learned_from_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    learned.cache_clear()
    monkeypatch.setattr(module, "FIGURE_FEATURES", ("other",))
    with pytest.raises(ValueError, match="voz eval drafts --learn"):
        learned()
    learned.cache_clear()
