"""Which passwords are refused, and how they are stored."""

from __future__ import annotations

import unicodedata

import pytest

from knowledge.errors import SettingsError
from knowledge.identity import passwords
from knowledge.identity.throttle import ADDRESS, NAME, Limit

GOOD = "mesa lluvia tren botella"


@pytest.mark.parametrize(
    "password",
    [
        "contraseña2026",
        "C0ntraseña-2026!",
        "CONTRASENA1234",
        "password123456",
        "P@ssw0rd12345",
        "administrador1",
        "¡Bienvenidos2026!",
        "qwertyuiop123",
        "qwertyuiopasd",
        "abcdefghijklm",
        "123456789012",
        "098765432109",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "ana.ruiz.2026",
        "ANA-RUIZ-2026",
        "RealMadrid2026",
        "teamomucho12",
    ],
)
def test_what_anybody_would_guess_is_refused(password: str) -> None:
    with pytest.raises(SettingsError, match="many people choose") as refusal:
        passwords.check(password, "ana.ruiz@almendro.example")
    assert password not in str(refusal.value)


@pytest.mark.parametrize("password", ["", "corta", "once letras", "x" * 129])
def test_length_is_the_only_other_rule(password: str) -> None:
    with pytest.raises(SettingsError, match=f"has {len(password)} characters: use 12 to 128"):
        passwords.check(password, "ana")


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "solo minúsculas aquí",
        "un caballo come tejas",
        "correa-pino-8-noviembre",
        "ñandúes y ñus",
    ],
)
def test_no_composition_is_asked_for(password: str) -> None:
    assert passwords.check(password, "ana") == password


def test_an_accent_typed_in_two_ways_is_the_same_password() -> None:
    stored = passwords.hashed("camión azul marino")
    assert passwords.matches(stored, unicodedata.normalize("NFD", "camión azul marino"))


@pytest.mark.usefixtures("slow_passwords")
def test_what_is_stored_is_argon2id_with_its_parameters_and_a_salt() -> None:
    first, second = passwords.hashed(GOOD), passwords.hashed(GOOD)
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert passwords.matches(first, GOOD)
    assert not passwords.matches(first, GOOD + " ")
    assert not passwords.is_outdated(first)


@pytest.mark.parametrize("stored", [None, "", "plain text"])
def test_without_a_stored_password_nothing_matches(stored: str | None) -> None:
    assert not passwords.matches(stored, "")
    assert not passwords.matches(stored, "plain text")


def test_one_time_passwords_are_good_ones_and_differ() -> None:
    made = {passwords.one_time() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        assert passwords.check(password, "ana") == password


def most_tries(limit: Limit, within_s: int) -> int:
    """How many wrong tries pass for somebody who always tries as soon as possible."""
    passed, now = 0, 0
    while now < within_s:
        passed += 1
        now += limit.wait_s(passed)
    return passed


def test_a_name_has_ten_tries_in_a_quarter_of_an_hour_at_most() -> None:
    assert most_tries(NAME, 15 * 60) <= 10
    assert most_tries(NAME, 24 * 3600) <= 110


def test_an_address_has_thirty_tries_in_five_minutes_at_most() -> None:
    assert most_tries(ADDRESS, 5 * 60) <= 30


@pytest.mark.parametrize("limit", [NAME, ADDRESS])
def test_each_wait_is_longer_than_the_one_before_up_to_a_limit(limit: Limit) -> None:
    waits = [limit.wait_s(n) for n in range(200)]
    assert waits == sorted(waits)
    assert waits[-1] == limit.longest_wait_s
