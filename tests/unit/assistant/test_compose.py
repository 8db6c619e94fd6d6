"""What is shown are exact quotes, few, different from each other, readable."""

from __future__ import annotations

from assistant.compose import (
    MAX_LIST_CHARS,
    MAX_PASSAGE_CHARS,
    MAX_STATEMENTS,
    NEAREST,
    SNIPPET_CHARS,
    nearest,
    passages,
    statements,
)
from tests.unit.assistant.made import passage, ranked

LIST = "Para devolverlo traiga:\n- el ticket\n- la caja original\n- el DNI\nGracias por todo."


def test_the_best_sentence_comes_first_with_the_place_where_it_stands() -> None:
    text = "Uno es así. Dos es de otra manera."
    best, other = ranked(text)
    first, second = statements([other, best])
    assert first.text == "Dos es de otra manera."
    (cited,) = first.citations
    assert (cited.document, cited.title, cited.page) == ("guia.md", "Guía", 3)
    assert cited.headings == ("Plazos",)
    assert cited.quote == text[cited.start : cited.end] == "Dos es de otra manera."
    assert second.text == "Uno es así."


def test_no_more_than_a_few_statements_are_shown() -> None:
    text = "Perro grande. Gato negro. Casa vieja. Mesa redonda. Silla alta. Luz azul."
    assert len(statements(ranked(text))) == MAX_STATEMENTS


def test_a_sentence_that_says_the_same_is_left_out() -> None:
    same = ranked("El plazo es de treinta días naturales.", "EL PLAZO es de treinta días naturales")
    other = ranked("La garantía dura tres años.", document="otro.md")
    assert [s.text for s in statements([*same, *other])] == [
        "El plazo es de treinta días naturales.",
        "La garantía dura tres años.",
    ]


def test_a_line_that_introduces_a_list_is_shown_with_its_items() -> None:
    (statement, *_) = statements(ranked(LIST))
    assert statement.text.splitlines()[:4] == [
        "Para devolverlo traiga:",
        "el ticket",
        "la caja original",
        "el DNI",
    ]
    (cited,) = statement.citations
    assert cited.quote == LIST[cited.start : cited.end]


def test_an_item_already_shown_with_its_list_is_not_repeated() -> None:
    shown = statements(ranked(LIST))
    assert sum("la caja original" in s.text for s in shown) == 1


def test_a_long_list_is_cut_at_an_item() -> None:
    text = "Traiga todo esto:\n" + "\n".join(f"- cosa número {i} de la lista" for i in range(60))
    (statement, *_) = statements(ranked(text))
    cited = statement.citations[0]
    assert len(cited.quote) <= MAX_LIST_CHARS
    assert cited.quote.endswith("de la lista")


def test_passages_have_what_stands_around_and_stay_exact() -> None:
    text = "Antes va esto. El plazo es de 30 días. Luego nada. Y más tarde tampoco. Fin del todo."
    (statement, *_) = passages([ranked(text)[1]])
    cited = statement.citations[0]
    assert cited.quote == text[cited.start : cited.end]
    assert "Antes va esto. El plazo es de 30 días. Luego nada." in cited.quote
    assert len(cited.quote) <= MAX_PASSAGE_CHARS


def test_a_long_neighbour_is_left_out_of_a_passage() -> None:
    text = "El plazo es de 30 días. " + "Palabra " * 100 + "fin."
    (statement, *_) = passages(ranked(text)[:1])
    assert statement.text == "El plazo es de 30 días."


def test_markup_and_white_space_are_the_documents_own() -> None:
    text = "<b>El plazo</b>   es & de 30 días."
    (statement,) = statements(ranked(text))
    assert statement.text == "<b>El plazo</b> es & de 30 días."
    assert statement.citations[0].quote == text


def test_nothing_ranked_gives_nothing_to_say() -> None:
    assert statements([]) == ()
    assert passages([]) == ()


def test_the_nearest_are_one_passage_for_each_document() -> None:
    chunks = [passage(f"Texto {i}.", document=f"{i // 2}.md") for i in range(10)]
    found = nearest(chunks)
    assert [c.document for c in found] == ["0.md", "1.md", "2.md"][:NEAREST]
    assert [c.quote for c in found] == ["Texto 0.", "Texto 2.", "Texto 4."][:NEAREST]


def test_a_long_nearest_passage_is_cut_between_words_and_stays_exact() -> None:
    text = "palabra " * 100 + "fin"
    (cited,) = nearest([passage(text, start=1_000)])
    assert len(cited.quote) <= SNIPPET_CHARS
    assert cited.quote == text[: cited.end - 1_000]
    assert set(cited.quote.split()) == {"palabra"}


def test_a_nearest_passage_without_spaces_is_cut_all_the_same() -> None:
    (cited,) = nearest([passage("z" * 1_000)])
    assert 0 < len(cited.quote) <= SNIPPET_CHARS


def test_a_sentence_in_a_table_is_cited_with_its_own_row() -> None:
    found = ranked("Código: E10\nCódigo: E13\n\nCódigo: E18", row=4)
    rows = {c.text: statements([c])[0].citations[0].row for c in found}
    assert rows == {"Código: E10": 4, "Código: E13": 5, "Código: E18": 6}
