"""Ticks, conditions and places in a procedure, and which one belongs to a need."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.cases.models import Case, When
from assistant.models import Citation
from assistant.steps import state, ticking
from assistant.steps.choosing import offers
from assistant.steps.extract import procedures_of
from assistant.steps.library import Library, successor
from assistant.steps.models import Condition, Procedure, Quote
from assistant.steps.progress import (
    Mark,
    Progress,
    answer,
    carried,
    current,
    excluded_by,
    from_json,
    stand,
    tick,
    to_json,
)
from assistant.steps.resolving import heard, known_by_case
from knowledge.models import Document, Viewer
from tests.unit.assistant.test_steps_extract import of_text, only

AT = "2026-11-29T10:00:00+00:00"
HAND, UNTICKED = Mark(True, "hand", AT, who="ana"), Mark(False, "hand", AT, who="ana")
HEARD = Mark(True, "heard", AT, turn=4)
RETURN = (
    "# Cómo se devuelve\n\n1. Abra el pedido.\n2. Pida fotos. Si llegó roto, llame a Tráfico.\n"
    "3. Cobre la recogida salvo que sea un defecto.\n"
)
CASES = (
    "# Averías\n\n| Código | Qué se hace |\n|---|---|\n| E18 | Limpie el filtro |\n"
    "| E10 | Abra el grifo |\n"
)
VIEWER = Viewer("ana", frozenset({"staff"}))


def begun(one: Procedure) -> Progress:
    return Progress(one.document, one.version, one.key)


def test_the_hand_is_never_undone_by_what_is_heard() -> None:
    one = tick(tick(begun(only(RETURN)), "1", UNTICKED), "1", HEARD)
    assert one.ticks["1"] == UNTICKED
    assert tick(one, "1", HAND).ticks["1"] == HAND
    assert answer(answer(one, "2.1?1", UNTICKED), "2.1?1", HEARD).answers["2.1?1"] == UNTICKED
    assert answer(answer(one, "2.1?1", UNTICKED), "2.1?1", None).answers == {}


def test_the_agent_is_at_the_first_open_step_unless_they_say_where() -> None:
    one = only(RETURN)
    progress = begun(one)
    assert current(one, progress, {}) == "1"
    progress = tick(progress, "1", HAND)
    assert current(one, progress, {}) == "2"
    assert current(one, progress, {"2": "x"}) == "2.1"
    progress = stand(progress, "3")
    assert current(one, progress, {}) == "3"
    progress = tick(progress, "3", HAND)
    assert current(one, progress, {}) == "2"
    for key in ("2", "2.1"):
        progress = tick(progress, key, HAND)
    assert current(one, progress, {}) is None


@pytest.mark.parametrize(
    ("key", "yes", "excluded"),
    [
        ("2.1?1", False, {"2.1": "2.1?1"}),
        ("2.1?1", True, {}),
        ("3?1", True, {"3": "3?1"}),
        ("3?1", False, {}),
    ],
)
def test_if_needs_a_yes_and_unless_a_no(key: str, yes: bool, excluded: dict[str, str]) -> None:
    one = only(RETURN)
    progress = answer(begun(one), key, Mark(yes, "hand", AT))
    assert excluded_by(one, progress) == excluded
    assert excluded_by(one, begun(one), {key: yes}) == excluded
    assert excluded_by(one, progress, {key: not yes}) == excluded  # the answer comes first


def test_one_case_of_a_table_excludes_the_others() -> None:
    one = only(CASES)
    progress = answer(begun(one), "1?1", HEARD)
    assert excluded_by(one, progress) == {"2": "2?1"}
    assert excluded_by(one, begun(one)) == {}


def test_progress_is_kept_and_given_back_as_it_was() -> None:
    progress = stand(answer(tick(begun(only(RETURN)), "1", HEARD), "2.1?1", HAND), "2")
    assert from_json(to_json(progress)) == progress


def test_another_version_keeps_the_marks_of_what_says_the_same() -> None:
    text = RETURN.replace("1. Abra", "1. Salude.\n2. Abra").replace("2. Pida", "3. Pida")
    old, new = only(RETURN), only(text.replace("3. Cobre la recogida", "4. Diga el importe"))
    progress = stand(tick(tick(begun(old), "1", HAND), "3", HAND), "2")
    moved = carried(answer(progress, "2.1?1", HEARD), old, new)
    assert dict(moved.ticks) == {"2": HAND}
    assert dict(moved.answers) == {"3.1?1": HEARD}
    assert moved.position == "3"


def test_what_turns_say_is_read_anew_and_older_turns_stay() -> None:
    one = only(RETURN)
    older = Mark(True, "heard", AT, turn=1)
    kept = state.moved_on({}, tick(tick(begun(one), "1", older), "2", HEARD))
    now = state.progress_of(state.heard(kept, one, ({}, {}), first_turn=3))
    assert now is not None
    assert dict(now.ticks) == {"1": older}
    other = only(CASES)
    assert state.heard(kept, other, ({"1": HEARD}, {}), 1) == kept
    assert state.heard({}, one, ({"1": HEARD}, {}), 1) == {}


@pytest.mark.parametrize(
    ("clause", "turn", "holds"),
    [
        ("Si ha lavado en caliente", "sí, he lavado en caliente", True),
        ("Si ha lavado en caliente", "no he lavado en caliente", False),
        ("Si no contestan en 90 segundos", "no contestan en 90 segundos", True),
        ("Si ha lavado en caliente", "creo que he lavado en caliente", None),
        ("Si ha lavado en caliente", "¿y si he lavado en caliente?", None),
        ("Si ha lavado en caliente", "he lavado en frío", None),
        ("si no existe", "no existe", None),
        ("Si ha lavado en caliente", "no sé si he lavado en caliente", None),
    ],
)
def test_a_turn_decides_a_condition_only_when_it_says_all_of_it(
    clause: str, turn: str, holds: bool | None
) -> None:
    assert heard(Condition("1?1", "if", Quote(clause, 0, len(clause))), "es", turn) is holds


@pytest.mark.parametrize(
    ("turn", "holds"),
    [("me sale el e18", True), ("¿es el E18?", None), ("no es el E18", None), ("el E1", None)],
)
def test_the_code_of_a_row_is_heard(turn: str, holds: bool | None) -> None:
    assert heard(Condition("1?1", "case", Quote("E18", 0, 3)), "es", turn) is holds


def test_the_customers_case_decides_days_and_channels() -> None:
    one = only(
        "# Cómo se atiende\n\n1. Cree la devolución si lo compró en la web.\n"
        "2. Abra una reclamación si lo compró antes del 1 de marzo de 2026.\n3. Anote el motivo.\n"
    )
    case = Case({"purchased": When(date(2026, 4, 1))}, "shop")
    known = known_by_case(one, case)
    assert set(known.values()) <= {False}
    assert set(known) == {"1?1", "2?1"}
    assert known_by_case(one, Case()) == {}
    assert known_by_case(one, None) == {}


def cited(document: Document, quote: str, headings: tuple[str, ...] = ()) -> Citation:
    start = document.text.index(quote)
    end = start + len(quote)
    return Citation(
        document.name, document.title, None, None, headings, quote, start, end, "es",
        document.version,
    )  # fmt: skip


def test_the_procedure_of_the_cited_section_comes_before_others_of_its_source() -> None:
    document = of_text(
        "# Colchones\n\n## Devolver el colchón\n\nTiene 100 noches.\n\n1. Abra el pedido.\n"
        "2. Cree la devolución.\n\n## Lavar la funda del colchón\n\n1. Abra la cremallera.\n"
        "2. Lave la funda del colchón.\n\n## Cambiar la cita\n\n1. Abra la agenda.\n2. Elija día.\n"
    )
    library = Library(lambda name, viewer, version: document)
    passage = cited(document, "Tiene 100 noches.", ("Colchones", "Devolver el colchón"))
    found = offers([passage], "quiero lavar la funda del colchón", "es", library, VIEWER)
    assert [(one.procedure.title, one.because) for one in found] == [
        ("Devolver el colchón", "section"),
        ("Lavar la funda del colchón", "source"),
    ]


def test_nothing_is_offered_of_what_is_not_seen_or_of_a_version_that_is_not_in_force() -> None:
    document = of_text(RETURN)
    passage = cited(document, "Abra el pedido.")
    nothing = Library(lambda name, viewer, version: None)
    assert offers([passage], "devolver el pedido", "es", nothing, VIEWER) == []
    newer = Library(lambda name, viewer, version: _as_version(document, 2))
    assert offers([passage], "devolver el pedido", "es", newer, VIEWER) == []


def _as_version(document: Document, version: int) -> Document:
    from dataclasses import replace

    return replace(document, version=version)


def test_each_version_is_read_once_for_those_who_see_the_same() -> None:
    read: list[Any] = []
    document = of_text(RETURN)

    def give(name: str, viewer: Viewer, version: int | None) -> Document:
        read.append(version)
        return document

    library = Library(give)
    one, other = library.of("a.md", VIEWER), library.of("a.md", VIEWER, 1)
    assert one is not None
    assert other is not None
    assert one.procedures is other.procedures
    assert read == [None, 1]


def test_the_successor_has_the_title_or_half_of_the_steps() -> None:
    old = only(RETURN)
    renamed = of_text(RETURN.replace("Cómo se devuelve", "Devoluciones paso a paso"))
    library = Library(lambda name, viewer, version: renamed)
    shelf = library.of("a.md", VIEWER)
    assert shelf is not None
    assert successor(old, shelf) == procedures_of(renamed)[0]
    unlike = only(CASES)
    assert successor(unlike, shelf) is None


@pytest.mark.parametrize(
    ("turn", "speaker", "can"),
    [
        ("He creado la devolución.", "agent", True),
        ("vale gracias", "customer", False),
        ("Todavía no he creado la devolución.", "agent", False),
        ("Luego le creo la devolución.", "agent", False),
        ("I haven't opened the report yet", "agent", False),
        ("¿me van a crear la devolución?", "customer", False),
    ],
)
def test_what_is_put_off_or_asked_by_the_customer_ticks_nothing(
    turn: str, speaker: str, can: bool
) -> None:
    assert ticking.tells(turn, speaker) is can


def test_a_question_does_only_what_is_to_be_asked() -> None:
    assert ticking.may_do("Pregunte cuántas noches lo ha usado.", "¿Cuántas noches lo ha usado?")
    assert not ticking.may_do("Envíe el resumen por correo.", "¿Le mando el resumen por correo?")
