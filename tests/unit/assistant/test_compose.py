"""What is shown are exact quotes, few, different from each other, readable."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose import (
    MAX_LIST_CHARS,
    MAX_PASSAGE_CHARS,
    MAX_PASSAGES,
    MAX_STATEMENTS,
    NEAREST,
    SNIPPET_CHARS,
    nearest,
    passages,
    statements,
)
from assistant.sentences import Candidate, candidates
from knowledge.models import Block, BlockKind, Document
from tests.unit.assistant.made import passage, question, ranked

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


def document(*blocks: str, kinds: Sequence[BlockKind] = (), pages: Sequence[int] = ()) -> Document:
    """``guia.md``: blocks a line each."""
    found, text = [], ""
    for i, block in enumerate(blocks):
        kind: BlockKind = kinds[i] if kinds else "paragraph"
        page = pages[i] if pages else None
        found.append(Block(kind, len(text), len(text) + len(block), page=page))
        text += block + "\n"
    return Document("guia.md", "Guía", text, tuple(found), "es", "md", "0" * 64)


def read(
    source: Document, *sentences: str, at_most: int = MAX_PASSAGES
) -> list[tuple[str, str, str]]:
    """``(text, quote, focus)`` of the passages around sentences that stand in blocks."""
    found: list[Candidate] = []
    for sentence in sentences:
        at = source.text.index(sentence)
        block = next(b for b in source.blocks if b.start <= at < b.end)
        text = source.text[block.start : block.end]
        start = block.start
        found += [
            c
            for c in candidates(question("x"), [passage(text, start=start, document="guia.md")])
            if c.text == sentence
        ]
    shown = passages(found, lambda name, version: source)
    for statement in shown:
        (cited,) = statement.citations
        assert cited.quote == source.text[cited.start : cited.end]
        assert len(cited.quote) <= MAX_PASSAGE_CHARS
        assert statement.focus in statement.text
    return [(s.text, s.citations[0].quote, s.focus) for s in shown[:at_most]]


def test_a_passage_has_the_blocks_around_and_says_which_sentence_answers() -> None:
    source = document("Antes va esto.", "El plazo es de 30 días. Luego nada.", "Fin del todo.")
    ((text, quote, focus),) = read(source, "El plazo es de 30 días.")
    assert quote == source.text.strip()
    assert text.splitlines() == [
        "Antes va esto.",
        "El plazo es de 30 días. Luego nada.",
        "Fin del todo.",
    ]
    assert focus == "El plazo es de 30 días."


def test_a_passage_stays_on_its_page_and_ends_with_no_heading() -> None:
    source = document(
        "Otra página.",
        "Título",
        "El plazo es de 30 días.",
        "Siguiente título",
        "Más allá.",
        kinds=["paragraph", "heading", "paragraph", "heading", "paragraph"],
        pages=[1, 2, 2, 2, 3],
    )
    ((_, quote, _),) = read(source, "El plazo es de 30 días.")
    assert quote == "Título\nEl plazo es de 30 días."


def test_a_long_neighbour_is_left_out_of_a_passage() -> None:
    source = document("Palabra " * 100 + "inicio.", "El plazo es de 30 días.", "Palabra " * 100)
    ((_, quote, _),) = read(source, "El plazo es de 30 días.")
    assert quote == "El plazo es de 30 días."


def test_what_a_passage_shows_is_not_shown_again() -> None:
    filler = "Relleno que ocupa sitio en la página. " * 12
    terms = "La garantía dura tres años. " + "Y más condiciones. " * 11
    source = document("El plazo es de 30 días.", filler.strip(), terms.strip())
    first, second = read(source, "El plazo es de 30 días.", "La garantía dura tres años.")
    assert "garantía" not in first[0]
    assert filler.strip() in first[0]
    assert second[1] == terms.strip()
    assert len(read(document("Uno es así.", "Dos no."), "Uno es así.", "Dos no.")) == 1


def test_a_document_that_is_gone_or_changed_leaves_its_own_passage() -> None:
    text = "Antes va esto. El plazo es de 30 días. Luego nada."
    changed = document("Otra cosa.", "Y otra.")
    for now in (None, changed):
        (statement, *_) = passages([ranked(text)[1]], lambda name, version, now=now: now)
        (cited,) = statement.citations
        assert cited.quote == text[cited.start : cited.end] == text


def test_a_list_longer_than_what_is_left_of_its_passage_has_a_sentence_as_focus() -> None:
    filler = "Relleno que ocupa sitio en la página. " * 17
    source = document(filler, LIST)
    shown = read(source, "- el DNI", filler.split(". ", maxsplit=1)[0] + ".")
    assert all(focus in text for text, _, focus in shown)


def test_markup_and_white_space_are_the_documents_own() -> None:
    text = "<b>El plazo</b>   es & de 30 días."
    (statement,) = statements(ranked(text))
    assert statement.text == "<b>El plazo</b> es & de 30 días."
    assert statement.citations[0].quote == text


def test_nothing_ranked_gives_nothing_to_say() -> None:
    assert statements([]) == ()
    assert passages([], lambda name, version: None) == ()


def test_the_nearest_are_the_best_sentences_one_for_each_document() -> None:
    found = [c for i in range(10) for c in ranked(f"Texto {i}.", document=f"{i // 2}.md")]
    cited = nearest(found)
    assert [c.document for c in cited] == ["0.md", "1.md", "2.md"][:NEAREST]
    assert [c.quote for c in cited] == ["Texto 0.", "Texto 2.", "Texto 4."][:NEAREST]


def test_what_stands_around_the_nearest_is_shown_as_far_as_it_fits() -> None:
    text = "Antes va esto. El plazo es de 30 días. " + "Palabra " * 60 + "fin."
    (cited,) = nearest([ranked(text)[1]])
    assert cited.quote == text[cited.start : cited.end] == "Antes va esto. El plazo es de 30 días."


def test_a_long_nearest_sentence_is_cut_between_words_and_stays_exact() -> None:
    text = "palabra " * 100 + "fin"
    (cited,) = nearest(ranked(text))
    assert len(cited.quote) <= SNIPPET_CHARS
    assert cited.quote == text[: cited.end]
    assert set(cited.quote.split()) == {"palabra"}


def test_a_nearest_sentence_without_spaces_is_cut_all_the_same() -> None:
    (cited,) = nearest(ranked("z" * 1_000))
    assert 0 < len(cited.quote) <= SNIPPET_CHARS


def test_a_sentence_in_a_table_is_cited_with_its_own_row() -> None:
    found = ranked("Código: E10\nCódigo: E13\n\nCódigo: E18", row=4)
    rows = {c.text: statements([c])[0].citations[0].row for c in found}
    assert rows == {"Código: E10": 4, "Código: E13": 5, "Código: E18": 6}
