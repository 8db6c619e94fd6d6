"""The documentation says what there is: settings, commands, options and fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.models import ChangedSince, Composed
from assistant.shell.answer_json import answer_json, search_json
from assistant.shell.cli import app
from assistant.shell.contact.bodies import EventOut
from assistant.shell.contact.hub import MAX_OF_PERSON, MAX_OF_PROGRAM
from assistant.shell.contact.stream import ENDED, GONE, SIGNED_OUT, TRY_AGAIN
from assistant.shell.summary.sent import message_of
from assistant.summary.models import OUTCOMES, PARTS, Line, Source, Summary
from assistant.summary.wording import summary_json
from assistant.themes.measures import MEASURES, SMALLEST_GROUP
from assistant.themes.naming import PER_THEME
from assistant.themes.rising import FALSE_DISCOVERIES, MIN_RATIO, MIN_RECENT, RECENT_DAYS
from assistant.voice.phrasing import Phrased, Said
from eval.measures.catalogue import MEASURES as CATALOGUE
from eval.measures.whole.catalogue import WHOLE
from eval.measures.whole.wording import whole_formula
from eval.measures.wording import formula
from knowledge.cards import MAX_ANSWER_CHARS as MAX_CARD_CHARS
from knowledge.commitments.keys import shaped
from knowledge.commitments.models import STATES
from knowledge.contacts.contact_checks import MAX_SENT_TURNS, MAX_TEXT_CHARS, MAX_TURNS
from knowledge.contacts.models import Contact
from knowledge.contacts.summaries import Version
from knowledge.escalations.escalation_checks import (
    MAX_ANSWER_CHARS,
    MAX_QUESTION_CHARS,
    MAX_SOURCES,
)
from knowledge.escalations.escalations import LAST_TURNS
from knowledge.escalations.models import Escalation, Step
from knowledge.escalations.sending import told
from knowledge.models import LANGUAGES, Language
from knowledge.settings import Settings
from tests.unit.assistant.test_answer_json import ANSWER, FACT, FOUND, NOT_FOUND

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.es.md"]
COMMANDS = ["docs/commands.md", "docs/commands.es.md"]
FIVE_FILES = [
    "assistant/shell/pages/ask.py",
    "assistant/pipeline.py",
    "knowledge/search/retrieval.py",
    "assistant/sentences.py",
    "assistant/compose.py",
]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command by its full name, with the long names of its options."""

    def walk(command: Any, name: str) -> Iterator[tuple[str, list[str]]]:
        options = [o for p in command.params for o in p.opts if o.startswith("--")]
        if options or not hasattr(command, "commands"):
            yield name, [o for o in options if o != "--help"]
        for sub, inner in getattr(command, "commands", {}).items():
            yield from walk(inner, f"{name} {sub}")

    return walk(typer.main.get_command(app), "voz")


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_documented_with_its_default(readme: str) -> None:
    rows = dict(re.findall(r"^\| `(VOZ_\w+)` \|(.*?)\|", read(readme), re.M))
    assert set(rows) == {f"VOZ_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, bool):
            default = str(default).lower()
        elif isinstance(default, float):
            default = f"{default:g}"
        shown = rows[f"VOZ_{name.upper()}"].strip().strip("`")
        assert shown == ("" if default is None else str(default)), name


@pytest.mark.parametrize("listed", COMMANDS)
def test_every_command_and_option_is_documented(listed: str) -> None:
    text = read(listed)
    for name, options in commands():
        rows = re.findall(rf"^\| `{name}(?: [^a-z][^`]*)?` \|(.*)\|$", text, re.M)
        assert len(rows) == 1, name
        for option in options:
            assert re.search(rf"`{option}[ `]", rows[0]), f"{name} {option}"
        for option in re.findall(r"`(--[\w-]+)", rows[0]):
            assert option in options, f"{name} has no {option}"


def test_both_readmes_have_the_same_parts() -> None:
    def parts(name: str) -> list[str]:
        return re.findall(r"^(#+ |\| |- |\d\. |```|!\[)", read(name), re.M)

    assert parts("README.md") == parts("README.es.md")
    assert parts(COMMANDS[0]) == parts(COMMANDS[1])


@pytest.mark.parametrize("readme", READMES)
def test_a_question_is_followed_through_five_files_that_exist(readme: str) -> None:
    assert re.findall(r"^\d\. `([^`]+)`", read(readme), re.M) == FIVE_FILES


@pytest.mark.parametrize("text_file", [*READMES, "docs/answer-format.md", "CHANGELOG.md"])
def test_files_that_are_named_exist(text_file: str) -> None:
    text = read(text_file)
    named = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named += re.findall(r"`((?:assistant|docs|eval|examples|ingest|knowledge)/[\w./-]*)`", text)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def fields(value: object, path: str = "") -> set[str]:
    """Paths of everything in a JSON value; what is below ``timings_ms`` is named by stages."""
    if isinstance(value, list):
        return set().union(*(fields(item, f"{path}[]") for item in value))
    if not isinstance(value, dict) or path == "timings_ms":
        return set()
    paths = set()
    for key, item in value.items():
        inner = f"{path}.{key}" if path else key
        paths |= {inner} | fields(item, inner)
    return paths


def documented(heading: str) -> set[str]:
    section = read("docs/answer-format.md").split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.M))


