"""Customers for one who asks: what they may see of them, and that they saw it is in the trail.

What a page or route shows of a customer comes from here and from nowhere else.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.customers.masking import masked, masked_match
from assistant.customers.models import Sought
from assistant.customers.service import Customers, Finding, Look
from assistant.refusals import because
from assistant.shell.access import Access
from knowledge.audit.views import CustomerSearch, CustomerView, ViewLog
from knowledge.errors import AccessRefused
from knowledge.identity.access import Principal


class CustomerDesk:
    """Finds and opens customers for people and programs.

    Args:
        customers: where they are.
        access: what somebody may do.
        views: enters in the audit trail who saw whom; `None` enters nothing.
    """

    def __init__(self, customers: Customers, access: Access, views: ViewLog | None) -> None:
        self.customers = customers
        self._access = access
        self._views = views

    def require(self, principal: Principal) -> None:
        """See to it that somebody may see customers.

        Raises:
            AccessRefused: they may not.
        """
        if not self._access.may(principal, "see_customer"):
            action = because("action-see_customer")
            raise AccessRefused(because("may-not-do", name=principal.name, actions=action))

    def find(self, principal: Principal, *wanted: Sought) -> Finding:
        """The customers found, as far as somebody may see them.

        Raises:
            AccessRefused: they may not see customers.
        """
        self.require(principal)
        found = self.customers.find(*wanted)
        if not found.matches:
            return found
        if self._views is not None:
            keys = tuple(match.key for match in found.matches)
            self._views.seen(CustomerSearch(principal.name, wanted[0].kind, keys))
        if self._sees_all(principal):
            return found
        return replace(found, matches=tuple(map(masked_match, found.matches)))

    def customer(self, principal: Principal, key: str) -> Look:
        """A customer, as far as somebody may see them.

        Raises:
            AccessRefused: they may not see customers.
        """
        self.require(principal)
        look = self.customers.customer(key)
        if look.customer is None:
            return look
        if self._views is not None:
            self._views.seen(CustomerView(principal.name, look.customer.key))
        if self._sees_all(principal):
            return look
        return replace(look, customer=masked(look.customer, self.customers.country))

    def _sees_all(self, principal: Principal) -> bool:
        return self._access.may(principal, "see_customer_contact")
