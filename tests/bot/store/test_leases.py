"""Leases of jobs, and what becomes of a step whose lease was lost. Several processes need PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.conversation import Origin
from bot.domain.job import JobState
from bot.errors import LeaseLost, WrongTransition
from bot.services.turn_results import Accepted
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.leases import Leases
from model.engine import PaintResult, Picture
from tests.bot.engines import sketch
from tests.bot.house import ANN, BEN, CLEO, GUILD, House, open_house

HERE, THERE = "here", "there"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, working=False) as opened:
        yield opened


def leases(house: House, holder: str, **options: float) -> Leases:
    return Leases(house.database, holder, **options)  # type: ignore[arg-type]


async def unplaced(house: House) -> Accepted:
    """A first turn whose thread is being opened."""
    return await house.turns.start_conversation(
        house.turns.wish("a house"),
        author_id=ANN,
        origin=Origin.SLASH,
        guild_id=GUILD,
        channel_id=7,
        placed=False,
    )


async def expire(house: House) -> None:
    """All leases run out."""
    async with house.database.session() as session:
        await session.execute(text("UPDATE jobs SET leased_until = '2020-01-01 00:00:00'"))


def painted() -> PaintResult:
    return PaintResult((Picture(sketch("a red house", 1, 64, 64), 1, 64, 64),), "painter", 0.1)


async def test_a_job_is_one_processs_until_its_lease_runs_out(house: House) -> None:
    job = (await house.imagine()).job
    here, there = leases(house, HERE), leases(house, THERE)
    assert (await here.claim(job.id)) is not None
    assert (await there.claim(job.id)) is None
    assert (await here.claim(job.id)) is not None, "its holder may take it up again"
    await expire(house)
    taken = await there.claim(job.id)
    assert taken is not None
    assert taken.holder == THERE


async def test_of_many_that_want_a_job_at_once_one_gets_it(house: House) -> None:
    job = (await house.imagine()).job
    wanted = [leases(house, f"process {number}").claim(job.id) for number in range(8)]
    assert sum(claimed is not None for claimed in await asyncio.gather(*wanted)) == 1


async def test_interrupted_work_of_a_dead_process_begins_anew(house: House) -> None:
    job = (await house.imagine()).job
    await leases(house, HERE).claim(job.id)
    mine = JobStore(house.database, HERE)
    await mine.begin(job.id)
    await mine.prompt_written(job.id, "a red house", "llm", 1)
    await expire(house)
    taken = await leases(house, THERE).claim(job.id)
    assert taken is not None
    assert (taken.state, taken.attempts) == (JobState.QUEUED, 1)


LATE_STEPS = {
    "prompt": lambda jobs, images, job: jobs.prompt_written(job, "another house", "llm", 1),
    "pictures": lambda jobs, images, job: images.keep(job, painted(), seconds=1),
    "post": lambda jobs, images, job: jobs.posted(job, 7, 8),
    "again": lambda jobs, images, job: jobs.again(job),
    "describe": lambda jobs, images, job: jobs.described(job, "a house"),
}


async def come_to(jobs: JobStore, images: ImageStore, job_id: int, step: str) -> None:
    """Do the work on a job up to a step."""
    await jobs.begin(job_id)
    if step != "prompt":
        await jobs.prompt_written(job_id, "a red house", "llm", 1)
    if step == "post":
        await images.keep(job_id, painted(), seconds=1)


@pytest.mark.parametrize("step", LATE_STEPS)
async def test_a_step_after_the_lease_was_lost_changes_nothing(house: House, step: str) -> None:
    job = (await house.imagine()).job
    mine, theirs = JobStore(house.database, HERE), JobStore(house.database, THERE)
    images = ImageStore(house.database, house.images.files, HERE)
    await leases(house, HERE).claim(job.id)
    await come_to(mine, images, job.id, step)
    await expire(house)
    await leases(house, THERE).claim(job.id)
    if step != "post":  # the other one is as far, so that the state alone would let both go on
        await come_to(theirs, images, job.id, step)
    before = await house.jobs.get(job.id)
    with pytest.raises(LeaseLost):
        await LATE_STEPS[step](mine, images, job.id)
    with pytest.raises(LeaseLost):
        await mine.check_holder(job.id)
    await theirs.check_holder(job.id)
    assert not await mine.fail(job.id, ValueError("late"))
    assert await house.jobs.get(job.id) == before
    if step == "pictures":
        assert not await house.images.files.older_than(-60), "what was painted is thrown away"


async def test_a_process_says_that_it_lives_and_learns_what_it_lost(house: House) -> None:
    first, second, third = [(await house.imagine(author=author)).job for author in (ANN, BEN, CLEO)]
    here, there = leases(house, HERE), leases(house, THERE)
    for job in (first, second, third):
        await here.claim(job.id)
    await expire(house)
    await there.claim(second.id)
    await house.jobs.cancel(third.id)
    board = await here.look([first.id, second.id, third.id])
    assert (set(board.lost), set(board.cancelled)) == ({second.id, third.id}, {third.id})
    assert [(seen.job.id, seen.free, seen.at_work) for seen in board.seen] == [
        (first.id, False, True), (second.id, False, True),
    ]  # fmt: skip
    assert (await there.claim(first.id)) is None, "the look was a sign of life"
    assert board.processes == 2


async def test_a_cancelled_job_says_who_worked_on_it(house: House) -> None:
    job = (await house.imagine()).job
    await leases(house, HERE).claim(job.id)
    assert (await house.jobs.cancel(job.id)).holder == HERE
    with pytest.raises(WrongTransition):
        await house.jobs.cancel(job.id)


async def test_a_conversation_goes_on_in_order_whoever_works(house: House) -> None:
    first = await house.imagine()
    second = await house.refine(first.conversation.id, "make it night")
    here, there = leases(house, HERE), leases(house, THERE)
    assert (await there.claim(second.job.id)) is None, "the first one waits"
    await here.claim(first.job.id)
    assert (await there.claim(second.job.id)) is None, "the first one is worked on"
    await here.put_off(first.job.id)
    assert (await there.claim(second.job.id)) is not None, "the first one is posted later"


async def test_shares_of_people_and_servers_hold_over_all_processes(house: House) -> None:
    ann = [(await house.imagine(author=ANN, guild=1)).job for _ in range(3)]
    ben = (await house.imagine(author=BEN, guild=GUILD)).job
    places = [leases(house, f"process {number}", per_user=2) for number in range(3)]
    claimed = await asyncio.gather(*(place.claim(job.id) for place, job in zip(places, ann, strict=True)))
    assert sum(job is not None for job in claimed) == 2
    assert (await places[0].claim(ben.id)) is not None
    cleo = (await house.imagine(author=CLEO, guild=GUILD)).job
    assert (await leases(house, THERE, per_guild=1).claim(cleo.id)) is None


async def test_jobs_given_back_are_free_at_once(house: House) -> None:
    job = (await house.imagine()).job
    here, there = leases(house, HERE), leases(house, THERE)
    await here.claim(job.id)
    await here.release()
    assert (await there.claim(job.id)) is not None


async def test_what_was_put_off_is_hurried_for_its_server_alone(house: House) -> None:
    jobs = [(await house.imagine(author=author, guild=guild)).job for author, guild in ((ANN, 1), (BEN, 2))]
    here = leases(house, HERE)
    mine, images = JobStore(house.database, HERE), ImageStore(house.database, house.images.files, HERE)
    for job in jobs:
        await here.claim(job.id)
        await mine.begin(job.id)
        await mine.prompt_written(job.id, "a red house", "llm", 1)
        await images.keep(job.id, painted(), seconds=1)
        await here.put_off(job.id)
    await here.hurry(2)
    free = {seen.job.id: seen.free for seen in (await here.look([])).seen}
    assert free == {jobs[0].id: False, jobs[1].id: True}


async def test_a_job_whose_thread_is_being_opened_is_left_alone_for_some_time(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False, holder=HERE) as house:
        accepted = await house.turns.start_conversation(
            house.turns.wish("a house"),
            author_id=ANN,
            origin=Origin.SLASH,
            guild_id=1,
            channel_id=7,
            placed=False,
        )
        there = leases(house, THERE)
        assert (await there.claim(accepted.job.id)) is None
        [seen] = (await there.look([])).seen
        assert [seen.free, seen.at_work] == [False, False]
        assert (await leases(house, HERE).claim(accepted.job.id)) is not None
        await expire(house)
        assert (await there.claim(accepted.job.id)) is not None


async def test_a_job_whose_thread_is_there_is_offered_to_all(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False, holder=HERE) as house:
        accepted = await unplaced(house)
        assert accepted.job.holder == HERE
        await leases(house, HERE).offer(accepted.job.id)
        assert (await leases(house, THERE).claim(accepted.job.id)) is not None
        await leases(house, HERE).offer(accepted.job.id)
        assert (await house.jobs.get(accepted.job.id)).holder == THERE


async def test_a_start_on_sqlite_knows_no_holders(house: House) -> None:
    job = (await house.imagine()).job
    await leases(house, HERE).claim(job.id)
    assert [resumed.holder for resumed in await house.jobs.resume()] == [None]


async def test_the_clocks_of_processes_do_not_matter(
    house: House, monkeypatch: pytest.MonkeyPatch, database_kind: str
) -> None:
    if database_kind == "sqlite":
        pytest.skip("its file is of this machine, whose clock it goes by")

    class FastClock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) + timedelta(minutes=7)

    for module in ("leases", "jobs", "conversations"):
        monkeypatch.setattr(f"bot.store.{module}.datetime", FastClock)
    job = (await house.imagine()).job
    assert abs(job.created_at - datetime.now(UTC)) < timedelta(minutes=1), "by the database's clock"
    await leases(house, HERE).claim(job.id)
    assert (await leases(house, THERE).claim(job.id)) is None
    board = await leases(house, THERE).look([])
    assert [seen.at_work for seen in board.seen] == [True]


async def test_a_job_aside_is_under_no_cap_and_holds_no_picture_up(house: House) -> None:
    here, there = leases(house, HERE, per_user=1), leases(house, THERE, per_user=1)
    done, painted_now, next_one = [await house.imagine() for _ in range(3)]
    await JobStore(house.database).cancel(done.job.id)
    reply = await house.refine(painted_now.conversation.id, "what is it?")
    assert reply.job.aside
    await JobStore(house.database).cancel(painted_now.job.id)
    assert (await here.claim(next_one.job.id)) is not None
    assert (await there.claim(reply.job.id)) is None, "the cap, in the line"
    asked = await there.claim(reply.job.id, aside=True)
    assert asked is not None
    assert asked.aside
    await JobStore(house.database).cancel(next_one.job.id)
    another = await house.imagine()
    assert (await here.claim(another.job.id)) is not None, "what is aside does not count"


async def test_what_needs_a_picture_goes_back_and_is_not_taken_aside_again(house: House) -> None:
    first = await house.imagine()
    reply = await house.refine(first.conversation.id, "make it night")
    async with house.database.session() as session:
        await session.execute(text(f"UPDATE jobs SET state = 'done' WHERE id = {first.job.id}"))
        await session.execute(text(f"UPDATE conversations SET head_turn_id = {first.turn.id}"))
    here = leases(house, HERE)
    assert (await here.claim(reply.job.id, aside=True)) is not None
    mine = JobStore(house.database, HERE)
    await mine.begin(reply.job.id)
    for _ in range(2):  # the answer to the first one may have been lost
        await mine.back_in_line(reply.job.id)
    job = await mine.get(reply.job.id)
    assert (job.state, job.attempts, job.aside, job.holder) == (JobState.QUEUED, 0, False, None)
    assert (await here.claim(reply.job.id, aside=True)) is None
    assert (await here.claim(reply.job.id)) is not None
