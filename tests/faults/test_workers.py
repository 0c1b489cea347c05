"""The models' processes are killed, hang, run out of memory and answer nonsense: tried again, or told.

The real engine with its real processes; only what they compute is small (`sketch_worker`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from model.presets import resolve
from model.serving.local_engine import LocalEngine
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World, open_world

WORKER = str(Path(__file__).with_name("sketch_worker.py"))


@dataclass
class Broken:
    """A world whose workers go wrong on demand."""

    world: World
    ada: Member
    engine: LocalEngine
    faults: Path
    place: str = ""

    def next(self, way: str, times: int) -> None:
        """Let a worker go wrong in this way so often."""
        (self.faults / way).write_text(str(times))

    @property
    def restarts(self) -> int:
        return sum(worker.restarts for worker in self.engine.workers())

    def job(self) -> dict[str, object]:
        """The latest job."""
        return self.world.rows("SELECT state, attempts, cause FROM jobs ORDER BY id DESC LIMIT 1")[0]

    async def ask(self) -> None:
        await self.ada.person.say(self.place, "make it night")

    async def done(self) -> dict[str, int]:
        """Jobs and posts so far, without the first picture."""
        return {"jobs": self.world.jobs - 1, "posted": await self.ada.shown(self.place) - 1}


@pytest.fixture
async def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Broken]:
    async with opened(tmp_path, monkeypatch) as world:
        yield world


@asynccontextmanager
async def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, **limits: float) -> AsyncIterator[Broken]:
    """Everything, with a first picture made; `limits` are of bot.toml's section of that name."""
    faults = folder / "faults"
    faults.mkdir()
    monkeypatch.setenv("FAULTS", str(faults))
    monkeypatch.setattr("model.serving.worker_queue.FIRST_DELAY", 0.01)
    engine = LocalEngine(resolve("tiny"), grace_seconds=0.3, worker=(WORKER,))
    async with engine, open_world(folder, engine, {"limits": limits}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            broken = Broken(world, ada, engine, faults)
            first = await ada.imagine(await ada.person.channel_id("pictures"), "a red house")
            broken.place = first["channel_id"]
            yield broken


async def test_a_worker_that_breaks_is_restarted_and_the_job_tried_twice_more(
    broken: Broken, counted: Counted
) -> None:
    for number, way in enumerate(
        ("llm-killed", "llm-garbage", "picture-killed", "picture-garbage", "picture-noframe"), start=2
    ):
        before = broken.restarts
        broken.next(way, 2)
        await broken.ask()
        await broken.ada.picture()
        await broken.world.until(f"SELECT 1 FROM jobs WHERE turn_id = {number} AND state = 'done'")
        assert broken.job() == {"state": "done", "attempts": 3, "cause": None}
        assert broken.restarts - before == 2
        counted(
            f"worker {way} twice", **await broken.done(), attempts=broken.job()["attempts"],
            restarts=broken.restarts - before,
        )  # fmt: skip


async def test_a_worker_that_breaks_a_third_time_is_told(broken: Broken, counted: Counted) -> None:
    broken.next("picture-killed", 3)
    await broken.ask()
    told = await broken.ada.changed("My painter stopped several times")
    assert told["channel_id"] == broken.place
    assert broken.job() == {"state": "failed", "attempts": 3, "cause": "WorkerDied"}
    await broken.ask()
    await broken.ada.picture()
    assert (broken.restarts, broken.job()["attempts"]) == (3, 1)
    times = broken.ada.told("My painter stopped several times")
    counted("worker picture-killed three times", **await broken.done(), told=times, restarts=broken.restarts)


async def test_a_worker_that_hangs_is_ended_at_the_time_limit_and_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Counted
) -> None:
    # the first picture needs its time on a busy machine too
    async with opened(tmp_path, monkeypatch, edit_timeout_s=2, paint_timeout_s=2) as broken:
        for way, stage in (("llm-hung", "writing the prompt"), ("picture-hung", "painting")):
            before, restarts = processes(), broken.restarts
            broken.next(way, 1)
            await broken.ask()
            await broken.ada.changed(f"I stopped because {stage} took longer than 2 seconds")
            assert broken.job() == {"state": "failed", "attempts": 1, "cause": "TookTooLong"}
            await broken.world.until_true(lambda: broken.restarts > restarts)  # noqa: B023
            assert len(before - processes()) == 1, "the process that hung is gone, and no other"
            await broken.ask()
            await broken.ada.picture()
            told = broken.ada.told(f"I stopped because {stage}")
            restarted = broken.restarts - restarts
            counted(f"worker {way}", **await broken.done(), told=told, restarts=restarted)


async def test_what_does_not_fit_the_memory_is_told_and_the_worker_goes_on(
    broken: Broken, counted: Counted
) -> None:
    broken.next("picture-memory", 1)
    await broken.ask()
    await broken.ada.changed("That is too large for me")
    assert broken.job() == {"state": "failed", "attempts": 1, "cause": "OutOfMemory"}
    await broken.ask()
    await broken.ada.picture()
    assert broken.restarts == 0
    told = broken.ada.told("That is too large for me")
    counted("worker out of memory", **await broken.done(), told=told, restarts=broken.restarts)


def processes() -> set[int]:
    """All that were started from here, by other tests too."""
    return {child.pid for child in psutil.Process().children(recursive=True)}
