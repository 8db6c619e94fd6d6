"""Guides for tests, read as a register's documents are."""

from __future__ import annotations

from pathlib import Path

from assistant.voice.models import VoiceGuide
from assistant.voice.reading import read_guide
from ingest.loaders import load
from knowledge.language import detect_language
from knowledge.models import EVERYONE, Document

EXAMPLE = Path(__file__).parents[4] / "examples" / "almendro" / "documents"


def document_of(text: str, name: str = "guia-de-voz.md", audience: str = EVERYONE) -> Document:
    """A Markdown text as a document of a register."""
    suffix, extract = load(text.encode(), name)
    return Document(
        name,
        extract.title or name,
        extract.text,
        extract.blocks,
        detect_language(extract.text),
        suffix,
        "0" * 64,
        audience,
        version=1,
    )


def guide_of(text: str) -> VoiceGuide:
    """The rules of a Markdown text."""
    return read_guide(document_of(text))


def example_guide(name: str) -> VoiceGuide:
    """A guide of the example company."""
    return read_guide(document_of((EXAMPLE / name).read_text("utf-8"), name))
