"""Does a draft affirm what a source denies, or deny what it affirms? Without any figure.

Sentences of both are taken apart into statements: what they are about, and whether it is so. A
question of a list and the "yes" or "no" under it are one statement, and so are a heading that says
what is left out and what stands below. Two statements of the same, one of them denied, are apart
unless another source is as near and says what the draft says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.drafting.denying import FOR_AGENTS, LEFT_OUT, denies
from assistant.drafting.lines import Apart, Line, Talk, in_force
from assistant.drafting.reading import stated
from assistant.support.reading import Read
from knowledge.conflicts.wording import Word, Words, share
from knowledge.models import Language
from knowledge.text import stem

SAME, SAME_ACROSS = 0.66, 0.72
"""Share of a draft's statement that a source's has to have, with its headings; in the other
language."""
BACK, BACK_ACROSS = 0.5, 0.6
"""Share of a source's statement that the draft has to have, with what the customer asked."""
WHOLE = 0.9
PART = 0.55
"""The same where a source's statement is in the draft's whole."""
OWN = 0.34
"""Share of a draft's statement that a source's sentence has to have itself."""
CLEARLY = 0.08
LEAST = 2
"""Words of a draft's statement."""
ABOVE = 0.8
"""What a word counts that only stands in a heading."""
_WITHOUT = re.compile(r"\b(?:sin|without)\b")
_YES = re.compile(r"^\W*(?:si|yes|claro|por supuesto|of course|sure|desde luego)\b(?=[,.;: ]|$)")
_NO = re.compile(r"^\W*no\b(?=[,.;:]|$)")
_IF = re.compile(
    r"\b(?:si|salvo|excepto|siempre que|if|unless|except|provided|as long as|depende)\b"
)
_WHILE = re.compile(
    r"\b(?:cuando|mientras|hasta que|en cuanto|para que|when|while|until|once|so that)\b"
)
"""Begins a clause that is no statement of its own."""
_EXCEPT = re.compile(r"(?:salvo|excepto|except)\b")
_CUT = re.compile(
    r"[,;:()]\s+|\.\s+|\s(?=(?:pero|aunque|y|e|porque|but|and|so|because|although|sin|without|"
    r"cuando|mientras|hasta que|en cuanto|para que|when|while|until|once|so that)\s)"
)
_GENERIC = (
    "poder tener deber hacer falta necesitar haber ser estar pedir exigir querer existir admitir "
    "incluir cubrir entrar servir decir dar obligatorio necesario posible puede puedo tiene tengo "
    "necesitamos pide exige admite incluye cubre hay debe hace haga seguir ya tambien siempre "
    "nunca no not never cannot dejar dejo us within "
    "usted quedar eso senor senora caso favor mismo desde enero "
    "primero ano anos dia dias first year years day days "
    "can must need have require required allow allowed include included cover covered exist "
    "possible necessary please also always customer want get do make may any still"
)
_MODAL = re.compile(
    r"\b(?:puedo|podemos|puede|se puede|tengo que|hay que|hay|hace falta|debo|cubre|incluye|entra|"
    r"can|may|do|does|is|are|must|will|have to|need)\b"
)


_FRAGMENT = re.compile(
    r"(?:y |and )?(?:no (?:l[ao]s?|el|de|por|solo|en|a)|not (?:the|on|only|from))\b"
)
"""Only sets apart: "the date of the order, not that of delivery"."""


class _Stated(NamedTuple):
    """A statement: words it is about, whether it is denied, and its place in the sentence.

    What holds on a condition may agree with a draft; it never opposes one.
    """

    words: Words
    denied: bool
    start: int
    end: int
    conditional: bool = False


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(stem(w, tongue) for w in _GENERIC.split() for tongue in ("es", "en"))


def contrary(said: Read, about: Read, lines: Sequence[Line], talk: Talk) -> Iterator[Apart]:
    """Where a sentence affirms what a source in force denies, or the other way round.

    Args:
        said: the sentence.
        about: what the customer asked.
        lines: of the passages that may speak of the same.
        talk: what the sentence is said in.
    """
    answer = _YES.match(said.folded)
    if _IF.search(said.folded, answer.end() if answer else 0) or said.text.rstrip().endswith("?"):
        return
    context = Words((*said.words, *talk.words))
    lines = in_force(lines, said, talk)
    for one in _of_draft(said, about):
        if len(one.words) < LEAST:
            continue
        best: tuple[float, Line] | None = None
        agreed = 0.0
        for line in lines:
            score, opposed = _compared(one, line, context)
            if opposed and score and (best is None or score > best[0]):
                best = score, line
            elif not opposed:
                agreed = max(agreed, score)
        if best is not None and best[0] > agreed + CLEARLY:
            line = best[1]
            yield Apart(one.start, one.end, line.read.text, line.passage, line.span, swap=False)
            return


def _of_draft(said: Read, about: Read) -> Iterator[_Stated]:
    answer = _YES.search(said.folded) or _NO.search(said.folded)
    begin = answer.end() if answer else 0
    if answer and about.text.rstrip().endswith("?") and _MODAL.search(about.folded):
        words = Words((*_content(about.words), *_content(said.words)))
        asked_denied = bool(re.search(r"\bno\b", about.folded))
        if not asked_denied and len(said.words) <= MOST_SAID:
            yield _Stated(words, denies(said.folded), 0, len(said.text))
    before = False
    for one in _statements(said, begin):
        listed = _LISTED.match(said.folded, one.start) and len(one.words) <= MOST_LISTED
        if not (before and listed) and not _ONLY_SO.search(said.folded, one.start, one.end):
            yield one
        before = before or one.denied


