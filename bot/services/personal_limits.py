"""Limits for what one person asks for beside pictures: how often, one at a time, in turn with others.

Pictures wait in the queue, which is fair by itself. Looking at a file that somebody brings, drawing a
history, packing a copy or opening a thread is done at once, so it is bounded here. How often is counted in
the database, for all processes and over restarts; one at a time is for this process, which does the work.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.errors import TooManyActions, TooManyThreads
from bot.settings import LimitsSettings
from bot.store.actions import Action, ActionStore

_AT_ONCE = 2  # such works for all people together; each takes a thread and memory
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


class PersonalLimits:
    """`actions` keeps what was done."""

    def __init__(self, limits: LimitsSettings, actions: ActionStore) -> None:
        self._limits = limits
        self._actions = actions
        self._own: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def count(self, person: int) -> None:
        """One action more of this person. Raises `TooManyActions`."""
        most = self._limits.actions_per_minute
        if (frees := await self._actions.take(person, Action.ANY, most, _MINUTE)) is not None:
            raise TooManyActions(limit=most, frees=_shown(frees))

    async def count_thread(self, person: int) -> None:
        """One thread more that is opened without painting. Raises `TooManyThreads`."""
        most = self._limits.threads_per_hour
        if (frees := await self._actions.take(person, Action.THREAD, most, _HOUR)) is not None:
            raise TooManyThreads(limit=most, frees=_shown(frees))

    @asynccontextmanager
    async def alone(self, person: int) -> AsyncIterator[None]:
        """Run the block once this person's earlier ones have ended; for what mostly waits for Discord."""
        async with self._own.setdefault(person, asyncio.Lock()):
            yield

    @asynccontextmanager
    async def working(self, person: int) -> AsyncIterator[None]:
        """The same for what takes a thread and memory: the block runs when there is a free place, too.

        Everybody has at most one in the line for a place, so nobody's many hold up another's one.
        """
        async with self.alone(person), self._places:
            yield


def _shown(time: datetime) -> str:
    """A moment as Discord shows it to each reader, the next full second."""
    return f"<t:{int(time.timestamp()) + 1}:R>"
