"""The mapping file: where the company's system is, and where our fields are in it.

TOML, read once at start. A mistake is told with its file, line and field.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import phonenumbers
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from assistant.customers.models import KINDS, AddressForm, Kind, OrderState
from knowledge.errors import SettingsError
from knowledge.settings import PREFIX

MAX_BYTES = 256 * 1024

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
_PLACE = re.compile(r"\{(\w*)\}")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
_FROZEN = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class _Common(BaseModel):
    model_config = _FROZEN

    country: str = "ES"
    dates: str = ""
    order_states: dict[str, OrderState] = {}
    address_forms: dict[str, AddressForm] = {}

    @field_validator("country")
    @classmethod
    def _known(cls, country: str) -> str:
        if country not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError(f"{country!r} is no country: use two capitals, as in ES")
        return country

    @field_validator("order_states", "address_forms")
    @classmethod
    def _folded(cls, words: dict[str, str]) -> dict[str, str]:
        return {word.casefold(): own for word, own in words.items()}

    def searchable(self) -> tuple[Kind, ...]:
        """What it finds customers by."""
        return tuple(kind for kind in KINDS if getattr(self.find, kind) is not None)  # type: ignore[attr-defined]


class _Find(BaseModel):
    model_config = _FROZEN

    phone: str | None = None
    mail: str | None = None
    order: str | None = None
    name: str | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not any(getattr(self, kind) for kind in KINDS):
            raise ValueError(f"give at least one of {', '.join(KINDS)}")
        return self


class SqlFind(_Find):
    """A query for each thing that customers are found by."""

    @field_validator(*KINDS)
    @classmethod
    def _queries(cls, query: str | None, info: Any) -> str | None:
        return None if query is None else _checked_query(query, PARAMETERS[info.field_name])


class SqlCustomer(BaseModel):
    """Queries for the parts of one customer, all by ``:key``."""

    model_config = _FROZEN

    customer: str
    phones: str | None = None
    mails: str | None = None
    orders: str | None = None
    lines: str | None = None
    contacts: str | None = None

    @field_validator("*")
    @classmethod
    def _queries(cls, query: str | None) -> str | None:
        return None if query is None else _checked_query(query, PARAMETERS["key"])


class SqlMapping(_Common):
    """An SQL database. The columns of every query are called as our fields."""

    kind: Literal["sql"]
    url: str | None = None
    url_env: str | None = None
    find: SqlFind
    customer: SqlCustomer

    @field_validator("url_env")
    @classmethod
    def _variable(cls, name: str | None) -> str | None:
        return None if name is None else _checked_variable(name)

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if (self.url is None) == (self.url_env is None):
            raise ValueError("give either url or url_env")
        return self

    @property
    def address(self) -> str:
        """The SQLAlchemy address, from the environment if it says so."""
        return self.url if self.url is not None else os.environ[str(self.url_env)]


Path_ = str | list[str]


class Auth(BaseModel):
    """A header with a secret of the environment."""

    model_config = _FROZEN

    env: str
    header: str = Field("Authorization", pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")
    value: str = "Bearer {secret}"

    @field_validator("env")
    @classmethod
    def _variable(cls, name: str) -> str:
        return _checked_variable(name)

    @field_validator("value")
    @classmethod
    def _has_secret(cls, value: str) -> str:
        if _PLACE.findall(value) != ["secret"] or not value.isprintable():
            raise ValueError("write {secret} where the secret goes, once")
        return value

    def header_value(self) -> str:
        """What the header says."""
        return self.value.replace("{secret}", os.environ[self.env])


class RestFind(_Find):
    """A path for each thing that customers are found by, and where the matches are."""

    items: str = ""
    fields: dict[str, Path_]

    @field_validator(*KINDS)
    @classmethod
    def _paths(cls, path: str | None, info: Any) -> str | None:
        return None if path is None else _checked_path(path, PARAMETERS[info.field_name])

    @field_validator("fields")
    @classmethod
    def _fields(cls, fields: dict[str, Path_]) -> dict[str, Path_]:
        return _checked_fields(fields, "find")


class RestCustomer(BaseModel):
    """Where one customer is."""

    model_config = _FROZEN

    path: str
    item: str = ""
    fields: dict[str, Path_]

    @field_validator("path")
    @classmethod
    def _path(cls, path: str) -> str:
        return _checked_path(path, PARAMETERS["key"])

    @field_validator("fields")
    @classmethod
    def _fields(cls, fields: dict[str, Path_]) -> dict[str, Path_]:
        return _checked_fields(fields, "customer")


class RestPart(BaseModel):
    """Where a list of a customer is: at a path of its own, or in the customer's answer."""

    model_config = _FROZEN

    path: str | None = None
    items: str = ""
    fields: dict[str, Path_]

    @field_validator("path")
    @classmethod
    def _path(cls, path: str | None) -> str | None:
        return None if path is None else _checked_path(path, PARAMETERS["key"])


