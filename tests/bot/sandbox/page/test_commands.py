"""Coming in, and using the bot's commands: by name, with options, menus and files."""

import pytest
from playwright.async_api import expect

from bot.sandbox.app import Sandbox
from tests.bot.sandbox.page.acting import composer, newest, write
from tests.bot.sandbox.page.conftest import Visit, enter
from tests.bot.sandbox.page.painter import Painter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


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


async def test_who_is_at_the_door_sees_no_places(visit: Visit, place: Sandbox) -> None:
    guild = next(iter(place.hub.world.guilds.values()))
    place.channels.create_private(guild.id, "reports", "")
    page = await visit("")
    await expect(page.get_by_role("dialog", name="Choose a name")).to_be_visible()
    await expect(page.get_by_role("heading", name="Paint Club", include_hidden=True)).to_be_attached()
    await expect(page.locator(".place", has_text="reports")).to_have_count(0)


async def test_an_empty_place_says_where_the_picture_will_be(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await page.get_by_role("button", name="general", exact=True).click()
    await expect(page.locator(".start p").first).to_contain_text("The picture arrives in a thread")
    await page.locator("[data-place=dm]").click()
    await expect(page.locator(".start p").first).to_contain_text("The picture arrives here")


async def test_enter_sends_a_command_that_needs_nothing(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await composer(page).click()
    await page.keyboard.type("/vo")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("form", name="Command /votes top")).to_contain_text("Enter sends")
    await page.keyboard.press("Enter")
    await expect(newest(page)).to_contain_text("Best of everyone")


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
    await expect(options).to_have_count(6)
    await page.keyboard.type("vo")
    await expect(options).to_have_count(1)
    await expect(options).to_contain_text("/votes top")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("form", name="Command /votes top")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(composer(page)).to_be_focused()


async def test_a_command_of_many_options_keeps_its_description(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa", viewport={"width": 800, "height": 700})
    await composer(page).click()
    await page.keyboard.type("/")
    row = page.get_by_role("option").filter(has_text="/order")
    await expect(row.locator(".suggestion-hint")).to_have_text(
        "size  background?  orientation?  resolution?  +2"
    )
    cut = "(node) => node.scrollWidth > node.clientWidth"
    assert not await row.locator(".suggestion-detail").evaluate(cut)
    assert not await page.locator(".suggest-list").evaluate(cut)


async def test_commands_keep_the_bots_order_and_those_that_need_a_permission_come_last(visit: Visit) -> None:
    page = await visit("")
    labels = await page.evaluate(
        """async () => {
          const { entriesOf } = await import('/page/ui/commands.js');
          const admin = ['status', 'pause'].map((name) => ({ type: 1, name, description: '' }));
          return entriesOf([
            { name: 'admin', description: '', default_member_permissions: '32', options: admin },
            { name: 'imagine', description: '', default_member_permissions: null },
            { name: 'Describe', type: 3, description: '' },
            { name: 'branch', description: '' },
          ]).map((entry) => entry.label);
        }"""
    )
    assert labels == ["/imagine", "/branch", "/admin status", "/admin pause"]


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
    await write(page, "/imagine prompt:a ship")  # the name of the option that is open already
    await expect(page.locator(".thread-card")).to_have_count(3)
    assert painter.asked[2]["prompt"] == "a ship"


async def test_menu_commands_of_the_bot_run_on_a_message(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await write(page, "look at this")
    await newest(page).focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Describe").click()
    await expect(newest(page)).to_contain_text("It says: look at this")


async def test_a_command_takes_a_file(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await composer(page).fill("/copy ")
    picture = await page.screenshot(clip={"x": 0, "y": 0, "width": 40, "height": 40})
    await page.locator(".chip-file").set_input_files(
        {"name": "mine.png", "mimeType": "image/png", "buffer": picture}
    )
    await page.get_by_role("button", name="Send /copy").click()
    await expect(newest(page).get_by_role("button", name="Enlarge picture: mine.png")).to_be_visible()
    await expect(newest(page).locator(".above")).to_contain_text("Rosa used /copy")  # above a follow-up, too


async def test_a_choice_that_is_typed_out_is_the_one_that_enter_takes(visit: Visit, painter: Painter) -> None:
    page = await visit("Rosa")
    await composer(page).focus()
    await page.keyboard.type("/order size:large")
    await expect(page.get_by_role("option", selected=True)).to_have_text("large")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(newest(page)).to_contain_text("One large picture")
