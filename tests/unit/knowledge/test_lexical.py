"""The keyword index ranks as BM25 does, takes in new rows, and survives no damage unnoticed."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import IndexDamaged
from knowledge.models import Chunk
from knowledge.search.lexical import K1, B, LexicalIndex, chunk_tokens, tokens_of

ROWS = [
    "plazo devolucion colchon dia dia dia".split(),
    "garantia colchon ano".split(),
    "envio isla balear plazo plazo semana recargo transporte".split(),
    [],
    "colchon".split(),
]
TOKEN_LISTS = st.lists(
    st.lists(st.sampled_from("abcdefgh"), max_size=12), min_size=1, max_size=8
).filter(lambda rows: sum(map(len, rows)) >= len(rows))
"""At least a token a row in the mean: below that the mean length counts as 1."""


def query(*tokens: str) -> list[list[tuple[str, float]]]:
    return [[(token, 1.0)] for token in tokens]


@given(TOKEN_LISTS, st.lists(st.sampled_from("abcdefghxy"), min_size=1, max_size=4, unique=True))
def test_scores_are_those_of_the_bm25s_library(rows: list[list[str]], asked: list[str]) -> None:
    reference = bm25s.BM25(method="lucene", k1=K1, b=B)
    reference.index(rows, show_progress=False)
    known = [token for token in asked if token in reference.vocab_dict]
    expected = reference.get_scores(known) if known else np.zeros(len(rows))
    scores = LexicalIndex.build(rows).scores(query(*asked))
    np.testing.assert_allclose(scores, expected, rtol=1e-5, atol=1e-6)


def test_a_score_worked_by_hand() -> None:
    index = LexicalIndex.build([["a", "a", "b"], ["b"]])
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    mean_length = 2.0
    impact = idf * 2 / (2 + 1.2 * (1 - 0.75 + 0.75 * 3 / mean_length))
    np.testing.assert_allclose(index.scores(query("a")), [impact, 0.0], rtol=1e-6)
    assert index.idf[index.vocabulary["a"]] == pytest.approx(idf)


def test_alternatives_of_one_word_do_not_add_up() -> None:
    index = LexicalIndex.build(ROWS)
    one = index.scores([[("plazo", 1.0)]])
    other = index.scores([[("devolucion", 1.0)]])
    together = index.scores([[("plazo", 1.0), ("devolucion", 1.0)]])
    np.testing.assert_allclose(together, np.maximum(one, other))
    apart = index.scores([[("plazo", 1.0)], [("devolucion", 1.0)]])
    np.testing.assert_allclose(apart, one + other)


def test_a_weight_scales_a_term() -> None:
    index = LexicalIndex.build(ROWS)
    np.testing.assert_allclose(
        index.scores([[("plazo", 0.25)]]), 0.25 * index.scores(query("plazo")), rtol=1e-6
    )


def test_a_query_of_nothing_known_scores_nothing() -> None:
    index = LexicalIndex.build(ROWS)
    assert not index.scores([]).any()
    assert not index.scores([[], [("nowhere", 1.0)]]).any()


def test_an_empty_index_has_no_scores() -> None:
    assert LexicalIndex.build([]).scores(query("plazo")).shape == (0,)
    assert LexicalIndex.build([]).extend([["plazo"]]).scores(query("plazo"))[0] > 0


def test_new_rows_score_as_if_they_had_always_been_there() -> None:
    base = LexicalIndex.build(ROWS)
    np.testing.assert_allclose(
        base.extend(ROWS).scores(query("plazo", "colchon")),
        base.scores(query("plazo", "colchon")),
        rtol=1e-6,
    )


def test_a_word_that_only_new_rows_have_is_as_rare_as_one_of_a_single_row() -> None:
    base = LexicalIndex.build(ROWS)
    more = base.extend([["patinete"], ["patinete", "plazo"]])
    idf = more.idf[more.vocabulary["patinete"]]
    assert idf == pytest.approx(math.log(1 + (7 - 1 + 0.5) / 1.5), rel=1e-6)
    assert more.scores(query("patinete")).all()
    assert "patinete" not in base.vocabulary


def test_only_words_that_a_visible_row_holds_are_known() -> None:
    more = LexicalIndex.build(ROWS).extend([["patinete"], ["sofa", "plazo"]])
    assert more.words() == {"patinete", "sofa", "plazo"}
    assert more.words(np.array([False, True])) == {"sofa", "plazo"}
    assert more.rows_with("plazo").tolist() == [1]
    assert more.rows_with("colchon").tolist() == more.rows_with("nowhere").tolist() == []


def test_rows_that_may_not_score_for_a_word_do_not() -> None:
    index = LexicalIndex.build(ROWS)
    both = [[("plazo", 1.0)], [("colchon", 1.0), ("garantia", 0.5)]]
    among = {"plazo": [0, 1, 1, 1, 1], "colchon": [0, 1, 1, 1, 0], "garantia": [0] * 5}
    scores = index.scores(both, lambda token: np.array(among[token], dtype=np.bool_))
    whole = index.scores(both)
    colchon = index.scores(query("colchon"))
    np.testing.assert_allclose(scores, [0.0, colchon[1], whole[2], 0.0, 0.0])


@given(TOKEN_LISTS)
def test_a_saved_index_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("index") / "lexical"
    index = LexicalIndex.build(rows)
    index.save(folder)
    loaded = LexicalIndex.load(folder)
    assert loaded.vocabulary == index.vocabulary
    assert (loaded.n_rows, loaded.mean_length) == (index.n_rows, index.mean_length)
    for token in index.vocabulary:
        np.testing.assert_array_equal(loaded.scores(query(token)), index.scores(query(token)))


def _cut_off(folder: Path) -> None:
    path = folder / "impacts.npy"
    path.write_bytes(path.read_bytes()[:-4])


def _of_another(folder: Path) -> None:
    np.save(folder / "idf.npy", np.ones(1, dtype=np.float32))


def _rows_too_high(folder: Path) -> None:
    rows = np.load(folder / "rows.npy")
    np.save(folder / "rows.npy", rows + 100)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "rows.npy").unlink(),
        lambda folder: (folder / "starts.npy").write_bytes(b""),
        lambda folder: (folder / "vocabulary.json").write_text("{}"),
        lambda folder: (folder / "vocabulary.json").write_text('{"vocab'),
        _cut_off,
        _of_another,
        _rows_too_high,
    ],
)
def test_damage_is_found_when_it_is_loaded(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    LexicalIndex.build(ROWS).save(tmp_path / "index")
    damage(tmp_path / "index")
    with pytest.raises(IndexDamaged, match="keyword index"):
        LexicalIndex.load(tmp_path / "index")


def test_a_chunk_is_found_by_the_name_of_its_document_and_by_its_headings() -> None:
    text = "Son 30 días."
    chunk = Chunk(
        document="politicas/devoluciones_y-garantia.pdf",
        ordinal=0,
        text=text,
        start=0,
        end=len(text),
        headings=("Colchones",),
        context="Devoluciones > Colchones",
        page=1,
        row=None,
        language="es",
        sentences=((0, len(text)),),
    )
    tokens = chunk_tokens(chunk)
    for word in ("politica", "devolución", "garantía", "colchones", "días", "30"):
        assert tokens_of(word, "es")[0] in tokens
    assert "pdf" not in tokens
