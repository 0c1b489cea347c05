"""The steps of a job in the database: what each settles, and that none can be done out of order."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.job import JobState
from bot.errors import GoneTurn, NoPictureYet, WrongTransition
from bot.services.turn_results import Accepted
from model.engine import PaintResult, Picture
from tests.bot.engines import sketch
from tests.bot.house import BEN, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The queue is shut: every step is taken by hand."""
    async with open_house(tmp_path, working=False) as opened:
        yield opened


async def to_posting(house: House, job_id: int, target: str = "a red house") -> None:
    await house.jobs.begin(job_id)
    await house.jobs.prompt_written(job_id, target, "llm", 1)
    picture = Picture(sketch(target, job_id, 64, 64), 1, 64, 64)
    await house.images.keep(job_id, PaintResult((picture,), "painter", 0.1), seconds=1)


async def done(house: House, job_id: int, target: str = "a red house") -> None:
    await to_posting(house, job_id, target)
    await house.jobs.posted(job_id, 7, 1000 + job_id)


async def test_every_step_moves_the_state(house: House) -> None:
    job_id = (await house.imagine()).job.id
    states = [(await house.jobs.get(job_id)).state]
    await house.jobs.begin(job_id)
    states.append((await house.jobs.get(job_id)).state)
    await house.jobs.prompt_written(job_id, "a red house", "llm", 1)
    states.append((await house.jobs.get(job_id)).state)
    await house.jobs.again(job_id)
    await to_posting(house, job_id)
    states.append((await house.jobs.get(job_id)).state)
    await house.jobs.posted(job_id, 7, 1000)
    job = await house.jobs.get(job_id)
    assert [*states, job.state] == ["queued", "editing", "painting", "posting", "done"]
    assert job.attempts == 2


async def test_steps_out_of_order_are_refused_and_change_nothing(house: House) -> None:
    accepted = await house.imagine()
    job_id = accepted.job.id
    with pytest.raises(WrongTransition):
        await house.jobs.prompt_written(job_id, "a red house", "llm", 1)
    with pytest.raises(WrongTransition):
        await house.jobs.posted(job_id, 7, 1000)
    await house.jobs.begin(job_id)
    with pytest.raises(WrongTransition):
        await house.jobs.begin(job_id)
    assert (await house.jobs.get(job_id)).attempts == 1
    assert (await house.conversations.turn(accepted.turn.id)).target_prompt is None


async def test_the_parent_is_settled_when_the_work_begins(house: House) -> None:
    first = await house.imagine()
    night = await house.refine(first.conversation.id, "make it night")
    lantern = await house.refine(first.conversation.id, "add a lantern")
    await done(house, first.job.id, "a red house, detailed")
    await house.jobs.cancel(night.job.id)
    assert lantern.turn.parent_turn_id == night.turn.id
    assignment = await house.jobs.begin(lantern.job.id)
    assert assignment.turn.parent_turn_id == first.turn.id
    assert assignment.turn.source_prompt == "a red house, detailed"
    assert assignment.parent is not None
    assert assignment.parent.id == first.turn.id
    assert assignment.conversation.id == first.conversation.id


async def test_without_a_picture_to_work_on_nothing_is_begun(house: House) -> None:
    first = await house.imagine()
    night = await house.refine(first.conversation.id, "make it night")
    with pytest.raises(NoPictureYet):
        await house.jobs.begin(night.job.id)
    job = await house.jobs.get(night.job.id)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


async def a_third_after_two(house: House) -> tuple[Accepted, Accepted]:
    """The first of two pictures, and the third, which waits."""
    first = await house.imagine()
    await done(house, first.job.id)
    second = await house.refine(first.conversation.id, "make it night")
    await done(house, second.job.id, "a red house at night")
    return first, await house.refine(first.conversation.id, "add a lantern")


async def test_an_undo_while_an_instruction_waits_changes_what_it_works_on(house: House) -> None:
    first, third = await a_third_after_two(house)
    await house.trees.undo(first.conversation.id, BEN)
    assert (await house.jobs.begin(third.job.id)).turn.parent_turn_id == first.turn.id


async def test_work_begun_again_from_another_picture_chooses_its_way_again(house: House) -> None:
    """The prompt and the way that were chosen for the first picture are not those of this one."""
    first, third = await a_third_after_two(house)
    await house.jobs.begin(third.job.id)
    await house.jobs.prompt_written(third.job.id, "a red house at night, a lantern", "llm", 1, "edit")
    await house.jobs.again(third.job.id)
    assert (await house.jobs.begin(third.job.id)).turn.way == "edit", "from the same picture it stays"
    await house.jobs.again(third.job.id)
    await house.trees.undo(first.conversation.id, BEN)
    turn = (await house.jobs.begin(third.job.id)).turn
    assert (turn.parent_turn_id, turn.target_prompt, turn.way) == (first.turn.id, None, None)


async def test_a_picture_posted_late_leaves_the_head_on_the_later_one(house: House) -> None:
    first = await house.imagine()
    await done(house, first.job.id)
    second = await house.refine(first.conversation.id, "make it night")
    await to_posting(house, second.job.id)
    third = await house.refine(first.conversation.id, "add a lantern")
    await done(house, third.job.id)
    await house.jobs.posted(second.job.id, 7, 2000)
    assert (await house.conversations.get(first.conversation.id)).head_turn_id == third.turn.id
    assert (await house.conversations.turn(second.turn.id)).live


async def test_a_failure_keeps_its_cause_and_an_ended_job_its_end(house: House) -> None:
    job_id = (await house.imagine()).job.id
    assert await house.jobs.fail(job_id, ValueError("seven is not a colour"))
    assert not await house.jobs.fail(job_id, KeyError("later"))
    job = await house.jobs.get(job_id)
    assert (job.state, job.cause) == (JobState.FAILED, "ValueError")


async def test_resuming_begins_interrupted_work_anew_and_keeps_what_is_painted(house: House) -> None:
    jobs = [(await house.imagine(f"house {number}", author=number)).job.id for number in range(5)]
    editing, painting, posting, finished, queued = jobs
    await house.jobs.begin(editing)
    await house.jobs.begin(painting)
    await house.jobs.prompt_written(painting, "a house", "llm", 1)
    await to_posting(house, posting)
    await done(house, finished)
    resumed = {job.id: job.state for job in await house.jobs.resume()}
    assert resumed == {
        editing: JobState.QUEUED,
        painting: JobState.QUEUED,
        posting: JobState.POSTING,
        queued: JobState.QUEUED,
    }
    assert list(resumed) == sorted(resumed)


async def test_a_job_that_is_not_there_is_said_so(house: House) -> None:
    with pytest.raises(GoneTurn):
        await house.jobs.get(99)
    with pytest.raises(GoneTurn):
        await house.jobs.of_turn(99)


async def test_a_step_whose_answer_was_lost_is_found_done_by_the_next_try(house: House) -> None:
    """A connection that breaks while it commits does not tell whether the commit arrived."""
    job_id = (await house.imagine()).job.id
    await house.jobs.begin(job_id)
    first = await house.jobs.prompt_written(job_id, "a red house", "llm", 1)
    assert await house.jobs.prompt_written(job_id, "a red house", "llm", 1) == first
    result = PaintResult((Picture(sketch("a red house", 1, 64, 64), 1, 64, 64),), "painter", 0.1)
    kept = await house.images.keep(job_id, result, seconds=1)
    assert await house.images.keep(job_id, result, seconds=1) == kept
    assert len(kept.images) == 1
