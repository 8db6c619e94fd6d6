"""The key of a promise or complaint: short enough to read out, with a character that checks it.

``VP-7K3M-2QS``: six characters at random and one computed from them, of 31 that are not mistaken
for one another (no I, L, O, 0 or 1). 31 is a prime, so that the weighted sum finds every single
wrong character and every two that changed places.
"""

from __future__ import annotations

import re
import secrets

from knowledge.errors import SettingsError
from knowledge.refusals import because

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RANDOM_CHARS = 6
_TYPED = re.compile(rf"(?:VP)?([{ALPHABET}]{{{_RANDOM_CHARS + 1}}})")
MAX_TYPED_CHARS = 40


def new_key() -> str:
    """A key at random; one of 887 million."""
    return shaped("".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_CHARS)))


def shaped(characters: str) -> str:
    """The key of six characters, with the one that checks them.

    >>> shaped("7K3M2Q")
    'VP-7K3M-2QS'
    """
    return f"VP-{characters[:4]}-{characters[4:]}{_check(characters)}"


def read_key(typed: str) -> str:
    """The key that somebody typed or was told: spaces, hyphens and small letters do not matter.

    >>> read_key("vp 7k3m 2qs"), read_key("7K3M2QS")
    ('VP-7K3M-2QS', 'VP-7K3M-2QS')

    Raises:
        SettingsError: it has another form, or a character is wrong.
    """
    bare = re.sub(r"[\s.\-_–—]+", "", typed[:MAX_TYPED_CHARS]).upper()
    match = _TYPED.fullmatch(bare)
    if match is None:
        raise SettingsError(because("commitment-key-form", key=typed[:MAX_TYPED_CHARS]))
    characters, check = match[1][:-1], match[1][-1]
    if _check(characters) != check:
        raise SettingsError(because("commitment-key-mistyped", key=typed[:MAX_TYPED_CHARS]))
    return shaped(characters)


def _check(characters: str) -> str:
    weighted = sum(n * ALPHABET.index(c) for n, c in enumerate(characters, start=1))
    return ALPHABET[weighted % len(ALPHABET)]
