"""A running sandbox, people in it, and an unmodified discord.py connected to it."""

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
from discord import app_commands

from bot.sandbox.app import Sandbox
from bot.sandbox.connect import point_discord_py_at
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.person import Person


class Bot(discord.AutoShardedClient):
    """discord.py as it is, with a command tree and a note of the events it heard."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.2)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, object]] = []
        self.resumes = 0

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        self.heard.append((event, args[0] if args else None))
        super().dispatch(event, *args, **kwargs)

    def names(self) -> list[str]:
        return [name for name, _ in self.heard]

    async def until(self, name: str, times: int = 1, seconds: float = 10.0) -> object:
        """Wait until the event was heard so often; the result is what it last carried."""
        async with asyncio.timeout(seconds):
            while self.names().count(name) < times:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return [what for heard, what in self.heard if heard == name][times - 1]


@pytest.fixture
def settings() -> SandboxSettings:
    return SandboxSettings(port=0, rate_limits=False)


@pytest.fixture
async def sandbox(settings: SandboxSettings) -> AsyncIterator[Sandbox]:
    async with Sandbox(settings) as running:
        yield running


@pytest.fixture
async def ada(sandbox: Sandbox) -> AsyncIterator[Person]:
    """The server's owner."""
    async with Person.enter(sandbox.url, "Ada") as person:
        yield person


@pytest.fixture
async def grace(sandbox: Sandbox) -> AsyncIterator[Person]:
    """A plain member."""
    async with Person.enter(sandbox.url, "Grace") as person:
        yield person


@pytest.fixture
def intents() -> discord.Intents:
    chosen = discord.Intents.default()
    chosen.message_content = True
    return chosen


@pytest.fixture
async def bot(sandbox: Sandbox, intents: discord.Intents) -> AsyncIterator[Bot]:
    """discord.py, logged in and ready."""
    with point_discord_py_at(sandbox.url):
        client = Bot(intents)
        running = asyncio.create_task(client.start(sandbox.token))
        try:
            await client.until("ready")
            yield client
        finally:
            await client.close()
            await asyncio.gather(running, return_exceptions=True)
