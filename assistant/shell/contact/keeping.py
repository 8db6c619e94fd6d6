"""What is shown beside a conversation <-> the body of its event, which outlives the process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.contact.heard import AskBack, Suggestion
from assistant.contact.suggestions import Dismissed, Shown, Worded
from assistant.models import Citation, Composed, LeftOut, Statement
from assistant.shell.answer_json import HEADING_SEPARATOR, composed_json, statement_json
from knowledge.contacts.models import AUDIENCES, KEPT

MAX_NEEDS = 8
"""Of a contact, the newest; by them it is known that a customer comes back for the same."""
MAX_DISMISSED = 50

Body = Mapping[str, Any]


def body_of(shown: Shown, audiences: frozenset[str], ms: float, needs: tuple[str, ...]) -> Body:
    """The body of the event.

    Args:
        shown: beside the conversation.
        audiences: of whom it holds sources.
        ms: milliseconds from the turn to what is shown.
        needs: what the customer needed so far, oldest first.
    """
    asked, worded = shown.ask_back, shown.worded
    return {
        "suggestions": [
            {
                "key": one.key,
                "score": round(one.score, 4),
                "statement": statement_json(one.statement),
            }
            for one in shown.suggestions
        ],
        "ask_back": {"missing": asked.missing, "question": asked.question} if asked else None,
        "composed": composed_json(worded.composed) if worded else None,
        "pinned": sorted(shown.pinned),
        "listening": shown.listening,
        "ms": ms,
        AUDIENCES: sorted(audiences),
        KEPT: {
            "asked": {one.key: one.asked for one in shown.suggestions},
            "words": sorted(shown.words),
            "dismissed": [
                [d.suggestion, sorted(d.words)] for d in shown.dismissed[-MAX_DISMISSED:]
            ],
            "needs": list(needs[-MAX_NEEDS:]),
            "worded": worded.asked if worded else None,
        },
    }


def shown_of(body: Body) -> Shown:
    """What was shown; nothing for an empty body."""
    if not body:
        return Shown()
    kept, asked = body[KEPT], body["ask_back"]
    return Shown(
        suggestions=tuple(
            Suggestion(
                one["key"],
                _statement(one["statement"]),
                kept["asked"].get(one["key"], ""),
                one["score"],
            )
            for one in body["suggestions"]
        ),
        ask_back=AskBack(asked["missing"], asked["question"]) if asked else None,
        pinned=frozenset(body["pinned"]),
        dismissed=tuple(Dismissed(key, frozenset(words)) for key, words in kept["dismissed"]),
        words=frozenset(kept["words"]),
        listening=body["listening"],
        worded=_worded(body),
    )


def needs_of(body: Body) -> tuple[str, ...]:
    """What the customer needed so far, oldest first."""
    return tuple(body[KEPT]["needs"]) if body else ()


def _worded(body: Body) -> Worded | None:
    given = body.get("composed")  # bodies of before have none
    if given is None:
        return None
    statements = tuple(map(_statement, given["statements"]))
    left_out, why, took = LeftOut(**given["left_out"]), given["why"], given["timings_ms"]
    composed = Composed(given["model"], given["prompt"], statements, left_out, why, took)
    return Worded(body[KEPT]["worded"], composed)


def _statement(given: Mapping[str, Any]) -> Statement:
    """The statement; that a part of it is internal or approved is so of all of it from now on."""
    flags = {"internal": given["internal"], "approved": given["approved"]}
    citations = tuple(_citation(one, flags) for one in given["citations"])
    return Statement(given["text"], citations, given["focus"])


def _citation(given: Mapping[str, Any], flags: Mapping[str, bool]) -> Citation:
    known = ("document", "title", "page", "row", "quote", "start", "end", "language", "version")
    values: dict[str, Any] = {name: given[name] for name in known}
    values |= {name: _day(given[name]) for name in ("valid_from", "valid_to")}
    headings = tuple(part for part in given["heading"].split(HEADING_SEPARATOR) if part)
    return Citation(headings=headings, **{**values, **flags})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
