"""The status line: one message that says what is going on, edited no more often than every few seconds.

Showing never waits for Discord: the newest text is kept and a background task writes it when the time has
come, so that ten steps of painting cost one edit.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import discord

from bot.chat.discord_api.api_errors import FAILURES

log = logging.getLogger(__name__)

# Seconds. A channel takes about one message or edit a second, by the headers of Discord's answers (its page
# "Rate Limits"); at this pace the lines of two turns leave room for their pictures.
EDIT_INTERVAL = 3.0

Send = Callable[[str], Awaitable[discord.Message]]


class StatusLine:
    """A message sent by `send` with the first text, then edited at most once per `interval` seconds.

    A failing write ends the line quietly (it is logged): the work it tells about goes on.
    """

    def __init__(self, send: Send, interval: float = EDIT_INTERVAL) -> None:
        self._send = send
        self._interval = interval
        self._wanted = ""
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self.message: discord.Message | None = None

    def show(self, text: str) -> None:
        """Make `text` what the message says, now or when the interval has passed."""
        if text != self._wanted:
            self._wanted = text
            self._changed.set()
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_changes(), name="status line")

    async def close(self) -> discord.Message | None:
        """Stop writing, wait for a write on its way, and return the message if there is one."""
        self._closing.set()
        self._changed.set()
        if self._writer is not None:
            await self._writer
        return self.message

    async def _write_changes(self) -> None:
        # show() may replace the text at any await: it is read again for each write, and the event is cleared
        # before that, so that no change is missed
        while await self._changed.wait() and not self._closing.is_set():
            self._changed.clear()
            if not await self._write(self._wanted):
                return
            await self._pause()

    async def _write(self, text: str) -> bool:
        try:
            if self.message is None:
                self.message = await self._send(text)
            else:
                await self.message.edit(content=text)
        except FAILURES as error:
            log.warning("A status line could not be written: %s", error)
            return False
        return True

    async def _pause(self) -> None:
        """Wait for the interval, but not beyond the line's close."""
        try:
            await asyncio.wait_for(self._closing.wait(), self._interval)
        except TimeoutError:
            return
