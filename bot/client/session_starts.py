"""Waiting until a shard may identify, where the shards of one bot are spread over several processes."""

import asyncio
import random

from bot.aio.retry import StoreRetry
from bot.store.session_starts import SessionStartStore

_CHANCE = random.SystemRandom()
_JITTER_S = 0.5  # so that waiting processes do not all ask at the same moment


class SessionStarts:
    """`max_concurrency` is Discord's, known once the client is logged in."""

    def __init__(self, store: SessionStartStore) -> None:
        self._store = store
        self.max_concurrency = 1

    async def wait(self, shard_id: int) -> None:
        """Return when the shard may identify now; a database that cannot be reached is waited for."""
        key = shard_id % self.max_concurrency
        retrying = StoreRetry()
        while True:
            left = await retrying(lambda: self._store.take(key))
            if not left:
                return
            await asyncio.sleep(left + _JITTER_S * _CHANCE.random())
