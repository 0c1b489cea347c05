"""Requests made up from Discord's OpenAPI description, right and wrong ones: none is answered with a 500."""

import asyncio
import contextlib
import os
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from bot.sandbox.app import Sandbox
from bot.sandbox.model.body import Body
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.rest.endpoint import Route

QUICK, LONG = 2, 30
PARAMETER = re.compile(r"\{\w+(?::([^}]+))?\}")
# With a real id these would take the place away in which everything else is tried.
GOES_AWAY = {("DELETE", "/users/@me/guilds/{guild_id}"), ("DELETE", "/channels/{channel_id}")}
CHECKED: dict[str, Any] = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
}


class Served:
    """A sandbox in a thread of its own, since schemathesis calls it without asyncio."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        limits = SandboxSettings(port=0, rate_limits=False, interaction_ack_seconds=3600)
        self.sandbox = self.run(Sandbox(limits).__aenter__())
        self.run(self._furnish())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def close(self) -> None:
        self.run(self.sandbox.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _furnish(self) -> None:
        sandbox, world = self.sandbox, self.sandbox.hub.world
        self.guild = next(iter(world.guilds.values()))
        sandbox.people.set_permissions(self.guild, self.guild.id, (1 << 53) - 1)
        self.channel = next(iter(world.channels.values()))
        self.message = sandbox.messages.send(world.bot.id, self.channel, Body({"content": "x"}, {}))
        self.thread = sandbox.threads.open(world.bot.id, self.channel, {"name": "x", "type": 11})
        self.forum = sandbox.channels.create_forum(self.guild.id, "gallery", ["Fox"])

    async def _interaction(self, *, answered: bool) -> tuple[str, str]:
        """Id and token of a new interaction."""
        sandbox, owner = self.sandbox, self.sandbox.hub.world.application.owner_id
        data = {"id": "1", "name": "x", "type": 1}
        interaction = sandbox.interactions.start(2, owner, self.channel, data)
        if answered:
            sandbox.interactions.answer(interaction, Body({"type": 4, "data": {"content": "x"}}, {}))
        return str(interaction.id), interaction.token

    def real(self, path: str) -> dict[str, Any]:
        """What there really is for the parameters of a path."""
        world = self.sandbox.hub.world
        found: dict[str, Any] = {
            "guild_id": self.guild.id,
            "message_id": self.message.id,
            "user_id": world.application.owner_id,
            "application_id": world.application.id,
            "overwrite_id": self.guild.id,
            "emoji_name": "👍",
            "channel_id": (self.thread if "thread-members" in path else self.channel).id,
        }
        if path.startswith("/interactions/"):
            key, token = self.run(self._interaction(answered=False))
            found |= {"interaction_id": key, "interaction_token": token}
        if path.startswith("/webhooks/"):
            _, token = self.run(self._interaction(answered=True))
            found |= {"webhook_id": world.application.id, "webhook_token": token, "message_id": "@original"}
        return {name: str(value) for name, value in found.items()}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    running = Served()
    yield running
    running.close()


@pytest.fixture(scope="module")
def description() -> Any:
    return schemathesis.openapi.from_path(Path(os.environ["DISCORD_OPENAPI"]))


def serves(routes: list[Route]) -> Callable[[str, str], bool]:
    """Whether one of the routes answers an operation of the description."""
    patterns = [(route.method, re.compile(_pattern(route.path))) for route in routes]
    return lambda method, path: any(m == method and p.fullmatch(path) for m, p in patterns)


def _pattern(path: str) -> str:
    parts = re.split(r"(\{[^}]+\})", path)
    return "".join(
        (f"({named[1]})" if named[1] else "[^/]+")
        if (named := PARAMETER.fullmatch(part))
        else re.escape(part)
        for part in parts
    )


def operations(description: Any, sandbox: Sandbox) -> list[Any]:
    wanted = serves(sandbox.endpoints)
    found = [result.ok() for result in description.get_all_operations()]
    return [operation for operation in found if wanted(operation.method.upper(), operation.path)]


def fuzz(served: Served, description: Any, mode: GenerationMode, examples: int) -> int:
    """Try each operation; the result is how many requests were answered."""
    answered = 0
    for operation in operations(description, served.sandbox):
        answered += fuzz_one(served, operation, mode, examples)
    return answered


def fuzz_one(served: Served, operation: Any, mode: GenerationMode, examples: int) -> int:
    statuses: list[int] = []
    may_be_real = (operation.method.upper(), operation.path) not in GOES_AWAY

    @settings(max_examples=examples, **CHECKED)
    @given(operation.as_strategy(generation_mode=mode), st.sets(st.integers(0, 5), max_size=1))
    def tried(case: Any, made_up: set[int]) -> None:
        if may_be_real and case.path_parameters:
            real = served.real(operation.path)
            for place, name in enumerate(case.path_parameters):
                if place not in made_up and name in real:
                    case.path_parameters[name] = real[name]
        headers = {"Authorization": f"Bot {served.sandbox.token}"}
        response = case.call(base_url=served.sandbox.api_base, headers=headers)
        statuses.append(response.status_code)
        assert response.status_code < 500, (operation.label, case.path_parameters, case.query, case.body)

    with contextlib.suppress(Unsatisfiable):  # an operation that takes nothing cannot be given anything wrong
        tried()
    return len(statuses)


def test_most_endpoints_of_the_sandbox_are_in_the_description(served: Served, description: Any) -> None:
    assert len(operations(description, served.sandbox)) >= 50


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_a_sample_is_never_answered_500(served: Served, description: Any, mode: GenerationMode) -> None:
    assert fuzz(served, description, mode, QUICK) > 50


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_nothing_is_answered_500_at_length(served: Served, description: Any, mode: GenerationMode) -> None:
    assert fuzz(served, description, mode, LONG) > 1000
