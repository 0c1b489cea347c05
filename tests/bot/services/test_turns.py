"""What people can do: the use cases, their refusals, and what they leave in the database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.conversation import Origin, TurnKind
from bot.domain.job import JobState
from bot.domain.options import Options
from bot.errors import (
    BadOption,
    EmojiOnly,
    EmptyText,
    GoneConversation,
    GoneTurn,
    NoPictureYet,
    NotYours,
    TextTooLong,
)
from bot.settings import ImagineSettings
from tests.bot.house import ANN, BEN, GUILD, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def test_a_conversation_begins_with_the_cleaned_words_and_the_style(house: House) -> None:
    style, words = next(iter(house.turns.styles.items()))
    accepted = await house.imagine("  a red\u200b house <@5>", options=Options(style=style))
    assert accepted.turn.source_prompt == f"a red house{words}"
    assert accepted.turn.instruction == ""
    assert accepted.turn.kind is TurnKind.IMAGINE
    assert accepted.turn.origin is Origin.SLASH
    assert accepted.turn.parameters.style == style
    assert accepted.conversation.title == "a red house"
    assert accepted.conversation.guild_id == GUILD


async def test_a_long_prompt_gives_a_title_that_discord_takes(house: House) -> None:
    assert len((await house.imagine("word " * 150)).conversation.title) <= 100


@pytest.mark.parametrize(
    ("prompt", "error"),
    [("", EmptyText), ("\u200b", EmptyText), ("🦊", EmojiOnly), ("x" * 2100, TextTooLong)],
)
async def test_words_that_cannot_be_used_are_refused_and_store_nothing(
    house: House, prompt: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await house.imagine(prompt)
    with pytest.raises(error):
        await house.turns.check(prompt, ANN)
    first = await house.imagined()
    with pytest.raises(error):
        await house.refine(first.conversation_id, prompt)
    assert list((await house.conversations.tree(first.conversation_id)).turns) == [first.id]


async def test_options_that_are_not_offered_are_refused(tmp_path: Path) -> None:
    async with open_house(tmp_path, imagine=ImagineSettings(max_count=2)) as house:
        with pytest.raises(BadOption):
            await house.imagine(options=Options(count=3))
        with pytest.raises(BadOption):
            await house.turns.check("a house", ANN, Options(style="crayon"))
        assert (await house.turns.check(" a  house ", ANN, Options(count=2))).prompt == "a house"


async def test_a_reroll_keeps_the_words_and_takes_another_seed(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    edits = len(house.engine.edits)
    again = await house.finished(await house.derived.reroll(second.id, BEN))
    assert len(house.engine.edits) == edits
    assert again.kind is TurnKind.REROLL
    assert (again.instruction, again.target_prompt) == (second.instruction, second.target_prompt)
    assert (again.llm_model, again.prompt_version) == (second.llm_model, second.prompt_version)
    assert again.parameters.seed != second.parameters.seed
    assert again.parent_turn_id == second.id
    assert again.images[0].sha256 != second.images[0].sha256
    assert (await house.trees.undo(first.conversation_id, BEN)).turn.id == second.id


async def test_a_turn_of_another_conversation_is_no_parent(house: House) -> None:
    first, other = await house.imagined(), await house.imagined("a boat")
    with pytest.raises(GoneTurn):
        await house.refine(first.conversation_id, "make it night", parent=other.id)


async def test_what_is_not_there_is_said_so(house: House) -> None:
    with pytest.raises(GoneConversation):
        await house.refine(99, "make it night")
    with pytest.raises(GoneTurn):
        await house.derived.reroll(99, ANN)
    with pytest.raises(GoneConversation):
        await house.trees.undo(99, ANN)
    with pytest.raises(GoneTurn):
        await house.turns.delete_turn(99, ANN)
    with pytest.raises(GoneTurn):
        await house.turns.cancel(99, ANN)


async def test_a_refinement_before_any_picture_is_refused(house: House) -> None:
    first = await house.imagined()
    await house.turns.delete_turn(first.id, ANN)
    assert (await house.trees.conversation(first.conversation_id)).title == "", "its title was those words"
    with pytest.raises(NoPictureYet):
        await house.refine(first.conversation_id, "make it night")
    with pytest.raises(NoPictureYet):
        await house.trees.undo(first.conversation_id, ANN)


async def test_deleting_takes_words_rows_and_files_and_moves_the_head(house: House) -> None:
    first = await house.imagined()
    second = await house.refined(first.conversation_id, "make it night")
    deleted = await house.turns.delete_turn(second.id, ANN)
    assert deleted.turn.message_id == second.message_id
    assert deleted.conversation.head_turn_id == first.id
    tombstone = await house.conversations.turn(second.id)
    assert (tombstone.instruction, tombstone.target_prompt, tombstone.images) == ("", None, ())
    assert tombstone.parent_turn_id == first.id
    assert len(list(house.pictures.rglob("*.png"))) == 1
    with pytest.raises(GoneTurn):
        await house.trees.turn(second.id)
    with pytest.raises(GoneTurn):
        await house.turns.delete_turn(second.id, ANN)


async def test_only_the_author_or_a_moderator_deletes_and_cancels(house: House) -> None:
    turn = await house.imagined()
    with pytest.raises(NotYours):
        await house.turns.delete_turn(turn.id, BEN)
    with pytest.raises(NotYours):
        await house.turns.cancel(turn.id, BEN)
    await house.turns.delete_turn(turn.id, BEN, may_manage=True)


async def test_deleting_a_turn_in_work_cancels_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False) as house:
        accepted = await house.imagine()
        await house.turns.delete_turn(accepted.turn.id, ANN)
        assert (await house.jobs.get(accepted.job.id)).state is JobState.CANCELLED
        async with house.queue:
            await house.queue.idle()
        assert house.presenter.posts == []


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        first = await house.imagined()
        second = await house.refined(first.conversation_id, "make it night")
        await house.trees.undo(first.conversation_id, ANN)
    async with open_house(tmp_path) as house:
        assert await house.trees.turn(first.id) == first
        assert (await house.trees.redo(first.conversation_id, ANN)).turn == second
        third = await house.refined(first.conversation_id, "add a lantern")
        assert third.parent_turn_id == second.id
