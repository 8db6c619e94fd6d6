"""What a document says of itself: when it was reviewed, its reference, who sent it to whom.

Such a line states nothing about what is asked, and being short it is near to any question. It is
looked for by its own words ("who sent the circular"), and is no answer to anything else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.models import Language
from knowledge.quantities.written_dates import MONTHS
from knowledge.text import STOP_WORDS, fold, stem, words

_FIELD = r"(?:from|to|cc|date|sent|subject|de|para|fecha|enviado|asunto): "
_HEADER = re.compile(rf"^\s*{_FIELD}[^;\n]+[;\n]\s*{_FIELD}")
"""Two fields of a message's header, folded."""
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_CODE = re.compile(r"\S*\d\S*")
_OF_ITSELF = frozenset(
    "referencia ref version edicion revision revisado revisada actualizacion actualizado "
    "actualizada vigor vigente vigencia publicado publicada copyright "
    "reference edition reviewed revised updated effective force valid published".split()
)
"""Of which a line has at least one; by these, its codes and its addresses it is asked for."""
_BESIDE = frozenset(
    "ultima ultimo fecha documento politica procedimiento manual guia circular ficha condiciones "
    "agentes espanol ingles uso interno confidencial hoja codigo pagina "
    "last date document policy procedure guide circular sheet terms conditions agents spanish "
    "english internal use confidential code page".split()
)
"""Which tell nothing more beside those."""
_DAYS = frozenset(
    "lunes martes miercoles jueves viernes sabado domingo monday tuesday wednesday thursday friday "
    "saturday sunday".split()
)


@lru_cache(maxsize=20_000)
def is_imprint(sentence: str) -> bool:
    """Whether a sentence is about the document it stands in, and about nothing else.

    >>> is_imprint("Last reviewed on 12 January 2026.")
    True
    >>> is_imprint("Condiciones en vigor desde el 15 de enero de 2025.")
    True
    >>> is_imprint("From: Ana <ana@almendro.example>; To: Agents; Date: 1 March 2026")
    True
    >>> is_imprint("Referencia PRO-REC-02. Responsable: Reclamaciones, extensión 2140.")
    False
    """
    folded = fold(sentence)
    if _HEADER.match(folded):
        return True
    told = {
        word
        for word in words(_CODE.sub(" ", _ADDRESS.sub(" ", folded)))
        if not (word in STOP_WORDS or word in MONTHS or word in _DAYS)
    }
    return bool(told & _OF_ITSELF) and told <= _OF_ITSELF | _BESIDE


@lru_cache(maxsize=20_000)
def asked_by(sentence: str, language: Language) -> frozenset[str]:
    """Stems of the words by which somebody asks for such a sentence.

    Addresses are asked for whole; no dates, and nothing that many documents say of themselves.
    """
    folded = fold(sentence)
    told = [*words(_ADDRESS.sub(" ", folded)), *_MAIL.findall(folded)]
    common = STOP_WORDS | _BESIDE | _DAYS
    return frozenset(
        stem(word, language)
        for word in told
        if not (word in common or word in MONTHS or word.isdigit())
    )
