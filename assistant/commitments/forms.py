"""A form in which something is promised, and what decides where the form leaves it open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.commitments.models import What
from knowledge.models import Language


@dataclass(frozen=True)
class Form:
    """A pattern of folded text.

    Attributes:
        language: of it.
        what: what it promises; `None`: what is sent or received decides, see `thing`.
        pattern: finds it.
        alone: whether it has no pronoun of whoever is promised something.
        dated: whether only a day makes it a promise.
        named: whether only a thing that can be promised does.
        word: whether it gives one's word, and what follows says for what.
    """

    language: Language
    what: What | None
    pattern: re.Pattern[str]
    alone: bool = False
    dated: bool = False
    named: bool = False
    word: bool = False

    @classmethod
    def of(
        cls,
        language: Language,
        what: What | None,
        pattern: str,
        *,
        alone: bool = False,
        dated: bool = False,
        named: bool = False,
        word: bool = False,
    ) -> Form:
        """The form of a pattern of whole words."""
        compiled = re.compile(rf"\b(?:{pattern})\b")
        return cls(language, what, compiled, alone, dated, named, word)


_THINGS: tuple[tuple[What, str], ...] = (
    ("call_back", r"llamadas?|calls?|phone call"),
    ("repair", r"tecnic[oa]s?|montador(?:es)?|instalador(?:es)?|operari[oa]s?|technicians?|"
     r"fitters?|engineers?|installers?"),
    ("refund", r"dinero|importe|reembolsos?|abonos?|devolucion|ingreso|transferencia|refunds?|"
     r"money|credit|amount"),
    ("answer", r"respuesta|contestacion|noticias|repl(?:y|ies)|answers?|response|decision"),
    ("replace", r"otr[oa]s?|nuev[oa]s?|repuesto|sustitut[oa]s?|recambio|replacements?|new|another"),
    (
        "send_document",
        r"facturas?|justificantes?|recibos?|tiques?|tickets?|etiquetas?|certificados?|contratos?|"
        r"presupuestos?|documentos?|documentacion|copias?|enlaces?|formularios?|informes?|"
        r"invoices?|receipts?|labels?|certificates?|contracts?|quotes?|documents?|paperwork|copy|"
        r"link|form|report|proof|voucher|vale",
    ),
    ("answer", r"correos?|mails?|e-?mails?|mensajes?|sms|whatsapps?|messages?|text|letter|carta"),
    (
        "deliver",
        r"paquetes?|pedidos?|envios?|sofas?|sillas?|mesas?|colchon(?:es)?|camas?|piezas?|tornillos?|"
        r"patas?|muebles?|somier(?:es)?|parcels?|orders?|sofas?|chairs?|tables?|mattress(?:es)?|"
        r"beds?|parts?|screws?|legs?|packages?|delivery|it|them",
    ),
)  # fmt: skip
_LAST = len(_THINGS) - 2
_KNOWN = tuple((what, re.compile(rf"\b(?:{words})\b")) for what, words in _THINGS)
_NEAR_CHARS = 60
_NAMED_WORDS = re.compile(r"(?:\s*\S+){0,5}")


def thing(folded: str, *, near: bool = False) -> What | None:
    """What is promised with a thing: the first that is known; `None` where none is.

    A mail with a contract in it is a contract, a sofa to replace another no delivery: mails and
    goods count only where nothing else is named.

    Args:
        folded: what follows the verb.
        near: whether only the first words count.
    """
    part = _NAMED_WORDS.match(folded).group() if near else folded[:_NEAR_CHARS]  # type: ignore[union-attr]
    found = [
        (place >= _LAST, match.start(), place, what)
        for place, (what, pattern) in enumerate(_KNOWN)
        if (match := pattern.search(part))
    ]
    first = [one for one in found if not one[0]]
    if first:
        return min(first)[-1]
    return min(found, key=lambda one: one[2])[-1] if found else None
