"""A scorecard is read as it was written, and every mistake is told with its line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.scorecards.reading import load_scorecard, parsed, read_scorecard, written
from knowledge.errors import SettingsError

EXAMPLE = Path("examples/almendro/scorecard.yaml")


def test_the_example_is_whole_and_comes_out_as_it_was_read() -> None:
    card, faults = load_scorecard(EXAMPLE)
    assert faults == []
    assert card is not None
    assert read_scorecard(written(card).encode()) == (card, [])
    fails = {item.id: item.fails for item in card.items if item.fails}
    assert fails["identificacion"] == "form"
    assert sum(one.weight for one in card.sections) == 100


def changed(*pairs: tuple[str, str]) -> bytes:
    text = EXAMPLE.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def line_of(content: bytes, text: str) -> int:
    lines = content.decode().splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


def test_every_mistake_has_its_line_and_field_in_both_languages() -> None:
    content = changed(
        ("weight: 35", "weight: -1"), ("measured: fact", "measured: mood"), ("title:", "titulo:")
    )
    card, faults = read_scorecard(content)
    assert card is None
    weight, mood = line_of(content, "weight: -1"), line_of(content, "mood")
    wrong = line_of(content, "titulo")
    told = [fault.told("en") for fault in faults]
    assert f"line {weight}: sections.1.weight: write a number above 0" in told
    assert f"line {wrong}: titulo: there is no such field: leave it out" in told
    assert any(
        one.startswith(f"line {mood}: sections.1.items.1.measured: write one") for one in told
    )
    assert f"línea {weight}: sections.1.weight" in "\n".join(fault.told("es") for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("id: registro", "id: trato", "'trato' is there twice in items"),
        ("id: comunicacion", "id: resolucion", "'resolucion' is there twice in sections"),
        ("fails: section", "fails: section\n        fails: form", "it is there twice"),
        ("points: 2", "points: 0.5", None),
        ("points: 0\n", "points: 9\n", None),
    ],
)
def test_what_contradicts_itself_is_a_mistake(old: str, new: str, line: str | None) -> None:
    card, faults = read_scorecard(changed((old, new)))
    assert (card is None) == (line is not None)
    assert line is None or line in str(faults[0])


def test_points_have_to_differ_and_what_fails_needs_nought() -> None:
    points = (
        "        options: [{id: a, title: {es: a, en: a}, points: 1},"
        " {id: b, title: {es: b, en: b}, points: %s}]\n"
        "        fails: form\n        measured: personal"
    )
    old = "        fails: form\n        measured: personal"
    alike, never = (read_scorecard(changed((old, points % p)))[1] for p in ("1", "2"))
    assert "all options have the same points" in str(alike[0])
    assert "no option has 0 points" in str(never[0])
    one = "        options: [{id: a, title: {es: a, en: a}, points: 1}]"
    assert "write at least 2" in str(read_scorecard(changed((old, one)))[1][0])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "it has no fields"),
        (b"- a\n", "it has no fields"),
        (b"title: [", "line 1 is neither YAML nor JSON"),
        (b"a: &x 1\nb: *x\n", "line 2 is neither YAML nor JSON: no alias"),
        (b"a: 2026-13-40\n", "neither YAML nor JSON: month must be in 1..12"),
        (b"!!python/object:os.system x", "could not determine a constructor"),
        (b"\xff\xfe", "byte 0 is no UTF-8"),
        (b"a: " + b"x" * 300_000, "larger than 256 KiB"),
        (b'{"schema_version":\t"scorecard/1",\n"weight": 1}', "line 2: weight: there is no such"),
    ],
)
def test_what_is_no_scorecard_is_refused(content: bytes, line: str) -> None:
    card, faults = read_scorecard(content)
    assert card is None
    assert line in "\n".join(map(str, faults))


def test_a_file_needs_its_ending_and_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"has to end in one of \.yaml, \.yml, \.json"):
        parsed("pauta.docx", b"x")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_scorecard(tmp_path / "none.yaml")
