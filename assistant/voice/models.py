"""A voice guide as rules: how customers are spoken to, each rule with the words it was read from.

`reading` makes one of a document; `in_force` finds those of a viewer and joins them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from assistant.models import Citation
from knowledge.models import Language

Channel = Literal["phone", "chat", "whatsapp", "email", "social"]
CHANNELS: tuple[Channel, ...] = ("phone", "chat", "whatsapp", "email", "social")
WRITTEN: frozenset[Channel] = frozenset(("chat", "whatsapp", "email", "social"))
"""Channels on which the customer reads what is said."""

Address = Literal["usted", "tu", "vos"]
"""How customers are addressed in Spanish."""

StyleKind = Literal[
    "longest_sentence", "emoji", "emoji_in_complaints", "capitals", "amounts", "dates", "hours"
]
"""``longest_sentence``: most words of a sentence. ``emoji``: most of them in a message.
``emoji_in_complaints``, ``capitals`` (words in capitals alone): 0 where they are not wanted.
``amounts``, ``dates``, ``hours``: how they are written, told by an example."""

WhyUnread = Literal[
    "for_people",
    "not_understood",
    "two_addresses",
    "twice",
    "unknown_channel",
    "unknown_columns",
    "empty_cell",
]
"""``for_people``: in a section that holds no rules for machines. ``not_understood``: in one that
does, and no rule could be read. ``two_addresses``: the guide has two forms of address for the same
channel. ``twice``: a channel has its greeting or closing already. ``unknown_channel``,
``unknown_columns``, ``empty_cell``: of tables."""


@dataclass(frozen=True)
class Rule:
    """What all rules have.

    Attributes:
        source: the words of the guide that the rule was read from.
    """

    source: Citation


@dataclass(frozen=True)
class AddressRule(Rule):
    """How customers are addressed.

    Attributes:
        form: of address.
        channels: where; empty for everywhere.
    """

    form: Address
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Phrase(Rule):
    """A greeting or closing of a channel.

    Attributes:
        channel: where it is used.
        text: as it is said; what is to be put in stands in square brackets.
    """

    channel: Channel
    text: str


@dataclass(frozen=True)
class Greeting(Phrase):
    """What a contact begins with."""


@dataclass(frozen=True)
class Closing(Phrase):
    """What a contact ends with."""


@dataclass(frozen=True)
class DayPart(Rule):
    """How customers are greeted at an hour.

    Attributes:
        words: such as "buenas tardes".
        starts: minute of the day from which on, 0 to 1439.
        ends: minute before which, 1 to 1440.
    """

    words: str
    starts: int
    ends: int


@dataclass(frozen=True)
class WordRule(Rule):
    """Words to say, and words to avoid; either side may be empty.

    Attributes:
        say: what is said; each fits in the place of any of `avoid`, as far as wording can tell.
        avoid: what is not. Figures in them stand for any: "solo son 29,90 €".
    """

    say: tuple[str, ...]
    avoid: tuple[str, ...]


@dataclass(frozen=True)
class Forbidden(Rule):
    """A promise or wording that nobody may use.

    Attributes:
        wordings: the forbidden words; empty where the guide only describes them.
        described: the rule in words, without quotation marks.
        about: what it is limited to ("seguro", "al hablar de financiación"); empty for nothing.
        unless: what has to be said with it for it to be allowed ("TIN", "TAE").
    """

    wordings: tuple[str, ...]
    described: str
    about: str = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThirdParties(Rule):
    """Customers are not sent to others.

    Attributes:
        parties: to whom not, as the guide names them ("fabricante", "banco").
        wordings: forbidden words.
        instead: what to say; `None` where the guide says nothing.
    """

    parties: tuple[str, ...]
    wordings: tuple[str, ...]
    instead: str | None = None


@dataclass(frozen=True)
class Required(Rule):
    """What has to be said in a situation.

    Attributes:
        situation: its name in the guide ("Grabación").
        statement: what is to be said.
        verbatim: whether in these very words, or only that much.
        when: at which moment, or who; empty where the guide says nothing.
    """

    situation: str
    statement: str
    verbatim: bool
    when: str = ""


@dataclass(frozen=True)
class StyleRule(Rule):
    """How texts are written.

    Attributes:
        kind: of what.
        channels: where; empty for everywhere it can be.
        limit: number for the kinds that have one, else `None`.
        example: how it is written ("29,90 €"), for the kinds that are told by an example.
    """

    kind: StyleKind
    channels: tuple[Channel, ...] = ()
    limit: int | None = None
    example: str = ""


@dataclass(frozen=True)
class Regional(Rule):
    """Words of one region and another.

    Attributes:
        say: what the company says.
        understood: what customers say, and nobody corrects.
    """

    say: tuple[str, ...]
    understood: tuple[str, ...]


@dataclass(frozen=True)
class Unread:
    """Words of the guide that gave no rule.

    Attributes:
        source: the words.
        why: what is the matter with them.
        detail: what in them, such as the name of a channel that is none; may be empty.
    """

    source: Citation
    why: WhyUnread
    detail: str = ""


AnyRule: TypeAlias = (
    AddressRule
    | Greeting
    | Closing
    | DayPart
    | WordRule
    | Forbidden
    | ThirdParties
    | Required
    | StyleRule
    | Regional
)


@dataclass(frozen=True)
class VoiceGuide:
    """The rules of a guide, or of several that were joined, in the order of the guide.

    Attributes:
        documents: names of the guides with their versions, the widest audience first.
        title: of the narrowest.
        language: of what its words are for.
        addresses: forms of address; at most one for a channel.
        greetings: at most one for a channel.
        closings: at most one for a channel.
        day_parts: greetings by the hour.
        words: to say and to avoid.
        forbidden: promises and wordings.
        third_parties: whom customers are not sent to.
        required: what has to be said.
        style: how it is written.
        regional: words by region.
        unread: what gave no rule.
    """

    documents: tuple[tuple[str, int], ...]
    title: str
    language: Language
    addresses: tuple[AddressRule, ...] = ()
    greetings: tuple[Greeting, ...] = ()
    closings: tuple[Closing, ...] = ()
    day_parts: tuple[DayPart, ...] = ()
    words: tuple[WordRule, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    third_parties: tuple[ThirdParties, ...] = ()
    required: tuple[Required, ...] = ()
    style: tuple[StyleRule, ...] = ()
    regional: tuple[Regional, ...] = ()
    unread: tuple[Unread, ...] = field(default=())

    @property
    def address(self) -> Address | None:
        """The form of address that holds where no channel has its own."""
        return self.address_on(None)

    def address_on(self, channel: Channel | None) -> Address | None:
        """The form of address on a channel; `None` where the guide has none."""
        rule = self.address_rule(channel)
        return rule.form if rule else None

    def address_rule(self, channel: Channel | None) -> AddressRule | None:
        """The rule of address that holds on a channel."""
        own = (rule for rule in self.addresses if channel in rule.channels)
        general = (rule for rule in self.addresses if not rule.channels)
        return next(own, None) or next(general, None)

    def greeting(self, channel: Channel) -> Greeting | None:
        """What a contact begins with."""
        return next((one for one in self.greetings if one.channel == channel), None)

    def closing(self, channel: Channel) -> Closing | None:
        """What a contact ends with."""
        return next((one for one in self.closings if one.channel == channel), None)

    def style_on(self, channel: Channel) -> tuple[StyleRule, ...]:
        """The rules of style that hold on a channel; its own before those of everywhere."""
        own = [rule for rule in self.style if channel in rule.channels]
        kinds = {rule.kind for rule in own}
        general = (r for r in self.style if not r.channels and r.kind not in kinds)
        return (*own, *general)

    @property
    def rules(self) -> tuple[AnyRule, ...]:
        """All rules, kind by kind."""
        return (
            *self.addresses,
            *self.greetings,
            *self.closings,
            *self.day_parts,
            *self.words,
            *self.forbidden,
            *self.third_parties,
            *self.required,
            *self.style,
            *self.regional,
        )
