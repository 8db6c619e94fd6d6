"""Where a value is in JSON: ``orders.0.number``, or a pointer, ``/orders/0/number`` (RFC 6901).

Pure. The empty path is the whole; what is not there is `None`.
"""

from __future__ import annotations

from collections.abc import Mapping


def value_at(content: object, path: str) -> object:
    """The value at a path.

    >>> value_at({"name": {"first": "Ana"}, "phones": ["600"]}, "name.first")
    'Ana'
    """
    for step in _steps(path):
        content = _below(content, step)
    return content


def joined_at(content: object, paths: str | list[str]) -> object:
    """The value at a path; the texts at several, with a space between them.

    >>> joined_at({"first": "Ana", "last": "Ruiz"}, ["first", "last"])
    'Ana Ruiz'
    """
    if isinstance(paths, str):
        return value_at(content, paths)
    parts = [value_at(content, path) for path in paths]
    return " ".join(part for part in parts if isinstance(part, str) and part) or None


def record_at(content: object, fields: Mapping[str, str | list[str]]) -> dict[str, object]:
    """Our fields of a JSON object; none of what is no object."""
    if not isinstance(content, dict):
        return {}
    return {name: joined_at(content, path) for name, path in fields.items()}


def _steps(path: str) -> list[str]:
    if path.startswith("/"):
        return [step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/")]
    return path.split(".") if path else []


def _below(content: object, step: str) -> object:
    if isinstance(content, dict):
        return content.get(step)
    if isinstance(content, list) and step.isascii() and step.isdigit() and int(step) < len(content):
        return content[int(step)]
    return None
