"""A summary as text to read, copy and send: plain, or Markdown; and as JSON, there and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.summary.models import PARTS, Line, Outcome, Part, Source, Summary
from knowledge.models import Language

HEADINGS: Mapping[Language, Mapping[Part, str]] = {
    "es": {
        "need": "Qué necesitaba",
        "said": "Qué se le dijo, con fuente",
        "unsourced": "Qué se le dijo sin fuente",
        "sources": "Fuentes mostradas",
        "promises": "Promesas y reclamaciones",
        "given": "Qué datos dio",
        "outcome": "Resultado",
        "next": "Siguiente paso",
    },
    "en": {
        "need": "What was needed",
        "said": "What was said, with its source",
        "unsourced": "What was said without a source",
        "sources": "Sources shown",
        "promises": "Promises and complaints",
        "given": "What the customer gave",
        "outcome": "Outcome",
        "next": "Next step",
    },
}
OUTCOMES: Mapping[Language, Mapping[Outcome, str]] = {
    "es": {
        "resolved": "resuelto",
        "not_resolved": "sin resolver",
        "escalated": "consultado a la empresa",
        "transferred": "pasado a otra persona",
        "not_said": "no se dijo",
    },
    "en": {
        "resolved": "resolved",
        "not_resolved": "not resolved",
        "escalated": "escalated",
        "transferred": "transferred",
        "not_said": "not said",
    },
}
DETAILS: Mapping[Language, Mapping[str, str]] = {
    "es": {"order": "pedido", "phone": "teléfono", "mail": "correo", "date": "fecha"},
    "en": {"order": "order", "phone": "telephone", "mail": "mail", "date": "date"},
}
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "es": {
        "turn": "intervención {n}",
        "version": "versión {n}",
        "due": "para el {day}",
        "agent": "escrito por el agente",
        "not_said": "no se dijo",
        "none": "ninguna",
        "opened": "abierta",
        "copied": "copiada",
        "edited": "cambiada",
        "used": "usada",
        "complaint": "reclamación",
        "proposed": "sin confirmar",
        "kept": "cumplida",
        "broken": "incumplida",
        "closed": "cerrada",
    },
    "en": {
        "turn": "turn {n}",
        "version": "version {n}",
        "due": "by {day}",
        "agent": "written by the agent",
        "not_said": "not said",
        "none": "none",
        "opened": "opened",
        "copied": "copied",
        "edited": "edited",
        "used": "used",
        "complaint": "complaint",
        "proposed": "not confirmed",
        "kept": "kept",
        "broken": "broken",
        "closed": "closed",
    },
}
_NONE: frozenset[Part] = frozenset({"sources", "promises", "unsourced"})
"""Of these there may be none; the others were not said."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def text_of(summary: Summary) -> str:
    """Plain text, a heading and its lines for each part."""
    return _written(summary, "{heading}:", "- {line}", str)


def markdown_of(summary: Summary) -> str:
    """Markdown; what people said is escaped in it."""
    return _written(summary, "### {heading}", "- {line}", _escaped)


def _written(summary: Summary, heading: str, item: str, safe: Any) -> str:
    blocks = []
    for part in PARTS:
        lines = [item.format(line=_told(line, summary.language, safe)) for line in summary.of(part)]
        if part == "outcome":
            outcome = OUTCOMES[summary.language][summary.outcome]
            lines = [item.format(line=outcome), *lines]
        if not lines:
            word = "none" if part in _NONE else "not_said"
            lines = [item.format(line=_WORDS[summary.language][word])]
        title = heading.format(heading=HEADINGS[summary.language][part])
        blocks.append("\n".join([title, *lines]))
    return "\n\n".join(blocks) + "\n"


def _told(line: Line, language: Language, safe: Any) -> str:
    words = _WORDS[language]
    text = safe(line.text)
    if line.basis == "turn" and line.part != "given":
        text = f"«{text}»" if language == "es" else f"“{text}”"
    kind = DETAILS[language].get(line.detail)
    if line.part == "given" and kind:
        text = f"{kind}: {text}"
    notes = []
    if line.turn is not None:
        notes.append(words["turn"].format(n=line.turn))
    if line.source is not None:
        version = words["version"].format(n=line.source.version)
        named = "" if line.part == "sources" else f"{safe(line.source.title)}, "
        notes.append(f"{named}{version}")
    if line.part in ("promises", "next") and line.detail:
        notes.append(words["due"].format(day=line.detail))
    if line.key:
        notes.append(line.key)
    notes += [words[mark] for mark in line.marks]
    if line.basis == "agent":
        notes.append(words["agent"])
    return f"{text} ({'; '.join(notes)})" if notes else text


def _escaped(text: str) -> str:
    one_line = " ".join(text.split())
    return _STARTS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", one_line))


def summary_json(summary: Summary) -> dict[str, Any]:
    """A summary as JSON."""
    return {
        "language": summary.language,
        "outcome": summary.outcome,
        "lines": [asdict(line) for line in summary.lines],
    }


def summary_of(content: Mapping[str, Any]) -> Summary:
    """The summary of what `summary_json` made."""
    lines = []
    for line in content["lines"]:
        source = Source(**line["source"]) if line["source"] else None
        marks = tuple(line.get("marks", ()))
        lines.append(Line(**{**line, "source": source, "marks": marks}))
    return Summary(content["language"], content["outcome"], tuple(lines))
