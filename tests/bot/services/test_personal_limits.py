"""What one person may ask for beside pictures: counted, one at a time, and nobody holds the others up."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import TooManyActions, TooManyThreads
from bot.services.personal_limits import PersonalLimits
from bot.settings import LimitsSettings
from bot.store.actions import ActionStore
from bot.store.session import Database
from tests.bot.house import ANN, BEN, CLEO


@pytest.fixture
async def actions(tmp_path: Path) -> AsyncIterator[ActionStore]:
    async with Database.open(tmp_path / "diffchat.sqlite") as opened:
        yield ActionStore(opened)


@pytest.fixture
def personal(actions: ActionStore) -> PersonalLimits:
    return PersonalLimits(LimitsSettings(), actions)


async def test_a_refusal_says_when_to_ask_again(
    actions: ActionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]

    async def clock(_: object) -> datetime:
        return now[0]

    monkeypatch.setattr("bot.store.actions.database_time", clock)
    began = int(now[0].timestamp())
    limits = LimitsSettings(actions_per_minute=2, threads_per_hour=1)
    personal = PersonalLimits(limits, actions)
    await personal.count(ANN)
    await personal.count(ANN)
    with pytest.raises(TooManyActions, match=f"<t:{began + 61}:R>"):
        await personal.count(ANN)
    await personal.count(BEN)
    await personal.count_thread(ANN)
    now[0] += timedelta(minutes=1)
    await personal.count(ANN)
    restarted = PersonalLimits(limits, actions)
    with pytest.raises(TooManyThreads, match=f"<t:{began + 3601}:R>"):
        await restarted.count_thread(ANN)


async def test_forty_works_of_one_person_are_done_one_at_a_time_and_between_those_of_others(
    personal: PersonalLimits,
) -> None:
    order = list[int]()
    running, most = 0, 0

    async def work(person: int) -> None:
        nonlocal running, most
        async with personal.working(person):
            order.append(person)
            running += person == ANN
            most = max(most, running)
            await asyncio.sleep(0)
            running -= person == ANN

    await asyncio.gather(*(work(ANN) for _ in range(40)), work(BEN), work(CLEO))
    assert most == 1
    assert max(order.index(BEN), order.index(CLEO)) <= 4, "not behind the forty"


async def test_a_work_that_fails_gives_its_place_back(personal: PersonalLimits) -> None:
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            async with personal.working(ANN):
                raise ZeroDivisionError
    async with asyncio.timeout(1), personal.working(ANN):
        pass


async def test_who_waits_for_discord_takes_no_place_from_others(personal: PersonalLimits) -> None:
    async with (
        asyncio.timeout(1),
        personal.alone(ANN),
        personal.alone(BEN),
        personal.alone(4),
        personal.working(CLEO),
    ):
        pass
