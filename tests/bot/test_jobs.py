"""Job states and their transitions, and the queue that works jobs off."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path

import pytest

from bot.config import LimitsSettings
from bot.errors import (
    JobCancelled,
    MayNotPost,
    QueueFull,
    QuotaUsedUp,
    ServerHasEnough,
    ServerQuotaUsedUp,
    TooLateToCancel,
    TooManyWaiting,
    WrongTransition,
)
from bot.jobs import ANNOUNCED, TRANSITIONS, Job, JobQueue, JobState, check_transition
from bot.pipeline import FinishedTurn, Posted, Queued
from bot.store.schema import TurnRow
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, BEN, CLEO, GUILD, House, ListPoster, eventually, open_house

NOW = datetime(2026, 1, 1, tzinfo=UTC)
USUAL = [JobState.QUEUED, JobState.EDITING, JobState.PAINTING, JobState.POSTING, JobState.DONE]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """One job at a time; painting waits for the gate."""
    async with open_house(
        tmp_path, engine=SketchEngine(gate=asyncio.Event()), limits=one_at_a_time()
    ) as opened:
        yield opened


def one_at_a_time(**limits: int) -> LimitsSettings:
    return LimitsSettings(running=1, **limits)


def open_gate(house: House) -> None:
    assert house.engine.gate is not None
    house.engine.gate.set()


async def painting(house: House, jobs: int = 1) -> None:
    """Wait until so many more jobs have come to painting."""
    async with asyncio.timeout(5):
        for _ in range(jobs):
            await house.engine.begun.acquire()


def test_the_usual_way_is_allowed_and_ends() -> None:
    for present, following in pairwise(USUAL):
        check_transition(1, present, following)
    assert [state for state in JobState if state.ended] == [
        JobState.DONE,
        JobState.FAILED,
        JobState.CANCELLED,
    ]


def test_every_other_transition_is_refused() -> None:
    for present, following in product(JobState, JobState):
        if following not in TRANSITIONS[present]:
            with pytest.raises(WrongTransition, match=f"is {present} and cannot become {following}"):
                check_transition(1, present, following)


def test_what_is_posted_can_neither_be_cancelled_nor_begun_anew() -> None:
    assert TRANSITIONS[JobState.POSTING] == {JobState.DONE, JobState.FAILED}


def test_a_nonce_is_a_jobs_own_and_short_enough_for_discord() -> None:
    job = Job(1, 1, 1, ANN, JobState.QUEUED, 0, None, NOW)
    assert job.nonce == replace(job, state=JobState.POSTING, attempts=2).nonce
    assert len(job.nonce) <= 25
    assert job.nonce != replace(job, id=2).nonce
    assert job.nonce != replace(job, created_at=NOW.replace(second=1)).nonce


async def test_a_job_is_stored_before_anybody_is_told(house: House) -> None:
    accepted = await house.imagine()
    assert (await house.jobs.get(accepted.job.id)).state in {JobState.QUEUED, JobState.EDITING}
    assert accepted.position == 0


async def test_waiting_jobs_have_positions_that_move(house: House) -> None:
    await house.imagine(author=ANN)
    await painting(house)
    second, third, other = [await house.imagine(author=author) for author in (ANN, ANN, BEN)]
    assert [second.position, third.position, other.position] == [1, 2, 2]
    assert [house.queue.position(job.job.id) for job in (second, third, other)] == [1, 3, 2]
    open_gate(house)
    await house.queue.idle()
    told = [
        (turn_id, status.position) for turn_id, status in house.poster.statuses if isinstance(status, Queued)
    ]
    assert (third.turn.id, 3) in told
    assert told.index((third.turn.id, 3)) < told.index((third.turn.id, 1))
    assert house.queue.position(second.job.id) is None


async def test_people_are_served_in_turn(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=one_at_a_time(), working=False) as house:
        for author in (ANN, ANN, ANN, BEN, CLEO):
            await house.imagine(author=author)
        async with house.queue:
            await house.queue.idle()
        assert [post.turn.author_id for post in house.poster.posts] == [ANN, BEN, CLEO, ANN, ANN]


async def test_no_more_jobs_run_at_once_than_allowed(tmp_path: Path) -> None:
    engine = SketchEngine(gate=asyncio.Event())
    async with open_house(tmp_path, engine=engine, limits=LimitsSettings(running=2)) as house:
        for author in (ANN, BEN, CLEO):
            await house.imagine(author=author)
        await painting(house, 2)
        await asyncio.sleep(0.02)
        assert len(engine.paints) == 2
        open_gate(house)
        await house.queue.idle()
        assert len(house.poster.posts) == 3


async def test_a_person_may_have_only_so_many_waiting(tmp_path: Path) -> None:
    limits = LimitsSettings(queued_per_user=2)
    async with open_house(tmp_path, limits=limits, working=False) as house:
        await house.imagine(author=ANN)
        await house.imagine(author=ANN)
        with pytest.raises(TooManyWaiting, match="already have 2 waiting"):
            await house.imagine(author=ANN)
        with pytest.raises(TooManyWaiting):
            await house.turns.check("a house", ANN)
        await house.imagine(author=BEN)


@pytest.mark.parametrize(
    ("setting", "span", "hours"), [("hourly_per_user", "an hour", 1), ("daily_per_user", "a day", 24)]
)
async def test_a_quota_counts_what_is_stored_and_says_when_it_frees(
    tmp_path: Path, setting: str, span: str, hours: int
) -> None:
    limits = LimitsSettings(queued_per_user=50, **{setting: 2})
    async with open_house(tmp_path, limits=limits, working=False) as house:
        first = await house.imagine(author=ANN)
        await house.imagine(author=ANN)
        await house.imagine(author=BEN)
    async with open_house(tmp_path, limits=limits, working=False) as house:  # a restart gives no more
        with pytest.raises(QuotaUsedUp, match=rf"2 pictures within {span}") as refused:
            await house.imagine(author=ANN)
        free = int(first.turn.created_at.timestamp()) + hours * 3600 + 1
        assert f"<t:{free}:R>" in str(refused.value)
        earlier = datetime.now(UTC) - timedelta(hours=hours, seconds=5)
        async with house.database.session() as session:
            (await session.get_one(TurnRow, first.turn.id)).created_at = earlier
        await house.imagine(author=ANN)


async def test_the_queue_has_a_length(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=LimitsSettings(queue_length=2), working=False) as house:
        await house.imagine(author=ANN)
        await house.imagine(author=BEN)
        with pytest.raises(QueueFull, match="2 waiting"):
            await house.imagine(author=CLEO)


async def test_a_waiting_job_can_be_cancelled(house: House) -> None:
    await house.imagine(author=ANN)
    await painting(house)
    waiting = await house.imagine(author=BEN)
    await house.turns.cancel(waiting.turn.id, BEN)
    assert (await house.jobs.get(waiting.job.id)).state is JobState.CANCELLED
    assert [(turn_id, type(error)) for turn_id, error in house.poster.failures] == [
        (waiting.turn.id, JobCancelled)
    ]
    open_gate(house)
    await house.queue.idle()
    assert len(house.poster.posts) == 1


async def test_a_running_job_can_be_cancelled_and_the_next_goes_on(house: House) -> None:
    running = await house.imagine(author=ANN)
    await painting(house)
    following = await house.imagine(author=BEN)
    await house.turns.cancel(running.turn.id, ANN)
    open_gate(house)
    await house.queue.idle()
    assert [post.turn.id for post in house.poster.posts] == [following.turn.id]
    assert [type(error) for _, error in house.poster.failures] == [JobCancelled]
    assert (await house.jobs.get(running.job.id)).state is JobState.CANCELLED


async def test_a_finished_job_cannot_be_cancelled(house: House) -> None:
    open_gate(house)
    turn = await house.imagined()
    with pytest.raises(TooLateToCancel):
        await house.turns.cancel(turn.id, ANN)
    assert house.poster.failures == []


class SlowPoster(ListPoster):
    """Posting waits for the gate."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.begun = asyncio.Event()

    async def post(self, finished: FinishedTurn) -> Posted:
        self.begun.set()
        await self.gate.wait()
        return await super().post(finished)


