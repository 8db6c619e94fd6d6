"""Postal addresses by the words for streets, and days of birth by the words for being born."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.privacy.models import Found

_NO_NAME = (
    r"(?!(?:que|donde|esta|estaba|estan|fue|es|era|son|no|me|se|hay|ha|han|por|con|para|cortad[ao]|"
    r"muy|pero|cuando|como|sin|hasta|desde|en|a|estatal|interestatal|nacional|comarcal|rural|principal|"
    r"peatonal|cualquiera|misma?)\b)"
)
"""Words that are in no street's name: "la calle estaba cortada 12 días"."""
_COUNTED = (
    r"(?! ?(?:dias?|horas?|minutos?|semanas?|mes(?:es)?|anos?|veces|euros?|€|km|kilometros|metros|"
    r"personas|vecinos|cajas|unidades|%))"
)
_FLOOR = (
    r"(?:,? ?(?:\b(?:piso|planta|puerta|pta\.?|esc(?:alera|\.)|portal|bloque) ?\w{1,3}\b|"
    r"\b(?:bajos?|atico|"
    r"entresuelo|primero?|segundo|tercero?|cuarto|quinto|sexto|septimo|octavo|noveno|decimo|"
    r"izquierda|izqd?a?\.?|derecha|dcha\.?|dch\.?|interior|exterior|centro)(?!\w)|\d{1,2} ?[ºªo°]|"
    r"\b\d{1,2}(?=[ -][a-z]\b)|-[a-z]\b|\b[a-z]\b(?! \w)|(?<=[º ]) ?\b[a-h]\b|"
    r"\b\d{1,2}\b(?=,|$| ?[ºª])))"
    r"{0,5}?"
)
_POSTCODE = r"(?:\d ?){4}\d(?!\d)"
_STREET = re.compile(
    r"(?<!\w)(?:(?:calle|c ?/|avenida|avda?\.?|plaza|plz?a\.?|pza\.?|paseo|camino|carretera|"
    r"ctra\.?|ronda|travesia|rambla|urbanizacion|urb\.?|pasaje|glorieta|poligono|callejon|cuesta|"
    r"bulevar|carrer)(?:(?<=[/.]) *| +)|(?=gran via))"
    rf"(?:{_NO_NAME}[^\W\d_][\w.'-]*\.? ?){{1,7}}?"
    r"(?:,? ?(?:n\.?[ºo°.]|num(?:ero)?\.?|numero)? ?)"
    rf"\b\d{{1,4}}(?!\d)(?![.,]\d){_COUNTED}(?: ?bis)?"
    rf"(?:{_FLOOR}(?:(?:,? [^\W\d_]+){{0,3}}?,? ?(?:c\.?p\.?:?|codigo postal)? ?\b{_POSTCODE})"
    rf"|{_FLOOR[:-1]})",
    re.IGNORECASE,
)
_ENGLISH_STREET = (
    r"street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|close|way|boulevard|blvd|square|sq|"
    r"terrace|crescent|gardens|grove|hill|row|mews|place|parkway|highway"
)
_NO_ENGLISH_NAME = (
    r"(?!(?:days?|weeks?|hours?|months?|years?|times?|euros?|pounds?|of|on|in|by|to|from|for|and|is|"
    r"was|are|were|minutes?|people|boxes|pieces|units|at|a|per|con|more|miles?|metres?|km|off|or|the|with|since|until|no|not|but|we|you|i)\b)"
)
_FLAT = r"(?:flat|apt\.?|apartment|unit|suite|ste\.?) ?#?\w{1,4}"
_ENGLISH = re.compile(
    rf"(?<![\w€$£])(?:{_FLAT},? )?(?<!\d )(?:\d{{1,5}}[a-z]?|\d{{1,3}}[a-z]?,) "
    rf"(?:{_NO_ENGLISH_NAME}[^\W\d_][\w'.-]* ){{1,4}}?(?:{_ENGLISH_STREET})\b\.?"
    rf"(?:,? {_FLAT})?"
    r"(?:(?:,? [^\W\d_]+){0,3}?,? "
    r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|(?:[A-Z]{2} )?\d{5}(?:-\d{4})?)\b)?",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_YEAR = (
    r"(?:(?:19|20)\d\d|(?:19|20) (?:\d ?\d|\d)|2 mil(?: \d{1,2})?|mil \d{3}|2 thousand"
    r"(?: and)?(?: \d{1,2})?|['’]?\d\d)(?!\d)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th|º|o)?|(?:[23]0[ -])?(?:first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|"
    r"eighteenth|nineteenth|twentieth|thirtieth|primero))"
)
_DAY = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?{_YEAR}|"
    rf"(?:the )?{_ORDINAL},?(?: de| del| of)? {_MONTH},?(?: de| del| of)?,? ?{_YEAR}|"
    rf"{_MONTH} (?:the )?{_ORDINAL},? ?(?:of )?{_YEAR}|"
    rf"\d{{1,2}} del? \d{{1,2}} del? {_YEAR})"
)
_BIRTH = (
    r"(?<!\w)(?:nacimiento|naci|nacio|nacid[oa]s?|born|birth ?date|date of birth|d\.? ?o\.? ?b\.?|"
    r"birthday|cumple(?:anos)?|cumplo(?: anos)?|f(?:echa|\.) ?(?:de )?nac\.?)(?!\w)"
)
_BORN = re.compile(
    rf"{_BIRTH}[^\d]{{0,40}}?(?<![\w])(?P<day>{_DAY})|"
    rf"(?<![\w/.-])(?P<first>{_DAY})[ ,(]{{1,2}}"
    rf"(?:(?:es|era|is|was|de|my|mi|su|her|his|la|the|fecha) ){{0,4}}{_BIRTH}",
    re.IGNORECASE,
)
_HAS_DIGIT = re.compile(r"\d")


def places(text: str) -> Iterator[Found]:
    """The postal addresses in the text of a reading."""
    if not _HAS_DIGIT.search(text):
        return
    for pattern in (_STREET, _ENGLISH):
        for found in pattern.finditer(text):
            yield Found("address", found.start(), found.start() + len(found[0].rstrip(" ,")))


def births(text: str) -> Iterator[Found]:
    """The days of birth in it."""
    for found in _BORN.finditer(text):
        yield Found("birth_date", *found.span("day" if found["day"] else "first"))
