"""Buttons and the form: they carry their turn themselves, and say so in the same way for years."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.pictures.actions import IN_MORE, MAIN_ROW, Action, PictureState, custom_id
from bot.chat.pictures.views import (
    ONCE_IN_THE_MENU,
    MoreMenu,
    RefineModal,
    Submitted,
    TurnButton,
    modal_submit,
    status_view,
    turn_view,
)
from bot.chat.reports.report_views import Decision, ModeratorButton, ReportForm, report_submit
from bot.i18n import Language
from model.engine import Capabilities

EN = Language.ENGLISH
TURN = 2**63 - 1
NO_INTERACTION: Any = None  # reading a custom_id does not look at it


def items(view: discord.ui.View) -> list[Any]:
    """Buttons and menus; the view's type does not say that they are dynamic items."""
    return list(view.children)


def labels(**state: Any) -> list[list[str]]:
    """The words on the buttons, by row."""
    rows = turn_view(PictureState(7, **state), EN).to_components()
    return [[button["label"] for button in row["components"]] for row in rows]


async def test_the_rows_under_a_picture_have_an_emoji_and_a_word_on_every_button():
    assert labels(edited=True) == [
        ["Refine", "Reroll", "Vary a little", "Undo"],
        ["Vary a lot", "Keep composition", "Larger"],
        ["Redo", "History", "New thread"],
        ["Info", "Delete"],
    ]
    assert all(button.item.emoji for button in items(turn_view(PictureState(7), EN)))


async def test_only_an_edit_can_be_asked_to_keep_the_composition():
    assert labels()[1] == ["Vary a lot", "Larger"]


async def test_without_an_engine_that_paints_over_pictures_its_buttons_are_not_there():
    assert labels(edited=True, able=Capabilities(strength=False))[:2] == [
        ["Refine", "Reroll", "Undo"],
        ["Redo", "History", "New thread"],
    ]


async def test_several_pictures_have_a_button_each_to_pick_one():
    rows = turn_view(PictureState(7, pictures=3), EN).to_components()
    assert [button["custom_id"] for button in rows[1]["components"]] == [
        "dc:v1:pick1:7", "dc:v1:pick2:7", "dc:v1:pick3:7",
    ]  # fmt: skip


@pytest.mark.parametrize("reports", [True, False])
async def test_where_there_are_moderators_a_picture_can_be_reported(reports):
    assert ("Report" in labels(pictures=4, reports=reports)[-1]) is reports


def test_every_button_of_a_picture_stands_in_one_place_and_there_are_few_in_the_main_row():
    placed = [*MAIN_ROW, *(action for group in IN_MORE for action in group.actions)]
    assert len(placed) == len(set(placed))
    assert len(MAIN_ROW) <= 4


async def test_the_form_of_a_report_gives_turn_and_reason_back():
    shown = ReportForm(TURN, EN).to_dict()
    shown["components"][0]["component"]["value"] = "rude"
    assert report_submit(submitted(shown["custom_id"], shown["components"])) == (TURN, "rude")
    assert modal_submit(submitted(shown["custom_id"], shown["components"])) is None
    assert len(shown["title"]) <= 45


@pytest.mark.parametrize("decision", Decision)
async def test_a_moderators_button_is_read_back_from_its_custom_id(decision):
    button = ModeratorButton(decision, TURN)
    template = ModeratorButton.__discord_ui_compiled_template__
    assert TurnButton.__discord_ui_compiled_template__.fullmatch(button.custom_id) is None
    match = template.fullmatch(button.custom_id)
    assert match is not None
    again = await ModeratorButton.from_custom_id(NO_INTERACTION, button.item, match)
    assert (again.decision, again.report_id) == (decision, TURN)


async def test_a_status_line_can_be_cancelled():
    assert [button.item.custom_id for button in items(status_view(7, EN))] == ["dc:v1:cancel:7"]


@pytest.mark.parametrize("action", Action)
async def test_a_button_is_read_back_from_its_custom_id(action):
    button = TurnButton(action, TURN)
    match = TurnButton.__discord_ui_compiled_template__.fullmatch(button.custom_id)
    assert match is not None
    again = await TurnButton.from_custom_id(NO_INTERACTION, button.item, match)
    assert (again.action, again.turn_id) == (action, TURN)
    assert len(custom_id(action, TURN)) <= 100


async def test_the_menu_is_read_back_from_its_custom_id():
    menu = MoreMenu(TURN)
    match = MoreMenu.__discord_ui_compiled_template__.fullmatch(menu.custom_id)
    assert match is not None
    assert (await MoreMenu.from_custom_id(NO_INTERACTION, menu.item, match)).turn_id == TURN


@pytest.mark.parametrize("action", ONCE_IN_THE_MENU)
async def test_every_choice_that_a_menu_ever_had_still_works(action):
    pressed = []

    async def press(*what):
        pressed.append(what)

    client = SimpleNamespace(buttons=SimpleNamespace(press=press))
    interaction: Any = SimpleNamespace(data={"values": [action.key]}, client=client)
    await MoreMenu(7).callback(interaction)
    assert pressed == [(action, interaction, 7)]


@pytest.mark.parametrize(
    "foreign", ["dc:v2:reroll:1", "dc:v1:reroll:", "dc:v1:sudo:1", "dc:v1:reroll:1x", ""]
)
def test_foreign_custom_ids_are_left_alone(foreign):
    assert TurnButton.__discord_ui_compiled_template__.fullmatch(foreign) is None


def submitted(custom_id, components, kind=discord.InteractionType.modal_submit):
    return SimpleNamespace(type=kind, data={"custom_id": custom_id, "components": components})


async def test_a_submitted_form_gives_turn_and_words_back():
    shown = RefineModal(TURN, 1000, EN).to_dict()
    label, how = shown["components"]
    label["component"]["value"] = "make it night"
    assert modal_submit(submitted(shown["custom_id"], [label])) == Submitted(TURN, "make it night")
    assert [option["value"] for option in how["component"]["options"] if option["default"]] == ["edit"]
    how["component"]["values"] = ["exact"]
    assert modal_submit(submitted(shown["custom_id"], [label, how])) == Submitted(TURN, "make it night", True)


def test_an_older_clients_rows_are_read_too():
    row = {"type": 1, "components": [{"type": 4, "custom_id": "instruction", "value": "snow"}]}
    assert modal_submit(submitted("dc:v1:modal:7", [row])) == Submitted(7, "snow")


@pytest.mark.parametrize("custom_id", ["dc:v1:modal:x", "somebody else's", ""])
def test_other_forms_are_left_alone(custom_id):
    assert modal_submit(submitted(custom_id, [])) is None


def test_other_interactions_are_no_forms():
    assert modal_submit(submitted("dc:v1:modal:7", [], discord.InteractionType.component)) is None
