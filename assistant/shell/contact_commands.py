"""``voz contact``: conversations with customers, listed, shown, erased and played again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines, typed
from assistant.shell.source_commands import By
from assistant.shell.work_commands import working

if TYPE_CHECKING:
    from assistant.shell.contact.replay import Played
    from knowledge.contacts.contacts import Contacts
    from knowledge.identity.access import ContactReach
    from knowledge.models import Language

contact = typer.Typer(
    help="Conversations with customers, turn by turn.", rich_markup_mode=None, no_args_is_help=True
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="As `voz contact list` shows it.")]
_SPEEDS = {"1": 1.0, "10": 10.0, "max": None}


@contextmanager
def _keeping(by: str | None) -> Iterator[tuple[Contacts, ContactReach, str, Language]]:
    """The contacts of the register, all within reach, who does it, and the language to speak."""
    from knowledge.contacts.contacts import Contacts
    from knowledge.identity.access import LOCAL, contact_reach

    with working(by) as (store, viewer, language):
        yield Contacts(store), contact_reach(LOCAL, store.tree()), viewer.name, language


@contact.command("list")
def list_contacts(
    state: Annotated[
        str | None, typer.Option(metavar="STATE", help="Only those: open or ended.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="At most.")] = 20,
    as_json: AsJson = False,
) -> int:
    """List contacts, newest first."""
    from assistant.shell.contact import shown
    from assistant.shell.work_texts import tell

    if state not in (None, "open", "ended"):
        raise typer.BadParameter("--state is open or ended")
    with _keeping(None) as (contacts, reach, _, language):
        found = contacts.all(reach, state=state, limit=limit)  # type: ignore[arg-type]
    if as_json:
        print_json([shown.contact(one) for one in found])
        return 0
    lines = [
        tell(
            language,
            "contact_line",
            contact=one.key,
            channel=tell(language, f"channel_{one.channel}"),
            agent=one.agent or "—",
            audience=one.audience,
            state=tell(language, f"contact_state_{one.state}"),
            opened=one.opened_at[:16].replace("T", " "),
            turns=one.turns,
        )
        for one in found
    ]
    print_lines(lines or [tell(language, "no_contacts")])
    return 0


@contact.command("show")
def show_contact(key: Key, by: By = None, as_json: AsJson = False) -> int:
    """Show what was said in a contact; it is entered in the audit trail."""
    from assistant.shell.contact import shown
    from assistant.shell.work_texts import tell

    with _keeping(by) as (contacts, reach, name, language):
        found = contacts.get(key, reach)
        turns = contacts.turns(key, reach)
        acts = contacts.suggested.acts(key, reach)
        contacts.viewed(key, name)
    if as_json:
        print_json(
            {
                "contact": shown.contact(found),
                "turns": [shown.turn(t) for t in turns],
                "acts": [shown.act(a) for a in acts],
            }
        )
    else:
        lines = [_said(shown.turn(turn), language) for turn in turns]
        print_lines(lines or [tell(language, "contact_no_turns")])
    return 0


@contact.command("summary")
def show_summary(
    key: Key,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
    by: By = None,
    as_json: AsJson = False,
) -> int:
    """Print the summary that was saved last, or else the one that is proposed."""
    from assistant.bootstrap import open_assistant
    from assistant.shell.ask_commands import warn
    from assistant.shell.summary.gathering import Gatherer, finder
    from assistant.summary.wording import markdown_of, summary_json, summary_of, text_of
    from knowledge import settings as settings_module
    from knowledge.commitments.commitment_lists import CommitmentLists
    from knowledge.contacts.summaries import Summaries
    from knowledge.contacts.transfers import Transfers

    with working(by) as (store, viewer, language):
        from knowledge.contacts.contacts import Contacts
        from knowledge.identity.access import LOCAL, contact_reach

        contacts, reach = Contacts(store), contact_reach(LOCAL, store.tree())
        saved = Summaries(store).saved(key, reach).versions
        if saved:
            summary = summary_of(saved[-1].summary)
        else:
            with open_assistant(settings_module.load(), warn) as assistant:
                kept = CommitmentLists(store)
                gatherer = Gatherer(contacts, Transfers(store), kept, finder(assistant))
                summary = gatherer.proposed(key, reach, viewer, language)
        contacts.viewed(key, viewer.name)
    if as_json:
        print_json({"version": saved[-1].number if saved else 0, **summary_json(summary)})
    else:
        text = markdown_of(summary) if markdown else text_of(summary)
        print_lines(text.rstrip().split("\n"))
    return 0


@contact.command("erase")
def erase_contact(key: Key, by: By = None) -> int:
    """Erase the words of a contact now; that it took place stays."""
    from assistant.shell.work_texts import tell

    with _keeping(by) as (contacts, reach, name, language):
        contacts.erase(key, reach, name)
    print_lines([tell(language, "contact_gone", contact=key)])
    return 0


@contact.command("replay")
def replay_contact(
    transcript: Annotated[
        Path, typer.Argument(metavar="FILE", help="`Cliente: …` and `Agente: …`, or JSON Lines.")
    ],
    key: Annotated[
        str,
        typer.Option(metavar="KEY", help="An API key of the role channel; - reads it from stdin."),
    ],
    agent: Annotated[str, typer.Option(metavar="ACCOUNT", help="Who talks with the customer.")],
    speed: Annotated[str, typer.Option(metavar="SPEED", help="1 as people talk, 10 or max.")] = "1",
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Of the server; else as it is set here.")
    ] = None,
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help="call, chat, mail or social.")
    ] = "call",
    audience: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Whose contact it is.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Play a conversation into a contact of a running server, and print what comes back."""
    import secrets
    import sys

    from assistant.shell.contact.replay import Player
    from assistant.shell.contact.transcript import read_transcript
    from assistant.shell.guard import public_address
    from knowledge import settings as settings_module

    if speed not in _SPEEDS:
        raise typer.BadParameter(f"--speed is one of {', '.join(_SPEEDS)}")
    settings = settings_module.load()
    lines = read_transcript(_text_of(transcript))
    secret = sys.stdin.readline().strip() if key == "-" else typed(key)
    opening = {"channel": channel, "reference": f"replay-{secrets.token_hex(6)}", "agent": agent}
    if audience is not None:
        opening["audience"] = audience

    def show(event: dict[str, Any]) -> None:
        if as_json:
            print_json(event)
        elif event["turn"]:
            print_lines([_said(event["turn"], settings.language)])
        elif event["kind"] == "suggestions":
            print_lines(_suggested(event["body"], settings.language))

    player = Player(url or public_address(settings), secret, show)
    played = player.play(lines, opening, _SPEEDS[speed])
    if not as_json:
        print_lines([_played(played, settings.language)])
    return 0


