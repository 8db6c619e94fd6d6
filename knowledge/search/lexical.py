"""Keyword index: BM25 over folded, stemmed words and exact codes of both languages.

The impact of every word in every chunk is computed when the index is built, so that a query is a
sum of a few sparse columns. Rows added later are scored with the statistics of the base, so that a
chunk published a second ago ranks as if it had always been there.

BM25 in the form of Lucene: ``idf * tf / (tf + k1 * (1 - b + b * length / mean length))`` with
``idf = ln(1 + (N - df + 0.5) / (df + 0.5))`` (Robertson & Zaragoza 2009, section 3.1; Kamphuis et
al. 2020, "Which BM25 do you mean?", table 1).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexDamaged
from knowledge.models import Chunk, Language, Vector
from knowledge.text import content_words, stem

K1 = 1.2
B = 0.75
Term = tuple[str, float]
"""A token of the index and its weight in the query."""


def chunk_tokens(chunk: Chunk) -> list[str]:
    """The tokens under which a chunk is found: of its document's name, its context, its text."""
    name = chunk.document.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")
    above = f"{name.replace('/', ' ')} {chunk.context}"
    return tokens_of(above, chunk.language) + tokens_of(chunk.text, chunk.language)


def tokens_of(text: str, language: Language) -> list[str]:
    """Stems of the content words of a text in one language."""
    return [stem(word, language) for word in content_words(text)]


@lru_cache(maxsize=10_000)
def token_set(text: str, language: Language) -> frozenset[str]:
    """As `tokens_of`, of what is read again for question after question: sentences of passages."""
    return frozenset(tokens_of(text, language))


