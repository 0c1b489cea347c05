"""`python -m bot demo`: a local Discord, the real bot and the embedded models, in one command.

Sandbox and bot share one event loop: the models work in processes of their own, so the loop stays quick.
"""

import asyncio
import errno
import logging
import time
from contextlib import AsyncExitStack

from bot.app import running_bot, until_stopped
from bot.errors import OperatorError
from bot.ops.preflight import require_models
from bot.sandbox.app import Sandbox
from bot.sandbox.connect import point_discord_py_at
from bot.sandbox.model.settings import SandboxSettings
from bot.settings import Settings, servers_from
from bot.store.data_folder import claimed
from model.serving.choice import engine_for

REPORTS = "reports"
_PORTS_TRIED = 20


def demo(settings: Settings, port: int | None) -> int:
    """Serve the page until Ctrl-C or SIGTERM; prints its address once everything is ready."""
    require_models(settings)
    # a heartbeat that is answered within the same loop can look 41 s late to discord.py, which then warns
    logging.getLogger("discord.gateway").setLevel(logging.ERROR)
    with claimed(settings.store.data_dir, "demo"):
        asyncio.run(_serve(settings, settings.sandbox.port if port is None else port))
    return 0


async def _serve(settings: Settings, port: int) -> None:
    started = time.monotonic()
    async with AsyncExitStack() as stack:
        sandbox = await open_sandbox(stack, settings, port)
        stack.enter_context(point_discord_py_at(sandbox.url))
        settings = with_reports_channel(settings, sandbox)
        print("Starting the bot and its models…", flush=True)
        chosen = engine_for(settings.models(), *servers_from(settings))
        engine = await stack.enter_async_context(chosen)
        running = await stack.enter_async_context(running_bot(settings, engine, sandbox.token))
        print(
            f"Ready after {time.monotonic() - started:.0f} s. Open {sandbox.url}  (Ctrl-C ends it)",
            flush=True,
        )
        await until_stopped(running)
    print("Ended. The next start goes on where this one stopped.", flush=True)


async def open_sandbox(stack: AsyncExitStack, settings: Settings, port: int) -> Sandbox:
    """The sandbox on `port`, or on the next free one; its world is kept in the data folder."""
    for candidate in range(port, port + _PORTS_TRIED) if port else (0,):
        try:
            return await stack.enter_async_context(Sandbox(_sandbox_settings(settings, candidate)))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            print(f"Port {candidate} is in use; trying {candidate + 1}.", flush=True)
    raise OperatorError(
        f"All ports from {port} to {port + _PORTS_TRIED - 1} are in use: name a free one with --port."
    )


def with_reports_channel(settings: Settings, sandbox: Sandbox) -> Settings:
    """The settings with a channel for reports, which the world gets where it has none yet."""
    if settings.safety.reports_channel:
        return settings
    world = sandbox.hub.world
    guild = next(iter(world.guilds.values()))
    there = [channel for channel in world.channels.values() if channel.name == REPORTS]
    topic = "What people report about pictures; only moderators see it."
    channel = there[0] if there else sandbox.channels.create_private(guild.id, REPORTS, topic)
    safety = settings.safety.model_copy(update={"reports_channel": channel.id})
    return settings.model_copy(update={"safety": safety})


def _sandbox_settings(settings: Settings, port: int) -> SandboxSettings:
    return SandboxSettings(
        host=settings.sandbox.host,
        port=port,
        data_dir=settings.store.data_dir / "sandbox",
        message_content=settings.discord.message_content,
    )