def test_the_fields_of_an_answer_are_the_documented_ones() -> None:
    table = documented("Answer")
    citation = {"document", "title", "page", "row", "heading", "quote", "start", "end"}
    citation |= {"language", "version", "valid_from", "valid_to"}
    top = table - citation | {"language"}
    changed = replace(ANSWER, changed=(ChangedSince("a.pdf", "A", 1, 2),), case_facts=(FACT,))
    changed = replace(changed, composed=Composed("m", "compose.es/2", changed.statements))
    voiced = Phrased("phone", (Said(changed.statements[0], (), "said"),))
    real = fields(answer_json(changed, [voiced])) | fields(answer_json(NOT_FOUND))
    cited = "voice[].statements[].citations[]."
    assert {path.removeprefix(cited) for path in real if path.startswith(cited)} == citation
    real = {path for path in real if not path.startswith(cited)}
    composed = {path for path in real if path.startswith("composed.statements[]")}
    assert composed == {f"composed.{path}" for path in real if path.startswith("statements[]")}
    assert real - composed == top | {
        f"{place}[].{name}" for place in ("statements[].citations", "nearest") for name in citation
    }
    assert citation <= table


def test_the_fields_of_a_search_are_the_documented_ones() -> None:
    assert fields(search_json("¿plazo?", FOUND, None)) == documented("Search")


def test_the_examples_have_the_documented_fields() -> None:
    examples = re.findall(r"```json\n(.*?)```", read("docs/answer-format.md"), re.S)
    answer, search = map(json.loads, examples)
    assert fields(answer) == fields(answer_json(ANSWER)) - fields({"nearest": []}) | {"nearest"}
    assert fields(search) == documented("Search")
    cited = answer["statements"][0]["citations"][0]
    assert cited["end"] - cited["start"] == len(cited["quote"])


def test_the_limits_and_codes_of_contacts_are_the_documented_ones() -> None:
    """In both languages; numbers without their separators."""
    limits = {
        "turn-long": {MAX_TEXT_CHARS},
        "turns-sent": {MAX_SENT_TURNS},
        "contact-full": {MAX_TURNS},
        "too-many-connections": {MAX_OF_PERSON, MAX_OF_PROGRAM},
    }
    for name in ("docs/contacts.md", "docs/contacts.es.md"):
        rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| \d{3} `([\w-]+)` \|$", read(name), re.M)
        told = {code: set(re.findall(r"\d+", text.replace(",", ""))) for text, code in rows}
        assert told == {code: set(map(str, numbers)) for code, numbers in limits.items()}
        assert {str(code) for code in (ENDED, SIGNED_OUT, GONE, TRY_AGAIN)} <= set(
            re.findall(r"\b\d{4}\b", read(name))
        )


def test_the_example_of_an_event_has_the_fields_of_one() -> None:
    for name in ("docs/contacts.md", "docs/contacts.es.md"):
        (example,) = re.findall(r"```json\n(.*?)```", read(name), re.S)
        assert EventOut.model_validate_json(example).turn is not None


