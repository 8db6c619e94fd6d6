"""What agents promise and customers complain of, in sentences of which half are unseen."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta

import pytest

from assistant.cases.working_days import WorkingDays
from assistant.commitments.complaints import complaint_in
from assistant.commitments.due import Clock, complaint_due
from assistant.commitments.models import Promise
from assistant.commitments.recognise import promises_in
from knowledge.commitments.models import WHATS
from tests.unit.assistant.commitments.said import (
    CLOCK,
    COMPLAINTS,
    MADRID,
    PROMISES,
    Said,
    tuned_on,
)

NONE = ("-", "if")


def made(text: str) -> list[Promise]:
    """What is promised, whatever it depends on aside."""
    return [one for one in promises_in(text, CLOCK) if not one.conditional]


def day(promise: Promise) -> str:
    return promise.due.day.isoformat() if promise.due else "?"


def as_recognised(text: str) -> str:
    """As a speech recogniser writes it: small letters, no accents, no punctuation."""
    plain = text.lower().translate(str.maketrans("áéíóúü", "aeiouu"))
    return " ".join(re.sub(r"[^\w\s'/:]", " ", plain).split())


def test_there_are_enough_sentences_half_of_them_no_promises_in_both_languages() -> None:
    none = sum(one.what in NONE for one in PROMISES)
    unseen = sum(not tuned_on(one.text) for one in PROMISES)
    assert len(PROMISES) >= 200
    assert 0.4 <= none / len(PROMISES) <= 0.6
    assert 0.4 <= unseen / len(PROMISES) <= 0.6
    assert {one.what for one in PROMISES} == {*WHATS, *NONE}


@pytest.mark.parametrize("said", [one for one in PROMISES if tuned_on(one.text)])
def test_what_is_promised_and_by_when(said: Said) -> None:
    found = made(said.text)
    wanted = [] if said.what in NONE else [(said.what, said.due)]
    assert [(one.what, day(one)) for one in found] == wanted
    if said.what == "if":
        assert [one.conditional for one in promises_in(said.text, CLOCK)] == [True]


def test_of_the_sentences_that_nobody_looked_at_few_are_mistaken(
    record_property: pytest.RecordProperty,
) -> None:
    unseen = [one for one in PROMISES if not tuned_on(one.text)]
    real = [(one, made(one.text)) for one in unseen if one.what not in NONE]
    false = sum(bool(made(one.text)) for one in unseen if one.what in NONE)
    hit = sum(bool(found) for _, found in real)
    right_day = sum(bool(found) and day(found[0]) == one.due for one, found in real)
    right_kind = sum(bool(found) and found[0].what == one.what for one, found in real)
    told = {
        "precision": f"{hit}/{hit + false}",
        "recall": f"{hit}/{len(real)}",
        "day": f"{right_day}/{hit}",
        "kind": f"{right_kind}/{hit}",
    }
    for name, value in told.items():
        record_property(name, value)
    print(f"promises in {len(unseen)} unseen sentences:", told)
    assert hit / (hit + false) >= 0.9
    assert hit / len(real) >= 0.9
    assert right_day / hit >= 0.9
    assert right_kind / hit >= 0.9


def test_what_a_speech_recogniser_writes_is_recognised_nearly_as_well(
    record_property: pytest.RecordProperty,
) -> None:
    """Questions are left out: without their marks, some cannot be told from promises."""
    asked = re.compile(r"[?¿]")
    given = [one for one in PROMISES if not asked.search(one.text)]
    hit = sum(bool(made(as_recognised(one.text))) for one in given if one.what not in NONE)
    false = sum(bool(made(as_recognised(one.text))) for one in given if one.what in NONE)
    real = sum(one.what not in NONE for one in given)
    record_property("as_recognised", f"precision {hit}/{hit + false}, recall {hit}/{real}")
    print(f"as recognised: precision {hit}/{hit + false}, recall {hit}/{real}")
    assert hit / (hit + false) >= 0.9
    assert hit / real >= 0.9


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Le reembolsamos en 14 días desde que recibamos el colchón.", [("refund", "?")]),
        ("We'll refund you within 14 days of receiving the item.", [("refund", "?")]),
        ("We'll call you next Friday.", [("call_back", "?")]),
        ("Le llamamos el jueves o el viernes.", [("call_back", "2026-11-27")]),
        ("Le llega el pedido a partir del lunes.", [("deliver", "?")]),
        ("Le llamamos el 31 de noviembre.", [("call_back", "?")]),
        ("Os devolvemos el dinero el 3 de enero.", [("refund", "2027-01-03")]),
        ("El técnico irá el 10/12.", [("repair", "2026-12-10")]),
        ("We'll call you on 10/12.", [("call_back", "?")]),
        ("Le llamamos mañana, ¿de acuerdo?", [("call_back", "2026-11-26")]),
        ("Sí, le llamamos mañana.", [("call_back", "2026-11-26")]),
        ("si le llamamos mañana", [("call_back", "2026-11-26")]),
        (
            "Le enviamos la factura y le llamamos el lunes.",
            [("send_document", "?"), ("call_back", "2026-11-30")],
        ),
        (
            "no se preocupe que mañana por la tarde le llama el tecnico para darle cita y en "
            "catorce dias como mucho tiene usted el dinero en la cuenta",
            [("call_back", "2026-11-26"), ("refund", "2026-12-09")],
        ),
    ],
)
def test_what_leaves_the_day_open_is_asked_for_and_what_runs_together_is_taken_apart(
    text: str, wanted: list[tuple[str, str]]
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


@pytest.mark.parametrize(("wanted", "text"), COMPLAINTS)
def test_who_wants_to_complain(wanted: bool, text: str) -> None:
    assert (complaint_in(text) is not None) == wanted


@pytest.mark.parametrize(
    "piece", ["le llamamos mañana ", "no ", "si le ", "le voy a ", "we will ", "10 ", "?¿", "a"]
)
def test_a_text_that_repeats_itself_takes_no_long(piece: str) -> None:
    begun = time.perf_counter()
    promises_in((piece * 8_000)[:8_000], CLOCK)
    complaint_in((piece * 8_000)[:8_000])
    assert time.perf_counter() - begun < timedelta(seconds=10).total_seconds()
