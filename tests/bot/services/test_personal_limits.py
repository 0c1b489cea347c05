"""What one person may ask for beside pictures: counted, one at a time, and nobody holds the others up."""

import asyncio

import pytest

from bot.errors import TooManyActions, TooManyThreads
from bot.services.personal_limits import PersonalLimits
from bot.settings import LimitsSettings
from tests.bot.house import ANN, BEN, CLEO


def test_a_refusal_says_when_to_ask_again() -> None:
    now = [1000.0]
    personal = PersonalLimits(LimitsSettings(actions_per_minute=2, threads_per_hour=1), lambda: now[0])
    personal.count(ANN)
    personal.count(ANN)
    with pytest.raises(TooManyActions, match="<t:1061:R>"):
        personal.count(ANN)
    personal.count(BEN)
    personal.count_thread(ANN)
    with pytest.raises(TooManyThreads, match="<t:4601:R>"):
        personal.count_thread(ANN)
    now[0] += 60.0
    personal.count(ANN)


async def test_forty_works_of_one_person_are_done_one_at_a_time_and_between_those_of_others() -> None:
    personal, order = PersonalLimits(LimitsSettings()), list[int]()
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


async def test_a_work_that_fails_gives_its_place_back() -> None:
    personal = PersonalLimits(LimitsSettings())
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            async with personal.working(ANN):
                raise ZeroDivisionError
    async with asyncio.timeout(1), personal.working(ANN):
        pass
