"""Settings: read once at the rim from ``VOZ_*`` environment variables, then passed down."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import SettingsError

PREFIX = "VOZ_"


class Settings(BaseSettings):
    """Everything an operator can set. Unknown ``VOZ_*`` variables are refused by `load`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(
        Path("data"), description="Folder of the register, original files, indexes and model."
    )
    database_url: DatabaseUrl | None = Field(
        None,
        description="PostgreSQL database of the register (postgresql://USER:PASSWORD@HOST:PORT/"
        "DATABASE); unset, it is a SQLite file in the data folder.",
    )
    model: Path | None = Field(
        None,
        description="Folder of a sentence-transformers model; unset, the bundled one is used.",
    )
    reranker: Path | None = Field(
        None, description="Folder of a sentence-transformers CrossEncoder; unset, none is used."
    )
    support_model: Path | None = Field(
        None,
        description="Folder of a CrossEncoder that tells whether a passage supports a statement "
        "(natural language inference); unset, rules alone do.",
    )
    language: Literal["es", "en"] = Field("es", description="Language of the interface.")
    time_zone: str = Field(
        "Europe/Madrid", description="Where the company's days begin and end (IANA name)."
    )
    holidays: str = Field(
        "ES",
        description="Holidays that are no working days: a country (ES), a part of one (ES-MD), a "
        "file of days, several of those with commas, or none.",
    )
    working_week: Literal["mon-fri", "mon-sat"] = Field(
        "mon-fri", description="Days that working days are counted on, holidays left out."
    )
    complaint_deadline: str = Field(
        "15 working days",
        pattern=r"^[1-9][0-9]{0,2} (working days|days)$",
        description="By when a complaint is to be answered, from the day after it was opened.",
    )
    host: str = Field("127.0.0.1", description="Address the web page listens on.")
    port: int = Field(7860, ge=0, le=65535, description="Port of the web page.")
    frame_ancestors: str | None = Field(
        None,
        description="Origins whose pages may show the page of a contact in a frame, such as "
        "https://crm.example.com, several with commas; unset, none may.",
    )
    public_url: str | None = Field(
        None, description="Address people open the page at, where it is not host and port."
    )
    session_hours: int = Field(
        12, ge=1, le=168, description="Hours after which one has to sign in again."
    )
    session_idle_minutes: int = Field(
        60, ge=5, le=1440, description="Minutes without a request that end a session."
    )
    oidc_issuer: str | None = Field(
        None, description="Identity provider (OpenID Connect) to sign in with; unset, none."
    )
    oidc_client_id: str | None = Field(None, description="What the provider knows us by.")
    oidc_client_secret: SecretStr | None = Field(
        None, description="Secret agreed with the provider; unset for a public client."
    )
    oidc_groups_claim: str = Field(
        "groups", description="Claim of the provider's token that lists a person's groups."
    )
    oidc_grants: str | None = Field(
        None, description="What groups give: GROUP=ROLE@AUDIENCE, several with commas."
    )
    threads: int = Field(0, ge=0, description="Threads for bulk embedding; 0 means all cores.")
    max_upload_mb: int = Field(
        20, ge=1, le=200, description="Largest file that may be uploaded, in MiB."
    )
    parse_timeout_s: float = Field(45.0, gt=0, description="Wall-clock limit for one file.")
    parse_memory_mb: int = Field(1024, ge=256, description="Memory limit for parsing one file.")
    url_hosts: str = Field(
        "",
        description="Hosts that pages may be imported from, separated by commas; unset, none.",
    )
    url_ports: str = Field("80,443", description="Ports that pages may be imported from.")
    question_days: int = Field(
        90, ge=0, description="Days for which the words of questions are kept; 0 keeps none."
    )
    feedback_days: int = Field(
        365, ge=0, description="Days for which the words of closed feedback are kept."
    )
    contact_days: int = Field(
        90, ge=1, description="Days for which the words of contacts are kept."
    )
    escalation_minutes: float = Field(
        3.0,
        gt=0,
        le=1440,
        description="Minutes after which a question to the company goes on to the next person.",
    )
    customers: Path | None = Field(
        None, description="Mapping file of the company's customer system; unset, none is used."
    )
    customers_timeout_s: float = Field(
        2.0, gt=0, le=30, description="Seconds that looking for a customer may take."
    )
    chat_model: str | None = Field(
        None,
        description="Chat model that composes answers, PROVIDER:MODEL, or the name of a model at "
        "VOZ_CHAT_URL; unset, answers are quotations alone.",
    )
    chat_url: str | None = Field(
        None, description="Address of an OpenAI-compatible endpoint (http://127.0.0.1:8080/v1)."
    )
    chat_key_variable: str | None = Field(
        None,
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*$",
        description="Name of the environment variable that holds the key of the chat model; "
        "unset, the provider's own, and none for VOZ_CHAT_URL.",
    )
    chat_first_word_s: float = Field(
        8.0, gt=0, le=120, description="Seconds until the first word of the chat model."
    )
    chat_timeout_s: float = Field(
        60.0, gt=0, le=600, description="Seconds that composing an answer may take in all."
    )
    webhook_url: str | None = Field(
        None, description="Address that summaries of contacts are sent on to; unset, none are."
    )
    webhook_secret: SecretStr | None = Field(
        None,
        description="Secret that they are signed with, whsec_ and base64; two with a space while "
        "one replaces the other.",
    )
    webhook_secret_file: Path | None = Field(
        None, description="File that holds this secret, in place of the variable."
    )
    webhook_private: bool = Field(
        False, description="Whether that address may be one of a private network."
    )
    debug: bool = Field(False, description="Log in full to the terminal instead of a file.")

    @field_validator("database_url")
    @classmethod
    def _check_address(cls, url: DatabaseUrl | None) -> DatabaseUrl | None:
        trouble = url.trouble() if url else None
        if trouble:
            raise ValueError(trouble)
        return url

    @property
    def register_path(self) -> Path:
        """The register's SQLite file."""
        return self.data_dir / "register.sqlite"

    @property
    def register_address(self) -> Path | DatabaseUrl:
        """Where the register is: its SQLite file, or its PostgreSQL database."""
        return self.database_url or self.register_path

    @property
    def audit_head_path(self) -> Path:
        """How far the audit trail went, outside the register."""
        return self.data_dir / "audit-head"

    @property
    def files_dir(self) -> Path:
        """Original bytes, by content hash."""
        return self.data_dir / "files"

    @property
    def uploads_dir(self) -> Path:
        """What was uploaded and is not yet in the register."""
        return self.data_dir / "uploads"

    @property
    def index_dir(self) -> Path:
        """Derived indexes, one folder per generation."""
        return self.data_dir / "index"

    @property
    def bundled_model_dir(self) -> Path:
        """Where the bundled model is unpacked."""
        return self.data_dir / "model"

    def apart(self, *names: str) -> Self:
        """Settings of another register: a SQLite file of its own in a folder below this one."""
        below = self.data_dir.joinpath(*names)
        return self.model_copy(update={"data_dir": below, "database_url": None})


def load(**overrides: object) -> Settings:
    """Settings from the environment, with what the command line named on top.

    Raises:
        SettingsError: a value cannot be used, or a variable is none of ours; the message names
            the variable.
    """
    _refuse_unknown()
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        given_value = "" if name in _SECRETS else f"={first.get('input')!r}"
        raise SettingsError(
            f"{variable(name)}{given_value} cannot be used: "
            f"{first['msg'].removeprefix('Value error, ')}; see `voz settings`"
        ) from error


_SECRETS = {"database_url", "oidc_client_secret", "webhook_secret"}
"""Settings whose value is not repeated in messages."""


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{name.upper()}"


def _refuse_unknown() -> None:
    """A mistyped variable would leave its setting at the default without a word."""
    known = [variable(name) for name in Settings.model_fields]
    for given in sorted(os.environ):
        if given.upper().startswith(PREFIX) and given.upper() not in known:
            near = difflib.get_close_matches(given.upper(), known, n=1)
            meant = f"did you mean {near[0]}?" if near else "unset it;"
            raise SettingsError(f"{given} is not a setting: {meant} `voz settings` lists them all")
