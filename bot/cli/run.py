"""`python -m bot run`: the bot on a real server."""

import asyncio
import contextlib
import logging
from urllib.parse import urlsplit

from bot.app import end_at_signal, running_bot, until_stopped
from bot.client.connection import refuse_wrong_token
from bot.errors import CannotConnect
from bot.ops.preflight import require_models, require_shareable
from bot.sandbox.connect import point_discord_py_at
from bot.settings import Settings, servers_from, token_from
from bot.store.data_folder import claimed, shared
from model.serving.choice import engine_for

log = logging.getLogger(__name__)

NO_TOKEN = (
    "DISCORD_TOKEN is not set: copy the token from the Bot page of "  # noqa: S105
    "https://discord.com/developers/applications into the environment, or try `python -m bot demo`."
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(settings: Settings, discord_url: str | None) -> int:
    """Serve until Ctrl-C or SIGTERM; `discord_url` is a sandbox on this machine instead of Discord."""
    token = token_from()
    if token is None:
        raise CannotConnect(NO_TOKEN)
    if discord_url is not None and urlsplit(discord_url).hostname not in _LOOPBACK:
        raise CannotConnect(
            f"{discord_url} is not on this machine: only a local sandbox can stand for Discord."
        )
    require_models(settings)
    elsewhere = point_discord_py_at(discord_url) if discord_url else contextlib.nullcontext()
    require_shareable(settings)
    # SQLite is for one process; several may work on PostgreSQL, also from one folder
    held = shared(settings.store.data_dir) if settings.store.url else claimed(settings.store.data_dir, "run")
    with elsewhere, held:
        try:
            asyncio.run(_serve(settings, token))
        except asyncio.CancelledError:
            log.info("Stopped while it started")
    return 0


async def _serve(settings: Settings, token: str) -> None:
    end_at_signal()
    await refuse_wrong_token(token)
    chosen = engine_for(settings.models(), *servers_from(settings))
    async with chosen as engine, running_bot(settings, engine, token) as running:
        await until_stopped(running)
