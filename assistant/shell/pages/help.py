"""The key help, and the words that the page's script shows, as HTML."""

from __future__ import annotations

from html import escape

from assistant.shell.texts import say
from knowledge.models import Language

LATE_S = 15
"""Seconds without an answer after which the page says so."""

_WORDS = (
    "copied",
    "copied_cited",
    "copied_partly",
    "copied_internal",
    "copy_failed",
    "copy_nothing",
    "signed_out",
    "sign_in",
    "other_account",
    "reload",
)

_KEYS = (
    ("help_enter", ("key_enter",)),
    ("help_newline", ("key_shift", "key_enter")),
    ("help_focus", ("/",)),
    ("help_recall", ("key_up",)),
    ("help_open", ("Alt", "1…9")),
    ("help_escape", ("key_escape",)),
    ("help_copy", ("Alt", "C")),
    ("help_copy_cited", ("Alt", "key_shift", "C")),
    ("help_voice", ("Alt", "V")),
    ("help_new", ("Alt", "N")),
    ("help_help", ("Ctrl", "/")),
)
"""What each key does, and the keys: names of texts, or what stands on the key."""


def help_html(language: Language) -> str:
    """The dialog with the keys, closed."""
    title = escape(say(language, "help_title"))
    close = escape(say(language, "help_close"))
    rows = "".join(_row(effect, keys, language) for effect, keys in _KEYS)
    return (
        f'<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">{title}</h2>'
        f'<dl>{rows}</dl><form method="dialog"><button class="quiet">{close}</button></form>'
        "</dialog>"
    )


def words_html(language: Language) -> str:
    """Nothing to see: the interface's language and the script's words, as data attributes."""
    words = "".join(
        f' data-{key.replace("_", "-")}="{escape(say(language, key))}"' for key in _WORDS
    )
    late = escape(say(language, "late", seconds=LATE_S))
    return (
        f'<div id="words" hidden data-language="{language}" data-late="{late}" '
        f'data-late-s="{LATE_S}"{words}></div>'
        '<p id="toast" role="status" aria-live="polite"></p>'
    )


def _row(effect: str, keys: tuple[str, ...], language: Language) -> str:
    names = [say(language, key) if key.startswith("key_") else key for key in keys]
    pressed = " ".join(f"<kbd>{escape(name)}</kbd>" for name in names)
    return f"<div><dt>{pressed}</dt><dd>{escape(say(language, effect))}</dd></div>"
