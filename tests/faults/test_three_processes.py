"""Three bots with eight shards, and Ray Serve with two replicas behind them, are killed at random moments.

DIFFCHAT_PROOF is "people,servers,jobs,kills,seed"; without it a small size runs. Kills come while the work
goes on, at moments that the seed chooses among the requests: of bots (two of three by SIGKILL, the others by
SIGTERM, also while they start) and of replicas of words, pictures and the gateway. Bots are started again at
once, replicas by Serve.

Wanted is what was said in a thread, whether a bot lived or not, and every command that was acknowledged or
stored; but not words that a bot answered with a refusal, as where the database was too busy. Of a bot
that was stopped by SIGTERM every command that it read must be answered.
"""

import asyncio
import logging
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.model.records import Channel, Message
from bot.sandbox.person import Person
from tests.bot.engines import SketchEngine
from tests.bot.house import eventually
from tests.conftest import Counted
from tests.e2e.discordworld import World, open_world, turn_of
from tests.faults.test_processes import ROOT, UNENDED, acknowledged, messages, unanswered
from tests.postgres import Server

KINDS = ("Words", "Pictures", "Gateway")  # of replicas that `ray_models` runs
SHARDS, PARTS = 8, ("0-2/8", "3-5/8", "6-7/8")
PEOPLE, SERVERS, JOBS, KILLS, SEED = map(int, os.environ.get("DIFFCHAT_PROOF", "20,8,60,6,1").split(","))
BACKLOG = 60  # jobs that wait or are worked on at most while people go on asking

log = logging.getLogger(__name__)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 2 * JOBS)]


