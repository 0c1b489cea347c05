"""A picture to start from as a job: stored when it is accepted, read once, forgotten whatever comes."""

import asyncio
from pathlib import Path

from bot.domain.conversation import Turn
from bot.domain.job import JobState
from bot.jobs.presenter import Reading
from bot.store.check import inspect
from bot.store.picture_files.local import LocalFiles
from model.errors import BadImage, WorkerDied
from tests.bot.engines import SketchEngine, sketch
from tests.bot.house import ANN, open_house, painting

PICTURE = sketch("elsewhere", 1, 96, 64)
DESCRIBED = "rectangles on a 96 by 64 sheet"


def files(folder: Path) -> int:
    """How many picture files there are."""
    return len(list((folder / "pictures").rglob("*.png")))


async def test_a_picture_is_read_once_also_when_the_bot_ends_in_between(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False) as house:
        accepted = await house.bring(PICTURE, "make it night")
        assert (accepted.turn.source_prompt, accepted.turn.instruction) == ("", "make it night")
        assert files(tmp_path) == 1
    engine = SketchEngine(gate=asyncio.Event())
    async with open_house(tmp_path, engine=engine) as house:
        await painting(house)
        assert (await house.conversations.turn(accepted.turn.id)).source_prompt == DESCRIBED
        assert files(tmp_path) == 0, "forgotten as soon as it is read"
    again = SketchEngine()
    async with open_house(tmp_path, engine=again) as house:
        turn = await house.finished(accepted)
        assert turn.live
        assert turn.target_prompt == f"{DESCRIBED}, make it night"
        assert (len(engine.described), len(again.described)) == (1, 0)


async def test_the_line_says_that_the_picture_is_looked_at(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        accepted = await house.bring(PICTURE)
        await house.finished(accepted)
        assert (accepted.turn.id, Reading()) in house.presenter.statuses


class Failing(SketchEngine):
    """An engine whose descriptions fail with these errors first."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__()
        self.errors = list(errors)

    async def describe(self, image: bytes, reading: int = 0) -> str:
        """What a sketch shows, once there are no more errors."""
        if self.errors:
            raise self.errors.pop(0)
        return await super().describe(image, reading)


async def test_a_worker_that_dies_over_it_gets_it_again(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=Failing(WorkerDied("gone"))) as house:
        turn = await house.finished(await house.bring(PICTURE))
        assert turn.source_prompt == DESCRIBED


async def test_what_cannot_be_decoded_fails_and_goes(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=Failing(BadImage("broken"))) as house:
        accepted = await house.bring(PICTURE)
        await house.queue.idle()
        assert (await house.jobs.get(accepted.job.id)).state is JobState.FAILED
        assert [type(error) for _, error in house.presenter.failures] == [BadImage]
        assert files(tmp_path) == 0


async def test_the_same_picture_brought_twice_stays_until_both_are_read(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False) as house:
        first, second = await house.bring(PICTURE), await house.bring(PICTURE)
        assert files(tmp_path) == 1
        await house.queue.cancel(first.job.id)
        assert files(tmp_path) == 1
        await house.queue.cancel(second.job.id)
        assert files(tmp_path) == 0


async def test_a_picture_left_by_a_bot_that_ended_at_the_wrong_moment_is_tidied(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False) as house:
        accepted = await house.bring(PICTURE)
        await house.jobs.cancel(accepted.job.id)  # and then the power went
        assert files(tmp_path) == 1
        await house.brought.tidy()
        assert files(tmp_path) == 0


async def test_a_waiting_picture_is_no_finding_of_the_check(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("bot.store.check.GRACE_S", -1.0)
    async with open_house(tmp_path, working=False) as house:
        await house.bring(PICTURE)
        assert (await inspect(house.database, LocalFiles(tmp_path / "pictures"))).clean


async def test_a_refused_request_leaves_no_file(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False) as house:
        accepted = await house.bring(PICTURE)
        await house.turns.delete_turn(accepted.turn.id, ANN)
        assert files(tmp_path) == 0
        turn: Turn = await house.conversations.turn(accepted.turn.id)
        assert (turn.instruction, turn.images) == ("", ())
