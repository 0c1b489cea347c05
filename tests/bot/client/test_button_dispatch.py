"""A press reaches the feature of its button, once."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.discord_api.seen_events import SeenEvents
from bot.chat.pictures.actions import Action
from bot.client.button_dispatch import ButtonDispatch


async def test_a_press_reaches_its_handler_once_with_what_the_button_carries() -> None:
    languages: Any = None
    checked: list[tuple[Any, ...]] = []

    async def of_turn(action: Action, interaction: Any, turn_id: int) -> None:
        checked.append((action, interaction.id, turn_id))

    checks: Any = SimpleNamespace(of_turn=of_turn)
    buttons, pressed = ButtonDispatch(SeenEvents(), languages, checks), []

    async def reroll(interaction: Any, turn_id: int) -> None:
        pressed.append((interaction.id, turn_id))

    buttons.handle(Action.REROLL, reroll)
    for event in (1, 1, 2):
        interaction: Any = SimpleNamespace(id=event, message=None)
        await buttons.press(Action.REROLL, interaction, 7)
    assert pressed == [(1, 7), (2, 7)]
    assert checked == [(Action.REROLL, 1, 7), (Action.REROLL, 2, 7)]


@pytest.mark.parametrize(
    ("action", "private", "answer", "gone"),
    [
        (Action.UPSCALE, True, discord.InteractionResponseType.deferred_message_update, True),
        (Action.UPSCALE, False, discord.InteractionResponseType.deferred_message_update, False),
        (Action.INFO, True, discord.InteractionResponseType.channel_message, False),
        (Action.DELETE_NOW, True, discord.InteractionResponseType.deferred_message_update, False),
    ],
)
async def test_what_more_showed_goes_once_it_was_pressed_in_and_nothing_else_does(
    action: Action, private: bool, answer: discord.InteractionResponseType, gone: bool
) -> None:
    async def nothing(*_: Any) -> None:
        """Neither refused nor done."""

    deleted = []

    async def delete() -> None:
        deleted.append(action)

    checks: Any = SimpleNamespace(of_turn=nothing)
    languages: Any = None
    buttons = ButtonDispatch(SeenEvents(), languages, checks)
    buttons.handle(action, nothing)
    interaction: Any = SimpleNamespace(
        id=1,
        message=SimpleNamespace(flags=SimpleNamespace(ephemeral=private)),
        response=SimpleNamespace(type=answer),
        delete_original_response=delete,
    )
    await buttons.press(action, interaction, 7)
    assert bool(deleted) is gone


def test_of_very_many_events_the_oldest_are_forgotten() -> None:
    seen = SeenEvents()
    assert all(seen.first_time(event) for event in range(5001))
    assert not seen.first_time(5000)
    assert seen.first_time(0)
