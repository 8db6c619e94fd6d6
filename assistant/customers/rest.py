"""A customer directory behind a REST API that answers JSON: the paths of the mapping.

The administrator names the address, so a private one is as good; nothing leads elsewhere from
there. Redirects are followed within the same origin only, certificates are checked, proxies and
password files of the environment take no part, and an answer has a largest size. A call that
takes too long is cancelled, whatever it waits for.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import quote

import httpx2

from assistant.customers.json_paths import record_at, value_at
from assistant.customers.mapping import RestMapping, RestPart
from assistant.customers.models import MAX_ROWS, SCANNED, Customer, Found, Sought
from assistant.customers.ports import DirectoryUnavailable
from assistant.customers.records import Records, Words, customer_of, matches_of
from assistant.customers.sought import parameters_of
from assistant.refusals import because

MAX_BYTES = 4 << 20
"""Of one answer, before and after unpacking."""
MAX_REDIRECTS = 3

Answer = TypeVar("Answer")
_MISSING = object()
"""What a path that does not exist answers."""


class RestDirectory:
    """Customers behind a REST API.

    Args:
        mapping: where it is, its paths, and where our fields are in its answers.
        words: how the company writes dates and states.
        timeout_s: seconds that one call may take, all its requests together.
    """

    configured = True

    def __init__(self, mapping: RestMapping, words: Words, *, timeout_s: float) -> None:
        self._mapping = mapping
        self._words = words
        self._timeout_s = timeout_s
        self._base = httpx2.URL(mapping.url)
        self._headers = {"accept": "application/json", "accept-encoding": "identity"}
        if mapping.auth is not None:
            self._headers[mapping.auth.header] = mapping.auth.header_value()
        self._tls = ssl.create_default_context()

    def find(self, sought: Sought) -> Found:
        """See `ports.CustomerDirectory`."""
        wanted = self._mapping.find
        path = _filled(getattr(wanted, sought.kind), parameters_of(sought, str))
        answer = self._run(self._asked([path]))[0]
        if answer is _MISSING:
            return Found()
        items = value_at(answer, wanted.items)
        if items is None or (items == {} and not wanted.items):
            return Found()
        if isinstance(items, dict):  # an API that answers the one customer itself
            items = [items]
        if not isinstance(items, list):
            raise _garbled(f"find.items: {wanted.items!r}")
        records = [record_at(item, wanted.fields) for item in items[: SCANNED + 1]]
        return matches_of(records, self._words)

    def customer(self, key: str) -> Customer | None:
        """See `ports.CustomerDirectory`."""
        if set(key) & set("/\\"):  # servers take it, even quoted, for another path
            return None
        mapping, values = self._mapping, {"key": key}
        parts = [part for part in (mapping.orders, mapping.contacts) if part is not None]
        paths = [mapping.customer.path, *(part.path for part in parts if part.path is not None)]
        filled = {path: _filled(path, values) for path in paths}
        found = self._run(self._asked(list(filled.values())))
        answers = dict(zip(filled, found, strict=True))
        own = answers[mapping.customer.path]
        if own is _MISSING:
            return None
        item = value_at(own, mapping.customer.item)
        if item is None:
            return None
        if not isinstance(item, dict):
            raise _garbled(f"customer.item: {mapping.customer.item!r}")

        def items(part: RestPart | None) -> object:
            if part is None:
                return []
            content = answers[part.path] if part.path is not None else item
            return [] if content is _MISSING else value_at(content, part.items)

        fields = record_at(item, mapping.customer.fields)
        return customer_of(
            Records(
                fields,
                _listed(fields.get("phones")),
                _listed(fields.get("mails")),
                self._orders(items(mapping.orders)),
                _records(items(mapping.contacts), mapping.contacts),
            ),
            self._words,
            key,
        )

    def close(self) -> None:
        """Nothing stays open between calls."""

    def _orders(self, items: object) -> object:
        lines, orders = self._mapping.lines, self._mapping.orders
        records = _records(items, orders)
        if lines is None or not isinstance(items, list) or not isinstance(records, list):
            return records
        for item, record in zip(items, records, strict=False):
            if isinstance(record, dict):
                record["lines"] = _records(value_at(item, lines.items), lines)
        return records

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Do it within the time; called in a thread that runs no event loop."""

        async def limited() -> Answer:
            async with asyncio.timeout(self._timeout_s):
                return await work

        try:
            return asyncio.run(limited())
        except (TimeoutError, httpx2.TimeoutException) as error:
            seconds = f"{self._timeout_s:g}"
            raise DirectoryUnavailable(because("customers-slow", seconds=seconds)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise DirectoryUnavailable(
                because("customers-down", what=type(error).__name__)
            ) from error

    async def _asked(self, paths: list[str]) -> list[object]:
        """The answers at some paths, asked for at once."""
        async with httpx2.AsyncClient(
            headers=self._headers,
            verify=self._tls,
            timeout=self._timeout_s,
            follow_redirects=False,
            trust_env=False,
        ) as client:
            return list(await asyncio.gather(*(self._answer(client, path) for path in paths)))

    async def _answer(self, client: httpx2.AsyncClient, path: str) -> object:
        address = self._base.join(path)
        for _ in range(MAX_REDIRECTS + 1):
            if not _same_origin(address, self._base):
                raise DirectoryUnavailable(because("customers-elsewhere"))
            async with client.stream("GET", address) as reply:
                if not reply.has_redirect_location:
                    return await _read(reply)
                address = address.join(reply.headers["location"])
        raise DirectoryUnavailable(because("customers-elsewhere"))


async def _read(reply: httpx2.Response) -> object:
    if reply.status_code == 404:
        return _MISSING
    if reply.status_code in (401, 403, 407):
        raise DirectoryUnavailable(because("customers-refused", status=reply.status_code))
    if reply.status_code != 200:
        raise DirectoryUnavailable(because("customers-status", status=reply.status_code))
    if reply.headers.get("content-encoding", "identity") != "identity":
        raise _garbled("content-encoding")  # it was asked for as it is: it could be a bomb
    body = bytearray()
    async for piece in reply.aiter_raw():
        body += piece
        if len(body) > MAX_BYTES:
            limit = MAX_BYTES >> 20
            raise DirectoryUnavailable(because("customers-large", limit=limit), at_fault=False)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _garbled("JSON") from error


def _same_origin(one: httpx2.URL, other: httpx2.URL) -> bool:
    def origin(url: httpx2.URL) -> tuple[str, str, int | None]:
        return url.scheme, url.host, url.port

    return origin(one) == origin(other)


def _records(items: object, part: RestPart | None) -> object:
    """Our fields of each item; what is no list stays as it is, to be noted by who reads it."""
    if not isinstance(items, list) or part is None:
        return items
    return [
        record_at(item, part.fields) if isinstance(item, dict) else item
        for item in items[: MAX_ROWS + 1]
    ]


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value[: MAX_ROWS + 1] if isinstance(value, list) else [value]


def _filled(path: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    return path


def _garbled(what: str) -> DirectoryUnavailable:
    return DirectoryUnavailable(because("customers-garbled", what=what))
