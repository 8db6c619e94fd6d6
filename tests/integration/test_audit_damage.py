"""200 planted changes, as whoever has the database file could make them: every one is found."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.audit import ACTIONS, GENESIS, Event, append, audited, verify
from knowledge.audit.rows import digest
from knowledge.database.connection import Database

N = 30
PLANTED_PER_WAY = 10

Row = dict[str, Any]
Found = tuple[str, int | None]
Way = Callable[[list[Row], random.Random], Found]
"""Changes the rows in place and says which kind of damage, at which entry, is to be found."""

WAYS: list[Way] = []


def way(function: Way) -> Way:
    WAYS.append(function)
    return function


def entry(chance: random.Random, rows: list[Row], *, last: bool = True) -> int:
    """Some entry's index, often the first or the last one; not the last one if so asked."""
    end = len(rows) - 1 - (not last)
    return chance.choice([0, end, chance.randint(0, end)])


def edit(row: Row, chance: random.Random) -> None:
    """Another value in one of the columns that mean something."""
    column = chance.choice(["at", "actor", "action", "object", "details"])
    row[column] = {
        "at": row["at"].replace("2026", "2025"),
        "actor": "eva",
        "action": "source.rejected",
        "object": f"{row['object']}0",
        "details": row["details"].replace("}", " }"),
    }[column]


def number_anew(rows: list[Row]) -> None:
    for place, row in enumerate(rows, start=1):
        row["id"] = place


def hash_anew(rows: list[Row]) -> None:
    """What an attacker who knows the scheme does: a chain that holds."""
    number_anew(rows)
    previous = GENESIS
    for row in rows:
        row["previous"] = previous
        previous = row["hash"] = str(digest(row))


def forged(row: Row, chance: random.Random) -> Row:
    copy = dict(row)
    edit(copy, chance)
    return copy


@way
def one_field_is_edited(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows)
    edit(rows[at], chance)
    return "changed", at + 1


@way
def a_hash_is_edited(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows)
    rows[at][chance.choice(["hash", "previous"])] = f"{chance.getrandbits(256):064x}"
    return "changed", at + 1


@way
def one_character_is_another(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows)
    column = chance.choice(["at", "actor", "action", "object", "details", "previous", "hash"])
    text = rows[at][column]
    place = chance.randrange(len(text))
    other = "x" if text[place] != "x" else "y"
    rows[at][column] = text[:place] + other + text[place + 1 :]
    return "changed", at + 1


@way
def text_becomes_bytes(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows)
    column = chance.choice(["at", "actor", "action", "object", "details", "previous", "hash"])
    rows[at][column] = rows[at][column].encode()
    return "changed", at + 1


@way
def one_is_taken_out(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows, last=False)
    del rows[at]
    return "missing", at + 1


@way
def several_are_taken_out(rows: list[Row], chance: random.Random) -> Found:
    at = chance.randrange(N - 8)
    del rows[at : at + chance.randrange(2, 7)]
    return "missing", at + 1


@way
def one_is_taken_out_and_the_gap_closed(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows, last=False)
    del rows[at]
    number_anew(rows)
    return "missing", at + 1


@way
def the_end_is_cut_off(rows: list[Row], chance: random.Random) -> Found:
    kept = chance.randrange(N)
    del rows[kept:]
    return "cut-off", kept + 1


@way
def one_is_forged_in_between(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows)
    rows.insert(at, forged(rows[at], chance))
    number_anew(rows)
    return "inserted", at + 1


@way
def one_is_forged_in_between_with_a_hash_of_its_own(
    rows: list[Row], chance: random.Random
) -> Found:
    at = entry(chance, rows)
    new = forged(rows[at], chance)
    new["hash"] = digest(new)
    rows.insert(at, new)
    number_anew(rows)
    return "inserted", at + 1


@way
def one_is_entered_twice(rows: list[Row], chance: random.Random) -> Found:
    origin = entry(chance, rows)
    at = chance.choice([place for place in range(N) if place not in (origin, origin + 1)])
    rows.insert(at, dict(rows[origin]))
    number_anew(rows)
    return "inserted", at + 1


@way
def one_is_put_before_the_first(rows: list[Row], chance: random.Random) -> Found:
    new = forged(rows[0], chance) | {"id": -chance.randrange(3)}
    new["hash"] = digest(new)
    rows.insert(0, new)
    return "inserted", 1


@way
def two_change_places(rows: list[Row], chance: random.Random) -> Found:
    first, second = sorted(chance.sample(range(N), 2))
    rows[first], rows[second] = rows[second], rows[first]
    number_anew(rows)
    return "reordered", first + 1


