"""The strings of the page of a contact: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from assistant.customers.models import ADDRESS_FORMS, ORDER_STATES
from assistant.models import Verdict
from assistant.shell.contact.page import contact_page
from assistant.shell.contact.page_texts import CATALOGUE, SHARED
from assistant.shell.frame import Reader
from assistant.shell.manage.texts import CATALOGUE as MANAGE
from assistant.summary.models import Mark
from knowledge.commitments.models import KINDS, STATES, WHATS
from knowledge.contacts.models import CHANNELS
from knowledge.work.feedback import Kind

STATIC = Path("assistant/shell/static")
OWN = sorted((STATIC / "contact").glob("*.js"))
SCRIPT = "".join(path.read_text("utf-8") for path in OWN)
PAGE = Path("assistant/shell/contact/page.py").read_text("utf-8")
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


def built() -> set[str]:
    starts = re.findall(r"say\(`(\w+_)\$\{", SCRIPT)
    return {f"{start}{name}" for start in starts for name in BUILT[start]}


@pytest.mark.parametrize("key", sorted(CATALOGUE["es"].keys() | CATALOGUE["en"].keys()))
def test_both_languages_have_the_string_and_fill_in_the_same_values(key: str) -> None:
    spanish, english = (re.findall(r"\{(\w+)\}", CATALOGUE[one][key]) for one in ("es", "en"))
    assert sorted(spanish) == sorted(english)
    assert CATALOGUE["es"][key].strip()
    assert CATALOGUE["en"][key].strip()


def test_the_scripts_ask_for_no_other_strings() -> None:
    asked = set(re.findall(r'say\(\s*"(\w+)"', SCRIPT)) | built()
    assert len(asked) > 40
    assert asked - CATALOGUE["es"].keys() == set()


def test_every_string_is_used() -> None:
    quoted = set(re.findall(r'"(\w+)"', SCRIPT + PAGE)) | set(SHARED)
    assert CATALOGUE["es"].keys() - quoted - built() == set()


def test_what_both_pages_say_is_said_alike() -> None:
    shared = (STATIC / "shared" / name for name in ("api.js", "dialog.js"))
    asked = {key for path in shared for key in re.findall(r'say\("(\w+)"', path.read_text("utf-8"))}
    assert asked <= set(SHARED)
    assert all(CATALOGUE["en"][key] == MANAGE["en"][key] for key in SHARED)


def test_scripts_make_no_markup_of_text() -> None:
    for path in OWN:
        script = path.read_text("utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in script, f"{path.name}: {way}"


def test_a_name_is_only_ever_text() -> None:
    page = contact_page(Reader("es", '"><img src=x onerror=alert(1)>', {"/contact", "/manage"}))
    assert "<img" not in page
    assert re.findall(r'class="page-link" href="([^"]+)"', page) == ["/manage"]
    assert 'class="page-link"' not in contact_page(Reader("en", "Ana", {"/contact"}))
