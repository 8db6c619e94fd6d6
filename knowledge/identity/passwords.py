"""Passwords: which are refused, how they are stored, and one-time ones.

Length and no common choice, no rules of composition: NIST SP 800-63B-4, section 3.1.1. Stored with
argon2id at the parameters of the OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane).
"""

from __future__ import annotations

import itertools
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from knowledge.errors import SettingsError
from knowledge.refusals import because

MIN_CHARS = 12
MAX_CHARS = 128
_MIN_DIFFERENT = 5
_MEMORY_KIB, _PASSES, _LANES = 19 * 1024, 2, 1

_COMMON = Path(__file__).with_name("common_passwords.txt")
_READ_AS = str.maketrans("4310@$", "aeioas")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm")
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is taken for one another on paper: i, l, o, 0, 1."""

_hasher = PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES)


def check(password: str, name: str) -> str:
    """The password in the form in which it is stored and compared.

    Args:
        password: as typed.
        name: of the account; no password may be made of it.

    Raises:
        SettingsError: too short, too long, or among the first that anybody would guess; the
            message does not repeat it.
    """
    typed = normal(password)
    if not MIN_CHARS <= len(typed) <= MAX_CHARS:
        raise SettingsError(
            because("password-length", count=len(typed), least=MIN_CHARS, most=MAX_CHARS)
        )
    if _guessable(typed, name):
        raise SettingsError(because("password-common"))
    return typed


def normal(password: str) -> str:
    """Composed characters: keyboards differ in how they send an accent."""
    return unicodedata.normalize("NFC", password)


def hashed(password: str) -> str:
    """What is stored: argon2id with its parameters and a salt of its own; takes about 25 ms."""
    return _hasher.hash(_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one; without one, as slow as with one, and never."""
    try:
        right = _hasher.verify(stored or _nobodys(), _bytes(password))
    except (Argon2Error, InvalidHashError):
        return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether it was stored with other parameters than are used now."""
    return _hasher.check_needs_rehash(stored)


def one_time() -> str:
    """A password to be read from a screen and changed: 20 characters, 99 bits."""
    letters = "".join(secrets.choice(_READABLE) for _ in range(20))
    return "-".join(letters[i : i + 5] for i in range(0, 20, 5))


def _bytes(password: str) -> bytes:
    return normal(password).encode("utf-8", "surrogatepass")  # a form can hold half a character


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


def _guessable(password: str, name: str) -> bool:
    if len(set(password.lower())) < _MIN_DIFFERENT:
        return True
    letters = _letters(password)
    own = {_letters(part) for part in (name, name.split("@")[0])}
    return letters in _common() | own | {""} or _is_run(password.lower())


def _is_run(password: str) -> bool:
    """Whether it is only neighbours of the alphabet, the digits or the keyboard."""
    pairs = {a + b for run in _RUNS for a, b in itertools.pairwise(run)}
    pairs |= {pair[::-1] for pair in pairs} | {"09", "90"}
    near = sum(a + b in pairs for a, b in itertools.pairwise(password))
    return near >= 0.8 * (len(password) - 1)


def _letters(password: str) -> str:
    """What is left without decoration: ``C0ntraseña-2026`` is *contrasena*."""
    bare = password.lower().strip("0123456789 !¡?¿.,;:-_*+#/")
    decomposed = unicodedata.normalize("NFD", bare.translate(_READ_AS))
    return "".join(c for c in decomposed if c.isalpha())


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text("utf-8").splitlines()
    return frozenset(_letters(line) for line in lines if not line.startswith("#"))
