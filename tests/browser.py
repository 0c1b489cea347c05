"""A real browser for tests of pages, and where they keep screenshots.

`DIFFCHAT_SCREENSHOTS` names a folder for these; otherwise they lie in the test's own. A test's file imports
the fixtures that it wants and names them in `__all__`.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

# Even without motion a transition takes a frame, and what inherits from its element begins one more after it
DRAWN = """async () => {
  do await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  while (document.getAnimations().some((one) => one instanceof CSSTransition));
}"""


# Chromium loads the list under its address bar, a page of its own, in every new window that has one, headless
# too: half of what opening a page costs. Of several such lists Chromium reads the last alone, so that of
# Playwright (its chromiumSwitches.ts) is here once more.
_FEATURES = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where the screenshots go."""
    folder = Path(os.environ.get("DIFFCHAT_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Headless Chromium, Debian's."""
    path = shutil.which("chromium")
    assert path, "this test needs the chromium package"
    async with async_playwright() as playwright:
        without = f"--disable-features={','.join(_FEATURES)}"
        running = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", without])
        yield running
        await running.close()


async def come_in(page: Page, url: str, name: str) -> None:
    """Open the sandbox's page and enter under a name, as far as the first channel."""
    await page.goto(url)
    await page.get_by_role("textbox", name="Your name").fill(name)
    await page.keyboard.press("Enter")
    await page.locator(".start").wait_for()


async def imagine(page: Page, words: str) -> None:
    """Ask for a first picture in the channel, and go into its thread."""
    await page.keyboard.type(f"/imagine {words}")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Open thread").click()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """As `chromium`, for a test in a loop of its own."""
    async with chromium() as running:
        yield running
