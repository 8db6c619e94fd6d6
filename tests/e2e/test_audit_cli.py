"""``voz audit`` as an administrator meets it, on a data folder without a server."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.audit import ACTIONS, Action, Event, append, audited, local_actor
from knowledge.database.connection import Database
from knowledge.settings import Settings
from tests.e2e.test_cli import COMMAND, environment, refused, voz

MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)
DID: list[tuple[str, Action]] = [
    ("ana", "source.published"),
    ("luis", "source.viewed"),
    ("ana", "source.retired"),
]


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose trail has three entries, a day apart; tests only read it."""
    return trail(tmp_path_factory.mktemp("entered"))


def trail(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    settings = Settings(data_dir=folder)
    database = Database(settings.register_path, write=True)
    database.migrate()
    for day, (actor, action) in enumerate(DID):
        with audited(database, settings.audit_head_path) as connection:
            event = Event(actor, action, "source:12", {"version": day})
            append(connection, event, now=MIDNIGHT + timedelta(days=day))
    database.close()
    return settings.data_dir


def damaged(entered: Path, folder: Path, *statements: str) -> Path:
    """A copy of the folder, changed by whoever has the file."""
    shutil.copytree(entered, folder)
    connection = sqlite3.connect(folder / "register.sqlite")
    for trigger in ("audit_no_update", "audit_no_delete"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return folder


def test_a_sound_trail_is_told_with_the_head_to_note(entered: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in entered.iterdir()}
    result = voz(entered, "audit", "verify")
    entries, head = result.stdout.splitlines()
    assert entries == "entries  3, sound"
    assert (result.returncode, result.stderr) == (0, "")
    assert {path: path.stat().st_mtime_ns for path in before} == before
    noted = head.split()[1]
    assert noted == (entered / "audit-head").read_text().strip()
    assert voz(entered, "audit", "verify", "--head", noted).returncode == 0
    other = f"3:{'0' * 64}"
    refused(voz(entered, "audit", "verify", "--head", other), 1, "the noted head", "entry 3")


def test_a_damaged_trail_is_one_line_and_exit_code_one(entered: Path, tmp_path: Path) -> None:
    changed = damaged(entered, tmp_path / "a", "UPDATE audit SET actor = 'eva' WHERE id = 2")
    refused(voz(changed, "audit", "verify"), 1, "entry 2 was changed")
    cut = damaged(entered, tmp_path / "b", "DELETE FROM audit WHERE id = 3")
    result = voz(cut, "audit", "verify", "--json")
    report = json.loads(result.stdout)
    assert (report["sound"], report["entries"], report["head"]["count"]) == (False, 2, 3)
    assert (report["damage"]["kind"], report["damage"]["entry"]) == ("cut-off", 3)
    assert result.stderr.strip() == report["damage"]["message"]
    assert result.returncode == 1


def listed(folder: Path, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(voz(folder, "audit", "list", "--json", *options).stdout)
    return rows


def test_entries_are_listed_and_chosen(entered: Path) -> None:
    def chosen(*options: str) -> list[str]:
        return [
            line.split()[0] for line in voz(entered, "audit", "list", *options).stdout.splitlines()
        ]

    assert chosen("--actor", "ana") == ["1", "3"]
    assert chosen("--action", "source.viewed") == ["2"]
    assert chosen("--since", "2026-11-23") == ["2", "3"]
    assert chosen("--since", "2026-11-23T01:00:01+01:00") == ["3"]
    last = voz(entered, "audit", "list", "--limit", "1")
    assert last.stdout == (
        '3  2026-11-24T00:00:00+00:00  ana  source.retired  source:12  {"version":2}\n'
    )
    assert "only the last 1" in last.stderr
    assert last.returncode == 0


def test_what_is_given_out_as_json_or_into_a_file_is_entered_itself(tmp_path: Path) -> None:
    folder = trail(tmp_path / "data")
    assert voz(folder, "audit", "list").stdout.count("\n") == 3
    rows = listed(folder, "--actor", "ana")
    assert [row["id"] for row in rows] == [1, 3]
    assert set(rows[0]) == {
        *("id", "at", "actor", "action", "object", "details", "previous", "hash")
    }
    assert listed(folder, "--actor", "nobody") == []  # nothing was given out
    with (tmp_path / "trail.txt").open("w") as file:
        command = [*COMMAND, "audit", "list", "--action", "source.viewed"]
        subprocess.run(command, env=environment(folder), stdout=file, check=True)
    assert (tmp_path / "trail.txt").read_text().startswith("2  2026-11-23")
    exports = voz(folder, "audit", "list", "--action", "audit.exported").stdout
    who = local_actor()
    assert [line.split("  ", 2)[2] for line in exports.splitlines()] == [
        f'{who}  audit.exported  audit:entries  {{"entries":2,"first":1,"last":3}}',
        f'{who}  audit.exported  audit:entries  {{"entries":1,"first":2,"last":2}}',
    ]
    assert voz(folder, "audit", "verify").returncode == 0


def test_a_trail_that_cannot_be_written_now_is_listed_and_says_that_this_is_not_entered(
    tmp_path: Path,
) -> None:
    folder = trail(tmp_path / "data")
    connection = sqlite3.connect(folder / "register.sqlite", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    result = voz(folder, "audit", "list", "--json")
    connection.close()
    assert len(json.loads(result.stdout)) == 3
    assert "this export is not in the audit trail" in result.stderr
    assert result.returncode == 0


def test_entries_of_a_kind_that_is_no_longer_written_are_sound_and_listed(tmp_path: Path) -> None:
    folder = trail(tmp_path / "data")
    old = "backup.made"
    assert old not in ACTIONS
    settings = Settings(data_dir=folder)
    database = Database(settings.register_path, write=False)
    with audited(database, settings.audit_head_path) as connection:
        event = Event("ana", "source.viewed", "customer:7")
        object.__setattr__(event, "action", old)  # as an earlier version could
        append(connection, event)
    database.close()
    assert voz(folder, "audit", "verify").stdout.startswith("entries  4, sound")
    (row,) = listed(folder, "--action", old)
    assert (row["id"], row["action"], row["object"]) == (4, old, "customer:7")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "--action", "source.burnt"], ["--action 'source.burnt'", "source.published"]),
        (["list", "--since", "ayer"], ["--since 'ayer'", "2026-11-22"]),
        (["verify", "--head", "12"], ["--head", "COUNT:HASH"]),
    ],
)
def test_what_cannot_be_asked_for_is_told(
    entered: Path, arguments: list[str], words: list[str]
) -> None:
    refused(voz(entered, "audit", *arguments), 2, *words)


def test_without_a_register_there_is_nothing_to_check_and_none_is_made(tmp_path: Path) -> None:
    nothing = tmp_path / "data"
    refused(voz(nothing, "audit", "verify"), 1, str(nothing), "VOZ_DATA_DIR")
    assert not nothing.exists()


def test_the_trail_of_an_earlier_version_is_empty_and_the_register_stays_as_it_is(
    tmp_path: Path,
) -> None:
    path = tmp_path / "register.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert voz(tmp_path, "audit", "verify").stdout.startswith("entries  0, sound")
    assert json.loads(voz(tmp_path, "audit", "list", "--json").stdout) == []
    assert path.read_bytes() == before
