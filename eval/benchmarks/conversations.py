"""Questions of a set put into other conversations.

The answers before them are our own, or are about something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.bootstrap import LOCAL_VIEWER
from assistant.models import Turn
from assistant.pipeline import Assistant
from eval.benchmarks.answering import shown
from eval.cases import Case
from eval.corpora.reading import sampled

ON_THE_PAGE = "follow-up, as on the page"
NEW_SUBJECT = "new subject"
MOST_NEW = 60
"""Questions that are put behind a conversation about something else."""


def as_on_the_page(assistant: Assistant, cases: Sequence[Case]) -> list[Case]:
    """The follow-ups, each behind what the page would show: our own answers, in passages."""
    found: list[Case] = []
    for case in cases:
        asked = [turn.text for turn in case.history if turn.role == "agent"]
        history: tuple[Turn, ...] = ()
        for question in asked:
            said = shown(assistant.ask(question, LOCAL_VIEWER, history))
            answered = (Turn("assistant", said),) if said else ()
            history = (*history, Turn("agent", question), *answered)
        if asked:
            found.append(replace(case, history=history, kind=ON_THE_PAGE))
    return found


def new_subjects(cases: Sequence[Case]) -> list[Case]:
    """Questions that need no conversation, each alone and behind one that other documents answer.

    At most `MOST_NEW`; none where the set has no conversations.
    """
    talks = [case for case in cases if case.history]
    alone = [case for case in cases if not case.history and case.relevant]
    found: list[Case] = []
    for place, case in enumerate(sampled(tuple(alone), MOST_NEW)):
        turned = talks[place % len(talks) :] + talks[: place % len(talks)] if talks else []
        other = next((t for t in turned if not t.relevant & case.relevant), None)
        if other is not None:
            found.append(replace(case, kind=f"{NEW_SUBJECT}, alone"))
            found.append(replace(case, history=other.history, kind=NEW_SUBJECT))
    return found
