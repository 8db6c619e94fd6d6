"""A reason: its code, its wording in each language, and the values that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from knowledge.models import Language


class Wording(NamedTuple):
    """One reason in each language, with ``{name}`` where a value goes; the same in all."""

    en: str
    es: str


@dataclass(frozen=True)
class Reason:
    """Why something is not done.

    Attributes:
        code: stable identifier, for programs.
        wording: what failed, what was expected and what to do next.
        values: what goes into it: texts, numbers, days, other reasons, and tuples of those.
    """

    code: str
    wording: Wording
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: Language) -> str:
        """The wording of a language with its values.

        Raises:
            KeyError: a value is missing.
        """
        template = self.wording.es if language == "es" else self.wording.en
        return template.format_map({k: _shown(v, language) for k, v in self.values.items()})

    def __str__(self) -> str:
        return self.told("en")


class Wordings:
    """All reasons that one package gives; called with a code and its values, one of them.

    Args:
        wordings: by code.
    """

    def __init__(self, wordings: Mapping[str, Wording]) -> None:
        self.wordings = wordings

    def __call__(self, code: str, **values: object) -> Reason:
        """The reason of that code.

        Raises:
            KeyError: there is none.
        """
        return Reason(code, self.wordings[code], values)


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Reason):
        return value.told(language)
    if isinstance(value, tuple):
        return ", ".join(str(_shown(one, language)) for one in value)
    if isinstance(value, float):
        plain = f"{value:.3f}".rstrip("0").rstrip(".")
        return plain.replace(".", ",") if language == "es" else plain
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}" if language == "es" else str(value)
    return value
