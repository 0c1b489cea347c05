"""Headless Chromium on the page of a running sandbox, with a bot in it. A script error fails the test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, expect

from bot.sandbox.app import Sandbox
from bot.sandbox.connect import point_discord_py_at
from bot.sandbox.model.settings import SandboxSettings
from tests.bot.sandbox.page.painter import Painter
from tests.browser import chromium

Visit = Callable[..., Awaitable[Page]]
PATIENCE_MS = 90_000  # a busy machine draws slowly
expect.set_options(timeout=PATIENCE_MS)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def place() -> AsyncIterator[Sandbox]:
    """A sandbox of its own for every test."""
    async with Sandbox(SandboxSettings(port=0, rate_limits=False)) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def painter(place: Sandbox) -> AsyncIterator[Painter]:
    """The bot, connected, its commands registered."""
    with point_discord_py_at(place.url):
        async with Painter() as bot:
            await bot.login(place.token)
            connection = asyncio.create_task(bot.connect())
            await bot.wait_until_ready()
            yield bot
            await bot.close()
            await connection


@pytest_asyncio.fixture(loop_scope="session")
async def visit(place: Sandbox, browser: Browser) -> AsyncIterator[Visit]:
    """`await visit("Rosa")` opens a page of her own and goes in under that name; "" stays at the door."""
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"{message.type}: {message.text}")

    async with AsyncExitStack() as stack:

        async def open_page(name: str, **options: object) -> Page:
            context = await browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})  # type: ignore[arg-type]
            stack.push_async_callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            page = await context.new_page()
            page.on("console", note)
            page.on(
                "pageerror", lambda error: problems.append(f"{error.name}: {error.message}\n{error.stack}")
            )
            await page.goto(place.url)
            if name:
                await enter(page, name)
            return page

        yield open_page
    assert not problems, "\n".join(problems)


async def enter(page: Page, name: str) -> None:
    """Answer the question for a name, and wait for the first channel."""
    await page.get_by_role("textbox", name="Your name").fill(name)
    await page.get_by_role("button", name="Come in").click()
    await page.locator(".start").wait_for()