async def begun(module: str, *arguments: str) -> Process:
    """A process of one of the modules beside this one."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"tests.faults.{module}", *arguments,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=PIPE, stdout=PIPE,
    )  # fmt: skip


async def line(process: Process) -> str:
    """What it says next; "" once it has ended."""
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


@dataclass
class Bot:
    """One part of the shards, served by one process after another, as systemd would keep it.

    `forgotten` are commands that a process read before SIGTERM ended it, and did not answer.
    """

    world: World
    arguments: tuple[str, ...]
    process: Process | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    killed: bool = False
    stopped: int = 0
    forgotten: set[int] = field(default_factory=set)

    async def keep(self) -> None:
        """Start it, and again whenever it was killed; what ends by itself fails the test."""
        while True:
            self.killed = False
            self.process = await begun("shared_bot_process", *self.arguments)
            assert self.process.stdout is not None
            lines = b""
            while said := await self.process.stdout.readline():
                lines += said
                if said == b"ready\n":
                    self.ready.set()
            ended = await self.process.wait()
            assert self.killed, f"a bot ended by itself with {ended}"
            if ended != -signal.SIGKILL:
                self.stopped += 1
                self.forgotten |= unanswered(self.world, lines)

    def kill(self, number: signal.Signals) -> bool:
        """Whether there was a process to send the signal to."""
        if self.process is None or self.process.returncode is not None:
            return False
        self.killed = True
        self.process.send_signal(number)
        return True


@asynccontextmanager
async def kept(bots: list[Bot]) -> AsyncIterator[None]:
    """The bots, kept alive within the block and killed at its end."""
    try:
        async with asyncio.TaskGroup() as group:
            keeping = [group.create_task(bot.keep()) for bot in bots]
            await asyncio.gather(*(bot.ready.wait() for bot in bots))
            yield
            for each in keeping:
                each.cancel()
    finally:
        for bot in bots:
            if bot.kill(signal.SIGKILL) and bot.process is not None:
                await bot.process.wait()


@asynccontextmanager
async def models() -> AsyncIterator[tuple[Process, str]]:
    """Ray Serve, and the address of its models."""
    process = await begun("ray_models")
    try:
        port = await line(process)
        assert port
        yield process, f"http://127.0.0.1:{port}/v1"
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.communicate(), 60)
        except TimeoutError:
            process.kill()
            await process.wait()


async def person(stack: AsyncExitStack, world: World, name: str) -> Person:
    """Somebody who does not look at the page: hundreds of open pages cost more than the bots."""
    session = await stack.enter_async_context(aiohttp.ClientSession(world.sandbox.url))
    async with session.post("/client/users", json={"name": name}) as response:
        user = await response.json()
    session.headers["X-Sandbox-User"] = user["id"]
    return Person(session, user)


@dataclass
class Books:
    """The database, read past the bots; one question at a time, beside the event loop."""

    server: Server
    url: str
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def rows(self, query: str) -> list[dict[str, Any]]:
        async with self.lock:
            return await asyncio.to_thread(self.server.query, query, self.url)


@dataclass
class Asked:
    """What people asked for: commands and messages by their ids."""

    commands: dict[int, str] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.commands) + len(self.said)


async def ask(world: World, people: list[Person], clubs: list[Channel], asked: Asked, books: Books) -> None:
    """All that is asked for, by random people in random servers, mostly in threads that are there."""
    chance = random.Random(SEED)

    async def room() -> bool:
        await asyncio.sleep(0.2)
        return len(await books.rows(UNENDED)) < BACKLOG

    while len(asked) < JOBS:
        if len(asked) % 10 == 0:
            await eventually(room, 300.0)
        words = f"house {len(asked):05}"
        club, somebody = chance.choice(clubs), chance.choice(people)
        threads = list(world.sandbox.hub.world.threads(club.id))
        if threads and chance.random() < 0.7:
            message = await somebody.say(str(chance.choice(threads).id), words)
            asked.said[int(message["id"])] = words
        else:
            asked.commands[int(await somebody.slash(str(club.id), "imagine", prompt=words))] = words
        await asyncio.sleep(chance.random() * 0.1)


async def kill(
    asked: Asked, bots: list[Bot], ray: Process, kills: Counter[str], books: Books
) -> Counter[str]:
    """Kill at random moments while people ask; the states of the unfinished jobs at those moments."""
    chance, states = random.Random(SEED + 1), Counter[str]()
    assert ray.stdin is not None
    for moment in sorted(chance.sample(range(JOBS), KILLS)):
        while len(asked) <= moment:  # noqa: ASYNC110  # people ask every moment
            await asyncio.sleep(0.05)
        await asyncio.sleep(chance.random())
        found = await books.rows(f"{STATES} GROUP BY state")
        log.info("%s asked; kills %s; jobs %s", len(asked), dict(kills), found)
        states.update({row["state"]: row["n"] for row in found})
        victim = chance.choice(("bot", "replica"))
        if victim == "bot":
            number = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM))
            while not chance.choice(bots).kill(number):  # noqa: ASYNC110  # that one is just being started
                await asyncio.sleep(0.05)
            kills[number.name] += 1
        else:
            ray.stdin.write(f"{chance.choice(KINDS)} {chance.randrange(2)}\n".encode())
            kills["replica" if await line(ray) != "none" else "replica that was gone"] += 1
    return states


JOBS_OF_TURNS = "SELECT request_id, state, cause FROM jobs JOIN turns ON turns.id = jobs.turn_id"
STATES = UNENDED.replace("SELECT 1", "SELECT state, count(*) AS n")


def refused(seen: list[Message]) -> set[int]:
    """The messages that were answered without a picture; of what also became a turn, the turn counts."""
    answers = (m for m in seen if m.reference is not None and not m.attachments)
    return {m.reference.message_id or 0 for m in answers if m.reference is not None}


async def test_nothing_is_lost_or_double_and_conversations_keep_their_order(
    tmp_path: Path, postgres: Server, counted: Counted
) -> None:
    url = postgres.fresh()
    async with AsyncExitStack() as stack:
        stack.callback(postgres.drop, url)
        world = await stack.enter_async_context(
            open_world(tmp_path, SketchEngine(), rate_limits=False, shards=SHARDS)
        )
        people = [await person(stack, world, f"P{n}") for n in range(PEOPLE)]
        clubs = [world.sandbox.guilds.found(f"Club {n}", (n % SHARDS, SHARDS))[1] for n in range(SERVERS)]
        ray, models_url = await stack.enter_async_context(models())
        base = (world.sandbox.url, world.token, str(world.settings.store.data_dir), url)
        bots = [Bot(world, (*base, part, models_url)) for part in PARTS]
        await stack.enter_async_context(kept(bots))
        log.info("bots and models serve")
        asked, kills, books = Asked(), Counter[str](), Books(postgres, url)
        async with asyncio.TaskGroup() as group:
            killing = group.create_task(kill(asked, bots, ray, kills, books))
            group.create_task(ask(world, people, clubs, asked, books))

        async def settled() -> bool:
            await asyncio.sleep(1)
            turns = await books.rows("SELECT request_id FROM turns")
            log.info("%s turns of %s requests", len(turns), len(asked))
            missing = asked.said.keys() - {t["request_id"] for t in turns}
            return not missing - (missing and refused(messages(world, clubs))) and not await books.rows(
                UNENDED
            )

        await eventually(settled, 120.0 + JOBS)
        seen = messages(world, clubs)
        turns = {t["id"]: t for t in await books.rows("SELECT id, request_id, conversation_id FROM turns")}
        pictures = sorted((m for m in seen if m.attachments), key=lambda m: m.id)
        shown = Counter(turns[turn_of({"components": m.components})]["request_id"] for m in pictures)
        stored = {t["request_id"] for t in turns.values()}
        told = (asked.said.keys() & refused(seen)) - stored
        wanted = (asked.said.keys() - told) | acknowledged(seen, asked.commands) | stored
        lost = [one for one in wanted if not shown[one]]
        double = [one for one, count in shown.items() if count > 1]
        order: dict[int, list[int]] = {}
        for picture in pictures:
            turn = turns[turn_of({"components": picture.components})]
            order.setdefault(turn["conversation_id"], []).append(turn["request_id"])
        mixed = [one for one, requests in order.items() if requests != sorted(requests)]
        causes = {j["request_id"]: (j["state"], j["cause"]) for j in await books.rows(JOBS_OF_TURNS)}
        for one in lost:
            words = asked.said.get(one) or asked.commands.get(one)
            log.error("Lost: %s, %s, %s", words, "said" if one in asked.said else "command", causes.get(one))
        forgotten = set[int]().union(*(bot.forgotten for bot in bots)) - stored
        counted(
            f"3 bots and Ray Serve's replicas killed ({dict(kills)}), {PEOPLE} people, {SERVERS} servers, "
            f"seed {SEED}, unfinished at the kills: {dict(killing.result())}",
            jobs=len(wanted), lost=len(lost), double=len(double), conversations=len(order),
            out_of_order=len(mixed), refused_and_told=len(told),
            unanswered=len(asked.commands.keys() - wanted),
            stops=sum(bot.stopped for bot in bots), read_by_stopped_and_unanswered=len(forgotten),
        )  # fmt: skip
        assert (lost, double, mixed, forgotten) == ([], [], [], set())
