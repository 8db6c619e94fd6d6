"""``voz users`` and ``voz keys``: who may sign in, what for, and the keys of programs.

Passwords come from a prompt or from standard input; an argument would stay in the shell's history
and show in the list of processes.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json

if TYPE_CHECKING:
    from knowledge.audience import AudienceTree
    from knowledge.identity.access import Grant
    from knowledge.identity.accounts import Account, Accounts, ApiKey

USERS_HELP = """Accounts: who may sign in, and what for.

A grant is a role at an audience, ROLE@AUDIENCE. The roles are agent, manager, approver,
expert, qa, admin and, for programs, channel; agent@staff asks and reads what everybody may.
"""

KEYS_HELP = """API keys: what programs show instead of signing in."""

users = typer.Typer(help=USERS_HELP, rich_markup_mode=None, no_args_is_help=True)
keys = typer.Typer(help=KEYS_HELP, rich_markup_mode=None, no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Of the account.")]
GrantText = Annotated[str, typer.Argument(metavar="ROLE@AUDIENCE", help="As in agent@staff.")]
OneTime = Annotated[
    bool,
    typer.Option(
        "--one-time", help="Make a password that is printed once and changed at the first sign-in."
    ),
]


@users.command("list")
def list_users(as_json: AsJson = False) -> int:
    """List every account and what it holds."""
    with _accounts() as accounts:
        found = accounts.all()
    if as_json:
        print_json([_account_json(account) for account in found])
    else:
        for account in found:
            typer.echo(_account_line(account))
    return 0


@users.command("add")
def add_user(
    name: Name,
    display_name: Annotated[str, typer.Option(help="What people read, as in 'Ana Ruiz'.")] = "",
    grant: Annotated[
        list[str] | None, typer.Option(metavar="ROLE@AUDIENCE", help="May be given again.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Of the interface: es or en; else the browser's.")
    ] = None,
    one_time: OneTime = False,
    as_json: AsJson = False,
) -> int:
    """Make an account; without --one-time, its password is asked for."""
    from knowledge.identity.access import Grant

    wanted = [Grant.parse(text) for text in grant or []]
    if language not in (None, "es", "en"):
        raise typer.BadParameter("--language is es or en")
    with _accounts() as accounts:
        tree = _tree()
        for each in wanted:
            tree.above(each.audience)
        password = None if one_time else _asked_password()
        told = accounts.add(
            name,
            password,
            display_name=display_name,
            language=language,  # type: ignore[arg-type]
        )
        for each in wanted:
            accounts.grant(name, each, tree)
        account = accounts.get(name)
    if as_json:
        print_json({**_account_json(account), "one_time_password": told})
    else:
        typer.echo(_account_line(account))
        _tell_password(told)
    return 0


@users.command("disable")
def disable_user(name: Name, as_json: AsJson = False) -> int:
    """Keep an account out and end its sessions; what it did stays."""
    with _accounts() as accounts:
        accounts.disable(name)
        return _show(accounts, name, as_json)


@users.command("enable")
def enable_user(name: Name, as_json: AsJson = False) -> int:
    """Let an account in again."""
    with _accounts() as accounts:
        accounts.enable(name)
        return _show(accounts, name, as_json)


@users.command("since")
def since_user(
    name: Name,
    day: Annotated[str, typer.Argument(metavar="DAY", help="As in 2025-03-31.")],
    as_json: AsJson = False,
) -> int:
    """Note the day on which a person began to work there; reviews tell tenure by it."""
    from knowledge.validity import day_of

    with _accounts() as accounts:
        accounts.set_began(name, day_of(day))
        return _show(accounts, name, as_json)


@users.command("password")
def user_password(name: Name, one_time: OneTime = False, as_json: AsJson = False) -> int:
    """Give an account a new password and end its sessions."""
    with _accounts() as accounts:
        accounts.get(name)  # told before a password is asked for
        told = accounts.set_password(name, None if one_time else _asked_password())
    if as_json:
        print_json({"name": name, "one_time_password": told})
    else:
        _tell_password(told)
    return 0


@users.command("grant")
def grant_user(name: Name, grant: GrantText, as_json: AsJson = False) -> int:
    """Give an account a role at an audience."""
    with _accounts() as accounts:
        accounts.grant(name, _grant(grant), _tree())
        return _show(accounts, name, as_json)


@users.command("revoke")
def revoke_user(name: Name, grant: GrantText, as_json: AsJson = False) -> int:
    """Take a role at an audience away, from the next request on."""
    with _accounts() as accounts:
        accounts.revoke(name, _grant(grant))
        return _show(accounts, name, as_json)


@keys.command("list")
def list_keys(as_json: AsJson = False) -> int:
    """List every key, without the keys themselves: those are not kept."""
    with _accounts() as accounts:
        found = accounts.keys()
    if as_json:
        print_json([_key_json(key) for key in found])
    else:
        for key in found:
            typer.echo(_key_line(key))
    return 0


@keys.command("add")
def add_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for, as in crm.")],
    grant: GrantText,
    days: Annotated[
        int | None, typer.Option(min=1, help="Days it is good for; without, until revoked.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="The key can never do more than this one.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Make a key and print it, this once."""
    life = timedelta(days=days) if days else None
    with _accounts() as accounts:
        key = accounts.add_key(name, _grant(grant), _tree(), life=life, owner=owner)
    if as_json:
        print_json({"name": name, "key": key})
    else:
        typer.echo(key)
        typer.echo("this is shown once; programs send it as: Authorization: Bearer KEY", err=True)
    return 0


