"""``voz sources diff``: what is different between two versions of a source."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines
from assistant.shell.source_commands import Name, curating, reads


def add_to(sources: typer.Typer) -> None:
    """Hook the command into the group ``voz sources``."""
    sources.command("diff")(diff_command)


def diff_command(
    name: Name,
    old: Annotated[
        int | None,
        typer.Argument(metavar="FROM", min=1, help="A version; without, the one in force."),
    ] = None,
    new: Annotated[
        int | None,
        typer.Argument(metavar="TO", min=1, help="Another; without, the newest, drafts too."),
    ] = None,
    context: Annotated[
        int, typer.Option(min=0, metavar="N", help="Sentences shown around each difference.")
    ] = 1,
    as_json: AsJson = False,
) -> int:
    """Show what two versions say differently: sentences, and in them words, numbers and dates."""
    from assistant.shell.difference_lines import difference_lines, differences_json
    from knowledge import settings as settings_module
    from knowledge.audit.views import View
    from knowledge.differences.versions import compare_versions

    with curating(write=False) as (register, viewer):
        found = compare_versions(
            register.curation, name, viewer, old=old, new=new, today=register.today()
        )
        reads(register, View(viewer.name, name, found.new, found.old))
    if as_json:
        print_json(differences_json(found, context=context))
    else:
        language = settings_module.load().language
        print_lines(difference_lines(name, found, language, context=context))
    return 0