def test_the_pages_on_questions_to_the_company_are_alike_and_true() -> None:
    """The same parts; the limits, and the fields of what the contact's stream tells."""
    limits = {
        "text-long": {MAX_QUESTION_CHARS, MAX_ANSWER_CHARS, MAX_CARD_CHARS},
        "escalation-sources": {MAX_SOURCES},
    }
    asked = Escalation(
        *(1, "k", 1, "t", None, None, 0, "ana", "staff", "es", "q", "", (), "answered"),
        *(None, "a", "eva", "expert", "x", "x", "x", None),
        steps=(Step(1, "asked", "ana", None, "x"),),
    )
    parts = []
    for name in ("docs/escalations.md", "docs/escalations.es.md"):
        text = read(name)
        parts.append(re.findall(r"^(#+ |\| |- |```)", text, re.M))
        (example,) = re.findall(r"```json\n(.*?)```", text, re.S)
        assert fields(json.loads(example)) == fields(dict(told(asked)))
        for code, numbers in limits.items():
            rows = re.findall(rf"^\| [^|]+ \| ([^|]+) \| 422 `{code}`", text, re.M)
            said = set(re.findall(r"\d+", " ".join(rows).replace(",", "")))
            assert said == set(map(str, numbers))
        assert f"{LAST_TURNS} " in text
    assert parts[0] == parts[1]


@pytest.mark.parametrize("name", ["contacts", "summaries", "quality", "reviews"])
def test_the_two_pages_have_the_same_parts(name: str) -> None:
    def parts(name: str) -> list[str]:
        return re.findall(r"^(#+ |\| |- |```)", read(name), re.M)

    assert parts(f"docs/{name}.md") == parts(f"docs/{name}.es.md")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_measures_that_are_documented_are_those_of_the_catalogue(language: Language) -> None:
    text = read("docs/quality.es.md" if language == "es" else "docs/quality.md")
    documented = re.findall(r"^\| `([^`]+)` \| (.+) \| [↑↓0] \|$", text, re.M)
    of_answers = [(one.name, formula(one, language)) for one in CATALOGUE]
    assert documented == of_answers + [(one.name, whole_formula(one, language)) for one in WHOLE]


@pytest.mark.parametrize("name", ["docs/summaries.md", "docs/summaries.es.md"])
def test_the_message_that_is_documented_is_the_one_that_is_sent(name: str) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", read(name), re.S)
    said = Line("said", "Es gratis.", "turn", 8, Source("a.md", "A", 4, "Es gratis."))
    summary = summary_json(Summary("es", "not_resolved", (said,)))
    contact = Contact(1, "k", "call", "r", "p", "ana", "levante", "open", "", "", None, None, 8, 9)
    version = Version(1, "proposed", "ana", "", summary)
    sent = json.loads(message_of(contact, version, datetime.now(UTC)))
    assert fields(json.loads(example)) == fields(sent)
    assert set(re.findall(r"^\| `(\w+)` \|", read(name), re.M)) == {"part", *PARTS}
    assert {f"`{one}`" for one in OUTCOMES} <= set(re.findall(r"`\w+`", read(name)))


def test_the_pages_on_listening_have_the_same_parts_and_the_numbers_of_the_code() -> None:
    def parts(name: str) -> list[str]:
        return re.findall(r"^(#+ |\| |- |\d\. |```)", read(name), re.M)

    pages = ("docs/listening.md", "docs/listening.es.md")
    assert parts(pages[0]) == parts(pages[1])
    for name in pages:
        text = read(name).replace("1,5", "1.5")
        measured = re.findall(r"^\| `(\w+)` \|", text, re.M)
        assert measured[: len(MEASURES)] == list(MEASURES)
        for said in (
            f"{MIN_RATIO} ",
            f" {MIN_RECENT} ",
            f" {RECENT_DAYS} ",
            f"{FALSE_DISCOVERIES:.0%}".replace("%", " %"),
            f" {SMALLEST_GROUP} ",
            f" {PER_THEME} ",
        ):
            assert said in text, said


def test_the_two_pages_on_promises_have_the_same_parts_and_all_states() -> None:
    pages = [read(name) for name in ("docs/commitments.md", "docs/commitments.es.md")]
    first, second = (re.findall(r"^(#+ |\| |- |```)", page, re.M) for page in pages)
    assert first == second
    for page in pages:
        assert re.findall(r"^\| `(\w+)` \|", page, re.M) == list(STATES)
        assert re.findall(r"VP-\w{4}-\w{3}", page) == [shaped("7K3M2Q")]
