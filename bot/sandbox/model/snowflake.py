"""Snowflakes: Discord's 64-bit ids, which carry the time they were made at."""

import time
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000  # the first millisecond of 2015, from Discord's documentation


def snowflake_time(snowflake: int) -> datetime:
    """The moment, in UTC, at which an id was made."""
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, tz=UTC)


class SnowflakeFactory:
    """Makes ids that always grow, also across restarts (`after`: the largest id already used)."""

    def __init__(self, after: int = 0) -> None:
        self._last = after

    def __call__(self) -> int:
        """The next id: by the clock, and always above the one before."""
        now = (int(time.time() * 1000) - EPOCH_MS) << 22
        self._last = max(now, self._last + 1)
        return self._last
