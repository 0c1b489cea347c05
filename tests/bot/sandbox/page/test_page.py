"""What a person does on the page, driven in a browser: names, commands, buttons, forms, votes, threads."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from bot.sandbox.app import Sandbox
from tests.bot.sandbox.page.conftest import Visit, enter
from tests.bot.sandbox.page.painter import Painter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def composer(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Message", exact=True)


def newest(page: Page) -> Locator:
    return page.locator("article").last


async def write(page: Page, text: str) -> None:
    """Type as a person does and press Enter."""
    await composer(page).click()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def imagine(page: Page, prompt: str = "a red house in a meadow") -> Locator:
    """Ask for a picture and open its thread; the result is the message with the picture."""
    await write(page, f"/imagine {prompt}")
    await page.locator(".thread-card").last.click()
    await expect(page.locator(".top-name")).to_have_text(prompt)
    await expect(page.locator("article .picture")).to_have_count(1)
    return page.locator("article", has=page.locator(".picture")).last


async def test_a_newcomer_chooses_a_name_and_is_told_what_to_type(visit: Visit, painter: Painter) -> None:
    page = await visit("")
    await expect(page.get_by_role("dialog", name="Choose a name")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Choose a name")).to_be_visible()  # somebody one must be
    await enter(page, "Rosa")
    await expect(page.get_by_role("heading", name="Paint Club")).to_be_visible()
    await expect(page.get_by_role("button", name="pictures", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    await page.get_by_role("button", name="/imagine a red house in a meadow").click()
    await expect(page.locator("[data-option=prompt] textarea")).to_have_value("a red house in a meadow")
    await expect(page.locator("[data-option=prompt] textarea")).to_be_focused()


async def test_the_name_stays_with_the_tab_and_another_tab_may_be_another_person(visit: Visit) -> None:
    page = await visit("Rosa")
    await page.reload()
    await expect(page.locator(".me")).to_contain_text("Rosa")
    second = await page.context.new_page()
    await second.goto(page.url)
    await second.get_by_role("button", name="Grace").click()
    await expect(second.locator(".me")).to_contain_text("Grace")
    await expect(page.locator(".me")).to_contain_text("Rosa")


async def test_slash_lists_commands_and_filters_them(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await composer(page).click()
    await page.keyboard.type("/")
    options = page.get_by_role("option")
    await expect(options).to_have_count(5)
    await page.keyboard.type("vo")
    await expect(options).to_have_count(1)
    await expect(options).to_contain_text("/votes top")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("form", name="Command /votes top")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(composer(page)).to_be_focused()


async def test_a_command_takes_options_with_autocomplete_by_keyboard_alone(
    visit: Visit, painter: Painter
) -> None:
    page = await visit("Rosa")
    await composer(page).focus()
    await page.keyboard.type("/im")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-option=prompt]")).to_contain_text("Required")
    await page.keyboard.type("a blue boat")
    await page.locator("[data-add=style]").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option")).to_have_count(4)
    await page.keyboard.type("ink")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await page.locator("[data-add=count]").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("9")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-option=count]")).to_contain_text("At most 4")
    await page.keyboard.press("Backspace")
    await page.keyboard.type("2")
    await page.keyboard.press("Enter")
    await expect(page.locator(".thread-card")).to_be_visible()
    assert painter.asked == [{"prompt": "a blue boat", "style": "ink drawing", "count": 2}]


async def test_options_typed_by_name_are_understood(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await composer(page).fill("/imagine a fox in the snow style:watercolor count: 3")
    await expect(page.locator("[data-option=count] textarea")).to_have_value("3")
    await page.locator("[data-option=count] textarea").press("Enter")
    await expect(page.locator(".thread-card")).to_be_visible()
    assert painter.asked == [{"prompt": "a fox in the snow", "style": "watercolor", "count": 3}]
    await write(page, "/imagine a fox: at night count:2")
    await expect(page.locator(".thread-card")).to_have_count(2)
    assert painter.asked[1] == {"prompt": "a fox: at night", "style": None, "count": 2}


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


async def test_menu_commands_of_the_bot_run_on_a_message(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await write(page, "look at this")
    await newest(page).focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Describe").click()
    await expect(newest(page)).to_contain_text("It says: look at this")


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


async def test_a_command_takes_a_file(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await composer(page).fill("/copy ")
    picture = await page.screenshot(clip={"x": 0, "y": 0, "width": 40, "height": 40})
    await page.locator(".chip-file").set_input_files(
        {"name": "mine.png", "mimeType": "image/png", "buffer": picture}
    )
    await page.get_by_role("button", name="Send /copy").click()
    await expect(newest(page).get_by_role("button", name="Enlarge picture: mine.png")).to_be_visible()


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


async def test_ctrl_k_goes_anywhere(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await imagine(page)
    await page.keyboard.press("Control+k")
    await page.keyboard.type("gen")
    await page.keyboard.press("Enter")
    await expect(page.locator(".top-name")).to_have_text("general")


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