@way
def one_is_moved_to_the_end(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows, last=False)
    rows.append(rows.pop(at))
    if chance.random() < 0.5:
        number_anew(rows)
    else:
        rows[-1]["id"] = N + chance.randrange(1, 50)
    return "reordered", at + 1


@way
def the_last_gets_a_higher_number(rows: list[Row], chance: random.Random) -> Found:
    rows[-1]["id"] += chance.randrange(1, 50)
    return "changed", N


@way
def two_change_their_contents(rows: list[Row], chance: random.Random) -> Found:
    first, second = sorted(chance.sample(range(N), 2))
    for column in ("at", "actor", "action", "object", "details"):
        rows[first][column], rows[second][column] = rows[second][column], rows[first][column]
    return "changed", first + 1


@way
def one_is_edited_and_hashed_anew(rows: list[Row], chance: random.Random) -> Found:
    at = entry(chance, rows)
    edit(rows[at], chance)
    rows[at]["hash"] = digest(rows[at])
    return ("changed" if at + 1 < N else "rewritten"), at + 1


@way
def one_is_edited_and_all_after_it_hashed_anew(rows: list[Row], chance: random.Random) -> Found:
    edit(rows[entry(chance, rows)], chance)
    hash_anew(rows)
    return "rewritten", N


@way
def one_is_taken_out_and_all_after_it_hashed_anew(rows: list[Row], chance: random.Random) -> Found:
    del rows[entry(chance, rows)]
    hash_anew(rows)
    return "cut-off", N


@way
def one_is_taken_out_and_another_appended_in_its_stead(
    rows: list[Row], chance: random.Random
) -> Found:
    del rows[entry(chance, rows)]
    rows.append(forged(rows[-1], chance))
    hash_anew(rows)
    return "rewritten", N


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a trail of `N` entries and its head."""
    folder = tmp_path_factory.mktemp("sound")
    database = Database(folder / "register.sqlite", write=True)
    database.migrate()
    for number in range(N):
        event = Event(
            ("ana", "luis", "cli:root")[number % 3],
            ACTIONS[number % len(ACTIONS)],  # type: ignore[arg-type]
            f"source:{number}",
            {"version": number, "audiences": ["staff", f"team-{number % 4}"]},
        )
        at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number)
        with audited(database, folder / "audit-head") as connection:
            append(connection, event, now=at)
    assert verify(database, folder / "audit-head").sound
    database.close()
    return folder


def planted(sound: Path, folder: Path, way: Way, chance: random.Random) -> Found:
    """Copy the trail and damage the copy by raw SQL; return what is to be found."""
    shutil.copytree(sound, folder)
    connection = sqlite3.connect(folder / "register.sqlite")
    connection.execute("PRAGMA synchronous=OFF")
    connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in connection.execute("SELECT * FROM audit ORDER BY id")]
    before = [dict(row) for row in rows]
    expected = way(rows, chance)
    assert rows != before, "nothing was planted"
    for trigger in ("audit_no_update", "audit_no_delete", "audit_in_order"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("DELETE FROM audit")
    connection.executemany(
        "INSERT INTO audit VALUES (:id, :at, :actor, :action, :object, :details, :previous, :hash)",
        rows,
    )
    connection.commit()
    connection.close()
    return expected


def test_two_hundred_changes_are_planted() -> None:
    assert len(WAYS) * PLANTED_PER_WAY == 200


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_planted_change_is_found_and_named(sound: Path, tmp_path: Path, way: Way) -> None:
    chance = random.Random(way.__name__)
    for number in range(PLANTED_PER_WAY):
        folder = tmp_path / str(number)
        expected = planted(sound, folder, way, chance)
        database = Database(folder / "register.sqlite", write=False)
        damage = verify(database, folder / "audit-head").damage
        database.close()
        assert damage, f"number {number} was not found"
        assert (damage.kind, damage.entry) == expected, f"number {number}"
        assert "\n" not in damage.message


def test_a_text_that_is_no_text_is_an_error_and_never_sound(sound: Path, tmp_path: Path) -> None:
    from knowledge.errors import RegisterError

    shutil.copytree(sound, tmp_path / "copy")
    path = tmp_path / "copy" / "register.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER audit_no_update")
    connection.execute("UPDATE audit SET actor = CAST(x'ff' AS TEXT) WHERE id = 7")
    connection.commit()
    connection.close()
    database = Database(path, write=False)
    with pytest.raises(RegisterError, match="cannot be read"):
        verify(database, tmp_path / "copy" / "audit-head")
    database.close()
