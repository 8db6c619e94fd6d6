"""What a customer directory must do, and how it says that it cannot."""

from __future__ import annotations

from typing import Protocol

from assistant.customers.models import Customer, Found, Sought
from knowledge.errors import KnowledgeBaseError
from knowledge.refusals.reason import Reason


class DirectoryUnavailable(KnowledgeBaseError):
    """The company's system does not answer, or not in a way that can be used.

    Args:
        why: for whoever looked; names no customer and no address with a secret.
        at_fault: whether the system fails, and may be left alone for a while; not, where one
            question was wrong.
    """

    def __init__(self, why: Reason, *, at_fault: bool = True) -> None:
        super().__init__(why)
        self.why = why
        self.at_fault = at_fault


class CustomerDirectory(Protocol):
    """Reads customers in the company's own system. Threads may share it.

    Attributes:
        configured: whether there is such a system.
    """

    configured: bool

    def find(self, sought: Sought) -> Found:
        """The customers that something could be of, in no order.

        Raises:
            DirectoryUnavailable: they cannot be read.
        """

    def customer(self, key: str) -> Customer | None:
        """A customer with everything; `None`: there is none of that key.

        Raises:
            DirectoryUnavailable: they cannot be read.
        """

    def close(self) -> None:
        """Close what is open."""
