"""Buckets, the global limit and the ban, on a clock of our own."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.rest.ratelimit import GLOBAL_PER_SECOND, INVALID_LIMIT, Limit, RateLimiter, limit_of

SEND = ("POST", "/channels/{channel_id}/messages")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def refused(limiter: RateLimiter, *where: str, exempt: bool = False) -> bool:
    return limiter.refusal(*where, exempt=exempt) is not None


def test_a_bucket_fills_and_empties_with_time() -> None:
    clock = Clock()
    limiter = RateLimiter(clock=clock)
    assert [refused(limiter, *SEND, "1") for _ in range(6)] == [False] * 5 + [True]
    assert limiter.headers(*SEND, "1")["X-RateLimit-Reset-After"] == "5.000"
    clock.now += 5.0
    assert not refused(limiter, *SEND, "1")
    assert limiter.headers(*SEND, "1")["X-RateLimit-Remaining"] == "4"


def test_every_channel_has_buckets_of_its_own() -> None:
    limiter = RateLimiter(clock=Clock())
    assert [refused(limiter, *SEND, "1") for _ in range(6)][-1]
    assert not refused(limiter, *SEND, "2")


def test_the_global_limit_exempts_interactions() -> None:
    limiter = RateLimiter(clock=Clock())
    for number in range(GLOBAL_PER_SECOND):
        assert not refused(limiter, *SEND, str(number))
    refusal = limiter.refusal(*SEND, "99", exempt=False)
    assert refusal is not None
    assert refusal.headers["X-RateLimit-Global"] == "true"
    assert refusal.headers["X-RateLimit-Scope"] == "global"
    assert not refused(limiter, "POST", "/interactions/x", "1", exempt=True)


def test_ten_thousand_invalid_requests_ban_without_via() -> None:
    clock = Clock()
    limiter = RateLimiter(clock=clock)
    for _ in range(INVALID_LIMIT):
        limiter.note(403)
    refusal = limiter.refusal(*SEND, "1", exempt=False)
    assert refusal is not None
    assert "Via" not in refusal.headers
    clock.now += 601
    assert not refused(limiter, *SEND, "1")


@given(st.lists(st.floats(0, 3), max_size=60))
def test_no_window_ever_lets_more_through_than_its_limit(pauses: list[float]) -> None:
    clock = Clock()
    limiter = RateLimiter(clock=clock)
    limit, passed = limit_of(*SEND), []
    for pause in pauses:
        clock.now += pause
        if not refused(limiter, *SEND, "1"):
            passed.append(clock.now)
    # Fixed windows: two of them may touch, so any stretch of one length holds at most two fillings.
    for start in passed:
        assert sum(start <= moment < start + limit.seconds for moment in passed) <= 2 * limit.count


def test_limits_of_the_routes_a_bot_uses_most() -> None:
    assert limit_of(*SEND) == Limit(5, 5.0)
    assert (
        limit_of("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me").seconds == 0.25
    )
