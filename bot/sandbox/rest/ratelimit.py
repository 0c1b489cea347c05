"""Discord's rate limits: buckets per route and major parameter, a global limit, and the ban beyond them."""

import hashlib
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.rest.endpoint import answer

GLOBAL_PER_SECOND = 50
INVALID_LIMIT, INVALID_WINDOW = 10_000, 600.0
MAJOR = ("channel_id", "guild_id", "webhook_id", "interaction_id")


@dataclass(frozen=True)
class Limit:
    """At most `count` requests in `seconds`."""

    count: int
    seconds: float


@dataclass
class Bucket:
    """How much of a limit is used up, and when it is whole again."""

    limit: Limit
    used: int = 0
    resets_at: float = 0.0


def limit_of(method: str, path: str) -> Limit:
    """The limit of a route. Discord publishes none; these are what its headers were seen to say."""
    if "/reactions/" in path and method in ("PUT", "DELETE"):
        return Limit(1, 0.25)
    if path.endswith("/messages") and method == "POST":
        return Limit(5, 5.0)
    if path.endswith("/messages/{message_id}"):
        return Limit(5, 1.0) if method == "DELETE" else Limit(5, 5.0)
    if path.endswith("/channels/{channel_id}") and method == "PATCH":
        return Limit(5, 10.0)
    if path.startswith("/webhooks/"):
        return Limit(5, 2.0)
    return Limit(50, 1.0)


class RateLimiter:
    """Counts requests. `enabled` False only sends no headers and refuses nothing."""

    def __init__(self, enabled: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._clock = clock
        self._buckets: dict[tuple[str, str, str], Bucket] = {}
        self._all: deque[float] = deque()
        self._invalid: deque[float] = deque()

    def refusal(self, method: str, path: str, major: str, *, exempt: bool) -> web.Response | None:
        """Count a request; the 429 that answers it when it is one too many, else None.

        `exempt` (interaction callbacks) stays outside every limit but the ban.
        """
        now = self._clock()
        if self._is_banned(now):
            return web.Response(status=429, text="error code: 1015", headers={"Retry-After": "600"})
        if exempt:
            return None
        if self._over_global(now):
            return too_many(1.0 - (now - self._all[0]), is_global=True)
        bucket = self._bucket(method, path, major, now)
        if bucket.used >= bucket.limit.count:
            refusal = too_many(bucket.resets_at - now, is_global=False)
            refusal.headers.update(self.headers(method, path, major))
            return refusal
        bucket.used += 1
        return None

    def headers(self, method: str, path: str, major: str) -> dict[str, str]:
        """The X-RateLimit headers of a route, as they are after the request just counted."""
        now = self._clock()
        bucket = self._bucket(method, path, major, now)
        left = max(0.0, bucket.resets_at - now)
        return {
            "X-RateLimit-Limit": str(bucket.limit.count),
            "X-RateLimit-Remaining": str(bucket.limit.count - bucket.used),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(f"{method} {path}".encode(), usedforsecurity=False).hexdigest(),
        }

    def note(self, status: int) -> None:
        """Count an answer that brings a careless client nearer to its ban."""
        if status in (401, 403, 429):
            self._invalid.append(self._clock())

    def _bucket(self, method: str, path: str, major: str, now: float) -> Bucket:
        key = (method, path, major)
        bucket = self._buckets.setdefault(key, Bucket(limit_of(method, path)))
        if now >= bucket.resets_at:
            bucket.used, bucket.resets_at = 0, now + bucket.limit.seconds
        return bucket

    def _over_global(self, now: float) -> bool:
        while self._all and now - self._all[0] >= 1.0:
            self._all.popleft()
        if len(self._all) >= GLOBAL_PER_SECOND:
            return True
        self._all.append(now)
        return False

    def _is_banned(self, now: float) -> bool:
        while self._invalid and now - self._invalid[0] > INVALID_WINDOW:
            self._invalid.popleft()
        return len(self._invalid) >= INVALID_LIMIT


def too_many(retry_after: float, *, is_global: bool) -> web.Response:
    """A 429 as Discord itself sends it: with `Via`, without which libraries take it for a ban."""
    seconds = max(0.001, round(retry_after, 3))
    message = "You are being rate limited."
    response = answer({"message": message, "retry_after": seconds, "global": is_global}, 429)
    response.headers["Via"] = "1.1 google"
    response.headers["Retry-After"] = str(math.ceil(seconds))
    response.headers["X-RateLimit-Scope"] = "global" if is_global else "user"
    if is_global:
        response.headers["X-RateLimit-Global"] = "true"
    return response


def major_of(request: web.Request) -> str:
    """The major parameter, which gives every channel, guild and webhook buckets of its own."""
    found = next((name for name in MAJOR if name in request.match_info), None)
    return request.match_info[found] if found is not None else ""
