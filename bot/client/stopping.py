"""Ending a client without dropping what people asked for: its sessions first, then what it has read.

Discord sends an interaction once, to the session that is open then ("Receiving and Responding"). So the
sessions are closed while commands, buttons and HTTP still work. `close` of discord.py (2.7) takes the
commands away first, and loses whatever arrived and was not read yet.
"""

import asyncio
import logging

import aiohttp
import discord
from discord.gateway import ReconnectWebSocket
from discord.shard import Shard

log = logging.getLogger(__name__)

_GOODBYE_S = 5.0  # for Discord to acknowledge that a session ends
_HANDLERS_S = 10.0  # for what was read; systemd, Compose and Kubernetes give 60 s altogether as we ship them
_GOING_AWAY = aiohttp.WSCloseCode.OK.to_bytes(2, "big")  # 1000 ends a session ("Gateway", on disconnecting)
_PAYLOADS = (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)

# discord.py keeps no list of what it started for an event; its tasks are known by their names.
_HANDLERS = ("CommandTree-invoker", "discord-ui-", "discord.py: on_message")


async def stop_listening(client: discord.AutoShardedClient) -> None:
    """Close the sessions of all shards, and handle everything that Discord sent before it agreed.

    Nothing may reconnect meanwhile: the task of `Client.connect` has ended before.
    """
    shards = [info._parent for info in client.shards.values()]  # noqa: SLF001  # `disconnect` loses messages
    await asyncio.gather(*map(_say_goodbye, shards))


async def _say_goodbye(shard: Shard) -> None:
    reading = shard._task  # noqa: SLF001  # discord.py's own reader would reconnect after the close
    if reading is not None:
        reading.cancel()
        await asyncio.wait({reading})
    gateway = shard.ws
    if gateway.socket.closed:  # it was said before: a bot that is up ends its sessions first of all
        return
    try:
        async with asyncio.timeout(_GOODBYE_S):
            await gateway.socket.send_frame(_GOING_AWAY, aiohttp.WSMsgType.CLOSE)
            # messages arrive in order: those before the answer to our close were sent to this session
            while (message := await gateway.socket.receive()).type in _PAYLOADS:
                await gateway.received_message(message.data)
    except (TimeoutError, OSError, aiohttp.ClientError, discord.DiscordException) as error:
        log.info("Shard %s was not connected any more: %s", shard.id, error)
    except ReconnectWebSocket:
        log.info("Shard %s was told to reconnect while it was closed", shard.id)
    await gateway.close(code=aiohttp.WSCloseCode.OK)


async def handled(within_s: float = _HANDLERS_S) -> None:
    """Wait for the commands, buttons, forms and messages that were read; those that take longer are logged.

    What they ask for is stored by then, or refused in words. Votes are not waited for: they are compared
    with Discord's lists when the next session begins.
    """
    running = {task for task in asyncio.all_tasks() if task.get_name().startswith(_HANDLERS)}
    if not running:
        return
    _, left = await asyncio.wait(running, timeout=within_s)
    if left:
        log.warning("%s commands or messages are still worked on and are given up", len(left))
