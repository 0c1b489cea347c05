"""Answering with server-sent events."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from aiohttp import web

from model.serving.openai_server.protocol import sse
from model.serving.openai_server.protocol.errors import explained

log = logging.getLogger(__name__)

QUIET_SECONDS = 10.0  # after which a line is sent that says nothing; proxies give up after 30 or 60
WRITE_SECONDS = 60.0  # for a client that does not read

Events = AsyncGenerator[dict[str, Any], None]


async def stream(request: web.Request, events: Events, end: bytes = b"") -> web.StreamResponse:
    """Send the events as they come, then `end`.

    The headers wait for the first event, at most `QUIET_SECONDS`: what is refused at once is refused with its
    own status. A later error is the last event. The events are closed when the client goes.
    """
    response = web.StreamResponse(headers={"Content-Type": sse.CONTENT_TYPE, "Cache-Control": "no-cache"})
    try:
        async with aclosing(_with_silences(events)) as timed:
            async for event in timed:
                if not response.prepared:
                    await response.prepare(request)
                await _write(response, sse.WAITING if event is None else sse.encode(event))
            await _write(response, end)
    except ConnectionError:
        raise
    except Exception as error:
        if not response.prepared:
            raise
        # the event that OpenAI's clients raise as an APIError
        await _write(response, sse.encode({"type": "error", **explained(error).body()}))
    return response


async def _with_silences(events: Events) -> AsyncGenerator[dict[str, Any] | None, None]:
    """The events, and a None for each `QUIET_SECONDS` without one."""
    upcoming = asyncio.create_task(_next(events))
    try:
        while True:
            ready, _ = await asyncio.wait({upcoming}, timeout=QUIET_SECONDS)
            if not ready:
                yield None
                continue
            event = upcoming.result()
            if event is None:
                return
            yield event
            upcoming = asyncio.create_task(_next(events))
    finally:
        upcoming.cancel()
        # the generator must have come to rest before it can be closed
        await asyncio.wait({upcoming})
        await events.aclose()


async def _next(events: Events) -> dict[str, Any] | None:
    return await anext(events, None)


async def _write(response: web.StreamResponse, data: bytes) -> None:
    try:
        async with asyncio.timeout(WRITE_SECONDS):
            await response.write(data)
    except TimeoutError as error:
        raise ConnectionAbortedError("the client does not read") from error
