"""``voz sources``, ``voz audiences`` and ``voz cards``: the managers' work from a terminal.

Whoever may run these on the machine may do everything; ``--by`` says in whose name, for the four
eyes that a version needs and for the audit trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.shell.ask_commands import AsJson, print_json, print_lines
from assistant.shell.entering import entering_view

if TYPE_CHECKING:
    from knowledge.audit.views import View
    from knowledge.curation import Curation
    from knowledge.curation_rows import SourceInfo, VersionInfo
    from knowledge.models import Viewer
    from knowledge.register import Register

sources = typer.Typer(
    help="Sources and their versions: review, publish, date, retire.", rich_markup_mode=None
)
audiences = typer.Typer(help="Who may see what: a tree of audiences.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The source, as `voz sources list`.")]
Number = Annotated[int, typer.Argument(metavar="VERSION", min=1, help="Number of the version.")]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="ACCOUNT", help="In whose name; without it, the system's user."),
]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day in force.")]
To = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="First day no longer in force.")
]


@contextmanager
def curating(by: str | None = None, *, write: bool = True) -> Iterator[tuple[Register, Viewer]]:
    """The register, and who works on it."""
    from assistant.bootstrap import operator
    from knowledge import settings as settings_module
    from knowledge.register import Register

    with Register.open(settings_module.load(), write=write) as register:
        yield register, operator(register.audiences(), name=by)


@contextmanager
def _curation(by: str | None) -> Iterator[tuple[Curation, Viewer]]:
    with curating(by) as (register, viewer):
        yield register.curation, viewer


def reads(register: Register, view: View) -> None:
    """Enter in the audit trail who reads a version; where that cannot be done, say so."""
    with entering_view():
        register.curation.viewed(view)


# Looking


@sources.command("list")
def list_command(
    state: Annotated[
        str | None, typer.Option(help="Only draft, in_review, published or retired.")
    ] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only with a version that waits for review.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """List sources: state, version in force, next change, owner."""
    with curating(write=False) as (register, viewer):
        found = [
            info
            for info in register.curation.sources(viewer)
            if (state is None or info.state == state) and (not waiting or info.waiting)
        ]
    if as_json:
        print_json([source_json(info) for info in found])
    else:
        print_lines([_source_line(info) for info in found] or ["no sources"])
    return 0


@sources.command("show")
def show_command(name: Name, as_json: AsJson = False) -> int:
    """Show one source with all its versions, newest first."""
    with curating(write=False) as (register, viewer):
        versions = register.curation.versions(name, viewer)
        info = next(one for one in register.curation.sources(viewer) if one.name == name)
    if as_json:
        print_json(source_json(info) | {"history": [version_json(one) for one in versions]})
    else:
        print_lines([_source_line(info), *(_version_line(one) for one in versions)])
    return 0


@sources.command("text")
def text_command(
    name: Name,
    version: Annotated[
        int | None, typer.Option(min=1, help="Number of the version; else the newest.")
    ] = None,
) -> int:
    """Print a version's text."""
    from knowledge.audit.views import View

    with curating(write=False) as (register, viewer):
        number = version or register.curation.versions(name, viewer)[0].number
        document = register.curation.text(name, number, viewer)
        reads(register, View(viewer.name, name, number))
    from assistant.shell.printable import printable

    typer.echo(printable(document.text))
    return 0


# A version's way


@sources.command("submit")
def submit_command(name: Name, number: Number, by: By = None) -> int:
    """Hand a draft in for review."""
    with _curation(by) as (curation, viewer):
        curation.submit(name, number, viewer)
    return _done(f"version {number} of {name} is in review")


@sources.command("send-back")
def send_back_command(
    name: Name,
    number: Number,
    note: Annotated[str, typer.Option(help="What is missing.")] = "",
    by: By = None,
) -> int:
    """Give a version in review back to its author."""
    with _curation(by) as (curation, viewer):
        curation.send_back(name, number, viewer, note=note)
    return _done(f"version {number} of {name} is a draft again")


@sources.command("publish")
def publish_command(
    name: Name,
    number: Number,
    first: From = None,
    end: To = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why, though a golden set stopped it."),
    ] = None,
    by: By = None,
) -> int:
    """Put a version in force, or restore one; not by its author."""
    from knowledge.validity import ALWAYS, NEVER, Validity, day_of

    validity = None
    if first is not None or end is not None:
        validity = Validity(day_of(first) if first else ALWAYS, day_of(end) if end else NEVER)
    with _curation(by) as (curation, viewer):
        curation.publish(name, number, viewer, validity=validity, waiver=reason)
    return _done(f"version {number} of {name} is published")


