"""What people did is counted over all processes, and forgotten after an hour."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.store.actions import Action, ActionStore
from bot.store.people import PeopleStore
from bot.store.schema import ActionRow
from bot.store.session import Database
from tests.bot import house
from tests.bot.house import ANN, BEN

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[tuple[Database, Database]]:
    """One database, opened by two processes."""
    address = house.address_in(tmp_path)
    async with Database.open(address) as first, Database.open(address) as second:
        yield first, second


async def test_two_processes_together_allow_as_many_as_one(two: tuple[Database, Database]) -> None:
    stores = [ActionStore(database) for database in two]
    taken = await asyncio.gather(
        *(stores[number % 2].take(ANN, Action.ANY, 3, MINUTE) for number in range(8))
    )
    assert sum(frees is None for frees in taken) == 3
    frees = next(frees for frees in taken if frees is not None)
    assert timedelta() < frees - datetime.now(UTC) <= MINUTE
    assert await stores[0].take(BEN, Action.ANY, 3, MINUTE) is None
    assert await stores[1].take(ANN, Action.THREAD, 3, MINUTE) is None, "counted by itself"


async def test_what_is_older_than_the_span_counts_no_more_and_goes_after_an_hour(
    two: tuple[Database, Database],
) -> None:
    database, other = two
    store = ActionStore(database)

    async def ago(span: timedelta) -> None:
        async with database.session() as session:
            await session.execute(update(ActionRow).values(at=datetime.now(UTC) - span))

    assert await store.take(ANN, Action.ANY, 1, MINUTE) is None
    assert await store.take(ANN, Action.ANY, 1, MINUTE) is not None
    await ago(timedelta(seconds=61))
    assert await store.take(ANN, Action.ANY, 1, MINUTE) is None
    await ago(timedelta(hours=2))
    await ActionStore(other).take(BEN, Action.ANY, 1, MINUTE)
    async with database.reading() as session:
        assert list(await session.scalars(select(ActionRow.person_id))) == [BEN]


async def test_it_is_in_a_persons_copy_and_goes_with_their_data(two: tuple[Database, Database]) -> None:
    store, people = ActionStore(two[0]), PeopleStore(two[0])
    await store.take(ANN, Action.THREAD, 1, MINUTE)
    [kept] = (await people.copy(ANN))["actions"]
    assert (kept["person_id"], kept["action"]) == (ANN, "thread")
    await people.remove(ANN)
    assert (await people.copy(ANN))["actions"] == []
