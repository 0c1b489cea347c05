"""The page in a real browser: judged by keys and by mouse, blind, without what keeps people out.

`DIFFCHAT_SCREENSHOTS` names a folder to keep the screenshots in; otherwise they lie in the test's own.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.browser import album, browser
from training.judging.server import JudgingRoom, application

pytestmark = pytest.mark.browser
__all__ = ["album", "browser"]  # fixtures


@pytest.fixture
def room(make_room: Callable[..., JudgingRoom]) -> JudgingRoom:
    return make_room(count=3, repeats=0.4)


@pytest.fixture
async def address(room: JudgingRoom) -> AsyncIterator[str]:
    async with TestServer(application(room)) as server:
        yield f"http://127.0.0.1:{server.port}/"


async def enter(page: Page, address: str, name: str = "Ann") -> None:
    await page.goto(address)
    await page.get_by_label("Your name").fill(name)
    await page.keyboard.press("Enter")


async def clean(page: Page, what: str, album: Path) -> None:
    """axe-core finds nothing, and a screenshot is kept."""
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    await page.screenshot(path=album / f"judge-{what}.png")


async def test_a_judge_needs_nothing_but_keys(
    browser: Browser, address: str, room: JudgingRoom, album: Path
) -> None:
    page = await browser.new_page(viewport={"width": 1200, "height": 900})
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    await page.goto(address)
    await clean(page, "name", album)
    await enter(page, address)
    left = page.get_by_role("button", name="Left")
    await expect(left).to_be_enabled()
    await expect(page.get_by_text("paint <b>it</b>").first).to_be_visible()
    await clean(page, "pair", album)
    shown = await page.content()
    assert not any(method in shown for method in ("sft", "ppo", "diffchat"))

    for number, key in enumerate(("1", "2", "t"), 1):
        await expect(left).to_be_enabled()
        await page.keyboard.press(key)
        await expect(page.get_by_text(f"{number} of 4 answered")).to_be_visible()
    await page.keyboard.press("u")
    await expect(page.get_by_text("2 of 4 answered")).to_be_visible()
    for number, key in enumerate(("b", "1"), 3):
        await expect(left).to_be_enabled()
        await page.keyboard.press(key)
        if number == 3:
            await expect(page.get_by_text("3 of 4 answered")).to_be_visible()
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert [a.verdict for a in room.answers.all()] == ["left", "right", "bad", "left"]
    await clean(page, "end", album)
    await page.get_by_role("link", name="see what").click()
    await expect(page.get_by_role("heading", name="What people preferred")).to_be_visible()
    await clean(page, "report", album)
    assert not problems, "\n".join(problems)


async def test_on_a_phone_in_the_dark_by_touch_and_after_a_reload(
    browser: Browser, address: str, room: JudgingRoom, album: Path
) -> None:
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True, device_scale_factor=2
    )
    page = await context.new_page()
    await enter(page, address, "Ben")
    right = page.get_by_role("button", name="Right")
    await expect(right).to_be_enabled()
    await clean(page, "phone", album)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await right.tap()
    await expect(page.get_by_text("1 of 4 answered")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("1 of 4 answered")).to_be_visible()
    assert [a.judge for a in room.answers.all()] == ["Ben"]
    await context.close()


async def test_a_lost_server_is_said_and_the_answer_can_be_given_again(
    browser: Browser, room: JudgingRoom
) -> None:
    page = await browser.new_page()
    server = TestServer(application(room))
    await server.start_server()
    port = server.port
    await enter(page, f"http://127.0.0.1:{port}/")
    await expect(page.get_by_role("button", name="Left")).to_be_enabled()
    await server.close()
    await page.keyboard.press("1")
    await expect(page.get_by_role("alert")).to_contain_text("still running?")
    assert room.answers.all() == []
    again = TestServer(application(room), port=port)
    await again.start_server()
    await page.keyboard.press("1")
    await expect(page.get_by_text("1 of 4 answered")).to_be_visible()
    await asyncio.wait_for(again.close(), 10)