@sources.command("retire")
def retire_command(name: Name, first: From = None, by: By = None) -> int:
    """Leave a source with nothing in force from today, or a day, on."""
    from knowledge.validity import day_of

    with _curation(by) as (curation, viewer):
        curation.retire(name, viewer, from_day=day_of(first) if first else None)
    return _done(f"{name} is retired; what was in force before stays citable")


@sources.command("erase")
def erase_command(
    name: Name,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    by: By = None,
) -> int:
    """Delete a source with every version, for ever."""
    with curating(by) as (register, viewer):
        count = len(register.curation.versions(name, viewer))
        if not sure:
            typer.confirm(f"delete {name} with its {count} versions for ever?", abort=True)
        register.curation.erase(name, viewer)
        register.prune()
    return _done(f"{name} is deleted")


# Who may see it, and what is known of it


@sources.command("audience")
def audience_command(
    name: Name,
    labels: Annotated[
        list[str] | None, typer.Argument(metavar="[LABEL...]", help="None: its managers only.")
    ] = None,
    by: By = None,
) -> int:
    """Say who may see a source: whoever stands at one of the labels, or below."""
    with _curation(by) as (curation, viewer):
        curation.set_audience(name, labels or [], viewer)
    return _done(f"{name} is for {', '.join(labels or []) or 'its managers only'}")


@sources.command("restrict")
def restrict_command(
    name: Name,
    heading: Annotated[str, typer.Argument(metavar="HEADING", help="Where the part begins.")],
    labels: Annotated[
        list[str] | None, typer.Option("--audience", metavar="LABEL", help="Only for these.")
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="Not to be told to customers.")
    ] = False,
    by: By = None,
) -> int:
    """Keep a part of a source to fewer people; without options, lift that."""
    with _curation(by) as (curation, viewer):
        curation.restrict(name, heading, viewer, audience=labels, internal=internal)
    return _done(f"{name}, {heading!r}: {'restricted' if labels or internal else 'as the rest'}")


