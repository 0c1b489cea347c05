"""What is under the `openai` client: a connection that reads no more of an answer than it may have, and hears
that a server lives.

The client reads answers whole, those of failed requests too, so a limit must lie below it; and it skips the
comments of a stream, with which a server says that a request still waits there.
"""

from collections.abc import AsyncIterator, Callable

import httpx2

from model.serving.remote.proxies import proxy_for
from model.serving.tracing import trace_headers

CONNECT_S = 5.0  # a machine that is off does not refuse a connection, it says nothing


class AnswerTooLarge(httpx2.RequestError):
    """An answer with more bytes than any answer to us needs, or one that is packed."""


class CappedTransport(httpx2.AsyncBaseTransport):
    """Ends the connection when an answer has more than `limit` bytes. `proxy` is the address of one.

    `heard` is called when an answer begins, and for each comment of a stream. A GET only says that the
    machine is there, not that its model works.
    """

    def __init__(self, limit: int, heard: Callable[[], None], proxy: str | None = None) -> None:
        self._inner = httpx2.AsyncHTTPTransport(proxy=proxy)
        self._limit = limit
        self._heard = heard

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, its body not read yet. Raises `AnswerTooLarge` for one that says it is."""
        request.headers.update(trace_headers())
        response = await self._inner.handle_async_request(request)
        heard = self._heard if request.method == "POST" else _nothing
        heard()
        length = response.headers.get("content-length", "0")
        # packed bytes can unpack to a thousand times as many; `client` asks for none
        packed = response.headers.get("content-encoding", "identity") != "identity"
        if packed or not length.isdecimal() or int(length) > self._limit:
            await response.aclose()
            raise AnswerTooLarge("packed" if packed else f"{length} bytes", request=request)
        if not isinstance(response.stream, httpx2.AsyncByteStream):
            raise TypeError("an asynchronous transport gave no asynchronous stream")
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Capped(response.stream, self._limit, request, heard),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()


class _Capped(httpx2.AsyncByteStream):
    """A body of at most `left` bytes."""

    def __init__(
        self,
        body: httpx2.AsyncByteStream,
        limit: int,
        request: httpx2.Request,
        heard: Callable[[], None],
    ) -> None:
        self._body, self._left, self._request, self._heard = body, limit, request, heard

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._body:
            self._left -= len(chunk)
            if self._left < 0:
                raise AnswerTooLarge("more bytes than allowed", request=self._request)
            if chunk.startswith(b":"):  # a server-sent comment, which servers flush by itself
                self._heard()
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()


def _nothing() -> None:
    pass


def timeouts(timeout_s: float) -> httpx2.Timeout:
    """Those of a connection; how long it may be silent is not for it to say, as other connections of the same
    server show that it lives."""
    return httpx2.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s), read=None)


def http_client(url: str, limit: int, timeout_s: float, heard: Callable[[], None]) -> httpx2.AsyncClient:
    """An HTTP client for a server at `url`, which is not trusted. Raises ConfigError of `proxy_for`.

    `heard` is called for signs of its life (`CappedTransport`). Redirects are not followed: they could send
    the key, people's words or a picture to another machine.
    """
    return httpx2.AsyncClient(
        transport=CappedTransport(limit, heard, proxy_for(url)),
        headers={"Accept-Encoding": "identity"},
        timeout=timeouts(timeout_s),
        follow_redirects=False,
    )
