"""Text of a scorecard -> the scorecard, or every mistake with its line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from eval.faults import why_of
from eval.files import content_of
from eval.refusals import because
from eval.scorecards.models import Scorecard
from knowledge.errors import SettingsError
from knowledge.refusals.reason import Reason

SUFFIXES = (".yaml", ".yml", ".json")
MAX_BYTES = 256 * 1024

Place = tuple[int | str, ...]


def load_scorecard(path: Path) -> tuple[Scorecard | None, list[Reason]]:
    """The scorecard in a file, or all that is wrong with it, by line.

    Raises:
        SettingsError: the file cannot be read, or has another ending than those of `SUFFIXES`.
    """
    return parsed(path.name, content_of(path))


def parsed(name: str, content: bytes) -> tuple[Scorecard | None, list[Reason]]:
    """The scorecard in what was uploaded under a name, or all that is wrong with it.

    Raises:
        SettingsError: the name has another ending than those of `SUFFIXES`.
    """
    if Path(name).suffix.lower() not in SUFFIXES:
        raise SettingsError(because("scorecard-suffix", name=name[:80], known=", ".join(SUFFIXES)))
    return read_scorecard(content)


def read_scorecard(content: bytes) -> tuple[Scorecard | None, list[Reason]]:
    """The scorecard, or all that is wrong with it, by line; never both.

    Args:
        content: YAML in UTF-8, of which JSON is a part.
    """
    if len(content) > MAX_BYTES:
        return None, [because("scorecard-large", limit=MAX_BYTES // 1024)]
    try:
        # JSON may be set in with tabs, YAML not; no text of either has one
        text = content.decode("utf-8-sig").replace("\t", " ")
    except UnicodeDecodeError as error:
        return None, [because("golden-utf8", byte=error.start)]
    try:
        root, found = _composed(text)
    except yaml.YAMLError as error:
        return None, [_no_yaml(error)]
    if not isinstance(root, yaml.MappingNode):
        return None, [because("scorecard-empty")]
    lines: dict[Place, int] = {}
    faults = [_at(line, field, why) for line, field, why in _looked_over(root, (), lines)]
    if faults:
        return None, faults
    try:
        return Scorecard.model_validate(found), []
    except ValidationError as error:
        return None, sorted(_faults(lines, error), key=_line)


def written(card: Scorecard) -> str:
    """As JSON, what is at its default left out; reading it gives the scorecard again."""
    row = {"schema_version": card.schema_version}
    row |= card.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(row, ensure_ascii=False, indent=2) + "\n"


def _composed(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes of a text, and the objects that they stand for."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):  # a few bytes of which may be gigabytes of objects
            raise yaml.composer.ComposerError(
                problem="no alias can be used", problem_mark=event.start_mark
            )
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        return root, loader.construct_document(root) if root is not None else None
    except ValueError as error:  # 2026-13-40 looks like a date
        raise yaml.YAMLError(str(error)) from error
    finally:
        loader.dispose()


def _looked_over(
    node: yaml.Node, place: Place, lines: dict[Place, int]
) -> Iterator[tuple[int, str, Reason]]:
    """Notes the line of every field, and tells fields that are there twice."""
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            yield from _looked_over(child, (*place, number), lines)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in seen:
                yield line, _field((*place, name)), because("scorecard-field-twice")
            seen.add(name)
            lines[(*place, name)] = line
            yield from _looked_over(child, (*place, name), lines)


def _faults(lines: dict[Place, int], error: ValidationError) -> Iterator[Reason]:
    for one in error.errors(include_url=False):
        place = one["loc"]
        where = next(lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines)
        yield _at(where, _field(place), why_of(one))


def _field(place: Place) -> str:
    return ".".join(str(part) for part in place) or "*"


def _at(line: int, field: str, why: Reason) -> Reason:
    return because("golden-line", line=line, case="", field=field, why=why)


def _no_yaml(error: yaml.YAMLError) -> Reason:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    return because("scorecard-yaml", line=mark.line + 1 if mark is not None else 1, why=problem)


def _line(reason: Reason) -> int:
    line = reason.values.get("line", 0)
    return line if isinstance(line, int) else 0
