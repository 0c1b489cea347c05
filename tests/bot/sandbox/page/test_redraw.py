"""An update keeps the nodes that are shown: what has the pointer or the focus is the same thing after it."""

from collections.abc import Awaitable, Callable

import discord
import pytest
from playwright.async_api import Locator, Page, expect

from bot.sandbox.app import Sandbox
from tests.bot.sandbox.page.acting import imagine, write
from tests.bot.sandbox.page.conftest import Visit
from tests.bot.sandbox.page.painter import Controls, Painter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Everything one can press, and what a screen reader calls it.
MARK_ALL = """() => {
  window.marked = [...document.querySelectorAll('#app :is(button, a, [role=button])')];
  return window.marked.length;
}"""
REPLACED = """() => window.marked.filter((node) => !node.isConnected)
  .map((node) => node.getAttribute('aria-label') || node.textContent)"""


async def picture_message(painter: Painter) -> discord.Message:
    """The message with the picture, in the newest thread."""
    thread = painter.guilds[0].threads[-1]
    return await anext(m async for m in thread.history() if m.author == thread.guild.me and m.embeds)


async def press(page: Page, target: Locator, meanwhile: Callable[[], Awaitable[object]]) -> None:
    """Press on the target, let something happen, and let go where the pointer is."""
    await target.scroll_into_view_if_needed()
    await target.hover()
    await page.mouse.down()
    await meanwhile()
    await page.wait_for_timeout(150)  # the event arrives, and several frames are drawn
    await page.mouse.up()


async def test_nothing_that_can_be_pressed_is_replaced(
    visit: Visit, painter: Painter, place: Sandbox
) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    await write(page, "see <#1>, https://example.org/ and ||this||")
    await imagine(page)
    message = await picture_message(painter)
    for emoji in ("👍", "👎"):
        await message.add_reaction(emoji)
    await expect(page.locator(".reaction")).to_have_count(3)
    for back in (False, True):
        if back:
            await page.locator(".crumb").click()
            await expect(page.locator(".thread-card")).to_be_visible()
        assert await page.evaluate(MARK_ALL) > 15
        await message.add_reaction("🔥")
        await message.remove_reaction("👍", painter.user)  # type: ignore[arg-type]
        await message.edit(content="said anew", view=Controls())
        await message.channel.send("one more")
        await message.channel.edit(name="another name")  # type: ignore[union-attr]
        await visit(f"Newcomer {back}")  # every message is drawn anew: a name in it may have changed
        await expect(page.locator(".top").or_(page.locator(".thread-card"))).to_contain_text(["another name"])
        async with painter.guilds[0].text_channels[0].typing():
            await page.wait_for_timeout(300)
        gone = await page.evaluate(REPLACED)
        assert gone == ([] if back else ["👍, 1 person"])
        await message.add_reaction("👍")
        await message.remove_reaction("🔥", painter.user)  # type: ignore[arg-type]
    await other.close()


async def test_a_click_on_a_thread_card_outlasts_updates(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await imagine(page)
    await page.locator(".crumb").click()
    thread = painter.guilds[0].threads[-1]
    card = page.locator(".thread-card")
    await expect(card.locator("img.thread-picture")).to_be_visible()
    for number in range(3):
        await press(page, card.get_by_text("Open thread"), lambda: thread.send("the count changes"))
        await expect(page.locator(".top-name")).to_have_text(thread.name)
        await page.locator(".crumb").click()
        await expect(card).to_contain_text(f"{number + 2} messages")


async def test_a_click_outlasts_what_moves_the_page(visit: Visit, painter: Painter) -> None:
    """New messages push the others up: that waits for the end of the press."""
    page = await visit("Rosa")
    await imagine(page)
    await page.locator(".crumb").click()
    channel = painter.guilds[0].threads[-1].parent
    assert isinstance(channel, discord.TextChannel)
    await press(page, page.locator(".thread-card"), lambda: channel.send("line\n" * 12))
    await expect(page.locator(".top-name")).to_have_text("a red house in a meadow")


async def test_a_click_on_a_button_of_the_bot_outlasts_an_edit(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    shown = await imagine(page)
    message = await picture_message(painter)
    button = shown.get_by_role("button", name="Refine")
    await press(page, button, lambda: message.edit(content="edited meanwhile"))
    await expect(page.get_by_role("dialog", name="Refine the picture")).to_be_visible()
    await page.keyboard.press("Escape")
    vote = shown.locator(".reaction").first
    await message.add_reaction("👍")
    await press(page, vote, lambda: message.add_reaction("❤️"))
    await expect(shown.get_by_role("button", name="👍, 2 people, you among them")).to_be_visible()


async def test_a_pending_button_and_the_focus_outlast_an_edit(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    shown = await imagine(page)
    message = await picture_message(painter)
    broken = shown.get_by_role("button", name="Broken")
    await broken.click()
    await message.edit(content="edited meanwhile")
    await expect(shown).to_contain_text("edited meanwhile")
    await expect(broken).to_have_attribute("aria-busy", "true")
    await expect(broken).to_be_focused()
    await expect(shown.get_by_role("alert")).to_have_text("The application did not respond")


async def test_a_place_keeps_its_node_when_the_order_changes(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await imagine(page)
    first = painter.guilds[0].threads[-1]
    await page.locator(".crumb").click()
    await write(page, "/imagine a blue boat")
    places = page.locator(".place.thread")
    await expect(places).to_contain_text(["a blue boat", "a red house in a meadow"])
    await places.last.focus()
    assert await page.evaluate(MARK_ALL)
    await first.send("newest now")
    await expect(places.first).to_contain_text("a red house in a meadow")
    await expect(places.first).to_be_focused()
    assert await page.evaluate(REPLACED) == []
