"""Waiting for an engine that is away: how long work is tried again before its person is told."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.aio.retry import doubling
from bot.errors import NothingChanges
from bot.jobs.answering import AskedOtherwise
from model.errors import EngineUnreachable, ModelError

T = TypeVar("T")

Tell = Callable[[EngineUnreachable], Awaitable[None]]
_ANSWERS = (ModelError, AskedOtherwise, NothingChanges)
"""How an attempt ends otherwise where the engine is there; what ends it without one is no sign of it."""
FIRST_DELAY, LONGEST_DELAY = 2.0, 30.0  # seconds between two tries of one job
FORGOTTEN_S = 600.0  # longer than a try and its pause take: whoever waits is heard of more often
_JITTER = 0.25


class EngineWait:
    """Shared by all jobs, as what is away is away for all of them.

    The patience counts from the first request that did not get through, until one does. So an outage shorter
    than `patience_s` loses nothing, however long the queue is, and in a longer one nobody waits in line for
    hours to be told only then: each job still makes one try, which is how the end of it is noticed. Where
    nobody asked for `FORGOTTEN_S`, nobody knows whether it went on, and the next failure is a first one.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._since: float | None = None
        self._last = 0.0

    async def through(
        self, attempt: Callable[[], Awaitable[T]], tell: Tell, again: Callable[[], Awaitable[None]]
    ) -> T:
        """What `attempt` gives once the engine is there.

        `tell` is awaited before each pause, `again` after it, so that the work stays in its state meanwhile.
        Raises EngineUnreachable when the patience is over; other errors pass at once.
        """
        delays = doubling(FIRST_DELAY, LONGEST_DELAY, _JITTER)
        while True:
            try:
                done = await attempt()
            except EngineUnreachable as error:
                self._note(error)
                pause = max(next(delays), error.after)
                await tell(error)
            except _ANSWERS:
                self._since = None
                raise
            else:
                self._since = None
                return done
            await asyncio.sleep(pause)
            await again()

    def _note(self, error: EngineUnreachable) -> None:
        """Raise the error when the patience is over."""
        now = time.monotonic()
        if self._since is None or now - self._last > FORGOTTEN_S:
            self._since = now
        self._last = now
        if now - self._since >= self._patience_s:
            raise error
