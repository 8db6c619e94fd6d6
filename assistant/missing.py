"""What a question names and what is shown does not: codes, names, kinds of product, measures.

Embeddings hardly tell one error code, model or place from another, so that a question about the one
finds the text of the other. Here the words that decide what is asked are looked for in the passages
that would be shown, their titles and headings. After it `assistant.pipeline` lowers the verdict.

A code that is nowhere is enough for no answer; any other word for a reservation, since sources
may answer in other words ("Palma" under "Baleares").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.asked_words import ASKED, Kind, families
from assistant.models import Statement
from knowledge.models import Language, ScoredChunk
from knowledge.privacy.names import introduced
from knowledge.privacy.personal import personal_data
from knowledge.quantities.numerals import same_length_fold
from knowledge.search.lexical import token_set
from knowledge.search.query import Reading
from knowledge.search.retrieval import LONG_QUESTION_CHARS, Found
from knowledge.text import STOP_WORDS, fold, stem, words

MAX_NAMED = 4
"""So many missing words are named at most."""
MIN_JOINED = 6
"""Letters from which a code may be written in parts ("LAV AL 7012")."""

MIN_NAME = 3
"""Letters from which a word with a capital may be a name."""

_TOKEN = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
_AMOUNT = re.compile(
    r"x\d+|\d+h\d+m?|\d+(?:[.,x]\d+)*(?:[ºª°]|x|kgs?|g|gr|mg|cm|mm|km|m2?|l|ml|cl|hz|kwh?|w|v|mah|gb|mb|tb|rpm|px|"
    r"h|hs|hrs?|s|seg|min|mins?|d|am|pm|a|p|e|eur|usd|k|st|nd|rd|th|er|ro|do|to|vo|os?|as?|s|"
    r"pulgadas?|inch(?:es)?|dias?|days?|anos?|years?|yrs?|meses|months?|euros?|horas?|hours?)?",
)
"""A number with its unit, or an ordinal, which is no code though letters stand in it."""
_WORD = re.compile(r"[^\W\d_]+")
_SHOUTED = re.compile(r"[A-ZÁÉÍÓÚÑ]{2,}(?:-[A-ZÁÉÍÓÚÑ]{2,})+")
_OWN = re.compile(
    r"\b(?:pedido|orden|factura|albaran|expediente|siniestro|incidencia|aviso|ticket|reserva|"
    r"seguimiento|matricula|contrato|poliza|cliente|usuario|serie|localizador|cupon|postal|cp|"
    r"order|invoice|case|claim|tracking|booking|reservation|contract|policy|customer|account|"
    r"serial|coupon|voucher|plate|iban|nif|dni|nie|postcode)\b"
    r"(?:[\s:#.,º°]|\b(?:n|no|num|numero|number|id|codigo|code|es|el|is|de|del|the|con|with)\b)*$"
)
"""What stands before a number of the customer's own, which no source can have."""
_OWN_CHARS = 60
"""Before a number, in which it is looked for."""
_STARTS_AFTER = frozenset('.!?¿¡:;"«“(-')
_CALENDAR = frozenset(
    "lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio "
    "julio agosto septiembre setiembre octubre noviembre diciembre navidad monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas senor senora sr sra mr mrs ms usted ustedes ud "
    "uds".split()
)
"""Written with a capital and no names."""


@dataclass(frozen=True)
class Passage:
    """What is shown of a source.

    Attributes:
        text: the words.
        about: name of the source, its title and headings.
        language: of the words.
    """

    text: str
    about: str
    language: Language

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Stems of its words, codes whole and in parts."""
        return token_set(f"{self.about} {self.text}", self.language)

    @cached_property
    def plain(self) -> str:
        """Its letters and digits alone."""
        return _plain(f"{self.about} {self.text}")


@dataclass(frozen=True)
class Missing:
    """What no passage has, as it was typed.

    Attributes:
        codes: codes that are nowhere, each of which means one thing.
        names: names and kinds of product; codes that are elsewhere.
        measures: what is to be measured, where nothing shown has a figure of its kind.
    """

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Codes first, at most `MAX_NAMED`."""
        return tuple(dict.fromkeys((*self.codes, *self.names, *self.measures)))[:MAX_NAMED]


def missing(question: str, found: Found, statements: Sequence[Statement]) -> Missing:
    """What a question names that none of its statements has, with their titles and headings.

    Args:
        question: as typed.
        found: what was found for it; without statements, what is missing there.
        statements: that would be shown, best first.

    Of a long question, such as a letter that names many things, only codes count, as names.
    """
    pool = [_found(scored) for scored in found.chunks]
    shown = [_shown(statement) for statement in statements] or pool
    if not shown:
        return Missing()
    named = dict.fromkeys(codes_of(question))
    codes = [code for code in named if not _has_code(code, shown)]
    nowhere = tuple(code for code in codes if not _has_code(code, pool))
    if len(question) >= LONG_QUESTION_CHARS:
        return Missing(names=tuple(codes))
    names = (
        *(code for code in codes if code not in nowhere),
        *_names_missing(question, found.reading, shown, codes),
        *_kinds_missing(question, found.reading.language, shown),
    )
    return Missing(nowhere, names, tuple(_measures_missing(question, shown)))


