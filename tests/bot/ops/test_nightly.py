"""Once a night: at its hour in UTC, over restarts and missed nights, and again when it failed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ops.nightly import Nightly, next_due
from bot.store.chores import ChoreStore
from bot.store.session import Database
from tests.bot.house import eventually

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@given(
    st.datetimes(
        timezones=st.just(UTC),  # which Hypothesis adds to the bounds
        min_value=datetime(2000, 1, 1),  # noqa: DTZ001
        max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    ),
    st.integers(0, 23),
)
def test_the_next_night_is_within_a_day_at_that_hour(last: datetime, hour: int) -> None:
    due = next_due(last, hour)
    assert due.hour == hour
    assert timedelta(0) < due - last <= timedelta(days=1)


def test_the_hour_is_that_of_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert next_due(NOON.astimezone(tokyo), 3) == datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture
async def chores(tmp_path: Path) -> AsyncIterator[ChoreStore]:
    async with Database.open(tmp_path / "diffchat.sqlite") as database:
        yield ChoreStore(database)


class Clock:
    """A time that the test sets; `runs` are the times at which the work was done."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.runs: list[datetime] = []
        self.looked = 0
        self.fails = 0

    def __call__(self) -> datetime:
        self.looked += 1
        return self.now

    async def work(self) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is gone")
        self.runs.append(self.now)

    async def ran(self) -> bool:
        return bool(self.runs)

    async def seen(self) -> None:
        """Wait until the job has looked at the clock some times more."""
        before = self.looked

        async def looked() -> bool:
            return self.looked >= before + 3

        await eventually(looked)


def nightly(chores: ChoreStore, clock: Clock) -> Nightly:
    return Nightly(chores, "sweeping", 3, clock.work, clock, nap=0.005)


async def test_a_first_start_waits_for_its_first_night(chores: ChoreStore) -> None:
    clock = Clock(NOON)
    async with nightly(chores, clock):
        await clock.seen()
        assert clock.runs == []
        clock.now = datetime(2026, 3, 2, 3, tzinfo=UTC)
        await clock.seen()
        clock.now = datetime(2026, 3, 2, 23, tzinfo=UTC)
        await clock.seen()
    assert clock.runs == [datetime(2026, 3, 2, 3, tzinfo=UTC)]


async def test_restarts_neither_repeat_nor_skip_a_night(chores: ChoreStore) -> None:
    clock = Clock(NOON)
    for hours in (0, 14, 16, 18, 20, 71):
        clock.now = NOON + timedelta(hours=hours)
        async with nightly(chores, clock):
            await clock.seen()
    assert clock.runs == [NOON + timedelta(hours=hours) for hours in (16, 71)]


async def test_work_that_failed_is_tried_again_and_counts_only_when_done(
    chores: ChoreStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.ops.nightly._AGAIN", 0.005)
    await chores.done("sweeping", NOON)
    clock = Clock(NOON + timedelta(days=2))
    clock.fails = 2
    async with nightly(chores, clock):
        await eventually(clock.ran)
    assert caplog.text.count("The nightly sweeping failed") == 2
    assert len(clock.runs) == 1
