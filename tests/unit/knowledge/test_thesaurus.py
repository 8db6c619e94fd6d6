"""A question's words are found in the words of the policies, in both languages."""

from __future__ import annotations

from importlib.resources import files

import pytest

from knowledge.models import Language
from knowledge.search.thesaurus import MAX_WORDS, bundled, lemma_stem, parse

LIST = """# comment
devolución|retorno\treturn|refund request
devolver\treturn|send back
pedido|orden de compra\torder|purchase order
pedido anulado\tcancelled order
nuevo\tnew
nueve\tnine
morir\tdie

estado del pedido\torder status
"""


def spans(text: str, language: Language = "es") -> list[tuple[int, int, str]]:
    return [
        (m.first, m.after, m.senses[0].concept.labels["en"])
        for m in parse(LIST).matches(text.split(), language)
    ]


def test_the_longest_phrase_wins() -> None:
    assert spans("estado pedido") == [(0, 2, "order status")]
    assert spans("estado pedido devolucion") == [(0, 2, "order status"), (2, 3, "return")]
    assert spans("pedido estado") == [(0, 1, "order")]
    assert spans("un pedido anulado hoy") == [(1, 3, "cancelled order")]


def test_stop_words_within_a_term_do_not_count() -> None:
    assert spans("orden compra") == [(0, 2, "order")]


def test_other_forms_of_a_word_are_found() -> None:
    assert spans("devoluciones") == [(0, 1, "return")]
    assert spans("murio") == [(0, 1, "die")]


def test_the_word_as_it_stands_wins_over_its_stem() -> None:
    assert spans("nueve") == [(0, 1, "nine")]
    assert spans("nuevo") == [(0, 1, "new")]


def test_a_phrase_has_all_its_senses_the_most_usual_first() -> None:
    match = next(parse(LIST).matches(["return"], "en"))
    assert [s.concept.labels["es"] for s in match.senses] == ["devolución", "devolver"]
    ranks = [sense.rank for sense in match.senses]
    assert ranks == sorted(ranks)


def test_a_rarer_sense_comes_after_a_more_usual_one() -> None:
    made = parse("alfa|banco\tfirst\nbanco|beta\tbank\n")
    match = next(made.matches(["banco"], "es"))
    assert [(s.rank, s.concept.labels["en"]) for s in match.senses] == [(0, "bank"), (1, "first")]


def test_a_gloss_keeps_what_it_does_not_know_in_its_place() -> None:
    made = parse(LIST)
    assert made.gloss("plazo devolucion colchon".split(), "es") == "plazo return colchon"
    assert made.gloss("purchase order almendro".split(), "en") == "pedido almendro"
    assert made.gloss([], "es") == ""


def test_comments_empty_lines_and_terms_of_stop_words_alone_are_left_out() -> None:
    made = parse("# x\ty\n\n\nde la\tof the\nsilla\tchair\n")
    assert [c.labels["en"] for c in made.concepts] == ["chair"]


@pytest.mark.parametrize("line", ["silla\t", "\tchair", "silla\t|", "\t"])
def test_a_line_without_a_side_is_no_concept(line: str) -> None:
    assert parse(f"{line}\n").concepts == ()


@pytest.mark.parametrize("line", ["silla", "silla\tchair\tchaise"])
def test_a_line_that_is_not_two_sides_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse(f"# first\n{line}\n")


def test_a_thesaurus_says_the_same_the_second_time() -> None:
    made = parse(LIST)
    first = list(made.matches("estado pedido murio".split(), "es"))
    assert list(made.matches("estado pedido murio".split(), "es")) == first


@pytest.mark.parametrize(
    ("question", "language", "gloss"),
    [
        ("devolucion", "es", "return"),
        ("envio", "es", "shipping"),
        ("refund", "en", "reembolso"),
        ("warranty", "en", "garantía"),
    ],
)
def test_the_bundled_list_knows_the_words_of_the_trade(
    question: str, language: Language, gloss: str
) -> None:
    assert bundled().gloss([question], language) == gloss


def test_every_term_of_the_bundled_list_can_be_found() -> None:
    text = (files("knowledge.search") / "thesaurus.tsv").read_text("utf-8")
    lines = [x for x in text.splitlines() if x.strip() and not x.startswith("#")]
    assert all(line.count("\t") == 1 for line in lines)
    for concept in bundled().concepts:
        for terms in concept.terms.values():
            assert all(len(term) <= MAX_WORDS for term in terms), terms


def test_irregular_forms_meet_under_one_key() -> None:
    assert lemma_stem("murio", "es") == lemma_stem("morir", "es")
    assert lemma_stem("bought", "en") == lemma_stem("buy", "en")
