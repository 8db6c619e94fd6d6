"""What is known of a conversation when something that is said in it is checked."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.voice.models import Channel
from knowledge.contacts.models import Channel as ContactChannel

LAST_SAID = 2
"""Turns of the customer in a contact that a draft is taken to answer."""
MAX_SAID = 100
CHANNELS: Mapping[ContactChannel, Channel] = {
    "call": "phone",
    "chat": "chat",
    "mail": "email",
    "social": "social",
}
"""What a contact's channel is called in voice guides."""
