"""A command and a wish in one message: the command is done, and the wish changes what it led to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.options import Options
from bot.store.feedback import Signal
from tests.bot.house import ANN, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def test_after_an_undo_the_wish_changes_the_picture_before(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, "make it night")
    third = await house.refined(first.conversation_id, "undo that and make it blue")
    assert (third.parent_turn_id, third.instruction) == (first.id, "make it blue")
    assert third.target_prompt == "a red house, finely drawn, make it blue"


async def test_the_chosen_picture_is_the_one_that_is_changed(house: House) -> None:
    four = await house.imagined(options=Options(count=4))
    night = await house.refined(four.conversation_id, "the third one, but at night")
    assert (night.parent_turn_id, night.instruction) == (four.id, "at night")
    picked = await house.conversations.turn(four.id)
    assert picked.parameters.picked == 2
    votes = await house.feedback.of_images(image.id for image in picked.images)
    assert [(vote.user_id, vote.image_id) for vote in votes if vote.kind is Signal.PICK] == [
        (ANN, picked.images[2].id)
    ]


@pytest.mark.parametrize(
    "said", ["the second one, but at night", "undo and make it blue", "redo, but red", "undo, thank you"]
)
async def test_what_cannot_be_done_is_left_to_the_language_model(house: House, said: str) -> None:
    only = await house.imagined()
    assert (await house.refined(only.conversation_id, said)).instruction == said


async def test_a_place_that_is_not_there_is_not_chosen(house: House) -> None:
    two = await house.imagined(options=Options(count=2))
    said = "the fourth one, but at night"
    assert (await house.refined(two.conversation_id, said)).instruction == said
    assert (await house.conversations.turn(two.id)).parameters.picked is None


async def test_a_reply_to_an_earlier_picture_goes_on_from_that_one(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, "make it night")
    said = "undo that and make it blue"
    branch = await house.refined(first.conversation_id, said, parent=first.id)
    assert (branch.parent_turn_id, branch.instruction) == (first.id, said)


async def test_while_the_picture_before_is_in_work_the_words_stay_whole(house: House) -> None:
    first = await house.imagined()
    await house.refine(first.conversation_id, "make it night")
    said = "undo that and make it blue"
    assert (await house.refined(first.conversation_id, said)).instruction == said
