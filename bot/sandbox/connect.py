"""Pointing an unmodified discord.py at another server than Discord, for the demo and for tests only."""

from collections.abc import Iterator
from contextlib import contextmanager

import discord.asset
import discord.gateway
import discord.http
import yarl


@contextmanager
def point_discord_py_at(url: str) -> Iterator[None]:
    """While this is open, discord.py talks to the sandbox at `url` ("http://127.0.0.1:8910").

    It sets the class attributes that hold Discord's addresses and puts the old values back at the end.
    """
    before = (
        discord.http.Route.BASE,
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY,
        discord.asset.Asset.BASE,
    )
    _point(f"{url}/api/v10", yarl.URL(f"{url.replace('http', 'ws', 1)}/gateway"), f"{url}/cdn")
    try:
        yield
    finally:
        _point(*before)


def _point(api: str, gateway: yarl.URL, cdn: str) -> None:
    discord.http.Route.BASE = api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    discord.asset.Asset.BASE = cdn
