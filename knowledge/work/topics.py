"""Questions that mean the same, grouped as they come, both languages together.

A question joins the topic whose questions it resembles most, if it resembles them enough *on
average*; else it begins a new one. This is average-linkage clustering done one by one: the mean of
cosine similarities with the members of a topic is one product with the mean of their vectors.

The vectors are those of `assistant.meaning`. Measured on 31 matters, each asked in three Spanish
and two English wordings, with the bundled model, the mean of 20 orders: of the pairs that share a
topic 83 % ask the same, and of the pairs that ask the same 55 % share one. With the embeddings as
they are and one cut-off for all, it was 70 % and 26 % at best.
"""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, delete, func, insert, select, update

from knowledge import embedding_rows
from knowledge.models import Vector
from knowledge.themes.theme_schema import contact_needs
from knowledge.work.work_schema import questions, topics

SAME_MEANING = 0.53
"""Mean cosine similarity from which a question belongs to a topic."""
_ROOM = 256
_NONE: Vector = np.zeros((0, 0), dtype=np.float32)


class Topics:
    """The topics of the register's model, kept in memory; for one thread.

    Other processes add to the same table: `follow` takes in what they did.
    """

    def __init__(self) -> None:
        self._model: int | None = None
        self._seen = 0
        self._rows: dict[int, int] = {}
        self._numbers: list[int] = []
        self._means: Vector = _NONE

    def follow(self, connection: Connection) -> None:
        """Take in what was added or changed since, or everything of another model."""
        bound = embedding_rows.bound_model(connection)
        model = bound.id if bound else None
        if model != self._model:
            self._model = model
            self._forget_all()
        query = (
            select(topics.c.id, topics.c.total, topics.c.size, topics.c.revision)
            .where(topics.c.model_id == model, topics.c.revision > self._seen)
            .order_by(topics.c.revision)
        )
        for number, total, size, revision in connection.execute(query):
            self._keep(number, _vector(total) / size)
            self._seen = max(self._seen, revision)

    def assign(self, connection: Connection, vector: Vector) -> int | None:
        """The topic of a question, which counts it from now on; a new one if none is near.

        Args:
            connection: in a write transaction, after `follow`.
            vector: ``(dimension,)`` float32, unit length.

        Returns:
            `None` where the vector is not of the register's model.
        """
        if self._model is None or (self._rows and vector.shape != self._means.shape[1:]):
            return None
        while (number := self._nearest(vector)) is not None:
            found = connection.execute(
                select(topics.c.total, topics.c.size).where(topics.c.id == number)
            ).one_or_none()
            if found is not None:
                self._join(connection, number, _vector(found[0]) + vector, found[1] + 1)
                return number
            self._means[self._rows.pop(number)] = 0  # its questions' time was over
        return self._begin(connection, vector)

    def _forget_all(self) -> None:
        self._seen, self._means = 0, _NONE
        self._rows.clear()
        self._numbers.clear()

    def _nearest(self, vector: Vector) -> int | None:
        if not self._rows:
            return None
        means = self._means[: len(self._numbers)]
        similarities = np.einsum("ij,j->i", means, vector)
        best = int(np.argmax(similarities))
        return self._numbers[best] if similarities[best] >= SAME_MEANING else None

    def _join(self, connection: Connection, number: int, total: Vector, size: int) -> None:
        values = {"total": _bytes(total), "size": size, "revision": _next(connection)}
        connection.execute(update(topics).where(topics.c.id == number).values(values))
        self._keep(number, total / np.float32(size))

    def _begin(self, connection: Connection, vector: Vector) -> int:
        values = {
            "model_id": self._model,
            "total": _bytes(vector),
            "size": 1,
            "revision": _next(connection),
        }
        added = insert(topics).values(values).returning(topics.c.id)
        number: int = connection.execute(added).scalar_one()
        self._keep(number, vector)
        return number

    def _keep(self, number: int, mean: Vector) -> None:
        if not self._numbers:
            self._means = np.zeros((_ROOM, len(mean)), dtype=np.float32)
        if mean.shape != self._means.shape[1:]:
            return
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = len(self._numbers)
            self._numbers.append(number)
        if row == len(self._means):
            self._means = np.concatenate([self._means, np.zeros_like(self._means)])
        self._means[row] = mean


def drop_unspoken(connection: Connection) -> None:
    """Let go of topics of which nobody's words are kept any more: a sum of them is words too."""
    asked = select(questions.c.id).where(questions.c.topic_id == topics.c.id)
    needed = select(contact_needs.c.id).where(
        contact_needs.c.topic_id == topics.c.id, contact_needs.c.text.is_not(None)
    )
    connection.execute(delete(topics).where(~asked.exists(), ~needed.exists()))


def _next(connection: Connection) -> int:
    return int(connection.execute(select(func.max(topics.c.revision))).scalar_one() or 0) + 1


def _vector(data: bytes) -> Vector:
    return np.frombuffer(data, dtype="<f4")


def _bytes(vector: Vector) -> bytes:
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()
