"""Accounts in a real register: signing in, sessions, keys, and what ends them."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from knowledge import migrations
from knowledge.audience import ROOT, Audience, AudienceTree
from knowledge.audit import Event, events, verify
from knowledge.database.connection import Database
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import AccessRefused, RegisterError, SettingsError, TooManyTries
from knowledge.identity import passwords
from knowledge.identity.access import ROLES, Grant, Principal, may_anywhere, viewer_of
from knowledge.identity.accounts import Accounts, NewAdministrator, open_database
from knowledge.identity.sign_in import Identity, SignIn
from knowledge.register import Register
from knowledge.schema import metadata
from knowledge.settings import Settings

TREE = AudienceTree.of([ROOT, Audience("levante", "Contacta Levante", "staff")])
PASSWORD = "mesa lluvia tren botella"
OTHER = "cuatro gatos pardos duermen"
HERE = "192.0.2.1"
AGENT = Grant("agent", "levante")


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class House:
    """One register with its accounts, and the doors to it."""

    settings: Settings
    accounts: Accounts
    doors: SignIn
    clock: Clock

    def sign_in(self, name: str = "ana", password: str = PASSWORD, address: str = HERE) -> str:
        return self.doors.sign_in(name, password, address)

    def principal(self, token: str) -> Principal | None:
        session = self.doors.session(token)
        return session.principal if session else None


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[House]:
    settings = Settings(data_dir=tmp_path / "data", database_url=database_url)
    clock = Clock()
    database = open_database(settings)
    head = settings.audit_head_path
    accounts = Accounts(database, head, clock=clock)
    doors = SignIn(database, head, clock=clock)
    accounts.add("root", OTHER)
    accounts.grant("root", Grant("admin", "staff"), TREE)
    accounts.add("ana", PASSWORD, display_name="Ana Ruiz", language="es")
    accounts.grant("ana", AGENT, TREE)
    yield House(settings, accounts, doors, clock)
    database.close()


def refused(house: House, name: str, password: str, address: str = HERE) -> bool:
    """Whether the password was looked at and found wrong."""
    with pytest.raises(AccessRefused) as refusal:
        house.sign_in(name, password, address)
    return not isinstance(refusal.value, TooManyTries)


def rows(house: House, query: str) -> list[tuple[object, ...]]:
    database = Database(house.settings.register_address, write=False)
    try:
        with database.read() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        database.close()


# Accounts


def test_an_account_is_what_was_said_of_it(house: House) -> None:
    ana = house.accounts.get("Ana")
    assert (ana.name, ana.display_name, ana.language) == ("ana", "Ana Ruiz", "es")
    assert ana.grants == {AGENT}
    assert [a.name for a in house.accounts.all()] == ["ana", "root"]
    assert house.accounts.all()[0] == ana


@pytest.mark.parametrize("name", ["", "a b", "-a", "ñu", "a" * 65, "../a", "a\nb"])
def test_a_name_that_cannot_be_typed_or_logged_is_refused(house: House, name: str) -> None:
    with pytest.raises(SettingsError, match="account name"):
        house.accounts.add(name, PASSWORD)


def test_a_name_is_taken_however_it_is_capitalised(house: House) -> None:
    with pytest.raises(SettingsError, match="already"):
        house.accounts.add("ANA", PASSWORD)


def test_a_refused_password_makes_no_account(house: House) -> None:
    with pytest.raises(SettingsError, match="many people choose"):
        house.accounts.add("eva", "contraseña2026")
    assert "eva" not in [a.name for a in house.accounts.all()]


def test_who_is_unknown_is_named_in_the_refusal(house: House) -> None:
    for change in (house.accounts.disable, house.accounts.enable, house.accounts.set_password):
        with pytest.raises(SettingsError, match="no account 'eva'"):
            change("eva")


def test_a_role_at_an_audience_that_is_not_there_is_refused(house: House) -> None:
    with pytest.raises(SettingsError, match="no audience 'marte'"):
        house.accounts.grant("ana", Grant("agent", "marte"), TREE)


def test_what_is_not_held_cannot_be_taken_away(house: House) -> None:
    with pytest.raises(SettingsError, match="does not hold qa@staff: it holds agent@levante"):
        house.accounts.revoke("ana", Grant("qa", "staff"))


def test_somebody_is_always_left_to_administer_accounts(house: House) -> None:
    with pytest.raises(SettingsError, match="leave nobody with admin@staff"):
        house.accounts.disable("root")
    with pytest.raises(SettingsError, match="leave nobody with admin@staff"):
        house.accounts.revoke("root", Grant("admin", "staff"))
    assert not house.accounts.get("root").disabled
    house.accounts.grant("ana", Grant("admin", "staff"), TREE)
    house.accounts.disable("root")


def test_two_installations_at_once_make_one_administrator(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    made: list[NewAdministrator | None] = []

    def start() -> None:
        with Accounts.open(settings) as accounts:
            made.append(accounts.first_administrator())

    Accounts.open(settings).close()
    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([m for m in made if m]) == 1
    with Accounts.open(settings) as accounts:
        assert {g.role for g in accounts.get("admin").grants} == set(ROLES)
        assert accounts.first_administrator() is None


def test_people_sign_in_while_documents_are_taken_in(house: House) -> None:
    with Register.open(house.settings, write=True):
        assert house.principal(house.sign_in()) is not None


# Signing in


def test_the_right_password_opens_a_session(house: House) -> None:
    principal = house.principal(house.sign_in(" ANA "))
    assert principal == Principal(
        house.accounts.get("ana").number, "ana", frozenset({AGENT}), "session"
    )


def test_neither_password_nor_token_nor_key_nor_code_is_stored(house: House) -> None:
    token = house.sign_in()
    key = house.accounts.add_key("crm", AGENT, TREE)
    one_time = house.accounts.set_password("root")
    assert one_time is not None
    stored = house.settings.data_dir.rglob("register.sqlite*")
    content = b"".join(path.read_bytes() for path in stored)
    content += "".join(repr(rows(house, f"SELECT * FROM {t}")) for t in metadata.tables).encode()
    for secret in (PASSWORD, OTHER, one_time, token, key, key.removeprefix("voz_")):
        assert secret.encode() not in content


def test_what_is_typed_as_a_name_is_not_stored(house: House) -> None:
    assert refused(house, "la clave de ana", "x")
    assert house.sign_in()
    for table in ("sign_in_failures", "users", "sessions"):
        assert "clave" not in repr(rows(house, f"SELECT * FROM {table}"))


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ana", "x"),
        ("ana", ""),
        ("eva", PASSWORD),
        ("", ""),
        ("ana\x00", PASSWORD),
        ("ana", "\ud800"),
    ],
)
def test_what_is_not_right_is_refused_in_the_same_words(
    house: House, name: str, password: str
) -> None:
    with pytest.raises(AccessRefused, match=r"^the name or the password is not right: try again"):
        house.sign_in(name, password)


def test_who_is_disabled_is_refused_in_the_same_words(house: House) -> None:
    house.accounts.disable("ana")
    with pytest.raises(AccessRefused, match=r"^the name or the password is not right: try again"):
        house.sign_in()
    house.accounts.enable("ana")
    assert house.sign_in()


@pytest.mark.usefixtures("slow_passwords")
def test_unknown_names_take_as_long_as_known_ones(house: House) -> None:
    passwords._nobodys.cache_clear()

    def seconds(name: str) -> float:
        began = time.perf_counter()
        assert refused(house, name, "wrong", address=name + str(began))
        house.clock.wait(hours=2)
        return time.perf_counter() - began

    seconds("ana"), seconds("eva")
    # In turn, so that a busy moment of the machine falls on both
    known, unknown = zip(*[(seconds("ana"), seconds("eva")) for _ in range(12)], strict=True)
    assert statistics.median(unknown) > 0.6 * statistics.median(known)


def test_failures_make_a_name_wait_even_for_the_right_password(house: House) -> None:
    passed = sum(refused(house, "ana", "wrong", f"192.0.2.{i}") for i in range(20))
    assert passed == 5
    with pytest.raises(TooManyTries) as refusal:
        house.sign_in(address="198.51.100.7")
    assert 0 < refusal.value.retry_after_s <= 31
    house.clock.wait(seconds=31)
    assert house.sign_in()
    assert sum(refused(house, "ana", "wrong", f"192.0.2.{i}") for i in range(20)) == 5


def test_an_unknown_name_waits_like_a_known_one(house: House) -> None:
    assert sum(refused(house, "eva", "wrong", f"192.0.2.{i}") for i in range(9)) == 5


def test_failures_make_an_address_wait(house: House) -> None:
    assert sum(refused(house, f"user{i}", "wrong") for i in range(40)) == 20
    assert house.sign_in(address="198.51.100.7")
    with pytest.raises(TooManyTries):
        house.sign_in()
    house.clock.wait(seconds=11)
    assert house.sign_in()


def test_tries_at_the_same_moment_are_counted_too(house: House) -> None:
    looked_at: list[bool] = []

    def attempt() -> None:
        for _ in range(3):
            try:
                house.sign_in(password="wrong")
            except TooManyTries:
                looked_at.append(False)
            except AccessRefused:
                looked_at.append(True)

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert looked_at.count(True) == 5
    assert len(looked_at) == 24


def test_failures_are_forgotten_after_a_while(house: House) -> None:
    for _ in range(5):
        refused(house, "eva", "wrong")
    house.clock.wait(hours=2)
    assert house.sign_in()
    assert rows(house, "SELECT * FROM sign_in_failures") == []


# Sessions


def test_every_sign_in_has_a_token_of_its_own(house: House) -> None:
    tokens = {house.sign_in() for _ in range(4)}
    assert len(tokens) == 4
    assert all(len(token) >= 43 for token in tokens)


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\x00", "\ud800", "é" * 5000])
def test_a_token_that_was_never_given_is_nobodys(house: House, token: str) -> None:
    house.sign_in()
    assert house.doors.session(token) is None
    assert house.doors.key(token) is None
    assert house.doors.sign_in_by_link(token) is None


def test_the_stored_hash_is_no_token(house: House) -> None:
    house.sign_in()
    ((stored,),) = rows(house, "SELECT token_hash FROM sessions")
    assert house.doors.session(str(stored)) is None


def test_a_session_without_requests_ends_after_an_hour(house: House) -> None:
    token = house.sign_in()
    for _ in range(5):
        house.clock.wait(minutes=59)
        assert house.principal(token)
    house.clock.wait(minutes=61)
    assert house.principal(token) is None


def test_a_session_in_use_ends_after_twelve_hours(house: House) -> None:
    token = house.sign_in()
    for _ in range(23):
        house.clock.wait(minutes=31)
        assert house.principal(token)
    house.clock.wait(minutes=31)
    assert house.principal(token) is None
    house.sign_in()
    assert len(rows(house, "SELECT 1 FROM sessions")) == 1


def test_signing_out_ends_one_session(house: House) -> None:
    here, there = house.sign_in(), house.sign_in()
    house.doors.sign_out(here)
    assert house.principal(here) is None
    assert house.principal(there)


@pytest.mark.parametrize("what", ["disabled", "new password", "one-time password"])
def test_all_sessions_end_when_an_account_is(house: House, what: str) -> None:
    tokens = [house.sign_in() for _ in range(3)]
    if what == "disabled":
        house.accounts.disable("ana")
    else:
        house.accounts.set_password("ana", OTHER if what == "new password" else None)
    assert [house.principal(token) for token in tokens] == [None] * 3


def test_a_changed_password_ends_all_sessions_but_a_new_one(house: House) -> None:
    here, there = house.sign_in(), house.sign_in()
    fresh = house.doors.change_password(here, PASSWORD, OTHER, HERE)
    assert house.principal(fresh)
    assert [house.principal(token) for token in (here, there)] == [None, None]
    assert refused(house, "ana", PASSWORD)
    assert house.sign_in(password=OTHER)


@pytest.mark.parametrize(
    ("current", "new", "error"),
    [
        ("wrong", OTHER, AccessRefused),
        (PASSWORD, PASSWORD, SettingsError),
        (PASSWORD, "corta", SettingsError),
        (PASSWORD, "contraseña2026", SettingsError),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    house: House, current: str, new: str, error: type[Exception]
) -> None:
    token = house.sign_in()
    with pytest.raises(error):
        house.doors.change_password(token, current, new, HERE)
    assert house.principal(token)
    assert house.sign_in()


def test_guessing_the_current_password_is_counted(house: House) -> None:
    token = house.sign_in()
    for _ in range(5):
        with pytest.raises(AccessRefused):
            house.doors.change_password(token, "wrong", OTHER, HERE)
    with pytest.raises(TooManyTries):
        house.doors.change_password(token, PASSWORD, OTHER, HERE)


def test_a_password_changed_while_it_is_looked_at_opens_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledge.identity import passwords

    matches = passwords.matches

    def change_meanwhile(stored: str | None, password: str) -> bool:
        right = matches(stored, password)
        house.accounts.set_password("ana", OTHER)
        return right

    monkeypatch.setattr(passwords, "matches", change_meanwhile)
    with pytest.raises(AccessRefused):
        house.sign_in()


def test_a_one_time_password_must_be_changed_first(house: House) -> None:
    one_time = house.accounts.set_password("ana")
    assert one_time is not None
    token = house.sign_in(password=one_time)
    session = house.doors.session(token)
    assert session is not None
    assert session.must_change_password
    changed = house.doors.session(house.doors.change_password(token, one_time, OTHER, HERE))
    assert changed is not None
    assert not changed.must_change_password


def test_what_an_account_loses_is_lost_with_the_next_request(house: House) -> None:
    chance = random.Random(4)
    token, other = house.sign_in(), house.sign_in()
    key = house.accounts.add_key("crm", AGENT, TREE, owner="ana")
    for _ in range(200):
        house.accounts.revoke("ana", AGENT)
        shown = [house.principal(token), house.principal(other), house.doors.key(key)]
        assert [p and viewer_of(p, TREE).audiences for p in shown] == [frozenset()] * 3
        house.accounts.grant("ana", AGENT, TREE)
        regained = house.principal(chance.choice([token, other]))
        assert regained is not None
        assert may_anywhere(regained, "ask", TREE)


# Links


def test_a_link_signs_in_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with Accounts.open(settings) as accounts, SignIn.open(settings) as doors:
        first = accounts.first_administrator()
        assert first is not None
        token = doors.sign_in_by_link(first.code)
        assert token is not None
        session = doors.session(token)
        assert session is not None
        assert (session.account.name, session.must_change_password) == ("admin", False)
        assert doors.sign_in_by_link(first.code) is None
        by_password = doors.session(doors.sign_in(first.name, first.password, HERE))
        assert by_password is not None
        assert by_password.must_change_password


@pytest.mark.parametrize("what", ["time", "disabled", "password"])
def test_a_link_ends_with_its_time_and_its_account(tmp_path: Path, what: str) -> None:
    settings = Settings(data_dir=tmp_path)
    clock = Clock()
    database = open_database(settings)
    head = settings.audit_head_path
    accounts = Accounts(database, head, clock=clock)
    doors = SignIn(database, head, clock=clock)
    first = accounts.first_administrator()
    assert first is not None
    accounts.add("root", OTHER)
    accounts.grant("root", Grant("admin", "staff"), TREE)
    if what == "time":
        clock.wait(minutes=15)
    elif what == "disabled":
        accounts.disable("admin")
    else:
        accounts.set_password("admin", PASSWORD)
    assert doors.sign_in_by_link(first.code) is None
    database.close()


# Identity providers

EVA = Identity(
    "https://id.example", "42", "Eva.Pérez@Almendro.example", "Eva Pérez", frozenset({AGENT})
)


def test_somebody_vouched_for_gets_an_account_and_what_the_groups_give(house: House) -> None:
    session = house.doors.session(house.doors.sign_in_identity(EVA))
    assert session is not None
    assert session.account.name == "eva.perez@almendro.example"
    assert session.account.display_name == "Eva Pérez"
    assert session.principal.grants == {AGENT}
    moved = replace(EVA, name="otra", grants=frozenset({Grant("qa", "staff")}))
    again = house.doors.session(house.doors.sign_in_identity(moved))
    assert again is not None
    assert again.account.name == session.account.name
    assert again.principal.grants == {Grant("qa", "staff")}


def test_a_role_given_by_a_person_stays_whatever_the_provider_says(house: House) -> None:
    token = house.doors.sign_in_identity(EVA)
    name = house.doors.session(token).account.name  # type: ignore[union-attr]
    house.accounts.grant(name, AGENT, TREE)
    house.accounts.grant(name, Grant("qa", "levante"), TREE)
    house.doors.sign_in_identity(replace(EVA, grants=frozenset()))
    assert house.accounts.get(name).grants == {AGENT, Grant("qa", "levante")}


def test_a_name_at_the_provider_opens_no_account_of_ours(house: House) -> None:
    session = house.doors.session(house.doors.sign_in_identity(replace(EVA, name="ana")))
    assert session is not None
    assert session.account.name == "ana-2"
    assert session.account.number != house.accounts.get("ana").number


def test_who_may_do_nothing_or_is_disabled_is_not_let_in(house: House) -> None:
    stranger = replace(EVA, subject="43", grants=frozenset())
    with pytest.raises(AccessRefused, match="may do nothing here"):
        house.doors.sign_in_identity(stranger)
    assert len(house.accounts.all()) == 2
    token = house.doors.sign_in_identity(EVA)
    house.accounts.disable("eva.perez@almendro.example")
    assert house.principal(token) is None
    with pytest.raises(AccessRefused):
        house.doors.sign_in_identity(EVA)


def test_an_account_of_the_provider_has_no_password(house: House) -> None:
    token = house.doors.sign_in_identity(EVA)
    name = house.doors.session(token).account.name  # type: ignore[union-attr]
    with pytest.raises(SettingsError, match=r"signs in with https://id\.example"):
        house.accounts.set_password(name, PASSWORD)
    with pytest.raises(SettingsError, match="change it there"):
        house.doors.change_password(token, "", PASSWORD, HERE)
    assert refused(house, name, "")


# Keys


def test_a_key_may_do_what_it_was_made_for(house: House) -> None:
    key = house.accounts.add_key("crm", AGENT, TREE)
    principal = house.doors.key(key)
    assert principal == Principal(None, "key:crm", frozenset({AGENT}), "key")
    (kept,) = house.accounts.keys()
    assert (kept.name, kept.grant, kept.owner) == ("crm", AGENT, None)
    assert kept.used_at is not None


def test_what_a_key_does_can_be_entered_in_the_audit_trail(house: House) -> None:
    for number, name in enumerate(("crm", "CRM-2", "ñandú")):
        principal = house.doors.key(house.accounts.add_key(name, AGENT, TREE))
        assert principal is not None
        Event(principal.name, "feedback.given", f"feedback:{number}")


def test_a_key_ends_when_revoked_and_with_its_time(house: House) -> None:
    key = house.accounts.add_key("crm", AGENT, TREE, life=timedelta(days=30))
    house.clock.wait(days=29)
    assert house.doors.key(key)
    house.clock.wait(days=1)
    assert house.doors.key(key) is None
    other = house.accounts.add_key("otra", AGENT, TREE)
    house.accounts.revoke_key("otra")
    assert house.doors.key(other) is None
    with pytest.raises(SettingsError, match="no key 'otra' in use"):
        house.accounts.revoke_key("otra")
    with pytest.raises(SettingsError, match="there is, or was, a key 'otra'"):
        house.accounts.add_key("otra", AGENT, TREE)


def test_a_key_loses_what_its_owner_loses(house: House) -> None:
    key = house.accounts.add_key("crm", AGENT, TREE, owner="ana")
    house.accounts.disable("ana")
    principal = house.doors.key(key)
    assert principal is not None
    assert not may_anywhere(principal, "ask", TREE)


def test_a_key_that_could_do_more_than_its_owner_is_not_made(house: House) -> None:
    for grant in (Grant("manager", "levante"), Grant("admin", "staff")):
        with pytest.raises(SettingsError, match=f"a key of 'ana' cannot be {grant}"):
            house.accounts.add_key("crm", grant, TREE, owner="ana")
    assert house.accounts.keys() == []


@pytest.mark.parametrize("name", ["", "x" * 65, "a\tb", "a b"])
def test_a_key_needs_a_name_that_can_be_read(house: House, name: str) -> None:
    with pytest.raises(SettingsError, match="key name"):
        house.accounts.add_key(name, AGENT, TREE)


def test_a_register_of_the_version_before_gets_the_tables(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    database = Database(settings.register_path, write=True)
    with database.write() as connection:
        command.upgrade(migrations.config(connection), "0003")
    database.close()
    with Accounts.open(settings) as accounts:
        assert accounts.all() == []


def test_a_register_that_is_damaged_is_one_line(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.register_path.write_bytes(b"no database at all" * 100)
    with pytest.raises(RegisterError, match="damaged"):
        Accounts.open(settings)


def test_who_was_let_in_and_what_was_given_is_in_the_audit_trail(house: House) -> None:
    house.sign_in()
    house.accounts.revoke("ana", AGENT)
    house.accounts.disable("ana")
    house.accounts.add_key("crm", AGENT, TREE)
    with pytest.raises(SettingsError):
        house.accounts.disable("nobody")
    database = Database(house.settings.register_address, write=False)
    with database.read() as connection:
        last = [
            (entry.action, entry.object, dict(entry.details))
            for entry in events(connection, limit=100)
        ][-4:]
    number = house.accounts.get("ana").number
    assert last == [
        ("account.signed_in", f"account:{number}", {"way": "password"}),
        ("account.roles_changed", f"account:{number}", {"taken": str(AGENT)}),
        ("account.disabled", f"account:{number}", {}),
        ("key.added", "key:crm", {"grant": str(AGENT)}),
    ]
    assert verify(database, house.settings.audit_head_path).sound
    database.close()


def test_who_begins_today_at_the_company_has_begun(house: House) -> None:
    clock = Clock(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))  # half past midnight in Madrid
    head = house.settings.audit_head_path
    with Accounts(
        open_database(house.settings), head, clock=clock, time_zone="Europe/Madrid"
    ) as accounts:
        accounts.set_began("ana", date(2026, 11, 23))
        with pytest.raises(SettingsError, match="2026-11-24 is still to come"):
            accounts.acting("root").set_began("ana", date(2026, 11, 24))
