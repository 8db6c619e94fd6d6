"""Documents, chunks and vectors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first version and the collection's single row."""
    op.create_table(
        "models",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_models"),
        sa.UniqueConstraint("fingerprint", name="uq_models_fingerprint"),
    )
    collection = op.create_table(
        "collection",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("model_id", sa.Integer),
        sa.CheckConstraint("id = 1", name=op.f("ck_collection_single")),
        sa.PrimaryKeyConstraint("id", name="pk_collection"),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name="fk_collection_model_id_models"),
    )
    op.bulk_insert(collection, [{"id": 1, "revision": 0}])
    _create_documents()
    _create_embeddings()
    _create_chunks()


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("char_count", sa.Integer, nullable=False),
        sa.Column("chunk_count", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("name", name="uq_documents_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_sha256", "documents", ["sha256"])
    op.create_table(
        "document_texts",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("blocks", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_document_texts"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name="fk_document_texts_document_id_documents",
            ondelete="CASCADE",
        ),
    )


def _create_embeddings() -> None:
    op.create_table(
        "embeddings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("model_id", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_embeddings"),
        sa.UniqueConstraint("model_id", "content_hash", name="uq_embeddings_model_id_content_hash"),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name="fk_embeddings_model_id_models"),
    )
    op.create_table(
        "sentence_vectors",
        sa.Column("embedding_id", sa.Integer, nullable=False),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("embedding_id", name="pk_sentence_vectors"),
        sa.ForeignKeyConstraint(
            ["embedding_id"],
            ["embeddings.id"],
            name="fk_sentence_vectors_embedding_id_embeddings",
            ondelete="CASCADE",
        ),
    )


def _create_chunks() -> None:
    op.create_table(
        "chunks",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start_char", sa.Integer, nullable=False),
        sa.Column("end_char", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("row_number", sa.Integer),
        sa.Column("headings", sa.Text, nullable=False),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("sentences", sa.Text, nullable=False),
        sa.Column("tokens", sa.Text, nullable=False),
        sa.Column("embedding_id", sa.Integer, nullable=False),
        sa.Column("revision_added", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_chunks"),
        sa.UniqueConstraint("document_id", "ordinal", name="uq_chunks_document_id_ordinal"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name="fk_chunks_document_id_documents",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["embedding_id"], ["embeddings.id"], name="fk_chunks_embedding_id_embeddings"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chunks_embedding_id", "chunks", ["embedding_id"])
    op.create_index("ix_chunks_revision_added", "chunks", ["revision_added"])
    op.create_table(
        "removed_chunks",
        sa.Column("key", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_removed_chunks"),
    )
    op.create_index("ix_removed_chunks_revision", "removed_chunks", ["revision"])
