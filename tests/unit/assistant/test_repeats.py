"""How often a customer came for the same: by meaning, within days, each day once."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from assistant.customers.models import EarlierContact
from assistant.shell.contact.repeats import WITHIN_DAYS, Repeats, told_needs
from knowledge.contacts.customer_links import Earlier
from knowledge.models import Viewer

NOW = datetime(2026, 11, 29, 12, tzinfo=ZoneInfo("Europe/Madrid"))
TODAY = NOW.date()
VIEWER = Viewer("ana", frozenset({"staff"}))
SUBJECTS = ("colchon", "lavadora", "factura")


class Meanings:
    """Stands where the assistant does: a text means the subjects that it names."""

    def __init__(self) -> None:
        self.revision = 1
        self.looked: list[str] = []

    def snapshot(self, viewer: Viewer) -> Any:
        return SimpleNamespace(revision=self.revision)

    def look(self, text: str, viewer: Viewer) -> Any:
        self.looked.append(text)
        vector = np.array([[float(subject in text) for subject in SUBJECTS] + [0.1]], np.float32)
        found = SimpleNamespace(other_vectors=vector)
        return SimpleNamespace(found=found, background=SimpleNamespace(centre=np.zeros(4)))


def days(needs: list[str], told: list[EarlierContact], ours: list[Earlier]) -> list[int]:
    repeats = Repeats(Meanings()).of(needs, told, ours, VIEWER, NOW)  # type: ignore[arg-type]
    return [(TODAY - one.on).days for one in repeats]


def call(day: int, summary: str) -> EarlierContact:
    return EarlierContact(date.fromordinal(TODAY.toordinal() - day), "llamada", "", summary)


def test_contacts_about_the_same_are_counted_from_the_first() -> None:
    told = [call(2, "el colchon roto"), call(6, "sin lavadora"), call(9, "el colchon otra vez")]
    assert days(["mi colchon"], told, []) == [9, 2]


def test_what_goes_on_from_a_contact_about_the_same_is_about_the_same() -> None:
    told = [call(2, "la factura otra vez"), call(6, "el colchon y la factura"), call(9, "lavadora")]
    assert days(["mi colchon"], told, []) == [6, 2]
    assert days(["mi lavadora"], told, []) == [9]


def test_ours_and_the_customer_system_s_of_one_day_are_one() -> None:
    ours = [Earlier("2026-11-27T10:00:00+00:00", "call", ("mi colchon",))]
    assert days(["mi colchon"], [call(2, "el colchon roto")], ours) == [2]
    assert days(["mi colchon"], [], ours) == [2]


def test_a_contact_is_of_the_company_s_day() -> None:
    night = Earlier("2026-11-27T23:30:00+00:00", "call", ("mi colchon",))  # 00:30 in Madrid
    assert days(["mi colchon"], [], [night]) == [1]


def test_what_is_too_old_or_of_no_known_day_does_not_count() -> None:
    told = [call(WITHIN_DAYS + 1, "el colchon"), EarlierContact(None, "chat", "", "el colchon")]
    assert days(["mi colchon"], told, []) == []


def test_without_a_need_nothing_repeats() -> None:
    assert days([], [call(2, "el colchon")], []) == []
    assert days(["¿?"], [call(2, "el colchon")], []) == []


def test_a_need_is_told_at_some_length() -> None:
    said = ["hola", "sí, gracias", "el colchón llegó con un corte enorme en la funda", "vale"]
    assert told_needs([*said, *said]) == [said[2]]


def test_what_a_text_means_is_found_once_and_again_when_the_sources_change() -> None:
    meanings = Meanings()
    repeats = Repeats(meanings)  # type: ignore[arg-type]
    told = [call(2, "el colchon roto"), call(6, "sin lavadora")]
    for needs in (["mi colchon"], ["mi colchon", "la factura"]):
        assert repeats.of(needs, told, [], VIEWER, NOW)
    assert meanings.looked == ["mi colchon", "el colchon roto", "sin lavadora", "la factura"]
    meanings.revision = 2
    repeats.of(["mi colchon"], [], [], VIEWER, NOW)
    assert meanings.looked[4:] == ["mi colchon"]
