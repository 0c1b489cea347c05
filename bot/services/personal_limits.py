"""Limits for what one person asks for beside pictures: how often, one at a time, in turn with others.

Pictures wait in the queue, which is fair by itself. Looking at a file that somebody brings, drawing a
history, packing a copy or opening a thread is done at once, so it is bounded here. Nothing of it is kept over
a restart.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.domain.rate_limit import SlidingWindow
from bot.errors import TooManyActions, TooManyThreads
from bot.settings import LimitsSettings

_AT_ONCE = 2  # such works for all people together; each takes a thread and memory
_MINUTE, _HOUR = 60.0, 3600.0  # seconds


class PersonalLimits:
    """`clock` gives UNIX seconds."""

    def __init__(self, limits: LimitsSettings, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._actions = SlidingWindow(limits.actions_per_minute, _MINUTE)
        self._threads = SlidingWindow(limits.threads_per_hour, _HOUR)
        self._own: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._places = asyncio.Semaphore(_AT_ONCE)

    def count(self, person: int) -> None:
        """One action more of this person. Raises `TooManyActions`."""
        if (frees := self._actions.take(person, self._clock())) is not None:
            raise TooManyActions(limit=self._actions.most, frees=f"<t:{int(frees) + 1}:R>")

    def count_thread(self, person: int) -> None:
        """One thread more that is opened without painting. Raises `TooManyThreads`."""
        if (frees := self._threads.take(person, self._clock())) is not None:
            raise TooManyThreads(limit=self._threads.most, frees=f"<t:{int(frees) + 1}:R>")

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
