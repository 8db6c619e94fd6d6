"""Promises are looked for after what somebody waits for."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import Any

from assistant.shell.commitments.watching import Watching


class Turns:
    """Stands where the register does: nothing is left over, and every contact has a promise."""

    def __init__(self, order: list[str]) -> None:
        self.store: Any = None
        self._order = order

    def waiting(self) -> list[str]:
        raise RuntimeError("no register")  # told in the log, and nothing else is kept from it

    def hear(self, key: str, recognise: object) -> bool:
        self._order.append(f"hears {key}")
        return True


def test_what_somebody_waits_for_goes_first() -> None:
    order: list[str] = []
    found = threading.Event()
    watching = Watching(
        Turns(order),  # type: ignore[arg-type]
        lambda turns: [],  # type: ignore[arg-type, return-value, misc]
        lambda: order.append("lets others"),
    )

    def tell(key: str) -> None:
        order.append(f"tells {key}")
        found.set()

    with closing(watching):
        watching.said("c1", tell)
        assert found.wait(20)
    assert order == ["lets others", "hears c1", "tells c1"]
