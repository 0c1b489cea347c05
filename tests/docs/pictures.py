"""The documents' pictures of the demo, taken anew: `.venv/bin/python -m tests.docs.pictures`.

It starts the demo on a free port with a data folder of its own, talks to it in headless Chromium, and writes
`docs/images/members-*.webp` and the moving picture `docs/images/talk.webp`. It takes a minute or two, and
needs the `chromium` package.
"""

import asyncio
import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, ViewportSize, async_playwright, expect

from tests.benchmarks.demo import running_demo

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
PATIENCE_MS = 120_000
DESKTOP = ViewportSize(width=1180, height=860)
PHONE = ViewportSize(width=390, height=960)
FILM_WIDTH = 900
LOOK_MS, TYPING_MS = 2600, 350


class Film:
    """A moving picture of a page: what it shows at some moments, each for some time."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[Image.Image] = []
        self._durations: list[int] = []

    async def look(self, milliseconds: int) -> None:
        """Add what the page shows now, for so long."""
        frame = Image.open(io.BytesIO(await self._page.screenshot())).convert("RGB")
        height = round(frame.height * FILM_WIDTH / frame.width)
        self._frames.append(frame.resize((FILM_WIDTH, height), Image.Resampling.LANCZOS))
        self._durations.append(milliseconds)

    def save(self, name: str) -> None:
        """Write it, running over and over."""
        first, *more = self._frames
        first.save(
            IMAGES / name, save_all=True, append_images=more, duration=self._durations, loop=0, quality=55,
            method=6,
        )  # fmt: skip


async def take() -> None:
    """Refine a picture by talking: once as a film, once for a desktop and a phone."""
    chromium = shutil.which("chromium")
    assert chromium, "this needs the chromium package"
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder)) as (url, _, _), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = await browser.new_page(viewport=DESKTOP, device_scale_factor=2)
            page.set_default_timeout(PATIENCE_MS)
            await page.goto(url)
            await _begin(page)
            film = Film(page)
            await film.look(LOOK_MS)
            await _refine(page, "make it night and add a lantern", film)
            await _keep(page, "members-thread.webp")
            await _refine(page, "now with snow, as a watercolour", film)
            film.save("talk.webp")
            await page.emulate_media(reduced_motion="reduce")  # the sidebar goes at once
            await page.set_viewport_size(PHONE)
            await _keep(page, "members-phone.webp")
            await browser.close()


async def _begin(page: Page) -> None:
    await page.get_by_role("textbox", name="Your name").fill("Rosa")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="What would you like to see?")).to_be_visible()
    await page.keyboard.type("/imagine a red house in a meadow")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Open thread").click()
    await _drawn(page, 1)


async def _refine(page: Page, words: str, film: Film) -> None:
    shown = await page.locator(".picture img").count()
    for word in words.split(" "):
        await page.keyboard.type(f"{word} ")
        await film.look(TYPING_MS)
    await page.keyboard.press("Enter")
    await _drawn(page, shown + 1)
    await film.look(LOOK_MS)


async def _drawn(page: Page, count: int) -> None:
    """Wait until so many pictures are there, the last one with its buttons and votes in sight."""
    pictures = page.locator(".picture img")
    await expect(pictures).to_have_count(count)
    await expect(pictures.last).to_have_js_property("complete", True)
    last = page.locator("article", has=pictures).last
    await expect(last.get_by_role("button", name="👎, 1 person", exact=True)).to_be_visible()
    await pictures.last.scroll_into_view_if_needed()
    await page.mouse.move(1, 1)  # away from the message, which would show its tools


async def _keep(page: Page, name: str) -> None:
    """Write what the window shows, the last picture in sight."""
    await page.locator(".picture img").last.scroll_into_view_if_needed()
    shot = Image.open(io.BytesIO(await page.screenshot()))
    shot.save(IMAGES / name, quality=80, method=6)


if __name__ == "__main__":
    asyncio.run(take())
