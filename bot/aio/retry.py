"""A job outlasts a database or disk that takes nothing: the step is tried again until it goes through.

Every step is one transaction, so one that was refused has changed nothing. While one job waits here, others
could not go on either: it keeps its place in the queue, and the order of its conversation stays as it was.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.errors import StoreError

log = logging.getLogger(__name__)

T = TypeVar("T")
DELAYS = (1.0, 5.0, 15.0, 30.0, 60.0)  # seconds between tries, the last of them ever again


class StoreRetry:
    """The patience of one job; `tell` is awaited once, at its first refusal, so that its person knows."""

    def __init__(self, tell: Callable[[], Awaitable[None]] | None = None) -> None:
        self._tell = tell
        self._refused = 0

    async def __call__(self, step: Callable[[], Awaitable[T]]) -> T:
        """What `step` gives when it goes through; errors that are no `StoreError` pass at once."""
        while True:
            try:
                return await step()
            except StoreError as error:
                delay = DELAYS[min(self._refused, len(DELAYS) - 1)]
                log.error("Nothing can be kept, trying again in %.0f s: %s", delay, error)  # noqa: TRY400
            self._refused += 1
            if self._refused == 1 and self._tell is not None:
                await self._tell()
            await asyncio.sleep(delay)
