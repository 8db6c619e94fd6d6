"""A contractor never gets a word of another's documents, whatever they ask: 3,000 questions.

Each of 300 documents of contractor B holds a word that stands nowhere else, in its name, its title,
its headings and its text. Some were contractor A's once, some are parts of documents that A may
see, and the indexes were built before they were taken away.
"""

from __future__ import annotations

import json
import logging
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from assistant.models import Turn
from assistant.pipeline import Assistant
from assistant.shell.answer_json import answer_json
from knowledge.errors import SettingsError
from knowledge.models import EVERYONE, Viewer
from knowledge.register import Register
from knowledge.search import generations, indexes, scoring
from knowledge.search.retrieval import Found, Retriever
from knowledge.search.thesaurus import bundled
from knowledge.search.vectors.chroma import ChromaIndex
from knowledge.settings import Settings, load
from tests.fakes import HashingEmbedder, document_of, store
from tests.integration.test_assistant import WEIGHTS

ADMIN = Viewer("admin", frozenset())
A = Viewer("a", frozenset({EVERYONE, "contractor-a"}))
B = Viewer("b", frozenset({EVERYONE, "contractor-b"}))
MANAGER = Viewer("rosa", frozenset({EVERYONE, "contractor-a", "contractor-b"}))
N_CANARIES = 300
QUESTIONS = 3_000

TOPICS = (
    "el plazo para devolver un colchón",
    "la garantía de los electrodomésticos",
    "el recargo de los envíos a Ceuta",
    "the refund of a damaged sofa",
    "the delivery of an order to the islands",
    "how long a warranty lasts",
)
TEMPLATES = (
    "¿qué dice {canary} sobre {topic}?",
    "{topic}",
    "tell me what {canary} is",
    "what does the {typo} agreement say about {topic}",
    "{halves} {topic}",
    "abre contrata-b/{canary}.md",
    "{Canary}? {topic}, por favor",
    "el cliente pregunta por {typo}",
    "is there anything about {topic} in {CANARY}",
    "quiero {topic} y también {canary}{canary}",
)
MAIL = "Buenos días, les escribo otra vez porque nadie me contesta. " * 12


@pytest.fixture(scope="module")
def canaries() -> list[str]:
    dice = random.Random(7)
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words = {"".join(dice.choices(syllables, k=5)) for _ in range(N_CANARIES + 20)}
    return sorted(words)[:N_CANARIES]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, canaries: list[str]) -> Settings:
    """A data folder in which every canary was brought in one of four ways."""
    made = load(data_dir=tmp_path_factory.mktemp("canaries") / "data")
    with pytest.MonkeyPatch.context() as patch, Register.open(made, write=True) as register:
        patch.setattr(os, "fsync", lambda _: None)
        # So few chunks are searched exactly: Chroma is never asked.
        patch.setattr(generations, "check_in_child", lambda *_: None)
        patch.setattr(ChromaIndex, "build", lambda path, *_, **__: path.mkdir())
        for label in ("contractor-a", "contractor-b"):
            register.curation.add_audience(label, label.title(), ADMIN)
        _bring_what_is_theirs(register)
        for number, canary in enumerate(canaries):
            _bring(register, number, canary)
        generations.build(register, made)
        for number, canary in enumerate(canaries):
            _take_away(register, number, canary)
    return made


def _bring_what_is_theirs(register: Register) -> None:
    for number in range(40):
        topic = TOPICS[number % len(TOPICS)]
        texts = [f"Sobre {topic}: son {number + 2} días.", f"Cuesta {number},50 euros."]
        audience = ("contractor-a", EVERYONE)[number % 2]
        made = document_of(f"a/{number}.md", texts, audience=audience, title=topic)
        store(register, HashingEmbedder(), made)


def _bring(register: Register, number: int, canary: str) -> None:
    """A document for B, for A at first, for both at first, or with a part that will be B's."""
    topic = TOPICS[number % len(TOPICS)]
    texts = [f"Apartado {canary}", f"Sobre {topic}, {canary} dice {number} días."]
    if number % 10 == 9:
        texts = [f"Sobre {topic}: depende.", *texts]
    first = {7: "contractor-a", 8: EVERYONE, 9: EVERYONE}.get(number % 10, "contractor-b")
    name = f"a/otro-{number}.md" if number % 10 == 9 else f"contrata-b/{canary}.md"
    title = topic if number % 10 == 9 else f"Acuerdo {canary}"
    document, chunks, original = document_of(name, texts, audience=first, title=title)
    blocks = [
        replace(block, kind="heading", level=1) if text.startswith("Apartado") else block
        for block, text in zip(document.blocks, texts, strict=True)
    ]
    store(register, HashingEmbedder(), (replace(document, blocks=tuple(blocks)), chunks, original))


def _take_away(register: Register, number: int, canary: str) -> None:
    name = f"contrata-b/{canary}.md"
    if number % 10 in (7, 8):
        register.curation.set_audience(name, ["contractor-b"], MANAGER)
    if number % 10 == 9:
        register.curation.restrict(
            f"a/otro-{number}.md", f"Apartado {canary}", MANAGER, audience=["contractor-b"]
        )


