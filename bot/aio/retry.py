"""Trying again: one loop for everything that is repeated after a failure, and the delays between its tries.

Delays are an iterator of seconds; where it ends, the last failure is raised. Used by the steps of jobs and
votes (`StoreRetry`), by posting (`bot.chat.posting.picture_sender`), by the connection
(`bot.client.connection`) and by what is due at night (`bot.ops.nightly`); `bot.jobs.queue` takes delays from
here for its timers.
`model.serving.worker_queue` has its own restart delay, since `model` imports nothing of the bot.
"""

import asyncio
import itertools
import logging
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TypeVar

from bot.errors import StoreError

log = logging.getLogger(__name__)

T = TypeVar("T")
_CHANCE = random.SystemRandom()
DELAYS = (1.0, 5.0, 15.0, 30.0, 60.0)  # seconds between tries of a step that the store refused

Failed = Callable[[Exception, float], Awaitable[None]]
"""Awaited with each failure and the seconds until the next try."""


def forever(delays: Sequence[float]) -> Iterator[float]:
    """The seconds of `delays`, and the last of them ever again."""
    return itertools.chain(delays, itertools.repeat(delays[-1]))


def doubling(first: float, longest: float, jitter: float = 0.0) -> Iterator[float]:
    """Twice as long each time, from `first` seconds to `longest`.

    Each is shortened by a random share of at most `jitter` (0 to 1), so that many programs that lost the same
    server at the same moment do not all come back at the same moment.
    """
    delay = min(first, longest)
    while True:
        yield delay * (1 - jitter * _CHANCE.random())
        delay = min(delay * 2, longest)


async def retry(
    step: Callable[[], Awaitable[T]],
    on: Callable[[Exception], bool],
    delays: Iterator[float],
    failed: Failed,
    at_least: Callable[[Exception], float] = lambda _: 0.0,
) -> T:
    """What `step` gives once it succeeds.

    `on` says of an error whether trying again may help; others pass at once, and the last one does when there
    are no more delays. `at_least` gives the seconds that the other side asked to be left alone for.
    """
    while True:
        try:
            return await step()
        except Exception as error:
            if not on(error) or (delay := next(delays, None)) is None:
                raise
            cause, pause = error, max(delay, at_least(error))
        await failed(cause, pause)
        await asyncio.sleep(pause)


class StoreRetry:
    """Repeats the steps of one job until the database and the disk take them.

    Every step is one transaction, so one that was refused has changed nothing. While a job waits here, others
    could not go on either: it keeps its place in the queue, and its conversation keeps its order. The delays
    grow over all steps together. `tell` is awaited once, at the first refusal, so that the person who waits
    for the job knows; `note` hears of every refusal.
    """

    def __init__(
        self,
        tell: Callable[[], Awaitable[None]] | None = None,
        note: Callable[[Exception], None] | None = None,
    ) -> None:
        self._tell = tell
        self._note = note
        self._delays = forever(DELAYS)

    async def __call__(self, step: Callable[[], Awaitable[T]]) -> T:
        """What `step` gives when it goes through; errors that are no `StoreError` pass at once."""
        return await retry(step, _refused, self._delays, self._failed)

    async def _failed(self, error: Exception, delay: float) -> None:
        log.error("Nothing can be kept, trying again in %.0f s: %s", delay, error)
        if self._note is not None:
            self._note(error)
        tell, self._tell = self._tell, None
        if tell is not None:
            await tell()


def _refused(error: Exception) -> bool:
    return isinstance(error, StoreError)
