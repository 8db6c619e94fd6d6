"""What a section of a voice guide is about, which channel is named, and whether it is one at all.

Pure, over folded words of both languages.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.voice.models import Channel
from knowledge.text import fold

Topic = Literal[
    "address", "greetings", "words", "forbidden", "third", "required", "style", "regional"
]
Column = Literal[
    "channel",
    "greeting",
    "closing",
    "say",
    "avoid",
    "understood",
    "situation",
    "statement",
    "when",
    "address",
]

_GUIDE = re.compile(
    r"^\W*(?:(?:guia|manual|libro) de (?:la )?(?:voz|tono|estilo y voz|voz y (?:tono|estilo))\b|"
    r"(?:brand |company |our )?(?:tone of )?voice (?:and (?:tone|style) )?guide\b|brand voice\b|"
    r"tone of voice\b)"
)

_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("third", re.compile(r"\bfabricante|\btercer[oa]s?\b|\bthird part|\bmanufacturer|\bmaker\b")),
    (
        "regional",
        re.compile(r"\bcada (?:zona|pais|region)|\bregional|\bregion(?:es|s)?\b|\bvariantes\b"),
    ),
    (
        "required",
        re.compile(
            r"\bhay que decir|\bobligatori|\bdecir siempre|\bse dice siempre|\brequired|"
            r"\bmandatory|\bmust (?:always )?(?:be said|say)|\balways sa(?:y|id)"
        ),
    ),
    ("forbidden", re.compile(r"\bpromesa|\bprohibid|\bpromise|\bforbidden|\bnever promise")),
    ("greetings", re.compile(r"\bsalud(?:o|ar)|\bdespedi|\bgreet|\bclosing|\bsign.?off")),
    (
        "address",
        re.compile(r"\btratamiento|\btrato\b|\btuteo|\busted\b|\baddress(?:ing)?\b|\bhow we call"),
    ),
    (
        "words",
        re.compile(r"\bpalabra|\bvocabulario|\bdecimos|\bwords?\b|\bvocabulary|\bwe say|\bterms"),
    ),
    (
        "style",
        re.compile(r"\bescri(?:bir|tura|to)|\bredaccion|\bestilo|\bwriting|\bstyle|\bwritten"),
    ),
)

_CHANNELS: tuple[tuple[Channel, re.Pattern[str]], ...] = (
    ("phone", re.compile(r"\btelefon\w*|\bllamadas?\b|\bphone\b|\btelephone\b|\bcalls?\b")),
    ("chat", re.compile(r"\b(?:web)?chats?\b")),
    ("whatsapp", re.compile(r"\bwhats ?app\b|\bguasap\b")),
    ("email", re.compile(r"\bcorreos?\b|\be-?mails?\b|\bmails?\b")),
    ("social", re.compile(r"\bredes\b|\bsocial(?: media| networks?)?\b")),
)

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("channel", re.compile(r"^(?:canal|channel)")),
    ("greeting", re.compile(r"^(?:saludo|apertura|greeting|opening)")),
    ("closing", re.compile(r"^(?:despedida|cierre|closing|sign.?off)")),
    (
        "avoid",
        re.compile(
            r"^(?:no |nunca |evit|prohibid|en vez de|en lugar de|avoid|never|not\b|don.?t|"
            r"(?:we )?(?:do not|don.?t|never)|instead of|forbidden)"
        ),
    ),
    ("understood", re.compile(r"^(?:entendemos|se entiende|(?:we )?understand|understood)")),
    ("situation", re.compile(r"^(?:situacion|caso|situation|case)")),
    ("when", re.compile(r"^(?:cuando|momento|when|moment)")),
    (
        "statement",
        re.compile(r"^(?:que (?:se dice|decir)|frase|texto|statement|what (?:to|we) say|wording)"),
    ),
    ("address", re.compile(r"^(?:tratamiento|trato|address|form of address)")),
    (
        "say",
        re.compile(r"^(?:si\b|decimos|se dice|decir|di\b|mejor|(?:we )?say|use|preferred|yes)"),
    ),
)


def is_guide(heading: str) -> bool:
    """Whether a document whose first heading is this is a voice guide.

    >>> is_guide("Guía de voz de Almendro"), is_guide("Voice guide"), is_guide("Guía de envíos")
    (True, True, False)
    """
    return bool(_GUIDE.match(fold(heading)))


def topic_of(heading: str) -> Topic | None:
    """What a section's heading announces; `None` for nothing that rules are read of."""
    folded = fold(heading)
    return next((topic for topic, pattern in _TOPICS if pattern.search(folded)), None)


def channels_in(text: str) -> tuple[Channel, ...]:
    """The channels that are named, each once."""
    folded = fold(text)
    return tuple(channel for channel, pattern in _CHANNELS if pattern.search(folded))


def column_of(header: str) -> Column | None:
    """What a column of a table holds; `None` for what no rule is read of."""
    folded = fold(header).strip()
    return next((column for column, pattern in _COLUMNS if pattern.match(folded)), None)
