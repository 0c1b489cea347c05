"""Getting the bot onto Discord and keeping it there: patience with the network, plain words for the rest.

discord.py reconnects by itself once it has been connected; the first login it tries only once.
"""

import asyncio
import logging
from collections.abc import Callable

import discord

from bot.chat.api_errors import UNREACHABLE
from bot.client.client import DiffChatBot
from bot.errors import CannotConnect

log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds between tries
_WRONG_TOKEN = 4004


async def refuse_wrong_token(token: str) -> None:
    """Raise `CannotConnect` where Discord refuses the token; asked before models are loaded for nothing.

    A Discord that cannot be reached now is left to `log_in`, which waits for it.
    """
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token)
        except discord.LoginFailure as error:
            raise CannotConnect(WRONG_TOKEN) from error
        except UNREACHABLE as error:
            log.warning("Discord cannot be reached yet (%s); loading the models meanwhile", error)


async def log_in(
    new_client: Callable[[], DiffChatBot], token: str, pause: float = _FIRST_PAUSE
) -> DiffChatBot:
    """A client that is logged in; tries for as long as Discord cannot be reached, with growing pauses.

    Every try gets a new client, because discord.py cannot log in twice with one. Raises `CannotConnect` where
    trying again is useless.
    """
    while True:
        client = new_client()
        try:
            await client.login(token)
            return client
        except discord.LoginFailure as error:
            await client.close()
            raise CannotConnect(WRONG_TOKEN) from error
        except UNREACHABLE as error:
            await client.close()
            log.warning("Discord cannot be reached (%s); trying again in %.0f s", error, pause)
        except BaseException:
            await client.close()
            raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def stay_connected(client: DiffChatBot, pause: float = _FIRST_PAUSE) -> None:
    """Hold the gateway connection until the client is closed.

    Raises `CannotConnect` when Discord refuses the bot for good.
    """
    while not client.is_closed():
        try:
            await client.connect()
            return
        except discord.PrivilegedIntentsRequired as error:
            raise CannotConnect(NO_INTENT) from error
        except discord.ConnectionClosed as error:
            raise CannotConnect(WRONG_TOKEN if error.code == _WRONG_TOKEN else _refused(error)) from error
        except UNREACHABLE as error:
            log.warning("Discord's gateway cannot be reached (%s); trying again in %.0f s", error, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


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
