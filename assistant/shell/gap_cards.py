"""A gap's card, put into the register as a draft, with the question that it is to answer."""

from __future__ import annotations

from contextlib import closing

from assistant.bootstrap import wire
from assistant.drafts import Draft, draft_of
from knowledge.cards import card_document
from knowledge.curation_checks import Details
from knowledge.intake import take_in
from knowledge.models import Filing, Viewer
from knowledge.ports import Embedder
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.gaps import Gaps
from knowledge.work.saved_questions import SavedQuestions
from knowledge.work.work_store import WorkStore


def write_card(
    number: int,
    viewer: Viewer,
    *,
    register: Register,
    store: WorkStore,
    embedder: Embedder,
    settings: Settings,
    answer: str = "",
) -> Draft:
    """Propose a card for a gap as a draft of the viewer's; its question is saved beside it.

    Args:
        number: of the gap.
        viewer: who writes it; somebody else must approve it.
        register: open for writing.
        store: its work.
        embedder: the collection's model.
        settings: of the register.
        answer: the words to say; empty: those of the nearest sources.

    Raises:
        SettingsError: there is no such gap for the viewer; or nothing comes near it and no words
            are given, or they are too long.
        NotAllowed: others that the viewer does not answer for asked it as well.
    """
    gaps = Gaps(store)
    gaps.check_decider(number, viewer)
    gap = gaps.get(number, viewer)
    with closing(wire(Register.open(settings), embedder, settings)) as assistant:
        draft = draft_of(gap, assistant, viewer, register.audiences(), answer=answer)
    filing = Filing(author=viewer.name, draft=True, note=draft.note)
    made = card_document(draft.card, draft.name)
    take_in(register, embedder, made, recipe="card", filing=filing)
    register.curation.describe(draft.name, Details(kind="card", owner=viewer.name), viewer)
    gaps.drafted(number, draft.name, viewer)
    SavedQuestions(store).add(
        draft.card.question,
        viewer,
        audience=gap.audience,
        language=draft.card.language,
        expected=draft.name,
        proposed=True,
    )
    return draft
