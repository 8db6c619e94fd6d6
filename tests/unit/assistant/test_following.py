"""What follows a cited passage: the next sentences of its section, and no more."""

from __future__ import annotations

from dataclasses import replace

from assistant.shell.contact.following import MAX_FOLLOWING, following
from knowledge.models import Block, Document
from tests.e2e.page_double import cite, make_document

PARTS = [
    ("heading", "Recogida"),
    ("paragraph", "Pida las fotos del daño. Abra una incidencia en la ficha. Avise a Tráfico."),
    ("paragraph", "Confirme la recogida en dos días laborables. Despídase."),
    ("heading", "Reembolso"),
    ("paragraph", "El reembolso tarda catorce días naturales."),
]
FIRST = "Pida las fotos del daño."


def document() -> Document:
    return make_document("procedimiento.md", PARTS)


def texts(quote: str, found: Document | None = None, said: list[str] | None = None) -> list[str]:
    whole = found or document()
    return [one.text for one in following(cite(document(), quote), whole, said or [])]


def test_the_next_sentences_follow_in_their_order() -> None:
    assert texts(FIRST) == ["Abra una incidencia en la ficha.", "Avise a Tráfico."]
    assert len(texts(FIRST)) == MAX_FOLLOWING


def test_the_section_goes_on_in_its_next_paragraph_and_ends_at_a_heading() -> None:
    assert texts("Avise a Tráfico.") == ["Confirme la recogida en dos días laborables."]
    assert texts("Despídase.") == []


def test_what_is_shown_already_does_not_follow() -> None:
    said = ["Abra una incidencia en la ficha."]
    assert texts(FIRST, said=said)[0] == "Avise a Tráfico."


def test_what_is_withheld_is_left_out_and_what_is_internal_says_so() -> None:
    whole = document()
    at = whole.text.index("Abra")
    hidden = replace(whole, withheld=((at, at + 10),))
    assert "Abra una incidencia en la ficha." not in texts(FIRST, hidden)
    inside = replace(whole, internal=((at, at + 10),))
    first, second = following(cite(whole, FIRST), inside, [])
    assert (first.internal, second.internal) == (True, False)


def test_nothing_follows_a_row_of_a_table_or_a_text_that_has_changed() -> None:
    whole = document()
    assert following(replace(cite(whole, FIRST), row=3), whole, []) == []
    assert (
        following(replace(cite(whole, FIRST), quote="Pida otra cosa, por favor."), whole, []) == []
    )
    rows = tuple(
        Block("row", b.start, b.end, row=1) if b.kind == "paragraph" else b for b in whole.blocks
    )
    assert following(cite(whole, FIRST), replace(whole, blocks=rows), []) == []