MOST_LISTED = 3
"""Words of a part behind "and" that goes on with what was denied before it."""
_LISTED = re.compile(r"\s*(?:y|e|o|ni|and|or|nor)\b")
_ONLY_SO = re.compile(r"\b(?:solo|solamente|unicamente|only|just)\b")
"""Says of one thing what it denies of the others."""
MOST_SAID = 6
"""Words of a sentence that only says yes or no to what was asked."""


def _statements(said: Read, begin: int = 0) -> Iterator[_Stated]:
    """The statements of a sentence; "without X you cannot Y" demands X."""
    cuts = [begin, *(m.end() for m in _CUT.finditer(said.folded, begin)), len(said.folded)]
    pieces = [(a, b) for a, b in pairwise(cuts) if b > a]
    for start, end in pieces:
        folded = said.folded[start:end]
        words = Words(_content([w for w in said.words if start <= w.start < end]))
        text_end = start + len(said.text[start:end].rstrip(" ,;:."))
        if not words:
            continue
        if _FRAGMENT.match(folded.strip()) or _WHILE.match(folded.strip()):
            continue
        demanded = _WITHOUT.match(folded.strip()) and re.search(
            r"\b(?:no|not|cannot|can't)\b", said.folded[start + 4 :]
        )
        if _WITHOUT.match(folded.strip()) and not demanded:
            continue
        conditional = bool(
            _IF.search(folded)
            or _IF.match(said.folded, begin)
            or (_IF.match(said.folded, end) and not _EXCEPT.match(said.folded, end))
        )
        yield _Stated(words, denies(folded) and not demanded, start, text_end, conditional)


def _content(words: Iterable[Word]) -> list[Word]:
    generic = _generic()
    return [w for w in words if not (w.keys & generic) and not w.text[0].isdigit()]


def _compared(one: _Stated, line: Line, context: Words) -> tuple[float, bool]:
    """How much a line is about the same, 0 where it is not, and whether it says the opposite."""
    keys = one.words.keys
    if keys.isdisjoint(line.read.words.keys) and keys.isdisjoint(line.above.keys):
        return 0.0, False
    best = 0.0, False
    chunk = line.passage.chunk
    for own in _of_source(line.read.text, chunk.headings, chunk.language):
        met = share(one.words, own.words)
        above = share(one.words, Words((*own.words, *line.above)))
        forth = met + ABOVE * (above - met)
        back = share(own.words, context)
        across = line.read.language != one.words[0].language
        same, least = (SAME_ACROSS, BACK_ACROSS) if across else (SAME, BACK)
        close = forth >= same and back >= least
        whole = forth >= PART and back >= WHOLE and len(own.words) >= LEAST
        if met < OWN or not (close or whole):
            continue
        opposed = own.denied != one.denied
        if own.conditional and opposed:
            continue
        score = 0.6 * forth + 0.4 * back
        if score > best[0]:
            best = score, opposed
    return best


@lru_cache(maxsize=20_000)
def _of_source(text: str, headings: tuple[str, ...], language: Language) -> tuple[_Stated, ...]:
    """The statements of a source's sentence under its headings; conditions are left out."""
    said = stated(text, language)
    heading = headings[-1] if headings else ""
    if FOR_AGENTS.search(heading):
        return ()
    asked = "?" in heading
    found: list[_Stated] = []
    yes, no = _YES.search(said.folded), _NO.search(said.folded)
    if asked and (yes or no):
        about = stated(heading, language)
        words = Words(_content(about.words))
        if words:
            found.append(_Stated(words, bool(no), 0, len(text)))
        return tuple(found)
    if " | " in text:  # the head of a table
        return ()
    if "; " in text and ": " in text:
        return tuple(_of_row(text, language))
    if text.rstrip().endswith("?"):
        return ()
    left_out = bool(LEFT_OUT.search(stated(heading, language).folded)) and not denies(said.folded)
    found += [one._replace(denied=one.denied or left_out) for one in _statements(said)]
    if (key := re.match(r"([^:]{3,40}): (?:no\b|nunca\b|never\b|not\b)", said.folded)) is not None:
        words = Words(_content([w for w in said.words if w.start < key.end(1)]))
        found = [_Stated(words, True, 0, len(text))]
    return tuple(one for one in found if one.words)


def _of_row(text: str, language: Language) -> Iterator[_Stated]:
    """A row of a table: what it is of, and each of its cells that says yes or no."""
    named_first, dash, rest = text.partition(" — ")  # "Robo — Básica: no incluido; Plus: 3.000 €"
    cells = [cell.partition(": ")[::2] for cell in (rest if dash else text).split("; ")]
    own = stated(named_first if dash else cells[0][1], language)
    for head, value in cells if dash else cells[1:]:
        if any(c.isdigit() for c in head):
            continue
        said, named = stated(value, language), stated(head, language)
        no = re.match(r"(?:no|not)\b", said.folded)
        yes = re.match(r"(?:si|yes)\b", said.folded)
        if no or yes:
            words = Words(_content([*own.words, *named.words]))
            if words:
                yield _Stated(words, bool(no), 0, len(text))
