"""Two documents -> their differences, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from knowledge.differences.align import Alignment, align
from knowledge.differences.passages import Passage, passages
from knowledge.differences.words import Mark, changed_words, value_marks
from knowledge.errors import SettingsError
from knowledge.models import Document
from knowledge.refusals import because

MOST_PASSAGES = 30_000
"""Sentences and rows of a version up to which it is compared, in ten seconds at worst."""

DifferenceKind = Literal["kept", "added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Side:
    """A passage as one version has it.

    Attributes:
        passage: the sentence, item, row or heading with its place.
        marks: what the other version has otherwise, offsets in the passage's text; where the other
            has no such passage at all, its numbers, amounts, percentages and dates.
    """

    passage: Passage
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What became of one passage.

    Attributes:
        kind: ``kept`` and ``moved`` have equal texts, ``changed`` alike ones.
        old: as it was; `None` for what was added.
        new: as it is; `None` for what was removed.
        moved: whether it stands elsewhere; a changed one may too.
    """

    kind: DifferenceKind
    old: Side | None
    new: Side | None
    moved: bool = False

    @property
    def place(self) -> Passage:
        """Where it is to be looked for: in the new version, if it is there."""
        side = self.new or self.old
        assert side is not None
        return side.passage

    def values(self, *, dates: bool) -> int:
        """How many dates, or other values, of a changed passage are otherwise."""
        if self.kind != "changed":
            return 0
        wanted = {"date"} if dates else {"number", "amount", "percentage"}
        sides = (side.marks if side else () for side in (self.old, self.new))
        return max(sum(mark.kind in wanted for mark in marks) for marks in sides)


@dataclass(frozen=True)
class Counts:
    """How many passages there are of each kind, and values that changed within passages."""

    kept: int
    added: int
    removed: int
    changed: int
    moved: int
    numbers: int
    dates: int


@dataclass(frozen=True)
class Differences:
    """Everything that two versions of a source say, as it was kept, changed, added or removed.

    Attributes:
        old: number of the version compared with.
        new: number of the other.
        items: in the order of the new version; what was removed where it was.
        withheld: whether one of them has parts that the viewer may not see, which are left out.
    """

    old: int
    new: int
    items: tuple[Difference, ...]
    withheld: bool = False

    @cached_property
    def counts(self) -> Counts:
        """How much is different."""
        kinds = [item.kind for item in self.items]
        return Counts(
            kept=kinds.count("kept"),
            added=kinds.count("added"),
            removed=kinds.count("removed"),
            changed=kinds.count("changed"),
            moved=kinds.count("moved"),
            numbers=sum(item.values(dates=False) for item in self.items),
            dates=sum(item.values(dates=True) for item in self.items),
        )

    @property
    def any(self) -> bool:
        """Whether anything is different."""
        return any(item.kind != "kept" for item in self.items)

    def hunks(self, context: int = 1) -> list[tuple[Difference, ...]]:
        """The differences that stand together, each stretch with what was kept around it.

        Args:
            context: passages before and after, 0 or more.
        """
        shown: list[list[Difference]] = []
        last = -1
        for position, item in enumerate(self.items):
            if item.kind == "kept":
                continue
            start = max(last + 1, position - context)
            if not shown or start > last + 1:
                shown.append([])
            end = min(len(self.items), position + context + 1)
            shown[-1] += self.items[start:end]
            last = max(last, end - 1)
        return [tuple(hunk) for hunk in shown]


def compare(old: Document, new: Document) -> Differences:
    """What is different between two versions, as one viewer may see them.

    What is withheld in a document takes no part: `sections.without` has blanked it out. White
    space does not count, nor does a line without letters or figures. A sentence that became two
    is one changed and one added. 200 pages (6,000 sentences) take a third of a second, rewritten
    from end to end two seconds; a stretch of more than 200 sentences of which none stayed is
    compared near its diagonal only.

    Args:
        old: the version compared with.
        new: the other; its order is that of the result.

    Raises:
        SettingsError: one of them has more than `MOST_PASSAGES`.
    """
    ours, theirs = passages(old), passages(new)
    for document, count in ((old, len(ours)), (new, len(theirs))):
        if count > MOST_PASSAGES:
            raise SettingsError(
                because(
                    "compare-long",
                    number=document.version,
                    name=document.name,
                    count=count,
                    limit=MOST_PASSAGES,
                )
            )
    alignment = align(ours, theirs)
    items = tuple(_items(old, new, ours, theirs, alignment))
    return Differences(old.version, new.version, items, bool(old.withheld or new.withheld))


def _items(
    old: Document,
    new: Document,
    ours: Sequence[Passage],
    theirs: Sequence[Passage],
    alignment: Alignment,
) -> Iterator[Difference]:
    in_order = {**dict(alignment.kept), **dict(alignment.changed)}
    kept = set(alignment.kept)
    from_elsewhere = {j: i for i, j in (*alignment.moved, *alignment.moved_changed)}
    gone_elsewhere = set(from_elsewhere.values())
    changed_too = {j for _, j in alignment.moved_changed}

    def both(kind: DifferenceKind, i: int, j: int, *, moved: bool = False) -> Difference:
        marks: tuple[tuple[Mark, ...], tuple[Mark, ...]] = ((), ())
        if kind == "changed":
            marks = changed_words(
                ours[i].text,
                theirs[j].text,
                old_language=old.language,
                new_language=new.language,
            )
        return Difference(kind, Side(ours[i], marks[0]), Side(theirs[j], marks[1]), moved)

    def arrived(j: int) -> Difference:
        if j in from_elsewhere:
            kind: DifferenceKind = "changed" if j in changed_too else "moved"
            return both(kind, from_elsewhere[j], j, moved=True)
        marks = value_marks(theirs[j].text, new.language)
        return Difference("added", None, Side(theirs[j], marks))

    following = 0
    for i, passage in enumerate(ours):
        if i in in_order:
            j = in_order[i]
            yield from (arrived(k) for k in range(following, j))
            yield both("kept" if (i, j) in kept else "changed", i, j)
            following = j + 1
        elif i not in gone_elsewhere:
            marks = value_marks(passage.text, old.language)
            yield Difference("removed", Side(passage, marks), None)
    yield from (arrived(k) for k in range(following, len(theirs)))
