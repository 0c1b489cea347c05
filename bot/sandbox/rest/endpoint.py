"""What all endpoints share: their place in the API, who is asking, and answering in JSON."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.model.errors import ApiError, Unauthorized
from bot.sandbox.rules.hub import Hub

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Route:
    """An endpoint below /api/v10. `open_to_all` needs no bot token: its address holds a secret."""

    method: str
    path: str
    handler: Handler
    open_to_all: bool = False


def answer(payload: Any, status: int = 200) -> web.Response:
    """A JSON answer. discord.py wants exactly this content type, without a charset."""
    body = json.dumps(payload, separators=(",", ":")).encode()
    return web.Response(status=status, body=body, headers={"Content-Type": "application/json"})


def nothing() -> web.Response:
    """The answer 204, which has no body."""
    return web.Response(status=204)


def refusal(error: ApiError) -> web.Response:
    """Discord's answer to a request that it refuses."""
    return answer(error.body(), error.status)


def check_token(hub: Hub, request: web.Request) -> None:
    """Raise Unauthorized unless the request bears the bot's token."""
    if request.headers.get("Authorization", "") != f"Bot {hub.world.application.token}":
        raise Unauthorized
