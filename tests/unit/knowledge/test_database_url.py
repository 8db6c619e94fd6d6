"""The address of a PostgreSQL database: what is taken, and that its password is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import SettingsError
from knowledge.settings import Settings, load


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgresql://voz:s3cret@db:5432/voz", "postgresql://voz:***@db:5432/voz"),
        ("postgres://voz:s3cret@db/voz", "postgresql://voz:***@db/voz"),
        ("postgresql+psycopg://voz:s3cret@db/voz", "postgresql://voz:***@db/voz"),
        ("postgresql://voz@db/voz", "postgresql://voz@db/voz"),
        ("postgresql:///voz", "postgresql:///voz"),
        ("postgresql://voz:s3cret%40%2F@[::1]:5432/voz", "postgresql://voz:***@[::1]:5432/voz"),
        ("postgresql://voz:s3cret@a:1,b:2/voz", "postgresql://voz:***@a:1,b:2/voz"),
        (
            "postgresql://db/voz?user=voz&password=s3cret&sslmode=require",
            "postgresql://db/voz?user=voz&password=***&sslmode=require",
        ),
    ],
)
def test_an_address_is_shown_without_its_password(given: str, shown: str) -> None:
    settings = load(database_url=given)
    assert str(settings.database_url) == shown
    assert "s3cret" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == given
    assert settings.database_url.for_libpq().startswith("postgresql://")


@pytest.mark.parametrize(
    "given",
    [
        "mysql://voz:s3cret@db/voz",
        "sqlite:///s3cret.sqlite",
        "s3cret",
        "postgresql:voz:s3cret@db/voz",
        "postgresql://voz:s3cret/x@db/voz",
        "postgresql://voz:x@s3cret@db/voz",
        "postgresql://voz:s3cret?x@db/voz",
        "postgresql://voz:s3cret#x@db/voz",
        "postgresql://voz:%s3cret@db/voz",
        "postgresql://voz:s3cret/voz",
        "postgresql://db/voz?password=s3cret#x",
    ],
)
def test_an_address_that_cannot_be_right_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("VOZ_DATABASE_URL", given)
    with pytest.raises(SettingsError) as error:
        load()
    assert "VOZ_DATABASE_URL" in str(error.value)
    assert "postgresql://USER:PASSWORD@HOST:PORT/DATABASE" in str(error.value)
    assert "s3cret" not in f"{error.value} {error.value.__cause__}"
    assert str(DatabaseUrl(given)) == "***"


def test_values_of_other_settings_are_repeated_when_wrong() -> None:
    with pytest.raises(SettingsError, match="VOZ_PORT='abc'"):
        load(port="abc")


def test_the_register_is_a_file_unless_a_database_is_named() -> None:
    assert load(data_dir=Path("x")).register_address == Path("x/register.sqlite")
    url = DatabaseUrl("postgresql://db/voz")
    assert load(database_url=url).register_address == url


def test_a_register_apart_never_is_the_database_of_the_installation() -> None:
    settings = load(data_dir=Path("x"), database_url="postgresql://db/voz", port=1)
    assert settings.apart("eval", "rules") == Settings(data_dir=Path("x/eval/rules"), port=1)
