"""How many sessions a bot may begin: a number a day, and few at once (Discord's "Gateway", on sharding)."""

import time

from bot.sandbox.model.records import Json
from bot.sandbox.model.settings import SandboxSettings

_DAY = 86_400.0  # seconds


class SessionStarts:
    """Counts IDENTIFYs. Of the shards with the same `shard_id % max_concurrency` one may begin at a time."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        self._last: dict[int, float] = {}  # rate-limit key -> when a shard of it began
        self._left = settings.session_starts
        self._reset_at = time.monotonic() + _DAY

    def take(self, shard_id: int) -> bool:
        """Whether a shard may begin now; counted if it may. Without rate limits everything may."""
        now = time.monotonic()
        if now >= self._reset_at:
            self._left, self._reset_at = self._settings.session_starts, now + _DAY
        key = shard_id % self._settings.max_concurrency
        early = now - self._last.get(key, -_DAY) < self._settings.identify_seconds
        if self._settings.rate_limits and (early or not self._left):
            return False
        self._last[key] = now
        self._left = max(0, self._left - 1)
        return True

    def limit(self) -> Json:
        """The object `session_start_limit` of Get Gateway Bot."""
        return {
            "total": self._settings.session_starts,
            "remaining": self._left,
            "reset_after": max(0, int((self._reset_at - time.monotonic()) * 1000)),
            "max_concurrency": self._settings.max_concurrency,
        }
