"""Facts are said alike in Spanish and English."""

from __future__ import annotations

from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from assistant.cases import phrases, wording
from assistant.cases.facts import Reckoning, fact_of
from assistant.cases.given import case_of
from assistant.cases.models import CaseFact, Event
from assistant.cases.rules import rules_of
from assistant.cases.working_days import WorkingDays, holidays_of

WORKING = WorkingDays(national=holidays_of("ES"), complete=True)


def fact(said: str, on: str = "2026-11-28T12:00", **given: str) -> CaseFact:
    now = datetime.fromisoformat(on).replace(tzinfo=ZoneInfo("Europe/Madrid"))
    (rule,) = rules_of(said, "es")
    return fact_of(0, rule, case_of(given), Reckoning(now, WORKING))


RETURN = "Son 45 días naturales desde la entrega."


def test_a_deadline_that_runs() -> None:
    found = fact(RETURN, delivered="2026-11-16")
    assert wording.told(found, "es") == (
        "El plazo es de 45 días naturales desde la entrega (16/11/2026): hasta el 31 de "
        "diciembre; quedan 33 días."
    )
    assert wording.told(found, "en") == (
        "The period is 45 calendar days from delivery (16 November 2026): until 31 December; "
        "33 days left."
    )


def test_the_last_day_and_those_after_it() -> None:
    said = {
        day: wording.told(fact(RETURN, f"{day}T12:00", delivered="2026-11-16"), "es")
        for day in ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-10")
    }
    assert said["2026-12-30"].endswith("hasta el 31 de diciembre; queda 1 día.")
    assert said["2026-12-31"].endswith("hasta el 31 de diciembre; acaba hoy.")
    assert said["2027-01-01"].endswith("hasta el 31 de diciembre de 2026; acabó hace 1 día.")
    assert said["2027-01-10"].endswith("hasta el 31 de diciembre de 2026; acabó hace 10 días.")


def test_a_first_day_that_is_not_yet_and_one_that_is_past() -> None:
    nights = "Un mínimo de 21 noches desde la entrega."
    soon = wording.told(fact(nights, delivered="2026-11-16"), "es")
    assert soon == (
        "Hacen falta al menos 21 noches desde la entrega (16/11/2026): desde el 7 de diciembre; "
        "faltan 9 días."
    )
    assert wording.told(fact(nights, delivered="2026-10-01"), "en").endswith("they have passed.")


def test_hours_are_over_within_the_day_where_the_time_is_known() -> None:
    hours = "Avise en las 48 horas siguientes a la entrega."
    known = fact(hours, "2026-11-18T11:00", delivered="2026-11-16T10:30")
    assert wording.told(known, "es").endswith(
        "hasta el 18 de noviembre a las 10:30; ha acabado hoy."
    )
    unknown = fact(hours, "2026-11-18T11:00", delivered="2026-11-16")
    assert wording.told(unknown, "en").endswith(
        "until 18 November at the same hour; it ends today."
    )


def test_holidays_passed_over_are_named() -> None:
    found = fact("Son 16 días laborables desde la entrega.", delivered="2026-11-16")
    assert wording.told(found, "es").endswith(
        "Festivos que no cuentan: 8 de diciembre (Inmaculada Concepción)."
    )


def test_a_missing_date_is_asked_for_in_the_language() -> None:
    found = fact(RETURN)
    assert wording.told(found, "es") == "¿En qué fecha lo recibió?"
    assert wording.told(found, "en") == "When was it delivered?"


def test_a_date_that_cannot_be_right_is_said_and_asked_for() -> None:
    found = fact(RETURN, delivered="2026-11-16", purchased="2026-11-20")
    assert wording.told(found, "es") == (
        "La entrega (16/11/2026) no puede ser antes que la compra (20/11/2026). "
        "¿En qué fecha lo recibió?"
    )
    assert wording.told(found, "en").startswith("Delivery (16 November 2026) cannot be before")


def test_conditions_left_open_are_to_be_checked() -> None:
    found = fact("Son 45 días desde la entrega, siempre que esté completo.", delivered="2026-11-16")
    assert wording.further(found, "es") == ["Compruebe: siempre que esté completo."]


def test_what_rules_a_deadline_out_is_said() -> None:
    found = fact(
        "Para compras desde el 1 de marzo de 2026, 45 días desde la entrega.",
        delivered="2026-11-16",
        purchased="2026-02-20",
    )
    assert wording.told(found, "es") == (
        "No se aplica a este caso, que no cumple «compras desde el 1 de marzo de 2026»."
    )
    assert found.span.last is None


def test_every_event_has_a_name_and_a_question_in_both_languages() -> None:
    for texts in (phrases.EVENT_NAMES, phrases.DATE_QUESTIONS):
        assert set(texts["es"]) == set(texts["en"]) == set(get_args(Event))


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    spanish, english = phrases.TEXTS["es"], phrases.TEXTS["en"]
    assert set(spanish) == set(english)
    for key, text in spanish.items():
        assert sorted(_values(text)) == sorted(_values(english[key])), key


def _values(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]