@sources.command("describe")
def describe_command(
    name: Name,
    title: Annotated[str | None, typer.Option(help="What people read.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="policy, procedure, product, faq, circular or document.")
    ] = None,
    owner: Annotated[str | None, typer.Option(help="Account that looks after it.")] = None,
    internal: Annotated[
        bool | None, typer.Option("--internal/--not-internal", help="Not for customers.")
    ] = None,
    translation_of: Annotated[
        str | None, typer.Option(metavar="NAME", help="The source it translates.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="Product, region, channel …")
    ] = None,
    review_days: Annotated[
        int | None, typer.Option(min=0, help="Days until it must be looked at again; 0: never.")
    ] = None,
    by: By = None,
) -> int:
    """Change what is known of a source beside its text."""
    from knowledge.curation_checks import Details

    tags = None if tag is None else dict(_pair(text) for text in tag)
    details = Details(title, kind, owner, internal, translation_of, tags, review_days)
    with _curation(by) as (curation, viewer):
        curation.describe(name, details, viewer)
    return _done(f"{name} is described")


@sources.command("reviewed")
def reviewed_command(name: Name, by: By = None) -> int:
    """Note that somebody looked at a source today and found it right."""
    with _curation(by) as (curation, viewer):
        curation.reviewed(name, viewer)
    return _done(f"{name} was reviewed today")


# Audiences


@audiences.command("list")
def audiences_command(as_json: AsJson = False) -> int:
    """List audiences, each below its parent."""
    with curating(write=False) as (register, _):
        tree = register.audiences()
    if as_json:
        print_json([vars(one) for one in tree.audiences.values()])
    else:
        print_lines(_tree_lines(tree))
    return 0


@audiences.command("add")
def add_audience_command(
    label: Annotated[str, typer.Argument(metavar="LABEL", help="What sources name it by.")],
    title: Annotated[str, typer.Option(help="What people read.")] = "",
    parent: Annotated[str, typer.Option(metavar="LABEL", help="The next wider one.")] = "staff",
    by: By = None,
) -> int:
    """Make an audience below another."""
    with _curation(by) as (curation, viewer):
        curation.add_audience(label, title, viewer, parent=parent)
    return _done(f"audience {label} is below {parent}")


@audiences.command("rename")
def rename_audience_command(
    label: Annotated[str, typer.Argument(metavar="LABEL")],
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    by: By = None,
) -> int:
    """Change what people read; the label stays."""
    with _curation(by) as (curation, viewer):
        curation.rename_audience(label, title, viewer)
    return _done(f"audience {label} is called {title}")


@audiences.command("remove")
def remove_audience_command(
    label: Annotated[str, typer.Argument(metavar="LABEL")], by: By = None
) -> int:
    """Delete an audience that no source carries."""
    with _curation(by) as (curation, viewer):
        curation.remove_audience(label, viewer)
    return _done(f"audience {label} is deleted")


# As text and as JSON


def source_json(info: SourceInfo) -> dict[str, Any]:
    """A source as ``voz sources list --json`` and the API give it."""
    due = info.review_due()
    return {
        "id": info.id,
        "name": info.name,
        "title": info.title,
        "kind": info.kind,
        "owner": info.owner,
        "audience": sorted(info.audience),
        "internal": info.internal,
        "language": info.language,
        "media_type": info.media_type,
        "translation_of": info.translation_of,
        "tags": dict(info.tags),
        "state": info.state,
        "versions": info.versions,
        "author": info.author,
        "waiting": info.waiting,
        "waiting_state": info.waiting_state,
        "current": info.current,
        "next_change": info.next_change.isoformat() if info.next_change else None,
        "changes": [{"day": day.isoformat(), "version": then} for day, then in info.changes],
        "review_due": due.isoformat() if due else None,
        "created_at": info.created_at.isoformat(),
        "changed_at": info.changed_at.isoformat(),
        "sections": [
            {
                "heading": part.heading,
                "audience": None if part.audience is None else sorted(part.audience),
                "internal": part.internal,
            }
            for part in info.sections
        ],
    }


def version_json(info: VersionInfo) -> dict[str, Any]:
    """A version as ``voz sources show --json`` and the API give it."""
    from knowledge.validity import ALWAYS, NEVER

    return {
        "number": info.number,
        "state": info.state,
        "title": info.title,
        "language": info.language,
        "media_type": info.media_type,
        "sha256": info.sha256,
        "chunks": info.n_chunks,
        "chars": info.chars,
        "valid_from": info.valid_from.isoformat() if info.valid_from else None,
        "valid_to": info.valid_to.isoformat() if info.valid_to else None,
        "in_force": [
            {
                "from": None if days.start == ALWAYS else days.start.isoformat(),
                "to": None if days.end == NEVER else days.end.isoformat(),
            }
            for days in info.in_force
        ],
        "note": info.note,
        "author": info.author,
        "approver": info.approver,
        "created_at": info.created_at.isoformat(),
        "changed_at": info.changed_at.isoformat(),
    }


def _source_line(info: SourceInfo) -> str:
    force = f"version {info.current} in force" if info.current else "nothing in force"
    parts = [info.name, info.state.replace("_", " "), force]
    if info.waiting:
        parts.append(f"version {info.waiting} waits")
    if info.next_change:
        parts.append(f"changes on {info.next_change}")
    parts.append(f"for {', '.join(sorted(info.audience)) or 'managers only'}")
    if info.owner:
        parts.append(f"owner {info.owner}")
    return " · ".join(parts)


def _version_line(info: VersionInfo) -> str:
    from knowledge.validity import ALWAYS, NEVER

    spans = [
        f"{'always' if days.start == ALWAYS else days.start} to "
        f"{'no end' if days.end == NEVER else days.end}"
        for days in info.in_force
    ]
    people = f"by {info.author or '?'}" + (
        f", approved by {info.approver}" if info.approver else ""
    )
    note = f" · {' '.join(info.note.split())}" if info.note else ""
    force = "; ".join(spans) or "not in force"
    return f"  {info.number}. {info.state.replace('_', ' ')} · {force} · {people}{note}"


def _tree_lines(tree: Any, label: str = "staff", depth: int = 0) -> list[str]:
    below = sorted(one.label for one in tree.audiences.values() if one.parent == label)
    own = f"{'  ' * depth}{label}  {tree.audiences[label].title}"
    return [own, *(line for name in below for line in _tree_lines(tree, name, depth + 1))]


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(f"{text!r} is no KEY=VALUE")
    return key, value


def _done(line: str) -> int:
    typer.echo(line)
    return 0
