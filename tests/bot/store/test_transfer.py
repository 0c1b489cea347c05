"""`db copy`: a whole database into another of either kind, compared, resumed, and refused where need be."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.errors import StoreError
from bot.store import migrate, transfer
from bot.store.address import Address
from bot.store.feedback import Signal
from bot.store.schema import TurnRow, UserRow
from bot.store.session import Database
from tests.bot import house as houses
from tests.bot.house import ANN, BEN, open_house
from tests.conftest import POSTGRES, SQLITE
from tests.postgres import Server


@pytest.fixture(params=[SQLITE, POSTGRES])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Address]:
    """An empty database to copy into."""
    if request.param == SQLITE:
        yield tmp_path / "copy.sqlite"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.empty()
    yield url
    server.drop(url)


@pytest.fixture
async def source(tmp_path: Path) -> Address:
    """The database of a house where something happened."""
    async with open_house(tmp_path) as house:
        first = await house.imagined("a red house 🏠 \u2028 of Zoë's")
        second = await house.refined(first.conversation_id, "make it night")
        await house.refined(first.conversation_id, "add snow")
        await house.trees.undo(first.conversation_id, ANN)
        await house.feedback.expose(second.id, [2**62, BEN])
        await house.feedback.vote(second.images[0].message_id or 0, BEN, "👍🏽", 1)
        return house.database.address


def quiet(_: str) -> None:
    """Say nothing."""


async def test_everything_arrives_and_is_worked_with(
    source: Address, target: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    held = await transfer.copy(source, target, lines.append)
    assert {name: table.rows for name, table in held.items() if table.rows} == {
        "conversations": 1,
        "turns": 3,
        "jobs": 3,
        "images": 3,
        "exposures": 5,
        "votes": 4,
        "gallery": 3,
    }
    assert "turns: 3 of 3" in lines
    monkeypatch.setattr(houses, "address_in", lambda _: target)
    async with open_house(tmp_path) as house:
        conversation = await house.conversations.get(1)
        assert (conversation.head_turn_id, conversation.tip_turn_id) == (2, 3)
        turn = await house.conversations.turn(1)
        assert turn.source_prompt == "a red house 🏠 of Zoë's"
        assert await house.images.read(turn.images[0])
        votes = await house.feedback.of_images([(await house.conversations.turn(2)).images[0].id])
        assert {(vote.user_id, vote.kind, vote.emoji) for vote in votes} >= {(BEN, Signal.REACTION, "👍")}
        assert (await house.refined(1, "make it blue")).id == 4, "numbers go on behind those given out"


async def test_numbers_go_on_behind_a_gap(
    source: Address, target: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.numbering.gap", lambda: 1000)
    await transfer.copy(source, target, quiet)
    monkeypatch.setattr(houses, "address_in", lambda _: target)
    async with open_house(tmp_path) as house:
        assert (await house.refined(1, "make it blue")).id == 1004


async def test_a_target_that_is_not_empty_is_refused_untouched(
    source: Address, target: Address, tmp_path: Path
) -> None:
    async with Database.open(target) as database, database.session() as session:
        await session.execute(insert(UserRow).values(user_id=5, created_at=houses.NOW, preferences={}))
    with pytest.raises(StoreError, match="is not empty"):
        await transfer.copy(source, target, quiet)
    async with Database.open(target) as database, database.reading() as session:
        assert await session.get(UserRow, 5)


async def test_a_database_is_not_copied_onto_itself(source: Address) -> None:
    with pytest.raises(StoreError, match="onto itself"):
        await transfer.copy(source, source, quiet)


async def test_a_second_copy_at_the_same_time_is_refused(source: Address, target: Address) -> None:
    second: list[BaseException | None] = []

    def say(_: str) -> None:
        if not second:
            second.append(None)  # from another loop, as another process would
            with ThreadPoolExecutor(1) as pool:
                copying = pool.submit(asyncio.run, transfer.copy(source, target, quiet))
                second[0] = copying.exception()

    held = await transfer.copy(source, target, say)
    assert isinstance(second[0], StoreError)
    assert "is at work" in str(second[0])
    assert held["turns"].rows == 3
    with pytest.raises(StoreError, match="is not empty"):
        await transfer.copy(source, target, quiet)


class _Enough(Exception):
    """The power is cut."""


async def interrupted(source: Address, target: Address, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Copy rows one by one until so many lines were said."""
    monkeypatch.setattr(transfer, "BATCH", 1)
    said = iter(range(after))

    def say(_: str) -> None:
        if next(said, None) is None:
            raise _Enough

    with suppress(_Enough):
        await transfer.copy(source, target, say)


@pytest.mark.parametrize("after", [0, 2, 9, 17])
async def test_an_interrupted_copy_goes_on(
    source: Address, target: Address, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    await interrupted(source, target, monkeypatch, after)
    with pytest.raises(StoreError, match="was interrupted"):
        await asyncio.to_thread(migrate.upgrade, target)
    lines: list[str] = []
    await transfer.copy(source, target, lines.append)
    sent = [line for line in lines if " of " in line]
    assert len(sent) == 22 - (after + 1), "what was there already was not sent again"
    assert not any("anew" in line for line in lines)
    await asyncio.to_thread(migrate.upgrade, target)


async def test_a_copy_of_a_source_that_went_on_begins_anew(
    source: Address, target: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    await interrupted(source, target, monkeypatch, 8)
    async with Database.open(source) as database, database.session() as session:
        (await session.get_one(TurnRow, 1)).instruction = "changed"
    lines: list[str] = []
    await transfer.copy(source, target, lines.append)
    assert any("beginning anew" in line for line in lines)
    async with Database.open(target) as database, database.reading() as session:
        assert (await session.get_one(TurnRow, 1)).instruction == "changed"


async def test_a_bot_may_write_while_its_database_is_copied(
    source: Address, target: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What arrives is the source at one moment, whatever is written between two batches."""
    monkeypatch.setattr(transfer, "BATCH", 1)
    sent = asyncio.Event()

    def say(_: str) -> None:
        sent.set()

    async with Database.open(source) as database:
        copying = asyncio.create_task(transfer.copy(source, target, say))
        await sent.wait()
        async with database.session() as session:
            session.add(UserRow(user_id=1, created_at=houses.NOW))
        held = await copying
    assert held["users"].rows == 0
    async with Database.open(target) as database, database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(UserRow)) == 0


async def test_what_arrives_otherwise_is_noticed(
    source: Address, target: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = transfer._without_heads

    def damaged(table, row):
        return without(table, {**row, **({"emoji": "👎"} if table.name == "votes" else {})})

    monkeypatch.setattr(transfer, "_without_heads", damaged)
    with pytest.raises(StoreError, match="votes did not arrive as it was sent"):
        await transfer.copy(source, target, quiet)
    with pytest.raises(StoreError, match="was interrupted"):
        await asyncio.to_thread(migrate.upgrade, target)
