"""What two versions of an open source say differently, as HTML; texts are escaped."""

from __future__ import annotations

from html import escape

from assistant.shell.difference_lines import summary
from assistant.shell.texts import place, say
from knowledge.differences.compare import Difference, Differences, Side
from knowledge.models import Language

SHOWN = 200
"""Differences shown at most; the whole text stands below them."""


def differences_html(found: Differences, name: str, language: Language) -> str:
    """The differences in reading order, each sentence with the words that changed marked.

    Args:
        found: of the version before and the one that is open.
        name: of the source.
        language: of the interface.
    """
    heading = escape(say(language, "differences", old=found.old, new=found.new))
    if not found.any:
        line = escape(say(language, "differences_none"))
        return f'<h3>{heading}</h3><p class="muted">{line}</p>'
    different = [one for one in found.items if one.kind != "kept"]
    rows = "".join(_row(one, name, language) for one in different[:SHOWN])
    more = ""
    if len(different) > SHOWN:
        more = f"<p>{escape(say(language, 'differences_more', count=len(different) - SHOWN))}</p>"
    return (
        f'<h3>{heading}</h3><p class="differs">{escape(summary(found, language))}</p>'
        f'<div class="differing" tabindex="0" role="region" aria-label="{heading}">'
        f'<ul class="differences">{rows}</ul>{more}</div>'
    )


def _row(one: Difference, name: str, language: Language) -> str:
    passage = one.place
    where = place(language, name, passage.page, passage.row, short=True)
    above = escape(" · ".join(filter(None, [" › ".join(passage.headings[-2:]), where])))
    kind = escape(say(language, f"difference_{one.kind}"))
    inside = ""
    if passage.internal:
        inside = f' <strong class="inside">{escape(say(language, "internal"))}</strong>'
    if one.kind == "moved":
        text = f"<p>{escape(passage.text)}</p>"
    else:
        text = _side(one, one.old, "del") + _side(one, one.new, "ins")
    return (
        f'<li class="{one.kind}"><p class="muted"><strong>{kind}</strong> {above}{inside}</p>'
        f"{text}</li>"
    )


def _side(one: Difference, side: Side | None, tag: str) -> str:
    if side is None:
        return ""
    whole = one.kind != "changed"
    text, done, parts = side.passage.text, 0, []
    for mark in side.marks:
        name = "strong" if whole else tag
        kind = "" if mark.kind == "words" else ' class="value"'
        inner = escape(text[mark.start : mark.end])
        parts.append(f"{escape(text[done : mark.start])}<{name}{kind}>{inner}</{name}>")
        done = mark.end
    body = "".join(parts) + escape(text[done:])
    body = f"<{tag}>{body}</{tag}>" if whole else body
    return f'<p lang="{side.passage.language}">{body}</p>'
