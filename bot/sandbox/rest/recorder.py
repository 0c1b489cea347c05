"""Recording every exchange of the REST API, for checking it against Discord's own description."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

# What a handler read from a request: its JSON, and the names of its files.
RECEIVED = web.RequestKey("received", tuple[Any, list[str]])


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `path` is the route with names ("/channels/{channel_id}/messages")."""

    method: str
    path: str
    url: str
    content_type: str
    request: Any
    status: int
    response: Any
    files: tuple[str, ...] = ()


@dataclass
class Recorder:
    """Keeps exchanges in order while `enabled`."""

    enabled: bool
    exchanges: list[Exchange] = field(default_factory=list)

    def add(self, request: web.Request, path: str, response: web.Response) -> None:
        """Keep one exchange. A body that no handler read is not recorded."""
        sent, files = request.get(RECEIVED, (None, []))
        raw = response.body
        data = json.loads(raw) if isinstance(raw, bytes) and raw else None
        self.exchanges.append(
            Exchange(
                method=request.method,
                path=path,
                url=str(request.rel_url),
                content_type=request.content_type,
                request=sent,
                status=response.status,
                response=data,
                files=tuple(files),
            )
        )
