"""Work that a stop or a refusal interrupted goes on, and is posted once."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.job import JobState
from bot.errors import MayNotPost, TooLateToCancel
from bot.jobs.presenter import FinishedTurn, Posted
from bot.jobs.queue import JobQueue
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, BEN, GUILD, ListPresenter, eventually, one_at_a_time, open_house, painting


class SlowPoster(ListPresenter):
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
    presenter = SlowPoster()
    async with open_house(tmp_path, presenter=presenter) as house:
        accepted = await house.imagine()
        await presenter.begun.wait()
        with pytest.raises(TooLateToCancel):
            await house.turns.cancel(accepted.turn.id, ANN)
        presenter.gate.set()
        assert (await house.finished(accepted)).live


async def test_a_stopping_bot_waits_for_a_message_on_its_way(tmp_path: Path) -> None:
    presenter = SlowPoster()
    async with open_house(tmp_path, presenter=presenter) as house:
        accepted = await house.imagine()
        await presenter.begun.wait()
        asyncio.get_running_loop().call_later(0.05, presenter.gate.set)
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
    async with open_house(tmp_path, limits=one_at_a_time()) as house:
        await house.queue.idle()
        assert [post.turn.id for post in house.presenter.posts] == [running.turn.id, waiting.turn.id]
        assert [(await house.jobs.get(job.job.id)).attempts for job in (running, waiting)] == [2, 1]


class DyingPoster(ListPresenter):
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
    monkeypatch.setattr("bot.jobs.processor.POSTING_PATIENCE_S", 0.01)
    dying, presenter = DyingPoster(), ListPresenter()
    async with open_house(tmp_path, presenter=dying) as house:
        accepted = await house.imagine()
        async with asyncio.timeout(5):
            await dying.dead.wait()
    async with open_house(tmp_path, presenter=presenter) as house:
        await house.queue.idle()
        assert house.engine.paints == []
        assert (await house.conversations.turn(accepted.turn.id)).live
    assert dying.posts[0].nonce == presenter.posts[0].nonce
    assert dying.posts[0].pictures == presenter.posts[0].pictures


class ClosedPoster(ListPresenter):
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
    presenter = ClosedPoster(refusals=3)
    async with open_house(tmp_path, presenter=presenter) as house:
        accepted = await house.imagine()
        async with asyncio.timeout(5):
            await presenter.posted.wait()
        turn = await house.finished(accepted)
        assert turn.live
        assert len(house.engine.paints) == 1
        assert [type(error) for _, error in presenter.failures] == [MayNotPost]
        assert (await house.jobs.get(accepted.job.id)).state is JobState.DONE


async def test_meanwhile_the_conversation_goes_on(tmp_path: Path) -> None:
    presenter = ListPresenter()
    async with open_house(tmp_path, presenter=presenter, retry_delays=[60]) as house:
        first = await house.imagined()
        presenter.post_errors = [MayNotPost()]
        kept = await house.refine(first.conversation_id, "make it night")
        await house.queue.idle()
        assert (await house.jobs.get(kept.job.id)).state is JobState.POSTING
        assert (await house.refined(first.conversation_id, "add snow")).live


async def test_a_picture_put_off_is_tried_at_once_when_its_server_changes_permissions(tmp_path: Path) -> None:
    presenter = ListPresenter()
    async with open_house(tmp_path, presenter=presenter, retry_delays=[3600]) as house:
        presenter.post_errors = [MayNotPost(), MayNotPost()]
        kept = await house.imagine()
        await house.queue.idle()
        assert house.queue.post_now(GUILD + 1) == 0
        assert house.queue.post_now(GUILD) == 1
        await house.queue.idle()
        assert (await house.jobs.get(kept.job.id)).state is JobState.POSTING
        assert house.queue.post_now(GUILD) == 1
        assert (await house.finished(kept)).live
        assert len(presenter.posts) == 1
        assert house.queue.post_now(GUILD) == 0


class RefusedOncePoster(ListPresenter):
    """Its first try is still going on when permissions change."""

    queue: JobQueue

    async def post(self, finished: FinishedTurn) -> Posted:
        if not self.failures:
            self.queue.post_now(GUILD)
            raise MayNotPost
        return await super().post(finished)


async def test_permissions_that_change_during_a_try_lead_to_another_one(tmp_path: Path) -> None:
    presenter = RefusedOncePoster()
    async with open_house(tmp_path, presenter=presenter, retry_delays=[3600]) as house:
        presenter.queue = house.queue
        kept = await house.imagine()

        async def posted() -> bool:
            return bool(presenter.posts)

        await eventually(posted)
        assert (await house.finished(kept)).live
