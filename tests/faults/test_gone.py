"""A thread, channel or server is deleted, the bot is sent away, messages vanish: at every stage of a job."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.app import Running
from model.engine import EditRequest, EditResult
from tests.bot.engines import SketchEngine
from tests.conftest import Counted
from tests.e2e.discordworld import Member, World, open_world


@dataclass
class StagedEngine(SketchEngine):
    """Also writing waits for a gate."""

    edit_gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def edit(self, request: EditRequest) -> EditResult:
        await self.edit_gate.wait()
        return await super().edit(request)


@dataclass
class Scene:
    """A thread with a first picture, and a second one asked for that has come as far as `stage`."""

    world: World
    running: Running
    engine: StagedEngine
    ada: Member
    channel: str
    place: str = ""
    picture: str = ""

    async def begin(self) -> None:
        self.engine.edit_gate.set()
        first = await self.ada.imagine(self.channel, "a red house")
        self.place, self.picture = first["channel_id"], first["id"]
        self.engine.edit_gate.clear()
        self.engine.gate = asyncio.Event()

    async def come_to(self, stage: str) -> None:
        """Ask for a change, and let it come to this stage."""
        self.running.queue.hold(on=stage == "queued")
        if stage in ("painting", "posting"):
            self.engine.edit_gate.set()
        posts = f"/channels/{self.place}/messages"
        await self.ada.person.say(self.place, "make it night")
        if stage != "queued":
            await self.ada.event("MESSAGE_CREATE", lambda d: d["content"].startswith(("✍️", "🎨 Painting")))
        if stage == "posting":
            self.world.sandbox.faults.rest("delay", seconds=0.4, method="POST", path=posts)
            self.open_gate()
        await self.world.until(f"SELECT 1 FROM jobs WHERE turn_id = 2 AND state = '{stage}'")

    def open_gate(self) -> None:
        assert self.engine.gate is not None
        self.engine.gate.set()

    def go_on(self) -> None:
        self.engine.edit_gate.set()
        self.open_gate()
        self.running.queue.hold(on=False)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    engine = StagedEngine(step_s=0.002)
    async with open_world(tmp_path, engine, rate_limits=False) as world:
        running = await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            scene = Scene(world, running, engine, ada, await ada.person.channel_id("pictures"))
            await scene.begin()
            yield scene


def delete_thread(scene: Scene) -> None:
    sandbox = scene.world.sandbox
    sandbox.channels.remove(sandbox.hub.world.channel(int(scene.place)))


def delete_channel(scene: Scene) -> None:
    sandbox = scene.world.sandbox
    sandbox.channels.remove(sandbox.hub.world.channel(int(scene.channel)))


def delete_guild(scene: Scene) -> None:
    sandbox = scene.world.sandbox
    sandbox.people.delete_guild(next(iter(sandbox.hub.world.guilds.values())))


def send_the_bot_away(scene: Scene) -> None:
    sandbox = scene.world.sandbox
    sandbox.people.leave(next(iter(sandbox.hub.world.guilds.values())), sandbox.hub.world.bot.id)


STAGES = ("queued", "editing", "painting", "posting")
ENDS: dict[str, Callable[[Scene], None]] = {
    "thread": delete_thread,
    "channel": delete_channel,
    "server": delete_guild,
    "bot sent away": send_the_bot_away,
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("what", ENDS)
async def test_the_place_is_gone(scene: Scene, counted: Counted, what: str, stage: str) -> None:
    """The job ends, and its person is told in private."""
    await scene.come_to(stage)
    ENDS[what](scene)
    if what in ("server", "bot sent away"):
        await scene.world.until_true(lambda: not scene.running.client.guilds)
    scene.go_on()
    told = await scene.ada.answer("The thread was deleted before the picture was ready")
    assert told["channel_id"] not in (scene.place, scene.channel)
    await scene.world.until(
        "SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'failed' AND cause = 'PlaceGone'"
    )
    unended = scene.world.rows("SELECT 1 FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled')")
    privately = scene.ada.told("The thread was deleted before the picture was ready")
    counted(
        f"{what} gone while {stage}",
        jobs=scene.world.jobs - 1, told_privately=privately, left_hanging=len(unended),
    )  # fmt: skip
    assert privately == 1
    assert not unended


@pytest.mark.parametrize("stage", STAGES)
async def test_messages_are_gone(scene: Scene, counted: Counted, stage: str) -> None:
    """The picture comes, though the picture before and the status line have been deleted."""
    await scene.come_to(stage)
    discord = scene.world.sandbox.hub.world
    lines = ("✍️", "🎨 Painting", "⏳")
    gone = [
        message
        for message in list(discord.messages(int(scene.place)))
        if str(message.id) == scene.picture or message.content.startswith(lines)
    ]
    for message in gone:
        scene.world.sandbox.hub.remove_message(message)
    scene.go_on()
    second = await scene.ada.picture()
    await scene.world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")
    await scene.ada.more(second, "Undo")
    await scene.ada.answer("went back")
    posted = await scene.ada.shown(scene.place)  # the first one was deleted
    counted(f"messages gone while {stage}", deleted=len(gone), jobs=scene.world.jobs - 1, posted=posted)
    assert posted == 1
