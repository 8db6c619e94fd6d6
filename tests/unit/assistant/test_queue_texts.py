"""The strings of the queue's page: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.shell.escalations.page import queue_page
from assistant.shell.escalations.texts import CATALOGUE, SHARED
from assistant.shell.frame import Reader

STATIC = Path("assistant/shell/static")
OWN = sorted((STATIC / "queue").glob("*.js"))
SCRIPT = "".join(path.read_text("utf-8") for path in OWN)
PAGE = Path("assistant/shell/escalations/page.py").read_text("utf-8")
BUILT = {
    "speaker_": ["customer", "agent"],
    "connection_": ["connected", "lost", "signed_out_here"],
}
"""What stands after the place where a script puts a name together."""


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
    asked |= set(re.findall(r'say\([^)"]*\? "(\w+)" : "\w+"', SCRIPT))
    assert len(asked) > 30
    assert asked - CATALOGUE["es"].keys() == set()


def test_every_string_is_used() -> None:
    quoted = set(re.findall(r'"(\w+)"', SCRIPT + PAGE)) | set(SHARED)
    assert CATALOGUE["es"].keys() - quoted - built() == set()


def test_what_shared_scripts_say_is_there() -> None:
    shared = (STATIC / "shared" / name for name in ("api.js", "dialog.js"))
    asked = {key for path in shared for key in re.findall(r'say\("(\w+)"', path.read_text("utf-8"))}
    assert asked <= set(SHARED)


def test_scripts_make_no_markup_of_text() -> None:
    for path in OWN:
        script = path.read_text("utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in script, f"{path.name}: {way}"


def test_a_name_is_only_ever_text_and_topics_are_for_those_who_keep_them() -> None:
    page = queue_page(Reader("es", '"><img src=x onerror=alert(1)>', {"/", "/queue"}), keeps=True)
    assert "<img" not in page
    assert 'id="topics"' in page
    assert 'id="topics"' not in queue_page(Reader("en", "Eva", {"/queue"}), keeps=False)
