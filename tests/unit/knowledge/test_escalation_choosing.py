"""Which topic a question is about, whose turn it is, and when it goes on."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge.escalations.choosing import About, choose
from knowledge.escalations.models import Duty, Topic
from knowledge.escalations.on_duty import is_on, next_on

WARRANTY = Topic("Garantías", "staff", ("garantía", "avería"), ("kind:policy",), number=1)
PAYMENT = Topic("Pagos", "staff", ("pago", "tarjeta de crédito"), ("owner:rosa",), number=2)
REST = Topic("General", "staff", fallback=True, number=3)
TOPICS = [WARRANTY, PAYMENT, REST]
SOFA = About("garantia.pdf", "policy", "hugo", {"line": "sofas"})
BILL = About("pagos.pdf", "document", "rosa", {})


@pytest.mark.parametrize(
    ("question", "found", "topic"),
    [
        ("¿La garantia cubre la funda?", [], WARRANTY),
        ("¿Cuántas garantías tiene?", [], WARRANTY),
        ("no puede pagar con tarjeta de credito", [], PAYMENT),
        ("no puede pagar con tarjeta de fidelidad", [], REST),
        ("¿y la funda?", [SOFA], WARRANTY),
        ("¿y la funda?", [BILL, SOFA], PAYMENT),
        ("¿y la funda?", [SOFA, BILL], WARRANTY),
        ("¿Quién trae el sofá?", [], REST),
    ],
)
def test_sources_and_words_tell_the_topic(question: str, found: list[About], topic: Topic) -> None:
    assert choose(TOPICS, question, found) == topic


def test_what_fits_none_has_no_topic_where_none_takes_all() -> None:
    assert choose([WARRANTY, PAYMENT], "¿Quién trae el sofá?", []) is None
    assert choose([], "garantía", [SOFA]) is None


@pytest.mark.parametrize("mark", ["garantia.pdf", "tag:line=sofas", "owner:HUGO", "kind:policy"])
def test_a_topic_names_sources_in_four_ways(mark: str) -> None:
    topic = Topic("x", "staff", sources=(mark,), number=9)
    assert choose([topic], "¿y la funda?", [SOFA]) == topic
    assert choose([topic], "¿y la funda?", [BILL]) is None


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("duty", "now", "on"),
    [
        (Duty("a"), "2026-11-29T03:00", True),
        (Duty("a", "12345"), "2026-11-29T12:00", False),  # a Sunday
        (Duty("a", "1", "09:00", "18:00"), "2026-11-30T09:00", True),
        (Duty("a", "1", "09:00", "18:00"), "2026-11-30T18:00", False),
        (Duty("a", "1", "09:00"), "2026-11-30T23:59", True),
        (Duty("a", "1", None, "09:00"), "2026-11-30T08:59", True),
        (Duty("a", "1", "22:00", "06:00"), "2026-11-30T23:00", True),
        (Duty("a", "1", "22:00", "06:00"), "2026-12-01T05:59", True),
        (Duty("a", "1", "22:00", "06:00"), "2026-11-30T05:59", False),
        (Duty("a", "1", "22:00", "06:00"), "2026-12-01T22:00", False),
        (Duty("a", "1", "09:00", "00:00"), "2026-11-30T23:59", True),
        (Duty("a", "1", "09:00", "00:00"), "2026-12-01T00:00", False),
    ],
)
def test_hours_and_days_of_duty(duty: Duty, now: str, on: bool) -> None:
    assert is_on(duty, at(now)) is on


def test_the_next_is_the_first_who_is_on_able_and_not_asked() -> None:
    duties = [Duty("a"), Duty("b", "7"), Duty("c"), Duty("d")]
    monday = at("2026-11-30T10:00")
    assert next_on(duties, monday, (), lambda _: True) == "a"
    assert next_on(duties, monday, ("a",), lambda _: True) == "c"
    assert next_on(duties, monday, ("a",), lambda who: who == "d") == "d"
    assert next_on(duties, monday, ("a", "c", "d"), lambda _: True) is None
