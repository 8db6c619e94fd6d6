"""Pure text cleaning, used by every loader: what is left is what users read and search.

Loaders call `clean_line` for running text and `clean_lines` for text whose line breaks mean
something (code). Nothing here knows about formats.
"""

from __future__ import annotations

import re
import unicodedata

# Characters that show nothing and can hide instructions or break matching: zero-width and
# bidirectional marks, soft hyphen, variation selectors, tags, byte-order marks, object
# replacement, private use, unpaired surrogates, non-characters and controls.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_SPACES = re.compile(r"\s+")  # `\s` of str: also no-break and typographic spaces
_TYPOGRAPHIC = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\uf0b7": "•",  # the bullets of Symbol and Wingdings as word processors write them
        "\uf0a7": "•",
        "\uf0d8": "•",
    }
)
_URL_CUT = re.compile(r"(?:https?://|www\.)\S*[/=&?]$")
_URL_REST = re.compile(r"(?!https?:|www\.)[\w%~-]+[/._=&?#-][\w/%]")
_BULLET = re.compile(r"^(?:[•●○◦▪▫■□‣⁃∙·➢➤✓✔❖]|[-–—*o](?=\s))\s*")
_NUMBERED = re.compile(
    r"^(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+\S"
)


def count_invisible(text: str) -> int:
    """How many characters `strip_invisible` would remove, ordinary ones excepted.

    A byte-order mark at the very start and soft hyphens are ordinary.
    """
    return len(_INVISIBLE.findall(text.removeprefix("\ufeff").replace("\u00ad", "")))


def strip_invisible(text: str) -> str:
    """The text without characters that show nothing, ligatures and symbol bullets spelled out."""
    return _INVISIBLE.sub("", text.translate(_TYPOGRAPHIC))


def clean_line(text: str) -> str:
    """NFC text on one line: white space of any kind becomes one space, none at the ends.

    >>> clean_line(" Dos\\u00a0 an\\u0303os\\n de garanti\\u0301a\\u200b ")
    'Dos años de garantía'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", strip_invisible(text))).strip()


def clean_lines(text: str) -> str:
    """NFC text with its line breaks and indentation; no blank lines at the ends, none doubled."""
    text = unicodedata.normalize("NFC", strip_invisible(text.expandtabs(4)))
    lines = [line.rstrip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def split_bullet(line: str) -> tuple[bool, str]:
    """Whether a line begins with a bullet sign, and the line without it.

    >>> split_bullet("• Colchones")
    (True, 'Colchones')
    """
    match = _BULLET.match(line)
    return (True, line[match.end() :]) if match else (False, line)


def is_numbered(line: str) -> bool:
    """Whether a line begins with an item number such as ``3.``, ``a)``, ``iv.`` or ``2.1``."""
    return _NUMBERED.match(line) is not None


def join_wrapped(lines: list[str], *, hyphenated: bool = True) -> str:
    """One running line out of wrapped lines; a word divided by a hyphen is put together.

    A hyphen at a line's end is dropped between two lower-case letters, and kept where it
    belongs to the word or number (``Anglo-\\nSaxon``, ``2024-\\n2025``, ``end-to-\\nend``).

    Args:
        lines: in order.
        hyphenated: whether the text divides words at line ends; if not, hyphens are the words'.

    >>> join_wrapped(["La devo-", "lución es gratuita.", "Sin"])
    'La devolución es gratuita. Sin'
    """
    parts: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        last = parts[-1] if parts else ""
        if not last or (_URL_CUT.search(last) and _URL_REST.match(line)):
            parts.append(line)
        elif not _ends_in_hyphen(last) or not line[0].isalnum():
            parts += [" ", line]
        elif hyphenated and _is_divided(last, line):
            parts[-1] = last[:-1]
            parts.append(line)
        else:
            parts.append(line)
    return "".join(parts)


def _ends_in_hyphen(text: str) -> bool:
    return len(text) > 1 and text[-1] in "-\u00ad\u2010" and text[-2].isalnum()


def _is_divided(text: str, line: str) -> bool:
    """Whether the hyphen at the end of a text was put there to divide a word."""
    if text[-1] == "\u00ad":
        return True
    word = text[:-1].rsplit(None, 1)[-1]
    return "-" not in word and word[-1:].isalpha() and line[0].islower()
