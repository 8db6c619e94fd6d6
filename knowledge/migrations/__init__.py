"""Schema migrations, shipped in the package and run when a writer opens the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import knowledge.audit.schema

# Whoever opens a register knows all its tables.
import knowledge.commitments.commitment_schema
import knowledge.contacts.contact_schema
import knowledge.escalations.escalation_schema
import knowledge.evaluations.evaluation_schema
import knowledge.identity.accounts_schema
import knowledge.jobs_schema
import knowledge.outbox.outbox_schema
import knowledge.reviews.review_schema
import knowledge.themes.theme_schema
import knowledge.work.work_schema  # noqa: F401
from knowledge.errors import RegisterError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection


def config(connection: Connection) -> Config:
    """Alembic's configuration for this folder, over an open connection."""
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", "knowledge:migrations")
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connection"] = connection
    return configuration


def upgrade(connection: Connection, found: str | None) -> None:
    """Bring the schema to the newest revision, within the connection's transaction.

    Args:
        connection: inside a write transaction.
        found: revision the database is at; `None` for an empty one.

    Raises:
        RegisterError: the database is at a revision that this version does not know.
    """
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    configuration = config(connection)
    try:
        ScriptDirectory.from_config(configuration).get_revision(found or "base")
    except CommandError as error:
        raise RegisterError(newer_schema(found)) from error
    command.upgrade(configuration, "head")


def newer_schema(found: str | None) -> str:
    """What to tell whoever opens a register that a newer version wrote."""
    from knowledge.schema import HEAD

    return (
        f"the register has schema {found}, but this version of voz-propia knows schemas up to "
        f"{HEAD}: install the newer version that wrote it"
    )
