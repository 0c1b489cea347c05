"""What a person does with a picture of the bot: look at it, press its buttons, fill in forms, vote."""

import re

import discord
import pytest
from playwright.async_api import expect

from bot.sandbox.app import Sandbox
from tests.bot.sandbox.page.acting import imagine, newest, write
from tests.bot.sandbox.page.conftest import Visit
from tests.bot.sandbox.page.painter import Painter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_thread_opens_live_and_a_plain_reply_gets_the_next_picture(
    visit: Visit, painter: Painter
) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    await imagine(page)
    await expect(other.locator(".above")).to_contain_text("Rosa used /imagine")
    await expect(other.locator(".thread-card img.thread-picture")).to_be_visible()  # the newest picture, live
    await expect(other.locator(".place.thread.unread")).to_have_text(re.compile("a red house in a meadow"))
    await write(page, "make it night")
    await expect(page.locator(".typing")).to_contain_text("DiffChat is writing")
    await expect(page.locator(".picture")).to_have_count(2)
    await expect(newest(page).locator("strong")).to_have_text("+ night")
    await expect(page.locator(".typing")).to_be_empty()
    await other.locator(".place.thread").click()
    await expect(other.locator(".place.thread.unread")).to_have_count(0)
    await expect(other.locator(".picture")).to_have_count(2)


async def test_small_pictures_are_shown_large_and_open_larger(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    message = await imagine(page)
    await expect(message.locator(".upscaled")).to_be_attached()
    box = await message.locator(".picture").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(384, abs=2)
    assert box["height"] == pytest.approx(384, abs=2)
    await message.locator(".picture").click()
    shown = page.get_by_role("dialog", name="Picture").locator("img")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("image => image.clientWidth") > 500
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(message.locator(".picture")).to_be_focused()


async def test_buttons_answer_only_to_whom_they_should(visit: Visit, painter: Painter) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    message = await imagine(page)
    await other.locator(".place.thread").click()
    button = message.get_by_role("button", name="Seed")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await expect(newest(page)).to_contain_text("Only you can see this")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await expect(other.get_by_text("The seed is")).to_have_count(0)
    await newest(page).get_by_role("button", name="Dismiss this message").click()
    await expect(page.get_by_text("The seed is")).to_have_count(0)
    await expect(message.get_by_role("button", name="Off")).to_be_disabled()
    link = message.get_by_role("link", name="Help")
    await expect(link).to_have_attribute("href", "https://example.org/help")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))


async def test_a_thread_card_shows_and_counts_only_what_everybody_sees(
    visit: Visit, painter: Painter
) -> None:
    page = await visit("Rosa")
    message = await imagine(page)
    await message.get_by_role("button", name="Seed").click()
    await expect(newest(page).get_by_role("button", name="Enlarge picture: gold.png")).to_be_visible()
    await page.locator(".crumb").click()
    await expect(page.locator("img.thread-picture")).to_have_attribute("src", re.compile("tomato"))
    await expect(page.locator(".thread-card")).to_contain_text("1 message")


async def test_a_select_is_as_wide_whatever_is_chosen(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await imagine(page)
    view = discord.ui.View(timeout=None)
    labels = ["Ink", "A very long label that would not fit into a narrow select"]
    options = [discord.SelectOption(label=label) for label in labels]
    view.add_item(discord.ui.Select(placeholder="Look", custom_id="look", options=options))
    await painter.guilds[0].threads[-1].send("here you choose", view=view)
    select = page.locator("article", has_text="here you choose").last.locator(".select")
    widths = []
    for label in labels:
        await select.click()
        await page.get_by_role("option", name=label).click()
        await expect(select).to_contain_text(label)
        widths.append(await select.evaluate("node => node.offsetWidth"))
    assert widths[0] == widths[1]


async def test_what_does_not_answer_is_told(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    message = await imagine(page)
    await message.get_by_role("button", name="Broken").click()
    await expect(message.get_by_role("alert")).to_have_text("The application did not respond")
    await page.locator(".crumb").click()
    await write(page, "/silent ")
    await expect(page.locator(".notice.failed")).to_contain_text("/silent")
    await expect(page.locator(".notice.failed")).to_contain_text("The application did not respond")
    await page.locator(".notice.failed").get_by_role("button", name="Dismiss").click()
    await expect(page.locator(".notice")).to_have_count(0)


async def test_a_form_keeps_the_focus_and_is_sent_with_enter(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    message = await imagine(page)
    refine = message.get_by_role("button", name="Refine")
    await refine.click()
    dialog = page.get_by_role("dialog", name="Refine the picture")
    await expect(dialog.get_by_label("What should change?")).to_be_focused()
    for _ in range(8):
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "document.activeElement.closest('dialog') || document.activeElement === document.body"
        )
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(refine).to_be_focused()
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_role("alert").first).to_have_text("This needs an answer.")
    await page.keyboard.type("make it <b>night</b>")
    await page.keyboard.press("Enter")
    await expect(newest(page)).to_contain_text("You asked: make it <b>night</b>")


async def test_a_select_is_chosen_with_the_keyboard(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    message = await imagine(page)
    await message.get_by_role("button", name="Choose a style").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(newest(page)).to_contain_text("Style: oil painting")


async def test_two_people_vote_and_take_it_back(visit: Visit, painter: Painter, place: Sandbox) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    mine = await imagine(page)
    await other.locator(".place.thread").click()
    theirs = other.locator("article", has=other.locator(".picture"))
    await mine.hover()
    await mine.get_by_role("button", name="React with 👍").click()
    await theirs.get_by_role("button", name="👍, 1 person", exact=True).click()
    both = mine.get_by_role("button", name="👍, 2 people, you among them")
    await expect(both).to_be_visible()
    await expect(theirs.get_by_role("button", name="👍, 2 people, you among them")).to_be_visible()
    await both.click()
    await expect(theirs.get_by_role("button", name="👍, 1 person, you among them")).to_be_visible()
    await expect(mine.get_by_role("button", name="👍, 1 person", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    await theirs.get_by_role("button", name="Add a reaction").last.click()
    await other.keyboard.type("fire")
    await other.keyboard.press("Enter")
    await expect(mine.get_by_role("button", name=re.compile("🔥, 1 person"))).to_be_visible()
