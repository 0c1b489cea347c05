"""Work that is due once a night, at an hour of UTC, whatever restarts there are in between.

The time of the last run is in the database. A night that was missed because the bot was not running is made
up for at its next start; a bot that starts for the first time waits for its first night.
"""

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.aio.retry import retry
from bot.settings import RetentionSettings
from bot.store.check import GRACE_S
from bot.store.chores import ChoreStore
from bot.store.images import ImageStore
from bot.store.retention import Pruned, RetentionStore

log = logging.getLogger(__name__)

RETENTION = "retention"  # the chore's name
_NAP = 600.0  # seconds; the clock is looked at again after so long, as it may be set
_AGAIN = 3600.0  # seconds until work that failed is tried again


def next_due(last: datetime, hour: int) -> datetime:
    """The first time after `last` at which the clock shows that hour in UTC."""
    due = last.astimezone(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return due if due > last else due + timedelta(days=1)


class Nightly:
    """Does `work` once a night during `async with`; an error is logged, and it is tried again in an hour."""

    def __init__(
        self,
        chores: ChoreStore,
        name: str,
        hour: int,
        work: Callable[[], Awaitable[object]],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        nap: float = _NAP,
    ) -> None:
        self._chores, self._name, self._hour = chores, name, hour
        self._work, self._now, self._nap = work, now, nap

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name=f"nightly {self._name}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _run(self) -> None:
        while True:
            await retry(self._do_if_due, lambda _: True, itertools.repeat(_AGAIN), self._failed)
            await asyncio.sleep(self._nap)

    async def _do_if_due(self) -> None:
        if self._now() >= await self._due():
            await self._work()
            await self._chores.done(self._name, self._now())

    async def _failed(self, error: Exception, _: float) -> None:
        log.error("The nightly %s failed and is tried again in an hour", self._name, exc_info=error)

    async def _due(self) -> datetime:
        last = await self._chores.last(self._name)
        if last is None:
            last = self._now()
            await self._chores.done(self._name, last)
        return next_due(last, self._hour)


class Retention:
    """[retention] applied: rows, then files that nobody needs any more, then old copies of the database."""

    def __init__(
        self, store: RetentionStore, images: ImageStore, database: Path, rules: RetentionSettings
    ) -> None:
        self._store, self._images, self._database, self._rules = store, images, database, rules

    async def __call__(self) -> Pruned:
        """Remove what has expired and say so in the log."""
        pruned = await self._store.prune()
        await self._images.remove_unused(pruned.hashes, untouched_s=GRACE_S)
        copies = await asyncio.to_thread(self._remove_copies)
        log.info(
            "Retention: removed %s turns, %s pictures, %s votes, %s conversations and %s old copies",
            pruned.turns,
            pruned.pictures,
            pruned.votes,
            pruned.conversations,
            copies,
        )
        return pruned

    def _remove_copies(self) -> int:
        """Copies that updates left beside the database hold what was removed from it."""
        if not self._rules.days:
            return 0
        oldest = time.time() - self._rules.days * 86_400
        copies = self._database.parent.glob(f"{self._database.stem}.before-*.sqlite")
        old = [copy for copy in copies if copy.stat().st_mtime < oldest]
        for copy in old:
            copy.unlink(missing_ok=True)
        return len(old)