async def test_a_job_that_is_being_posted_cannot_be_cancelled(tmp_path: Path) -> None:
    poster = SlowPoster()
    async with open_house(tmp_path, poster=poster) as house:
        accepted = await house.imagine()
        await poster.begun.wait()
        with pytest.raises(TooLateToCancel):
            await house.turns.cancel(accepted.turn.id, ANN)
        poster.gate.set()
        assert (await house.finished(accepted)).live


async def test_a_stopping_bot_waits_for_a_message_on_its_way(tmp_path: Path) -> None:
    poster = SlowPoster()
    async with open_house(tmp_path, poster=poster) as house:
        accepted = await house.imagine()
        await poster.begun.wait()
        asyncio.get_running_loop().call_later(0.05, poster.gate.set)
    async with open_house(tmp_path, working=False) as house:
        assert (await house.jobs.get(accepted.job.id)).state is JobState.DONE


async def test_work_that_was_under_way_is_resumed_after_a_restart(tmp_path: Path) -> None:
    engine = SketchEngine(gate=asyncio.Event())
    async with open_house(tmp_path, engine=engine, limits=one_at_a_time()) as house:
        running = await house.imagine("a red house", author=ANN)
        await painting(house)
        waiting = await house.imagine("a blue boat", author=BEN)
    async with open_house(tmp_path, working=False) as house:
        assert (await house.jobs.get(running.job.id)).state is JobState.PAINTING
    async with open_house(tmp_path) as house:
        await house.queue.idle()
        assert [post.turn.id for post in house.poster.posts] == [running.turn.id, waiting.turn.id]
        assert [(await house.jobs.get(job.job.id)).attempts for job in (running, waiting)] == [2, 1]


