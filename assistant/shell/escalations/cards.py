"""A person's answer becomes a draft card, in the name of whoever gave it.

It goes the way of every card: its author cannot approve it, and nobody is told it before somebody
else has.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.escalations.masking import masked_words
from assistant.refusals import because
from assistant.shell.escalations.desk import EscalationDesk
from assistant.shell.manage.names import placed
from assistant.shell.manage.office import Caller
from knowledge.audience import audience_key
from knowledge.cards import MAX_QUESTION_CHARS, Card, card_document
from knowledge.errors import AccessRefused, WrongState
from knowledge.escalations.models import Escalation
from knowledge.jobs import Job, NewJob


def write_card(desk: EscalationDesk, caller: Caller, key: str) -> Job:
    """Have a draft card made of an answer; the job that makes it.

    Args:
        desk: of the questions.
        caller: whoever answered, or somebody who edits sources of its audience.
        key: of the question.

    Raises:
        NotFound: there is no such question for them.
        AccessRefused: they are neither.
        WrongState: there is no answer, or there is a card of it already.
        SettingsError: the answer is too long for a card.
    """
    seeing = desk.seeing(caller.principal)
    asked = desk.kept.get(key, seeing.reach)
    if asked.answer is None or asked.answered_by is None:
        state = because(f"escalation-state-{asked.state}")
        raise WrongState(because("escalation-state", key=key, state=state))
    if caller.name != asked.answered_by and not caller.may("edit_source", [asked.audience]):
        raise AccessRefused(because("escalation-card-others", name=caller.name, key=key))
    if asked.card is not None:
        raise WrongState(because("escalation-card", key=key, card=asked.card))
    card = _card(asked)
    first = card_document(card)[0].name
    name, known = placed(caller.office.curation, caller.principal, caller.tree, first)
    if known is not None:
        name = f"{first.rpartition('.')[0]}-{asked.key[:6]}.{first.rpartition('.')[2]}"
    wanted = {
        "name": name,
        "question": card.question,
        "answer": card.answer,
        "language": card.language,
        "variants": [],
        "conditions": "",
        "audience": [asked.audience],
        "note": f"{asked.topic_name}: {asked.key}",
        "valid_from": None,
        "valid_to": None,
        "new": True,
    }
    kept = desk.kept.carded(key, name, seeing.reach)
    title, audience = card.question[:MAX_QUESTION_CHARS], audience_key([asked.audience])
    job = caller.office.jobs.add(NewJob("card", asked.answered_by, title, audience, wanted))
    caller.office.wake()
    desk.wake([kept])
    return job


def _card(asked: Escalation) -> Card:
    """The card, without anything of the customer whose contact it came from."""

    def said(text: str) -> str:
        return masked_words(text, names=False, contacts=False)

    question = " ".join(said(asked.question or "").split())
    card = Card(question, said(asked.answer or ""), asked.language, audience=(asked.audience,))
    if len(question) <= MAX_QUESTION_CHARS:
        return card
    return replace(card, question=question[: MAX_QUESTION_CHARS - 1].rstrip() + "…")
