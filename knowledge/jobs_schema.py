"""The table of jobs: what was asked of the server and takes longer than an answer.

``file``: name of the uploaded bytes within the data folder, see `knowledge.jobs`. ``wanted`` and
``result``: JSON objects. Times are ISO 8601 in UTC to the second, so that they sort as text.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from knowledge.schema import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("file", Text),
    Column("state", Text, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("started_at", Text),
    Column("ended_at", Text),
    sqlite_autoincrement=True,
)
"""``audience``: key of the labels that it is for, see `audience.audience_key`."""