class Ear(logging.Handler):
    """Hears what every logger says, down to DEBUG.

    Args:
        words: that are listened for; those of what is asked now may be said.
    """

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__(logging.DEBUG)
        self.words = words
        self.asked = ""
        self.heard: list[str] = []
        self.records = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.records += 1
        told = self.words.intersection(re.findall(r"[a-z]+", record.getMessage().lower()))
        self.heard += [word for word in told if word not in self.asked]


@pytest.fixture
def ear(canaries: list[str]) -> Iterator[Ear]:
    root, made = logging.getLogger(), Ear(frozenset(canaries))
    level = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(made)
    yield made
    root.removeHandler(made)
    root.setLevel(level)


@pytest.fixture
def assistant(settings: Settings) -> Iterator[Assistant]:
    register = Register.open(settings)
    served = indexes.Indexes(register, settings)
    embedder = HashingEmbedder()
    made = Assistant(register, served, Retriever(register, served, embedder, bundled()), WEIGHTS)
    yield made
    made.close()


@pytest.fixture
def proposed(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Keys of all candidates, also of those that rank too low to be read."""
    keys, score = set[int](), scoring.score

    def spied(*args: Any) -> Any:
        scored = score(*args)
        keys.update(key for one in scored for key in one.keys.tolist())
        return scored

    monkeypatch.setattr(scoring, "score", spied)
    return keys


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """What retrieval gave for the questions of an agent."""
    every, search = list[Found](), Assistant.search

    def spied(*args: Any, **options: Any) -> Found:
        every.append(search(*args, **options))
        return every[-1]

    monkeypatch.setattr(Assistant, "search", spied)
    return every


def questions(canaries: list[str]) -> Iterator[tuple[str, list[Turn]]]:
    """Each canary in every template; now and then in a long mail, or said before."""
    for number in range(QUESTIONS):
        canary = canaries[number // len(TEMPLATES)]
        at = 3 + number % 5
        text = TEMPLATES[number % len(TEMPLATES)].format(
            canary=canary,
            Canary=canary.capitalize(),
            CANARY=canary.upper(),
            typo=f"{canary[:at]}x{canary[at + 1 :]}",
            halves=f"{canary[:4]} {canary[4:]}",
            topic=TOPICS[number % len(TOPICS)],
        )
        said = [Turn("customer", f"Me hablaron de {canary}.")] if number % 7 == 0 else []
        yield (f"{MAIL}{text}" if number % 60 == 0 else text), said


def test_no_answer_holds_a_word_of_another_contractor(
    assistant: Assistant,
    canaries: list[str],
    ear: Ear,
    proposed: set[int],
    found: list[Found],
) -> None:
    known, statements = frozenset(canaries), 0

    def told(*what: object) -> frozenset[str]:
        text = json.dumps(what, ensure_ascii=False).lower()
        return known.intersection(re.findall(r"[a-z]+", text))

    for question, said in questions(canaries):
        ear.asked = asked = " ".join([question, *(turn.text for turn in said)]).lower()
        answer = answer_json(assistant.ask(question, A, said))
        assert not told(answer["statements"], answer["nearest"]), question
        reading = found[-1].reading
        assert all(word in asked for word in told(answer, reading.words, reading.text)), question
        assert not ear.heard, question
        statements += bool(answer["statements"])
    assert statements > QUESTIONS * 0.9
    assert ear.records >= QUESTIONS
    assert len(found) == QUESTIONS
    assert {one.n_chunks for one in found} == {40 * 2 + N_CANARIES // 10}
    visible = assistant._register.chunks(sorted(proposed), A)
    assert len(visible) == len(proposed) > 50
    assert not any(told(one.chunk.embedded_text) for one in visible)


def test_the_other_contractor_finds_every_one_of_them(
    assistant: Assistant, canaries: list[str]
) -> None:
    for canary in canaries[::10]:
        shown = json.dumps(answer_json(assistant.ask(f"qué dice {canary}", B))["statements"])
        assert canary in shown.lower()


def test_what_is_asked_for_by_its_name_is_as_if_it_were_not_there(
    assistant: Assistant, settings: Settings, canaries: list[str]
) -> None:
    names = {info.name for info in assistant.documents(A)}
    for number, canary in enumerate(canaries):
        name = f"contrata-b/{canary}.md"
        part = assistant.document(f"a/otro-{number}.md", A) if number % 10 == 9 else None
        assert name not in names
        assert assistant.document(name, A) is None
        assert assistant.original(name, A) is None
        assert part is None or canary not in part.text.lower()
    curation = Register.open(settings).curation
    told = []
    for name in (f"contrata-b/{canaries[0]}.md", "contrata-b/nada.md"):
        with pytest.raises(SettingsError) as refused:
            curation.versions(name, A)
        told.append(str(refused.value).replace(name, "X"))
    assert told[0] == told[1]
