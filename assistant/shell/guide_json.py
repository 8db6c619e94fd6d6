"""A voice guide as JSON: its rules as they were read, and what gave none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.voice.describing import described, kind_of, kind_text, why_unread

if TYPE_CHECKING:
    from assistant.models import Citation
    from assistant.voice.models import AnyRule, VoiceGuide
    from knowledge.models import Language

Json = dict[str, Any]


def guide_json(guide: VoiceGuide, language: Language) -> Json:
    """A guide for people who manage it.

    Args:
        guide: of one document, or joined.
        language: of the interface.
    """
    return {
        "title": guide.title,
        "language": guide.language,
        "documents": [{"name": name, "version": version} for name, version in guide.documents],
        "rules": [rule_json(rule, language) for rule in guide.rules],
        "unread": [
            {"why": one.why, "text": why_unread(one, language), **_place(one.source)}
            for one in guide.unread
        ],
    }


def rule_json(rule: AnyRule, language: Language) -> Json:
    """A rule with what it says in one line, and the words that it was read from."""
    kind = kind_of(rule)
    return {
        "kind": kind,
        "kind_text": kind_text(kind, language),
        "text": described(rule, language),
        **_place(rule.source),
    }


def _place(source: Citation) -> Json:
    return {
        "document": source.document,
        "version": source.version,
        "quote": source.quote,
        "start": source.start,
        "end": source.end,
    }