@dataclass(frozen=True)
class LexicalIndex:
    """BM25 impacts by word (columns of a sparse matrix of chunks by words).

    Attributes:
        vocabulary: token to column.
        idf: ``(n_words,)`` float32.
        mean_length: mean number of tokens of a chunk when the base was built.
        starts: ``(n_words + 1,)`` int64: where each word's rows begin in ``rows``.
        rows: ``(n_postings,)`` int32 row numbers.
        impacts: ``(n_postings,)`` float32.
        n_rows: number of chunks.
    """

    vocabulary: dict[str, int]
    idf: Vector
    mean_length: float
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    impacts: Vector
    n_rows: int

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index of the token lists; row *i* is the *i*-th list."""
        vocabulary: dict[str, int] = {}
        columns, lengths = _columns(token_lists, vocabulary)
        n_rows, n_words = len(token_lists), len(vocabulary)
        document_frequency = np.zeros(n_words, dtype=np.int64)
        for row in columns:
            document_frequency[np.unique(row)] += 1
        idf = np.log1p((n_rows - document_frequency + 0.5) / (document_frequency + 0.5))
        mean_length = float(np.mean(lengths)) if lengths else 1.0
        return cls._of(columns, vocabulary, idf.astype(np.float32), max(mean_length, 1.0))

    def extend(self, token_lists: Sequence[Sequence[str]]) -> LexicalIndex:
        """A separate index of more rows, scored with this one's statistics.

        A word that is new gets the idf of a word seen in one row.
        """
        vocabulary = dict(self.vocabulary)
        columns, _ = _columns(token_lists, vocabulary)
        n = self.n_rows + len(token_lists)
        rare = np.float32(np.log1p((n - 0.5) / 1.5))
        idf = np.concatenate(
            [self.idf, np.full(len(vocabulary) - len(self.idf), rare, dtype=np.float32)]
        )
        return self._of(columns, vocabulary, idf, self.mean_length)

    @classmethod
    def _of(
        cls,
        columns: list[NDArray[np.int64]],
        vocabulary: dict[str, int],
        idf: Vector,
        mean_length: float,
    ) -> LexicalIndex:
        words: list[NDArray[np.int64]] = []
        rows: list[NDArray[np.int32]] = []
        impacts: list[Vector] = []
        for number, row in enumerate(columns):
            word, count = np.unique(row, return_counts=True)
            saturation = count + K1 * (1 - B + B * len(row) / mean_length)
            words.append(word)
            rows.append(np.full(len(word), number, dtype=np.int32))
            impacts.append((idf[word] * count / saturation).astype(np.float32))
        word_of = np.concatenate(words) if words else np.zeros(0, dtype=np.int64)
        order = np.argsort(word_of, kind="stable")
        starts = np.zeros(len(vocabulary) + 1, dtype=np.int64)
        np.cumsum(np.bincount(word_of, minlength=len(vocabulary)), out=starts[1:])
        return cls(
            vocabulary,
            idf,
            mean_length,
            starts,
            np.concatenate(rows)[order] if rows else np.zeros(0, dtype=np.int32),
            np.concatenate(impacts)[order] if impacts else np.zeros(0, dtype=np.float32),
            len(columns),
        )

    def scores(
        self,
        query: Iterable[Sequence[Term]],
        among: Callable[[str], NDArray[np.bool_]] | None = None,
    ) -> Vector:
        """``(n_rows,)`` BM25 scores, 0 where nothing matches.

        Args:
            query: groups of alternatives. A chunk gets, for each group, the best of its weighted
                terms: synonyms and translations of one word do not add up.
            among: which rows, ``(n_rows,)``, may score for a token; `None`: all that hold it.
        """
        total = np.zeros(self.n_rows, dtype=np.float32)
        for group in query:
            found = [(t, w) for t, w in group if t in self.vocabulary]
            if len(found) == 1:
                rows, impacts = self._postings(found[0][0], among)
                total[rows] += impacts * np.float32(found[0][1])
            elif found:
                best = np.zeros(self.n_rows, dtype=np.float32)
                for token, weight in found:
                    rows, impacts = self._postings(token, among)
                    best[rows] = np.maximum(best[rows], impacts * np.float32(weight))
                total += best
        return total

    def rows_with(self, token: str) -> NDArray[np.int32]:
        """The rows that hold a token, ascending."""
        if token not in self.vocabulary:
            return np.zeros(0, dtype=np.int32)
        return self._postings(token)[0]

    def words(self, visible: NDArray[np.bool_] | None = None) -> set[str]:
        """The tokens that stand in a row, or in one of the ``(n_rows,)`` visible ones."""
        held = np.diff(self.starts)
        if visible is not None:
            seen = np.zeros(len(self.rows) + 1, dtype=np.int64)
            np.cumsum(visible[self.rows], out=seen[1:])
            held = np.diff(seen[self.starts])
        return set(compress(self.vocabulary, (held > 0).tolist()))

    def _postings(
        self, token: str, among: Callable[[str], NDArray[np.bool_]] | None = None
    ) -> tuple[NDArray[np.int32], Vector]:
        column = self.vocabulary[token]
        part = slice(int(self.starts[column]), int(self.starts[column + 1]))
        rows, impacts = self.rows[part], self.impacts[part]
        if among is None:
            return rows, impacts
        kept = among(token)[rows]
        return rows[kept], impacts[kept]

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        folder.mkdir(parents=True)
        for name in ("idf", "starts", "rows", "impacts"):
            np.save(folder / f"{name}.npy", getattr(self, name))
        facts = {
            "mean_length": self.mean_length,
            "n_rows": self.n_rows,
            "vocabulary": list(self.vocabulary),
        }
        (folder / "vocabulary.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """The index saved in a folder.

        Raises:
            IndexDamaged: a file is missing, cut off or does not fit the others.
        """
        try:
            facts = json.loads((folder / "vocabulary.json").read_text("utf-8"))
            arrays = {
                name: np.load(folder / f"{name}.npy", allow_pickle=False)
                for name in ("idf", "starts", "rows", "impacts")
            }
            index = cls(
                vocabulary={word: i for i, word in enumerate(facts["vocabulary"])},
                mean_length=float(facts["mean_length"]),
                n_rows=int(facts["n_rows"]),
                **arrays,
            )
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexDamaged(f"keyword index {folder} cannot be read: {error}") from error
        index._check(folder)
        return index

    def _check(self, folder: Path) -> None:
        n_words = len(self.vocabulary)
        fits = (
            len(self.idf) == n_words
            and len(self.starts) == n_words + 1
            and int(self.starts[-1]) == len(self.rows) == len(self.impacts)
            and (
                len(self.rows) == 0
                or 0 <= int(self.rows.min()) <= int(self.rows.max()) < self.n_rows
            )
        )
        if not fits:
            raise IndexDamaged(f"keyword index {folder}: its files do not belong together")


def _columns(
    token_lists: Sequence[Sequence[str]], vocabulary: dict[str, int]
) -> tuple[list[NDArray[np.int64]], list[int]]:
    """Column numbers of each list's tokens, and how many; new tokens get the next number."""
    columns = [
        np.asarray([vocabulary.setdefault(t, len(vocabulary)) for t in tokens], dtype=np.int64)
        for tokens in token_lists
    ]
    return columns, [len(c) for c in columns]
