"""Server-sent events (WHATWG HTML, "Server-sent events") as OpenAI's streams use them."""

import json
from collections.abc import Mapping
from typing import Any

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
