"""How a contact ended, by the words of its last turns: the latest that tells decides.

A proposal: each pattern is a form in which people say so, and the words that matched are shown as
the reason. Where nobody says, nothing is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.summary.models import Outcome
from assistant.summary.quotes import Quote
from knowledge.text import fold

LOOKED_AT = 8
"""Turns from the end: before that, people talk about how it stands, not how it ended."""

_Forms = tuple[tuple[Outcome, re.Pattern[str]], ...]

_CUSTOMER: _Forms = (
    (
        "not_resolved",
        re.compile(
            r"\b(?:no (?:me )?(?:l[oa] )?(?:funciona|sirve|soluciona\w*|arregla\w*|dan|"
            r"resuelve\w*)|"
            r"no (?:estoy|me quedo) (?:conforme|de acuerdo|satisfech[oa]|content[oa])|"
            r"sigue(?:n)?(?: sin| igual| cobr\w+| mal| rot[oa]|$)|me quedo (?:como|igual)|"
            r"(?:poner|presentar|voy a|quiero) (?:una )?(?:queja|reclam\w+|denunci\w+)|"
            r"(?:dar\w*|doy) de baja|"
            r"still (?:not|no|does|doesn|won|isn|can|haven|hasn|charging|broken|waiting|the same)|"
            r"doesn t work|not (?:acceptable|happy|satisfied|good enough)|unacceptable|"
            r"(?:file|filing|make|making) a complaint|no solution|back where i started|"
            r"close my account|cancel my (?:account|subscription|contract))"
        ),
    ),
    (
        "resolved",
        re.compile(
            r"\b(?:con eso me (?:vale|basta|sirve)|es[oa] (?:era|es) (?:todo|lo que)|"
            r"ya (?:me )?(?:funciona|va bien|esta|l[oa] (?:veo|tengo)|ha llegado|aparece|sale)|"
            r"solucionad[oa]|resuelt[oa]|arreglad[oa]|me (?:ha|han|has) (?:ayudado|aclarado)|"
            r"that s (?:all|everything|what) i|that answers|that (?:helps|solves|fixes)|"
            r"(?:is|it s|are) working|works now|(?:all|it s|that s|is) (?:sorted|fixed|solved)|"
            r"sorted|resolved|i (?:just |have |ve )?(?:got|received) (?:it|the)|"
            r"can see it)\b"
        ),
    ),
)
"""Not resolved first: "no me lo han solucionado" holds the other's word."""

_LATER = (
    r"\b(?:le (?:llam[oa]\w*|escrib\w+|avis[oa]\w*|mand\w+|envi\w+|confirm\w+|digo algo|dir\w+)|"
    r"(?:nos pondremos|me pondre|pongo) en contacto|(?:volver|contactar)(?:e|emos)|"
    r"tendr(?:emos|e) que|recibira|enviaremos|llamaremos|"
    r"(?:i|we|they|someone) (?:ll|will) (?:then )?(?:call|contact|email|write|send|have to|"
    r"let you know|get back|be in touch)|get back to you|you (?:ll|will) (?:receive|get|hear))\b"
)
LATER = re.compile(_LATER)
"""Something is still to be done, and the agent says so."""

_AGENT: _Forms = (
    (
        "transferred",
        re.compile(
            r"\b(?:(?:le|te) (?:paso|pongo|transfiero|comunico) con|"
            r"(?:transfiero|derivo|desvio|paso|transferir|derivar|desviar|pasar) (?:la|su|esta) "
            r"(?:llamada|conversacion|chat)|"
            r"(?:put|putting) you through|(?:transfer|transferring|connect|connecting) you|"
            r"(?:transfer|transferring|forward|forwarding) (?:your|the|this) (?:call|chat)|"
            r"(?:hand|handing) you over)\b"
        ),
    ),
    (
        "escalated",
        re.compile(
            r"\b(?:(?:paso|traslado|remito|elevo|escalo|derivo|pasamos|trasladamos|elevamos) "
            r"(?:el|su|la|este|esta) (?:caso|incidencia|reclamacion|queja|consulta|solicitud)|"
            r"(?:abro|abierto|abrir|registrado|creado) (?:una |un )?(?:incidencia|ticket|caso|"
            r"parte|expediente)|"
            r"consult\w+ (?:con )?(?:mi |el |la |un |una )?"
            r"(?:responsable|supervisor\w*|encargad\w|jef\w|departamento|compan\w+)|"
            r"escalat\w+|(?:rais|open)(?:e|ed|ing)? (?:a|the) (?:ticket|case|incident)|"
            r"(?:check|ask) (?:with )?(?:my|the|our) (?:supervisor|manager|team|warehouse)|"
            r"pass(?:ing|ed)? (?:it|this|your (?:complaint|case|query|request)) (?:on )?to)\b"
        ),
    ),
    (
        "not_resolved",
        re.compile(
            rf"{_LATER}|"
            r"\bno (?:se l[oa] |le |l[oa] )?(?:podemos|puedo|es posible)|fuera de plazo|"
            r"\b(?:afraid (?:we|i|it|that)|(?:we|i) (?:can t|cannot)|nothing (?:else|more))\b"
        ),
    ),
    (
        "resolved",
        re.compile(
            r"\b(?:he (?:cambiado|anulado|cancelado|tramitado|actualizado|corregido|reenviado|"
            r"reembolsado|modificado|devuelto|activado|enviado)|"
            r"(?:esta|queda|quedan|estan) (?:ya )?(?:hech|cambiad|anulad|tramitad|solucionad|"
            r"resuelt|cancelad|actualizad|corregid|reembolsad|activad)[oa]s?|"
            r"i (?:ve|have) (?:just |now |already )?(?:updated|changed|cancelled|canceled|refunded|"
            r"processed|fixed|sent|corrected|activated)|"
            r"(?:has|have) been (?:processed|cancelled|canceled|refunded|updated|sent|changed)|"
            r"(?:is|are) (?:now )?(?:cancelled|canceled|done|sorted|updated|refunded|fixed))\b|"
            r"^(?:hecho|done)\b"
        ),
    ),
)
"""What goes to somebody else before what is put off: "le paso el caso y le llamarán"."""


def plain(text: str) -> str:
    """Folded words alone, so that "I've" and "i ve" are one."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())


def outcome_of(quotes: Sequence[Quote]) -> tuple[Outcome, Quote | None]:
    """How it ended and the words that say so; `None` where nobody says.

    Args:
        quotes: all sentences of the contact, in order.
    """
    last = quotes[-1].said.number if quotes else 0
    for quote in reversed(quotes):
        if quote.said.number <= last - LOOKED_AT:
            break
        forms = _CUSTOMER if quote.said.speaker == "customer" else _AGENT
        folded = plain(quote.text)
        for outcome, form in forms:
            if "?" not in quote.text and form.search(folded):
                return outcome, quote
    return "not_said", None


def is_for_later(text: str) -> bool:
    """Whether an agent says that something is still to be done."""
    return "?" not in text and bool(LATER.search(plain(text)))
