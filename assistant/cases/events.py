"""The events that periods count from: the words by which sentences name them, in both languages.

Patterns are of folded text (lower case, no accents).
"""

from __future__ import annotations

import re
from typing import get_args

from assistant.cases.models import Event

EVENTS: tuple[Event, ...] = get_args(Event)

_GOT = r"(?:recib\w+|recepcion|llegada|receiv\w+|receipt) +(?:\w+ +){0,6}?"
"""Getting something, which may be a parcel, an invoice, a request or a letter."""

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
    ("dispatched", r"envio|expedicion|salida|dispatch\w*|shipments?|shipping|shipped"),
    (
        "delivered",
        r"entregas?|entreg(?:ad[oa]s?|a|o|ue|aron|amos)|recepcion|recib\w+|deliver\w*|receipt|receiv\w+",
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
        r"danos?|fallos?|defectos?|notic(?:ed?|es|ing)|discover\w*|find(?:s|ing)?|found|faults?|"
        r"breakdowns?|incidents?|damage|defects?|appear\w*",
    ),
    (
        "notified",
        r"avis(?:os?|a|e|ar|aron|ad[oa])|comunic\w+|notific\w+|notices?|notif\w+|report(?:s|ed|ing)?|"
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


def event_in(folded: str) -> Event | None:
    """The event named first; of two named at the same place the one with more words about it.

    >>> event_in(" que recibamos la solicitud"), event_in(" la entrega del pedido")
    ('claimed', 'delivered')
    """
    found = [
        (match.start(), order, event)
        for order, (event, pattern) in enumerate(_PATTERNS)
        if (match := pattern.search(folded))
    ]
    return min(found)[2] if found else None
