"""``voz webhook``: the program that summaries are sent on to, and what waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, typed
from assistant.shell.source_commands import By
from assistant.shell.work_commands import working

if TYPE_CHECKING:
    from knowledge.models import Language
    from knowledge.outbox.outbox_rows import Message

webhook = typer.Typer(
    help="The program that summaries of contacts are sent on to.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

_SECRET_BYTES = 32
_STATES = ("waiting", "sent", "failed", "cancelled")


@webhook.command("secret")
def make_secret() -> int:
    """Make a secret to sign messages with; it is kept nowhere."""
    import base64
    import secrets

    from assistant.shell.summary.receiver import PREFIX
    from assistant.shell.work_texts import tell
    from knowledge import settings as settings_module

    made = PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    language = settings_module.load().language
    print_lines(tell(language, "webhook_made", secret=made).split("\n"))
    return 0


@webhook.command("test")
def test_receiver() -> int:
    """Send a signed test message now, and say what came of it."""
    import json
    import secrets

    from assistant.refusals import because
    from assistant.shell.summary.receiver import deliver, receiver_of
    from assistant.shell.work_texts import tell
    from knowledge import settings as settings_module
    from knowledge.errors import SettingsError, WrongState
    from knowledge.times import utc_now

    settings = settings_module.load()
    receiver = receiver_of(settings)
    if receiver is None:
        raise WrongState(because("webhook-none"))
    message = {"type": "webhook.test", "timestamp": utc_now().isoformat(), "data": {}}
    attempt = deliver(receiver, f"msg_{secrets.token_hex(16)}", json.dumps(message))
    if attempt.trouble is not None:
        raise SettingsError(
            because("webhook-not-taken", address=receiver.shown, trouble=attempt.trouble)
        )
    line = tell(settings.language, "webhook_took_it", address=receiver.shown, ms=round(attempt.ms))
    print_lines([line])
    return 0


@webhook.command("list")
def list_messages(
    state: Annotated[
        str | None, typer.Option(metavar="STATE", help=f"Only those: {', '.join(_STATES)}.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="At most.")] = 20,
    as_json: AsJson = False,
) -> int:
    """List messages, newest first; without their words."""
    from dataclasses import asdict

    from assistant.shell.work_texts import tell
    from knowledge.outbox.outbox import Outbox

    if state is not None and state not in _STATES:
        raise typer.BadParameter(f"--state is one of {', '.join(_STATES)}")
    with working(None) as (store, _, language):
        found = Outbox(store).all(state, limit)  # type: ignore[arg-type]  # one of the states
    if as_json:
        hidden = ("number", "body")
        rows = [asdict(one) for one in found]
        print_json([{k: v for k, v in row.items() if k not in hidden} for row in rows])
        return 0
    lines = [_line(one, language) for one in found]
    print_lines(lines or [tell(language, "webhook_none_listed")])
    return 0


@webhook.command("retry")
def retry_messages(
    message: Annotated[
        str | None, typer.Argument(metavar="MESSAGE", help="As it is listed; else all given up.")
    ] = None,
    by: By = None,
) -> int:
    """Have messages that were given up sent again."""
    from assistant.shell.work_texts import tell
    from knowledge.outbox.outbox import Outbox

    with working(by) as (store, viewer, language):
        count = Outbox(store).retry(typed(message) if message else None, viewer.name)
    print_lines([tell(language, "webhook_again", count=count)])
    return 0


def _line(message: Message, language: Language) -> str:
    from assistant.shell.work_texts import tell

    trouble = due = ""
    if message.trouble is not None:
        trouble = tell(language, "webhook_trouble", trouble=message.trouble)
    if message.state == "waiting":
        due = tell(language, "webhook_due", due=_minute(message.due_at))
    return tell(
        language,
        "webhook_line",
        message=message.message,
        made=_minute(message.made_at),
        kind=message.kind,
        state=tell(language, f"webhook_state_{message.state}"),
        attempts=message.attempts,
        trouble=trouble,
        due=due,
    )


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")
