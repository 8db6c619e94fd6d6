"""A checked draft as JSON and as lines: the same for the page, programs and the command line."""

from __future__ import annotations

from typing import Any

from assistant.drafting.models import DraftCheck, Finding
from assistant.drafting.texts import KIND_NAMES
from assistant.shell.answer_json import citation_json
from knowledge.models import Language

Json = dict[str, Any]


def check_json(check: DraftCheck, draft: str, tongue: Language) -> Json:
    """What ``POST /v1/drafts/check`` answers; offsets are in characters (code points)."""
    return {
        "language": check.language,
        "findings": [_finding(one, draft, tongue) for one in check.findings],
        "timings_ms": dict(check.timings_ms),
    }


def _finding(one: Finding, draft: str, tongue: Language) -> Json:
    return {
        "kind": one.kind,
        "cause": one.cause,
        "start": one.start,
        "end": one.end,
        "text": draft[one.start : one.end],
        "reason": one.reason(tongue),
        "mend": one.mend,
        "source": citation_json(one.source) if one.source else None,
    }


def check_lines(check: DraftCheck, draft: str, tongue: Language) -> list[str]:
    """The draft with marks ``[n: …]``, and each with its reason and mend below."""
    marked, last = "", 0
    for number, one in enumerate(check.findings, start=1):
        if one.start < last:
            continue
        marked += f"{draft[last : one.start]}[{number}: {draft[one.start : one.end]}]"
        last = one.end
    lines = [*(marked + draft[last:]).split("\n"), ""]
    for number, one in enumerate(check.findings, start=1):
        said = draft[one.start : one.end].replace("\n", " ")
        lines.append(
            f"{number}. {KIND_NAMES[tongue][one.kind]}: {said or '…'} — {one.reason(tongue)}"
        )
        if one.mend is not None:
            lines.append(f"   → {one.mend.strip() or '∅'}")
        if one.source is not None:
            page = f", p. {one.source.page}" if one.source.page else ""
            lines.append(
                f"   {one.source.title} ({one.source.document}, v{one.source.version}{page})"
            )
    return lines
