"""Job states and their transitions, and the queue that works jobs off."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, product
from pathlib import Path

import pytest

from bot.domain.conversation import Conversation, Turn
from bot.domain.job import TRANSITIONS, Job, JobState, check_transition
from bot.errors import (
    JobCancelled,
    TooLateToCancel,
    WrongTransition,
)
from bot.jobs.presenter import Queued, TurnStatus
from bot.jobs.queue import ANNOUNCED
from bot.jobs.wait_estimate import FEWEST
from bot.settings import LimitsSettings
from tests.bot.engines import SketchEngine
from tests.bot.house import (
    ANN,
    BEN,
    CLEO,
    House,
    ListPresenter,
    eventually,
    one_at_a_time,
    open_gate,
    open_house,
    painting,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
USUAL = [JobState.QUEUED, JobState.EDITING, JobState.PAINTING, JobState.POSTING, JobState.DONE]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """One job at a time; painting waits for the gate."""
    async with open_house(
        tmp_path, engine=SketchEngine(gate=asyncio.Event()), limits=one_at_a_time()
    ) as opened:
        yield opened


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
    second, third = [await house.imagine(author=ANN) for _ in range(2)]
    # places are told by a task of its own: had Ben come before its turn, the third would first be told 3
    await eventually(lambda: told(house, third.turn.id, 2))
    other = await house.imagine(author=BEN)
    assert [second.position, third.position, other.position] == [1, 2, 2]
    assert [house.queue.position(job.job.id) for job in (second, third, other)] == [1, 3, 2]
    open_gate(house)
    await house.queue.idle()
    places = [
        (turn_id, status.position)
        for turn_id, status in house.presenter.statuses
        if isinstance(status, Queued)
    ]
    assert (third.turn.id, 3) not in places, "Ben goes first, but a place that was told gets no worse"
    assert places.index((third.turn.id, 2)) < places.index((third.turn.id, 1))
    assert house.queue.position(second.job.id) is None


async def test_a_place_in_line_that_was_told_never_gets_worse(house: House) -> None:
    await house.imagine(author=ANN)
    await painting(house)
    second, third = [await house.imagine(author=ANN) for _ in range(2)]
    await eventually(lambda: told(house, third.turn.id, 2))
    other = await house.imagine(author=BEN)  # who is served before Ann's third picture
    await eventually(lambda: told(house, other.turn.id, 2))
    assert house.queue.position(third.job.id) == 3
    open_gate(house)
    await house.queue.idle()
    for accepted in (second, third, other):
        places = places_told(house, accepted.turn.id)
        assert places == sorted(set(places), reverse=True)


class SlowPresenter(ListPresenter):
    """Takes its time to show a place in line, as Discord does; `order` are the words in order."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.free = asyncio.Event(), asyncio.Event()
        self.order: list[str] = []

    async def status(self, conversation: Conversation, turn: Turn, status: TurnStatus) -> None:
        if isinstance(status, Queued):
            self.asked.set()
            await self.free.wait()
            self.order.append("waits")

    async def fail(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        self.order.append("cancelled")


async def test_of_a_cancelled_job_nothing_is_told_afterwards(tmp_path: Path) -> None:
    presenter = SlowPresenter()
    engine = SketchEngine(gate=asyncio.Event())
    async with open_house(tmp_path, engine=engine, presenter=presenter, limits=one_at_a_time()) as house:
        await house.imagine(author=ANN)
        await painting(house)
        waiting = await house.imagine(author=BEN)
        await presenter.asked.wait()
        cancelling = asyncio.create_task(house.turns.cancel(waiting.turn.id, BEN))
        await asyncio.sleep(0.1)
        presenter.free.set()
        await cancelling
        assert presenter.order == ["waits", "cancelled"]
        open_gate(house)


def places_told(house: House, turn_id: int) -> list[int]:
    """The places in line that people were told for a turn."""
    return [
        status.position
        for told_of, status in house.presenter.statuses
        if told_of == turn_id and isinstance(status, Queued)
    ]


async def told(house: House, turn_id: int, place: int) -> bool:
    return place in places_told(house, turn_id)


async def test_people_are_served_in_turn(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=one_at_a_time(), working=False) as house:
        for author in (ANN, ANN, ANN, BEN, CLEO):
            await house.imagine(author=author)
        async with house.queue:
            await house.queue.idle()
        assert [post.turn.author_id for post in house.presenter.posts] == [ANN, BEN, CLEO, ANN, ANN]


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
        assert len(house.presenter.posts) == 3


async def test_a_waiting_job_can_be_cancelled(house: House) -> None:
    await house.imagine(author=ANN)
    await painting(house)
    waiting = await house.imagine(author=BEN)
    await house.turns.cancel(waiting.turn.id, BEN)
    assert (await house.jobs.get(waiting.job.id)).state is JobState.CANCELLED
    assert [(turn_id, type(error)) for turn_id, error in house.presenter.failures] == [
        (waiting.turn.id, JobCancelled)
    ]
    open_gate(house)
    await house.queue.idle()
    assert len(house.presenter.posts) == 1


async def test_a_running_job_can_be_cancelled_and_the_next_goes_on(house: House) -> None:
    running = await house.imagine(author=ANN)
    await painting(house)
    following = await house.imagine(author=BEN)
    await house.turns.cancel(running.turn.id, ANN)
    open_gate(house)
    await house.queue.idle()
    assert [post.turn.id for post in house.presenter.posts] == [following.turn.id]
    assert [type(error) for _, error in house.presenter.failures] == [JobCancelled]
    assert (await house.jobs.get(running.job.id)).state is JobState.CANCELLED


async def test_a_finished_job_cannot_be_cancelled(house: House) -> None:
    open_gate(house)
    turn = await house.imagined()
    with pytest.raises(TooLateToCancel):
        await house.turns.cancel(turn.id, ANN)
    assert house.presenter.failures == []


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
    assert len(house.presenter.posts) == 2


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
            return dict(house.presenter.statuses).get(jobs[-1].turn.id) == Queued(ANNOUNCED + 3)

        await eventually(told)


async def test_a_waiting_time_is_told_once_it_is_known(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=one_at_a_time()) as house:
        for _ in range(3):
            await house.imagined()
        house.engine.gate = asyncio.Event()
        await house.imagine()
        await painting(house, 4)
        waiting = await house.imagine(author=BEN)

        async def told() -> bool:
            return waiting.turn.id in dict(house.presenter.statuses)

        await eventually(told)
        [status] = [status for turn, status in house.presenter.statuses if turn == waiting.turn.id]
        assert isinstance(status, Queued)
        assert status.starts_at is not None
        open_gate(house)
        await house.queue.idle()


async def test_what_is_worked_on_for_a_minute_already_is_not_taken_for_half_done(house: House) -> None:
    for _ in range(FEWEST):
        house.queue.pace.note(10)
    await house.imagine(author=ANN)
    await painting(house)
    assert house.queue.next_place() == pytest.approx(10, abs=5)
    for job_id in house.queue._begun:
        house.queue._begun[job_id] -= 60
    assert house.queue.next_place() == pytest.approx(60, abs=5)
