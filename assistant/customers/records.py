"""Records as a directory read them -> a `Customer`, and the matches of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import cast

from assistant.customers.fields import LONG, NAME, SHORT, Reader, Record
from assistant.customers.models import (
    ADDRESS_FORMS,
    ORDER_STATES,
    SCANNED,
    AddressForm,
    Customer,
    EarlierContact,
    Found,
    Line,
    Match,
    Order,
    OrderState,
)
from assistant.customers.ports import DirectoryUnavailable
from assistant.refusals import because

MAX_KEY = 200


@dataclass(frozen=True)
class Words:
    """How the company's system writes what we have names for.

    Attributes:
        zone: where a moment becomes a day.
        dates: strptime's format; empty: ISO 8601.
        order_states: the company's word, folded -> ours; empty: it uses ours.
        address_forms: likewise.
    """

    zone: tzinfo
    dates: str = ""
    order_states: Mapping[str, str] = field(default_factory=dict)
    address_forms: Mapping[str, str] = field(default_factory=dict)

    def reader(self) -> Reader:
        """A reader with nothing noted."""
        return Reader(self.zone, self.dates)

    @property
    def states(self) -> Mapping[str, str]:
        """Those of the mapping, and our own."""
        return {**{own: own for own in ORDER_STATES}, **self.order_states}

    @property
    def forms(self) -> Mapping[str, str]:
        """Those of the mapping, and our own."""
        return {**{own: own for own in ADDRESS_FORMS}, "tú": "tu", **self.address_forms}


@dataclass(frozen=True)
class Records:
    """Everything of one customer, unread.

    Attributes:
        customer: its fields.
        phones, mails: values in lists of their own, beside ``phone`` and ``mail`` of the customer.
        orders: each with its ``lines``.
        contacts: earlier ones.
    """

    customer: Record
    phones: Sequence[object] = ()
    mails: Sequence[object] = ()
    orders: object = ()
    contacts: object = ()


def matches_of(records: Iterable[Record], words: Words) -> Found:
    """The matches of a search; what has no key is left out.

    Raises:
        DirectoryUnavailable: nothing that came has one.
    """
    reader = words.reader()
    found: dict[str, Match] = {}
    more, seen = False, 0
    for record in records:
        seen += 1
        key = key_of(record)
        if key is None or key in found:
            continue
        if len(found) == SCANNED:
            more = True
            break
        name = reader.text(record, "name", "", NAME)
        phone = reader.text(record, "phone", "")
        found[key] = Match(key, name, phone, reader.text(record, "mail", "", NAME))
    if seen and not found:
        raise DirectoryUnavailable(because("customers-garbled", what="key"))
    return Found(tuple(found.values()), more)


def key_of(record: Record) -> str | None:
    """What a customer is known by: short and visible, or it is none."""
    value = record.get("key")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    key = str(value)
    usable = 0 < len(key) <= MAX_KEY and key.isprintable() and key.strip(". ") != ""
    return key if usable and key == key.strip() else None


def customer_of(records: Records, words: Words, wanted: str) -> Customer:
    """The customer that records tell of.

    Raises:
        DirectoryUnavailable: they are of another customer than the one whose key was wanted.
    """
    reader, own = words.reader(), records.customer
    key = key_of(own)
    if key is None or key != wanted:
        raise DirectoryUnavailable(because("customers-garbled", what="customer.key"))
    name = reader.text(own, "name", "", NAME)
    if not name:
        reader.note("name", "missing")
    form, _ = reader.word(own, "address_form", "", words.forms)
    orders = [
        found
        for number, row in enumerate(reader.rows(records.orders, "orders"))
        if (found := _order(row, f"orders.{number}.", reader, words)) is not None
    ]
    contacts = [
        _contact(row, f"contacts.{number}.", reader)
        for number, row in enumerate(reader.rows(records.contacts, "contacts"))
    ]
    return Customer(
        key,
        name,
        _values(reader, [own.get("phone"), *records.phones], "phones", SHORT),
        _values(reader, [own.get("mail"), *records.mails], "mails", NAME),
        reader.day(own, "since", ""),
        reader.language(own),
        cast("AddressForm | None", form),
        tuple(sorted(orders, key=lambda one: one.ordered or date.min, reverse=True)),
        tuple(sorted(contacts, key=lambda one: one.on or date.min, reverse=True)),
        tuple(reader.problems),
        reader.cut,
    )


def _values(reader: Reader, given: Sequence[object], place: str, limit: int) -> tuple[str, ...]:
    rows = reader.rows([{"value": one} for one in given if one is not None], place)
    texts = [reader.text(row, "value", f"{place}.{n}.", limit) for n, row in enumerate(rows)]
    return tuple(dict.fromkeys(text for text in texts if text))


def _order(row: Record, place: str, reader: Reader, words: Words) -> Order | None:
    number = reader.text(row, "number", place)
    if not number:
        reader.note(f"{place}number", "missing")
        return None
    state, state_text = reader.word(row, "state", place, words.states)
    return Order(
        number,
        cast("OrderState | None", state),
        state_text,
        reader.day(row, "ordered", place),
        reader.day(row, "delivered", place),
        reader.amount(row, "total", place),
        reader.text(row, "currency", place),
        tuple(
            _line(line, f"{place}lines.{n}.", reader)
            for n, line in enumerate(reader.rows(row.get("lines"), f"{place}lines"))
        ),
        reader.text(row, "carrier", place),
        reader.text(row, "tracking", place),
        reader.text(row, "shipment_state", place),
        reader.text(row, "payment_method", place),
        reader.text(row, "payment_state", place),
    )


def _line(row: Record, place: str, reader: Reader) -> Line:
    return Line(
        reader.text(row, "code", place),
        reader.text(row, "name", place, NAME),
        reader.count(row, "quantity", place),
        reader.amount(row, "price", place),
    )


def _contact(row: Record, place: str, reader: Reader) -> EarlierContact:
    return EarlierContact(
        reader.day(row, "on", place),
        reader.text(row, "channel", place),
        reader.text(row, "order_number", place),
        reader.text(row, "summary", place, LONG),
        reader.text(row, "outcome", place, LONG),
    )
