"""Votes: one a person, picture and emoji; taken back, given again, cleared; signals; exposures."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.options import Options
from bot.store.feedback import Signal, Vote, plain_emoji
from tests.bot.house import ANN, BEN, CLEO, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def votes(house: House, turn_id: int) -> list[Vote]:
    turn = await house.conversations.turn(turn_id)
    return await house.feedback.of_images(image.id for image in turn.images)


async def test_a_vote_is_stored_once_with_its_worth_and_whose_it_is(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    assert await house.feedback.vote(turn.message_id, BEN, "👍", 1)
    assert await house.feedback.vote(turn.message_id, BEN, "👍", 1)
    assert await house.feedback.vote(turn.message_id, ANN, "❤️", 2)
    ben, ann = await votes(house, turn.id)
    assert (ben.user_id, ben.kind, ben.emoji, ben.value, ben.is_self) == (BEN, "reaction", "👍", 1, False)
    assert (ann.user_id, ann.emoji, ann.value, ann.is_self) == (ANN, "❤", 2, True)


async def test_a_vote_can_be_taken_back_and_given_again(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    await house.feedback.vote(turn.message_id, BEN, "👍", 1)
    assert await house.feedback.retract(turn.message_id, BEN, "👍")
    assert not await house.feedback.retract(turn.message_id, BEN, "👍")
    [taken_back] = await votes(house, turn.id)
    assert taken_back.retracted_at is not None
    await house.feedback.vote(turn.message_id, BEN, "👍", 2)
    [again] = await votes(house, turn.id)
    assert again.retracted_at is None
    assert again.value == 2
    assert again.created_at > taken_back.created_at


async def test_a_repeated_event_does_not_make_a_vote_younger(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    await house.feedback.vote(turn.message_id, BEN, "👍", 1)
    before = await votes(house, turn.id)
    await house.feedback.vote(turn.message_id, BEN, "👍", 1)
    assert await votes(house, turn.id) == before


async def test_skin_tones_and_presentation_marks_make_no_other_vote(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    for emoji in ("👍", "👍🏽", "👍\ufe0f"):
        await house.feedback.vote(turn.message_id, BEN, emoji, 1)
    assert len(await votes(house, turn.id)) == 1
    assert plain_emoji("❤️") == "❤"


async def test_a_vote_on_a_message_without_pictures_is_ignored(house: House) -> None:
    assert not await house.feedback.vote(424242, BEN, "👍", 1)
    assert not await house.feedback.retract(424242, BEN, "👍")


async def test_a_vote_on_a_grid_counts_for_each_picture(house: House) -> None:
    turn = await house.imagined(options=Options(count=4))
    assert turn.message_id is not None
    await house.feedback.vote(turn.message_id, BEN, "👎", -1)
    assert [vote.image_id for vote in await votes(house, turn.id)] == [image.id for image in turn.images]


async def test_a_list_makes_votes_its_own_but_for_people_who_are_left_out(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    for person in (ANN, BEN):
        await house.feedback.vote(turn.message_id, person, "👍", 1)
    changed = await house.feedback.reconcile(turn.message_id, "👍", 1, [CLEO, 104], but={BEN, 104})
    assert changed == 2
    standing = {vote.user_id for vote in await votes(house, turn.id) if vote.retracted_at is None}
    assert standing == {BEN, CLEO}


async def test_a_moderator_clears_one_emoji_or_all(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    for person, emoji in ((ANN, "👍"), (BEN, "👍"), (CLEO, "👎")):
        await house.feedback.vote(turn.message_id, person, emoji, 1)
    assert await house.feedback.clear(turn.message_id, "👍") == 2
    assert await house.feedback.clear(turn.message_id) == 1
    assert all(vote.retracted_at for vote in await votes(house, turn.id))


async def test_what_people_do_with_a_picture_is_a_signal(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    await house.finished(await house.derived.reroll(second.id, BEN))
    await house.trees.undo(first.conversation_id, CLEO)
    assert [(v.user_id, v.kind, v.value) for v in await votes(house, first.id)] == [(ANN, "base", 1)]
    assert [(v.user_id, v.kind, v.value) for v in await votes(house, second.id)] == [(BEN, "reroll", -1)]


async def test_redo_takes_the_signal_of_undo_back(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    await house.trees.undo(first.conversation_id, BEN)
    assert [(v.kind, v.retracted_at) for v in await votes(house, second.id)] == [(Signal.UNDO, None)]
    await house.trees.redo(first.conversation_id, BEN)
    [undone] = await votes(house, second.id)
    assert undone.retracted_at is not None


async def test_clearing_reactions_leaves_signals_alone(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, "make it night")
    assert first.message_id is not None
    await house.feedback.clear(first.message_id)
    assert [vote.retracted_at for vote in await votes(house, first.id)] == [None]


async def test_exposures_are_a_set(house: House) -> None:
    turn = await house.imagined()
    await house.feedback.expose(turn.id, [ANN, BEN, BEN])
    await house.feedback.expose(turn.id, [BEN, CLEO])
    await house.feedback.expose(turn.id, [])
    assert await house.feedback.exposed(turn.id) == {ANN, BEN, CLEO}


async def test_votes_go_with_their_picture(house: House) -> None:
    turn = await house.imagined()
    assert turn.message_id is not None
    await house.feedback.vote(turn.message_id, BEN, "👍", 1)
    await house.turns.delete_turn(turn.id, ANN)
    assert await house.feedback.of_images(image.id for image in turn.images) == []
