"""The composition root: what ends with it."""

import asyncio
import os
import signal
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.app import _ended, end_at_signal


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


async def cancelled(start: Coroutine[Any, Any, None]) -> None:
    """Let a start run until it is cancelled by a signal."""
    try:
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.create_task(start), 10)
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)


async def test_a_signal_ends_a_start_midway() -> None:
    """As `running_bot` unwinds then, the shards that are connected already are left in order."""
    unwound = asyncio.Event()

    async def start() -> None:
        end_at_signal()
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(3600)
        finally:
            unwound.set()

    await cancelled(start())
    assert unwound.is_set()


async def test_a_signal_that_is_sent_twice_does_not_cut_short_what_the_first_one_ends() -> None:
    """`timeout` signals the process and then its whole group."""
    closed = asyncio.Event()

    async def start() -> None:
        end_at_signal()
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(3600)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0.2)
            closed.set()

    await cancelled(start())
    assert closed.is_set()
