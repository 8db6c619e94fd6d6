from __future__ import annotations

from knowledge.models import Block, Document
from knowledge.sections import heading_names, inside, section_spans, without


def made(*parts: tuple[int, str]) -> Document:
    """A document of headings (level 1 and up) and paragraphs (level 0), one a line."""
    blocks: list[Block] = []
    text = ""
    for level, line in parts:
        kind = "heading" if level else "paragraph"
        blocks.append(Block(kind, len(text), len(text) + len(line), level))  # type: ignore[arg-type]
        text += f"{line}\n"
    return Document("a.md", "A", text, tuple(blocks), "es", "md", "0" * 64)


POLICY = made(
    (1, "Devoluciones"),
    (0, "Treinta días."),
    (2, "Compensación"),
    (0, "Hasta 40 €."),
    (3, "Casos graves"),
    (0, "Hasta 90 €."),
    (2, "Contacto"),
    (0, "Por teléfono."),
)


def test_a_part_reaches_to_the_next_heading_of_its_level() -> None:
    ((start, end),) = section_spans(POLICY, "compensacion")
    assert POLICY.text[start:end].splitlines() == [
        "Compensación",
        "Hasta 40 €.",
        "Casos graves",
        "Hasta 90 €.",
    ]
    assert section_spans(POLICY, "No la hay") == []


def test_the_last_part_reaches_to_the_end() -> None:
    ((_, end),) = section_spans(POLICY, "Contacto")
    assert end == len(POLICY.text)


def test_what_is_withheld_is_blank_and_nothing_else_moves() -> None:
    spans = section_spans(POLICY, "Compensación")
    seen = without(POLICY, spans)
    assert len(seen.text) == len(POLICY.text)
    assert "€" not in seen.text
    assert "Compensación" not in seen.text
    assert seen.withheld == tuple(spans)
    contact = POLICY.text.index("Por teléfono.")
    assert seen.text[contact:] == POLICY.text[contact:]
    assert seen.text.count("\n") == POLICY.text.count("\n")
    assert heading_names(seen) == ["Devoluciones", "Contacto"]
    assert without(POLICY, []) is POLICY


def test_touching_ends_are_not_inside() -> None:
    assert inside(0, 5, [(4, 9)])
    assert not inside(0, 4, [(4, 9)])
    assert not inside(9, 12, [(4, 9)])
