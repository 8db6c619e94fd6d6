"""What the check of drafts finds in an agent's words, as proposals for the items that it answers.

The words are checked beside the sources and voice guides that were in force for the contact's
audience when it ended. A proposal is the worst option where something was found, the best where
nothing was; the reviewer decides. What was found repeats words of the conversation: it is shown,
and never kept.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from assistant.drafting.models import Finding, Kind
from assistant.shell.drafts.desk import MAX_DRAFT_CHARS, Asked, DraftDesk
from assistant.shell.drafts.talk import CHANNELS, LAST_SAID, MAX_SAID
from knowledge.contacts.models import Contact, Turn
from knowledge.models import Language, Viewer
from knowledge.validity import zone

if TYPE_CHECKING:
    from eval.scorecards.models import Item, Scorecard

SPOKEN = frozenset[Kind]({"spelling", "style"})
"""Kinds of findings that are about writing: what a recogniser heard has nobody's spelling."""
MAX_KEPT = 100
MAX_EVIDENCE = 20
"""Findings of one item that are shown."""


@dataclass(frozen=True)
class Found:
    """Something that was found in the agent's words.

    Attributes:
        turn: number of the turn; `None` for what is missing.
        text: the words.
        reason: why, in one line for people.
        source: title of what it rests on; empty where it rests on nothing.
        version: of that source; 0 without.
        quote: its words.
    """

    turn: int | None
    text: str
    reason: str
    source: str = ""
    version: int = 0
    quote: str = ""


@dataclass(frozen=True)
class Measured:
    """What the program proposes.

    Attributes:
        answers: id of the option by item; `None`: not applicable.
        evidence: what it rests on, by item.
    """

    answers: Mapping[str, str | None] = field(default_factory=dict)
    evidence: Mapping[str, Sequence[Found]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Stretch:
    """What the agent said in one go, after what the customer had said."""

    turns: tuple[Turn, ...]
    before: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(turn.text or "" for turn in self.turns)

    def turn_at(self, offset: int) -> int:
        for turn in self.turns:
            offset -= len(turn.text or "") + 1
            if offset < 0:
                return turn.number
        return self.turns[-1].number


class Measuring:
    """Looks over the words of agents, and remembers a while what it found; threads may share it.

    Args:
        desk: checks what is said.
        time_zone: where the company's days begin.
    """

    def __init__(self, desk: DraftDesk, time_zone: str) -> None:
        self._desk = desk
        self._zone = zone(time_zone)
        self._kept: OrderedDict[object, Measured] = OrderedDict()
        self._lock = Lock()

    def of(
        self,
        card: Scorecard,
        contact: Contact,
        turns: Sequence[Turn],
        audiences: frozenset[str],
        tongue: Language,
    ) -> Measured:
        """The proposals for a contact.

        Args:
            card: what is asked.
            contact: that ended.
            turns: all that was said in it.
            audiences: labels that its agent reads.
            tongue: of the reasons.
        """
        items = [item for item in card.items if item.measured is not None]
        said = list(_stretches(turns))
        if not items or not said or contact.ended_at is None:
            return Measured()
        key = card.sha256, contact.key, contact.last_event, audiences, tongue
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        found = self._found(contact, said, audiences, tongue)
        measured = _proposed(items, found, spoken=contact.channel == "call")
        with self._lock:
            self._kept[key] = measured
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return measured

    def _found(
        self,
        contact: Contact,
        said: Sequence[_Stretch],
        audiences: frozenset[str],
        tongue: Language,
    ) -> dict[Kind, list[Found]]:
        ended = datetime.fromisoformat(contact.ended_at or contact.changed_at)
        viewer = Viewer(
            contact.agent or "", audiences, ended.astimezone(self._zone).date(), told=ended
        )
        channel = CHANNELS[contact.channel]
        found: dict[Kind, list[Found]] = defaultdict(list)
        for one in said:
            text = one.text[:MAX_DRAFT_CHARS]
            about = "\n".join(one.before[-LAST_SAID:])
            asked = Asked(text, tongue, None, channel, about, facts=one.before[-MAX_SAID:])
            for finding in self._desk.check(asked, viewer).findings:
                if finding.kind != "required":
                    number = one.turn_at(finding.start)
                    found[finding.kind].append(_shown(finding, text, number, tongue))
        # what has to be said may be said anywhere in the contact
        whole = "\n".join(one.text for one in said)[:MAX_DRAFT_CHARS]
        about = "\n".join(said[-1].before)
        asked = Asked(whole, tongue, None, channel, about)
        found["required"] = [
            _shown(finding, whole, None, tongue)
            for finding in self._desk.check(asked, viewer).findings
            if finding.kind == "required"
        ]
        return found


def _stretches(turns: Sequence[Turn]) -> Iterator[_Stretch]:
    before: list[str] = []
    going: list[Turn] = []
    for turn in turns:
        if not turn.text:
            continue
        if turn.speaker == "agent":
            going.append(turn)
            continue
        if going:
            yield _Stretch(tuple(going), tuple(before))
            going = []
        before.append(turn.text)
    if going:
        yield _Stretch(tuple(going), tuple(before))


def _proposed(
    items: Sequence[Item], found: Mapping[Kind, Sequence[Found]], *, spoken: bool
) -> Measured:
    answers: dict[str, str | None] = {}
    evidence: dict[str, Sequence[Found]] = {}
    for item in items:
        kind = item.measured
        if kind is None or (spoken and kind in SPOKEN and not item.not_applicable):
            continue
        if spoken and kind in SPOKEN:
            answers[item.id] = None
            continue
        there = found.get(kind, ())
        answers[item.id] = (item.worst if there else item.best).id
        evidence[item.id] = there[:MAX_EVIDENCE]
    return Measured(answers, evidence)


def _shown(finding: Finding, text: str, turn: int | None, tongue: Language) -> Found:
    source = finding.source
    return Found(
        turn,
        text[finding.start : finding.end].strip(),
        finding.reason(tongue),
        source.title if source else "",
        source.version if source else 0,
        source.quote if source else "",
    )
