"""What a customer needs, as it is written down to be counted; see `knowledge.themes`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.contact.heard import Heard
from assistant.contact.listening import IN_FOCUS, last_said
from assistant.models import Answer, Turn
from knowledge.privacy.known import introduced_in
from knowledge.themes.need_rows import NeedHeard


def need_heard(
    key: str, turn: int, turns: Sequence[Turn], found: Heard, answer: Answer
) -> NeedHeard:
    """The need that was understood after a turn, with how far the sources answer it.

    Args:
        key: of the contact.
        turn: number of the newest turn that was heard.
        turns: that were heard, oldest first.
        found: what was understood.
        answer: to it; that nothing is found is one as well.
    """
    cited = {(c.document, c.version) for s in answer.statements for c in s.citations}
    return NeedHeard(
        contact=key,
        turn=turn,
        language=found.need.language,
        text=last_said(turns).text,
        verdict=answer.verdict,
        confidence=answer.confidence,
        cited=tuple(sorted(cited)),
        subjects=tuple(named.title for named in found.need.names[:IN_FOCUS]),
        meaning=found.meaning,
        known=introduced_in(one.text for one in turns if one.role == "customer"),
    )
