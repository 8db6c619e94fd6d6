"""The events that periods count from: the words by which sentences name them, in both languages.

Patterns are of folded text (lower case, no accents).
"""

from __future__ import annotations

import re
from typing import get_args

from assistant.cases.models import Event
from knowledge.text import STOP_WORDS

EVENTS: tuple[Event, ...] = get_args(Event)

_GOT = (
    r"(?:we |you |lo |la )?(?:recib\w+|recepcion|llegada|(?:le|te|me|nos) lleg(?:a|ue|o|ado)|"
    r"receiv\w+|receipt) +(?:\w+ +){0,6}?"
)
"""Getting something, which may be a parcel, an invoice, a request or a letter."""

_GOODS = (
    r"(?:pedido|paquete|compra|articulo|producto|order|parcel|package|item|goods)s? +"
    r"(?:\w+ +){0,2}?"
)
"""What is sent, at the beginning of what happens to it."""
_COMES = r"(?:lleg(?:a|ue|o|ado)|arriv(?:es|ed|ing)|(?:gets?|getting|got) (?:back )?to|reach\w*)"

_WORDS: tuple[tuple[Event, str], ...] = (
    # What is received decides before "received" does.
    ("invoiced", rf"{_GOT}(?:facturas?|invoices?)"),
    (
        "claimed",
        rf"{_GOT}(?:solicitud\w*|reclamacion\w*|peticion\w*|requests?|claims?|complaints?)",
    ),
    ("notified", rf"{_GOT}(?:avisos?|notificacion\w*|comunicacion\w*|notices?|notifications?)"),
    (
        "returned",
        rf"{_GOT}(?:devolucion\w*|almacen|returns?|returned|warehouse|item back|goods back)",
    ),
    (
        "returned",
        r"(?:lo |la |los |las )?recib(?:imos|amos)|(?:we|almendro) receiv\w+|received back|"
        r"llega\w*\W+(?:al?|en)\W+(?:\w+\W+){0,2}?(?:almacen|tienda)|"
        r"reach\w*\W+(?:\w+\W+){0,2}?(?:warehouse|shop|store)",
    ),
    (
        "purchased",
        r"confirmacion (?:del|de su|de tu) pedido|"
        r"(?:se )?confirm\w+ (?:el|su|the|your) (?:pedido|order)|"
        r"order confirmation|(?:date on|on) (?:the|your) receipt|tickets?|tiques?",
    ),
    # What the parcel or the order does decides before its name does.
    ("dispatched", rf"{_GOODS}(?:sal(?:e|ga|io)|leav\w+|left|ships?|shipped|shipping)"),
    (
        "returned",
        rf"{_GOODS}(?:nos lleg\w+|{_COMES} +(?:\w+ +){{0,2}}?"
        r"(?:almacen|tienda|nuestr\w+|nosotros|warehouse|shop|store|us|our))",
    ),
    ("delivered", rf"{_GOODS}{_COMES}"),
    ("dispatched", r"envio|expedicion|salida|dispatch\w*|shipments?|shipping|shipped"),
    (
        "delivered",
        r"entregas?|entreg(?:ad[oa]s?|a|o|ue|aron|amos)|recepcion|recib\w+|deliver\w*|receipt|receiv\w+|"
        r"(?:le|te|me) lleg(?:a|ue|o|ado)|(?:le|se) (?:lo |la |los |las )?llev(?:amos|emos)|"
        r"teng\w+ en (?:casa|su poder)|"
        r"(?:reach\w*|gets? to|got to|arriv(?:es|ed|ing) (?:at|with)) you\w*",
    ),
    ("installed", r"instala\w+|montaje|install\w*|assembly"),
    ("invoiced", r"facturas?|facturacion|invoices?|invoiced|billing"),
    (
        "purchased",
        r"compras?|compr(?:o|ad[oa]s?|ar|aron|aste)|adquisicion|pedidos?|confirmacion|"
        r"purchas\w+|orders?|ordered|ordering|bought|buying",
    ),
    ("paid", r"pagos?|pag(?:o|ad[oa]|ar)|cobros?|cargos?|payments?|paid|charges?|charged"),
    (
        "found",
        r"detect\w+|descubr\w+|conoc\w+|apare(?:ce|cio|zca|cen|cer)|aparicion|averias?|siniestros?|"
        r"danos?|fallos?|defectos?|notic(?:ed|es|ing)|discover\w*|finding|found|faults?|"
        r"breakdowns?|incidents?|damage|defects?|appear\w*",
    ),
    (
        "notified",
        r"sms|avis(?:os?|a|e|ar|aron|ad[oa])|comunic\w+|notific\w+|notices?|notif\w+|report(?:s|ed|ing)?|"
        r"(?:su|la|your|the) (?:llamada|call)",
    ),
    (
        "claimed",
        r"reclam\w+|solicitud\w*|solicit\w+|peticion\w*|claims?|claimed|complain\w*|requests?|requested",
    ),
    ("repaired", r"repara\w*|repair\w*"),
    ("collected", r"recogidas?|recog\w+|recoj\w+|collect\w*|pick(?:ed|ing)?[ -]up"),
    ("refunded", r"emisi\w+|emit\w+|abonos?|reembols\w+|refund\w*|issu\w+"),
    ("returned", r"devolucion\w*|devuel\w+|returns?|returned|returning|sent back|sending back"),
    ("cancelled", r"cancela\w*|anula\w*|baja|cancel\w*|terminat\w*"),
    (
        "started",
        r"contrat\w*|firma\w*|inicio|comienzo|alta|activacion|suscripcion|contracts?|agreement|"
        r"signature|signing|signed|start\w*|activation|subscription|sign-?up",
    ),
)
_PATTERNS = tuple((event, re.compile(rf"\b(?:{words})\b")) for event, words in _WORDS)
_OTHER_THINGS_GOT = re.compile(
    rf"\b{_GOT}(?:informacion\w*|datos|detalles|documento\w*|documentacion|respuesta\w*|correos?|"
    r"mensajes?|cartas?|details?|information|documents?|documentation|answers?|repl(?:y|ies)|"
    r"emails?|messages?|letters?|data)\b"
)
_PHRASE_END = re.compile(r"[.,;()|?!\n](?=\s|$)|[()|]|\bpara\b|\bso that\b")
_GENITIVE = re.compile(r"\b(?:of|del?)\b")
_OR = re.compile(
    r"\w+ (?:(?!que\b)\w+ ){0,3}?(?:o|u|or) +(?:(?:desde|from) +)?"
    r"(?:(?:el|la|los|las|the|su|de la|del|of) +)?"
)
_NEUTRAL = STOP_WORDS | frozenset(
    "date day moment time fecha dia momento instante hora first last primer primera ultimo ultima "
    "exact exacta misma mismo".split()
)
_WORD = re.compile(r"[a-zñ]+")
_CLAUSE = re.compile(r"\b(?:que|cuando|when|which|that|you|we|he|she|they|it)\b")
_MOST_WORDS, _MOST_IN_A_CLAUSE = 1, 3
"""Words with a meaning of their own before the event: "the next invoice", "that the customer files
the complaint"."""


