"""Contacts: whose they are, by the reference of the customer system."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; of contacts before, it is not known."""
    op.add_column("contacts", sa.Column("customer", sa.Text))
    op.create_index("ix_contacts_customer", "contacts", ["customer"])