def _shown(statement: Statement) -> Passage:
    cited = statement.citations[0]
    return Passage(
        statement.text, _about(cited.document, cited.title, *cited.headings), cited.language
    )


def _found(scored: ScoredChunk) -> Passage:
    chunk = scored.stored.chunk
    return Passage(
        chunk.text, _about(chunk.document, scored.stored.title, chunk.context), chunk.language
    )


def _about(document: str, *above: str) -> str:
    name = document.rsplit(".", 1)[0].replace("-", " ").replace("_", " ")
    return " ".join([name, *above])


def codes_of(question: str) -> Iterator[str]:
    """Codes that a question names, as typed, without those of the customer's own papers.

    >>> list(codes_of("La LAV-AL-7012 de 7kg da E55, pedido ALM-20391"))
    ['LAV-AL-7012', 'E55']
    """
    found = [
        match
        for match in _TOKEN.finditer(question)
        if _is_code(match.group()) or _SHOUTED.fullmatch(match.group())
    ]
    if not found:
        return
    folded, own = same_length_fold(question), personal_data(question)
    for match in found:
        start, end = match.span()
        is_own = _OWN.search(folded[max(0, start - _OWN_CHARS) : start])
        if not is_own and not any(one.start < end and start < one.end for one in own):
            yield match.group()


def _is_code(token: str) -> bool:
    """Whether letters and digits stand together that are no amount."""
    plain = fold(token)
    mixed = any(c.isdigit() for c in plain) and any(c.isalpha() for c in plain)
    return mixed and not _AMOUNT.fullmatch(plain)


def _has_code(code: str, passages: Sequence[Passage]) -> bool:
    plain = _plain(code)
    whole = fold(code)
    for passage in passages:
        if whole in passage.tokens or plain in passage.tokens:
            return True
        if len(plain) >= MIN_JOINED and plain in passage.plain:
            return True
    return False


def _plain(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _names_missing(
    question: str, reading: Reading, shown: Sequence[Passage], codes: Sequence[str]
) -> Iterator[str]:
    """Words with a capital inside a sentence, of which no alternative is shown.

    None where what is shown first is in the other language: names are translated too.
    """
    if shown[0].language != reading.language or question.isupper():
        return
    unknown = [
        match
        for match in _TOKEN.finditer(question)
        if match.group() not in codes
        and _is_name(question, match)
        and not any(_terms(fold(match.group()), reading) & one.tokens for one in shown)
    ]
    if not unknown:
        return
    people = [(one.start, one.end) for one in introduced(question, unsure=True)]
    for match in unknown:
        if not any(start <= match.start() < end for start, end in people):
            yield match.group()


def _is_name(question: str, match: re.Match[str]) -> bool:
    """Whether a word has a capital that its place does not give it."""
    token, word = match.group(), fold(match.group())
    return (
        token[0].isupper()
        and len(token) >= MIN_NAME
        and word not in _CALENDAR
        and word not in STOP_WORDS
        and not _is_code(token)
        and not _starts_sentence(question, match.start())
    )


def _starts_sentence(question: str, start: int) -> bool:
    before = question[:start].rstrip()
    return not before or before[-1] in _STARTS_AFTER or "\n" in question[len(before) : start]


def _terms(word: str, reading: Reading) -> frozenset[str]:
    """A word's stems and what else it was searched as."""
    own = {word, stem(word, "es"), stem(word, "en"), *words(word)}
    for known, group in zip(reading.words, reading.groups, strict=False):
        if known == word:
            own.update(term for term, _ in group)
    return frozenset(own)


def _kinds_missing(question: str, language: Language, shown: Sequence[Passage]) -> Iterator[str]:
    """Kinds and colours that nothing shown names, as `asked_words.Family` has it."""
    typed = {stem(fold(word), language): word for word in _WORD.findall(question)}
    for family in families():
        asked = [(k, p) for k in family.kinds if (p := k.in_tokens(typed.keys(), language))]
        others = [kind for kind in family.kinds if not any(kind is one for one, _ in asked)]
        named = any(_names(kind, passage) for kind, _ in asked for passage in shown)
        if named or not (family.alone or any(_is_of(kind, shown[0]) for kind in others)):
            continue
        for _, phrase in asked:
            yield " ".join(word for token, word in typed.items() if token in phrase)


def _names(kind: Kind, passage: Passage) -> bool:
    return kind.in_tokens(passage.tokens, passage.language) is not None


def _is_of(kind: Kind, passage: Passage) -> bool:
    """Whether the source is of a kind, as its name, title or headings say."""
    about = token_set(passage.about, passage.language)
    return kind.in_tokens(about, passage.language) is not None


def _measures_missing(question: str, shown: Sequence[Passage]) -> Iterator[str]:
    """What is to be measured, where nothing shown has a figure of that kind."""
    folded = same_length_fold(question)
    for measure in ASKED:
        asked = measure.asks.search(folded)
        if asked and not any(measure.told_in(one.text, one.language) for one in shown):
            yield question[slice(*asked.span())]
