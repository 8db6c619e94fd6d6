"""A scorecard: what is looked at in a contact, in sections with weights. Frozen, checked when read.

A person of quality writes it, so mistakes are expected: `eval.scorecards.reading` tells them with
their line and field. Unknown fields are mistakes too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from assistant.drafting.models import Kind
from knowledge.models import Language

SCHEMA = "scorecard/1"
MAX_SECTIONS = 20
MAX_ITEMS = 100
MAX_OPTIONS = 10

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
Id = Annotated[str, StringConstraints(pattern=r"^[\w.:/-]{1,100}$")]
Weight = Annotated[float, Field(gt=0, le=1_000)]
Reach = Literal["section", "form"]
"""What an automatic fail of an item takes to 0 with it."""


class _Frozen(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False
    )


class Words(_Frozen):
    """A text in both languages of the pages."""

    es: Text
    en: Text

    def told(self, language: Language) -> str:
        """The text of a language."""
        return self.es if language == "es" else self.en


class Option(_Frozen):
    """One answer to an item.

    Attributes:
        id: stable, of this option alone within its item.
        title: what people read.
        points: 0 is the worst an item has; its best option has most.
    """

    id: Id
    title: Words
    points: Annotated[float, Field(ge=0, le=1_000)]


YES_NO = (
    Option(id="yes", title=Words(es="Sí", en="Yes"), points=1),
    Option(id="no", title=Words(es="No", en="No"), points=0),
)


class Item(_Frozen):
    """One thing that is looked at.

    Attributes:
        id: stable, of this item alone within the scorecard.
        ask: the question to the reviewer.
        help: how to judge; `None`: nothing more to say.
        weight: within its section.
        options: answers, at least two; yes and no if none are given.
        not_applicable: whether it may be answered with "not applicable", which counts neither way.
        fails: what an answer of 0 points takes to 0 with it, whatever the rest is; `None`: nothing.
        measured: kind of finding of the check of drafts that answers it: the worst option where
            the agent's words have one, the best where they have none; `None`: people alone do.
    """

    id: Id
    ask: Words
    help: Words | None = None
    weight: Weight = 1.0
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=MAX_OPTIONS)] = YES_NO
    not_applicable: bool = False
    fails: Reach | None = None
    measured: Kind | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _each_once([one.id for one in self.options], "options")
        points = [one.points for one in self.options]
        if max(points) == min(points):
            raise PydanticCustomError("scorecard-points-alike", "all options have the same points")
        if self.fails is not None and min(points) > 0:
            raise PydanticCustomError("scorecard-fails-never", "no option has 0 points")
        return self

    @property
    def most(self) -> float:
        """Points of the best option."""
        return max(one.points for one in self.options)

    @property
    def best(self) -> Option:
        """The option with most points."""
        return max(self.options, key=lambda one: one.points)

    @property
    def worst(self) -> Option:
        """The option with fewest points."""
        return min(self.options, key=lambda one: one.points)

    def option(self, name: str) -> Option | None:
        """The option of an id; `None`: there is none."""
        return next((one for one in self.options if one.id == name), None)


class Section(_Frozen):
    """Items that are scored together.

    Attributes:
        id: stable, of this section alone.
        title: what people read.
        weight: within the scorecard.
        compliance: whether it counts in the compliance score, which stands beside the total.
        items: in the order in which they are looked at.
    """

    id: Id
    title: Words
    weight: Weight
    compliance: bool = False
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=MAX_ITEMS)]


class Scorecard(_Frozen):
    """What is looked at in a contact.

    Attributes:
        schema_version: version of the format.
        title: what people read.
        sections: in order.
    """

    schema_version: Literal["scorecard/1"]
    title: Words
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MAX_SECTIONS)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _each_once([one.id for one in self.sections], "sections")
        items = [one.id for one in self.items]
        _each_once(items, "items")
        if len(items) > MAX_ITEMS:
            raise PydanticCustomError(
                "scorecard-items", "too many items", {"count": len(items), "limit": MAX_ITEMS}
            )
        return self

    @property
    def items(self) -> Iterator[Item]:
        """Of all sections, in order."""
        return (item for section in self.sections for item in section.items)

    @property
    def sha256(self) -> str:
        """Of all that it says."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def _each_once(names: list[str], field: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise PydanticCustomError(
            "scorecard-twice", "an id is there twice", {"name": twice, "field": field}
        )
