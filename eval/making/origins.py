"""Saved questions, feedback and questions to the company -> draft cases. Pure.

What is expected is known where somebody said which source answers: the source that a manager
expects, the version in which it was put right, the card that was made of an expert's answer.
Everything else is to be decided. Comments of agents stay out: they are about customers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from eval.golden.drafts import Draft
from eval.golden.models import Gold
from eval.making.facts import facts_in
from eval.making.masking import MAX_ANSWER_CHARS, MAX_QUESTION_CHARS, masked
from eval.making.models import Left
from knowledge.escalations.models import Escalation
from knowledge.language import question_language
from knowledge.models import EVERYONE
from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY
from knowledge.text import words
from knowledge.work.feedback import Task
from knowledge.work.saved_questions import SavedQuestion

FEEDBACK = ("wrong", "outdated", "missing")
"""Kinds of feedback that a case is made of."""


def of_saved(found: Iterable[SavedQuestion], day: date) -> Iterator[Draft | Left]:
    """Questions that managers keep; one with a source that it should cite is decided.

    Args:
        found: as they are kept.
        day: today.
    """
    for one in found:
        question = _question(one.text)
        if question is None:
            yield _why_none(one.text)
            continue
        yield Draft(
            id=f"saved-{one.number}",
            language=one.language,
            question=question,
            source=f"saved:{one.number}",
            created=day,
            answerability="answerable" if one.expected else None,
            behaviour="answer" if one.expected else None,
            audience=one.audience,
            gold=(Gold(document=one.expected),) if one.expected else (),
        )


def of_feedback(
    found: Iterable[Task], audiences: Mapping[int, str], day: date
) -> Iterator[Draft | Left]:
    """Questions of which agents say that the answer is wrong, outdated or misses something.

    Decided where the source was put right: it has to be cited. What was declined is left out.

    Args:
        found: of the kinds of `FEEDBACK`.
        audiences: of whoever gave it, by the feedback's number.
        day: today.
    """
    for one in found:
        if one.state == "declined":
            yield "declined"
            continue
        question = _question(one.question)
        if question is None:
            yield _why_none(one.question)
            continue
        right = one.source if one.state == "resolved" and one.fixed_in is not None else None
        about = () if one.source is None else (("about", one.source[:100]),)
        yield Draft(
            id=f"feedback-{one.number}",
            language=question_language(question),
            question=question,
            source=f"feedback:{one.number}",
            created=day,
            answerability="answerable" if right else None,
            behaviour="answer" if right else None,
            audience=audiences.get(one.number, EVERYONE),
            gold=(Gold(document=right),) if right else (),
            tags=(("feedback", one.kind), *about),
        )


def of_escalations(
    found: Iterable[Escalation], introduced: Mapping[str, Known], day: date
) -> Iterator[Draft | Left]:
    """What agents asked the company, with the expert's answer as the reference.

    Decided where a card was made of the answer, which has to be cited then.

    Args:
        found: those that are answered.
        introduced: names that a contact introduces, by its key.
        day: today.
    """
    for one in found:
        known = introduced.get(one.contact or "", NOBODY)
        question = _question(one.question or "", known)
        if question is None or one.answer is None:
            yield _why_none(one.question or "")
            continue
        answer = masked(one.answer, known)
        if len(answer) > MAX_ANSWER_CHARS:
            yield "too_long"
            continue
        yield Draft(
            id=f"escalation-{one.key}",
            language=one.language,
            question=question,
            source=f"escalation:{one.key}",
            created=day,
            answerability="answerable" if one.card else None,
            behaviour="answer" if one.card else None,
            audience=one.audience,
            gold=(Gold(document=one.card),) if one.card else (),
            reference_answer=answer,
            facts=facts_in(answer),
            tags=(("topic", one.topic_name),),
        )


def _question(text: str, known: Known = NOBODY) -> str | None:
    """The question as a set may hold it; `None` where nothing is left of it, or too much."""
    question = masked(text, known)
    return question if words(question) and len(question) <= MAX_QUESTION_CHARS else None


def _why_none(text: str) -> Left:
    return "too_long" if len(text) > MAX_QUESTION_CHARS else "words_gone"
