"""Chunks and the documents they are of are scored apart and kept together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import IndexDamaged
from knowledge.search.keywords import Keywords
from knowledge.search.lexical import LexicalIndex
from knowledge.search.partitions import PartitionRows
from knowledge.search.rows import ALWAYS_SAID


def rows_of(*chunks: tuple[str, str]) -> PartitionRows:
    """Rows of ``(document, tokens)``."""
    n = len(chunks)
    return PartitionRows(
        keys=np.arange(n, dtype=np.int64),
        vectors=np.zeros((n, 2), dtype=np.float32),
        languages=np.zeros(n, dtype=np.uint8),
        tokens=tuple(tokens for _, tokens in chunks),
        documents=tuple(document for document, _ in chunks),
        times=np.tile(np.asarray(ALWAYS_SAID, dtype=np.int64), (n, 1)),
    )


# The chunks of a document do not stand together: edited ones get new keys.
ROWS = rows_of(
    ("camas.md", "colchon almendro"),
    ("envios.md", "isla recargo"),
    ("camas.md", "plazo dia"),
    ("envios.md", "plazo semana"),
)


def test_a_chunk_is_scored_by_its_own_words() -> None:
    scores = Keywords.build(ROWS).scores([[("colchon", 1.0)]])
    assert list(scores > 0) == [True, False, False, False]


def test_a_chunk_is_scored_by_the_words_of_its_whole_document() -> None:
    scores = Keywords.build(ROWS).document_scores([[("colchon", 1.0)]])
    assert list(scores > 0) == [True, False, True, False]
    assert scores[0] == scores[2]


def test_documents_are_scored_as_an_index_of_documents_would() -> None:
    whole = LexicalIndex.build(["colchon almendro plazo dia".split(), "isla recargo plazo".split()])
    keywords = Keywords.build(
        rows_of(("a", "colchon almendro"), ("b", "isla recargo plazo"), ("a", "plazo dia"))
    )
    asked = [[("plazo", 1.0)], [("dia", 1.0)]]
    np.testing.assert_allclose(keywords.document_scores(asked), whole.scores(asked)[[0, 1, 0]])


def test_words_of_hidden_chunks_do_not_count_for_their_document() -> None:
    keywords = Keywords.build(ROWS)
    visible = np.array([False, True, True, False])
    hidden = [[("colchon", 1.0)], [("semana", 1.0)]]
    assert not keywords.document_scores(hidden, visible).any()
    recargo = keywords.document_scores([[("recargo", 1.0)]], visible)
    assert list(recargo > 0) == [False, True, False, True]
    plazo = keywords.document_scores([[("plazo", 1.0), ("semana", 1.0)]], visible)
    assert list(plazo > 0) == [True, False, True, False]


def test_newer_rows_are_scored_with_the_statistics_of_the_base() -> None:
    base = Keywords.build(ROWS)
    newer = base.extend(ROWS)
    asked = [[("plazo", 1.0)]]
    np.testing.assert_allclose(newer.scores(asked), base.scores(asked))
    np.testing.assert_allclose(newer.document_scores(asked), base.document_scores(asked))


def test_no_rows_give_no_scores() -> None:
    assert Keywords.build(rows_of()).document_scores([[("plazo", 1.0)]]).shape == (0,)


def test_saved_indexes_are_read_back_the_same(tmp_path: Path) -> None:
    keywords = Keywords.build(ROWS)
    keywords.save(tmp_path / "keywords")
    loaded = Keywords.load(tmp_path / "keywords")
    asked = [[("plazo", 1.0)], [("recargo", 0.5)]]
    np.testing.assert_array_equal(loaded.scores(asked), keywords.scores(asked))
    np.testing.assert_array_equal(loaded.document_scores(asked), keywords.document_scores(asked))


@pytest.mark.parametrize("owners", [[0, 1, 0], [0, 1, 0, 2], [0, 1, 0, -1]])
def test_owners_that_do_not_fit_are_found_when_they_are_loaded(
    tmp_path: Path, owners: list[int]
) -> None:
    Keywords.build(ROWS).save(tmp_path / "keywords")
    np.save(tmp_path / "keywords" / "document_of.npy", np.asarray(owners, dtype=np.int32))
    with pytest.raises(IndexDamaged, match="do not belong together"):
        Keywords.load(tmp_path / "keywords")


def test_missing_owners_are_found_when_they_are_loaded(tmp_path: Path) -> None:
    Keywords.build(ROWS).save(tmp_path / "keywords")
    (tmp_path / "keywords" / "document_of.npy").unlink()
    with pytest.raises(IndexDamaged, match="cannot be read"):
        Keywords.load(tmp_path / "keywords")
