"""What a chat model is told of the customer: what decides which rule applies, under other names.

Names, order numbers and whatever else tells who somebody is are not sent: words stand for them,
which are put back into what is shown. Telephones, mails and earlier contacts are not told at all.
Pure; who may see what of a customer was decided before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.customers.models import Customer, Order
from assistant.escalations.masking import masked_words
from knowledge.models import Language
from knowledge.privacy.models import Known
from knowledge.privacy.personal import NOBODY as NOTHING_KNOWN

MAX_ORDERS = 3
"""The newest."""
MAX_LINES = 5
"""Articles of an order."""
MAX_FIELD_CHARS = 80

_WORDS = {
    "es": {
        "name": "NOMBRE-DEL-CLIENTE",
        "order": "PEDIDO",
        "called": "Nombre: {name}.",
        "form": "Trato: {form}.",
        "articles": "artículos: {what}",
        "ordered": "comprado el {what}",
        "delivered": "entregado el {what}",
        "state": "estado: {what}",
        "shipment": "envío: {what}",
        "payment": "pago: {what}",
    },
    "en": {
        "name": "CUSTOMER-NAME",
        "order": "ORDER",
        "called": "Name: {name}.",
        "form": "Form of address: {form}.",
        "articles": "articles: {what}",
        "ordered": "bought on {what}",
        "delivered": "delivered on {what}",
        "state": "state: {what}",
        "shipment": "shipment: {what}",
        "payment": "payment: {what}",
    },
}


@dataclass(frozen=True)
class CustomerFacts:
    """What a model is told of a customer.

    Attributes:
        text: the facts, one a line, with words that stand for names and numbers.
        stands_for: those words, and what they stand for.
        known: of the customer, to be masked wherever it is said.
    """

    text: str = ""
    stands_for: Mapping[str, str] = field(default_factory=dict)
    known: Known = NOTHING_KNOWN

    def put_back(self, text: str) -> str:
        """A sentence of the model with the names and numbers in it."""
        return self._replaced(text, self.stands_for)

    def without_names(self, text: str) -> str:
        """A sentence of the model as sources can support it: they know nobody's name."""
        gone = self._replaced(text, dict.fromkeys(self.stands_for, ""))
        if gone == text:
            return text
        gone = re.sub(r"^[\s,;:]+", "", re.sub(r"\s+([,.;:!?])", r"\1", gone))
        return " ".join(re.sub(r",(?=[,.;:!?])", "", gone).split())

    def _replaced(self, text: str, by: Mapping[str, str]) -> str:
        if not by:
            return text
        longest = sorted(by, key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
        return pattern.sub(lambda found: by[found[0]], text)


NOBODY = CustomerFacts()


def facts_of(customer: Customer, language: Language, country: str = "ES") -> CustomerFacts:
    """What a model is told of a customer.

    Args:
        customer: as far as whoever asks may see them.
        language: of the words around the facts.
        country: whose telephone numbers need no prefix.
    """
    words = _WORDS[language]
    known = Known(names=(customer.name,) if customer.name else ())
    stands_for: dict[str, str] = {}
    lines: list[str] = []
    if customer.name:
        stands_for[words["name"]] = " ".join(customer.name.split())
        lines.append(words["called"].format(name=words["name"]))
    if customer.address_form:
        lines.append(words["form"].format(form=customer.address_form))
    for place, order in enumerate(customer.orders[:MAX_ORDERS], start=1):
        stands_for[f"{words['order']}-{place}"] = order.number
        told = [(key, _masked(what, country, known)) for key, what in _told(order)]
        parts = "; ".join(words[key].format(what=what) for key, what in told if what)
        lines.append(f"{words['order']}-{place}{': ' if parts else ''}{parts}.")
    return CustomerFacts("\n".join(lines), stands_for, known)


def _told(order: Order) -> list[tuple[str, str]]:
    articles = ", ".join(line.name or line.code for line in order.lines[:MAX_LINES])
    return [
        ("articles", articles),
        ("ordered", order.ordered.isoformat() if order.ordered else ""),
        ("delivered", order.delivered.isoformat() if order.delivered else ""),
        ("state", order.state_text or order.state or ""),
        ("shipment", order.shipment_state),
        ("payment", order.payment_state),
    ]


def _masked(text: str, country: str, known: Known) -> str:
    short = " ".join(text.split())[: MAX_FIELD_CHARS * MAX_LINES]
    return masked_words(short, country, names=False, contacts=False, known=known)
