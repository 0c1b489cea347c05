"""/healthz and /metrics over real HTTP, of a bot that works and of one that does not."""

import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running
from bot.errors import OperatorError
from bot.ops.health import HealthServer
from bot.settings import MetricsSettings
from bot.telemetry.metrics import Metrics
from model.engine import WorkerState
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world


class SupervisedEngine(SketchEngine):
    """A sketch engine whose workers can be looked at and exchanged."""

    alive = True
    reloads = 0

    def workers(self) -> tuple[WorkerState, ...]:
        return (WorkerState("llm", "diffchat", True, 0), WorkerState("picture", "sd", self.alive, 1))

    async def reload_llm(self) -> None:
        self.reloads += 1


@pytest.fixture
def engine() -> SupervisedEngine:
    return SupervisedEngine(step_s=0.002)


@pytest.fixture
async def world(tmp_path: Path, engine: SupervisedEngine) -> AsyncIterator[World]:
    settings = {"metrics": {"serve": True, "port": 0}}
    async with open_world(tmp_path, engine, settings, rate_limits=False) as world:
        yield world


@pytest.fixture
async def running(world: World) -> Running:
    return await world.start_bot()


async def fetch(running: Running, path: str) -> tuple[int, str]:
    assert running.health is not None
    async with aiohttp.ClientSession() as session, session.get(running.health.url + path) as response:
        return response.status, await response.text()


async def test_a_bot_that_works_says_so(running: Running) -> None:
    status, body = await fetch(running, "/healthz")
    assert status == 200
    assert '"gateway": "ok", "database": "ok", "workers": "ok"' in body


async def test_each_thing_that_does_not_work_is_named(
    world: World, running: Running, engine: SupervisedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.alive = False
    status, body = await fetch(running, "/healthz")
    assert (status, "picture is starting again" in body) == (503, True)
    engine.alive = True
    monkeypatch.setattr("bot.ops.health._PATIENCE", 0.05)
    # the bot's first write of its own is done: the next line would wait for it and keep it from ending
    await world.until("SELECT 1 FROM chores")
    with closing(sqlite3.connect(world.settings.store.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        status, body = await fetch(running, "/healthz")
        assert (status, "no write within" in body) == (503, True)
    world.sandbox.faults.refuse_connects()
    world.sandbox.faults.drop()
    await world.until_true(lambda: not running.client.shards[0]._parent.ws.open)
    status, body = await fetch(running, "/healthz")
    assert (status, "not connected to Discord" in body) == (503, True)
    world.sandbox.faults.refuse_connects(on=False)


async def test_metrics_count_what_people_do(world: World, running: Running) -> None:
    async with Member.enter(world, "Ada") as ada:
        picture = await ada.imagine(await ada.person.channel_id("pictures"), "a fox")
        await ada.person.react(picture["channel_id"], picture["id"], "👍")
        counted = running.services.metrics.exposition
        await world.until_true(lambda: b'votes_total{worth="1"} 1.0' in counted())
        await world.until_true(lambda: b'jobs_total{outcome="done"} 1.0' in counted())
        status, body = await fetch(running, "/metrics")
    assert status == 200
    for line in (
        'diffchat_jobs_total{outcome="done"} 1.0',
        'diffchat_stage_seconds_count{stage="paint"} 1.0',
        'diffchat_votes_total{worth="1"} 1.0',
        "diffchat_gateway_connected 1.0",
        "diffchat_queue_waiting 0.0",
    ):
        assert line in body
    assert "fox" not in body


async def test_the_owner_loads_the_language_model_anew(
    world: World, running: Running, engine: SupervisedEngine
) -> None:
    async with Member.enter(world, "Ada") as ada:
        channel = await ada.person.channel_id("pictures")
        await ada.person.slash(channel, "admin reload")
        await ada.changed("The language model is loaded anew: diffchat")
        assert engine.reloads == 1
        await ada.person.slash(channel, "admin status")
        said = (await ada.answer("DiffChat"))["content"]
        assert "picture: sd, restarts: 1" in said


async def test_a_port_in_use_is_said_so() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OperatorError, match=rf"127.0.0.1 port {port}.*name another one"):
            async with HealthServer(MetricsSettings(serve=True, port=port), Metrics(), {}):
                pass
