from __future__ import annotations

import random
import time
from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.differences import compare as comparing
from knowledge.differences.compare import Difference, Differences, compare
from knowledge.differences.passages import passages
from knowledge.differences.words import changed_words
from knowledge.errors import SettingsError
from knowledge.models import Block, BlockKind, Document, Language
from knowledge.sections import section_spans, without

Part = tuple[int, str]


def made(*parts: Part, language: Language = "es", page_of: int = 99) -> Document:
    """A document of headings (level 1 and up) and paragraphs (level 0), two lines apart."""
    blocks: list[Block] = []
    text = ""
    for position, (level, line) in enumerate(parts):
        kind: BlockKind = "heading" if level else "paragraph"
        page = 1 + position // page_of
        blocks.append(Block(kind, len(text), len(text) + len(line), level, page))
        text += f"{line}\n\n"
    return Document("a.md", "A", text, tuple(blocks), language, "md", "0" * 64)


def seen(found: Differences) -> list[tuple[str, str, str]]:
    """Kind, old and new text of all that is different."""
    return [
        (one.kind, one.old.passage.text if one.old else "", one.new.passage.text if one.new else "")
        for one in found.items
        if one.kind != "kept"
    ]


def marked(one: Difference, side: str) -> list[tuple[str, str]]:
    told = getattr(one, side)
    return [(mark.kind, told.passage.text[mark.start : mark.end]) for mark in told.marks]


OLD = made(
    (1, "Devoluciones"),
    (0, "El cliente tiene 30 días. No hay recargo alguno. El envío cuesta 4,95 €."),
    (2, "Contacto"),
    (0, "Llame a la tienda."),
)


def test_what_was_kept_changed_added_and_removed_is_told_in_order() -> None:
    new = made(
        (1, "Devoluciones"),
        (0, "El cliente tiene 14 días. El envío cuesta 5,95 €."),
        (2, "Contacto"),
        (0, "Llame a la tienda. Abre a las nueve de lunes a viernes."),
    )
    found = compare(OLD, new)
    assert seen(found) == [
        ("changed", "El cliente tiene 30 días.", "El cliente tiene 14 días."),
        ("removed", "No hay recargo alguno.", ""),
        ("changed", "El envío cuesta 4,95 €.", "El envío cuesta 5,95 €."),
        ("added", "", "Abre a las nueve de lunes a viernes."),
    ]
    counts = found.counts
    assert (counts.kept, counts.changed, counts.added, counts.removed) == (3, 2, 1, 1)
    assert (counts.numbers, counts.dates, counts.moved) == (2, 0, 0)


def test_each_side_has_its_place() -> None:
    new = made((0, "Aviso."), (1, "Devoluciones"), (2, "Plazos"), (0, "Son 14 días."), page_of=2)
    old = made((1, "Devoluciones"), (2, "Plazos"), (0, "Son 30 días."))
    (change,) = [one for one in compare(old, new).items if one.kind == "changed"]
    assert change.old is not None
    assert change.new is not None
    for document, side in ((old, change.old), (new, change.new)):
        passage = side.passage
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.headings == ("Devoluciones", "Plazos")
    assert (change.old.passage.page, change.new.passage.page) == (1, 2)
    assert marked(change, "old") == [("number", "30")]
    assert marked(change, "new") == [("number", "14")]


def test_equal_texts_differ_in_nothing_whatever_their_lines() -> None:
    again = replace(OLD, text=OLD.text.replace("No hay recargo", "No hay  recargo "))
    blocks = tuple(
        replace(b, start=b.start + 2 * (b.start > 20), end=b.end + 2 * (b.end > 20))
        for b in OLD.blocks
    )
    found = compare(OLD, replace(again, blocks=blocks))
    assert not found.any
    assert found.hunks() == []
    assert found.counts.kept == 6


def test_a_changed_value_is_marked_whole_and_words_together() -> None:
    old, new = (
        "Hasta el 1 de marzo de 2026, 30 € por bulto",
        "Hasta el 1 de abril de 2026, 40 € en total",
    )
    gone, come = changed_words(old, new, old_language="es", new_language="es")
    assert [(m.kind, old[m.start : m.end]) for m in gone] == [
        ("date", "1 de marzo de 2026"),
        ("amount", "30 €"),
        ("words", "por bulto"),
    ]
    assert [(m.kind, new[m.start : m.end]) for m in come] == [
        ("date", "1 de abril de 2026"),
        ("amount", "40 €"),
        ("words", "en total"),
    ]


