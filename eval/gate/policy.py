"""What a gate compares, by how much it may drop, and what it may never be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from eval.measures.catalogue import MEASURES
from eval.refusals import because
from knowledge.errors import SettingsError

MAX_GATED = 8
_DIRECTION = {measure.name: measure.higher_is_better for measure in MEASURES}


class GatedMeasure(BaseModel):
    """A measure that a change must not make worse.

    Attributes:
        name: of the catalogue.
        margin: smallest drop worth stopping for, in the measure's unit.
        floor: worst mean that is let through, whatever it was before; `None`: none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    margin: float = Field(gt=0, le=1)
    floor: float | None = Field(default=None, ge=0, le=1)

    @field_validator("name")
    @classmethod
    def _in_catalogue(cls, name: str) -> str:
        if name not in _DIRECTION:
            raise PydanticCustomError(
                "policy-measure",
                "{name} is no measure: use one of {known}",
                {"name": name, "known": ", ".join(_DIRECTION)},
            )
        return name

    def below_floor(self, mean: float) -> bool:
        """Whether a mean is worse than the floor."""
        if self.floor is None:
            return False
        return mean < self.floor if _DIRECTION[self.name] else mean > self.floor


class Policy(BaseModel):
    """What a gate goes by.

    Attributes:
        schema_name: version of the format.
        alpha: chance of stopping a change that made nothing worse.
        scored_share: least share of cases with an outcome.
        error_share: greatest share of cases that failed.
        parity_margin: by how much the two languages may grow apart.
        measures: what is gated, one family of tests.
        latency_p95_ms: greatest 95th percentile; `None`: any.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_name: Literal["gate/1"] = Field(alias="schema")
    alpha: float = Field(default=0.05, gt=0, lt=0.5)
    scored_share: float = Field(default=0.99, gt=0.5, le=1)
    error_share: float = Field(default=0.01, ge=0, lt=0.5)
    parity_margin: float = Field(default=0.03, gt=0, le=1)
    measures: tuple[GatedMeasure, ...] = Field(min_length=1, max_length=MAX_GATED)
    latency_p95_ms: float | None = Field(default=None, gt=0)

    @field_validator("measures")
    @classmethod
    def _each_once(cls, measures: tuple[GatedMeasure, ...]) -> tuple[GatedMeasure, ...]:
        names = [one.name for one in measures]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise PydanticCustomError("policy-twice", "{name} is there twice", {"name": twice})
        return measures

    @property
    def sha256(self) -> str:
        """Of all that it says."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def loosened(self, since: Policy) -> list[str]:
        """What lets through more than an earlier policy did, for people; empty if nothing does."""
        found = [
            field
            for field, more in (
                ("alpha", self.alpha < since.alpha),
                ("scored_share", self.scored_share < since.scored_share),
                ("error_share", self.error_share > since.error_share),
                ("parity_margin", self.parity_margin > since.parity_margin),
                ("latency_p95_ms", _slower(self.latency_p95_ms, since.latency_p95_ms)),
            )
            if more
        ]
        now = {one.name: one for one in self.measures}
        for was in since.measures:
            one = now.get(was.name)
            if one is None:
                found.append(was.name)
            elif one.margin > was.margin:
                found.append(f"{was.name}.margin")
            elif _lower_floor(one, was):
                found.append(f"{was.name}.floor")
        return found


def bundled() -> Policy:
    """The policy that comes with the program."""
    return read_policy((files("eval.gate") / "policy.yaml").read_text("utf-8"), "policy.yaml")


def read_policy(text: str, name: str) -> Policy:
    """A policy in YAML.

    Args:
        text: of the file.
        name: of the file, for the refusal.

    Raises:
        SettingsError: it is no policy; the refusal names the field.
    """
    try:
        found: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SettingsError(because("policy", name=name, field="*", why=_line(error))) from error
    return checked_policy(found if isinstance(found, dict) else {}, name)


def checked_policy(content: Mapping[str, Any], name: str) -> Policy:
    """A policy of an object, as a manifest keeps it.

    Raises:
        SettingsError: it is none; the refusal names the field.
    """
    try:
        return Policy.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "*"
        raise SettingsError(because("policy", name=name, field=field, why=first["msg"])) from error


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark is not None else ""
    return where + str(getattr(error, "problem", "") or "no YAML")


def _slower(now: float | None, was: float | None) -> bool:
    return was is not None and (now is None or now > was)


def _lower_floor(now: GatedMeasure, was: GatedMeasure) -> bool:
    if was.floor is None:
        return False
    if now.floor is None:
        return True
    return now.floor < was.floor if _DIRECTION[was.name] else now.floor > was.floor
