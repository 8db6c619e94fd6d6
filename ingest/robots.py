"""What the owners of sites ask of programs in their ``robots.txt`` (RFC 9309), kept for one run."""

from __future__ import annotations

from dataclasses import dataclass, field

from protego import Protego

from ingest.fetch import PRODUCT, Limits, get
from ingest.network import Network
from ingest.urls import WebAddress, shown
from knowledge.errors import DocumentRefused

_MAX_CHARS = 500 * 1024
"""What RFC 9309 (section 2.5) wants to be read at least."""


@dataclass
class Robots:
    """The rules of every site that was asked so far, or why they could not be had.

    Asking for them has the same limits as a page, of its own; it happens once for each site.
    """

    limits: Limits
    network: Network
    _rules: dict[str, Protego | DocumentRefused] = field(default_factory=dict)

    def permit(self, address: WebAddress) -> None:
        """Nothing, for an address that its site lets programs read.

        Raises:
            DocumentRefused: it does not (``robots``), or cannot say now whether it does: then a
                program must not ask for more (RFC 9309, section 2.3.1.4).
        """
        site = address.origin
        if site not in self._rules:
            self._rules[site] = self._ask(site)
        rules = self._rules[site]
        if isinstance(rules, DocumentRefused):
            raise DocumentRefused(rules.code, f"{shown(address.url)}: {rules}")
        if not rules.can_fetch(address.url, PRODUCT):
            raise DocumentRefused(
                "robots",
                f"{shown(address.url)}: the site's robots.txt does not let programs read it; have "
                f"its owner allow {PRODUCT}, or download the page and give the file",
            )

    def _ask(self, site: str) -> Protego | DocumentRefused:
        url = f"{site}/robots.txt"
        try:
            response = get(url, self.limits, self.network)
        except DocumentRefused as refusal:
            return refusal
        if response.status == 429 or response.status >= 500:
            return DocumentRefused("unreachable", f"{url}: HTTP {response.status}; try again later")
        text = response.body.decode("utf-8", "replace") if response.status == 200 else ""
        return Protego.parse(text[:_MAX_CHARS])
