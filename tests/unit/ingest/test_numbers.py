import datetime as dt

import pytest

from ingest.loaders.numbers import reads_spanish, show_value


@pytest.mark.parametrize(
    ("value", "code", "spanish", "expected"),
    [
        (1234.5, "#,##0.00 €", True, "1.234,50 €"),
        (1234.5, "#,##0.00 €", False, "1,234.50 €"),
        (1234.5, "[$$-409]#,##0.00", False, "$1,234.50"),
        (0.21, "0%", True, "21%"),
        (0.215, "0.0%", True, "21,5%"),
        (8001, "00000", True, "08001"),
        (7, "General", True, "7"),
        (0.1, "General", True, "0,1"),
        (1e20, "General", False, "1e+20"),
        (2.5, "0", True, "3"),
        (True, "General", True, "sí"),
        (dt.date(2025, 3, 1), "dd/mm/yyyy", True, "01/03/2025"),
        (dt.date(2025, 3, 1), "mm-dd-yy", False, "03/01/2025"),
        (dt.datetime(2025, 3, 1, 9, 30), "yyyy-mm-dd hh:mm", True, "2025-03-01 09:30"),
        (dt.time(9, 5), "hh:mm", True, "09:05"),
        (None, "General", True, ""),
        ("COL-90", "@", True, "COL-90"),
    ],
)
def test_values_read_as_the_sheet_shows_them(value, code, spanish, expected) -> None:
    assert show_value(value, code, spanish=spanish) == expected


def test_language_is_told_by_small_words() -> None:
    assert reads_spanish("el plazo de la devolución")
    assert not reads_spanish("the price of the table")