def event_in(folded: str) -> Event | None:
    """The event that a phrase is about, the first it names; `None` where it is about another.

    Of two named at the same place it is the one with more words about it. What stands behind
    "of" is not what the phrase is about: "the end of the contract" is no start of one.

    >>> event_in(" que recibamos la solicitud"), event_in(" la entrega del pedido")
    ('claimed', 'delivered')
    >>> event_in(" the end of the contract"), event_in(" the date of purchase")
    (None, 'purchased')
    """
    end = _PHRASE_END.search(folded)
    phrase = folded[: end.start()] if end else folded
    found = [
        (match.start(), order, event)
        for order, (event, pattern) in enumerate(_PATTERNS)
        if (match := pattern.search(phrase))
    ]
    if not found:
        return None
    start, _, event = min(found)
    other = _OTHER_THINGS_GOT.search(phrase)
    if (other and other.start() <= start) or not _is_head(phrase[:start]):
        return None
    return None if _has_alternative(phrase[start:], event) else event


def _has_alternative(phrase: str, event: Event) -> bool:
    """Whether another event may count as well: "delivery or installation, the later of them"."""
    match = _OR.match(phrase)
    rest = phrase[match.end() :] if match else ""
    return any(e != event and pattern.match(rest) for e, pattern in _PATTERNS)


def _is_head(before: str) -> bool:
    """Whether what stands before an event leaves the phrase to be about it."""
    genitive = _GENITIVE.search(before)
    named = _content(before[: genitive.start()]) if genitive else []
    most = _MOST_IN_A_CLAUSE if _CLAUSE.search(before) else _MOST_WORDS
    return not named and len(_content(before)) <= most


def _content(folded: str) -> list[str]:
    return [word for word in _WORD.findall(folded) if word not in _NEUTRAL]
