"""Tables of the register. Migrations make them; this is what the code reads and writes.

A chunk row never changes: an edited document deletes the rows that differ and inserts new ones
under new keys, so a key means one text at one place for ever.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0004"
"""Newest migration in ``knowledge/migrations/versions``."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

models = Table(
    "models",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False, unique=True),
)

collection = Table(
    "collection",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("model_id", ForeignKey("models.id")),
)
"""One row: the number of committed changes, and the model of every vector that is searched."""

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("recipe", Text, nullable=False),
    Column("char_count", Integer, nullable=False),
    Column("chunk_count", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated_at", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""``recipe``: version of the loaders and the chunker that read it. ``updated_at``: ISO, UTC."""

document_texts = Table(
    "document_texts",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),
)
"""Apart from ``documents``, so that a list of documents does not read their texts."""

embeddings = Table(
    "embeddings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("model_id", ForeignKey("models.id"), nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    UniqueConstraint("model_id", "content_hash"),
)
"""``vector``: float32, little-endian. Invisible until a chunk refers to it."""

sentence_vectors = Table(
    "sentence_vectors",
    metadata,
    Column("embedding_id", ForeignKey("embeddings.id", ondelete="CASCADE"), primary_key=True),
    Column("vectors", LargeBinary, nullable=False),
)
"""``(n_sentences, dimension)`` float16, little-endian, row by row."""

chunks = Table(
    "chunks",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("page", Integer),
    Column("row_number", Integer),
    Column("headings", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("tokens", Text, nullable=False),
    Column("embedding_id", ForeignKey("embeddings.id"), nullable=False, index=True),
    Column("revision_added", Integer, nullable=False, index=True),
    UniqueConstraint("document_id", "ordinal"),
    sqlite_autoincrement=True,
)
"""``text`` is ``document_texts.text[start_char:end_char]``: to cut it out there for every chunk
that is shown would read the whole of a long document each time (600 kB: 2.5 ms)."""

removed_chunks = Table(
    "removed_chunks",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Index("ix_removed_chunks_revision", "revision"),
)
"""Keys that are gone, so that an index built earlier can leave them out."""
