"""Sources with versions, publications in two times, audiences as a tree.

What was a document becomes the first, published version of a source, in force without limits since
it was stored; its chunks keep their numbers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_OLD = ("documents", "document_texts", "chunks", "removed_chunks")
_FROM, _TO = "0001-01-01", "9999-12-31"
_STILL = "9999-12-31T23:59:59.999999+00:00"


def upgrade() -> None:
    """Put the old rows aside, make the new tables, and fill them."""
    for name in _OLD:
        op.execute(f"CREATE TABLE old_{name} AS SELECT * FROM {name}")
    for name in ("removed_chunks", "chunks", "document_texts", "documents"):
        op.drop_table(name)
    _create_audiences()
    _create_sources()
    _create_versions()
    _create_chunks()
    _fill()
    for name in _OLD:
        op.drop_table(f"old_{name}")


def _create_audiences() -> None:
    op.create_table(
        "audiences",
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        sa.PrimaryKeyConstraint("label", name="pk_audiences"),
        sa.ForeignKeyConstraint(
            ["parent"], ["audiences.label"], name="fk_audiences_parent_audiences"
        ),
    )
    op.create_table(
        "audience_sets",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audience_sets"),
        sa.UniqueConstraint("key", name="uq_audience_sets_key"),
    )
    op.create_table(
        "audience_members",
        sa.Column("set_id", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("set_id", "label", name="pk_audience_members"),
        sa.ForeignKeyConstraint(
            ["set_id"], ["audience_sets.id"], name="fk_audience_members_set_id_audience_sets"
        ),
    )


def _create_sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("internal", sa.Boolean, nullable=False),
        sa.Column("translation_of", sa.Integer),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("review_days", sa.Integer),
        sa.Column("reviewed_on", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("name", name="uq_sources_name"),
        sa.ForeignKeyConstraint(
            ["translation_of"], ["sources.id"], name="fk_sources_translation_of_sources"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sections",
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("audience", sa.Text),
        sa.Column("internal", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("source_id", "heading", name="pk_sections"),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name="fk_sections_source_id_sources",
            ondelete="CASCADE",
        ),
    )


def _create_versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("char_count", sa.Integer, nullable=False),
        sa.Column("chunk_count", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("approver", sa.Text),
        sa.Column("valid_from", sa.Text, nullable=False),
        sa.Column("valid_to", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("source_id", "number", name="uq_versions_source_id_number"),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name="fk_versions_source_id_sources",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_versions_sha256", "versions", ["sha256"])
    op.create_table(
        "version_texts",
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("blocks", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("version_id", name="pk_version_texts"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name="fk_version_texts_version_id_versions",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
        sa.Column("audience_id", sa.Integer, nullable=False),
        sa.Column("valid_from", sa.Text, nullable=False),
        sa.Column("valid_to", sa.Text, nullable=False),
        sa.Column("recorded_from", sa.Text, nullable=False),
        sa.Column("recorded_to", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name="fk_publications_version_id_versions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience_sets.id"], name="fk_publications_audience_id_audience_sets"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_publications_version_id", "publications", ["version_id"])


def _create_chunks() -> None:
    op.create_table(
        "chunks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, nullable=False),
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
        sa.PrimaryKeyConstraint("id", name="pk_chunks"),
        sa.UniqueConstraint("version_id", "ordinal", name="uq_chunks_version_id_ordinal"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name="fk_chunks_version_id_versions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["embedding_id"], ["embeddings.id"], name="fk_chunks_embedding_id_embeddings"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chunks_embedding_id", "chunks", ["embedding_id"])
    op.create_table(
        "placements",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("chunk_id", sa.Integer, nullable=False),
        sa.Column("publication_id", sa.Integer, nullable=False),
        sa.Column("audience_id", sa.Integer, nullable=False),
        sa.Column("internal", sa.Boolean, nullable=False),
        sa.Column("revision_added", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_placements"),
        sa.ForeignKeyConstraint(
            ["chunk_id"], ["chunks.id"], name="fk_placements_chunk_id_chunks", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_placements_publication_id_publications",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience_sets.id"], name="fk_placements_audience_id_audience_sets"
        ),
        sqlite_autoincrement=True,
    )
    for column in ("chunk_id", "publication_id", "revision_added"):
        op.create_index(f"ix_placements_{column}", "placements", [column])
    op.create_table(
        "removed_keys",
        sa.Column("key", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_removed_keys"),
    )
    op.create_index("ix_removed_keys_revision", "removed_keys", ["revision"])


def _fill() -> None:
    run = op.execute
    run("INSERT INTO audiences VALUES ('staff', 'Todo el personal / All staff', NULL)")
    run(
        "INSERT INTO audiences SELECT DISTINCT audience, audience, 'staff' FROM old_documents"
        " WHERE audience <> 'staff'"
    )
    run("INSERT INTO audience_sets (key) SELECT label FROM audiences")
    run("INSERT INTO audience_members SELECT id, key FROM audience_sets")
    run(
        "INSERT INTO sources (id, name, kind, audience, internal, tags, created_at)"
        " SELECT id, name, 'document', audience, false, '{}', updated_at FROM old_documents"
    )
    run(
        "INSERT INTO versions (id, source_id, number, state, title, language, media_type, sha256,"
        " recipe, char_count, chunk_count, note, author, valid_from, valid_to, created_at,"
        " changed_at) SELECT id, id, 1, 'published', title, language, media_type, sha256, recipe,"
        f" char_count, chunk_count, '', '', '{_FROM}', '{_TO}', updated_at, updated_at"
        " FROM old_documents"
    )
    run("INSERT INTO version_texts SELECT document_id, text, blocks FROM old_document_texts")
    run(
        "INSERT INTO publications (id, version_id, audience_id, valid_from, valid_to,"
        f" recorded_from, recorded_to) SELECT d.id, d.id, s.id, '{_FROM}', '{_TO}', d.updated_at,"
        f" '{_STILL}' FROM old_documents d JOIN audience_sets s ON s.key = d.audience"
    )
    run(
        "INSERT INTO chunks SELECT key, document_id, ordinal, start_char, end_char, page,"
        " row_number, headings, context, text, language, sentences, tokens, embedding_id"
        " FROM old_chunks"
    )
    run(
        "INSERT INTO placements SELECT c.key, c.key, c.document_id, p.audience_id, false,"
        " c.revision_added FROM old_chunks c JOIN publications p ON p.id = c.document_id"
    )
    run("INSERT INTO removed_keys SELECT key, revision FROM old_removed_chunks")
    _never_use_a_key_again()


def _never_use_a_key_again() -> None:
    """Keys of removed rows may be higher than any that is left."""
    connection = op.get_bind()
    highest = connection.scalar(sa.text("SELECT max(key) FROM removed_keys"))
    if highest is None or connection.dialect.name != "sqlite":  # other databases came later
        return
    counted = connection.scalar(
        sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'placements'")
    )
    if counted is None:
        op.execute(f"INSERT INTO sqlite_sequence VALUES ('placements', {int(highest)})")
    elif counted < highest:
        op.execute(f"UPDATE sqlite_sequence SET seq = {int(highest)} WHERE name = 'placements'")
