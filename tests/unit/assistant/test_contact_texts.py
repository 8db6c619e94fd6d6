"""The strings of the page of a contact: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from assistant.customers.models import ADDRESS_FORMS, ORDER_STATES
from assistant.models import Verdict
from assistant.shell.contact.page import FRAME, contact_page
from assistant.shell.contact.page_texts import CATALOGUE, SHARED
from assistant.shell.frame import Reader
from assistant.shell.manage.texts import CATALOGUE as MANAGE
from assistant.summary.models import Mark
from knowledge.commitments.models import KINDS, STATES, WHATS
from knowledge.contacts.models import CHANNELS
from knowledge.work.feedback import Kind
from tests.unit.assistant.page_strings import STATIC, PageStrings, hostile

BUILT = {
    "channel_": CHANNELS,
    "speaker_": ["customer", "agent"],
    "write_": ["customer", "agent"],
    "panel_": ["steps", "commitments", "escalation", "summary"],
    "escalation_speaker_": ["customer", "agent"],
    "escalation_role_": ["expert", "approver", "manager", "null"],
    "commitments_kind_": KINDS,
    "commitments_what_": WHATS,
    "commitments_state_": [state for state in STATES if state != "discarded"],
    "summary_mark_": get_args(Mark),
    "vote_": get_args(Kind),
    "verdict_": get_args(Verdict),
    "voice_": ["say", "write", "literal"],
    "language_": ["es", "en"],
    "form_": ADDRESS_FORMS,
    "order_": ORDER_STATES,
    "connection_": ["connecting", "connected", "lost", "ended", "signed_out_here", "gone"],
}
"""What stands before and after the place where a script puts a name together."""


STRINGS = PageStrings(
    FRAME,
    sorted((STATIC / "contact").glob("*.js")),
    Path("assistant/shell/contact/page.py"),
    BUILT,
    SHARED,
)


def test_every_string_is_there_in_both_languages_and_used() -> None:
    STRINGS.check(40)


def test_what_both_pages_say_is_said_alike() -> None:
    STRINGS.shared_scripts_say("api.js", "dialog.js")
    assert all(CATALOGUE["en"][key] == MANAGE["en"][key] for key in SHARED)


def test_a_name_is_only_ever_text() -> None:
    page = contact_page(hostile("/contact", "/manage"))
    assert "<img" not in page
    assert re.findall(r'class="page-link" href="([^"]+)"', page) == ["/manage"]
    assert 'class="page-link"' not in contact_page(
        Reader("en", "Ana", {"/contact"}, "Europe/Madrid")
    )
