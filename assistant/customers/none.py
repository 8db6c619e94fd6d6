"""No customer directory: the assistant works without one."""

from __future__ import annotations

from assistant.customers.models import Customer, Found, Sought


class NoDirectory:
    """Knows nobody."""

    configured = False

    def find(self, sought: Sought) -> Found:
        """Nobody."""
        return Found()

    def customer(self, key: str) -> Customer | None:
        """Nobody."""
        return None

    def close(self) -> None:
        """There is nothing to close."""