class RestMapping(_Common):
    """A REST API that answers JSON."""

    kind: Literal["rest"]
    url: str
    auth: Auth | None = None
    find: RestFind
    customer: RestCustomer
    orders: RestPart | None = None
    lines: RestPart | None = None
    contacts: RestPart | None = None

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("write a whole address, as in https://crm.example.com/api/")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("leave user, password, ? and # out of it; a secret goes into [auth]")
        return url if url.endswith("/") else f"{url}/"

    @field_validator("orders", "lines", "contacts")
    @classmethod
    def _parts(cls, part: RestPart | None, info: Any) -> RestPart | None:
        if part is not None:
            _checked_fields(part.fields, info.field_name)
            if info.field_name == "lines" and part.path is not None:
                raise ValueError("lines are within an order: give items, no path")
        return part


CustomerMapping = Annotated[SqlMapping | RestMapping, Field(discriminator="kind")]
_MAPPING: TypeAdapter[SqlMapping | RestMapping] = TypeAdapter(CustomerMapping)


@dataclass(frozen=True)
class MappingFile:
    """A mapping and where it was read: addresses of files in it are relative to its folder."""

    path: Path
    mapping: SqlMapping | RestMapping


def load_mapping(path: Path) -> MappingFile:
    """Read a mapping file.

    Raises:
        SettingsError: it cannot be read or used; the message has file, line and field.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError(f"{path}: a mapping has at most {MAX_BYTES >> 10} KiB: shorten it")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(
            f"VOZ_CUSTOMERS={str(path)!r} cannot be read: {why}; docs/customers.md has examples"
        ) from error
    try:
        mapping = _MAPPING.validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: this is no TOML: {error}") from error
    except ValidationError as error:
        raise SettingsError(_told(path, text, error)) from error
    _check_environment(path, text, mapping)
    return MappingFile(path, mapping)


def _check_environment(path: Path, text: str, mapping: SqlMapping | RestMapping) -> None:
    field: tuple[str, ...]
    if isinstance(mapping, SqlMapping):
        field, name = ("url_env",), mapping.url_env
    else:
        field, name = ("auth", "env"), mapping.auth.env if mapping.auth else None
    if name is None:
        return
    value = os.environ.get(name)
    if not value or not value.isprintable():
        where = _place(text, field)
        raise SettingsError(
            f"{path}{where}: {'.'.join(field)} names the environment variable {name}, which is not "
            "set to a line of text: set it before you start"
        )


def _told(path: Path, text: str, error: ValidationError) -> str:
    first = error.errors()[0]
    location = [str(part) for part in first["loc"] if part not in ("sql", "rest")]
    if location[-1:] == ["[key]"]:
        location.pop()
    says = first["msg"].removeprefix("Value error, ")
    known = {"missing": "it is missing", "extra_forbidden": "there is no such field, leave it out"}
    says = known.get(first["type"], says)
    field = ".".join(location)
    if first["type"] in ("union_tag_not_found", "union_tag_invalid"):
        field, says, location = "kind", 'write kind = "sql" or kind = "rest"', ["kind"]
    return f"{path}{_place(text, location)}: {field or 'the mapping'}: {says}"


def _place(text: str, location: list[str] | tuple[str, ...]) -> str:
    """The line of a field, or of the nearest table around it."""
    lines = dict(_fields_with_lines(text))
    for end in range(len(location), 0, -1):
        if (line := lines.get(".".join(location[:end]))) is not None:
            return f", line {line}"
    return ""


def _fields_with_lines(text: str) -> Iterator[tuple[str, int]]:
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([\w. -]+)\]", line):
            table = header[1].replace(" ", "")
            yield table, number
        elif key := re.match(r"\s*[\"']?([\w .-]+?)[\"']?\s*=", line):
            yield f"{table}.{key[1]}" if table else key[1], number


def _checked_query(query: str, parameters: frozenset[str]) -> str:
    code = _SQL_LITERAL.sub("''", query)
    if not _SQL_START.match(code):
        raise ValueError("a query begins with SELECT or WITH: nothing else is run")
    if ";" in code.rstrip().rstrip(";"):
        raise ValueError("write one query, without ; within it")
    used = set(_SQL_PARAMETER.findall(code))
    _check_names(used, parameters, ":")
    return query.strip().rstrip(";")


def _checked_path(path: str, parameters: frozenset[str]) -> str:
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or path.startswith("/") or parts.fragment:
        raise ValueError("write a path below url, without / before it, as in customers/{key}")
    _check_names(set(_PLACE.findall(path)), parameters, "{")
    return path


def _check_names(used: set[str], parameters: frozenset[str], mark: str) -> None:
    shown = ", ".join(f"{{{one}}}" if mark == "{" else f":{one}" for one in sorted(parameters))
    if unknown := used - parameters:
        raise ValueError(f"{mark}{min(unknown)} is not known here: use {shown}")
    if not used:
        raise ValueError(f"it does not depend on what is looked for: use {shown}")


def _checked_fields(fields: dict[str, Path_], part: str) -> dict[str, Path_]:
    known = FIELDS[part]
    if unknown := set(fields) - known:
        raise ValueError(f"{min(unknown)} is no field of {part}: use {', '.join(sorted(known))}")
    if missing := REQUIRED[part] - set(fields):
        raise ValueError(f"{part} needs the field {min(missing)}")
    return fields


def _checked_variable(name: str) -> str:
    if not _VARIABLE.fullmatch(name) or name.startswith(PREFIX):
        raise ValueError(f"name an environment variable, in capitals, not beginning with {PREFIX}")
    return name
