"""Words that say what the number after them is: of a person, or of an order or product."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

NEAR_CHARS = 60
"""Before a number, in which a word may say what it is."""
AFTER_CHARS = 24
"""After it: "anotado: 12345678Z (DNI)"."""
_LOOKED_AT = 4
"""Words that say something, before a number."""

_WORDS = {
    "dni": "dni nif d.n.i n.i.f documento carnet identidad; identity card",
    "nie": "nie n.i.e extranjero extranjera residencia; foreigner number; foreigner's number",
    "cif": "cif c.i.f vat sociedad; company tax number",
    "passport": "pasaporte passport",
    "phone": "telefono telefonos telf tel tfno movil fijo whatsapp contacto llama llame llamen "
    "llamad llamadme llamarme llamame llameme llamenme llamar llamo marca marque marcar phone "
    "mobile cell cellphone telephone call ring landline numero number; text me; contact number",
    "iban": "iban cuenta account domiciliacion transferencia; sort code",
    "card": "tarjeta card visa mastercard amex",
    "nss": "nss naf afiliacion; seguridad social; spanish social security",
    "ssn": "ssn social; social security",
    "nino": "nino; ni number; national insurance",
    "plate": "matricula coche furgoneta moto vehiculo turismo plate car van vehicle registration",
    "cups": "cups; punto de suministro; supply point",
    "order": "pedido pedidos order orders encargo compra factura facturas invoice invoices albaran "
    "albaranes referencia referencias reference references ref localizador seguimiento tracking "
    "expediente caso casos case cases incidencia incidencias ticket tickets presupuesto quote "
    "quotes cupon coupon voucher lote batch pieza piezas part parts producto productos product "
    "products articulo articulos item items modelo model n/s s/n sn serie serial ean barras "
    "barcode sku extension ext linea reserva booking contrato contract error version postcode zip "
    "cp c.p recibo receipt envio shipment parcel paquete bulto reclamacion complaint claim; "
    "delivery note; codigo postal",
}
_BY_WORD: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _kind, _text in _WORDS.items():
    _single, *_phrases = _text.split("; ")
    for _phrase in (*((word,) for word in _single.split()), *(p.split() for p in _phrases)):
        _BY_WORD.setdefault(_phrase[0], []).append((tuple(_phrase), _kind))
for _phrases_of_word in _BY_WORD.values():
    _phrases_of_word.sort(key=lambda one: -len(one[0]))

_WORD = re.compile(r"[A-Za-z](?:[\w']|[./](?=[A-Za-z]))*")
_BETWEEN = re.compile(
    r"(?:[\s:#.,'(º°\"*-]|\b(?:n|no|num|numero|number|nr|de|del|el|la|los|es|sera|seria|era|is|was|"
    r"the|of|my|mi|su|your|con|codigo|code|producto|product|pedido|order|envio|serie|are|son|"
    r"please|a ver|it's|barras|id)\b)*",
    re.IGNORECASE,
)
"""What may stand between the word for an order and its number."""


class Cues:
    """The words of a text that say what numbers are; looked for when first asked.

    Args:
        text: of a reading.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def has(self, kind: str) -> bool:
        """Whether a word of a kind is anywhere."""
        return any(own == kind for own, _, _ in self._found)

    def before(self, start: int) -> list[str]:
        """Kinds of the words before a place, nearest first."""
        at = bisect_right(self._ends, start)
        near = self._found[max(0, at - _LOOKED_AT) : at]
        return [kind for kind, _, end in reversed(near) if start - end <= NEAR_CHARS]

    def says(self, kind: str, start: int, end: int) -> bool:
        """Whether a word near a number says that it is of a kind, and none says an order."""
        if self.is_order(start):
            return False
        if kind in self.before(start):
            return True
        at = bisect_right(self._ends, end)
        after = self._found[at : at + 2]
        return any(own == kind and begins - end <= AFTER_CHARS for own, begins, _ in after)

    def is_order(self, start: int) -> bool:
        """Whether a word says that the number there is of an order, an invoice or a product."""
        at = bisect_right(self._ends, start)
        for kind, _, end in reversed(self._found[max(0, at - 2) : at]):
            if kind == "order" and start - end <= NEAR_CHARS:
                return _BETWEEN.fullmatch(self._text, end, start) is not None
            if kind != "phone":  # "número" comes after "pedido" as after "teléfono"
                return False
        return False

    @cached_property
    def _found(self) -> list[tuple[str, int, int]]:
        """Kind, start and end of each, in order."""
        words = [(one[0].lower(), one.start(), one.end()) for one in _WORD.finditer(self._text)]
        found: list[tuple[str, int, int]] = []
        at = 0
        while at < len(words):
            size = 1
            for phrase, kind in _BY_WORD.get(words[at][0], ()):
                if tuple(word for word, _, _ in words[at : at + len(phrase)]) == phrase:
                    size = len(phrase)
                    found.append((kind, words[at][1], words[at + size - 1][2]))
                    break
            at += size
        return found

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, _, end in self._found]
