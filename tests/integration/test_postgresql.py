"""What PostgreSQL adds: a server that goes away, refuses or is full, and writers elsewhere."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from knowledge.data_folder import MARKER
from knowledge.database.connection import Database
from knowledge.database.database_url import DatabaseUrl
from knowledge.database.postgresql_engine import PostgresqlEngines
from knowledge.errors import RegisterError, RegisterLocked, SettingsError, StorageFull
from knowledge.register import Register
from knowledge.settings import Settings, load
from tests.fakes import STAFF, HashingEmbedder, document_of, store
from tests.integration.conftest import environment_of, small_disk
from tests.integration.postgresql_child import N_CHUNKS, paragraphs
from tests.postgresql_server import PASSWORD, QUOTED_PASSWORD, USER, Server, account

KILLS = 5
EMBEDDER = HashingEmbedder()
NO_SETTINGS = {name: "" for name in os.environ if name.startswith("VOZ_")}


@pytest.fixture
def settings(tmp_path: Path, postgresql_url: DatabaseUrl) -> Settings:
    return load(data_dir=tmp_path / "data", database_url=postgresql_url)


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Settings) -> Settings:
    """The same register from another machine, with a data folder of its own."""
    return settings.model_copy(update={"data_dir": tmp_path / "elsewhere"})


@pytest.fixture
def stored(settings: Settings) -> Settings:
    """A register with one document."""
    with Register.open(settings, write=True) as register:
        store(register, EMBEDDER, document_of("a.md", ["Uno.", "Dos."]))
    return settings


def at(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"database_url": DatabaseUrl(url)})


def name_of(settings: Settings) -> str:
    assert settings.database_url is not None
    return settings.database_url.get_secret_value().partition("@/")[2].partition("?")[0]


def line_of(error: pytest.ExceptionInfo[BaseException]) -> str:
    """The line that a person reads, once it is known to hold no password, nor does its cause."""
    chain: BaseException | None = error.value
    while chain is not None:
        assert PASSWORD not in str(chain)
        assert QUOTED_PASSWORD not in str(chain)
        chain = chain.__cause__
    line = str(error.value)
    assert "\n" not in line
    return line


def backends(server: Server, settings: Settings, condition: str = "true") -> list[tuple[Any, ...]]:
    query = f"SELECT pid, query FROM pg_stat_activity WHERE datname = %s AND {condition}"
    with server.connection() as connection:
        return connection.execute(query, [name_of(settings)]).fetchall()  # type: ignore[arg-type]


# One writer


def test_a_writer_with_another_data_folder_is_told_who_writes(
    settings: Settings, elsewhere: Settings
) -> None:
    with Register.open(settings, write=True):
        started = time.monotonic()
        with pytest.raises(RegisterLocked) as error:
            Register.open(elsewhere, write=True)
        assert time.monotonic() - started < 2
        assert f"pid {os.getpid()} on {socket.gethostname()[:20]}" in line_of(error)
        assert f"{name_of(settings)} at " in line_of(error)
    Register.open(elsewhere, write=True).close()


def test_killed_writers_lose_nothing_and_the_next_one_takes_over(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    acknowledged = tmp_path / "acknowledged"
    acknowledged.touch()
    for number in range(KILLS):
        mine, next_one = (settings, elsewhere) if number % 2 else (elsewhere, settings)
        kill_while_writing(mine, acknowledged, after_first=bool(number % 2))
        started = time.monotonic()
        with Register.open(next_one, write=True) as register:
            assert time.monotonic() - started < 2
            check_whole(register, acknowledged.read_text("utf-8").splitlines())
    assert acknowledged.stat().st_size


def kill_while_writing(settings: Settings, acknowledged: Path, *, after_first: bool) -> None:
    """Kill a new writer at some moment, before or after it has stored its first document."""
    before = acknowledged.stat().st_size
    command = [sys.executable, "-m", "tests.integration.postgresql_child", str(acknowledged)]
    environment = os.environ | environment_of(settings)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "open\n"
        while after_first and acknowledged.stat().st_size == before:
            assert child.poll() is None
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.3))
        child.kill()


def check_whole(register: Register, acknowledged: list[str]) -> None:
    stored = register.document_names()
    assert set(acknowledged) <= set(stored)
    assert len(stored) <= len(acknowledged) + KILLS
    rows = list(register.index_rows())
    assert len(rows) == N_CHUNKS * len(stored)
    for name in stored:
        document = register.document(name, STAFF)
        assert document
        assert document.text.split("\n") == paragraphs(name)


def test_a_writer_whose_connection_ended_takes_its_place_again(
    postgresql: Server, settings: Settings
) -> None:
    with Register.open(settings, write=True) as register:
        store(register, EMBEDDER, document_of("a.md", ["Uno."]))
        postgresql.end_connections(name_of(settings))
        store(register, EMBEDDER, document_of("b.md", ["Dos."]))
        assert register.document_names() == ["a.md", "b.md"]


def test_a_writer_that_lost_its_place_to_another_writes_no_more(
    postgresql: Server, settings: Settings, elsewhere: Settings
) -> None:
    with Register.open(settings, write=True) as register:
        store(register, EMBEDDER, document_of("a.md", ["Uno."]))
        postgresql.end_connections(name_of(settings))
        with Register.open(elsewhere, write=True) as successor:
            with pytest.raises(RegisterLocked, match=r"another process"):
                store(register, EMBEDDER, document_of("b.md", ["Dos."]))
            assert successor.document_names() == ["a.md"]
        store(register, EMBEDDER, document_of("b.md", ["Dos."]))


def test_a_connection_that_ends_in_the_middle_leaves_nothing_and_is_one_line(
    postgresql: Server, settings: Settings
) -> None:
    database = Database(settings.register_address, write=True)
    database.migrate()

    def cut() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO models (fingerprint) VALUES ('half')"))
            postgresql.end_connections(name_of(settings))
            connection.execute(text("INSERT INTO models (fingerprint) VALUES ('other half')"))

    with pytest.raises(RegisterError, match=r"cannot be reached .* try again") as error:
        cut()
    line_of(error)
    with database.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM models")) == 0
    database.close()


def test_a_writers_idle_connection_is_kept_and_one_that_vanished_is_noticed_soon(
    postgresql: Server, settings: Settings
) -> None:
    """A machine that vanishes cannot be had here; what makes the server notice can be read."""
    with postgresql.connection() as connection:
        connection.execute(f"ALTER ROLE {USER} SET idle_session_timeout = 100")
    try:
        engines = PostgresqlEngines(
            DatabaseUrl(postgresql.url_by_tcp(name_of(settings))), write=True
        )
        engines.claim()
        (before,) = backends(postgresql, settings)
        time.sleep(0.3)
        with engines.writers.begin() as writing:
            assert backends(postgresql, settings)[0][0] == before[0]
            limits = [
                writing.scalar(text(f"SHOW tcp_keepalives_{name}"))
                for name in ("idle", "interval", "count")
            ]
        assert limits == ["10", "5", "3"]
        engines.dispose()
    finally:
        with postgresql.connection() as connection:
            connection.execute(f"ALTER ROLE {USER} RESET ALL")


# Reading


def test_rows_for_an_index_come_in_portions_from_the_server(
    postgresql: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.chunk_rows._ROWS_PER_FETCH", 10)
    with Register.open(settings, write=True) as register:
        made = document_of("a.md", [f"Párrafo {n}." for n in range(35)])
        store(register, EMBEDDER, made)
        with closing(register.index_rows()) as rows:
            keys = [next(rows).key, next(rows).key]
            ((_, query),) = backends(postgresql, settings, "state = 'idle in transaction'")
            assert query.startswith("FETCH FORWARD 10 ")
            keys += [row.key for row in rows]
        assert keys == list(range(1, 36))


def test_text_columns_are_compared_by_code_point(settings: Settings) -> None:
    database = Database(settings.register_address, write=True)
    database.migrate()
    others = (
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name <> 'alembic_version'"
        " AND data_type IN ('text', 'character varying', 'character')"
        " AND collation_name IS DISTINCT FROM 'C'"
    )
    with database.read() as connection:
        assert connection.execute(text(others)).fetchall() == []
    database.close()


# A server that is away


def test_a_server_that_crashed_and_came_back_has_all_that_was_acknowledged(
    postgresql: Server, stored: Settings
) -> None:
    with postgresql.connection() as connection:
        connection.execute("CHECKPOINT")  # else all that the tests before did is done once more
    with Register.open(stored, write=True) as register, Register.open(stored) as reader:
        store(register, EMBEDDER, document_of("b.md", ["Tres."]))
        assert len(reader.documents(STAFF)) == 2
        postgresql.stop()
        try:
            for attempt in (reader.revision, register.prune, lambda: Register.open(stored)):
                with pytest.raises(RegisterError, match=r"cannot be reached") as error:
                    attempt()
                assert str(postgresql.folder) in line_of(error)
        finally:
            postgresql.start()
        assert [info.name for info in reader.documents(STAFF)] == ["a.md", "b.md"]
        store(register, EMBEDDER, document_of("c.md", ["Cuatro."]))
        assert len(list(reader.index_rows())) == 4


def test_a_port_where_nobody_listens_is_one_line(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"postgresql://{USER}:{QUOTED_PASSWORD}@127.0.0.1:{port}/voz"
        for write in (True, False):
            with pytest.raises(RegisterError, match=r"Connection refused") as error:
                Register.open(at(settings, url), write=write)
            assert f"voz at 127.0.0.1:{port}" in line_of(error)
            assert "VOZ_DATABASE_URL" in line_of(error)


def test_a_host_that_is_none_is_one_line(settings: Settings) -> None:
    url = f"postgresql://{USER}:{QUOTED_PASSWORD}@no-such-host.invalid/voz"
    with pytest.raises(RegisterError, match=r"cannot be reached .*no-such-host") as error:
        Register.open(at(settings, url))
    line_of(error)


# A server that refuses


def test_a_wrong_password_names_the_setting_and_shows_neither_password(
    postgresql: Server, settings: Settings
) -> None:
    url = postgresql.url_by_tcp(name_of(settings), password="wr0ng")
    with pytest.raises(RegisterError, match=r"refuses the user .*authentication failed") as error:
        Register.open(at(settings, url))
    assert "VOZ_DATABASE_URL" in line_of(error)
    assert "wr0ng" not in line_of(error)


def test_a_database_that_does_not_exist_is_told_with_the_command_that_makes_it(
    postgresql: Server, settings: Settings
) -> None:
    with pytest.raises(RegisterError, match=r"`createdb nowhere`") as error:
        Register.open(at(settings, postgresql.url("nowhere")), write=True)
    assert "VOZ_DATABASE_URL" in line_of(error)


def test_an_empty_database_is_one_line_and_leaves_no_folder(settings: Settings) -> None:
    with pytest.raises(RegisterError, match=r"there is no register in .*`voz ingest PATH`"):
        Register.open(settings)
    assert not settings.data_dir.exists()


def test_options_that_libpq_does_not_know_are_refused_without_their_value(
    settings: Settings,
) -> None:
    for option in ("pasword=s3cret", "s3cret"):
        with pytest.raises(SettingsError, match=r"VOZ_DATABASE_URL .*options") as error:
            Register.open(at(settings, f"postgresql://127.0.0.1/voz?{option}"))
        assert "s3cret" not in line_of(error)
        assert error.value.__suppress_context__


def test_a_database_of_another_encoding_is_refused(postgresql: Server, settings: Settings) -> None:
    options = "ENCODING 'LATIN1' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
    with (
        postgresql.database("latin", options) as name,
        pytest.raises(RegisterError, match=r"LATIN1, UTF8 is needed.*createdb --encoding=UTF8"),
    ):
        Register.open(at(settings, postgresql.url(name)), write=True)


def test_without_the_driver_the_command_that_installs_it_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "knowledge.database.postgresql_engine")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingsError, match=r"pip install 'psycopg\[binary\]'"):
        Register.open(settings, write=True)


@pytest.fixture
def limited(postgresql: Server) -> Iterator[str]:
    """Name of a user that may connect and read, but owns nothing."""
    with postgresql.connection() as connection:
        connection.execute(f"CREATE ROLE limited LOGIN IN ROLE pg_read_all_data PASSWORD '{USER}'")
        yield "limited"
        connection.execute("DROP ROLE limited")


def test_a_user_that_may_only_read_reads_and_is_told_when_it_writes(
    postgresql: Server, stored: Settings, limited: str
) -> None:
    its = at(stored, postgresql.url(name_of(stored), user=limited, password=USER))
    with Register.open(its) as reader:
        assert reader.document_names() == ["a.md"]
    with (
        Register.open(its, write=True) as register,
        pytest.raises(StorageFull, match=r"permission denied.*grant") as error,
    ):
        store(register, EMBEDDER, document_of("b.md", ["Tres."]))
    line_of(error)


@pytest.mark.parametrize(
    ("setting", "kind", "words"),
    [
        ("SET default_transaction_read_only = on", StorageFull, r"may only be read"),
        ("SET statement_timeout = 1", RegisterError, r"took too long"),
        ("CONNECTION LIMIT 0", RegisterLocked, r"is busy .*too many connections.*try again"),
    ],
)
def test_limits_of_the_server_are_one_line(
    postgresql: Server, stored: Settings, setting: str, kind: type[RegisterError], words: str
) -> None:
    with postgresql.connection() as connection:
        connection.execute(f"ALTER ROLE {USER} {setting}")  # type: ignore[arg-type]
        try:
            with pytest.raises(RegisterError, match=words) as error:
                prune_slowly(stored)
            assert type(error.value) is kind
            line_of(error)
        finally:
            connection.execute(f"ALTER ROLE {USER} RESET ALL")
            connection.execute(f"ALTER ROLE {USER} CONNECTION LIMIT -1")


def prune_slowly(settings: Settings) -> None:
    database = Database(settings.register_address, write=False)
    try:
        with database.write() as connection:
            connection.execute(text("SELECT pg_sleep(0.05)"))
            connection.execute(text("DELETE FROM models WHERE id < 0"))
    finally:
        database.close()


def test_a_full_disk_of_the_server_loses_nothing_and_work_goes_on_after(
    postgresql: Server, settings: Settings
) -> None:
    big = document_of("b.md", [f"Párrafo {n}: {os.urandom(4000).hex()}" for n in range(500)])
    with small_disk(postgresql.folder / "small") as mount:
        mount("size=3m,mode=0755")
        with (
            tables_in(postgresql, postgresql.folder / "small" / "tables", name_of(settings)),
            Register.open(settings, write=True) as register,
        ):
            store(register, EMBEDDER, document_of("a.md", ["Uno."]))
            with pytest.raises(StorageFull, match=r"no space left on the server") as error:
                store(register, EMBEDDER, big)
            assert "free some" in line_of(error)
            assert register.document_names() == ["a.md"]
            mount("size=64m,mode=0755")
            assert store(register, EMBEDDER, big) == "added"
            assert len(list(register.index_rows())) == 501


@contextmanager
def tables_in(server: Server, folder: Path, database: str) -> Iterator[None]:
    """Let the server keep the tables that are made from now on in a folder of their own."""
    folder.mkdir()
    if owner := account():
        shutil.chown(folder, owner)
    with server.connection() as connection:
        connection.execute(f"CREATE TABLESPACE apart LOCATION '{folder}'")  # type: ignore[arg-type]
        connection.execute(f"GRANT CREATE ON TABLESPACE apart TO {USER}")
        connection.execute(f"ALTER ROLE {USER} SET default_tablespace = apart")
        try:
            yield
        finally:
            connection.execute(f"ALTER ROLE {USER} RESET default_tablespace")
            server.empty(database)
            connection.execute("DROP TABLESPACE apart")


# Data folders


def test_a_data_folder_serves_one_register(
    postgresql: Server, stored: Settings, tmp_path: Path
) -> None:
    assert (stored.data_dir / MARKER).read_text().splitlines()[1].startswith(name_of(stored))
    with postgresql.database("another") as name:
        other = at(stored, postgresql.url(name))
        with pytest.raises(RegisterError, match=r"belong to .* not to another at .*VOZ_DATA_DIR"):
            Register.open(other, write=True)
    for write in (True, False):
        with pytest.raises(RegisterError, match=r"belong to .* set VOZ_DATABASE_URL"):
            Register.open(load(data_dir=stored.data_dir), write=write)
    in_a_file = load(data_dir=tmp_path / "sqlite")
    Register.open(in_a_file, write=True).close()
    for write in (True, False):
        with pytest.raises(RegisterError, match=r"register\.sqlite, but VOZ_DATABASE_URL"):
            Register.open(stored.model_copy(update={"data_dir": in_a_file.data_dir}), write=write)
    assert not (in_a_file.data_dir / MARKER).exists()


def test_several_machines_read_one_register(stored: Settings, elsewhere: Settings) -> None:
    with Register.open(elsewhere) as reader:
        assert reader.document_names() == ["a.md"]
    assert (elsewhere.data_dir / MARKER).read_text() == (stored.data_dir / MARKER).read_text()


# From outside


def run(settings: Settings, *arguments: object, **environment: str) -> Any:
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(
        command,
        env=os.environ | NO_SETTINGS | environment_of(settings) | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_documents_are_put_in_and_told_of_and_no_command_shows_the_password(
    settings: Settings, postgresql: Server, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("# Plazo\n\nEl plazo es de 14 días.\n")
    ingested = run(settings, "tests.integration.ingest_command", "ingest", tmp_path / "a.md")
    assert "1 added" in ingested.stdout, ingested.stderr
    told = run(settings, "assistant.shell.cli", "status", "--json")
    status = json.loads(told.stdout)
    assert (status["documents"], status["chunks"]) == (1, 1)
    assert f"{USER}:***@" in status["register"]
    listed = run(settings, "assistant.shell.cli", "settings")
    assert f"VOZ_DATABASE_URL=postgresql://{USER}:***@/" in listed.stdout
    wrong = at(settings, postgresql.url_by_tcp(name_of(settings), password="s3cretly"))
    refused = run(wrong, "assistant.shell.cli", "status", VOZ_DEBUG="1")
    assert refused.returncode == 1
    assert "check the user and the password" in refused.stderr
    for result in (ingested, told, listed, refused):
        assert "s3cret" not in result.stdout + result.stderr
