"""What doubtful words may mean instead: kept where it may be shown, painted as a child of the same parent."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.conversation import Turn, TurnKind
from bot.domain.options import Options
from bot.errors import GoneTurn
from bot.settings import SafetySettings
from bot.store.feedback import Signal
from model.engine import Step
from model.errors import PromptRefused, WorkerDied
from tests.bot.house import ANN, BEN, House, open_gate, open_house, painting
from tests.bot.scripted import ScriptedEngine

SAID = "mk it nite"
NIGHT, KNIGHT = "a fox at night, finely drawn", "a fox with a knight, finely drawn"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, engine=ScriptedEngine()) as opened:
        yield opened


async def read(
    house: House,
    said: str = SAID,
    target: str = NIGHT,
    second: str = KNIGHT,
    doubtful: bool = True,
    options: Options | None = None,
) -> Turn:
    """A fox that was changed by words the model read in one way, and may have read in a second one."""
    first = await house.imagined("a fox", options)
    assert isinstance(house.engine, ScriptedEngine)
    house.engine.will_say(said, ("edit", target, ""), ("edit", target, ""), doubtful=doubtful, second=second)
    return await house.refined(first.conversation_id, said)


async def test_the_second_reading_is_another_child_of_the_same_picture(house: House) -> None:
    doubted = await read(house)
    asked = len(house.engine.edits)
    turn = await house.finished(await house.derived.read_otherwise(doubted.id, BEN))
    assert (turn.kind, turn.parent_turn_id, turn.author_id) == (TurnKind.REFINE, doubted.parent_turn_id, BEN)
    assert (turn.instruction, turn.source_prompt, turn.target_prompt) == (SAID, doubted.source_prompt, KNIGHT)
    assert (turn.parameters, turn.way) == (doubted.parameters, doubted.way)
    assert (turn.doubtful, turn.second_prompt, turn.llm_model) == (False, None, doubted.llm_model)
    assert len(house.engine.edits) == asked
    await house.refined(turn.conversation_id, "add a tree")
    assert house.engine.edits[-1].history == (Step(doubted.source_prompt, SAID),)
    assert house.engine.edits[-1].source_prompt == KNIGHT


async def test_asking_for_it_is_a_vote_against_the_first_reading(house: House) -> None:
    doubted = await read(house)
    await house.finished(await house.derived.read_otherwise(doubted.id, BEN))
    votes = await house.feedback.of_images(image.id for image in doubted.images)
    assert [(vote.kind, vote.user_id, vote.value) for vote in votes] == [(Signal.NOT_MEANT, BEN, -1)]


async def test_no_second_reading_is_kept_where_nobody_doubts_the_first(house: House) -> None:
    sure = await read(house, doubtful=False)
    assert sure.second_prompt is None
    with pytest.raises(GoneTurn):
        await house.derived.read_otherwise(sure.id, ANN)


async def test_it_is_kept_where_the_first_took_out_what_nobody_named(house: House) -> None:
    lost, kept = "a lantern, finely drawn", "a fox, a lantern, finely drawn"
    turn = await read(house, "ad a lantern", lost, kept, doubtful=False)
    assert turn.second_prompt == kept
    assert (await read(house, "ad a lantern", lost, "a big lantern, finely drawn")).second_prompt is None


async def test_what_a_rule_speaks_against_is_not_shown(tmp_path: Path) -> None:
    safety = SafetySettings(words=("knight",))
    async with open_house(tmp_path, engine=ScriptedEngine(), safety=safety) as house:
        assert (await read(house)).second_prompt is None


async def test_what_is_not_allowed_any_more_is_not_painted(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=ScriptedEngine()) as house:
        doubted = await read(house)
    safety = SafetySettings(words=("knight",), prompts="refuse")
    async with open_house(tmp_path, engine=ScriptedEngine(), safety=safety) as house:
        with pytest.raises(PromptRefused):
            await house.derived.read_otherwise(doubted.id, ANN)
        assert await house.feedback.of_images(image.id for image in doubted.images) == []


async def test_one_longer_than_what_people_may_say_is_painted(house: House) -> None:
    long = f"{KNIGHT}, {' '.join(['finely drawn'] * 100)}"
    turn = await house.finished(await house.derived.read_otherwise((await read(house, second=long)).id, ANN))
    assert turn.target_prompt == long


async def test_what_says_the_same_is_no_second_reading(house: House) -> None:
    assert (await read(house, second=f"{NIGHT}.")).second_prompt is None
    assert (await read(house, second="a fox, finely drawn")).second_prompt is None


async def test_it_has_the_numbers_of_the_first_reading_whatever_was_chosen_since(house: House) -> None:
    doubted = await read(house, options=Options(count=4))
    await house.trees.pick(doubted.parent_turn_id or 0, BEN, 2)
    turn = await house.finished(await house.derived.read_otherwise(doubted.id, BEN))
    assert turn.parameters == doubted.parameters


async def test_the_first_reading_stays_the_current_picture_where_the_second_fails(house: House) -> None:
    doubted = await read(house)
    house.engine.paint_errors += [WorkerDied("gone")] * 9
    failed = await house.finished(await house.derived.read_otherwise(doubted.id, BEN))
    assert not failed.live
    assert (await house.conversations.get(doubted.conversation_id)).head_turn_id == doubted.id


async def test_nothing_is_voted_or_painted_where_the_picture_before_is_gone(house: House) -> None:
    doubted = await read(house)
    await house.turns.delete_turn(doubted.parent_turn_id or 0, ANN)
    with pytest.raises(GoneTurn):
        await house.derived.read_otherwise(doubted.id, BEN)
    assert await house.feedback.of_images(image.id for image in doubted.images) == []


async def test_a_second_reading_goes_with_its_turn(house: House) -> None:
    doubted = await read(house)
    await house.turns.delete_turn(doubted.id, ANN)
    assert (await house.conversations.turn(doubted.id)).second_prompt is None


async def test_work_begun_once_more_keeps_what_was_written(house: House) -> None:
    first = await house.imagined("a fox")
    assert isinstance(house.engine, ScriptedEngine)
    house.engine.will_say(SAID, ("edit", NIGHT, ""), doubtful=True, second=KNIGHT)
    house.engine.paint_errors += [WorkerDied("gone")]
    turn = await house.refined(first.conversation_id, SAID)
    assert (turn.target_prompt, turn.doubtful, turn.second_prompt) == (NIGHT, True, KNIGHT)
    assert [edit.instruction for edit in house.engine.edits].count(SAID) == 1


async def test_work_begun_once_more_from_another_picture_is_written_anew(house: House) -> None:
    first = await house.imagined("a fox")
    await house.refined(first.conversation_id, "add a tree")
    await painting(house, 2)
    assert isinstance(house.engine, ScriptedEngine)
    house.engine.will_say(SAID, ("edit", "a fox, a tree at night", ""), ("edit", NIGHT, ""))
    house.engine.gate = asyncio.Event()
    accepted = await house.refine(first.conversation_id, SAID)
    await painting(house)
    house.engine.paint_errors += [WorkerDied("gone")]
    await house.trees.undo(first.conversation_id, ANN)
    open_gate(house)
    turn = await house.finished(accepted)
    assert (turn.parent_turn_id, turn.source_prompt) == (first.id, first.target_prompt)
    assert turn.target_prompt == NIGHT
