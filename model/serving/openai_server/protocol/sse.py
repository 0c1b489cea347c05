"""Server-sent events (WHATWG HTML, "Server-sent events") as OpenAI's streams use them."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any

QUIET_SECONDS = 10.0  # after which a line is sent that says nothing; proxies give up after 30 or 60

Events = AsyncGenerator[dict[str, Any], None]
Timed = AsyncGenerator[dict[str, Any] | None, None]

CONTENT_TYPE = "text/event-stream"
DONE = b"data: [DONE]\n\n"
"""What ends a stream of chat chunks; streams of pictures simply end."""
WAITING = b": waiting\n\n"
"""A comment: clients skip it, and proxies on the way see that the connection lives."""


def encode(event: Mapping[str, Any]) -> bytes:
    """One event, named by its `type` where it has one."""
    name = f"event: {event['type']}\n" if "type" in event else ""
    # JSON escapes line ends, so the data is always one line
    return f"{name}data: {json.dumps(event)}\n\n".encode()


def line(event: Mapping[str, Any] | None) -> bytes:
    """What goes over the wire for one of `with_silences`."""
    return WAITING if event is None else encode(event)


async def with_silences(events: Events) -> Timed:
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
