"""``voz audit``: read and check the audit trail of a data folder, on the machine it is on.

Both bring no schema up to date and need no server. ``verify`` only reads; ``list`` enters what it
gives out as JSON or into a file.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, warn

if TYPE_CHECKING:
    from knowledge.audit import AuditReport, Entry, Head
    from knowledge.database.connection import Database
    from knowledge.settings import Settings

logger = logging.getLogger(__name__)

app = typer.Typer(
    help="Who saw, changed, approved or exported what, and when.", rich_markup_mode=None
)


@app.command("verify")
def verify_command(
    head: Annotated[
        str | None,
        typer.Option(
            metavar="COUNT:HASH", help="A head that an earlier run printed; it must still be there."
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Check that no entry was changed, added, moved or taken out.

    Exit code 0: the trail is sound. 1: it is damaged, and the line says where.
    """
    from knowledge import settings as settings_module
    from knowledge.audit import verify
    from knowledge.errors import RegisterError

    noted = _head_of(head)
    settings = settings_module.load()
    with _reading(settings) as database:
        report = verify(database, settings.audit_head_path, noted=noted)
    if as_json:
        print_json(_report_json(report))
    elif report.sound:
        print_lines(_report_lines(report))
    if report.damage:
        raise RegisterError(report.damage.message)
    return 0


@app.command("list")
def list_command(
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this account did.")
    ] = None,
    action: Annotated[
        str | None, typer.Option(metavar="ACTION", help="Only this, e.g. source.published.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="From this time on, e.g. 2026-11-22 or with T14:30; UTC."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The last N entries.")] = 100,
    as_json: AsJson = False,
) -> int:
    """List entries, oldest first; what is given out as JSON or into a file is entered itself."""
    from knowledge import settings as settings_module
    from knowledge.audit import rows as audit_rows

    chosen: dict[str, Any] = {"actor": actor, "action": action, "since": _time(since)}
    settings = settings_module.load()
    with _reading(settings) as database:
        with database.read() as connection:
            entries = []
            if audit_rows.exists(connection):
                entries = audit_rows.latest(connection, limit=limit + 1, **chosen)
        if not entries:
            _check_action(action)
        shown = entries[-limit:]
        if shown and (as_json or _into_file()):
            _enter_export(database, settings, shown)
    if as_json:
        print_json([_entry_json(entry) for entry in shown])
    elif shown:
        print_lines([_entry_line(entry) for entry in shown])
    if len(entries) > limit:
        warn(f"only the last {limit} are shown: see more with --limit, or fewer days with --since")
    return 0


def _into_file() -> bool:
    """Whether what is printed goes into a file, and not to a terminal or another program."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # nothing that the system knows of
        return False


def _enter_export(database: Database, settings: Settings, shown: Sequence[Entry]) -> None:
    """Enter that these entries were given out; where that cannot be done, say so.

    An auditor reads a copy too that nobody may write to.
    """
    from knowledge.audit import Event, append, audited, local_actor
    from knowledge.errors import KnowledgeBaseError

    details = {"entries": len(shown), "first": shown[0].id, "last": shown[-1].id}
    try:
        with audited(database, settings.audit_head_path) as connection:
            append(connection, Event(local_actor(), "audit.exported", "audit:entries", details))
    except KnowledgeBaseError as error:
        logger.warning("an export of the audit trail is not in it: %s", error)
        warn(f"this export is not in the audit trail: {error}")


@contextmanager
def _reading(settings: Settings) -> Iterator[Database]:
    from knowledge.data_folder import check_folder
    from knowledge.database.connection import Database

    database = Database(settings.register_address, write=False)
    try:
        check_folder(settings, database)
        database.require()
        yield database
    finally:
        database.close()


def _head_of(text: str | None) -> Head | None:
    from knowledge.audit import head as audit_head

    try:
        return audit_head.parse(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(f"--head: {error}") from error


def _check_action(text: str | None) -> None:
    """Of what no entry is, say what there is; an old trail may have others.

    Raises:
        BadParameter: there is no such action.
    """
    from knowledge.audit import ACTIONS

    if text is not None and text not in ACTIONS:
        raise typer.BadParameter(f"--action {text!r} is none of {', '.join(ACTIONS)}")


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"--since {text!r} is no date or time such as 2026-11-22"
        ) from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _report_lines(report: AuditReport) -> list[str]:
    from knowledge.audit import Head
    from knowledge.audit import head as audit_head

    head = audit_head.line(Head(report.entries, report.last))
    lines = [f"entries  {report.entries:,}, sound", f"head     {head}"]
    newer = report.entries - report.head.count if report.head else 0
    if newer:
        lines.append(f"newer    {newer:,} of them came after the head file was last written")
    return lines


def _report_json(report: AuditReport) -> dict[str, Any]:
    return {
        "sound": report.sound,
        "entries": report.entries,
        "last": report.last,
        "head": vars(report.head) if report.head else None,
        "damage": vars(report.damage) if report.damage else None,
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return vars(entry) | {"at": entry.at.isoformat(timespec="microseconds")}


def _entry_line(entry: Entry) -> str:
    from assistant.shell.printable import printable
    from knowledge.audit.rows import canonical

    details = canonical(entry.details) if entry.details else ""
    at = entry.at.isoformat(timespec="seconds")
    parts = [str(entry.id), at, entry.actor, entry.action, entry.object, details]
    return printable("  ".join(part for part in parts if part)).replace("\n", " ")
