"""The strings of the queue's page: the same in both languages, all used, none missing."""

from __future__ import annotations

from pathlib import Path

from assistant.shell.escalations.page import FRAME, queue_page
from assistant.shell.escalations.texts import SHARED
from assistant.shell.frame import Reader
from tests.unit.assistant.page_strings import STATIC, PageStrings, hostile

BUILT = {
    "speaker_": ["customer", "agent"],
    "connection_": ["connected", "lost", "signed_out_here"],
}
"""What stands after the place where a script puts a name together."""


STRINGS = PageStrings(
    FRAME,
    sorted((STATIC / "queue").glob("*.js")),
    Path("assistant/shell/escalations/page.py"),
    BUILT,
    SHARED,
)


def test_every_string_is_there_in_both_languages_and_used() -> None:
    STRINGS.check(30)
    STRINGS.shared_scripts_say("api.js", "dialog.js")


def test_a_name_is_only_ever_text_and_topics_are_for_those_who_keep_them() -> None:
    page = queue_page(hostile("/", "/queue"), keeps=True)
    assert "<img" not in page
    assert 'id="topics"' in page
    assert 'id="topics"' not in queue_page(
        Reader("en", "Eva", {"/queue"}, "Europe/Madrid"), keeps=False
    )
