"""What is given of a case is read, or refused with one line."""

from __future__ import annotations

from datetime import date, time

import pytest

from assistant.cases.given import case_of, pairs
from assistant.cases.models import When
from knowledge.errors import SettingsError


def test_days_times_and_the_channel_are_read() -> None:
    case = case_of(pairs(["delivered=2026-11-16T10:30", "purchased = 2026-02-20", "channel=web"]))
    assert case.dates["delivered"] == When(date(2026, 11, 16), time(10, 30))
    assert case.dates["purchased"] == When(date(2026, 2, 20))
    assert case.channel == "web"


def test_the_day_of_the_purchase_counts_before_that_of_the_delivery() -> None:
    delivered = {"delivered": "2026-11-16"}
    assert case_of(delivered).counting_day == date(2026, 11, 16)
    assert case_of({**delivered, "purchased": "2026-02-20"}).counting_day == date(2026, 2, 20)
    assert case_of({"invoiced": "2026-11-16"}).counting_day is None


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["delivered"], "write it as delivered=2026-11-16"),
        (["delivered=2026-11-16", "delivered=2026-11-17"], "given twice"),
        (["colour=red"], "no key 'colour'"),
        (["delivered=2026-02-30"], "delivered='2026-02-30' is no day"),
        (["delivered=yesterday"], "delivered='yesterday' is no day"),
        (["delivered=2026-11-16T25:00"], "is no day"),
        (["channel=fax"], "use one of web, phone, shop"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_line(given: list[str], line: str) -> None:
    with pytest.raises(SettingsError, match=line) as refused:
        case_of(pairs(given))
    assert "\n" not in str(refused.value)
    assert refused.value.told("es")
