"""What an agent is told and asked to read, as HTML: notices, required readings, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """

    notices: Sequence[Notice] = ()
    readings: Sequence[Requirement] = ()
    changes: Sequence[SourceChange] = ()


def inbox_html(inbox: Inbox, language: Language) -> str:
    """Everything that waits; empty when nothing does."""
    parts = [
        *(_reading(requirement, language) for requirement in inbox.readings),
        *(_notice(notice, language) for notice in inbox.notices),
    ]
    waiting = f'<ul class="waiting">{"".join(parts)}</ul>' if parts else ""
    changes = _changes(inbox.changes, language)
    if not waiting and not changes:
        return ""
    heading = escape(say(language, "inbox"))
    return f'<section class="card inbox"><h2>{heading}</h2>{waiting}{changes}</section>'


def _reading(requirement: Requirement, language: Language) -> str:
    values = {"title": requirement.title, "day": day_text(language, requirement.due)}
    line = escape(say(language, "must_read", **values))
    note = f"<p>{escape(requirement.note)}</p>" if requirement.note else ""
    name = escape(requirement.source)
    read = escape(say(language, "read_it"))
    done = escape(say(language, "have_read_it"))
    version = requirement.version
    return (
        f'<li class="reading"><strong>{line}</strong>{note}'
        f'<button type="button" data-source="{name}" data-version="{version}">{read}</button>'
        f'<button type="button" data-ack="{name}" data-version="{version}">{done}</button></li>'
    )


def _notice(notice: Notice, language: Language) -> str:
    values = {"source": notice.source or "—", "answer": notice.answer}
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
    buttons = [f'<button type="button" class="link" {source}>{escape(say(language, "read_it"))}']
    if change.before is not None and change.before != change.version:
        differs = escape(say(language, "what_changed"))
        before = f'data-before="{change.before}"'
        buttons.append(f'<button type="button" class="link" {source} {before}>{differs}')
    return f"<strong>{line}</strong>{note}{'</button>'.join(buttons)}</button>"