@keys.command("revoke")
def revoke_key(
    name: Annotated[str, typer.Argument(metavar="NAME")], as_json: AsJson = False
) -> int:
    """Refuse a key from the next request on."""
    with _accounts() as accounts:
        accounts.revoke_key(name)
    if as_json:
        print_json({"name": name, "revoked": True})
    return 0


def _accounts() -> Accounts:
    from knowledge import settings
    from knowledge.identity.accounts import Accounts

    return Accounts.open(settings.load())


def _tree() -> AudienceTree:
    from knowledge import settings as settings_module
    from knowledge.register import Register

    settings = settings_module.load()
    _accounts().close()  # makes the register where there is none yet
    with Register.open(settings) as register:
        return register.audiences()


def _grant(text: str) -> Grant:
    from knowledge.identity.access import Grant

    return Grant.parse(text)


def _asked_password() -> str:
    """From a prompt, twice, or from the first line of standard input where nobody types."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _tell_password(one_time: str | None) -> None:
    if one_time is not None:
        typer.echo(one_time)
        typer.echo("one-time password, shown once: the first sign-in changes it", err=True)


def _show(accounts: Accounts, name: str, as_json: bool) -> int:
    account = accounts.get(name)
    if as_json:
        print_json(_account_json(account))
    else:
        typer.echo(_account_line(account))
    return 0


def _account_json(account: Account) -> dict[str, Any]:
    values = asdict(account)
    del values["number"]
    return {**values, "grants": sorted(map(str, account.grants))}


def _account_line(account: Account) -> str:
    held = ", ".join(sorted(map(str, account.grants))) or "nothing"
    notes = [
        *(["disabled"] if account.disabled else []),
        *(["one-time password"] if account.must_change_password else []),
        *([f"signs in with {account.provider}"] if account.provider else []),
        *([f"since {account.began_on}"] if account.began_on else []),
    ]
    shown = "" if account.display_name == account.name else f" ({account.display_name})"
    return "; ".join([f"{account.name}{shown}: {held}", *notes])


def _key_json(key: ApiKey) -> dict[str, Any]:
    return {**asdict(key), "grant": str(key.grant)}


def _key_line(key: ApiKey) -> str:
    notes = [
        *([f"within what {key.owner} may do"] if key.owner else []),
        *([f"revoked {key.revoked_at}"] if key.revoked_at else []),
        *([f"until {key.expires_at}"] if key.expires_at else []),
        f"last used {key.used_at}" if key.used_at else "never used",
    ]
    return "; ".join([f"{key.name}: {key.grant}", *notes])
