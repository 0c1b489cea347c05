"""The composition root: what ends with it."""

import asyncio

from bot.app import _ended


async def test_a_connection_that_loses_a_cancellation_is_ended_all_the_same() -> None:
    """Seen with discord.py: a shard that reconnects while the bot stops swallows the first one."""
    lost = 0

    async def connect() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                lost += 1
                if lost > 1:
                    raise

    connection = asyncio.create_task(connect())
    await asyncio.sleep(0)
    await asyncio.wait_for(_ended(connection), 10)
    assert connection.cancelled()
    assert lost == 2
