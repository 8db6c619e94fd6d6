"""The mapping file: where the company's system is, and where our fields are in it.

TOML, read once at start. A mistake is told with its file, line and field.
"""

from __future__ import annotations

import os
import tomllib
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

from assistant.customers.mapping_faults import place, told
from assistant.customers.mapping_fields import (
    PARAMETERS,
    PLACE,
    Paths,
    checked_fields,
    checked_path,
    checked_query,
    checked_variable,
)
from assistant.customers.models import KINDS, AddressForm, Kind, OrderState
from knowledge.errors import SettingsError

MAX_BYTES = 256 * 1024

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
        return None if query is None else checked_query(query, PARAMETERS[info.field_name])


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
        return None if query is None else checked_query(query, PARAMETERS["key"])


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
        return None if name is None else checked_variable(name)

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if (self.url is None) == (self.url_env is None):
            raise ValueError("give either url or url_env")
        return self

    @property
    def address(self) -> str:
        """The SQLAlchemy address, from the environment if it says so."""
        return self.url if self.url is not None else os.environ[str(self.url_env)]


class Auth(BaseModel):
    """A header with a secret of the environment."""

    model_config = _FROZEN

    env: str
    header: str = Field("Authorization", pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")
    value: str = "Bearer {secret}"

    @field_validator("env")
    @classmethod
    def _variable(cls, name: str) -> str:
        return checked_variable(name)

    @field_validator("value")
    @classmethod
    def _has_secret(cls, value: str) -> str:
        if PLACE.findall(value) != ["secret"] or not value.isprintable():
            raise ValueError("write {secret} where the secret goes, once")
        return value

    def header_value(self) -> str:
        """What the header says."""
        return self.value.replace("{secret}", os.environ[self.env])


class RestFind(_Find):
    """A path for each thing that customers are found by, and where the matches are."""

    items: str = ""
    fields: dict[str, Paths]

    @field_validator(*KINDS)
    @classmethod
    def _paths(cls, path: str | None, info: Any) -> str | None:
        return None if path is None else checked_path(path, PARAMETERS[info.field_name])

    @field_validator("fields")
    @classmethod
    def _fields(cls, fields: dict[str, Paths]) -> dict[str, Paths]:
        return checked_fields(fields, "find")


class RestCustomer(BaseModel):
    """Where one customer is."""

    model_config = _FROZEN

    path: str
    item: str = ""
    fields: dict[str, Paths]

    @field_validator("path")
    @classmethod
    def _path(cls, path: str) -> str:
        return checked_path(path, PARAMETERS["key"])

    @field_validator("fields")
    @classmethod
    def _fields(cls, fields: dict[str, Paths]) -> dict[str, Paths]:
        return checked_fields(fields, "customer")


class RestPart(BaseModel):
    """Where a list of a customer is: at a path of its own, or in the customer's answer."""

    model_config = _FROZEN

    path: str | None = None
    items: str = ""
    fields: dict[str, Paths]

    @field_validator("path")
    @classmethod
    def _path(cls, path: str | None) -> str | None:
        return None if path is None else checked_path(path, PARAMETERS["key"])


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
            checked_fields(part.fields, info.field_name)
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
        raise SettingsError(told(path, text, error)) from error
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
        where = place(text, field)
        raise SettingsError(
            f"{path}{where}: {'.'.join(field)} names the environment variable {name}, which is not "
            "set to a line of text: set it before you start"
        )
