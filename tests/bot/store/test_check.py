"""`db check`: what is wrong between rows and files is found, and mended."""

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.check import GRACE_S, Report, inspect, mend
from bot.store.images import relative_path
from tests.bot.house import House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def inspected(house: House) -> Report:
    return await inspect(house.database, house.images.files)


def stray(house: House, name: str, *, age: float = 2 * GRACE_S) -> Path:
    """A file that no row names."""
    path = house.pictures / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"stray")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


async def test_a_house_in_use_is_clean(house: House) -> None:
    turn = await house.imagined()
    await house.refined(turn.conversation_id, "make it night")
    report = await inspected(house)
    assert report.clean
    assert report.lines() == []


async def test_an_empty_house_is_clean(house: House) -> None:
    assert (await inspected(house)).clean


async def test_a_missing_file_is_found_and_its_row_removed(house: House) -> None:
    turn = await house.imagined()
    (house.pictures / relative_path(turn.images[0].sha256)).unlink()
    report = await inspected(house)
    assert report.images_without_file == (turn.images[0].id,)
    assert report.lines() == ["1 pictures in the database whose file is missing"]
    await mend(house.database, house.images.files, report)
    assert (await inspected(house)).clean
    assert (await house.conversations.turn(turn.id)).images == ()


async def test_a_changed_file_is_found_and_removed_with_its_row(house: House) -> None:
    turn = await house.imagined()
    path = house.pictures / relative_path(turn.images[0].sha256)
    path.write_bytes(b"something else")
    report = await inspected(house)
    assert report.images_with_other_content == (turn.images[0].id,)
    await mend(house.database, house.images.files, report)
    assert not path.exists()
    assert (await inspected(house)).clean


async def test_stray_and_half_written_files_are_found_and_removed(house: House) -> None:
    turn = await house.imagined()
    old = [stray(house, "ab/abc.png"), stray(house, "ab/.part-12")]
    young = stray(house, "cd/cde.png", age=0)
    report = await inspected(house)
    assert report.files_without_row == ("ab/.part-12", "ab/abc.png")
    await mend(house.database, house.images.files, report)
    assert [path.exists() for path in (*old, young)] == [False, False, True]
    assert await house.images.read(turn.images[0])


async def test_a_file_whose_row_came_meanwhile_stays(house: House) -> None:
    turn = await house.imagined()
    path = relative_path(turn.images[0].sha256)
    await mend(house.database, house.images.files, Report(files_without_row=(path,)))
    assert (house.pictures / path).exists()


async def test_a_head_on_a_deleted_turn_is_found_and_moved(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    async with house.database.session() as session:
        await session.execute(text(f"UPDATE turns SET deleted_at = finished_at WHERE id = {second.id}"))
    report = await inspected(house)
    assert report.conversations_with_dead_head == (first.conversation_id,)
    await mend(house.database, house.images.files, report)
    assert (await house.conversations.get(first.conversation_id)).head_turn_id == first.id
    assert (await inspected(house)).clean


@pytest.mark.sqlite_only
async def test_dangling_rows_are_reported(house: House) -> None:
    turn = await house.imagined()
    async with house.database.reading() as session:
        await session.execute(text("COMMIT"))  # the switch below works outside of a transaction only
        await session.execute(text("PRAGMA foreign_keys = OFF"))
        await session.execute(text(f"DELETE FROM turns WHERE id = {turn.id}"))
        await session.execute(text("PRAGMA foreign_keys = ON"))
        await session.execute(text("BEGIN"))
    assert "points to a missing row of turns" in (await inspected(house)).damage[0]
