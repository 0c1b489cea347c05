"""What the bot adds to the models' time, with 200 people at work in threads of their own.

The bot is a process of its own over a database of 10,000 conversations whose threads are all active; the
local Discord and the people are another. The engine answers at once with a picture of 400 KiB, so what is
measured is the bot's: from the frame with a message to `Engine.edit`, and from the painter's result to the
request with the picture. The pause for more words is off (`pauses` is about it). An acknowledgement is timed
where people see it, in the local Discord. Messages and commands come at random (Poisson, seed 0).
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

import discord
import psutil
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient
from discord.state import ConnectionState
from PIL import Image
from sqlalchemy import create_engine, text

from bot.app import running_bot
from bot.sandbox.app import Sandbox
from bot.sandbox.connect import point_discord_py_at
from bot.sandbox.model.records import Channel, ChannelType, ThreadState
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.world import utc_now
from bot.sandbox.rules.interactions import Interactions
from bot.settings import Settings
from model.engine import EditRequest, EditResult, OnProgress, PaintRequest, PaintResult, Picture
from tests.benchmarks.bot_process import bot_process
from tests.benchmarks.figures import MIB, Figure, at_most, percentile
from tests.benchmarks.filled import EACH, THREADS, fill
from tests.benchmarks.load import newcomer
from tests.benchmarks.loop import LagSampler
from tests.bot.engines import PAINTER, SketchEngine

PEOPLE, CONVERSATIONS = 200, 10_000
SECONDS, MESSAGES_A_SECOND, COMMANDS_A_SECOND = 60.0, PEOPLE / 60, 0.7  # everybody speaks once a minute
_SIDE = 380  # pixels of noise, which as a PNG are 400 KiB


def _noise() -> bytes:
    """A PNG that does not compress."""
    pixels = random.Random(0).randbytes(_SIDE * _SIDE * 3)  # not for secrets
    file = BytesIO()
    Image.frombytes("RGB", (_SIDE, _SIDE), pixels).save(file, "PNG")
    return file.getvalue()


@dataclass
class Marks:
    """When something of a message happened, by its words; seconds of one clock."""

    arrived: dict[str, float] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # words -> the thread they were said in
    made: dict[str, float] = field(default_factory=dict)  # thread -> when its picture was made
    asked_after: list[float] = field(default_factory=list)
    posting_after: list[float] = field(default_factory=list)
    painted: int = 0


@dataclass
class QuickEngine(SketchEngine):
    """Answers at once; every picture is another file."""

    marks: Marks = field(default_factory=Marks)
    png: bytes = field(default_factory=_noise)

    async def edit(self, request: EditRequest) -> EditResult:
        """The language model is asked: the job is where it is to be."""
        arrived = self.marks.arrived.pop(request.instruction, None)
        if arrived is not None:
            self.marks.asked_after.append(time.perf_counter() - arrived)
        return EditResult(f"a house, {request.instruction}", "llm", 0.0)

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """A picture of its own: bytes behind a PNG's end are no part of it."""
        self.marks.painted += 1
        png = self.png + request.prompt.encode()
        place = self.marks.places.pop(request.prompt.removeprefix("a house, "), None)
        if place is not None:
            self.marks.made[place] = time.perf_counter()
        return PaintResult(tuple(Picture(png, seed, _SIDE, _SIDE) for seed in request.seeds), PAINTER, 0.0)


async def run() -> list[Figure]:
    """200 people in threads of their own who each speak once a minute: what the bot adds"""
    with tempfile.TemporaryDirectory() as folder, _acknowledged() as acknowledged:
        settings = SandboxSettings(port=0, rate_limits=False, active_thread_limit=2 * CONVERSATIONS)
        async with Sandbox(settings) as sandbox, AsyncExitStack() as stack:
            channel = _threads(sandbox)
            await _conversations(Path(folder), channel)
            people = [await newcomer(stack, sandbox.url, f"Person {number}") for number in range(PEOPLE)]
            async with bot_process("tests.benchmarks.dispatch", sandbox, Path(folder)) as bot:
                await bot.line()
                rng = random.Random(0)  # not for secrets
                said = 0
                async with asyncio.TaskGroup() as tasks:
                    ends = time.monotonic() + SECONDS
                    while time.monotonic() < ends:
                        await asyncio.sleep(rng.expovariate(MESSAGES_A_SECOND + COMMANDS_A_SECOND))
                        said, number = said + 1, rng.randrange(PEOPLE)
                        if rng.random() < COMMANDS_A_SECOND / (MESSAGES_A_SECOND + COMMANDS_A_SECOND):
                            tasks.create_task(
                                people[number].slash(str(channel.id), "imagine", prompt=f"fox {said}")
                            )
                        else:
                            tasks.create_task(
                                people[number].say(str(THREADS + 1 + number), f"add {said} foxes")
                            )
                await asyncio.sleep(5)  # what was said last is posted
                figures = await bot.ended()
    return _figures(figures, acknowledged)


