"""A voice guide that is no source yet: a file, or what a manager is writing.

Both are read as every file is: by a child process with limits.
"""

from __future__ import annotations

from pathlib import Path

from assistant.refusals import because
from assistant.voice.models import VoiceGuide
from assistant.voice.reading import is_voice_guide, read_guide
from ingest import sandbox
from knowledge.errors import SettingsError

MAX_CHARS = 60_000
"""Of a text that is read while it is written."""
WRITTEN = "guide.md"


def read_file(path: Path) -> VoiceGuide:
    """The rules of a file.

    Raises:
        SettingsError: it cannot be read, or is no voice guide.
        DocumentRefused: it is of no format that is read, or damaged.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"the file {path} cannot be read ({error.strerror}); check the path"
        ) from error
    return _guide(data, path.name)


def read_text(text: str) -> VoiceGuide:
    """The rules of a text that is being written, as Markdown.

    Raises:
        SettingsError: it is empty, too long, or no voice guide.
    """
    if len(text) > MAX_CHARS:
        raise SettingsError(because("voice-long", count=len(text), limit=MAX_CHARS))
    if not text.strip():
        raise SettingsError(because("voice-no-guide", title=""))
    return _guide(text.encode(), WRITTEN)


def _guide(data: bytes, name: str) -> VoiceGuide:
    document = sandbox.parse(data, name)
    if not is_voice_guide(document):
        raise SettingsError(because("voice-no-guide", title=document.title[:80]))
    return read_guide(document)
