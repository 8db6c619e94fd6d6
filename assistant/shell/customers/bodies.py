"""What the routes of customers answer, as JSON and as it is described."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

from assistant.customers.models import AddressForm, Customer, Kind, OrderState
from assistant.customers.service import Finding, Look, State
from assistant.refusals import because
from knowledge.models import Language
from knowledge.refusals.reason import Reason


class ReasonOut(BaseModel):
    """Why there is nothing to show, in both languages."""

    code: str = Field(description="The same in every language: for programs.")
    es: str
    en: str


class MatchOut(BaseModel):
    """A customer that a search found; telephone and mail as far as one may see them."""

    key: str
    name: str
    phone: str
    mail: str


class FoundOut(BaseModel):
    """What a search came to."""

    state: State
    reason: ReasonOut | None
    searchable: list[Kind] = Field(description="What customers can be found by here.")
    matches: list[MatchOut] = Field(description="The most likely first.")
    more: bool = Field(description="Whether there are others.")


class LineOut(BaseModel):
    """An article of an order."""

    code: str
    name: str
    quantity: int | None
    price: str | None


class OrderOut(BaseModel):
    """An order; what is empty or null is not known."""

    number: str
    state: OrderState | None
    state_text: str = Field(description="The company's own word.")
    ordered: date | None
    delivered: date | None
    total: str | None
    currency: str
    lines: list[LineOut]
    carrier: str
    tracking: str
    shipment_state: str
    payment_method: str
    payment_state: str


class ContactOut(BaseModel):
    """An earlier contact."""

    on: date | None
    channel: str
    order_number: str
    summary: str
    outcome: str


class ProblemOut(BaseModel):
    """A field of the company's system that cannot be used, and counts as unknown."""

    field: str
    fault: ReasonOut


class CustomerOut(BaseModel):
    """A customer, as far as one may see them. All texts are data: show them escaped."""

    key: str
    name: str
    phones: list[str]
    mails: list[str]
    since: date | None
    language: Language | None
    address_form: AddressForm | None
    orders: list[OrderOut] = Field(description="Newest first.")
    contacts: list[ContactOut] = Field(description="Newest first.")
    problems: list[ProblemOut]
    cut: bool = Field(description="Whether there was more than is here.")


class LookOut(BaseModel):
    """What opening a customer came to."""

    state: State
    reason: ReasonOut | None
    customer: CustomerOut | None


def found_json(found: Finding, searchable: tuple[Kind, ...]) -> dict[str, Any]:
    """A `FoundOut` as plain values."""
    return {
        "state": found.state,
        "reason": _reason(found.reason),
        "searchable": list(searchable),
        "matches": [asdict(one) for one in found.matches],
        "more": found.more,
    }


def look_json(look: Look) -> dict[str, Any]:
    """A `LookOut` as plain values."""
    customer = None if look.customer is None else customer_json(look.customer)
    return {"state": look.state, "reason": _reason(look.reason), "customer": customer}


def customer_json(customer: Customer) -> dict[str, Any]:
    """A `CustomerOut` as plain values."""
    problems = [
        {
            "field": one.field,
            "fault": _reason(because(f"customer-field-{one.fault}", field=one.field)),
        }
        for one in customer.problems
    ]
    whole = CustomerOut.model_validate(_texts(asdict(customer)) | {"problems": problems})
    return whole.model_dump(mode="json")


def _texts(value: Any) -> Any:
    """Amounts as texts, which keep their cents; the rest as it is."""
    if isinstance(value, dict):
        return {name: _texts(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value


def _reason(reason: Reason | None) -> dict[str, str] | None:
    if reason is None:
        return None
    return {"code": reason.code, "es": reason.told("es"), "en": reason.told("en")}
