"""A written conversation -> its turns: JSON Lines, or text with who speaks before each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from knowledge.contacts.models import Speaker
from knowledge.errors import SettingsError
from knowledge.text import fold

WORDS_PER_S = 2.5
"""150 words a minute: how fast people talk on the telephone."""

_SPEAKERS: dict[str, Speaker] = {
    "cliente": "customer",
    "clienta": "customer",
    "customer": "customer",
    "agente": "agent",
    "agent": "agent",
}
_FIELDS = {"speaker", "text", "utterance", "final", "at"}


@dataclass(frozen=True)
class Line:
    """A turn of a transcript.

    Attributes:
        speaker: who says it.
        text: what is said.
        utterance: what the transcript calls the turn; its number where it says nothing.
        final: whether it is said to its end.
        lasts_s: seconds that saying it takes.
    """

    speaker: Speaker
    text: str
    utterance: str
    final: bool
    lasts_s: float


def read_transcript(text: str) -> list[Line]:
    """The turns of a transcript, in order.

    Args:
        text: of the file. Lines of text that say nobody's name go on with the turn before;
            empty ones, and those that begin with ``#``, are passed over.

    Raises:
        SettingsError: a line cannot be read, or there is none.
    """
    rows = [(n, row.strip()) for n, row in enumerate(text.splitlines(), start=1)]
    given = [(n, row) for n, row in rows if row and not row.startswith("#")]
    if not given:
        raise SettingsError(
            "the transcript has no turns: write `Cliente: …` and `Agente: …`, or JSON Lines"
        )
    as_json = given[0][1].startswith("{")
    said = list(_of_json(given) if as_json else _of_text(given))
    return [
        Line(speaker, words, utterance or f"{place}", final, len(words.split()) / WORDS_PER_S)
        for place, (speaker, words, utterance, final) in enumerate(said, start=1)
    ]


_Said = tuple[Speaker, str, str | None, bool]


def _of_text(rows: list[tuple[int, str]]) -> Iterator[_Said]:
    speaker: Speaker | None = None
    words: list[str] = []
    for number, row in rows:
        name, colon, rest = row.partition(":")
        now = _SPEAKERS.get(fold(name).strip()) if colon else None
        if now is None:
            if speaker is None:
                raise SettingsError(
                    f"line {number} of the transcript says nobody's name: begin it with "
                    "`Cliente:`, `Agente:`, `Customer:` or `Agent:`"
                )
            words.append(row)
            continue
        if speaker is not None:
            yield speaker, " ".join(words), None, True
        speaker, words = now, [rest.strip()]
    if speaker is not None:
        yield speaker, " ".join(words), None, True


def _of_json(rows: list[tuple[int, str]]) -> Iterator[_Said]:
    for number, row in rows:
        try:
            given: Any = json.loads(row)
        except ValueError as error:
            raise SettingsError(f"line {number} of the transcript is no JSON: {error}") from error
        wrong = _trouble(given)
        if wrong:
            raise SettingsError(
                f"line {number} of the transcript {wrong}: write "
                '{"speaker": "customer", "text": "…"}'
            )
        utterance = given.get("utterance")
        yield given["speaker"], given["text"], utterance, given.get("final", True)


def _trouble(given: Any) -> str | None:
    if not isinstance(given, dict):
        return "is no object"
    if given.get("speaker") not in get_args(Speaker):
        return f"has the speaker {given.get('speaker')!r}, not customer or agent"
    if not isinstance(given.get("text"), str):
        return "has no text"
    if not isinstance(given.get("utterance", ""), str) or not isinstance(
        given.get("final", True), bool
    ):
        return "has an utterance that is no text, or a final that is neither true nor false"
    unknown = sorted(given.keys() - _FIELDS)
    return f"has the field {unknown[0]!r}, which is none of {sorted(_FIELDS)}" if unknown else None
