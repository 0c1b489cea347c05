"""Plain requests to a server under test, as no client library would send them."""

import http.client
import json
import time
from collections.abc import Callable
from typing import Any

from tests.model.serving.openai_server.engines import INFO, Served

CHAT = {"model": INFO.llm, "messages": [{"role": "user", "content": "a red house"}]}
JSON = {"Content-Type": "application/json"}


def ask(
    served: Served,
    method: str,
    path: str,
    body: bytes | str | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, http.client.HTTPMessage, Any]:
    """Status, headers and JSON of a plain request."""
    connection = http.client.HTTPConnection(served.host, served.port, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, json.loads(answer.read())
    finally:
        connection.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what happens in the server's thread."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
