"""The voice guides in force for a viewer, and what they say together.

A guide is a document of the register like any other, so versions, days and audiences are its own.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from assistant.voice.models import AddressRule, StyleRule, VoiceGuide
from assistant.voice.reading import is_voice_guide, read_guide
from assistant.voice.topics import is_guide
from knowledge.audience import AudienceTree, labels_of
from knowledge.errors import SettingsError
from knowledge.models import Document, Language, Viewer
from knowledge.search.rows import DocumentInfo
from knowledge.text import words

KEPT = 200
"""Versions whose rules, and viewers whose guides, are remembered."""
_NAME_WORDS = frozenset("voz voice tono tone".split())

_T = TypeVar("_T")
_K = TypeVar("_K")


class GuideRegister(Protocol):
    """What guides are read from."""

    def documents(self, viewer: Viewer) -> list[DocumentInfo]:
        """The sources the viewer may see, each as the version in force."""
        ...

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> Document | None:
        """A source as text; `None` when there is none that the viewer may see."""
        ...

    def audiences(self) -> AudienceTree:
        """All audiences."""
        ...


def guides_in_force(register: GuideRegister, viewer: Viewer) -> tuple[VoiceGuide, ...]:
    """The guides that hold for a viewer on the day they ask about, one for each language.

    Guides of one language are joined: one of a narrower audience adds to the wider ones', and
    overrides their form of address, greetings, closings and style.

    Args:
        register: where they are.
        viewer: who asks, about which day.
    """
    found = [
        document
        for info in register.documents(viewer)
        if may_be_guide(info.title, info.name)
        and (document := register.document(info.name, viewer)) is not None
        and is_voice_guide(document)
    ]
    tree = register.audiences()
    found.sort(key=lambda document: (_depth(document.audience, tree), document.name))
    guides = [read_guide(document) for document in found]
    return tuple(
        joined([guide for guide in guides if guide.language == language])
        for language in dict.fromkeys(guide.language for guide in guides)
    )


class Guides:
    """`guides_in_force`, remembered for as long as nothing changes; threads may share it.

    Args:
        register: where they are.
        state: a value that changes whenever the register or the day does.
    """

    def __init__(self, register: GuideRegister, state: Callable[[], object]) -> None:
        self._register = register
        self._state = state
        self._kept: OrderedDict[object, tuple[VoiceGuide, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, viewer: Viewer) -> tuple[VoiceGuide, ...]:
        """The guides that hold for a viewer, one for each language."""
        key = (self._state(), viewer.audiences, viewer.on, viewer.told)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = guides_in_force(self._register, viewer)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def in_language(self, viewer: Viewer, language: Language) -> VoiceGuide | None:
        """The guide for what is said in a language."""
        return next((guide for guide in self.of(viewer) if guide.language == language), None)


def joined(guides: Sequence[VoiceGuide]) -> VoiceGuide:
    """Several guides of a language as one.

    Args:
        guides: at least one, the widest audience first.
    """
    narrowest = guides[-1]
    if len(guides) == 1:
        return narrowest
    reversed_guides = guides[::-1]
    return replace(
        narrowest,
        documents=_all(guide.documents for guide in guides),
        addresses=_addresses(guides),
        greetings=_last_of_each((g.greetings for g in guides), lambda p: p.channel),
        closings=_last_of_each((g.closings for g in guides), lambda p: p.channel),
        day_parts=next((g.day_parts for g in reversed_guides if g.day_parts), ()),
        words=_all(guide.words for guide in reversed_guides),
        forbidden=_all(guide.forbidden for guide in guides),
        third_parties=_all(guide.third_parties for guide in guides),
        required=_last_of_each((g.required for g in guides), lambda r: r.situation.casefold()),
        style=_last_of_each((g.style for g in guides), _where),
        regional=_all(guide.regional for guide in guides),
        unread=_all(guide.unread for guide in guides),
    )


def _where(rule: StyleRule) -> object:
    return rule.kind, rule.channels


def _addresses(guides: Sequence[VoiceGuide]) -> tuple[AddressRule, ...]:
    """A narrower guide's form for everywhere takes the place of a wider one's for a channel."""
    kept: tuple[AddressRule, ...] = ()
    for guide in guides:
        if any(not rule.channels for rule in guide.addresses):
            kept = guide.addresses
        else:
            kept = _last_of_each((kept, guide.addresses), lambda rule: rule.channels)
    return kept


def _last_of_each(groups: Iterable[tuple[_T, ...]], key: Callable[[_T], _K]) -> tuple[_T, ...]:
    return tuple({key(one): one for group in groups for one in group}.values())


def _all(groups: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))


def may_be_guide(title: str, name: str) -> bool:
    """Whether a source is worth reading: managers may have given it a title of their own."""
    return is_guide(title) or not _NAME_WORDS.isdisjoint(words(f"{title} {name}"))


def _depth(audience: str, tree: AudienceTree) -> int:
    """How far below the root the widest label of an audience is; the narrowest for none."""
    depths: list[int] = []
    for label in labels_of(audience):
        try:
            depths.append(len(tree.above(label)))
        except SettingsError:
            continue
    return min(depths, default=len(tree.audiences) + 1)
