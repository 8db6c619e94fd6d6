"""A conversation so far -> what the customer needs now, and what to say.

names -> search -> need -> answer. No model is asked beyond the one that searches. After this stage
`assistant.contact.suggestions` decides what of it is shown.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from assistant import rewrite
from assistant.contact import need
from assistant.contact.asking import ask_back
from assistant.contact.heard import Heard, Need, Suggestion
from assistant.contact.names import Named, Names
from assistant.meaning import meaning_of
from assistant.models import Answer, Citation, Statement, Turn
from assistant.pipeline import MAX_QUESTION_CHARS, Assistant, Evidence
from assistant.speech import asks, plain, said_stems, said_words, without_numbers
from knowledge.language import question_language
from knowledge.models import Language, Viewer
from knowledge.search.retrieval import NO_CONTEXT, Context, Found
from knowledge.search.snapshot import Snapshot
from knowledge.text import fold, words

IN_FOCUS = 2
"""Names that are searched with what is asked; a third one is wrong more often than right."""
ONE_UTTERANCE_CHARS = 400
"""A recogniser cuts what is said at pauses; turns of one speaker are joined up to this length."""
ALIKE = 5
ALIKE_WITHIN = 0.17
"""So many passages within so much of the best score answer alike. Measured on half of `dstc` and
`mtrag`: from 0.15 to 0.25 the right entry of `dstc` is in the first five for 0.84, and recall@5 of
`mtrag` 0.91 to 0.94 of what people's rewriting finds."""
VIEWS = 50
"""Groups of viewers whose names are kept."""

_NOT_TO_SAY = re.compile(
    r"\b(?:no se (?:puede|debe) (?:contestar|decir|responder)|no decimos|frases prohibidas|"
    r"(?:not to|never|do not|must not) say|(?:cannot|may not|must not) be said)\b"
)
"""Headings, folded, of lists of wordings that are forbidden."""
_NEVER_SAY = re.compile(
    r"^\W*(?:never|do not|don.t|must not|nunca|jamas|no) "
    r"(?:say|tell|diga|digas|digan|decimos|se dice|decir)\b[^.]{0,40}?[\"\u201c\u00ab\u2018']"
    r"|\b(?:do not|don.t|never|no|nunca) (?:say|decimos|diga|digas|decir|se dice): "
    r"|^\W*(?:(?:frases|palabras|expresiones) prohibidas|(?:forbidden|prohibited) "
    r"(?:phrases|words|wordings)): "
)
"""A rule, folded, that quotes a forbidden wording: a sentence, or a table's column for them."""

_Who: TypeAlias = tuple[frozenset[str], date | None, datetime | None]


@dataclass(frozen=True)
class Said:
    """What the customer said last, and what came before it.

    Attributes:
        text: as it was written down; empty when somebody else spoke last.
        asked: folded, without fillers.
        before: earlier turns, oldest first.
        language: of the customer.
    """

    text: str
    asked: str
    before: tuple[Turn, ...]
    language: Language


@dataclass(frozen=True)
class Looked:
    """What was found for what was said last.

    Attributes:
        said: by the customer.
        names: that the conversation is about, strongest first.
        evidence: `None` when nothing was asked or there is nothing to search.
        alone: what the question finds by itself; `None` as the evidence.
    """

    said: Said
    names: tuple[Named, ...]
    evidence: Evidence | None
    alone: Found | None = None

    @property
    def features(self) -> list[float] | None:
        """What the need is decided on (`need.FEATURES`); `None` without evidence."""
        if self.evidence is None:
            return None
        return need.features(self.said.text, self.evidence, self.names[:IN_FOCUS])


