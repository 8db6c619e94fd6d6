"""What may get into the audit trail, and what a head is written as."""

from __future__ import annotations

import os
import pwd
from typing import Any

import pytest

from knowledge.audit import head as audit_head
from knowledge.audit.event import ACTIONS, MAX_ID_CHARS, Event, local_actor
from knowledge.audit.rows import Head

SENTENCE = "Soy Marta Gil y quiero devolver el sofá"


def event(**changed: Any) -> Event:
    fields = {"actor": "ana", "action": "source.published", "object": "source:12"} | changed
    return Event(**fields)


@pytest.mark.parametrize(
    "changed",
    [
        {"actor": SENTENCE},
        {"object": f"contact:{SENTENCE}"},
        {"details": {"question": SENTENCE}},
        {"details": {"asked": ["c-81", SENTENCE]}},
        {"details": {SENTENCE: 1}},
        {"action": SENTENCE},
    ],
)
def test_a_customers_sentence_gets_in_nowhere_and_is_not_repeated(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        event(**changed)
    assert "Marta" not in str(error.value)


@pytest.mark.parametrize(
    "details",
    [
        {"id": "a" * (MAX_ID_CHARS + 1)},
        {"id": ""},
        {"id": "dos\u00a0palabras"},
        {"id": "a\u200bb"},
        {"id": "\x1b[2J"},
        {"id": "\ud800"},
        {"id": None},
        {"id": 0.5},
        {"id": {"nested": 1}},
        {"id": [["nested"]]},
        {"id": list(range(51))},
        {"id": 1 << 63},
        {"Upper": 1},
        {f"d{n}": n for n in range(21)},
    ],
)
def test_details_that_are_no_ids_numbers_or_short_lists_are_refused(details: Any) -> None:
    with pytest.raises(ValueError, match=r"details|names of details"):
        event(details=details)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"action": "source.burnt"}, "action must be one of"),
        ({"object": "12"}, "kind:id"),
        ({"object": ":12"}, "kind:id"),
        ({"object": "source:"}, "kind:id"),
        ({"actor": ""}, "actor must be an id"),
        ({"actor": 7}, "actor must be an id"),
    ],
)
def test_an_event_needs_who_a_known_action_and_what(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        event(**changed)


def test_ids_numbers_and_lists_of_them_are_taken_as_they_are() -> None:
    given: dict[str, Any] = {
        "version": 3,
        "urgent": True,
        "audiences": ["staff", "contrata-ñ"],
        "document": "a" * MAX_ID_CHARS,
    }
    made = event(details=given)
    given["audiences"].append(SENTENCE)
    given["later"] = SENTENCE
    assert dict(made.details) == {
        "version": 3,
        "urgent": True,
        "audiences": ("staff", "contrata-ñ"),
        "document": "a" * MAX_ID_CHARS,
    }


def test_actions_are_a_thing_and_what_was_done_to_it_each_once() -> None:
    assert len(set(ACTIONS)) == len(ACTIONS)
    assert all(action.replace("_", "").replace(".", "", 1).isalpha() for action in ACTIONS)


def test_a_command_is_entered_under_the_name_the_system_gives_not_a_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert local_actor() == f"cli:{pwd.getpwuid(os.getuid()).pw_name}"
    assert event(actor=local_actor())


def test_a_user_without_a_name_or_with_an_odd_one_is_an_actor_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody(_: int) -> pwd.struct_passwd:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert event(actor=local_actor()).actor == f"cli:{os.getuid()}"
    odd = pwd.struct_passwd(["ACME\\ana gil", "x", 1, 1, "", "/", "/bin/sh"])
    monkeypatch.setattr(pwd, "getpwuid", lambda _: odd)
    assert event(actor=local_actor()).actor == "cli:ACME\\ana_gil"


def test_a_head_is_read_as_it_was_written() -> None:
    head = Head(812, "0f" * 32)
    assert audit_head.parse(audit_head.line(head) + "\n") == head


@pytest.mark.parametrize("text", ["", "812", "812:0f", f"-1:{'0' * 64}", f"1:{'F' * 64}", "x" * 90])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="COUNT:HASH"):
        audit_head.parse(text)
