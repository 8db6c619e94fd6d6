from __future__ import annotations

import json
import re
from string import Formatter

import pytest
import typer

from assistant.shell.difference_lines import (
    COUNTED,
    LINES,
    difference_lines,
    differences_json,
    summary,
)
from knowledge.differences.compare import compare
from knowledge.models import Language
from tests.unit.knowledge.test_differences import made

OLD = made(
    (1, "Envíos"),
    (0, "Cuesta 4,95 €."),
    (0, "Sin recargo."),
    (2, "Zonas"),
    (0, "Península y Baleares."),
)
NEW = made(
    (1, "Envíos"),
    (0, "Cuesta 5,95 €."),
    (2, "Zonas"),
    (0, "Península y Baleares. Desde el 1/3/2026, \x1b[35mCeuta."),
)


def unstyled(line: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", line)


def plain(language: Language) -> list[str]:
    found = compare(OLD, NEW)
    return [unstyled(x) for x in difference_lines("a.md", found, language, context=1)]


@pytest.mark.parametrize("told", [COUNTED, LINES])
def test_both_languages_have_the_same_strings_and_values(told: dict[Language, object]) -> None:
    def shape(catalogue: object) -> dict[str, object]:
        assert isinstance(catalogue, dict)
        return {
            key: sorted({name for _, name, _, _ in Formatter().parse(str(text)) if name})
            for key, text in catalogue.items()
        }

    assert shape(told["es"]) == shape(told["en"])


def test_the_summary_counts_one_and_several() -> None:
    found = compare(OLD, NEW)
    assert summary(found, "en") == "1 changed, 1 added, 1 removed; 1 number"
    assert summary(found, "es") == "1 cambiada, 1 añadida, 1 quitada; 1 cifra"
    assert summary(compare(OLD, OLD), "es") == ""


def test_what_changed_is_told_without_colour() -> None:
    lines = plain("es")
    assert lines[0] == "a.md: de la versión 0 a la 0"
    assert "  - Cuesta [-4,95 €-]." in lines
    assert "  + Cuesta {+5,95 €+}." in lines
    assert "  - Sin recargo." in lines
    assert "Envíos › Zonas · p. 1" in lines


def test_a_terminal_is_told_nothing_by_a_document() -> None:
    lines = difference_lines("a.md", compare(OLD, NEW), "en", context=1)
    assert not any("\x1b[35m" in line for line in lines)
    assert any("1/3/2026,  [35mCeuta." in line for line in plain("en"))


def test_values_stand_out_where_there_is_colour() -> None:
    lines = "\n".join(difference_lines("a.md", compare(OLD, NEW), "en", context=0))
    assert typer.style("{+5,95 €+}", fg="green", bold=True, underline=True) in lines


def test_where_something_moved_from_is_told() -> None:
    moved = (0, "Treinta días naturales desde la entrega.")
    old = made((1, "Plazos"), moved, (1, "Pagos"), (0, "Con tarjeta o en efectivo, a elegir."))
    new = made((1, "Plazos"), (1, "Pagos"), (0, "Con tarjeta o en efectivo, a elegir."), moved)
    lines = difference_lines("a.md", compare(old, new), "en", context=0)
    assert "  > Treinta días naturales desde la entrega.  (it was in “Plazos”)" in lines


def test_nothing_different_is_said_in_words() -> None:
    for language in ("es", "en"):
        lines = difference_lines("a.md", compare(OLD, OLD), language, context=1)
        assert lines[1] == LINES[language]["same"]


def test_json_gives_offsets_that_hold() -> None:
    given = json.loads(json.dumps(differences_json(compare(OLD, NEW), context=0)))
    sides = [
        (document, one[side])
        for stretch in given["stretches"]
        for one in stretch
        for side, document in (("old", OLD), ("new", NEW))
        if one[side]
    ]
    assert len(sides) == 4
    for document, side in sides:
        assert document.text[side["start"] : side["end"]] == side["text"]
    assert [s["text"][m["start"] : m["end"]] for _, s in sides for m in s["marks"]] == [
        "4,95 €",
        "5,95 €",
        "1/3/2026",
    ]
