"""Tables of the register. Migrations make them; this is what the code reads and writes.

A source has versions, a version has chunks, and no text changes once it is stored. A
*publication* says from which day to which a version is in force, and between which moments the
register said so; a *placement* puts one chunk of it where the viewers of one set of audiences find
it. What is published, cut short or retired deletes placements and inserts new ones under new keys,
so a key means one text, for one circle of readers, at one time.

Days and moments are ISO text that sorts as time does. Open ends are the first and the last day or
moment there are, so that no comparison has to ask for NULL.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0014"
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

audiences = Table(
    "audiences",
    metadata,
    Column("label", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("parent", ForeignKey("audiences.label")),
)

audience_sets = Table(
    "audience_sets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
)
"""Each set of labels that a placement or publication was made for, see `audience.audience_key`."""

audience_members = Table(
    "audience_members",
    metadata,
    Column("set_id", ForeignKey("audience_sets.id"), primary_key=True),
    Column("label", Text, primary_key=True),
)
"""``label`` is no foreign key: `audience.MANAGERS_ONLY` stands for the set without labels."""

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("kind", Text, nullable=False),
    Column("owner", Text),
    Column("audience", Text, nullable=False),
    Column("internal", Boolean, nullable=False),
    Column("translation_of", ForeignKey("sources.id")),
    Column("tags", Text, nullable=False),
    Column("review_days", Integer),
    Column("reviewed_on", Text),
    Column("created_at", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""``title``: as managers call it; without one, the version's own. ``tags``: JSON object."""

sections = Table(
    "sections",
    metadata,
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("heading", Text, primary_key=True),
    Column("audience", Text),
    Column("internal", Boolean, nullable=False),
)
"""Parts of a source, by heading, that fewer may see (``audience``) or that stay with the staff."""

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("recipe", Text, nullable=False),
    Column("char_count", Integer, nullable=False),
    Column("chunk_count", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("approver", Text),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    UniqueConstraint("source_id", "number"),
    sqlite_autoincrement=True,
)
"""``recipe``: version of the loaders and the chunker that read it. ``valid_from``, ``valid_to``: as
asked for; what holds is in ``publications``. ``changed_at``: when its state changed last."""

version_texts = Table(
    "version_texts",
    metadata,
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),
)
"""Apart from ``versions``, so that a list of versions does not read their texts."""

publications = Table(
    "publications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("audience_id", ForeignKey("audience_sets.id"), nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text, nullable=False),
    Column("recorded_from", Text, nullable=False),
    Column("recorded_to", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""``valid_to``: first day no longer in force. ``recorded_to``: first moment no longer said."""

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
    Column("id", Integer, primary_key=True),
    Column("version_id", ForeignKey("versions.id", ondelete="CASCADE"), nullable=False),
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
    UniqueConstraint("version_id", "ordinal"),
    sqlite_autoincrement=True,
)
"""``text`` is ``version_texts.text[start_char:end_char]``: to cut it out there for every chunk
that is shown would read the whole of a long document each time (600 kB: 2.5 ms)."""

placements = Table(
    "placements",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("chunk_id", ForeignKey("chunks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "publication_id",
        ForeignKey("publications.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("audience_id", ForeignKey("audience_sets.id"), nullable=False),
    Column("internal", Boolean, nullable=False),
    Column("revision_added", Integer, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""``audience_id``: the publication's audience, narrowed by the chunk's section."""

removed_keys = Table(
    "removed_keys",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, index=True),
)
"""Keys of placements that are gone, so that an index built earlier can leave them out."""
