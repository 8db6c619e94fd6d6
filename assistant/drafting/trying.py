"""What a voice guide has against a text, each with its rule: for trying a guide out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.drafting.address import address
from assistant.drafting.forbidden import forbidden
from assistant.drafting.models import Finding, Setting
from assistant.drafting.style import style
from assistant.models import Citation
from assistant.voice.models import AnyRule, Channel, ThirdParties, VoiceGuide, WordRule


@dataclass(frozen=True)
class Noticed:
    """A stretch of a text that a rule speaks of.

    Attributes:
        start: offset of its first character.
        end: offset after it.
        rule: of the guide.
        instead: what the guide says in its place; empty where it says nothing.
    """

    start: int
    end: int
    rule: AnyRule
    instead: tuple[str, ...] = ()


def noticed(text: str, guide: VoiceGuide, channel: Channel) -> list[Noticed]:
    """What the check of drafts finds by a guide's rules alone, in order.

    Args:
        text: in the language of the guide.
        guide: whose rules.
        channel: on which it is sent.
    """
    setting = Setting(guide.language, guide.language, channel, guides=(guide,))
    rules = {rule.source: rule for rule in guide.rules}
    found = [*address(text, setting), *forbidden(text, setting), *style(text, setting)]
    return [
        Noticed(one.start, one.end, rule, _instead(rule))
        for one in sorted(found, key=lambda one: (one.start, one.end))
        if (rule := _rule_of(one, rules)) is not None
    ]


def _rule_of(one: Finding, rules: Mapping[Citation, AnyRule]) -> AnyRule | None:
    return rules.get(one.source) if one.source is not None else None


def _instead(rule: AnyRule) -> tuple[str, ...]:
    if isinstance(rule, WordRule):
        return rule.say
    if isinstance(rule, ThirdParties) and rule.instead:
        return (rule.instead,)
    return ()
