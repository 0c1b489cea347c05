"""Going from place to place, and what the page says when a place or a connection is gone."""

import re

import discord
import pytest
from playwright.async_api import expect

from bot.sandbox.app import Sandbox
from tests.bot.sandbox.page.acting import composer, imagine, write
from tests.bot.sandbox.page.conftest import Visit
from tests.bot.sandbox.page.painter import Painter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_ctrl_k_goes_anywhere(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await imagine(page)
    await page.keyboard.press("Control+k")
    await page.keyboard.type("gen")
    await page.keyboard.press("Enter")
    await expect(page.locator(".top-name")).to_have_text("general")


async def test_a_button_that_links_to_a_picture_leads_there_within_the_page(
    visit: Visit, painter: Painter
) -> None:
    page = await visit("Rosa")
    await imagine(page)
    thread = painter.guilds[0].threads[-1]
    first = await anext(m async for m in thread.history() if m.embeds)
    view = discord.ui.View().add_item(discord.ui.Button(label="Go to the picture", url=first.jump_url))
    await painter.guilds[0].text_channels[0].send("Look", view=view)
    await page.locator(".crumb").click()
    await page.get_by_role("button", name="Go to the picture").click()
    await expect(page.locator("article", has=page.locator(".picture")).first).to_be_focused()


async def test_a_link_to_a_picture_leads_there_and_the_card_shows_what_was_gone_back_to(
    visit: Visit, painter: Painter
) -> None:
    page = await visit("Rosa")
    await imagine(page)
    thread = painter.guilds[0].threads[-1]
    first = await anext(m async for m in thread.history() if m.embeds)
    await write(page, "make it night")
    await expect(page.locator("article .picture")).to_have_count(2)
    await thread.send(f"Rosa went back {first.jump_url}")
    link = page.get_by_role("button", name="a red house in a meadow › message")
    await link.click()
    await expect(page.locator("article", has=page.locator(".picture")).first).to_be_focused()
    await page.locator(".crumb").click()
    await expect(page.locator(".thread-card img")).to_have_attribute("src", re.compile("tomato"))


async def test_a_lost_connection_is_shown_and_mended(visit: Visit, place: Sandbox, painter: Painter) -> None:
    page = await visit("Rosa")
    await page.evaluate(CUT_THE_LINE)
    await expect(page.locator(".bar")).to_have_count(0)
    await place.client_events.close()
    await expect(page.locator(".bar.reconnecting")).to_have_text("Reconnecting to the sandbox")
    channel = next(c for c in place.hub.world.channels.values() if c.name == "pictures")
    await (await painter.fetch_channel(channel.id)).send("said meanwhile")  # type: ignore[union-attr]
    await page.evaluate("window.isCut = false")
    await expect(page.locator(".bar.reconnecting")).to_have_count(0)
    await expect(page.get_by_text("said meanwhile")).to_be_visible()


CUT_THE_LINE = """() => {
  window.isCut = true;
  const Real = window.WebSocket;
  window.WebSocket = class extends EventTarget {
    constructor(url) {
      if (!window.isCut) return new Real(url);
      super();
      setTimeout(() => this.dispatchEvent(new Event('close')), 50);
    }
  };
}"""


async def test_an_absent_bot_is_told(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await expect(page.locator(".bar")).to_have_count(0)
    await painter.close()
    await expect(page.locator(".bar.offline")).to_contain_text("DiffChat is offline")


async def test_a_deleted_thread_leads_back(visit: Visit, painter: Painter, place: Sandbox) -> None:
    page = await visit("Rosa")
    await imagine(page)
    thread = place.hub.world.channel(painter.guilds[0].threads[0].id)
    place.threads.delete(place.hub.world.guild(painter.guilds[0].id).owner_id, thread)
    await expect(page.locator(".top-name")).to_have_text("pictures")
    await expect(page.get_by_text("This thread was deleted.")).to_be_visible()
    await expect(page.locator(".place.thread")).to_have_count(0)


async def test_an_archived_thread_is_dimmed_and_opens_again(
    visit: Visit, painter: Painter, place: Sandbox
) -> None:
    page = await visit("Rosa")
    await imagine(page)
    world, guild = place.hub.world, painter.guilds[0]
    thread = world.channel(guild.threads[0].id)
    place.threads.change(world.guild(guild.id).owner_id, thread, {"archived": True})
    await expect(page.locator(".place.thread.archived")).to_be_visible()
    await expect(composer(page)).to_have_attribute("placeholder", "Archived: writing opens it again")
    await write(page, "make it night")
    await expect(page.locator(".picture")).to_have_count(2)
    await expect(page.locator(".place.thread.archived")).to_have_count(0)