def _figures(figures: dict[str, Any], acknowledged: list[float]) -> list[Figure]:
    ways = (
        ("message until the model is asked", figures["asked"], (20, 50)),
        ("result until the post begins", figures["posting"], (20, 50)),
        ("/imagine until it is acknowledged", acknowledged, (None, 300)),
        ("loop lag", figures["lags"], (None, 25)),
    )
    rows = []
    for what, seconds, goals in ways:
        for share, name, goal in ((0.5, "median", goals[0]), (0.99, "p99", goals[1])):
            milliseconds = percentile(seconds, share) * 1e3
            counted = f"of {len(seconds)}"
            rows.append(
                Figure(
                    f"{what}, {name}", milliseconds, "ms", goal=at_most(goal) if goal else None, note=counted
                )
            )
    before, after = figures["before"], figures["after"]
    what = f"the bot's memory, {CONVERSATIONS:,} conversations"
    return [
        *rows,
        Figure(what, after, "MiB", "before anything was said", after / before, at_most(250)),
        Figure("the bot's processor time for a turn", figures["cpu"] / figures["turns"] * 1e3, "ms"),
    ]


def _threads(sandbox: Sandbox) -> Channel:
    """A thread of each conversation, all active, below the channel that is given back."""
    world, now = sandbox.hub.world, utc_now()
    channel = next(c for c in world.channels.values() if c.name == "pictures")
    for number in range(1, CONVERSATIONS + 1):
        state = ThreadState(
            owner_id=world.bot.id, created_at=now, archived_at=now, members={world.bot.id: now}
        )
        world.keep(
            Channel(
                id=THREADS + number, type=ChannelType.PUBLIC_THREAD, name=f"a red house {number}",
                guild_id=channel.guild_id, parent_id=channel.id, thread=state,
            )
        )  # fmt: skip
    return channel


async def _conversations(folder: Path, channel: Channel) -> None:
    """The bot's database, with the conversations of these threads in this channel."""
    path = Settings.model_validate({"store": {"data_dir": folder / "data"}}).store.database
    path.parent.mkdir(parents=True)
    # all of it so long ago that nothing is caught up on: words wait for that, and it is not measured here
    await fill(path, CONVERSATIONS * EACH, utc_now() - timedelta(days=7))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        moved = text("UPDATE conversations SET guild_id = :guild, channel_id = :channel")
        connection.execute(moved, {"guild": channel.guild_id, "channel": channel.id})
    engine.dispose()


@contextmanager
def _acknowledged() -> Iterator[list[float]]:
    """Seconds from a command to its acknowledgement, as the local Discord sees them."""
    begun: dict[int, float] = {}
    seconds: list[float] = []
    start, answer = Interactions.start, Interactions.answer

    def started(self: Interactions, *given: Any) -> Any:
        interaction = start(self, *given)
        begun[interaction.id] = time.perf_counter()
        return interaction

    def answered(self: Interactions, interaction: Any, body: Any) -> Any:
        seconds.append(time.perf_counter() - begun[interaction.id])
        return answer(self, interaction, body)

    with (
        mock.patch.object(Interactions, "start", started),
        mock.patch.object(Interactions, "answer", answered),
    ):
        yield seconds


@contextmanager
def _watched(marks: Marks) -> Iterator[None]:
    """Note when frames with messages arrive, and when requests with pictures begin."""
    receive, create = DiscordWebSocket.received_message, ConnectionState.parse_message_create
    send = HTTPClient.send_message
    now = 0.0

    async def received(self: Any, frame: Any) -> None:
        nonlocal now
        now = time.perf_counter()
        await receive(self, frame)

    def created(self: Any, data: Any) -> None:
        marks.arrived[data["content"]], marks.places[data["content"]] = now, str(data["channel_id"])
        create(self, data)

    def sent(self: Any, channel_id: Any, *, params: Any) -> Any:
        made = marks.made.pop(str(channel_id), None) if params.files else None
        if made is not None:
            marks.posting_after.append(time.perf_counter() - made)
        return send(self, channel_id, params=params)

    with (
        mock.patch.object(DiscordWebSocket, "received_message", received),
        mock.patch.object(ConnectionState, "parse_message_create", created),
        mock.patch.object(HTTPClient, "send_message", sent),
    ):
        yield


async def _serve(url: str, token: str, folder: Path) -> None:
    """The bot: says "ready", serves until its input ends, then prints its figures."""
    given = {"store": {"data_dir": folder / "data"}, "imagine": {"join_within_s": 0}}
    engine, process = QuickEngine(), psutil.Process()
    with point_discord_py_at(url), _watched(engine.marks):
        async with running_bot(Settings.model_validate(given), engine, token):
            await asyncio.sleep(1)  # what a session begins with is done
            before, spent = process.memory_info().rss / MIB, sum(process.cpu_times()[:2])
            print("true", flush=True)
            async with LagSampler() as sampler:
                await asyncio.to_thread(sys.stdin.read)
            figures = {
                "asked": engine.marks.asked_after,
                "posting": engine.marks.posting_after,
                "lags": sampler.lags,
                "before": before,
                "after": process.memory_info().rss / MIB,
                "turns": engine.marks.painted,
                "cpu": sum(process.cpu_times()[:2]) - spent,
            }
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    assert discord.version_info >= (2, 7), "other versions have other functions to watch"
    asyncio.run(_serve(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
