"""Addresses given by a person -> files to load, as `ingest.sources` makes them of paths.

A sitemap stands for the pages it lists. Pages are kept in a temporary folder until the run is
over; what cannot be had is a `Refused` beside the rest.
"""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from ingest.fetch import SITEMAP, Fetched, Limits, fetch_page
from ingest.network import Network
from ingest.robots import Robots
from ingest.sitemap import sitemap_urls
from ingest.sources import Refused, SourceFile
from ingest.urls import parse_url, shown
from knowledge.errors import DocumentRefused, StorageFull

MAX_ADDRESSES = 2_000
"""In one run, sitemaps included."""
MAX_RUN_BYTES = 1 << 30
MAX_FAILURES = 5
"""In a row, of one host; after that it is not asked any more."""
_FAILURES = frozenset({"unreachable", "timeout"})

Expected = Literal["anything", "sitemap", "page"]
OnFetch = Callable[[int, int], None]


def ignore_fetch(done: int, total: int) -> None:
    """For callers that show no progress."""


@contextmanager
def fetched_pages(
    urls: Sequence[str],
    limits: Limits,
    network: Network | None = None,
    on_fetch: OnFetch = ignore_fetch,
) -> Iterator[tuple[SourceFile | Refused, ...]]:
    """The pages at some addresses, readable while the block runs.

    Args:
        urls: pages and sitemaps.
        limits: hosts, sizes and times.
        network: how the outside is reached.
        on_fetch: called after each address: how many are done, how many there are.

    Raises:
        StorageFull: there is no room for them.
    """
    with tempfile.TemporaryDirectory(prefix="voz-fetch-") as folder:
        run = _Run(Path(folder), limits, network or Network())
        for url in urls:
            run.add(url, "anything")
        run.go(on_fetch)
        yield tuple(run.results)


class _Run:
    """The addresses of one run: those still to ask, and what became of the others."""

    def __init__(self, folder: Path, limits: Limits, network: Network) -> None:
        self._folder = folder
        self._limits = limits
        self._network = network
        self._robots = Robots(limits, network)
        self._waiting: deque[tuple[str, Expected]] = deque()
        self._seen: set[str] = set()
        self._kept: dict[str, SourceFile] = {}
        self._bytes = 0
        self._failures: Counter[str] = Counter()
        self.results: list[SourceFile | Refused] = []

    def add(self, url: str, expected: Expected) -> None:
        """Note an address, once."""
        try:
            same = parse_url(url).url
        except DocumentRefused:
            same = url
        if same not in self._seen:
            self._seen.add(same)
            self._waiting.append((url, expected))

    def go(self, on_fetch: OnFetch) -> None:
        """Ask for everything noted, and for what that lists."""
        done = 0
        on_fetch(done, len(self._waiting))
        while self._waiting:
            url, expected = self._waiting.popleft()
            try:
                self._take(url, expected)
            except DocumentRefused as refusal:
                self.results.append(Refused(shown(url), refusal.code, str(refusal)))
            done += 1
            on_fetch(done, done + len(self._waiting))

    def _take(self, url: str, expected: Expected) -> None:
        page = self._fetch(url)
        if page.media_type != SITEMAP and expected == "sitemap":
            raise DocumentRefused("unsupported", f"{shown(url)}: listed as a sitemap, but is none")
        if page.media_type != SITEMAP:
            self._keep(url, page)
        elif expected == "page":
            raise DocumentRefused(
                "unsupported", f"{shown(url)}: a sitemap listed as a page; give it by itself"
            )
        else:
            self._open(url, page, expected)

    def _fetch(self, url: str) -> Fetched:
        """A page; a host that fails again and again costs no more time."""
        host = parse_url(url).host
        if self._failures[host] >= MAX_FAILURES:
            raise DocumentRefused(
                "unreachable",
                f"{shown(url)}: not asked, {host} failed {MAX_FAILURES} times; try again later",
            )
        try:
            page = fetch_page(url, self._limits, self._network, self._robots.permit)
        except DocumentRefused as refusal:
            self._failures[host] = self._failures[host] + 1 if refusal.code in _FAILURES else 0
            raise
        self._failures[host] = 0
        return page

    def _open(self, url: str, page: Fetched, expected: Expected) -> None:
        """Note what a sitemap lists; lists of lists go one level deep."""
        label = shown(url)
        listed = sitemap_urls(page.data, label, at_most=MAX_ADDRESSES)
        if listed.sitemaps and expected == "sitemap":
            raise DocumentRefused(
                "unsupported", f"{label}: sitemaps nested too deeply; give this one by itself"
            )
        if not (listed.pages or listed.sitemaps):
            raise DocumentRefused("empty", f"{label}: the sitemap lists no pages")
        room = max(0, MAX_ADDRESSES - len(self._seen))
        for address in listed.sitemaps[:room]:
            self.add(address, "sitemap")
        for address in listed.pages[:room]:
            self.add(address, "page")
        if not listed.complete or len(listed.pages) + len(listed.sitemaps) > room:
            raise DocumentRefused(
                "too-large",
                f"{label}: it lists more than the {MAX_ADDRESSES} addresses that one run takes; "
                "the rest is left out, give its parts one by one",
            )

    def _keep(self, url: str, page: Fetched) -> None:
        first = self._kept.get(page.name)
        if first and first.read() == page.data:
            return
        if first:
            raise DocumentRefused(
                "duplicate-name",
                f"{shown(url)}: {shown(first.url or '')} gives another page of the same name "
                f"({page.name}), which was taken",
            )
        self._bytes += len(page.data)
        if self._bytes > MAX_RUN_BYTES:
            raise DocumentRefused(
                "too-large", f"{shown(url)}: more than {MAX_RUN_BYTES >> 20} MiB in one run"
            )
        path = self._folder / f"{len(self._kept)}"
        try:
            path.write_bytes(page.data)
        except OSError as error:
            raise StorageFull(
                f"no room to keep {shown(url)} in {self._folder.parent}: "
                f"{error.strerror or error}; free some space or set TMPDIR"
            ) from error
        self._kept[page.name] = SourceFile(page.name, path, url=page.url)
        self.results.append(self._kept[page.name])
