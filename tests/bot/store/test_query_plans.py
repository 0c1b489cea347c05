"""Every statement of the store is looked at, and those that read through a table that grows are found.

The looking is done in every test below tests/bot (`tests.bot.query_plans`, `tests/bot/conftest.py`).
"""

from pathlib import Path

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, select

from bot.domain.conversation import Origin
from bot.store.gallery import GalleryStore
from bot.store.jobs import JobStore
from bot.store.schema import Base, TurnRow
from tests.bot.house import ANN, BEN, GUILD, THREAD, open_house
from tests.bot.query_plans import MAY_READ_ALL, Found, methods, named, stores


def test_every_key_to_another_table_has_an_index() -> None:
    """Deleting a row looks for those that point at it; neither database makes an index for that by itself."""
    without = []
    for table in Base.metadata.tables.values():
        keeping = [
            one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)
        ]
        indexed = {next(iter(one.columns)).name for one in (*table.indexes, *keeping)}
        keys = {key.parent.name for key in table.foreign_keys}
        without += [f"{table.name}.{name}" for name in sorted(keys - indexed)]
    assert without == []


def test_what_may_read_everything_is_there() -> None:
    assert set(MAY_READ_ALL) <= {f"{one.__name__}.{name}" for one in stores() for name in methods(one)}


@pytest.mark.sqlite_only
async def test_reading_a_whole_table_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_whole_table_is_read: Found
) -> None:
    async def get(self: JobStore, job_id: int) -> object:
        async with self._database.reading() as session:
            return await session.scalar(select(TurnRow).where(TurnRow.seconds == job_id))

    monkeypatch.setattr(JobStore, "get", named("JobStore.get", get))
    async with open_house(tmp_path, working=False) as house:
        await house.jobs.get(1)
        await house.conversations.at(THREAD)
    [(method, (_, lines))] = no_whole_table_is_read.items()
    assert (method, lines) == ("JobStore.get", ("SCAN turns",))
    no_whole_table_is_read.clear()


@pytest.mark.sqlite_only
async def test_nothing_that_people_wait_for_reads_a_whole_table(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        first = await house.imagine(author=ANN)
        await house.queue.idle()
        await house.turns.refine(
            first.turn.conversation_id, "make it night", BEN, Origin.MESSAGE, request_id=77
        )
        await house.queue.idle()
        await house.trees.conversation_at(THREAD)
        await house.trees.conversation(first.turn.conversation_id)
        await house.turns.withdraw(77)


async def test_methods_that_only_tests_through_discord_call(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        first = await house.imagined()
        second = await house.refined(first.conversation_id, "make it night")
        there, gallery = house.conversations, GalleryStore(house.database)
        assert await there.latest_turn_id() == second.id
        assert not await there.in_work(first.conversation_id)
        assert (await there.not_meant(second.id, ANN))[0].head_turn_id == first.id
        assert (await there.go_to(first.conversation_id, second.id)).head_turn_id == second.id
        assert await gallery.of_message(7) is None
        assert await gallery.showing(ANN) is None
        assert await house.jobs.last_failures(5, GUILD) == []
        assert await house.jobs.waiting(user_id=ANN, guild_id=GUILD) == []