def _text_of(transcript: Path) -> str:
    from knowledge.errors import SettingsError

    try:
        return transcript.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{transcript} cannot be read ({error}): give a text file in UTF-8"
        ) from error


def _said(turn: dict[str, Any], language: Language) -> str:
    from assistant.shell.work_texts import tell

    text = tell(language, "contact_no_words") if turn["text"] is None else turn["text"]
    unsure = "" if turn["final"] else " …"
    speaker = tell(language, f"speaker_{turn['speaker']}")
    return f"{turn['number']:>3}  {speaker}: {text}{unsure}"


def _suggested(body: dict[str, Any], language: Language) -> list[str]:
    from assistant.shell.work_texts import tell

    lines = [
        tell(
            language,
            "contact_suggestion",
            text=one["statement"]["focus"] or one["statement"]["text"],
            title=one["statement"]["citations"][0]["title"],
        )
        for one in body["suggestions"]
    ]
    asked = body["ask_back"]
    return (
        [*lines, tell(language, "contact_ask_back", question=asked["question"])] if asked else lines
    )


def _played(played: Played, language: Language) -> str:
    from assistant.shell.work_texts import tell

    waited = sorted(played.back_ms)
    half = waited[len(waited) // 2] if waited else 0.0
    worst = waited[-1] if waited else 0.0
    line = tell(
        language,
        "contact_played",
        contact=played.key,
        turns=played.turns,
        half=round(half),
        worst=round(worst),
    )
    heard = sorted(played.heard_ms)
    if not heard:
        return line
    times = {"half": round(heard[len(heard) // 2]), "worst": round(heard[-1])}
    return f"{line} {tell(language, 'contact_helped', count=len(heard), **times)}"
