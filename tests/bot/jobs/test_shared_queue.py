"""Queues of several processes on one PostgreSQL database: shared, in order, fair, and each picture once."""

import asyncio
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.domain.conversation import Origin
from bot.domain.job import Job, JobState
from bot.domain.options import Options
from bot.errors import JobCancelled, MayNotPost
from bot.jobs.presenter import FinishedTurn, Posted
from bot.settings import LimitsSettings
from bot.store.leases import Board
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, BEN, CHANNEL, GUILD, eventually, painting
from tests.bot.processes import (
    SHORT_LEASE_S,
    Discord,
    Process,
    SharedPresenter,
    all_done,
    open_process,
    processes,
)
from tests.postgres import Server


@pytest.fixture(autouse=True)
def folder(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the processes have their pictures; their database is on the server."""
    url = postgres.fresh()
    monkeypatch.setattr("tests.bot.house.address_in", lambda _: url)
    yield tmp_path
    postgres.drop(url)


def one_each() -> LimitsSettings:
    return LimitsSettings(queued_per_user=100, running=1)


def gated() -> SketchEngine:
    return SketchEngine(gate=asyncio.Event())


def open_gates(*opened: Process) -> None:
    for process in opened:
        assert process.house.engine.gate is not None
        process.house.engine.gate.set()


async def state(process: Process, job_id: int) -> JobState:
    return (await process.house.jobs.get(job_id)).state


async def comes_to(process: Process, job_id: int, wanted: JobState) -> None:
    async def there() -> bool:
        return await state(process, job_id) is wanted

    await eventually(there)


async def test_what_one_process_is_asked_for_all_work_on_and_post_once(folder: Path) -> None:
    engine = gated()
    async with processes(folder, 3, limits=one_each(), engine=engine) as (opened, discord):
        turns = []
        for number in range(5):
            accepted = await opened[0].house.imagine(f"house {number}", author=number)
            turns.append(accepted.turn.id)
            night = await opened[0].house.refine(accepted.conversation.id, "make it night", author=number)
            turns.append(night.turn.id)
        # nothing is done before each process has looked and paints one: a quick one would paint them all
        await painting(opened[0].house, 3)
        open_gates(opened[0])
        await all_done(opened[0].house)
        assert sorted(discord.shown()) == turns
        assert len(engine.paints) == len(turns), "nothing is painted twice"
        for first, second in zip(turns[::2], turns[1::2], strict=True):
            assert discord.shown().index(first) < discord.shown().index(second)


async def test_a_frozen_processs_late_picture_is_thrown_away(folder: Path) -> None:
    discord = Discord()
    async with open_process(
        folder, discord, engine=gated(), limits=one_each(), lease_s=SHORT_LEASE_S
    ) as slow:
        accepted = await slow.house.imagine()
        await painting(slow.house)
        slow.freeze()
        async with open_process(folder, discord, limits=one_each()) as other:
            await comes_to(other, accepted.job.id, JobState.DONE)
            open_gates(slow)
            await slow.queue.quiet()
            assert (slow.painted, other.painted) == (1, 1)
            assert discord.shown() == [accepted.turn.id]
            assert len(discord.posts) == 1
            assert other.house.presenter.taken == [accepted.turn.id], "what was shown before is looked for"
            assert slow.house.presenter.let == [accepted.turn.id]
            assert not slow.house.presenter.failures
            turn = await other.house.conversations.turn(accepted.turn.id)
            assert len(turn.images) == 1


class StuckPresenter(SharedPresenter):
    """Posts, and then the answer does not come for a long time."""

    def __init__(self, discord: Discord) -> None:
        super().__init__(discord)
        self.posted, self.answer = asyncio.Event(), asyncio.Event()

    async def post(self, finished: FinishedTurn) -> Posted:
        posted = await super().post(finished)
        self.posted.set()
        await self.answer.wait()
        return posted


async def test_a_lease_lost_while_posting_gives_one_message(folder: Path) -> None:
    discord = Discord()
    stuck = StuckPresenter(discord)
    async with open_process(folder, discord, presenter=stuck, lease_s=SHORT_LEASE_S) as slow:
        accepted = await slow.house.imagine()
        await stuck.posted.wait()
        slow.freeze()
        async with open_process(folder, discord) as other:
            await comes_to(other, accepted.job.id, JobState.DONE)
            stuck.answer.set()
            await slow.queue.quiet()
            assert len({post.nonce for post in discord.posts}) == 1
            assert discord.shown() == [accepted.turn.id]
            assert other.painted == 0, "the pictures were there already"
            assert not stuck.failures


async def test_a_process_that_is_stopped_gives_its_jobs_back_at_once(folder: Path) -> None:
    discord = Discord()
    async with open_process(folder, discord, limits=one_each()) as other:
        other.queue.hold(on=True)
        async with open_process(folder, discord, engine=gated(), limits=one_each()) as ending:
            running = await ending.house.imagine()
            await painting(ending.house)
            waiting = await ending.house.refine(running.conversation.id, "make it night")
        assert await state(other, running.job.id) is JobState.PAINTING
        other.queue.hold(on=False)
        await all_done(other.house)
        assert discord.shown() == [running.turn.id, waiting.turn.id]


async def test_a_job_is_cancelled_where_it_is_worked_on(folder: Path) -> None:
    discord = Discord()
    async with (
        open_process(folder, discord, limits=one_each()) as asked,
        open_process(folder, discord, engine=gated(), limits=one_each()) as working,
    ):
        asked.queue.hold(on=True)
        accepted = await asked.house.imagine()
        await painting(working.house)
        await asked.house.turns.cancel(accepted.turn.id, ANN)
        await working.queue.quiet()

        async def told() -> bool:
            return bool(working.house.presenter.failures)

        await eventually(told)
        assert [type(error) for _, error in working.house.presenter.failures] == [JobCancelled]
        assert not asked.house.presenter.failures
        assert discord.posts == []


async def test_nobody_is_served_twice_while_others_wait_over_all_processes(folder: Path) -> None:
    async with processes(folder, 2, limits=one_each()) as (opened, discord):
        for process in opened:
            process.queue.hold(on=True)
        many = [await opened[0].house.imagine(f"house {n}", author=ANN) for n in range(8)]
        one = await opened[1].house.imagine("a boat", author=BEN)

        async def known() -> bool:
            return all(process.queue.waiting == len(many) + 1 for process in opened)

        await eventually(known)
        for process in opened:
            process.queue.hold(on=False)
        await all_done(opened[0].house)
        assert discord.shown().index(one.turn.id) <= 2, "behind what was begun at once, at most"
        assert len(discord.shown()) == 9


async def test_a_persons_share_holds_over_all_processes(folder: Path) -> None:
    limits = LimitsSettings(queued_per_user=100, running=2, running_per_user=1)
    most, going = 0, 0

    class Counting(SketchEngine):
        async def paint(self, request, progress=None):
            nonlocal most, going
            going += 1
            most = max(most, going)
            try:
                return await super().paint(request, progress)
            finally:
                going -= 1

    async with processes(folder, 3, limits=limits, engine=Counting(step_s=0.002)) as (opened, discord):
        for number in range(6):
            await opened[number % 3].house.imagine(f"house {number}", author=ANN)
        await all_done(opened[0].house)
        assert (most, len(discord.shown())) == (1, 6)


async def test_what_was_put_off_is_posted_when_another_process_hears_of_permissions(folder: Path) -> None:
    discord = Discord()
    async with (
        open_process(folder, discord, retry_delays=[3600]) as refused,
        open_process(folder, discord) as other,
    ):
        other.queue.hold(on=True)
        refused.house.presenter.post_errors = [MayNotPost()]
        kept = await refused.house.imagine()
        await comes_to(refused, kept.job.id, JobState.POSTING)
        await refused.queue.quiet()
        assert (await refused.house.refine(kept.conversation.id, "make it night")) is not None
        other.queue.hold(on=False)
        other.queue.post_now(GUILD)
        await comes_to(other, kept.job.id, JobState.DONE)
        await all_done(other.house)
        assert kept.turn.id in discord.shown()


async def test_places_in_line_are_told_once_and_count_all_that_wait(folder: Path) -> None:
    async with processes(folder, 2, limits=one_each()) as (opened, _):
        for process in opened:
            process.queue.hold(on=True)
        first = await opened[0].house.imagine(author=ANN)
        second = await opened[1].house.imagine(author=BEN)

        async def told() -> bool:
            return all(process.house.presenter.statuses for process in opened)

        await eventually(told)
        for process, accepted in zip(opened, (first, second), strict=True):
            assert {turn_id for turn_id, _ in process.house.presenter.statuses} == {accepted.turn.id}


async def test_an_outage_of_the_database_is_outlived(folder: Path, postgres: Server) -> None:
    patient = [0.05] * 100  # one try may meet several of the cuts where the machine is busy
    async with processes(folder, 2, limits=one_each(), retry_delays=patient) as (opened, discord):
        for number in range(4):
            await opened[0].house.imagine(f"house {number}", author=number)
        for _ in range(3):
            postgres.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'diffchat_test%' "
                "AND pid <> pg_backend_pid()"
            )
            await asyncio.sleep(0.05)
        await all_done(opened[1].house, 60)
        assert len(discord.shown()) == 4
        assert all(first < second for first, second in pairwise(sorted(discord.shown())))


async def test_a_job_whose_thread_was_opened_is_done_though_its_row_was_held_a_moment(folder: Path) -> None:
    """A claim skips a row that another transaction holds (SKIP LOCKED), as the renewal of its own lease."""
    async with processes(folder, 2, limits=one_each()) as (opened, discord):
        asked = opened[0].house
        accepted = await asked.turns.start_conversation(
            asked.turns.wish("a house", Options()),
            author_id=ANN,
            origin=Origin.SLASH,
            guild_id=GUILD,
            channel_id=CHANNEL,
            placed=False,
        )
        claim, held = opened[0].leases.claim, [True]

        async def held_at_first(job_id: int, *, aside: bool = False) -> Job | None:
            return None if held and held.pop() else await claim(job_id, aside=aside)

        opened[0].leases.claim = held_at_first  # type: ignore[method-assign]
        await asked.turns.place(accepted, 77)
        await all_done(asked)
        assert discord.shown() == [accepted.turn.id]


async def test_a_job_that_is_claimed_while_the_board_is_read_is_not_given_up(folder: Path) -> None:
    """The board may be read before the claim is stored, and taken in after it."""
    async with processes(folder, 1, limits=one_each()) as (opened, discord):
        claim, look = opened[0].leases.claim, opened[0].leases.look
        claiming, read, claimed = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def late_claim(job_id: int, *, aside: bool = False) -> Job | None:
            claiming.set()
            await read.wait()
            job = await claim(job_id, aside=aside)
            claimed.set()
            return job

        async def early_look(mine: Collection[int]) -> Board:
            board = await look(mine)
            if claiming.is_set() and not read.is_set():
                read.set()
                await claimed.wait()
            return board

        opened[0].leases.claim, opened[0].leases.look = late_claim, early_look  # type: ignore[method-assign]
        accepted = await opened[0].house.imagine()
        await all_done(opened[0].house)
        assert claimed.is_set()
        assert discord.shown() == [accepted.turn.id]
