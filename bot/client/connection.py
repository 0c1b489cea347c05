"""Logging in to Discord and staying connected: tried again while Discord is away, a sentence if it refuses.

discord.py reconnects by itself once it has been connected; the first login it tries only once.
"""

import logging
from collections.abc import Callable

import discord

from bot.aio.retry import doubling, retry
from bot.chat.discord_api.api_errors import is_passing, retry_after
from bot.client.client import DiffChatBot
from bot.errors import CannotConnect

log = logging.getLogger(__name__)

LOGIN_ONLY = discord.Intents(guilds=True)
"""For a client that never connects to the gateway; discord.py warns in the log where "guilds" is missing."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds between tries
_JITTER = 0.25  # share of a pause; bots that lost Discord together come back one after another
_WRONG_TOKEN = 4004


async def refuse_wrong_token(token: str) -> None:
    """Raise `CannotConnect` where Discord refuses the token; asked before models are loaded for nothing.

    A Discord that cannot be reached now is left to `log_in`, which waits for it.
    """
    async with discord.Client(intents=LOGIN_ONLY) as client:
        try:
            await client.login(token)
        except discord.LoginFailure as error:
            raise CannotConnect(WRONG_TOKEN) from error
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("Discord cannot be reached yet (%s); loading the models meanwhile", error)


async def log_in(
    new_client: Callable[[], DiffChatBot], token: str, pause: float = _FIRST_PAUSE
) -> DiffChatBot:
    """A client that is logged in; tries for as long as Discord cannot be reached, with growing pauses.

    Every try gets a new client, because discord.py cannot log in twice with one. Raises `CannotConnect` where
    trying again is useless.
    """

    async def log_in_once() -> DiffChatBot:
        client = new_client()
        try:
            await client.login(token)
        except BaseException as error:
            await client.close()
            if isinstance(error, discord.LoginFailure):
                raise CannotConnect(WRONG_TOKEN) from error
            raise
        return client

    return await retry(
        log_in_once, is_passing, doubling(pause, _LONGEST_PAUSE, _JITTER), _unreachable, retry_after
    )


async def stay_connected(client: DiffChatBot, pause: float = _FIRST_PAUSE) -> None:
    """Hold the gateway connection until the client is closed.

    Raises `CannotConnect` when Discord refuses the bot for good.
    """

    async def connect() -> None:
        if client.is_closed():
            return
        try:
            await client.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise CannotConnect(NO_INTENT) from error
        except discord.ConnectionClosed as error:
            raise CannotConnect(WRONG_TOKEN if error.code == _WRONG_TOKEN else _refused(error)) from error

    await retry(connect, is_passing, doubling(pause, _LONGEST_PAUSE, _JITTER), _unreachable, retry_after)


async def _unreachable(error: Exception, pause: float) -> None:
    log.warning("Discord cannot be reached (%s); trying again in %.0f s", error, pause)


WRONG_TOKEN = (
    "Discord refuses the token: copy it anew from the Bot page of "  # noqa: S105
    "https://discord.com/developers/applications and set it as DISCORD_TOKEN."
)
NO_INTENT = (
    "The Message Content intent is not switched on: allow it on the Bot page of "
    "https://discord.com/developers/applications, or set [discord] message_content = false in bot.toml."
)


def _refused(error: discord.ConnectionClosed) -> str:
    return f"Discord closed the connection for good (code {error.code}: {error.reason or 'no reason given'})."