def test_a_word_that_turns_the_meaning_round_is_found() -> None:
    old, new = made((0, "Los colchones no se devuelven.")), made((0, "Los colchones se devuelven."))
    (change,) = compare(old, new).items
    assert change.kind == "changed"
    assert marked(change, "old") == [("words", "no")]
    assert marked(change, "new") == []


def test_a_sentence_of_which_every_value_changed_is_the_same_sentence() -> None:
    old = made((0, "Son 30 días desde el 1 de marzo de 2025."), (0, "Sofá | 30 | 40"))
    new = made((0, "Son 14 días desde mayo de 2026."), (0, "Mesa | 20 | 10"))
    kinds = [one.kind for one in compare(old, new).items]
    assert kinds == ["changed", "removed", "added"]


def test_another_code_is_another_thing() -> None:
    found = compare(made((0, "ERR-404: apague.")), made((0, "ERR-405: encienda.")))
    assert [one.kind for one in found.items] == ["removed", "added"]


def test_what_is_only_on_one_side_has_its_values_marked() -> None:
    found = compare(made((0, "Hola.")), made((0, "Hola."), (0, "Cuesta 5 € desde el 2/3/2026.")))
    assert marked(found.items[-1], "new") == [("amount", "5 €"), ("date", "2/3/2026")]


def test_a_section_that_moved_is_not_removed_and_added() -> None:
    contact = [(2, "Contacto"), (0, "Llame al 900 123 456 o escriba. Abrimos los lunes.")]
    others = [(2, "Plazos"), (0, "Treinta días naturales."), (2, "Pagos"), (0, "Con tarjeta.")]
    changed = [contact[0], (0, contact[1][1].replace("456", "457"))]
    found = compare(made((1, "A"), *contact, *others), made((1, "A"), *others, *changed))
    assert {one.kind for one in found.items} == {"kept", "moved", "changed"}
    assert [one.moved for one in found.items if one.kind == "changed"] == [True]
    assert found.counts.numbers == 1
    assert found.counts.removed == found.counts.added == 0


def test_short_phrases_that_stand_elsewhere_are_not_said_to_have_moved() -> None:
    old = made((0, "Sí."), (0, "El plazo corre desde la entrega."), (0, "Pague en caja."))
    new = made((0, "El plazo corre desde la entrega."), (0, "Sí."), (0, "Pague en caja."))
    assert [one.kind for one in compare(old, new).items] == ["removed", "kept", "added", "kept"]


def test_a_heading_is_never_the_sentence_that_became_of_it() -> None:
    found = compare(made((1, "Plazo de entrega")), made((0, "Plazo de entrega corto.")))
    assert [one.kind for one in found.items] == ["removed", "added"]


def test_what_is_withheld_is_in_no_difference() -> None:
    parts = [
        (1, "A"),
        (0, "Son 30 días."),
        (2, "Comisión"),
        (0, "CANARIO uno."),
        (2, "B"),
        (0, "Ya."),
    ]
    again = [
        *parts[:1],
        (0, "Son 14 días."),
        parts[2],
        (0, "CANARIO dos, y otro CANARIO."),
        *parts[4:],
    ]
    old, new = made(*parts), made(*again)
    assert "CANARIO" in str(compare(old, new))
    found = compare(*(without(one, section_spans(one, "Comisión")) for one in (old, new)))
    assert found.withheld
    assert "CANARIO" not in str(found)
    assert "Comisi" not in str(found)
    assert (found.counts.changed, found.counts.added) == (1, 0)


def test_what_is_not_for_customers_says_so() -> None:
    document = replace(OLD, internal=((OLD.blocks[1].start, OLD.blocks[1].end),))
    assert {one.kind for one in passages(document) if one.internal} == {"paragraph"}
    assert sum(one.internal for one in passages(document)) == 3


def test_hunks_have_what_was_kept_around_and_join_where_they_meet() -> None:
    lines = [f"Frase número {n} de este documento." for n in range(20)]
    new = [line if n not in (3, 5, 15) else "" for n, line in enumerate(lines)]
    found = compare(made(*((0, x) for x in lines)), made(*((0, x) for x in new if x)))
    assert [len(hunk) for hunk in found.hunks(1)] == [5, 3]
    assert [len(hunk) for hunk in found.hunks(0)] == [1, 1, 1]
    assert [len(hunk) for hunk in found.hunks(50)] == [20]
    near = [one.place.text[13:15].strip() for one in found.hunks(1)[0]]
    assert near == ["2", "3", "4", "5", "6"]


