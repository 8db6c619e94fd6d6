"""What the check of a draft takes and gives, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from assistant.drafting.reasons import Cause, reason_text
from assistant.models import Citation
from assistant.voice.models import Channel, VoiceGuide
from knowledge.models import Language
from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY

Kind = Literal[
    "spelling",
    "address",
    "forbidden",
    "promise",
    "fact",
    "internal",
    "personal",
    "style",
    "required",
]
"""``spelling``: and basic grammar. ``address``: another form than the voice guide's. ``forbidden``:
words to avoid, forbidden promises, sending the customer to a third party. ``promise``: a commitment
with no rule behind it. ``fact``: other than the sources in force, or a figure that none has.
``internal``: not for customers. ``personal``: data of others. ``style``: how it is written.
``required``: what has to be said is missing."""
KINDS: tuple[Kind, ...] = get_args(Kind)

NOWHERE = (0, 0)
"""The place of what is missing."""


@dataclass(frozen=True)
class Setting:
    """What a draft is checked beside.

    Attributes:
        language: of the draft.
        tongue: of the reasons: that of the interface.
        channel: on which it goes out; `None` where that is not known.
        about: what the customer wrote or asked; may be empty.
        known: of the customer: may be said to them.
        facts: what is known of their case, in words ("entregado el 16 de noviembre").
        guides: voice guides in force for whoever writes, of either language.
    """

    language: Language
    tongue: Language
    channel: Channel | None = None
    about: str = ""
    known: Known = NOBODY
    facts: tuple[str, ...] = ()
    guides: tuple[VoiceGuide, ...] = ()

    @property
    def guide(self) -> VoiceGuide | None:
        """The guide of the draft's language; `None` where there is none."""
        return next((one for one in self.guides if one.language == self.language), None)


@dataclass(frozen=True)
class Finding:
    """Something to look at before a draft goes out.

    Attributes:
        kind: of what.
        start: offset in the draft; for what is missing, where it may be put.
        end: offset after it; equal to `start` for what is missing.
        cause: why, for machines.
        values: what the reason names.
        mend: text to put in place of ``draft[start:end]``; `None` where nobody can tell.
        source: the rule or sentence that it rests on; `None` where it rests on none.
    """

    kind: Kind
    start: int
    end: int
    cause: Cause
    values: Mapping[str, str] = field(default_factory=dict)
    mend: str | None = None
    source: Citation | None = None

    def reason(self, tongue: Language) -> str:
        """Why, in one line for people."""
        return reason_text(self.cause, self.values, tongue)


@dataclass(frozen=True)
class DraftCheck:
    """What was found in a draft.

    Attributes:
        language: of the draft.
        findings: in the order of the draft, what is missing last.
        timings_ms: milliseconds of each part, and in ``total``; ``clauses`` is what the others
            waited for the model.
    """

    language: Language
    findings: tuple[Finding, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict, compare=False)
