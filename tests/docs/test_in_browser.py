"""The site in headless Chromium, from the disk: light and dark, desktop and phone.

`DIFFCHAT_SCREENSHOTS` names a folder to keep the screenshots in (`docs-PAGE-WIDTH-SCHEME.png`); otherwise
they lie in the test's own.
"""

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.browser import album, browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["album", "browser"]  # fixtures

PATIENCE_MS = 60_000
WIDTHS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
THEMES = {
    "rules": {"landmark-unique": {"enabled": False}}
}  # its copy buttons each lie in a <nav> without a name
PAGES = (
    "index",
    "quickstart",
    "members",
    "operating",
    "researchers",
    "results",
    "architecture",
    "api/engine",
)


async def opened(browser: Browser, width: str, scheme: str, problems: list[str]) -> Page:
    """A page that notes what is asked of a network and what its scripts complain about."""
    context = await browser.new_context(viewport=WIDTHS[width], color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    page.on(
        "request", lambda request: problems.append(request.url) if request.url.startswith("http") else None
    )
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
async def test_pages_fit_and_ask_no_network(
    browser: Browser, site: Path, album: Path, width: str, scheme: str
) -> None:
    problems: list[str] = []
    page = await opened(browser, width, scheme, problems)
    for name in PAGES:
        await page.goto((site / f"{name}.html").as_uri())
        await expect(page.locator("h1").first).to_be_visible()
        fits = await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert fits, f"{name} is wider than a {width}"
        await page.screenshot(path=album / f"docs-{name.replace('/', '-')}-{width}-{scheme}.png")
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_what_we_wrote(browser: Browser, site: Path, scheme: str) -> None:
    page = await opened(browser, "desktop", scheme, [])
    for name in ("index", "quickstart", "members"):
        await page.goto((site / f"{name}.html").as_uri())
        found = await Axe().run(page, options=THEMES)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


async def test_search_finds_a_page_without_a_server(browser: Browser, site: Path) -> None:
    if not (site / "assets" / "iframe-worker.js").exists():
        pytest.skip("node_modules is not there: `make docs` brings it")
    page = await opened(browser, "desktop", "light", [])
    await page.goto((site / "index.html").as_uri())
    await page.keyboard.press("Control+k")
    await page.keyboard.type("tunnel")
    await expect(page.get_by_role("option", name="The GPU elsewhere")).to_be_visible()


async def test_flowcharts_are_drawn(browser: Browser, site: Path) -> None:
    if not (site / "assets" / "mermaid.js").exists():
        pytest.skip("node_modules is not there: `make docs` brings it")
    page = await opened(browser, "desktop", "light", [])
    await page.goto((site / "architecture.html").as_uri())
    # Zensical draws each into a closed shadow root; its size says that something is there
    await expect(page.locator("div.mermaid")).to_have_count(3)
    heights = await page.locator("div.mermaid").evaluate_all("all => all.map(one => one.clientHeight)")
    assert min(heights) > 100
