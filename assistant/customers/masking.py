"""What of a customer is shown to whom may not see how to reach them: the ends, no more.

Pure. Who may see all of it is decided in `knowledge.identity.access`.
"""

from __future__ import annotations

import re
from dataclasses import replace

import phonenumbers

from assistant.customers.models import Customer, Match

HIDDEN = "•••"
SHOWN_DIGITS = 3

_MAIL = re.compile(r"[^\s@<>()\"',;:]+@([\w.-]+)")


def masked_phone(phone: str) -> str:
    """The last digits of a telephone number.

    >>> masked_phone("+34 600 12 34 56")
    '•••456'
    """
    digits = "".join(c for c in phone if c.isdigit())
    return HIDDEN + (digits[-SHOWN_DIGITS:] if len(digits) > 2 * SHOWN_DIGITS else "")


def masked_mail(mail: str) -> str:
    """The end of the name and the domain of an address: enough to have it confirmed.

    >>> masked_mail("ana.perez@example.com"), masked_mail("ana@example.com")
    ('•••ez@example.com', '•••@example.com')
    """
    local, at, domain = mail.rpartition("@")
    if not at:
        return HIDDEN
    return f"{HIDDEN}{local[-2:] if len(local) > 4 else ''}@{domain}"


def masked_text(text: str, country: str) -> str:
    """A text with the telephone numbers and addresses in it masked.

    >>> masked_text("llama del 600 12 34 56, ana.perez@example.com", "ES")
    'llama del •••456, •••ez@example.com'
    """
    text = _MAIL.sub(lambda found: masked_mail(found[0]), text)
    for found in reversed(list(phonenumbers.PhoneNumberMatcher(text, country))):
        text = text[: found.start] + masked_phone(found.raw_string) + text[found.end :]
    return text


def masked(customer: Customer, country: str) -> Customer:
    """A customer without what one would need to reach them."""
    return replace(
        customer,
        phones=tuple(map(masked_phone, customer.phones)),
        mails=tuple(map(masked_mail, customer.mails)),
        contacts=tuple(
            replace(
                one,
                summary=masked_text(one.summary, country),
                outcome=masked_text(one.outcome, country),
            )
            for one in customer.contacts
        ),
    )


def masked_match(match: Match) -> Match:
    """A match, likewise."""
    phone = masked_phone(match.phone) if match.phone else ""
    return replace(match, phone=phone, mail=masked_mail(match.mail) if match.mail else "")
