"""Edit trees: undo, redo, older pictures, what was not meant, and which conversation belongs to a place."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.said_commands import Asked, Request
from bot.errors import FirstPicture, NoPictureYet
from bot.store.feedback import Signal
from tests.bot.house import ANN, BEN, CHANNEL, THREAD, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def test_undo_and_redo_move_the_head_and_refinements_follow(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    moved = await house.trees.undo(first.conversation_id, BEN)
    assert (moved.turn.id, moved.conversation.head_turn_id) == (first.id, first.id)
    assert (await house.trees.redo(first.conversation_id, BEN)).turn.id == second.id
    await house.trees.undo(first.conversation_id, BEN)
    third = await house.refined(first.conversation_id, "make it blue")
    assert third.parent_turn_id == first.id


async def test_several_pictures_are_gone_back_at_once_and_forward_one_by_one(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    third = await house.refined(first.conversation_id, "add a lantern")
    fourth = await house.refined(first.conversation_id, "make it blue")

    async def back(steps: int) -> int:
        asked = Request(Asked.UNDO, str(steps))
        return (await house.trees.move(first.conversation_id, BEN, asked)).turn.id

    assert await back(2) == second.id
    assert (await house.trees.redo(first.conversation_id, BEN)).turn.id == third.id
    assert (await house.trees.redo(first.conversation_id, BEN)).turn.id == fourth.id
    assert await back(9) == first.id, "no further than to the first"
    with pytest.raises(FirstPicture):
        await back(2)


async def test_undo_of_the_first_picture_is_explained(house: House) -> None:
    first = await house.imagined()
    with pytest.raises(FirstPicture, match="This is the first picture"):
        await house.trees.undo(first.conversation_id, ANN)


async def test_an_older_picture_can_be_branched_from(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, "make it night")
    branch = await house.refined(first.conversation_id, "make it blue", parent=first.id)
    assert branch.parent_turn_id == first.id
    assert branch.target_prompt == "a red house, finely drawn, make it blue"
    assert (await house.trees.undo(first.conversation_id, ANN)).turn.id == first.id


async def not_meant(house: House, turn_id: int) -> set[int]:
    """Whose word stands that a turn's picture is not what they meant."""
    images = (await house.conversations.turn(turn_id)).images
    votes = await house.feedback.of_images(image.id for image in images)
    return {vote.user_id for vote in votes if vote.kind is Signal.NOT_MEANT and vote.retracted_at is None}


async def test_what_was_not_meant_is_left_with_all_that_was_made_from_it(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "mk it nite")
    await house.refined(first.conversation_id, "add a lantern")
    moved = await house.trees.not_meant(second.id, ANN)
    assert (moved.turn.id, moved.conversation.head_turn_id) == (first.id, first.id)
    assert await not_meant(house, second.id) == {ANN}


async def test_a_picture_on_another_branch_stays_the_current_one(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "mk it nite")
    await house.trees.not_meant(second.id, ANN)
    last = await house.refined(first.conversation_id, "add a tree")
    moved = await house.trees.not_meant(second.id, BEN)
    assert (moved.turn.id, moved.conversation.head_turn_id) == (second.id, last.id)
    assert await not_meant(house, second.id) == {ANN, BEN}


async def test_a_first_picture_that_was_not_meant_stays_and_the_vote_counts(house: House) -> None:
    first = await house.imagined()
    moved = await house.trees.not_meant(first.id, ANN)
    assert (moved.turn.id, moved.conversation.head_turn_id) == (first.id, first.id)
    assert await not_meant(house, first.id) == {ANN}


async def test_a_redo_takes_back_that_the_picture_was_not_meant(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "mk it nite")
    for person in (ANN, BEN):
        await house.trees.not_meant(second.id, person)
    assert (await house.trees.redo(first.conversation_id, ANN)).turn.id == second.id
    assert await not_meant(house, second.id) == {BEN}


async def test_a_conversation_is_found_by_its_thread_or_its_channel(house: House) -> None:
    older, newer = await house.imagine("a house"), await house.imagine("a boat")
    threaded = await house.imagine("a tree")
    await house.conversations.set_thread(threaded.conversation.id, THREAD)
    found = await house.trees.conversation_at(THREAD)
    assert found is not None
    assert (found.id, found.place_id) == (threaded.conversation.id, THREAD)
    in_channel = await house.trees.conversation_at(CHANNEL)
    assert in_channel is not None
    assert in_channel.id == newer.conversation.id
    assert older.conversation.place_id == CHANNEL
    assert await house.trees.conversation_at(4711) is None


async def test_a_command_where_no_picture_is_says_so(house: House) -> None:
    accepted = await house.imagine()
    assert (await house.trees.conversation_here(CHANNEL)).id == accepted.conversation.id
    with pytest.raises(NoPictureYet):
        await house.trees.conversation_here(4711)


async def test_a_turn_is_found_by_the_message_that_shows_it(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    found = await house.trees.turn_shown_by(turn.message_id)
    assert found == turn
    assert await house.trees.turn_shown_by(4711) is None