class DyingPoster(ListPoster):
    """The message reaches Discord, and then nothing is heard any more."""

    def __init__(self) -> None:
        super().__init__()
        self.dead = asyncio.Event()

    async def post(self, finished: FinishedTurn) -> Posted:
        posted = await super().post(finished)
        self.dead.set()
        await asyncio.Event().wait()
        return posted


async def test_a_job_that_was_being_posted_posts_its_pictures_again_with_the_same_nonce(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pipeline.POSTING_PATIENCE_S", 0.01)
    dying, poster = DyingPoster(), ListPoster()
    async with open_house(tmp_path, poster=dying) as house:
        accepted = await house.imagine()
        async with asyncio.timeout(5):
            await dying.dead.wait()
    async with open_house(tmp_path, poster=poster) as house:
        await house.queue.idle()
        assert house.engine.paints == []
        assert (await house.conversations.turn(accepted.turn.id)).live
    assert dying.posts[0].nonce == poster.posts[0].nonce
    assert dying.posts[0].pictures == poster.posts[0].pictures


async def test_asking_twice_by_the_same_message_is_one_job(house: House) -> None:
    open_gate(house)
    turn = await house.imagined()
    twice = [
        await house.turns.refine(turn.conversation_id, "make it night", ANN, turn.origin, request_id=55)
        for _ in range(2)
    ]
    await house.queue.idle()
    assert [accepted.new for accepted in twice] == [True, False]
    assert twice[0].turn.id == twice[1].turn.id
    assert len(house.poster.posts) == 2


class ClosedPoster(ListPoster):
    """A place that takes no message until it has refused so many."""

    def __init__(self, refusals: int) -> None:
        super().__init__()
        self.post_errors = [MayNotPost() for _ in range(refusals)]
        self.posted = asyncio.Event()

    async def post(self, finished: FinishedTurn) -> Posted:
        posted = await super().post(finished)
        self.posted.set()
        return posted


async def test_a_picture_that_may_not_be_posted_is_tried_again_and_told_once(tmp_path: Path) -> None:
    poster = ClosedPoster(refusals=3)
    async with open_house(tmp_path, poster=poster) as house:
        accepted = await house.imagine()
        async with asyncio.timeout(5):
            await poster.posted.wait()
        turn = await house.finished(accepted)
        assert turn.live
        assert len(house.engine.paints) == 1
        assert [type(error) for _, error in poster.failures] == [MayNotPost]
        assert (await house.jobs.get(accepted.job.id)).state is JobState.DONE


async def test_meanwhile_the_conversation_goes_on(tmp_path: Path) -> None:
    poster = ListPoster()
    async with open_house(tmp_path, poster=poster, retry_delays=[60]) as house:
        first = await house.imagined()
        poster.post_errors = [MayNotPost()]
        kept = await house.refine(first.conversation_id, "make it night")
        await house.queue.idle()
        assert (await house.jobs.get(kept.job.id)).state is JobState.POSTING
        assert (await house.refined(first.conversation_id, "add snow")).live


async def test_a_picture_put_off_is_tried_at_once_when_its_server_changes_permissions(tmp_path: Path) -> None:
    poster = ListPoster()
    async with open_house(tmp_path, poster=poster, retry_delays=[3600]) as house:
        poster.post_errors = [MayNotPost(), MayNotPost()]
        kept = await house.imagine()
        await house.queue.idle()
        assert house.queue.post_now(GUILD + 1) == 0
        assert house.queue.post_now(GUILD) == 1
        await house.queue.idle()
        assert (await house.jobs.get(kept.job.id)).state is JobState.POSTING
        assert house.queue.post_now(GUILD) == 1
        assert (await house.finished(kept)).live
        assert len(poster.posts) == 1
        assert house.queue.post_now(GUILD) == 0


class RefusedOncePoster(ListPoster):
    """Its first try is still going on when permissions change."""

    queue: JobQueue

    async def post(self, finished: FinishedTurn) -> Posted:
        if not self.failures:
            self.queue.post_now(GUILD)
            raise MayNotPost
        return await super().post(finished)


async def test_permissions_that_change_during_a_try_lead_to_another_one(tmp_path: Path) -> None:
    poster = RefusedOncePoster()
    async with open_house(tmp_path, poster=poster, retry_delays=[3600]) as house:
        poster.queue = house.queue
        kept = await house.imagine()

        async def posted() -> bool:
            return bool(poster.posts)

        await eventually(posted)
        assert (await house.finished(kept)).live


async def test_a_held_queue_finishes_what_runs_and_begins_nothing(house: House) -> None:
    running = await house.imagine(author=ANN)
    await painting(house)
    waiting = await house.imagine(author=BEN)
    house.queue.hold(on=True)
    open_gate(house)
    await house.queue.quiet()
    assert [(await house.jobs.get(job.job.id)).state for job in (running, waiting)] == ["done", "queued"]
    house.queue.hold(on=False)
    assert (await house.finished(waiting)).live


async def test_a_newcomer_far_behind_is_told_the_place_too(tmp_path: Path) -> None:
    limits = LimitsSettings(running=1, queued_per_user=100)
    async with open_house(tmp_path, engine=SketchEngine(gate=asyncio.Event()), limits=limits) as house:
        await house.imagine()
        await painting(house)
        jobs = [await house.imagine(author=author) for author in range(1, ANNOUNCED + 4)]

        async def told() -> bool:
            return jobs[-1].turn.id in dict(house.poster.statuses)

        await eventually(told)
        assert dict(house.poster.statuses)[jobs[-1].turn.id] == Queued(ANNOUNCED + 3)


async def test_a_waiting_time_is_told_once_it_is_known(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=one_at_a_time()) as house:
        for _ in range(3):
            await house.imagined()
        house.engine.gate = asyncio.Event()
        await house.imagine()
        await painting(house, 4)
        waiting = await house.imagine(author=BEN)

        async def told() -> bool:
            return waiting.turn.id in dict(house.poster.statuses)

        await eventually(told)
        [status] = [status for turn, status in house.poster.statuses if turn == waiting.turn.id]
        assert isinstance(status, Queued)
        assert status.starts_at is not None
        open_gate(house)
        await house.queue.idle()


async def test_a_refusal_for_want_of_room_says_when_there_will_be_some(tmp_path: Path) -> None:
    limits = LimitsSettings(running=1, queued_per_guild=1)
    async with open_house(tmp_path, limits=limits) as house:
        for _ in range(3):
            await house.imagined()
        house.engine.gate = asyncio.Event()
        await house.imagine()
        await painting(house, 4)
        await house.imagine(author=BEN)
        with pytest.raises(ServerHasEnough, match=r"already has 1 waiting.* ask again <t:\d+:R>\."):
            await house.imagine(author=CLEO)
        await house.imagine(author=CLEO, guild=None)
        open_gate(house)
        await house.queue.idle()


@pytest.mark.parametrize(("setting", "hours"), [("hourly_per_guild", 1), ("daily_per_guild", 24)])
async def test_a_servers_quota_is_its_own(tmp_path: Path, setting: str, hours: int) -> None:
    limits = LimitsSettings(**{setting: 2})
    async with open_house(tmp_path, limits=limits, working=False) as house:
        first = await house.imagine(author=ANN)
        await house.imagine(author=BEN)
        free = int(first.turn.created_at.timestamp()) + hours * 3600 + 1
        with pytest.raises(ServerQuotaUsedUp, match=rf"server has had 2 pictures.*<t:{free}:R>"):
            await house.imagine(author=CLEO)
        await house.imagine(author=CLEO, guild=77)
        await house.imagine(author=CLEO, guild=None)
