"""Answering with server-sent events."""

import asyncio
import logging
from contextlib import aclosing

from aiohttp import web

from model.serving.openai_server.protocol import sse
from model.serving.openai_server.protocol.errors import explained

log = logging.getLogger(__name__)

WRITE_SECONDS = 60.0  # for a client that does not read


async def stream(request: web.Request, events: sse.Events, end: bytes = b"") -> web.StreamResponse:
    """Send the events as they come, then `end`.

    The headers wait for the first event, at most `sse.QUIET_SECONDS`: what is refused at once is refused with
    its own status. A later error is the last event. The events are closed when the client goes.
    """
    response = web.StreamResponse(headers={"Content-Type": sse.CONTENT_TYPE, "Cache-Control": "no-cache"})
    try:
        async with aclosing(sse.with_silences(events)) as timed:
            async for event in timed:
                if not response.prepared:
                    await response.prepare(request)
                await _write(response, sse.line(event))
            await _write(response, end)
    except ConnectionError:
        raise
    except Exception as error:
        if not response.prepared:
            raise
        # the event that OpenAI's clients raise as an APIError
        await _write(response, sse.encode({"type": "error", **explained(error).body()}))
    return response


async def _write(response: web.StreamResponse, data: bytes) -> None:
    try:
        async with asyncio.timeout(WRITE_SECONDS):
            await response.write(data)
    except TimeoutError as error:
        raise ConnectionAbortedError("the client does not read") from error
