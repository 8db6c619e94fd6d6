"""What is known of a customer: frozen, cleaned, of limited size. See `fields` for the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from knowledge.models import Language

Kind = Literal["phone", "mail", "order", "name"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""By what customers are found."""

OrderState = Literal["pending", "shipped", "delivered", "cancelled", "returning", "returned"]
ORDER_STATES: tuple[OrderState, ...] = get_args(OrderState)

AddressForm = Literal["tu", "usted"]
ADDRESS_FORMS: tuple[AddressForm, ...] = get_args(AddressForm)

FieldFault = Literal["missing", "text", "date", "number", "list", "word", "long"]
FAULTS: tuple[FieldFault, ...] = get_args(FieldFault)

MAX_MATCHES = 20
"""Customers that one search shows; who is not among them is found by something surer."""
SCANNED = 500
"""Customers of a search that are looked at; names are ranked among them."""
MAX_ROWS = 200
"""Orders, lines of an order, contacts, telephones or addresses of one customer."""


@dataclass(frozen=True)
class Sought:
    """What a customer is looked for by.

    Attributes:
        kind: what it is.
        value: normalised: a telephone as ``+34600123456``, an address in lower case, an order
            number in capitals without spaces, a name as it was typed.
    """

    kind: Kind
    value: str


@dataclass(frozen=True)
class Problem:
    """A field that the company's system has and that cannot be used: it counts as unknown.

    Attributes:
        field: where, as in ``orders.0.delivered``.
        fault: what is wrong with it; never its value.
    """

    field: str
    fault: FieldFault


@dataclass(frozen=True)
class Line:
    """An article of an order."""

    code: str = ""
    name: str = ""
    quantity: int | None = None
    price: Decimal | None = None


@dataclass(frozen=True)
class Order:
    """An order.

    Attributes:
        number: as the customer quotes it.
        state: one of ours; `None` where the mapping translates the company's word to none.
        state_text: the company's own word.
        ordered: day of the order; `None`: not known.
        delivered: day it was delivered; `None`: not, or not known.
        total: with `currency`, as in 399.00 and ``EUR``.
        lines: what was bought.
        carrier, tracking, shipment_state: of the shipment; empty: not known.
        payment_method, payment_state: of the payment; empty: not known.
    """

    number: str
    state: OrderState | None = None
    state_text: str = ""
    ordered: date | None = None
    delivered: date | None = None
    total: Decimal | None = None
    currency: str = ""
    lines: tuple[Line, ...] = ()
    carrier: str = ""
    tracking: str = ""
    shipment_state: str = ""
    payment_method: str = ""
    payment_state: str = ""


@dataclass(frozen=True)
class EarlierContact:
    """A call, chat or mail of before.

    Attributes:
        on: its day; `None`: not known.
        channel: the company's word, as in ``llamada``.
        order_number: what it was about; empty: no order, or not known.
        summary: what was said.
        outcome: how it ended.
    """

    on: date | None = None
    channel: str = ""
    order_number: str = ""
    summary: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Customer:
    """Everything a directory tells of one customer.

    Attributes:
        key: what the company's system knows them by.
        name: as to be shown.
        phones: as written there, masked or not.
        mails: likewise.
        since: customer since that day; `None`: not known.
        language: `None`: not known, or neither of ours.
        address_form: tú or usted; `None`: not known.
        orders: newest first; those without a date last.
        contacts: likewise.
        problems: fields that could not be used.
        cut: whether there was more than is here.
    """

    key: str
    name: str
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    since: date | None = None
    language: Language | None = None
    address_form: AddressForm | None = None
    orders: tuple[Order, ...] = ()
    contacts: tuple[EarlierContact, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    cut: bool = False


@dataclass(frozen=True)
class Match:
    """A customer that a search found."""

    key: str
    name: str
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Found:
    """What a directory found.

    Attributes:
        matches: at most `SCANNED`, of which `service` shows `MAX_MATCHES`.
        more: whether there are others.
    """

    matches: tuple[Match, ...] = ()
    more: bool = False
