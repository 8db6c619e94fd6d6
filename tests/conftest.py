"""Settings of all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from knowledge import migrations
from knowledge.identity import passwords
from tests.almendro_data import almendro_data as almendro_data
from tests.quick_migrations import remembering

# The first example of a test may load a dictionary, and machines are shared.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[PasswordHasher]:
    """Hash passwords with the least that argon2 takes: thousands of accounts are made for tests.

    Gives the product's own hasher, see `slow_passwords`.
    """
    own = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield own
    passwords._hasher = own


@pytest.fixture(scope="session", autouse=True)
def quick_migrations() -> Iterator[None]:
    """Make the tables of hundreds of databases without going through the migrations each time."""
    own = migrations.upgrade
    migrations.upgrade = remembering(own)
    yield
    migrations.upgrade = own


@pytest.fixture
def slow_passwords(quick_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords as the product does."""
    monkeypatch.setattr(passwords, "_hasher", quick_passwords)
