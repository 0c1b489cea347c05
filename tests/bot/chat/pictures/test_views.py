"""Buttons and the form: they carry their turn themselves, and say so in the same way for years."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.pictures.actions import IN_MORE, MAIN_ROW, Action, Moves, PictureState, custom_id
from bot.chat.pictures.views import (
    ONCE_IN_THE_MENU,
    MoreMenu,
    RefineModal,
    Submitted,
    TurnButton,
    modal_submit,
    more_view,
    picture_row,
    status_view,
)
from bot.chat.reports.report_views import Decision, ModeratorButton, ReportForm, report_submit
from bot.i18n import Language
from bot.sandbox.rules.forms import check_message
from model.engine import Capabilities

EN = Language.ENGLISH
TURN = 2**63 - 1
NO_INTERACTION: Any = None  # reading a custom_id does not look at it


def items(view: discord.ui.View) -> list[Any]:
    """Buttons and menus; the view's type does not say that they are dynamic items."""
    return list(view.children)


def under(**state: Any) -> list[dict[str, Any]]:
    """The buttons under a picture."""
    shown = picture_row(PictureState(7, **state), EN).to_component_dict()
    return list(shown["components"])


def row(**state: Any) -> list[str]:
    """The words on them."""
    return [button["label"] for button in under(**state)]


def more(**state: Any) -> list[tuple[str, list[str]]]:
    """The words above and on the buttons that More… shows."""
    parts = iter(more_view(PictureState(7, **state), EN).to_components())
    return [
        (title["content"], [button["label"] for button in buttons["components"]])
        for title, buttons in zip(parts, parts, strict=True)
    ]


async def test_under_a_picture_are_five_buttons_and_the_others_by_what_they_are_about():
    assert row(edited=True) == ["Refine", "Reroll", "Undo", "Vary", "More…"]
    assert more(edited=True) == [
        ("-# Another picture from this one", ["Vary a lot", "Keep composition", "Larger"]),
        ("-# This conversation", ["Redo", "History", "New thread"]),
        ("-# This picture", ["Favourite", "Info", "Delete"]),
    ]


async def test_only_an_edit_can_be_asked_to_keep_the_composition():
    assert more()[0][1] == ["Vary a lot", "Larger"]


async def test_without_an_engine_that_paints_over_pictures_its_buttons_are_not_there():
    able = Capabilities(strength=False)
    assert row(edited=True, able=able) == ["Refine", "Reroll", "Undo", "More…"]
    assert more(edited=True, able=able)[0][1] == ["Redo", "History", "New thread"]


async def test_undo_and_redo_that_can_do_nothing_are_disabled():
    moves = Moves(undo=False, redo=True)
    behind = more_view(PictureState(7, moves=moves), EN).to_components()
    buttons = [*under(moves=moves), *(button for part in behind for button in part.get("components", ()))]
    assert [button["label"] for button in buttons if button["disabled"]] == ["Undo"]


async def test_the_other_way_costs_one_press() -> None:
    assert row(other="repaint") == ["Refine", "Paint anew", "Reroll", "Undo", "More…"]
    assert row(other="edit") == ["Refine", "Edit instead", "Reroll", "Undo", "More…"]
    assert row(other="repaint", worn=True) == ["Refine", "Paint anew", "All at once", "Reroll", "More…"]


@pytest.mark.parametrize(("pictures", "others"), [(2, ["Refine", "Reroll"]), (3, ["Refine"]), (4, [])])
async def test_several_pictures_have_a_button_each_to_pick_one_and_the_others_move(pictures, others):
    shown = under(pictures=pictures)
    assert [button["custom_id"] for button in shown[:pictures]] == [
        f"dc:v1:pick{number}:7" for number in range(1, pictures + 1)
    ]
    assert [button["label"] for button in shown[pictures:]] == [*others, "More…"]
    title, moved = more(pictures=pictures)[0]
    assert title == "-# Go on from here"
    assert [*others, *moved] == ["Refine", "Reroll", "Undo", "Vary"]


@pytest.mark.parametrize("reports", [True, False])
async def test_where_there_are_moderators_a_picture_can_be_reported(reports):
    assert ("Report" in more(pictures=4, reports=reports)[-1][1]) is reports


@pytest.mark.parametrize("deletable", [True, False])
async def test_delete_is_there_for_those_who_may(deletable):
    assert ("Delete" in more(pictures=4, deletable=deletable)[-1][1]) is deletable


async def test_what_more_shows_stays_within_discords_limits_with_every_button():
    components = more_view(PictureState(7, 4, edited=True, reports=True), EN).to_components()
    check_message({"components": components, "flags": 1 << 15})


def test_every_button_of_a_picture_stands_in_one_place_():
    placed = [*MAIN_ROW, *(action for group in IN_MORE for action in group.actions)]
    assert len(placed) == len(set(placed))


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