def test_too_many_sentences_are_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_PASSAGES", 3)
    with pytest.raises(SettingsError, match="6 sentences and rows, at most 3 are compared"):
        compare(OLD, made((0, "Uno.")))


WORDS = st.sampled_from("plazo días 30 14 colchón no recargo € marzo tienda".split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(lambda w: " ".join(w).capitalize() + ".")
PARTS = st.lists(st.tuples(st.sampled_from([0, 0, 0, 1, 2]), SENTENCES), max_size=14)


@given(PARTS, PARTS)
@example(
    [(0, "Plazo."), (0, "Plazo plazo plazo plazo plazo plazo."), (0, "Plazo plazo.")],
    [(0, "Plazo plazo."), (0, "Plazo plazo plazo plazo plazo plazo.")],
)
def test_both_texts_can_be_read_off_the_differences(one: list[Part], other: list[Part]) -> None:
    old, new = made(*one), made(*other)
    found = compare(old, new)
    theirs = [item.new.passage for item in found.items if item.new]
    assert theirs == passages(new)
    ours = sorted((item.old.passage for item in found.items if item.old), key=lambda p: p.start)
    assert ours == passages(old)
    stayed = [i.old.passage.start for i in found.items if i.old and not i.moved]
    assert stayed == sorted(stayed)
    for item in found.items:
        if item.old and item.new:
            same = item.old.passage.key == item.new.passage.key
            assert same is (item.kind in ("kept", "moved"))
            assert item.moved or item.kind != "moved"
        if item.kind == "changed":
            assert item.old is not None
            assert item.new is not None
            assert item.old.marks or item.new.marks
    assert not compare(old, old).any


@given(SENTENCES, SENTENCES)
def test_what_is_unmarked_is_the_same_on_both_sides(old: str, new: str) -> None:
    gone, come = changed_words(old, new, old_language="es", new_language="es")

    def rest(text: str, marks: object) -> str:
        kept = list(text)
        for mark in marks:  # type: ignore[attr-defined]
            kept[mark.start : mark.end] = " " * (mark.end - mark.start)
        return "".join("".join(kept).split())

    assert rest(old, gone) == rest(new, come)


def sentence(dice: random.Random) -> str:
    words = " ".join(f"Palabra{dice.randrange(3000)}" for _ in range(13))
    return f"{words} en {dice.randrange(90)} días."


def test_two_hundred_pages_take_seconds_at_most_and_repeated_phrases_are_no_trap() -> None:
    dice = random.Random(1)
    lines = [(int(n % 20 == 0), sentence(dice)) for n in range(6000)]
    few = [(a, t.replace("en 1", "en 2")) for a, t in lines]
    rewritten = [(a, f"Además, {t.replace('Palabra1', 'Vocablo1')}") for a, t in lines]
    phrases = [(0, dice.choice(["Sí, señora.", "No.", "Consulte a su supervisor."])) for _ in lines]
    mixed = dice.sample(phrases, len(phrases))
    for old, new in ((lines, lines), (lines, few), (lines, rewritten), (phrases, mixed)):
        began = time.process_time()
        compare(made(*old), made(*new))
        assert time.process_time() - began < 10
    assert compare(made(*lines), made(*rewritten)).counts.changed > 5000


def test_difflib_alone_would_not_have_found_the_pairs() -> None:
    """Where a replaced stretch grew, the n-th old sentence is not the n-th new one."""
    old = made((0, "Los sofás tardan 30 días."), (0, "Las lámparas tardan 5 días."))
    new = made(
        (0, "Hay excepciones en agosto."),
        (0, "Los sofás tardan 40 días."),
        (0, "Las lámparas tardan 6 días."),
    )
    keys = [[p.key for p in passages(one)] for one in (old, new)]
    assert [code[0] for code in SequenceMatcher(None, keys[0], keys[1]).get_opcodes()] == [
        "replace"
    ]
    assert [kind for kind, _, _ in seen(compare(old, new))] == ["added", "changed", "changed"]
