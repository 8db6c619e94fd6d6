"""What may stand in a mapping: our fields, what queries and paths may use, and their form. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from knowledge.settings import PREFIX

Paths = str | list[str]
"""Where a field is in an answer; several are joined."""

PARAMETERS: Mapping[str, frozenset[str]] = {
    "phone": frozenset({"phone", "national"}),
    "mail": frozenset({"mail"}),
    "order": frozenset({"order", "order_plain"}),
    "name": frozenset({"name", "folded", "like"}),
    "key": frozenset({"key"}),
}
"""What a query or path may have in it, by what is looked for."""

FIELDS: Mapping[str, frozenset[str]] = {
    "find": frozenset({"key", "name", "phone", "mail"}),
    "customer": frozenset(
        {"key", "name", "phone", "mail", "since", "language", "address_form", "phones", "mails"}
    ),
    "orders": frozenset(
        {"number", "state", "ordered", "delivered", "total", "currency", "carrier", "tracking"}
        | {"shipment_state", "payment_method", "payment_state"}
    ),
    "lines": frozenset({"code", "name", "quantity", "price"}),
    "contacts": frozenset({"on", "channel", "order_number", "summary", "outcome"}),
}
"""Our fields, by the part of a customer that they are of."""
REQUIRED: Mapping[str, frozenset[str]] = {
    "find": frozenset({"key", "name"}),
    "customer": frozenset({"key", "name"}),
    "orders": frozenset({"number"}),
    "lines": frozenset(),
    "contacts": frozenset(),
}

_SQL_START = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
_SQL_PARAMETER = re.compile(r"(?<![:\w\\]):(\w+)")
_SQL_LITERAL = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
PLACE = re.compile(r"\{(\w*)\}")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def checked_query(query: str, parameters: frozenset[str]) -> str:
    """A query that only reads, without the semicolon at its end.

    Args:
        query: one statement.
        parameters: names that it may use; it has to use one.

    Raises:
        ValueError: it is anything else.
    """
    code = _SQL_LITERAL.sub("''", query)
    if not _SQL_START.match(code):
        raise ValueError("a query begins with SELECT or WITH: nothing else is run")
    if ";" in code.rstrip().rstrip(";"):
        raise ValueError("write one query, without ; within it")
    used = set(_SQL_PARAMETER.findall(code))
    _check_names(used, parameters, ":")
    return query.strip().rstrip(";")


def checked_path(path: str, parameters: frozenset[str]) -> str:
    """A path below an address.

    Args:
        path: with ``{name}`` where a value goes.
        parameters: names that it may use; it has to use one.

    Raises:
        ValueError: it is anything else.
    """
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or path.startswith("/") or parts.fragment:
        raise ValueError("write a path below url, without / before it, as in customers/{key}")
    _check_names(set(PLACE.findall(path)), parameters, "{")
    return path


def _check_names(used: set[str], parameters: frozenset[str], mark: str) -> None:
    shown = ", ".join(f"{{{one}}}" if mark == "{" else f":{one}" for one in sorted(parameters))
    if unknown := used - parameters:
        raise ValueError(f"{mark}{min(unknown)} is not known here: use {shown}")
    if not used:
        raise ValueError(f"it does not depend on what is looked for: use {shown}")


def checked_fields(fields: dict[str, Paths], part: str) -> dict[str, Paths]:
    """Our fields of a part of a customer, by name.

    Raises:
        ValueError: one is not of that part, or one that is needed is missing.
    """
    known = FIELDS[part]
    if unknown := set(fields) - known:
        raise ValueError(f"{min(unknown)} is no field of {part}: use {', '.join(sorted(known))}")
    if missing := REQUIRED[part] - set(fields):
        raise ValueError(f"{part} needs the field {min(missing)}")
    return fields


def checked_variable(name: str) -> str:
    """The name of an environment variable that is not one of our settings.

    Raises:
        ValueError: it is something else.
    """
    if not _VARIABLE.fullmatch(name) or name.startswith(PREFIX):
        raise ValueError(f"name an environment variable, in capitals, not beginning with {PREFIX}")
    return name
