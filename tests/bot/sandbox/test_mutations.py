"""Whatever is wrong with a request, the sandbox refuses it as Discord does: never with a 500."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.app import Sandbox
from bot.sandbox.model.settings import SandboxSettings
from tests.bot.sandbox.requests import Call, calls, mutations, send

QUICK, LONG = 400, 20_000
LONGEST_LINE = 8000  # a little less than what the server reads; it refuses longer ones itself
CHECKED: dict[str, Any] = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
}
OPTIONS = [{"type": kind, "name": f"o{kind}", "description": "x"} for kind in range(3, 12)]
MENUS = [
    {"type": 1, "components": [{"type": 5, "custom_id": "people", "min_values": None}]},
    {"type": 1, "components": [{"type": 3, "custom_id": "words", "options": [{"label": "a", "value": "b"}]}]},
]


@dataclass
class Running:
    """A sandbox that stays up from one example to the next, with something of everything in it."""

    runner: asyncio.Runner
    sandbox: Sandbox
    session: aiohttp.ClientSession

    def answer(self, chosen: Call) -> tuple[int, bytes]:
        return self.runner.run(send(self.session, self.sandbox.url, chosen))


async def furnished() -> tuple[Sandbox, aiohttp.ClientSession]:
    sandbox = await Sandbox(SandboxSettings(port=0, rate_limits=False)).__aenter__()
    world = sandbox.hub.world
    guild = next(iter(world.guilds))
    channel = next(iter(world.channels.values()))
    sandbox.people.set_permissions(world.guild(guild), guild, (1 << 53) - 1)
    session = aiohttp.ClientSession(headers={"Authorization": f"Bot {sandbox.token}"})
    url = f"{sandbox.api_base}/channels/{channel.id}"
    assert (await session.post(f"{url}/messages", json={"content": "x", "components": MENUS})).status == 200
    assert (await session.post(f"{url}/messages", json={"content": "y"})).status == 200
    assert (await session.post(f"{url}/threads", json={"name": "x", "type": 11})).status == 201
    sandbox.channels.create_forum(guild, "gallery", ["Fox"])
    sandbox.commands.put({"name": "all", "description": "x", "options": OPTIONS}, guild)
    return sandbox, session


@pytest.fixture
def running() -> Iterator[Running]:
    with asyncio.Runner() as runner:
        sandbox, session = runner.run(furnished())
        yield Running(runner, sandbox, session)
        runner.run(session.close())
        runner.run(sandbox.__aexit__(None, None, None))


def check(running: Running, chosen: Call) -> None:
    status, body = running.answer(chosen)
    assert status < 500, (chosen, body)
    line = len(chosen.url) + sum(map(len, chosen.query.values()))
    if status >= 400 and chosen.path[0] == "api" and line < LONGEST_LINE:
        assert {"code", "message"} <= set(json.loads(body))


def check_many(running: Running, examples: int) -> None:
    valid = calls(running.sandbox)

    @settings(max_examples=examples, **CHECKED)
    @given(st.data())
    def mutated(data: st.DataObject) -> None:
        check(running, data.draw(mutations(valid)))

    mutated()


def test_the_requests_are_valid_before_they_are_broken(running: Running) -> None:
    """None is refused for its form; some for what they ask: a command that is not there, old messages."""
    answers = [(call, *running.answer(call)) for call in calls(running.sandbox)]
    malformed = [
        (call.method, call.path, body)
        for call, _, body in answers
        if b"50035" in body and b"not open" not in body
    ]
    assert malformed == []
    assert sum(status < 300 for _, status, _ in answers) > 0.7 * len(answers)


def test_no_mutated_request_is_answered_500(running: Running) -> None:
    check_many(running, QUICK)


@pytest.mark.slow
def test_no_mutated_request_is_answered_500_at_length(running: Running) -> None:
    check_many(running, LONG)
