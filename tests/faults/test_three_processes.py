"""Three bots with eight shards, and two servers of models behind them, are killed at random and come back.

The servers are `model serve`'s own over the small engine of the tests, not Ray Serve. DIFFCHAT_PROOF is
"people,servers,jobs,kills,seed"; without it a small size runs. Wanted is what was said in a thread, whether a
bot lived or not, and every command that was acknowledged.
"""

import asyncio
import os
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.sandbox.model.records import Message
from tests.bot.engines import SketchEngine
from tests.bot.house import eventually
from tests.conftest import Counted
from tests.e2e.discordworld import Member, open_world
from tests.faults.test_processes import ROOT, UNENDED, acknowledged, messages
from tests.postgres import Server

SHARDS, PARTS = 8, ("0-2/8", "3-5/8", "6-7/8")
PEOPLE, SERVERS, JOBS, KILLS, SEED = map(int, os.environ.get("DIFFCHAT_PROOF", "20,8,60,4,1").split(","))


async def process(stack: AsyncExitStack, module: str, *arguments: str) -> tuple[Process, str]:
    """A process that serves, and the line that said so; killed at the end if it still lives."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"tests.faults.{module}", *arguments, cwd=ROOT, stdout=PIPE
    )
    stack.push_async_callback(end, started)
    assert started.stdout is not None
    line = (await started.stdout.readline()).decode().strip()
    assert line
    return started, line


async def end(started: Process) -> None:
    """`kill -9`."""
    if started.returncode is None:
        started.kill()
    await started.wait()


def button(message: Message) -> int:
    """The turn whose buttons a message has."""
    return int(str(message.components[0]["components"][0]["custom_id"]).rpartition(":")[2])


@pytest.mark.slow
async def test_nothing_is_lost_or_double_and_conversations_keep_their_order(
    tmp_path: Path, postgres: Server, counted: Counted
) -> None:
    url, chance = postgres.fresh(), random.Random(SEED)
    async with AsyncExitStack() as stack:
        stack.callback(postgres.drop, url)
        world = await stack.enter_async_context(
            open_world(tmp_path, SketchEngine(), rate_limits=False, shards=SHARDS)
        )
        people = [await stack.enter_async_context(Member.enter(world, f"P{n}")) for n in range(PEOPLE)]
        clubs = [world.sandbox.guilds.found(f"Club {n}", (n % SHARDS, SHARDS))[1] for n in range(SERVERS)]
        replicas = [await process(stack, "replica", "0") for _ in range(2)]
        servers = [f"http://127.0.0.1:{port}/v1" for _, port in replicas]
        base = (world.sandbox.url, world.token, str(world.settings.store.data_dir), url)
        bots = {p: (await process(stack, "shared_bot_process", *base, p, *servers))[0] for p in PARTS}
        asked: dict[int, str] = {}
        said: dict[int, str] = {}
        for kill in range(KILLS):
            for _ in range(JOBS // KILLS):
                words = f"house {len(asked) + len(said):05}"
                club, person = chance.choice(clubs), chance.choice(people).person
                threads = list(world.sandbox.hub.world.threads(club.id))
                if threads and chance.random() < 0.7:
                    message = await person.say(str(chance.choice(threads).id), words)
                    said[int(message["id"])] = words
                else:
                    asked[int(await person.slash(str(club.id), "imagine", prompt=words))] = words
                await asyncio.sleep(chance.random() * 0.1)
            part, number = chance.choice(PARTS), chance.randrange(2)
            if kill % 2:
                await end(replicas[number][0])
                replicas[number] = await process(stack, "replica", replicas[number][1])
            else:
                await end(bots[part])
                bots[part], _ = await process(stack, "shared_bot_process", *base, part, *servers)

        async def settled() -> bool:
            turns = postgres.query("SELECT request_id FROM turns", url)
            return said.keys() <= {t["request_id"] for t in turns} and not postgres.query(UNENDED, url)

        await eventually(settled, 60.0 + JOBS)
        seen = messages(world, clubs)
        turns = {t["id"]: t for t in postgres.query("SELECT id, request_id, conversation_id FROM turns", url)}
        pictures = sorted((m for m in seen if m.attachments), key=lambda m: m.id)
        shown = Counter(turns[button(m)]["request_id"] for m in pictures)
        wanted = said.keys() | acknowledged(seen, asked) | {t["request_id"] for t in turns.values()}
        lost = [one for one in wanted if not shown[one]]
        double = [one for one, count in shown.items() if count > 1]
        order: dict[int, list[int]] = {}
        for picture in pictures:
            turn = turns[button(picture)]
            order.setdefault(turn["conversation_id"], []).append(turn["request_id"])
        mixed = [one for one, requests in order.items() if requests != sorted(requests)]
        counted(
            f"{KILLS} kills of 3 bots and 2 model servers, {PEOPLE} people, {SERVERS} servers, seed {SEED}",
            jobs=len(wanted), lost=len(lost), double=len(double), conversations=len(order),
            out_of_order=len(mixed), unanswered=len(asked.keys() - wanted),
        )  # fmt: skip
        assert (lost, double, mixed) == ([], [], [])
