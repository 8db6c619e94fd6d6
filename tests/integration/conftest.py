"""Both databases that a register can be in, and small disks to fill."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.database.database_url import DatabaseUrl
from knowledge.settings import Settings
from tests import postgresql_server
from tests.postgresql_server import Server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server, one for all tests."""
    programs = postgresql_server.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: make postgresql, or apt-get install postgresql")
    with postgresql_server.serving(programs) as server:
        yield server


@pytest.fixture(scope="session")
def _one_database(postgresql: Server) -> Iterator[str]:
    with postgresql.database("voz_tests") as name:
        yield name


@pytest.fixture
def postgresql_url(postgresql: Server, _one_database: str) -> DatabaseUrl:
    """A database with nothing in it: the tests' only one, emptied, which is quicker than a new."""
    postgresql.empty(_one_database)
    return DatabaseUrl(postgresql.url(_one_database))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> DatabaseUrl | None:
    """What ``VOZ_DATABASE_URL`` is, for tests of what holds on both databases."""
    if request.param == "sqlite":
        return None
    url: DatabaseUrl = request.getfixturevalue("postgresql_url")
    return url


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables that give a process of its own the same register."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    return {"VOZ_DATA_DIR": str(settings.data_dir), "VOZ_DATABASE_URL": url}


@contextmanager
def small_disk(point: Path) -> Iterator[Callable[[str], Path]]:
    """A small file system of its own, remounted with other options when asked again."""
    point.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        change = f"remount,{options}" if mounted else options
        command = ["mount", "-t", "tmpfs", "-o", change, "tmpfs", str(point)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("needs the right to mount a file system")
        mounted = True
        return point

    try:
        yield mount
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(point)], check=True)
