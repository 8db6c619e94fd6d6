"""What a sentence says of where it comes from: "According to our policy: ...". Pure.

It states nothing by itself, so what comes behind it is what has to be supported. Only words for any
source do: a product, a year or a company in them is said, and stays.
"""

from __future__ import annotations

import re

from knowledge.models import Language
from knowledge.quantities.numerals import same_length_fold

_SOURCE = {
    "es": r"(?:politicas?|condiciones|documentos?|documentacion|fuentes?|textos?|normas?|normativa|"
    r"manual|guia|informacion|procedimientos?|pasajes?|seccion|apartado|articulo|reglamento|"
    r"terminos)",
    "en": r"(?:polic(?:y|ies)|terms|conditions|documents?|documentation|sources?|texts?|rules?|"
    r"manual|guide|guidelines|information|procedures?|passages?|section|article|context)",
}
_WHOSE = {
    "es": r"(?:nuestr[oa]s?|su|sus|la|las|el|los|lo|esta|este|estas|estos|dich[oa]s?)",
    "en": r"(?:our|your|the|this|these|its|their|company)",
}
_MORE = {
    "es": r"(?: \[?\d{1,2}\]?| \(\d{1,2}\)| de (?:la |nuestra )?(?:empresa|compania|casa|tienda)|"
    r" interna?s?| (?:que|a) (?:se )?(?:me |nos )?(?:ha|han)? ?(?:dado|facilitado)|"
    r" (?:facilitad|proporcionad|adjunt|citad|consultad|anterior)\w*)?",
    "en": r"(?: \[?\d{1,2}\]?| \(\d{1,2}\)| of (?:the|our) (?:company|shop|store)|"
    r" (?:(?:that )?(?:was|were|is) )?(?:provided|given|above|cited|attached|mentioned))?",
}
_SAYS = {
    "es": r"(?:dicen?|indican?|estable\w+|senalan?|explican?|recogen?|mencionan?|describen?|"
    r"especifican?|figuran?|constan?|aparecen?|detallan?|preven?)",
    "en": r"(?:says?|states?|indicates?|mentions?|explains?|notes?|describes?|specif(?:y|ies)|"
    r"sets? out|provides?)",
}
_SAID = (
    r"(?:stated|said|indicated|mentioned|explained|noted|described|specified|set out|written|"
    r"outlined|shown|detailed|provided)"
)


def _named(language: Language, *, bare: bool = False) -> str:
    """A source by a general word: "our policy", with ``bare`` also "policy"."""
    whose = f"(?:{_WHOSE[language]} )" + ("?" if bare else "+")
    given = r"(?:company |provided |given )?" if language == "en" else ""
    return whose + given + _SOURCE[language] + _MORE[language]


_ES = _named("es")
_EN = _named("en")
_ATTRIBUTIONS: dict[Language, re.Pattern[str]] = {
    "es": re.compile(
        r"\s*(?:"
        rf"(?:segun|conforme a|de acuerdo con|de conformidad con|en base a|con base en|"
        rf"basandonos en|basandome en|atendiendo a) {_named('es', bare=True)}\s*[:,]|"
        rf"(?:tal (?:y )?)?como (?:(?:se )?{_SAYS['es']} (?:en )?{_ES}|{_ES} {_SAYS['es']})\s*[:,]|"
        rf"en {_ES} (?:se )?{_SAYS['es']} (?:lo siguiente\s*:|que\b|:)|"
        rf"{_ES} (?:nos )?{_SAYS['es']} (?:lo siguiente\s*:|que\b|:)"
        r")\s*"
    ),
    "en": re.compile(
        r"\s*(?:"
        rf"(?:according to|based on|as per|per|in accordance with|in line with|under) "
        rf"{_named('en', bare=True)}\s*[:,]|"
        rf"as {_SAID} (?:in|by) {_EN}\s*[:,]|"
        rf"as {_EN} {_SAYS['en']}\s*[:,]|"
        rf"{_EN} {_SAYS['en']} (?:the following\s*:|that\b|:)|"
        rf"it (?:is|says) (?:{_SAID} )?in {_EN} that\b"
        r")\s*"
    ),
}


def without_attribution(text: str, language: Language) -> str:
    """A sentence with what attributes it made blank, so that all else stays in its place.

    >>> without_attribution("As stated in our policy, returns are free.", "en").strip()
    'Returns are free.'
    """
    found = _ATTRIBUTIONS[language].match(same_length_fold(text))
    if found is None:
        return text
    rest = text[found.end() :]
    return " " * found.end() + rest[:1].upper() + rest[1:]
