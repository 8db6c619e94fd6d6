"""The command ``voz``: its subcommands by name, and the one place where what fails is told.

Only what parsing the command line needs is imported here; every command imports its parts when it
runs, so that ``voz --help`` answers at once.
"""

from __future__ import annotations

import os
import sys

import typer

from assistant.shell import (
    account_commands,
    admin_commands,
    ask_commands,
    conflict_commands,
    difference_commands,
    draft_commands,
    preview_commands,
    theme_commands,
    work_commands,
)
from assistant.shell.audit_commands import app as audit
from assistant.shell.card_commands import cards
from assistant.shell.commitment_commands import commitments
from assistant.shell.contact_commands import contact
from assistant.shell.customer_commands import customers
from assistant.shell.escalation_commands import escalations
from assistant.shell.failures import exit_code_of
from assistant.shell.review_commands import reviews
from assistant.shell.source_commands import audiences, sources
from assistant.shell.step_commands import steps_command
from assistant.shell.voice_commands import voice
from assistant.shell.webhook_commands import webhook
from eval.commands.cli import app as evaluation
from eval.speed.cli import app as bench
from ingest.cli import HELP as INGEST_HELP
from ingest.cli import ingest_command

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Nothing is fetched from, or told to, anybody; set before any library can read it."""

HELP = """Answers with their source, from your company's own documents.

Put documents in with `voz ingest`, ask with `voz ask`, or open the page of `voz serve`.
"""

# Plain help: rich would cost every start 0.1 s
app = typer.Typer(help=HELP, rich_markup_mode=None, add_completion=False)
app.command("ingest", help=INGEST_HELP)(ingest_command)
app.command("ask", help=ask_commands.ASK_HELP)(ask_commands.ask_command)
app.command("search", help=ask_commands.SEARCH_HELP)(ask_commands.search_command)
app.command("check-draft")(draft_commands.check_draft_command)
app.command("serve")(admin_commands.serve_command)
app.command("status")(admin_commands.status_command)
app.command("settings")(admin_commands.settings_command)
app.command("rebuild")(admin_commands.rebuild_command)
difference_commands.add_to(sources)
preview_commands.add_to(sources)
conflict_commands.add_to(sources)
app.add_typer(sources, name="sources")
app.add_typer(audiences, name="audiences")
app.add_typer(cards, name="cards")
app.add_typer(work_commands.gaps, name="gaps")
app.add_typer(work_commands.feedback, name="feedback")
app.add_typer(work_commands.receipts, name="receipts")
app.command("changes")(work_commands.changes_command)
app.add_typer(preview_commands.questions, name="questions")
app.add_typer(contact, name="contact")
app.add_typer(escalations, name="escalations")
app.command("themes")(theme_commands.themes_command)
app.command("report")(theme_commands.report_command)
app.add_typer(commitments, name="commitments")
app.add_typer(reviews, name="reviews")
app.add_typer(customers, name="customers")
app.command("steps")(steps_command)
app.add_typer(voice, name="voice")
app.add_typer(webhook, name="webhook")
app.add_typer(audit, name="audit")
app.add_typer(account_commands.users, name="users")
app.add_typer(account_commands.keys, name="keys")
app.add_typer(evaluation, name="eval")
app.add_typer(bench, name="bench")


@app.callback(invoke_without_command=True)
def voz(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
) -> None:
    """See `HELP`; without a command, that is what is shown."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("voz-propia"))
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command line and exit with its code."""
    os.environ.update(OFFLINE)
    command = typer.main.get_command(app)
    sys.exit(exit_code_of(lambda: command.main(prog_name="voz", standalone_mode=False)))


if __name__ == "__main__":
    main()
