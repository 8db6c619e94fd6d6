"""A PostgreSQL server of the tests' own: Debian's programs, a temporary folder, free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

USER, PASSWORD = "voz", "s3cret/ç@ñ"
QUOTED_PASSWORD = "s3cret%2F%C3%A7%40%C3%B1"
_START_TIMEOUT_S = 60


def programs() -> Path | None:
    """Folder of ``initdb`` and ``pg_ctl``, of the newest version that is installed."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("pg_ctl")
    folders = [*found, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def account() -> str | None:
    """Who the server runs as: PostgreSQL refuses root. `None`: whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        programs: folder of its programs.
        folder: its data are in ``data`` below it; its socket is in it.
        port: on 127.0.0.1, and in the socket's name.
    """

    programs: Path
    folder: Path
    port: int

    def url(self, database: str, *, user: str = USER, password: str = QUOTED_PASSWORD) -> str:
        """Address of a database through the server's socket."""
        return f"postgresql://{user}:{password}@/{database}?host={self.folder}&port={self.port}"

    def url_by_tcp(
        self, database: str, *, user: str = USER, password: str = QUOTED_PASSWORD
    ) -> str:
        """Address of a database through TCP."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def connection(self, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """The administrator's connection, without transactions."""
        url = self.url(database, user="postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            yield connection

    @contextmanager
    def database(self, name: str, options: str = "") -> Iterator[str]:
        """A new database of the ordinary user, deleted at the end; its name."""
        made, owner = sql.Identifier(name), sql.Identifier(USER)
        create = sql.SQL("CREATE DATABASE {} OWNER {} " + options)  # type: ignore[arg-type]
        with self.connection() as connection:
            connection.execute(create.format(made, owner))
        yield name
        with self.connection() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(made))

    def empty(self, name: str) -> None:
        """Delete all that is in a database, and end whoever is still connected to it."""
        owner = sql.Identifier(USER)
        self.end_connections(name)
        with self.connection(name) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute(sql.SQL("CREATE SCHEMA public AUTHORIZATION {}").format(owner))

    def end_connections(self, name: str) -> None:
        """End every connection to a database."""
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        with self.connection() as connection:
            connection.execute(end, [name])

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; ``immediate`` as a crash of the server would, the system staying up."""
        _run(self.folder, self.programs / "pg_ctl", "-D", "data", "-m", mode, "stop")

    def start(self) -> None:
        """Start it and wait until it serves."""
        _run(
            self.folder,
            self.programs / "pg_ctl",
            *("-D", "data", "-l", "server.log", "-w", "-t", str(_START_TIMEOUT_S)),
            "start",
        )


@contextmanager
def serving(programs: Path) -> Iterator[Server]:
    """Make a server in a folder of its own, start it, and delete it all at the end."""
    folder = Path(tempfile.mkdtemp(prefix="voz-postgresql-"))
    try:
        server = Server(programs, folder, _free_port())
        _make(server)
        server.start()
        try:
            with server.connection() as connection:
                role = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                connection.execute(role.format(sql.Identifier(USER), sql.Literal(PASSWORD)))
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _make(server: Server) -> None:
    password = server.folder / "password"
    password.write_text(PASSWORD, "utf-8")
    owner = account()
    if owner:
        for path in (server.folder, password):
            shutil.chown(path, owner)
    _run(
        server.folder,
        server.programs / "initdb",
        *("-D", "data", "-U", "postgres", "--pwfile", "password", "--auth", "scram-sha-256"),
        *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        # As on a server in Spain: text that is sorted without a word about how is sorted by this
        *("--locale-provider", "icu", "--icu-locale", "es"),
    )
    # fsync only matters when the machine itself stops, which no test here brings about.
    settings = {
        "fsync": "off",
        "full_page_writes": "off",
        "listen_addresses": "'127.0.0.1'",
        "port": server.port,
        "unix_socket_directories": f"'{server.folder}'",
        "shared_buffers": "'64MB'",
        "max_connections": 60,
    }
    with (server.folder / "data" / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = {value}\n" for name, value in settings.items())


def _run(folder: Path, program: Path, *arguments: str) -> None:
    """Run one of PostgreSQL's programs in the server's folder, as the server's account."""
    owner: dict[str, Any] = {}
    if name := account():
        owner = {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}
    with (folder / "commands.log").open("ab") as log:
        subprocess.run(
            [program, *arguments],
            cwd=folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            **owner,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
