"""People among themselves: writing, answering, editing, sending files, in private, and what is unread."""

import re

import pytest
from playwright.async_api import expect

from bot.sandbox.app import Sandbox
from tests.bot.sandbox.page.acting import composer, imagine, newest, write
from tests.bot.sandbox.page.conftest import Visit
from tests.bot.sandbox.page.painter import Painter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_messages_are_answered_edited_and_deleted(visit: Visit, painter: Painter) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    await write(page, "first **bold** words")
    await write(page, "second words")
    await expect(page.locator("article.grouped")).to_have_text(re.compile("second words"))
    first = other.locator("article", has_text="first bold words")
    await first.hover()
    await first.get_by_role("button", name="Reply", exact=True).click()
    await expect(other.locator(".reply-bar")).to_contain_text("Replying to Rosa")
    await other.keyboard.press("Escape")
    await expect(other.locator(".reply-bar")).to_be_hidden()
    await first.focus()
    await other.keyboard.press("r")
    await other.keyboard.type("an answer")
    await other.keyboard.press("Enter")
    reference = page.get_by_role("button", name="In reply to Rosa: show it")
    await expect(reference).to_contain_text("first bold words")
    await reference.click()
    await expect(page.locator("article", has_text="first bold words").first).to_be_focused()
    await composer(page).focus()
    await page.keyboard.press("ArrowUp")
    await page.get_by_role("textbox", name="Edit the message").fill("second thoughts")
    await page.keyboard.press("Enter")
    edited = other.locator("article", has_text="second thoughts")
    await expect(edited).to_contain_text("(edited)")
    await page.locator("article", has_text="second thoughts").click(button="right")
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(edited).to_have_count(0)
    await other.locator("article", has_text="an answer").click(button="right")
    await expect(other.get_by_role("menuitem", name="Delete")).to_be_visible()
    await expect(other.get_by_role("menuitem", name="Describe")).to_be_visible()


async def test_pictures_are_sent_by_choosing_and_pasting(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    png = b"\x89PNG\r\n\x1a\n" + bytes(30)
    await page.locator(".composer-row input[type=file]").set_input_files(
        {"name": "note.txt", "mimeType": "text/plain", "buffer": b"words"}
    )
    await expect(page.locator(".preview")).to_contain_text("note.txt")
    await composer(page).press("Enter")
    await expect(newest(page).locator("a.file")).to_contain_text("note.txt")
    await page.evaluate(PASTE_A_PICTURE)
    await expect(page.locator(".preview img")).to_be_visible()
    await page.get_by_role("button", name="Remove pasted.png").click()
    await expect(page.locator(".preview")).to_have_count(0)
    await page.locator(".composer-row input[type=file]").set_input_files(
        {"name": "huge.png", "mimeType": "image/png", "buffer": png + bytes(10 * 1024 * 1024)}
    )
    await expect(page.get_by_text("10.0 MB is the most a file may have here")).to_be_visible()


PASTE_A_PICTURE = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 8, height: 8});
  const blob = await new Promise((done) => canvas.toBlob(done));
  const data = new DataTransfer();
  data.items.add(new File([blob], 'pasted.png', {type: 'image/png'}));
  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector('.composer-input').dispatchEvent(event);
}"""


async def test_a_direct_message_to_the_bot(visit: Visit, painter: Painter) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    await page.locator("[data-place=dm]").click()
    await expect(page.locator(".top-name")).to_have_text("DiffChat")
    await write(page, "a lighthouse")
    await expect(page.locator(".picture")).to_have_count(1)
    await expect(other.get_by_text("a lighthouse")).to_have_count(0)


async def test_unread_messages_are_marked_and_where_they_begin(visit: Visit, painter: Painter) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    await write(page, "read already")
    await page.get_by_role("button", name="general", exact=True).click()
    await expect(other.get_by_text("read already")).to_be_visible()
    await write(other, "not read yet")
    await expect(page.locator(".place.unread")).to_contain_text("pictures")
    assert (await page.title()).startswith("•")
    await page.get_by_role("button", name=re.compile("^pictures")).click()
    await expect(page.locator(".divider.new + article")).to_contain_text("not read yet")
    await expect(page.locator(".place.unread")).to_have_count(0)


async def test_a_long_history_loads_as_one_scrolls_and_tells_of_new_messages(
    visit: Visit, painter: Painter, place: Sandbox
) -> None:
    page, other = await visit("Rosa"), await visit("Kim")
    channel = next(c for c in place.hub.world.channels.values() if c.name == "pictures")
    discord_channel = await painter.fetch_channel(channel.id)
    for number in range(60):
        await discord_channel.send(f"line {number}")  # type: ignore[union-attr]
    await page.reload()
    await expect(newest(page)).to_contain_text("line 59")
    await expect(newest(page)).to_be_in_viewport()
    await page.locator(".scroller").evaluate("box => box.scrollTop = 0")
    await expect(page.get_by_text("line 0", exact=True)).to_be_attached()
    await page.locator(".scroller").evaluate("box => box.scrollTop = 0")
    await write(other, "something new")
    await page.get_by_role("button", name="1 new message").click()
    await expect(newest(page)).to_contain_text("something new")
    await expect(newest(page)).to_be_in_viewport()
    await expect(page.locator(".jump")).to_be_hidden()


async def test_the_answer_to_ones_own_command_and_press_is_scrolled_to(
    visit: Visit, painter: Painter
) -> None:
    page = await visit("Rosa")
    await imagine(page)
    message = await anext(m async for m in painter.guilds[0].threads[-1].history() if m.components)
    await message.channel.send("line\n" * 80)
    await page.locator(".scroller").evaluate("list => { list.scrollTop = 0; }")
    await expect(page.locator(".jump")).to_be_visible()
    await page.get_by_role("button", name="Seed").click()
    await expect(newest(page)).to_contain_text("The seed is 42.")
    await expect(newest(page)).to_be_in_viewport()
    await page.locator(".scroller").evaluate("list => { list.scrollTop = 0; }")
    await expect(page.locator(".jump")).to_be_visible()
    await write(page, "/help ")
    await expect(newest(page)).to_contain_text("Say what you want")
    await expect(newest(page)).to_be_in_viewport()
    await expect(page.locator(".jump")).to_be_hidden()
