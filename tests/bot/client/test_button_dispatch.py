"""A press reaches the feature of its button, once."""

from types import SimpleNamespace
from typing import Any

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
        interaction: Any = SimpleNamespace(id=event)
        await buttons.press(Action.REROLL, interaction, 7)
    assert pressed == [(1, 7), (2, 7)]
    assert checked == [(Action.REROLL, 1, 7), (Action.REROLL, 2, 7)]


def test_of_very_many_events_the_oldest_are_forgotten() -> None:
    seen = SeenEvents()
    assert all(seen.first_time(event) for event in range(5001))
    assert not seen.first_time(5000)
    assert seen.first_time(0)
