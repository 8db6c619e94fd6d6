"""What agents promise and customers complain of."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest

from assistant.cases.working_days import WorkingDays
from assistant.commitments.complaints import complaint_in
from assistant.commitments.due import Clock, complaint_due
from assistant.commitments.recognise import promises_in
from eval.components.commitments import (
    CLOCK,
    MADRID,
    Complaining,
    Heard,
    Said,
    complaints,
    day,
    promises,
)

FORMED = [one for one in promises() if (one.writer, one.half) == ("a", "fit")]
"""What was looked at while the forms were written."""
made = Heard(None).made


@pytest.mark.parametrize("said", FORMED)
def test_what_is_promised_and_by_when(said: Said) -> None:
    wanted = [] if said.what is None else [(said.what, said.due)]
    assert [(one.what, day(one)) for one in made(said.text)] == wanted
    if said.conditional:
        assert [one.conditional for one in promises_in(said.text, CLOCK)] == [True]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Le reembolsamos en 14 días desde que recibamos el colchón.", [("refund", None)]),
        ("We'll refund you within 14 days of receiving the item.", [("refund", None)]),
        ("We'll call you next Friday.", [("call_back", None)]),
        ("Le llamamos el jueves o el viernes.", [("call_back", "2026-11-27")]),
        ("Le llega el pedido a partir del lunes.", [("deliver", None)]),
        ("Le llamamos el 31 de noviembre.", [("call_back", None)]),
        ("Os devolvemos el dinero el 3 de enero.", [("refund", "2027-01-03")]),
        ("El técnico irá el 10/12.", [("repair", "2026-12-10")]),
        ("We'll call you on 10/12.", [("call_back", None)]),
        ("Le llamamos mañana, ¿de acuerdo?", [("call_back", "2026-11-26")]),
        ("Sí, le llamamos mañana.", [("call_back", "2026-11-26")]),
        ("si le llamamos mañana", [("call_back", "2026-11-26")]),
        (
            "Le enviamos la factura y le llamamos el lunes.",
            [("send_document", None), ("call_back", "2026-11-30")],
        ),
        (
            "no se preocupe que mañana por la tarde le llama el tecnico para darle cita y en "
            "catorce dias como mucho tiene usted el dinero en la cuenta",
            [("call_back", "2026-11-26"), ("refund", "2026-12-09")],
        ),
    ],
)
def test_what_leaves_the_day_open_is_asked_for_and_what_runs_together_is_taken_apart(
    text: str, wanted: list[tuple[str, str | None]]
) -> None:
    assert [(one.what, day(one)) for one in made(text)] == wanted


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Le llamo en media hora.", "2026-11-25T10:30"),
        ("le llamo a las 17:30", "2026-11-25T17:30"),
        ("Le llamamos mañana a las cinco de la tarde.", "2026-11-26T17:00"),
        ("I'll call you by 5 pm tomorrow.", "2026-11-26T17:00"),
        ("En 48 horas tiene el dinero.", "2026-11-27T10:00"),
        ("Le llamamos en 48 horas para concertar la recogida.", "2026-11-27T10:00"),
        ("Le llamamos antes de las 18 h.", "2026-11-25T18:00"),
    ],
)
def test_hours_give_a_moment(text: str, at: str) -> None:
    (promise,) = made(text)
    assert promise.due is not None
    assert promise.due.at == datetime.fromisoformat(at).replace(tzinfo=MADRID)


def test_days_are_those_of_the_company_not_of_the_server() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=MADRID)
    clock = Clock(late, CLOCK.working, MADRID)
    (promise,) = promises_in("Le llamamos mañana.", clock)
    assert day(promise) == "2026-11-26"


def test_hours_pass_by_the_clock_when_it_is_put_back() -> None:
    clock = Clock(datetime(2026, 10, 24, 12, 0, tzinfo=MADRID), CLOCK.working, MADRID)
    (promise,) = promises_in("En 24 horas tiene el dinero.", clock)
    assert promise.due is not None
    assert promise.due.at == datetime(2026, 10, 25, 11, 0, tzinfo=MADRID)


def test_without_a_calendar_working_days_give_no_day() -> None:
    own = WorkingDays(own={date(2025, 1, 1): "x"})
    (promise,) = promises_in("Le reembolsamos en 5 días hábiles.", Clock(CLOCK.said, own, MADRID))
    assert promise.due is None


def test_the_words_are_those_of_the_text() -> None:
    text = "Vale. Mañana le llama un compañero y el viernes le enviamos otro colchón, ¿de acuerdo?"
    for one in made(text):
        assert text[one.start : one.end] == one.words
        assert len(one.words) > 10


def test_complaints_are_due_by_rule_without_holidays() -> None:
    working = CLOCK.working
    due = complaint_due(date(2026, 11, 25), 15, working_days=True, working=working)
    assert due == date(2026, 12, 17)  # the 8th is a holiday
    due = complaint_due(date(2026, 11, 25), 30, working_days=False, working=working)
    assert due == date(2026, 12, 25)


@pytest.mark.parametrize(
    "said", [one for one in complaints() if (one.writer, one.half) == ("a", "fit")]
)
def test_who_wants_to_complain(said: Complaining) -> None:
    assert (complaint_in(said.text) is not None) == said.complaint


@pytest.mark.parametrize(
    "piece", ["le llamamos mañana ", "no ", "si le ", "le voy a ", "we will ", "10 ", "?¿", "a"]
)
def test_a_text_that_repeats_itself_takes_no_long(piece: str) -> None:
    begun = time.perf_counter()
    promises_in((piece * 8_000)[:8_000], CLOCK)
    complaint_in((piece * 8_000)[:8_000])
    assert time.perf_counter() - begun < timedelta(seconds=10).total_seconds()
