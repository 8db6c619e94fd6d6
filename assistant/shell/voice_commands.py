"""``voz voice``: the rules of the voice guides in force, and what is read of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.shell.ask_commands import AsJson, For, On, print_json, print_lines

if TYPE_CHECKING:
    from assistant.voice.models import VoiceGuide
    from knowledge.models import Language

voice = typer.Typer(help="How the company speaks: its voice guides as rules.")


@voice.command("show")
def show_command(audience: For = None, on: On = None, as_json: AsJson = False) -> int:
    """List the rules of the voice guides in force, each with where it stands, and what gave none.

    Exit code 1: there is no guide.
    """
    from assistant.bootstrap import operator
    from assistant.shell.source_commands import curating, reads
    from assistant.voice.in_force import guides_in_force
    from knowledge.audit.views import View
    from knowledge.validity import day_of

    day = None if on is None else day_of(on)
    with curating(write=False) as (register, viewer):
        who = operator(register.audiences(), audience=audience, on=day)
        guides = guides_in_force(register, who)
        for name, version in (named for guide in guides for named in guide.documents):
            reads(register, View(viewer.name, name, version))
    if not guides and not as_json:
        from assistant.shell.ask_commands import warn
        from assistant.shell.voicing import NO_GUIDE

        warn(NO_GUIDE)
    _print(guides, as_json=as_json)
    return 0 if guides else 1


@voice.command("check")
def check_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A voice guide, of any format.")],
    as_json: AsJson = False,
) -> int:
    """Read a file as a voice guide without storing it: which rules it gives, and what gives none.

    Exit code 1: it is no voice guide, or something in it contradicts itself or is not known.
    """
    from assistant.shell.guide_files import read_file

    guide = read_file(file)
    _print([guide], as_json=as_json)
    return 1 if any(one.why not in ("for_people", "not_understood") for one in guide.unread) else 0


@voice.command("example")
def example_command(
    language: Annotated[str, typer.Argument(metavar="es|en", help="Of the guide.")] = "es",
) -> int:
    """Print a voice guide to start from, with every kind of rule, as Markdown."""
    from assistant.voice.describing import example

    if language not in ("es", "en"):
        raise typer.BadParameter(f"language {language!r} is none: use es or en")
    typer.echo(example("es" if language == "es" else "en"), nl=False)
    return 0


def _print(guides: list[VoiceGuide] | tuple[VoiceGuide, ...], *, as_json: bool) -> None:
    from assistant.shell.guide_json import guide_json
    from knowledge import settings as settings_module

    language = settings_module.load().language
    if as_json:
        print_json({"guides": [guide_json(guide, language) for guide in guides]})
        return
    for guide in guides:
        print_lines(_lines(guide, language))


def _lines(guide: VoiceGuide, language: Language) -> list[str]:
    from assistant.shell.printable import printable
    from assistant.voice.describing import described, kind_of, kind_text, why_unread

    names = ", ".join(f"{name}, version {version}" for name, version in guide.documents)
    lines = [typer.style(printable(f"{guide.title} ({names}; {guide.language})"), bold=True)]
    last = None
    for rule in guide.rules:
        kind = kind_of(rule)
        if kind != last:
            lines += ["", typer.style(kind_text(kind, language), fg="green")]
        last = kind
        place = typer.style(f"  ({rule.source.start}-{rule.source.end})", dim=True)
        lines.append(f"  {printable(described(rule, language))}{place}")
    if guide.unread:
        lines.append("")
    for one in guide.unread:
        quote = " ".join(printable(one.source.quote).split())
        lines.append(typer.style(f"  ? {quote}", fg="yellow"))
        lines.append(f"    {printable(why_unread(one, language))}")
    return [*lines, ""]
