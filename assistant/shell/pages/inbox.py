"""What an agent is told and asked to read, as HTML: notices, required readings, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

from assistant.shell.texts import day_text, say
from knowledge.models import Language
from knowledge.work.changes import SourceChange
from knowledge.work.notices import Notice
from knowledge.work.receipt_rows import Requirement


@dataclass(frozen=True)
class Inbox:
    """What waits for one account.

    Attributes:
        notices: unread, latest first.
        readings: versions it must read, soonest due first.
        changes: what of its sources is otherwise than some days ago, or soon will be.
        before: by number of a reading, the version that it takes the place of.
    """

    notices: Sequence[Notice] = ()
    readings: Sequence[Requirement] = ()
    changes: Sequence[SourceChange] = ()
    before: Mapping[int, int] = field(default_factory=dict)


def inbox_html(inbox: Inbox, language: Language) -> str:
    """Everything that waits; empty when nothing does."""
    parts = [
        *(_reading(one, inbox.before.get(one.number), language) for one in inbox.readings),
        *(_notice(notice, language) for notice in inbox.notices),
    ]
    waiting = f'<ul class="waiting">{"".join(parts)}</ul>' if parts else ""
    changes = _changes(inbox.changes, language)
    if not waiting and not changes:
        return ""
    heading = escape(say(language, "inbox"))
    return f'<section class="card inbox"><h2>{heading}</h2>{waiting}{changes}</section>'


def _reading(requirement: Requirement, before: int | None, language: Language) -> str:
    values = {"title": requirement.title, "day": day_text(language, requirement.due)}
    line = escape(say(language, "must_read", **values))
    note = f"<p>{escape(requirement.note)}</p>" if requirement.note else ""
    name, version = escape(requirement.source), requirement.version
    read = escape(say(language, "read_it"))
    done = escape(say(language, "have_read_it"))
    opening = f'data-source="{name}" data-version="{version}"'
    return (
        f'<li class="reading"><strong>{line}</strong>{note}'
        f'<button type="button" {opening}>{read}</button>'
        f"{_differs(opening, before, language)}"
        f'<button type="button" data-ack="{name}" data-version="{version}">{done}</button></li>'
    )


def _differs(opening: str, before: int | None, language: Language, kind: str = "") -> str:
    """The button that opens a source beside an earlier version; none where there is none."""
    if before is None:
        return ""
    label = escape(say(language, "what_changed"))
    return f'<button type="button"{kind} {opening} data-before="{before}">{label}</button>'


def _notice(notice: Notice, language: Language) -> str:
    values = {
        "source": notice.source or "—",
        "answer": notice.answer,
        "commitment": notice.commitment or "—",
        "by": notice.by or "—",
    }
    line = escape(say(language, f"notice_{notice.kind}", **values))
    said = f"<p>«{escape(notice.comment)}»</p>" if notice.comment else ""
    fixed = ""
    if notice.fixed_in is not None:
        fixed = f"<p>{escape(say(language, 'fixed_in', version=notice.fixed_in))}</p>"
    seen = escape(say(language, "notice_seen"))
    return (
        f'<li class="notice-line"><strong>{line}</strong>{said}{fixed}'
        f'<button type="button" data-seen="{notice.number}">{seen}</button></li>'
    )


def _changes(changes: Sequence[SourceChange], language: Language) -> str:
    if not changes:
        return ""
    rows = "".join(f"<li>{_change(change, language)}</li>" for change in changes)
    summary = escape(say(language, "changes", count=len(changes)))
    return f"<details><summary>{summary}</summary><ul>{rows}</ul></details>"


def _change(change: SourceChange, language: Language) -> str:
    day = ""
    if change.day is not None:
        last = change.day - timedelta(days=1) if change.kind == "ends" else change.day
        day = day_text(language, last)
    line = escape(say(language, f"change_{change.kind}", title=change.title, day=day))
    note = f"<p>{escape(change.note)}</p>" if change.note else ""
    source = f'data-source="{escape(change.source)}" data-version="{change.version}"'
    kind = ' class="link"'
    read = f'<button type="button"{kind} {source}>{escape(say(language, "read_it"))}</button>'
    before = change.before if change.before != change.version else None
    return f"<strong>{line}</strong>{note}{read}{_differs(source, before, language, kind)}"
