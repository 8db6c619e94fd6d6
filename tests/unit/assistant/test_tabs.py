"""Which account a browser tab belongs to."""

from __future__ import annotations

from assistant.shell.tabs import Owners


def test_a_name_stays_with_whoever_came_first() -> None:
    owners = Owners()
    assert owners.claim("tab", 1)
    assert not owners.claim("tab", 2)
    assert owners.claim("tab", 1)
    assert owners.has("tab", 1)
    assert not owners.has("tab", 2)
    assert not owners.has("unknown", 1)


def test_a_program_without_an_account_owns_nothing_of_others() -> None:
    owners = Owners()
    assert owners.claim("tab", None)
    assert not owners.claim("tab", 1)


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    owners = Owners(kept=2)
    owners.claim("old", 1)
    owners.claim("used", 1)
    owners.claim("old", 1)
    owners.claim("new", 1)
    assert owners.has("old", 1)
    assert not owners.has("used", 1)
