"""A procedure as a source states it: steps, conditions and warnings, each with its place.

Every text here is an exact stretch of the version's text: ``document.text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.models import Language

ConditionKind = Literal["if", "unless", "when", "case"]
"""``if`` and ``case`` must hold for a step to apply, ``unless`` must not; ``when`` says when it is
done, and is taken to come about unless somebody says otherwise."""

NoteKind = Literal["warning", "detail"]

Form = Literal["numbered", "bulleted", "labelled", "prose", "table", "cases"]
"""How the source writes it: a numbered or bulleted list, "Step 1" headings, a paragraph of "first …
then", a table of steps, or a table that says what to do in which case."""


@dataclass(frozen=True)
class Quote:
    """Words of a version and where they stand.

    Attributes:
        text: exactly ``document.text[start:end]``.
        start: offset of its first character.
        end: offset after the last character.
        page: page or slide, from 1; `None` where the format has none.
    """

    text: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True)
class Condition:
    """On what a step depends.

    Attributes:
        key: names it within its procedure: ``2?1`` is the first condition of step 2.
        kind: what it means for the step.
        quote: the clause.
    """

    key: str
    kind: ConditionKind
    quote: Quote


@dataclass(frozen=True)
class Note:
    """What stands beside a step: a warning ("never …"), or more about it."""

    kind: NoteKind
    quote: Quote


@dataclass(frozen=True)
class Step:
    """Something to do.

    Attributes:
        key: its place: ``3``, and ``3.1`` for the first step under it.
        label: what the source calls it ("1.", "a)", "Paso 2"); empty where it has no name.
        quote: its words, one sentence or several.
        depth: 0, or 1 for a step under another one.
        conditions: on what it depends, besides those of the step above it.
        notes: what stands beside it.
        deadlines: periods and dates within it.
    """

    key: str
    label: str
    quote: Quote
    depth: int = 0
    conditions: tuple[Condition, ...] = ()
    notes: tuple[Note, ...] = ()
    deadlines: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Procedure:
    """A procedure of one version of a source.

    Attributes:
        key: the same as long as its source says the same under the same title.
        document: name of the source.
        source_title: title of the source.
        version: number of the version.
        title: heading it stands under, without its number.
        language: of the source.
        form: how it is written.
        headings: titles above it, outermost first.
        start: offset where its section's own text begins.
        end: offset after the last of it.
        page: where it begins.
        conditions: on what all of it depends.
        notes: warnings for all of it.
        steps: in order, a step before those under it.
        internal: for the staff's eyes, not to be told to customers.
    """

    key: str
    document: str
    source_title: str
    version: int
    title: str
    language: Language
    form: Form
    headings: tuple[str, ...]
    start: int
    end: int
    page: int | None
    conditions: tuple[Condition, ...]
    notes: tuple[Note, ...]
    steps: tuple[Step, ...]
    internal: bool = False

    @property
    def all_conditions(self) -> dict[str, Condition]:
        """Every condition by its key, those of the whole procedure first."""
        every = (*self.conditions, *(c for step in self.steps for c in step.conditions))
        return {condition.key: condition for condition in every}

    def step(self, key: str) -> Step | None:
        """The step of a key."""
        return next((step for step in self.steps if step.key == key), None)


def parent_of(key: str) -> str | None:
    """Key of the step that a step stands under.

    >>> parent_of("3.1"), parent_of("3")
    ('3', None)
    """
    above, dot, _ = key.rpartition(".")
    return above if dot else None
