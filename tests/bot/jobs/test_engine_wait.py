"""Work whose engine is away: kept, tried again, told; failed only when it is away for too long."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.domain.job import JobState
from bot.errors import JobCancelled
from bot.jobs.engine_wait import EngineWait
from bot.jobs.presenter import Away
from model.engine import Capabilities, EngineInfo
from model.errors import EngineRefused, EngineUnreachable, Unsupported
from tests.bot.engines import LLM, PAINTER, SketchEngine
from tests.bot.house import House, eventually, open_house


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.engine_wait.FIRST_DELAY", 0.01)
    monkeypatch.setattr("bot.jobs.engine_wait.LONGEST_DELAY", 0.01)


async def test_a_job_waits_for_an_engine_that_is_away_and_is_done_then(tmp_path: Path) -> None:
    engine = SketchEngine(
        edit_errors=[EngineUnreachable("away")] * 3, paint_errors=[EngineUnreachable("away", after=0.01)] * 2
    )
    async with open_house(tmp_path, engine=engine) as house:
        turn = await house.imagined()
        assert turn.live
        assert house.presenter.failures == []
        assert (turn.id, Away()) in house.presenter.statuses
        assert len(house.presenter.posts) == 1


class GoneEngine(SketchEngine):
    """Away until `back` is set."""

    back = False

    async def edit(self, request):
        if not self.back:
            raise EngineUnreachable("away")
        return await super().edit(request)


async def test_nothing_is_lost_while_everybody_waits(tmp_path: Path) -> None:
    engine = GoneEngine()
    async with open_house(tmp_path, engine=engine) as house:
        jobs = [await house.imagine(f"a boat {n}", author=n) for n in range(1, 7)]
        await eventually(lambda: said_away(house))
        engine.back = True
        await house.queue.idle()
        turns = [await house.conversations.turn(job.turn.id) for job in jobs]
        assert all(turn.live for turn in turns)
        assert house.presenter.failures == []


async def said_away(house: House) -> bool:
    return any(status == Away() for _, status in house.presenter.statuses)


async def test_a_job_that_waits_can_be_cancelled_and_survives_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.engine_wait.FIRST_DELAY", 60.0)
    monkeypatch.setattr("bot.jobs.engine_wait.LONGEST_DELAY", 60.0)
    async with open_house(tmp_path, engine=GoneEngine()) as house:
        first, second = await house.imagine("a boat"), await house.imagine("a fox", author=2)

        async def both_wait() -> bool:
            return {first.turn.id, second.turn.id} <= {
                turn_id for turn_id, status in house.presenter.statuses if status == Away()
            }

        await eventually(both_wait)
        await house.turns.cancel(first.turn.id, first.turn.author_id)
        assert (await house.jobs.get(first.job.id)).state is JobState.CANCELLED
    async with open_house(tmp_path, engine=SketchEngine()) as house:
        await house.queue.idle()
        assert (await house.jobs.get(second.job.id)).state is JobState.DONE
        assert (await house.jobs.get(first.job.id)).state is JobState.CANCELLED


async def test_the_patience_counts_from_the_first_failure_of_all_and_begins_anew_after_a_success() -> None:
    wait = EngineWait(patience_s=0.0)
    told: list[str] = []

    async def tell(error: EngineUnreachable) -> None:
        told.append(str(error))

    async def again() -> None:
        return None

    async def away() -> None:
        raise EngineUnreachable("away")

    with pytest.raises(EngineUnreachable):
        await wait.through(away, tell, again)
    assert told == []

    patient, tries = EngineWait(patience_s=60.0), iter([EngineUnreachable("x"), None, EngineUnreachable("y")])

    async def sometimes() -> str:
        error = next(tries, None)
        if error is not None:
            raise error
        return "done"

    assert await patient.through(sometimes, tell, again) == "done"
    assert patient._since is None
    assert await patient.through(sometimes, tell, again) == "done"
    assert told == ["x", "y"]


async def test_what_was_away_long_ago_counts_for_nothing_today(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("bot.jobs.engine_wait.time", SimpleNamespace(monotonic=lambda: now))
    wait = EngineWait(patience_s=900.0)
    tries: list[BaseException | None] = []

    async def nothing(*_: object) -> None:
        return None

    async def attempt() -> str:
        if error := tries.pop(0):
            raise error
        return "done"

    async def asked(*errors: BaseException | None) -> str:
        tries[:] = errors
        return await wait.through(attempt, nothing, nothing)

    def away() -> Exception:
        return EngineUnreachable("away")

    # its author cancels it while it waits: nobody hears whether the engine came back
    with pytest.raises(asyncio.CancelledError):
        await asked(away(), asyncio.CancelledError())
    now = 8 * 3600.0
    assert await asked(away(), None) == "done", "eight hours later it is a first failure"
    # an answer of any kind, as a refusal, says that the engine is there
    with pytest.raises(asyncio.CancelledError):
        await asked(away(), asyncio.CancelledError())
    with pytest.raises(EngineRefused):
        await asked(EngineRefused("wrong key"))
    now += 500
    assert await asked(away(), None) == "done"
    with pytest.raises(asyncio.CancelledError):
        await asked(away(), asyncio.CancelledError())
    for _ in range(2):
        now += 400
        with pytest.raises(asyncio.CancelledError):
            await asked(away(), asyncio.CancelledError())
    with pytest.raises(JobCancelled):  # says nothing of the engine
        await asked(JobCancelled())
    now += 400
    with pytest.raises(EngineUnreachable):
        await asked(away())


async def test_an_engine_that_refuses_fails_the_job_at_once(tmp_path: Path) -> None:
    engine = SketchEngine(edit_errors=[EngineRefused("wrong key")])
    async with open_house(tmp_path, engine=engine) as house:
        await house.imagined()
        assert [type(error) for _, error in house.presenter.failures] == [EngineRefused]


class WordsOnly(SketchEngine):
    """Cannot paint over a picture."""

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(LLM, PAINTER, Capabilities(strength=False))

    async def paint(self, request, on_progress=None):
        if request.init_image is not None:
            raise Unsupported("no strength")
        return await super().paint(request, on_progress)


async def test_an_edit_of_a_picture_painted_over_another_is_painted_from_words_where_need_be(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        first = await house.imagined()
        varied = await house.finished(await house.derived.vary(first.id, first.author_id, 0.6))
        assert varied.parameters.keep
    async with open_house(tmp_path, engine=WordsOnly()) as house:
        assert (await house.refined(first.conversation_id, "make it night", parent=varied.id)).live
        await house.finished(await house.derived.vary(first.id, first.author_id, 0.6))
        assert [type(error) for _, error in house.presenter.failures] == [Unsupported]
    await asyncio.sleep(0)
