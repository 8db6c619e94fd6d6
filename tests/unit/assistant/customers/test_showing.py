"""Fields cleaned, masks, paths in JSON, and the circuit breaker."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.breaker import Breaker
from assistant.customers.fields import Reader, clean
from assistant.customers.json_paths import joined_at, record_at, value_at
from assistant.customers.masking import masked, masked_mail, masked_phone, masked_text
from assistant.customers.models import Customer, EarlierContact, Order

MADRID = ZoneInfo("Europe/Madrid")


@given(st.text(max_size=200), st.integers(2, 60))
def test_a_field_is_one_line_of_visible_text(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert len(line) <= limit
    assert line == line.strip()
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("value", "form", "day"),
    [
        ("2026-11-10", "", date(2026, 11, 10)),
        ("2026-11-10T22:59:00Z", "", date(2026, 11, 10)),
        ("2026-11-10T23:30:00Z", "", date(2026, 11, 11)),
        ("2026-11-10T23:30:00", "", date(2026, 11, 10)),
        (datetime(2026, 11, 10, 23, 30, tzinfo=UTC), "", date(2026, 11, 11)),
        (date(2026, 11, 10), "", date(2026, 11, 10)),
        (1_762_817_400, "", date(2025, 11, 11)),
        (1_762_817_400_000, "", date(2025, 11, 11)),
        ("10/11/2026", "%d/%m/%Y", date(2026, 11, 10)),
        ("10/11/2026", "", None),
        ("2026-11-10", "%d/%m/%Y", None),
        ("2026-02-30", "", None),
        ("20261110", "", None),
        ("0001-01-01", "", None),
        (True, "", None),
        (float("nan"), "", None),
        (1e300, "", None),
        ([], "", None),
    ],
)
def test_a_day_is_read_where_the_company_is_or_not_at_all(
    value: object, form: str, day: date | None
) -> None:
    reader = Reader(MADRID, form)
    assert reader.day({"on": value}, "on", "contacts.0.") == day
    assert [one.fault for one in reader.problems] == ([] if day else ["date"])


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (399, "399.00"), (399.9, "399.90"), ("428.90", "428.90"), (Decimal("0.1"), "0.10"),
        ("1.234,50", None), ("399 €", None), (True, None), ("1e9", None), (float("inf"), None),
    ],
)  # fmt: skip
def test_an_amount_is_read_or_left_to_a_person(value: object, amount: str | None) -> None:
    found = Reader(MADRID).amount({"total": value}, "total", "")
    assert (None if found is None else str(found)) == amount


@pytest.mark.parametrize(
    ("word", "language"),
    [("es", "es"), ("ES-es", "es"), ("en_GB", "en"), ("Español", "es"), ("fr", None), ("", None)],
)
def test_a_language_of_ours_is_known(word: str, language: str | None) -> None:
    assert Reader(MADRID).language({"language": word}) == language


def test_only_the_ends_of_how_to_reach_somebody_are_shown() -> None:
    customer = Customer(
        "7",
        "Ana Ruiz",
        ("+34 600 12 34 56", "112"),
        ("ana.ruiz@example.com", "no address"),
        orders=(Order("ALM-26-0458213"),),
        contacts=(EarlierContact(summary="Llame al 600123456 o a ana.ruiz@example.com"),),
    )
    shown = masked(customer, "ES")
    assert shown.phones == ("•••456", "•••")
    assert shown.mails == ("•••iz@example.com", "•••")
    assert shown.contacts[0].summary == "Llame al •••456 o a •••iz@example.com"
    assert (shown.name, shown.orders) == (customer.name, customer.orders)


@given(st.integers(600_000_000, 699_999_999))
def test_no_more_than_three_digits_of_a_number_are_left(number: int) -> None:
    digits = str(number)
    for text in (masked_phone(digits), masked_text(f"llame al {digits}, gracias", "ES")):
        assert sum(c.isdigit() for c in text) == 3
        assert digits[-3:] in text


@given(st.from_regex(r"[a-z.]{1,20}@[a-z]{1,9}\.com", fullmatch=True))
def test_no_more_than_two_letters_of_an_address_are_left(mail: str) -> None:
    local = masked_mail(mail).partition("@")[0].removeprefix("•••")
    assert len(local) <= 2
    assert local != mail.partition("@")[0]


CONTENT = {"name": {"first": "Ana", "last": "Ruiz"}, "phones": ["1", "2"], "a/b": 3, "n": None}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name.first", "Ana"), ("/name/last", "Ruiz"), ("phones.1", "2"), ("/a~1b", 3),
        ("", CONTENT), ("phones.9", None), ("phones.-1", None), ("name.first.x", None),
        ("nothing.at.all", None), ("n.x", None), ("phones.²", None),
    ],
)  # fmt: skip
def test_a_value_is_found_by_its_path(path: str, value: object) -> None:
    assert value_at(CONTENT, path) == value


def test_several_texts_are_joined_and_what_is_no_object_has_no_fields() -> None:
    assert joined_at(CONTENT, ["name.first", "n", "name.last"]) == "Ana Ruiz"
    assert joined_at(CONTENT, ["n"]) is None
    assert record_at(["x"], {"key": "0"}) == {}


def test_a_breaker_lets_one_try_through_after_its_rest() -> None:
    now = [0.0]
    breaker = Breaker(failures=2, rest_s=10, clock=lambda: now[0])
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.admits()  # failures in a row are what counts
    breaker.failed()
    assert not breaker.admits()
    now[0] = 10
    assert [breaker.admits(), breaker.admits()] == [True, False]
    breaker.failed()
    now[0] = 19
    assert not breaker.admits()
    now[0] = 20
    assert breaker.admits()
    breaker.succeeded()
    assert [breaker.admits(), breaker.admits()] == [True, True]


def test_a_try_that_never_ends_is_followed_by_another() -> None:
    now = [0.0]
    breaker = Breaker(failures=1, rest_s=10, clock=lambda: now[0])
    breaker.failed()
    now[0] = 10
    assert breaker.admits()
    now[0] = 20
    assert breaker.admits()