class Listener:
    """Hears conversations over one assistant; safe to share by threads.

    It keeps nothing of a conversation; of single words it remembers which names they may be.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._names: dict[_Who, tuple[Snapshot, Names]] = {}
        self._lock = threading.Lock()

    def hear(self, turns: Sequence[Turn], viewer: Viewer) -> Heard:
        """What the conversation needs now, and what answers it.

        Args:
            turns: oldest first; there is a need only where the customer spoke last.
            viewer: who listens; decides what is searched and which names are known.
        """
        began = time.perf_counter()
        looked = self.look(turns, viewer)
        found = self._need(looked)
        searched = time.perf_counter()
        answer = asked = meaning = None
        if found.needed and looked.evidence:
            answer = self._assistant.answer(looked.evidence, viewer)
            asked = ask_back(answer, found.names, turns, found.language)
            if looked.alone is not None:  # with what came before, all of a contact means the same
                meaning = meaning_of(looked.alone, looked.evidence.background)
        ended = time.perf_counter()
        return Heard(
            need=found,
            answer=answer,
            suggestions=suggestions_of(answer, found) if answer else (),
            ask_back=asked,
            timings_ms={
                "search": round((searched - began) * 1000, 2),
                "answer": round((ended - searched) * 1000, 2),
                "total": round((ended - began) * 1000, 2),
            },
            meaning=meaning,
            evidence=looked.evidence if answer else None,
        )

    def reads(self, citation: Citation, viewer: Viewer) -> bool:
        """Whether a viewer may read the very passage that is cited."""
        found = self._assistant.document(citation.document, viewer, citation.version)
        return found is not None and found.text[citation.start : citation.end] == citation.quote

    def look(self, turns: Sequence[Turn], viewer: Viewer) -> Looked:
        """What is found for what the customer said last: the first half of `hear`."""
        said = last_said(turns)
        names = tuple(self.names(viewer).in_focus(turns, said.language))
        if not (said_words(said.text) or asks(said.text)) or not any(map(str.isalnum, said.asked)):
            return Looked(said, names, None)
        found, alone = self._search(said, names, viewer)
        evidence = self._assistant.weigh(said.asked, found, viewer)
        if not evidence.ranked:
            return Looked(said, names, None)
        return Looked(said, names, evidence, alone)

    def names(self, viewer: Viewer) -> Names:
        """The titles of what a viewer may see, as things are now."""
        snapshot = self._assistant.snapshot(viewer)
        who = viewer.audiences, viewer.on, viewer.told
        known = self._names.get(who)
        if known is None or known[0] is not snapshot:
            titles = [document.title for document in self._assistant.documents(viewer)]
            known = snapshot, Names(titles)
            with self._lock:
                while len(self._names) >= VIEWS:
                    self._names.pop(next(iter(self._names)))
                self._names[who] = known
        return known[1]

    def _search(self, said: Said, names: Sequence[Named], viewer: Viewer) -> tuple[Found, Found]:
        """What is found, and what the question finds by itself.

        With the names in focus where many sources answer alike, else with what was said before.

        Names of a few words are easily heard where nothing was named: they decide only where the
        question alone does not.
        """

        def search(context: Context) -> Found:
            # A recogniser may have lost what tells the language: the turns before tell it too.
            return self._assistant.search(said.asked, viewer, said.before, context=context)

        alone = search(NO_CONTEXT)
        if names and answered_alike(alone):
            return search(Context(". ".join(n.title for n in names[:IN_FOCUS]))), alone
        before = rewrite.context_of(said.text, said.before, said.language)
        return (search(before) if before.text else alone), alone

    def _need(self, looked: Looked) -> Need:
        weights, values = self._assistant.weights, looked.features
        sure = need.probability(values, weights.need) if values else 0.0
        said = looked.said
        return Need(
            needed=sure >= weights.needed_from,
            probability=round(sure, 4),
            asked=said.asked,
            words=said_stems(said.text, said.language),
            names=looked.names,
            language=said.language,
        )


def answered_alike(found: Found) -> bool:
    """Whether several passages answer about as well, as where every hotel has its own."""
    scores = [chunk.score for chunk in found.chunks[:ALIKE]]
    return len(scores) == ALIKE and scores[0] - scores[-1] < ALIKE_WITHIN


def suggestions_of(answer: Answer, found: Need) -> tuple[Suggestion, ...]:
    """What to say, best first, each with how likely it is to be what is needed.

    Examples of what may not be said are left out: alone they read as what to say.
    """
    return tuple(
        Suggestion(
            key=key_of(statement),
            statement=statement,
            asked=found.asked,
            score=round(answer.confidence * 0.9**place, 4),
        )
        for place, statement in enumerate(answer.statements)
        if not is_not_to_say(statement)
    )


def is_not_to_say(statement: Statement) -> bool:
    """Whether it quotes what may not be said: alone it reads as what to say."""
    headings = statement.citations[0].headings
    listed = bool(headings) and bool(_NOT_TO_SAY.search(fold(headings[-1])))
    return listed or bool(_NEVER_SAY.search(fold(statement.focus or statement.text)))


def key_of(statement: Statement) -> str:
    """The same for the same sentence of the same version of a source, however much is shown."""
    first = statement.citations[0]
    said = " ".join(words(statement.focus or statement.text))
    return f"{first.document}@{first.version}:{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def last_said(turns: Sequence[Turn]) -> Said:
    """What the customer said since anybody else spoke."""
    first = len(turns)
    while first and turns[first - 1].role == "customer":
        length = sum(len(turn.text) for turn in turns[first - 1 :])
        if first < len(turns) and length > ONE_UTTERANCE_CHARS:
            break
        first -= 1
    spoken = " ".join(turn.text for turn in turns[first:])
    language = question_language(spoken, [turn.text for turn in turns[:first]])
    text = without_numbers(spoken)
    return Said(text, plain(text)[:MAX_QUESTION_CHARS], tuple(turns[:first]), language)
