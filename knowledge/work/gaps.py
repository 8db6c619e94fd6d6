"""What is asked and not answered: topics that answers miss, ranked, and what is done about each.

A gap is a topic (`knowledge.work.topics`) with questions that were answered only partly or not at
all. It ranks by how many answers were missing in all likelihood: the sum of what each answer's
confidence lacked to 1, over those questions. Settled gaps come back when they are asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, update

from knowledge import audience_rows
from knowledge.audience import AudienceTree, labels_of
from knowledge.audit import Action, Event, append
from knowledge.audit.event import Detail
from knowledge.curation_checks import seen
from knowledge.errors import NotAllowed, NotFound
from knowledge.models import Language, Viewer
from knowledge.refusals import because
from knowledge.work import gap_rows, notice_rows
from knowledge.work.circles import shared_place
from knowledge.work.gap_rows import Decision, GapState, Numbers
from knowledge.work.question_rows import audiences_seen
from knowledge.work.work_checks import checked_account, checked_text
from knowledge.work.work_schema import gaps
from knowledge.work.work_store import WorkStore

EXAMPLES = 5
DISMISSED_AGAIN = 5
"""Times that a dismissed gap must be missed again to come back, and at least as often as before."""
CLOSED_AGAIN = 2
"""The same for one that was thought to be closed."""


@dataclass(frozen=True)
class Example:
    """A question of a gap.

    Attributes:
        text: as typed.
        query: what was searched, the conversation taken in.
        verdict: partly or not_found.
    """

    text: str
    query: str
    language: Language
    verdict: str
    at: datetime


@dataclass(frozen=True)
class Gap:
    """A topic that answers miss, of what one viewer may read.

    Attributes:
        number: of its topic.
        asked: times that it was asked in all.
        not_found: times without an answer.
        partly: times with part of one.
        missed: answers missing in all likelihood; what gaps are ranked by.
        first: when it was missed first.
        last: when it was missed last.
        languages: how often it was missed in each.
        audience: label of the narrowest audience that all who asked see.
        examples: latest first, at most `EXAMPLES`, no wording twice.
        state: ``open``, ``in_work``, ``dismissed`` or ``closed``.
        came_back: it was settled, and missed again too often since.
        owner: account that takes care of it.
        reason: why it was dismissed.
        card: name of the source that is to answer it.
    """

    number: int
    asked: int
    not_found: int
    partly: int
    missed: float
    first: datetime
    last: datetime
    languages: dict[Language, int]
    audience: str
    examples: tuple[Example, ...]
    state: GapState = "open"
    came_back: bool = False
    owner: str | None = None
    reason: str | None = None
    card: str | None = None

    @property
    def question(self) -> str:
        """What stands for it: the latest question, as it was searched."""
        return self.examples[0].query


class Gaps:
    """The gaps of one register."""

    def __init__(self, store: WorkStore) -> None:
        self._store = store

    def all(
        self,
        viewer: Viewer,
        *,
        days: int | None = None,
        limit: int = 50,
        settled: bool = False,
    ) -> list[Gap]:
        """The gaps in what the viewer may read, the worst first.

        Args:
            viewer: who asks.
            days: only questions of the last days; `None`: all whose words are kept.
            limit: how many at most.
            settled: those dismissed and closed as well.
        """
        since = self._store.before(days) if days else ""
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            keys = audiences_seen(connection, viewer, tree)
            decided = gap_rows.decisions(connection)
            numbers = gap_rows.numbers(connection, keys, since)
            ranked = sorted(numbers, key=lambda n: (-n.missed, n.topic))
            wanted = [n for n in ranked if settled or not _is_settled(decided.get(n.topic))]
            return [_gap(connection, n, decided.get(n.topic), keys, tree) for n in wanted[:limit]]

    def get(self, number: int, viewer: Viewer) -> Gap:
        """One of them, settled or not.

        Raises:
            NotFound: there is no such gap in what the viewer may read.
        """
        with self._store.read() as connection:
            tree = audience_rows.tree(connection)
            keys = audiences_seen(connection, viewer, tree)
            found = gap_rows.numbers(connection, keys, "", topic=number)
            if not found:
                raise _no_gap(number)
            decision = gap_rows.decisions(connection).get(number)
            return _gap(connection, found[0], decision, keys, tree)

    def count_open(self, viewer: Viewer) -> int:
        """How many are open or in work."""
        with self._store.read() as connection:
            keys = audiences_seen(connection, viewer, audience_rows.tree(connection))
            decided = gap_rows.decisions(connection)
            found = gap_rows.numbers(connection, keys, "")
            return sum(not _is_settled(decided.get(n.topic)) for n in found)

    def decided_by(self, viewer: Viewer) -> frozenset[int]:
        """Numbers of those that the viewer may decide about: nobody else asked them."""
        with self._store.read() as connection:
            keys = audiences_seen(connection, viewer, audience_rows.tree(connection))
            own = {n.topic: n.asked for n in gap_rows.numbers(connection, keys, "")}
            every = gap_rows.numbers(connection, None, "") if own else []
            return frozenset(n.topic for n in every if own.get(n.topic) == n.asked)

    def check_decider(self, number: int, viewer: Viewer) -> None:
        """See to it that the viewer may decide about a gap, before work is put into it.

        Raises:
            NotFound: there is no such gap for the viewer.
            NotAllowed: others that the viewer does not answer for asked it as well.
        """
        with self._store.read() as connection:
            self._allowed(connection, number, viewer)

    # What is done about one

    def assign(self, number: int, owner: str, viewer: Viewer) -> None:
        """Give a gap to an account, which is told.

        Raises:
            NotFound: there is no such gap for the viewer.
            SettingsError: the name cannot be one.
            NotAllowed: others that the viewer does not answer for asked it as well.
        """
        owner = checked_account(owner)

        def tell(connection: Connection) -> None:
            if owner != viewer.name:
                at = self._store.now()
                notice_rows.add(connection, owner, "gap_assigned", at, topic=number)

        values = {"state": "in_work", "owner": owner, "settled_at": None}
        self._decide(number, viewer, "gap.assigned", values, {"owner": owner}, then=tell)

    def dismiss(self, number: int, reason: str, viewer: Viewer) -> None:
        """Put a gap aside; it comes back when it is asked often again.

        Raises:
            NotFound: there is no such gap for the viewer.
            SettingsError: there is no reason.
            NotAllowed: as for `assign`.
        """
        values = {
            "state": "dismissed",
            "reason": checked_text("reason", reason),
            "settled_at": self._store.now(),
        }
        self._decide(number, viewer, "gap.dismissed", values)

    def close(self, number: int, viewer: Viewer) -> None:
        """Say that sources answer it now; it comes back when they do not.

        Raises:
            NotFound: there is no such gap for the viewer.
            NotAllowed: as for `assign`.
        """
        values = {"state": "closed", "settled_at": self._store.now()}
        self._decide(number, viewer, "gap.closed", values)

    def reopen(self, number: int, viewer: Viewer) -> None:
        """Take back whatever was decided.

        Raises:
            NotFound: there is no such gap for the viewer.
            NotAllowed: as for `assign`.
        """

        def forget(connection: Connection) -> None:
            connection.execute(delete(gaps).where(gaps.c.topic_id == number))

        self._decide(number, viewer, "gap.reopened", {"state": "open"}, then=forget)

    def drafted(self, number: int, card: str, viewer: Viewer) -> None:
        """Note that a source is to answer it; once that is in force, the gap is closed.

        Raises:
            NotFound: there is no such gap or no such source for the viewer.
            NotAllowed: as for `assign`.
        """
        with self._store.read() as connection:
            source: int = seen(connection, card, viewer)["id"]
        values = {"state": "in_work", "card_id": source, "settled_at": None}
        self._decide(number, viewer, "gap.drafted", values, {"source": source})

    def _decide(
        self,
        number: int,
        viewer: Viewer,
        action: Action,
        values: Mapping[str, object],
        details: dict[str, Detail] | None = None,
        then: Callable[[Connection], None] | None = None,
    ) -> None:
        with self._store.change() as connection:
            missed = self._allowed(connection, number, viewer)
            stamp = {"changed_by": viewer.name, "changed_at": self._store.now()}
            changed = {**values, **stamp, "missed_then": missed}
            same = gaps.c.topic_id == number
            if not connection.execute(update(gaps).where(same).values(changed)).rowcount:
                connection.execute(insert(gaps).values(changed | {"topic_id": number}))
            if then:
                then(connection)
            append(connection, Event(viewer.name, action, f"gap:{number}", details or {}))

    def _allowed(self, connection: Connection, number: int, viewer: Viewer) -> int:
        """How often it was missed, if the viewer may decide about it."""
        keys = audiences_seen(connection, viewer, audience_rows.tree(connection))
        own = gap_rows.numbers(connection, keys, "", topic=number)
        if not own:
            raise _no_gap(number)
        (whole,) = gap_rows.numbers(connection, None, "", topic=number)
        if whole.asked != own[0].asked:
            raise NotAllowed(because("gap-of-others", number=number, name=viewer.name))
        return whole.not_found + whole.partly


def _no_gap(number: int) -> NotFound:
    return NotFound(because("gap-unknown", number=number))


def _is_settled(decision: Decision | None) -> bool:
    return _standing(decision)[0] in ("dismissed", "closed")


def _standing(decision: Decision | None) -> tuple[GapState, bool]:
    """The state that it is in now, and whether it came back."""
    if decision is None:
        return "open", False
    if decision.state in ("dismissed", "closed") and decision.missed_since >= again(decision):
        return "open", True
    return decision.state, False


def again(decision: Decision) -> int:
    """How often a settled gap must be missed again to come back."""
    if decision.state == "dismissed":
        return max(DISMISSED_AGAIN, decision.missed_then)
    return CLOSED_AGAIN


def _gap(
    connection: Connection,
    numbers: Numbers,
    decision: Decision | None,
    keys: Sequence[str],
    tree: AudienceTree,
) -> Gap:
    rows = gap_rows.missed_questions(connection, numbers.topic, keys)
    state, came_back = _standing(decision)
    missed = numbers.not_found + numbers.partly
    return Gap(
        number=numbers.topic,
        asked=numbers.asked,
        not_found=numbers.not_found,
        partly=numbers.partly,
        missed=round(numbers.missed, 2),
        first=datetime.fromisoformat(numbers.first),
        last=datetime.fromisoformat(numbers.last),
        languages={"es": numbers.spanish, "en": missed - numbers.spanish},
        audience=shared_place([labels_of(key) for key in numbers.audiences], tree),
        examples=tuple(map(_example, rows[:EXAMPLES])),
        state=state,
        came_back=came_back,
        owner=decision.owner if decision else None,
        reason=decision.reason if decision and state == "dismissed" else None,
        card=decision.card if decision else None,
    )


def _example(row: RowMapping) -> Example:
    at = datetime.fromisoformat(row["at"])
    return Example(row["text"], row["query"], row["language"], row["verdict"], at)
