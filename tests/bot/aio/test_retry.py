"""Trying again: the delays, what is tried again, and the store's steps."""

import asyncio
from itertools import islice, pairwise

import pytest

from bot.aio.retry import StoreRetry, doubling, forever, retry
from bot.errors import DiskFull


class Step:
    """Fails with the errors one after the other, then gives "done"; `slept` are the pauses in between."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tries = 0
        self.told: list[tuple[str, float]] = []

    async def __call__(self) -> str:
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"

    async def failed(self, error: Exception, delay: float) -> None:
        self.told.append((str(error), delay))


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses, none of which is really made."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return pauses


def is_os_error(error: Exception) -> bool:
    return isinstance(error, OSError)


async def test_a_step_is_tried_until_it_succeeds_with_the_delays_in_between(slept: list[float]) -> None:
    step = Step(OSError("one"), OSError("two"), OSError("three"))
    assert await retry(step, is_os_error, forever((1, 5)), step.failed) == "done"
    assert slept == [1, 5, 5]
    assert step.told == [("one", 1), ("two", 5), ("three", 5)]


async def test_other_errors_pass_at_once(slept: list[float]) -> None:
    step = Step(OSError("passing"), ValueError("a bug"))
    with pytest.raises(ValueError, match="a bug"):
        await retry(step, is_os_error, forever((1,)), step.failed)
    assert (step.tries, slept) == (2, [1])


async def test_when_there_are_no_more_delays_the_last_error_is_raised(slept: list[float]) -> None:
    step = Step(*[OSError(str(n)) for n in range(5)])
    with pytest.raises(OSError, match="2"):
        await retry(step, is_os_error, iter((1.0, 3.0)), step.failed)
    assert (step.tries, slept) == (3, [1, 3])


async def test_a_wish_to_be_left_alone_is_respected(slept: list[float]) -> None:
    step = Step(OSError("busy"), OSError("busy"))
    wishes = {0: 60.0}
    await retry(step, is_os_error, forever((1,)), step.failed, lambda _: wishes.pop(0, 0.0))
    assert slept == [60, 1]


async def test_a_cancellation_is_no_failure() -> None:
    step = Step(OSError("x"))

    async def cancelled() -> str:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await retry(cancelled, lambda _: True, forever((1,)), step.failed)
    assert step.told == []


def test_delays_double_up_to_the_longest() -> None:
    assert list(islice(doubling(1, 10), 6)) == [1, 2, 4, 8, 10, 10]
    assert next(doubling(20, 10)) == 10


def test_jitter_only_shortens_and_keeps_growing() -> None:
    delays = list(islice(doubling(1, 60, jitter=0.25), 6))
    assert all(
        0.75 * plain <= delay <= plain for plain, delay in zip((1, 2, 4, 8, 16, 32), delays, strict=True)
    )
    assert all(one < other for one, other in pairwise(delays))


async def test_the_steps_of_a_job_wait_for_the_store_and_tell_once(slept: list[float]) -> None:
    told = []

    async def tell() -> None:
        told.append(len(slept))

    retrying = StoreRetry(tell)
    assert await retrying(Step(DiskFull("full"), DiskFull("full"))) == "done"
    assert await retrying(Step(DiskFull("full"))) == "done"
    assert slept == [1, 5, 15], "the delays grow over all steps together"
    assert told == [0], "before the first pause"
    with pytest.raises(ValueError, match="a bug"):
        await retrying(Step(ValueError("a bug")))
