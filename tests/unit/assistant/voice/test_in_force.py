"""Which guides hold for whom, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from assistant.voice.in_force import Guides, guides_in_force
from knowledge.audience import ROOT, Audience, AudienceTree, labels_of
from knowledge.models import Document, Viewer
from knowledge.search.rows import DocumentInfo
from tests.unit.assistant.voice.made import document_of

TREE = AudienceTree.of(
    [ROOT, Audience("contratas", "Contratas", "staff"), Audience("norte", "Norte", "contratas")]
)
WIDE = """# Guía de voz

## Tratamiento

Siempre de usted.

## Saludos

| Canal | Saludo | Despedida |
|---|---|---|
| Teléfono | Buenos días, le atiende [nombre]. | Gracias por llamar. |
| Chat | Buenos días. | Gracias por escribir. |

## Palabras

| Decimos | No decimos |
|---|---|
| avería | incidencia |
"""
NARROW = """# Guía de voz de la contrata

## Tratamiento

En el chat se tutea siempre a los clientes que escriben.

## Saludos

| Canal | Saludo |
|---|---|
| Chat | Hola, soy [nombre]. |

## Palabras

| Decimos | No decimos |
|---|---|
| pieza | bulto |
"""


class Shelf:
    """A register of given documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.of = {document.name: document for document in documents}
        self.reads = 0

    def documents(self, viewer: Viewer) -> list[DocumentInfo]:
        return [
            DocumentInfo(d.name, d.title, d.language, "md", 1, 1, d.sha256, datetime.now(UTC))
            for d in self.of.values()
            if labels_of(d.audience) & viewer.audiences
        ]

    def document(self, name: str, viewer: Viewer, version: int | None = None) -> Document | None:
        self.reads += 1
        return self.of[name]

    def audiences(self) -> AudienceTree:
        return TREE


SHELF = Shelf(
    [
        document_of(NARROW, "a-voz.md", "norte"),
        document_of(WIDE, "voz.md"),
        document_of("# Guía de envíos\n\nSiempre de tú.\n", "voz-y-envios.md"),
    ]
)


def seen_from(label: str) -> Viewer:
    return Viewer("ana", TREE.above(label))


def test_a_wider_audience_is_not_told_a_narrower_guide() -> None:
    (guide,) = guides_in_force(SHELF, seen_from("contratas"))
    assert guide.documents == (("voz.md", 1),)
    assert guide.address_on("chat") == "usted"


def test_a_narrower_guide_adds_and_overrides() -> None:
    (guide,) = guides_in_force(SHELF, seen_from("norte"))
    assert guide.documents == (("voz.md", 1), ("a-voz.md", 1))
    assert {p.channel: p.text for p in guide.greetings} == {
        "phone": "Buenos días, le atiende [nombre].",
        "chat": "Hola, soy [nombre].",
    }
    assert {rule.avoid for rule in guide.words} == {("incidencia",), ("bulto",)}
    assert guide.closing("chat") is not None
    assert (guide.address_on("chat"), guide.address_on("phone")) == ("tu", "usted")


def test_without_a_guide_there_is_none() -> None:
    assert guides_in_force(Shelf([]), seen_from("staff")) == ()


@pytest.mark.parametrize(("state", "reads"), [([1, 1], 2), ([1, 2], 4)])
def test_guides_are_read_again_only_when_something_changed(state: list[int], reads: int) -> None:
    shelf = Shelf(list(SHELF.of.values())[1:])
    states = iter(state)
    guides = Guides(shelf, lambda: next(states))
    assert guides.in_language(seen_from("staff"), "es") is not None
    guides.in_language(seen_from("staff"), "en")
    assert shelf.reads == reads
