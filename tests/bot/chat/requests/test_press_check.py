"""Which presses belong to their turn: by the message they came from, its author, its place and its age."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.pictures.actions import Action
from bot.chat.requests.press_check import PressCheck, shown_to_its_person
from bot.errors import GoneTurn, OldButton

ME, ANN, BEN = 1, 101, 102
GUILD, THREAD = 9, 8
ASKED, POSTED = 5000, 6000
HERE = {"guild_id": GUILD, "channel_id": THREAD}


def check(**turn: Any) -> PressCheck:
    """The check of a turn that was asked for at `ASKED` in `THREAD`."""
    facts = {"conversation_id": 3, "message_id": None, "deleted_at": None, "request_id": ASKED, **turn}

    async def known(turn_id: int) -> Any:
        return SimpleNamespace(**facts) if turn_id == 7 else None

    async def conversation(_: int) -> Any:
        return SimpleNamespace(guild_id=GUILD, place_id=THREAD)

    turns: Any = SimpleNamespace(known=known, conversation=conversation)
    return PressCheck(turns)


def press(
    message_id: int | None,
    author: int = ME,
    shown_to: int | None = None,
    pressed_in: int | None = None,
    **where: int,
) -> Any:
    """A press of Ann under a message; none for a form without one.

    `shown_to` makes it a private one, and `pressed_in` is the message whose button it answered.
    """
    message = message_id and SimpleNamespace(
        id=message_id,
        author=SimpleNamespace(id=author),
        flags=SimpleNamespace(ephemeral=shown_to is not None),
        interaction_metadata=shown_to
        and SimpleNamespace(user=SimpleNamespace(id=shown_to), interacted_message_id=pressed_in),
    )
    client = SimpleNamespace(user=SimpleNamespace(id=ME))
    place = {**HERE, **where}
    return SimpleNamespace(message=message, client=client, user=SimpleNamespace(id=ANN), **place)


@pytest.mark.parametrize("action", [Action.INFO, Action.REFINE, Action.THREAD])
async def test_under_the_message_that_shows_the_turn(action: Action) -> None:
    posted = check(message_id=POSTED)
    await posted.of_turn(action, press(POSTED), 7)
    await posted.of_turn(action, press(None), 7)
    for other in (POSTED - 1, POSTED + 1):
        with pytest.raises(OldButton):
            await posted.of_turn(action, press(other), 7)


async def test_before_the_post_is_noted_a_newer_message_of_ours_in_the_same_place_will_do() -> None:
    unnoted = check()
    await unnoted.of_turn(Action.INFO, press(POSTED), 7)
    for wrong in (press(ASKED - 1), press(POSTED, BEN), press(POSTED, channel_id=55)):
        with pytest.raises(OldButton):
            await unnoted.of_turn(Action.INFO, wrong, 7)


async def test_a_status_line_is_known_by_place_and_age() -> None:
    for turn in (check(), check(message_id=POSTED)):
        await turn.of_turn(Action.CANCEL, press(POSTED + 9), 7)
        with pytest.raises(OldButton):
            await turn.of_turn(Action.CANCEL, press(ASKED - 1), 7)


@pytest.mark.parametrize("where", [{"channel_id": 55}, {"guild_id": 77}, {"guild_id": None}])
async def test_no_other_place_reaches_a_turn_deleted_or_not(where: dict[str, Any]) -> None:
    for turn in (check(message_id=POSTED), check(deleted_at="then")):
        with pytest.raises(OldButton):
            await turn.of_turn(Action.INFO, press(POSTED, **where), 7)
        with pytest.raises(OldButton):
            await turn.of_turn(Action.REFINE, press(None, **where), 7)


async def test_what_is_deleted_is_told_where_it_was_and_what_is_unknown_is_of_an_earlier_life() -> None:
    with pytest.raises(GoneTurn):
        await check(deleted_at="then").of_turn(Action.INFO, press(POSTED), 7)
    for unknown in (8, 2**63):
        with pytest.raises(OldButton):
            await check().of_turn(Action.INFO, press(POSTED), unknown)


async def test_what_one_person_was_shown_is_for_that_person() -> None:
    shown_to_its_person(press(POSTED, shown_to=ANN))
    await check().of_turn(Action.DELETE_NOW, press(POSTED, shown_to=ANN), 7)
    for wrong in (press(POSTED), press(POSTED, shown_to=BEN), press(POSTED, BEN, ANN), press(None)):
        with pytest.raises(OldButton):
            shown_to_its_person(wrong)
        with pytest.raises(OldButton):
            await check().of_turn(Action.DELETE_NOW, wrong, 7)


@pytest.mark.parametrize("action", [Action.UPSCALE, Action.REFINE])
async def test_behind_more_a_press_is_of_the_picture_it_was_opened_from(action: Action) -> None:
    shown = POSTED + 50
    for turn in (check(message_id=POSTED), check()):
        await turn.of_turn(action, press(shown, shown_to=ANN, pressed_in=POSTED), 7)
        for wrong in (
            press(shown, shown_to=BEN, pressed_in=POSTED),
            press(shown, BEN, shown_to=ANN, pressed_in=POSTED),
            press(shown, shown_to=ANN, pressed_in=ASKED - 1),
            press(shown, shown_to=ANN),
            press(shown, shown_to=ANN, pressed_in=POSTED, channel_id=55),
        ):
            with pytest.raises(OldButton):
                await turn.of_turn(action, wrong, 7)
    with pytest.raises(OldButton):
        await check(message_id=POSTED).of_turn(action, press(shown, shown_to=ANN, pressed_in=POSTED + 1), 7)
