"""Pictures: files before rows, rows gone before files, nothing half-written."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.job import Job, JobState
from bot.errors import DiskFull, PictureLost, WrongTransition
from bot.store.images import ImageStore, fingerprint, relative_path
from bot.store.schema import ImageRow
from model.engine import PaintResult, Picture
from tests.bot.engines import sketch
from tests.bot.house import House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, working=False) as opened:
        yield opened


async def painting_job(house: House) -> Job:
    """A job that waits for its pictures."""
    accepted = await house.imagine()
    await house.jobs.begin(accepted.job.id)
    await house.jobs.prompt_written(accepted.job.id, "a red house", None, 1)
    return accepted.job


def painted(*seeds: int) -> PaintResult:
    pictures = tuple(Picture(sketch("a red house", seed, 64, 64), seed, 64, 64) for seed in seeds)
    return PaintResult(pictures, "painter", 0.1)


def files(house: House) -> list[str]:
    folder = house.pictures
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


async def rows(house: House) -> int:
    async with house.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(ImageRow)) or 0


async def test_pictures_lie_by_their_content_and_the_job_moves_on(house: House) -> None:
    job = await painting_job(house)
    result = painted(1, 2)
    turn = await house.images.keep(job.id, result, seconds=3.5)
    assert files(house) == sorted(relative_path(fingerprint(picture.png)) for picture in result.pictures)
    assert [(image.position, image.seed, image.width) for image in turn.images] == [(0, 1, 64), (1, 2, 64)]
    assert [await house.images.read(image) for image in turn.images] == [p.png for p in result.pictures]
    assert (turn.painter_model, turn.seconds) == ("painter", 3.5)
    assert (await house.jobs.get(job.id)).state is JobState.POSTING


async def test_a_cancelled_job_gets_no_pictures_and_leaves_no_files(house: House) -> None:
    job = await painting_job(house)
    await house.jobs.cancel(job.id)
    with pytest.raises(WrongTransition):
        await house.images.keep(job.id, painted(1), seconds=1)
    assert (files(house), await rows(house)) == ([], 0)


async def test_two_pictures_with_the_same_bytes_share_a_file_until_the_last_goes(house: House) -> None:
    first, second = await painting_job(house), await painting_job(house)
    await house.images.keep(first.id, painted(1), seconds=1)
    await house.images.keep(second.id, painted(1), seconds=1)
    assert len(files(house)) == 1
    for job, left in ((first, 1), (second, 0)):
        _, turn = await house.conversations.delete_turn(job.turn_id)
        await house.images.remove_unused(image.sha256 for image in turn.images)
        assert len(files(house)) == left


async def test_a_full_disk_is_said_so_and_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await painting_job(house)
    written = 0
    real = os.fsync

    def full_at_the_second_picture(descriptor: int) -> None:
        nonlocal written
        written += 1
        if written > 3:  # a file and its two folders for each picture
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full_at_the_second_picture)
    with pytest.raises(DiskFull):
        await house.images.keep(job.id, painted(1, 2), seconds=1)
    assert (files(house), await rows(house)) == ([], 0)
    assert (await house.jobs.get(job.id)).state is JobState.PAINTING


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.003, 0.01, 0.03])
async def test_a_cancellation_at_any_moment_leaves_rows_and_files_together(
    house: House, delay: float
) -> None:
    job = await painting_job(house)
    keeping = asyncio.create_task(house.images.keep(job.id, painted(1, 2), seconds=1))
    await asyncio.sleep(delay)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert len(files(house)) == await rows(house)
    turn = await house.conversations.turn(job.turn_id)
    assert all([await house.images.read(image) for image in turn.images])


async def test_a_missing_file_is_a_lost_picture(house: House) -> None:
    job = await painting_job(house)
    turn = await house.images.keep(job.id, painted(1), seconds=1)
    (house.pictures / relative_path(turn.images[0].sha256)).unlink()
    with pytest.raises(PictureLost):
        await house.images.read(turn.images[0])


async def test_a_damaged_file_is_written_anew_with_the_same_picture(house: House) -> None:
    first, second = await painting_job(house), await painting_job(house)
    turn = await house.images.keep(first.id, painted(1), seconds=1)
    (house.pictures / relative_path(turn.images[0].sha256)).write_bytes(b"half")
    await house.images.keep(second.id, painted(1), seconds=1)
    assert await house.images.read(turn.images[0]) == painted(1).pictures[0].png


async def test_no_process_removes_what_another_one_is_about_to_name(
    house: House, monkeypatch: pytest.MonkeyPatch, database_kind: str
) -> None:
    if database_kind == "sqlite":
        pytest.skip("one process works with its file")
    job, other = await painting_job(house), ImageStore(house.database, house.images.files)
    written, go_on, write = asyncio.Event(), asyncio.Event(), house.images.files.write

    async def write_and_wait(path: str, data: bytes) -> None:
        await write(path, data)
        written.set()
        await go_on.wait()

    monkeypatch.setattr(house.images.files, "write", write_and_wait)
    keeping = asyncio.create_task(house.images.keep(job.id, painted(1), seconds=1))
    await written.wait()
    removing = asyncio.create_task(other.remove_unused([fingerprint(painted(1).pictures[0].png)]))
    await asyncio.wait([removing], timeout=0.3)
    assert not removing.done(), "its content is another process's this moment"
    go_on.set()
    turn = await keeping
    await removing
    assert await house.images.read(turn.images[0])
