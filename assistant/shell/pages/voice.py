"""An answer in the company's voice on the agents' page: what is said, what is written, the switch.

All three wordings are in the page; its script shows the one that was chosen last, at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from assistant.models import Answer, Statement
from assistant.shell.texts import say
from assistant.voice.models import Channel
from assistant.voice.phrasing import Phrased
from knowledge.models import Language, Viewer

if TYPE_CHECKING:
    from assistant.shell.voicing import Voice

MODES: tuple[tuple[str, Channel], ...] = (("say", "phone"), ("write", "chat"))
"""How an answer can be shown beside its own words, and the channel whose rules hold then."""


@dataclass(frozen=True)
class Voiced:
    """An answer in the company's voice.

    Attributes:
        modes: by name of the mode.
    """

    modes: tuple[tuple[str, Phrased], ...]

    def texts(self, statement: Statement) -> list[tuple[str, str]]:
        """Modes with their words for a statement; none for what is not told to customers."""
        return [
            (mode, one.text)
            for mode, found in self.modes
            for one in found.said
            if one.statement == statement
        ]


def voiced(voice: Voice, answer: Answer, viewer: Viewer, *, opening: bool) -> Voiced | None:
    """The answer in both modes; `None` where no guide holds or nothing is said.

    What a chat model composed had the guide in its request: it stays as it is.
    """
    if answer.composed is not None and answer.composed.statements:
        return None
    found = [(m, voice.phrase(answer, viewer, c, opening=opening)) for m, c in MODES]
    modes = tuple((mode, one) for mode, one in found if one is not None)
    return Voiced(modes) if modes else None


def switch_html(language: Language) -> str:
    """The three buttons; the page's script presses the one that was chosen last."""
    buttons = "".join(
        f'<button type="button" data-do="voice" data-mode="{mode}" aria-pressed="false">'
        f"{escape(say(language, f'voice_{mode}'))}</button>"
        for mode in ("say", "write", "literal")
    )
    label = escape(say(language, "voice"))
    return f'<div class="voices" role="group" aria-label="{label}">{buttons}<kbd>Alt V</kbd></div>'


def words_html(statement: Statement, voice: Voiced | None, literal: str, tongue: Language) -> str:
    """A statement in every wording: those of the voice, and the source's own below them.

    Args:
        statement: as it is quoted.
        voice: `None` where there is only the quotation.
        literal: the quotation, as markup.
        tongue: language of the words.
    """
    texts = voice.texts(statement) if voice else []
    said = "".join(
        f'<p class="voiced {mode}" lang="{tongue}">{escape(text)}</p>'
        for mode, text in texts
        if text != statement.text
    )
    changed = " ".join(f"under-{mode}" for mode, text in texts if text != statement.text)
    own = f' class="{changed}"' if changed else ""
    return f'{said}<p{own} lang="{tongue}">{literal}</p>'


def aside_html(voice: Voiced | None, part: str) -> str:
    """The greeting or closing of what is written or said; nothing where there is none."""
    return "".join(
        f'<p class="voiced aside {mode}">{escape(text)}</p>'
        for mode, found in (voice.modes if voice else ())
        if (text := found.greeting if part == "greeting" else found.closing)
    )
