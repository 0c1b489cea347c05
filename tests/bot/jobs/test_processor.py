"""One job from words to a posted picture, and every way in which it can fail."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.conversation import Conversation, Origin, Turn
from bot.domain.job import JobState
from bot.domain.options import Options
from bot.errors import DatabaseBusy, GoneTurn, NoPictureYet, NothingChanges, TookTooLong
from bot.jobs.presenter import FinishedTurn, Painting, Posted, Queued, TurnStatus, Writing
from bot.settings import ImagineSettings, LimitsSettings
from bot.store.images import fingerprint
from bot.store.jobs import Assignment, JobStore
from model.engine import EditRequest
from model.errors import EditError, OutOfMemory, WorkerDied
from tests.bot.engines import LLM, PAINTER, SketchEngine, sketch
from tests.bot.house import ANN, CHANNEL, House, ListPresenter, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def state(house: House, turn: Turn) -> JobState:
    return (await house.jobs.of_turn(turn.id)).state


async def test_a_first_turn_is_written_painted_stored_and_posted(house: House) -> None:
    turn = await house.imagined("a red house")
    assert house.engine.edits == [EditRequest("a red house", "", seed=1)]
    assert turn.target_prompt == "a red house, finely drawn"
    assert (turn.llm_model, turn.painter_model, turn.prompt_version) == (LLM, PAINTER, 2)
    [finished] = house.presenter.posts
    [picture] = finished.pictures
    assert picture.png == sketch("a red house, finely drawn", 1, 128, 128)
    assert (picture.seed, picture.sha256) == (1, fingerprint(picture.png))
    assert finished.parent is None
    assert finished.seconds == pytest.approx(0.03)
    assert (turn.images[0].channel_id, turn.images[0].message_id) == (CHANNEL, 1000)
    assert turn.live
    assert (await house.conversations.get(turn.conversation_id)).head_turn_id == turn.id
    assert await state(house, turn) is JobState.DONE


async def test_the_status_goes_from_writing_through_the_steps(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=SketchEngine(step_s=0.002)) as house:
        turn = await house.imagined()
        statuses = [status for turn_id, status in house.presenter.statuses if turn_id == turn.id]
        assert statuses[0] == Writing()
        steps = [status.step for status in statuses[1:] if isinstance(status, Painting)]
        assert steps == sorted(steps)
        assert steps[0] == 0
        assert len(steps) > 3


async def test_without_beautify_the_words_are_painted_as_they_are(tmp_path: Path) -> None:
    async with open_house(tmp_path, imagine=ImagineSettings(beautify=False)) as house:
        turn = await house.imagined("a red house")
        assert house.engine.edits == []
        assert turn.target_prompt == "a red house"
        assert (turn.llm_model, turn.prompt_version) == (None, None)
        assert (await house.refined(turn.conversation_id, "blue")).llm_model == LLM


async def test_a_refinement_works_on_its_parents_prompt_with_its_parameters(house: House) -> None:
    first = await house.imagined("a red house", Options(seed=42, count=2, size="portrait"))
    second = await house.refined(first.conversation_id, "make it night")
    assert second.source_prompt == first.target_prompt
    assert second.target_prompt == "a red house, finely drawn, make it night"
    assert second.parameters == first.parameters
    assert second.parent_turn_id == first.id
    finished = house.presenter.posts[1]
    assert finished.parent is not None
    assert finished.parent.id == first.id
    assert [picture.seed for picture in finished.pictures] == [42, 43]


async def test_a_later_instruction_works_on_the_result_of_the_one_before(tmp_path: Path) -> None:
    engine = SketchEngine(gate=asyncio.Event())
    async with open_house(tmp_path, engine=engine) as house:
        accepted = await house.imagine("a red house")
        night = await house.refine(accepted.conversation.id, "make it night")
        lantern = await house.refine(accepted.conversation.id, "add a lantern")
        assert (night.turn.parent_turn_id, lantern.turn.parent_turn_id) == (accepted.turn.id, night.turn.id)
        assert engine.gate is not None
        engine.gate.set()
        last = await house.finished(lantern)
        assert last.target_prompt == "a red house, finely drawn, make it night, add a lantern"
        assert last.parent_turn_id == night.turn.id


async def test_a_later_instruction_skips_one_that_failed(tmp_path: Path) -> None:
    engine = SketchEngine(gate=asyncio.Event())
    async with open_house(tmp_path, engine=engine) as house:
        accepted = await house.imagine("a red house")
        night = await house.refine(accepted.conversation.id, "make it night")
        lantern = await house.refine(accepted.conversation.id, "add a lantern")
        await engine.begun.acquire()
        engine.edit_errors.append(EditError("nothing usable"))
        assert engine.gate is not None
        engine.gate.set()
        last = await house.finished(lantern)
        assert last.parent_turn_id == accepted.turn.id
        assert last.target_prompt == "a red house, finely drawn, add a lantern"
        assert [(turn_id, type(error)) for turn_id, error in house.presenter.failures] == [
            (night.turn.id, EditError)
        ]


async def test_an_instruction_behind_a_first_picture_that_failed_has_nothing_to_change(house: House) -> None:
    house.engine.edit_errors.append(EditError("nothing usable"))
    accepted = await house.imagine()
    await house.refine(accepted.conversation.id, "make it night")
    await house.queue.idle()
    assert [type(error) for _, error in house.presenter.failures] == [EditError, NoPictureYet]
    assert house.presenter.posts == []


async def test_writing_is_told_only_where_a_prompt_is_written(house: House) -> None:
    first = await house.imagined()
    await house.refine(first.conversation_id, "make it night")
    await house.derived.reroll(first.id, ANN)
    await house.queue.idle()
    told = [turn_id for turn_id, status in house.presenter.statuses if status == Writing()]
    painted = {turn_id for turn_id, status in house.presenter.statuses if isinstance(status, Painting)}
    assert told == [1, 2]
    assert painted == {1, 2, 3}


@pytest.mark.parametrize("origin", [Origin.BUTTON, Origin.MESSAGE])
async def test_a_parent_deleted_while_its_branch_waited(tmp_path: Path, origin: Origin) -> None:
    """A form at a picture is about that picture; a reply goes on from the picture that is there."""
    async with open_house(tmp_path) as house:
        first = await house.imagined()
        second = await house.refined(first.conversation_id, "make it night")
        house.engine.gate = asyncio.Event()
        await house.refine(first.conversation_id, "add a lantern")
        branch = await house.turns.refine(first.conversation_id, "make it red", ANN, origin, second.id)
        await house.turns.delete_turn(second.id, ANN)
        house.engine.gate.set()
        await house.queue.idle()
        failures = [(turn_id, type(error)) for turn_id, error in house.presenter.failures]
        assert failures == ([] if origin is Origin.MESSAGE else [(branch.turn.id, GoneTurn)])


@pytest.mark.parametrize("error", [EditError("x"), OutOfMemory("x"), ValueError("a bug")])
async def test_a_failure_is_told_recorded_and_leaves_the_head(house: House, error: Exception) -> None:
    first = await house.imagined()
    house.engine.paint_errors.append(error)
    second = await house.refined(first.conversation_id, "make it night")
    assert house.presenter.failures == [(second.id, error)]
    job = await house.jobs.of_turn(second.id)
    assert (job.state, job.cause) == (JobState.FAILED, type(error).__name__)
    assert not second.live
    assert (await house.conversations.get(first.conversation_id)).head_turn_id == first.id


async def test_a_dead_worker_is_forgiven_twice(house: House) -> None:
    house.engine.paint_errors += [WorkerDied("gone"), WorkerDied("gone")]
    turn = await house.imagined()
    assert turn.live
    assert (await house.jobs.of_turn(turn.id)).attempts == 3
    assert house.presenter.failures == []


async def test_a_worker_that_dies_a_third_time_fails_the_job(house: House) -> None:
    house.engine.paint_errors += [WorkerDied("gone")] * 3
    turn = await house.imagined()
    assert [type(error) for _, error in house.presenter.failures] == [WorkerDied]
    assert await state(house, turn) is JobState.FAILED


async def test_painting_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    engine, limits = SketchEngine(gate=asyncio.Event()), LimitsSettings(paint_timeout_s=0.01)
    async with open_house(tmp_path, engine=engine, limits=limits) as house:
        await house.imagined()
        [(_, error)] = house.presenter.failures
        assert isinstance(error, TookTooLong)
        assert "painting took longer" in str(error)


async def test_a_post_that_fails_keeps_the_pictures_and_tells(house: House) -> None:
    house.presenter.post_errors.append(ConnectionError("no Discord"))
    turn = await house.imagined()
    assert [type(error) for _, error in house.presenter.failures] == [ConnectionError]
    assert await state(house, turn) is JobState.FAILED
    assert await house.images.read(turn.images[0])
    assert not turn.live


class MutePoster(ListPresenter):
    """Neither statuses nor failures can be told."""

    async def status(self, conversation: Conversation, turn: Turn, status: TurnStatus) -> None:
        raise ConnectionError("no Discord")

    async def fail(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        raise ConnectionError("no Discord")


async def test_work_goes_on_when_nothing_can_be_told(tmp_path: Path) -> None:
    async with open_house(tmp_path, presenter=MutePoster()) as house:
        assert (await house.imagined()).live
        house.engine.edit_errors.append(EditError("x"))
        assert await state(house, await house.imagined("a boat")) is JobState.FAILED


async def test_a_lost_picture_ends_a_resumed_job_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.processor.POSTING_PATIENCE_S", 0.01)

    class HangingPoster(ListPresenter):
        begun = asyncio.Event()

        async def post(self, finished: FinishedTurn) -> Posted:
            self.begun.set()
            await asyncio.Event().wait()
            return await super().post(finished)

    presenter = HangingPoster()
    async with open_house(tmp_path, presenter=presenter) as house:
        accepted = await house.imagine()
        await presenter.begun.wait()
    for file in (tmp_path / "pictures").rglob("*.png"):
        file.unlink()
    async with open_house(tmp_path) as house:
        await house.queue.idle()
        assert [type(error).__name__ for _, error in house.presenter.failures] == ["PictureLost"]
        assert await state(house, accepted.turn) is JobState.FAILED


@pytest.mark.parametrize(
    ("step", "error", "ended"),
    [
        ("cancel", NothingChanges(), JobState.CANCELLED),
        ("assignment", NothingChanges(), JobState.CANCELLED),
        ("assignment", OutOfMemory("too large"), JobState.FAILED),
        ("fail", OutOfMemory("too large"), JobState.FAILED),
    ],
)
async def test_how_a_job_ends_is_kept_and_told_though_the_database_refuses_it_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: Exception, ended: JobState
) -> None:
    monkeypatch.setattr("bot.aio.retry.DELAYS", (0.01,))
    refusals = [DatabaseBusy("somebody writes"), DatabaseBusy("still")]
    kept, engine = getattr(JobStore, step), SketchEngine(paint_errors=[error])

    async def refused(self: JobStore, *given: object, **named: object) -> object:
        if refusals and not engine.paint_errors:  # not before the engine has answered
            raise refusals.pop()
        return await kept(self, *given, **named)

    async with open_house(tmp_path, engine=engine) as house:
        monkeypatch.setattr(JobStore, step, refused)
        turn = await house.imagined()
        assert await state(house, turn) is ended
        assert [(told, type(why)) for told, why in house.presenter.failures] == [(turn.id, type(error))]
        assert refusals == []


async def test_a_place_that_is_told_again_is_told_without_reading_all_of_the_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, working=False) as house:
        job = (await house.imagine()).job
        read: list[int] = []
        assignment = JobStore.assignment

        async def counted(self: JobStore, job_id: int) -> Assignment:
            read.append(job_id)
            return await assignment(self, job_id)

        monkeypatch.setattr(JobStore, "assignment", counted)
        for place in (3, 2, 1):
            await house.processor.announce(job, place)
        assert [status for _, status in house.presenter.statuses] == [Queued(3), Queued(2), Queued(1)]
        assert read == [job.id]
        await house.jobs.begin(job.id)  # by another process
        await house.processor.announce(job, 1)
        assert len(house.presenter.statuses) == 3
