import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import (
    clean_line,
    clean_lines,
    count_invisible,
    is_numbered,
    join_wrapped,
    split_bullet,
    strip_invisible,
)

HIDDEN = ["\u200b", "\u202e", "\u2066", "\ufe0f", "\U000e0041", "\ufeff", "\u00ad", "\x07", "\x9b"]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_characters_that_show_nothing_are_removed(hidden: str) -> None:
    assert clean_line(f"devo{hidden}lución") == "devolución"


def test_text_becomes_composed_and_white_space_single() -> None:
    assert clean_line(" an\u0303o\u00a0\u2009 2024\r\n") == "año 2024"


def test_ligatures_are_spelled_out() -> None:
    assert clean_line("o\ufb01cina a\ufb03liada") == "oficina affiliada"


def test_code_keeps_its_lines_and_indentation() -> None:
    assert clean_lines("\n\n  si x:\n\tfin  \n\n\n\nya\n") == "  si x:\n    fin\n\nya"


def test_a_byte_order_mark_and_soft_hyphens_are_not_counted_as_hidden() -> None:
    assert count_invisible("\ufeffga\u00adran\u00adtía") == 0
    assert count_invisible("a\u200bb\U000e0041c") == 2


@given(st.text())
def test_cleaned_text_is_composed_visible_and_stable(text: str) -> None:
    cleaned = clean_line(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert strip_invisible(cleaned) == cleaned
    assert clean_line(cleaned) == cleaned


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["La devo-", "lución es gratis."], "La devolución es gratis."),
        (["el periodo 2024-", "2025 acaba"], "el periodo 2024-2025 acaba"),
        (["un acuerdo Anglo-", "Sajón"], "un acuerdo Anglo-Sajón"),
        (["software-as-a-", "service"], "software-as-a-service"),
        (["véase www.tienda.es/", "ayuda/plazos.html"], "véase www.tienda.es/ayuda/plazos.html"),
        (["véase https://a.es/", "antes de pagar"], "véase https://a.es/ antes de pagar"),
        (["https://a.es/", "https://b.es/x"], "https://a.es/ https://b.es/x"),
        (["Plazo -", "30 días"], "Plazo - 30 días"),
    ],
)
def test_wrapped_lines_become_running_text(lines: list[str], expected: str) -> None:
    assert join_wrapped(lines) == expected


def test_hyphens_belong_to_the_word_in_text_that_is_not_hyphenated() -> None:
    assert join_wrapped(["a cloud-", "based service"], hyphenated=False) == "a cloud-based service"


@pytest.mark.parametrize("line", ["1. Uno", "a) dos", "iv. cuatro", "2.1 Plazos", "(b) tres"])
def test_item_numbers_are_recognised(line: str) -> None:
    assert is_numbered(line)


@pytest.mark.parametrize("line", ["30 días", "A las diez", "1.200 euros al mes", "2024"])
def test_ordinary_beginnings_are_no_item_numbers(line: str) -> None:
    assert not is_numbered(line)


def test_bullets_are_taken_off() -> None:
    assert split_bullet("• Mesas") == (True, "Mesas")
    assert split_bullet("- Sillas") == (True, "Sillas")
    assert split_bullet("-5 grados") == (False, "-5 grados")
