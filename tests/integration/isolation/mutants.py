"""The product with one line of its filter made wrong: each must be noticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Select, true
from sqlalchemy.sql import operators, visitors

from knowledge import chunk_rows, curation_rows, publishing, sections, source_rows
from knowledge.audience import AudienceTree, labels_of
from knowledge.models import Viewer
from knowledge.schema import placements, publications
from knowledge.search import indexes, overlay
from knowledge.search.keywords import Keywords
from knowledge.search.lexical import LexicalIndex
from knowledge.search.snapshot import Segment, SnapshotLexical

Mutant = Callable[[pytest.MonkeyPatch], None]
InForce = Callable[[Any, Any, Any, Any, int, int], Any]

EVERYBODY = "staff company contractor-a contractor-b night shop vip web *managers".split()


def _by_key(column: ColumnElement[Any], operator: Any = None) -> Mutant:
    """The question for chunks by key has another condition on a column, or none."""

    def changed(element: Any, **_: Any) -> Any:
        if not (hasattr(element, "operator") and getattr(element, "left", None) is column):
            return None
        return element.left.operate(operator, element.right) if operator else true()

    def mutate(patch: pytest.MonkeyPatch) -> None:
        statement: Select[Any] = visitors.replacement_traverse(chunk_rows._STORED, {}, changed)
        assert str(statement) != str(chunk_rows._STORED)
        patch.setattr(chunk_rows, "_STORED", statement)

    return mutate


def _at(in_force: InForce) -> Mutant:
    """In the indexes something else counts as in force."""

    def at(self: Segment, day: int, told: int) -> Segment:
        return replace(self, hidden=self.hidden | ~in_force(*self.times.T, day, told))

    return lambda patch: patch.setattr(Segment, "at", at)


def _set(owner: Any, name: str, instead: Callable[[Any], Any]) -> Mutant:
    """A function is what ``instead`` makes of it."""
    return lambda patch: patch.setattr(owner, name, instead(getattr(owner, name)))


def _none_means_all(viewer: Viewer) -> Viewer:
    return replace(viewer, audiences=viewer.audiences or frozenset(EVERYBODY))


def _forgets_the_day(snapshot: Any) -> Any:
    made: dict[Any, Any] = {}

    def first_of(self: Any, viewer: Viewer) -> Any:
        return made.setdefault((id(self._state), viewer.audiences), snapshot(self, viewer))

    return first_of


def _only_what_is_said_now(renew: Any) -> Any:
    def narrower(connection: Any, source_id: int, change: Any) -> None:
        for publication in publishing.standing(connection, source_id):
            publishing._close(connection, source_id, publication, change)
            days = publication.validity
            publishing._open(connection, source_id, publication.version_id, days, change)

    return narrower


MUTANTS: Mapping[str, Mutant] = {
    "chunks by key are for everybody": _by_key(placements.c.audience_id),
    "chunks by key before their first day": _by_key(publications.c.valid_from),
    "chunks by key after their last day": _by_key(publications.c.valid_to),
    "chunks by key on the day after the last": _by_key(publications.c.valid_to, operators.ge),
    "chunks by key before they were said": _by_key(publications.c.recorded_from),
    "chunks by key when they are said no more": _by_key(publications.c.recorded_to),
    "who has no audience has all, by key": _set(
        chunk_rows, "asked_by", lambda of: lambda who, day: of(_none_means_all(who), day)
    ),
    "who has no audience has all, in the indexes": _set(
        indexes.Indexes, "snapshot", lambda of: lambda self, who: of(self, _none_means_all(who))
    ),
    "every partition is everybody's": _set(
        indexes, "labels_of", lambda _: lambda key: frozenset(EVERYBODY)
    ),
    "a partition needs no label of its own": _set(
        indexes, "labels_of", lambda _: lambda key: labels_of(key) | {"staff"}
    ),
    "the indexes ignore the day": _at(lambda f, t, said, till, day, told: (said <= told) < till),
    "the indexes ignore the moment": _at(
        lambda first, end, said, till, day, told: (first <= day) & (day < end)
    ),
    "in the indexes the last day lasts two": _at(
        lambda first, end, said, till, day, told: (
            (first <= day) & (day <= end) & (said <= told) & (told < till)
        )
    ),
    "in the indexes the first day comes later": _at(
        lambda first, end, said, till, day, told: (
            (first < day) & (day < end) & (said <= told) & (told < till)
        )
    ),
    "in the indexes what was said is still said": _at(
        lambda first, end, said, till, day, told: (first <= day) & (day < end) & (said <= told)
    ),
    "a snapshot serves for every day": _set(indexes.Indexes, "snapshot", _forgets_the_day),
    "what is removed stays in the indexes": _set(
        overlay, "_without", lambda _: lambda segments, removed: tuple(segments)
    ),
    "what is erased stays in the indexes": _set(
        chunk_rows, "unplace_source", lambda _: lambda *_: None
    ),
    "a part is for whom its source is": _set(
        AudienceTree, "within", lambda of: lambda self, first, *_: of(self, first)
    ),
    "a part is for its own readers too": _set(
        AudienceTree,
        "within",
        lambda of: lambda self, *keys: of(self, " ".join(key for key in keys)),
    ),
    "a change of audience changes nothing": _set(publishing, "renew", lambda _: lambda *_: None),
    "a change of audience leaves what was said": _set(publishing, "renew", _only_what_is_said_now),
    "headings must be spelled alike": _set(sections, "fold", lambda _: lambda text: text),
    "documents show what is withheld": _set(
        source_rows, "hidden_spans", lambda _: lambda parts, seen: []
    ),
    "documents are for everybody": _set(source_rows, "is_seen", lambda _: lambda *_: True),
    "documents are in force on every day": lambda patch: patch.setattr(
        source_rows, "IN_FORCE", publications.c.recorded_to > "2026"
    ),
    "sources are every manager's": _set(
        curation_rows, "may_manage", lambda _: lambda audience, viewer: True
    ),
    "words of hidden chunks are known": _set(
        LexicalIndex, "words", lambda of: lambda self, visible=None: of(self)
    ),
    "words of hidden chunks find their document": _set(
        Keywords, "document_scores", lambda of: lambda self, query, visible=None: of(self, query)
    ),
    "words of hidden chunks are weighed": _set(
        SnapshotLexical,
        "_holding",
        lambda _: (
            lambda self, token: sum(len(s.lexical.chunks.rows_with(token)) for s in self.segments)
        ),
    ),
    "who stands somewhere stands everywhere": _set(
        AudienceTree, "above", lambda _: lambda self, label: frozenset(self.audiences)
    ),
}
