"""HTTP to an endpoint that may send too much: what comes is counted before anything reads it."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator

import httpx2

from assistant.chat.failures import ChatFailed


class Bounded(httpx2.AsyncBaseTransport):
    """A transport whose responses end with an error once they are too large.

    Args:
        tls: for https.
        max_bytes: of one response, as it is sent; a packed one is refused, it could be a bomb.
    """

    def __init__(self, tls: ssl.SSLContext, max_bytes: int) -> None:
        self._inner = httpx2.AsyncHTTPTransport(verify=tls, trust_env=False)
        self._max_bytes = max_bytes

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it; what is answered is counted as it is read."""
        response = await self._inner.handle_async_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise ChatFailed("garbage", "content-encoding")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Counted(response.stream, self._max_bytes)
        return response

    async def aclose(self) -> None:
        """Close its connections."""
        await self._inner.aclose()


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        sent = 0
        async for piece in self._stream:
            sent += len(piece)
            if sent > self._max_bytes:
                raise ChatFailed("oversized", f"over {self._max_bytes} bytes")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
