"""A real browser for tests of pages, and where they keep screenshots.

`DIFFCHAT_SCREENSHOTS` names a folder for these; otherwise they lie in the test's own. A test's file imports
the fixtures that it wants and names them in `__all__`.
"""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where the screenshots go."""
    folder = Path(os.environ.get("DIFFCHAT_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium, Debian's."""
    chromium = shutil.which("chromium")
    assert chromium, "this test needs the chromium package"
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        await running.close()
