"""Tables -> procedures: one row a step, or one row a case and what to do in it."""

from __future__ import annotations

from assistant.steps.models import Condition, Form, Note, Quote, Step
from assistant.steps.reading import conditions_at, periods
from assistant.steps.runs import Grid, cells
from assistant.steps.signals import (
    is_action_column,
    is_case_column,
    is_deadline_column,
    is_step_column,
)
from knowledge.models import Block, Document

MIN_ROWS = 2


def steps_in(grid: Grid, document: Document) -> tuple[Form, list[Step]] | None:
    """The steps of a table; `None` where it has none."""
    if len(grid.rows) < MIN_ROWS or len(grid.header) < 2:
        return None
    if is_step_column(grid.header[0]):
        return "table", _rows(grid, document, grid.header[0])
    action = grid.header[-1]
    if not is_action_column(action) or not is_case_column(grid.header[0]):
        return None
    found = _cases(grid, document, action)
    if len(found) < MIN_ROWS:
        return None
    return "cases", found


def _rows(grid: Grid, document: Document, column: str) -> list[Step]:
    found: list[Step] = []
    for row in grid.rows:
        places = cells(document, row, grid.header)
        if column not in places:
            continue
        own, rest = places[column], {name: at for name, at in places.items() if name != column}
        number = document.text[own[0] : own[1]].strip(" .)º")
        label = ""
        if number.isdigit() and rest:  # the column counts; the next one says what
            label, own = number, rest.pop(next(iter(rest)))
        key = str(len(found) + 1)
        due = tuple(
            _quote(document, at, row) for name, at in rest.items() if is_deadline_column(name)
        ) or periods(document, *own, row.page)
        notes = tuple(
            Note("detail", _quote(document, at, row))
            for name, at in rest.items()
            if not is_deadline_column(name)
        )
        conditions = conditions_at(document, *own, key, page=row.page)
        found.append(Step(key, label, _quote(document, own, row), 0, conditions, notes, due))
    return found


def _cases(grid: Grid, document: Document, column: str) -> list[Step]:
    found: list[Step] = []
    for row in grid.rows:
        places = cells(document, row, grid.header)
        case = places.get(grid.header[0])
        if case is None or column not in places:
            continue
        key = str(len(found) + 1)
        own = places[column]
        conditions = (Condition(f"{key}?1", "case", _quote(document, case, row)),)
        notes = tuple(
            Note("detail", _quote(document, at, row))
            for name, at in places.items()
            if name not in (grid.header[0], column)
        )
        due = periods(document, *own, row.page)
        found.append(Step(key, "", _quote(document, own, row), 0, conditions, notes, due))
    return found


def _quote(document: Document, at: tuple[int, int], row: Block) -> Quote:
    return Quote(document.text[at[0] : at[1]], *at, row.page)
