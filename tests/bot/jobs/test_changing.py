"""Turns that change a picture instead of painting one: which way they take, and from which picture."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.conversation import Turn, TurnKind
from bot.domain.options import Bounds, Options
from bot.errors import GoneTurn
from bot.store.preferences import PreferenceStore
from model.engine import Capabilities, PaintRequest
from model.presets import resolve
from tests.bot.editing import EDITOR, EditingEngine
from tests.bot.house import ANN, House, open_house

BLUE = "make the house blue"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, engine=EditingEngine()) as opened:
        yield opened


async def picture(house: House, turn: Turn, position: int = 0) -> bytes:
    return await house.images.read(turn.images[position])


def last(house: House) -> PaintRequest:
    return house.engine.paints[-1]


async def test_a_reply_edits_the_picture_and_the_turn_records_it(house: House) -> None:
    first = await house.imagined()
    assert (first.way, last(house).way) == ("repaint", "repaint")
    edited = await house.refined(first.conversation_id, BLUE)
    assert edited.way == "edit"
    assert last(house) == PaintRequest(
        f"{first.target_prompt}, {BLUE}",
        first.parameters.seeds,
        first.parameters.width,
        first.parameters.height,
        first.parameters.steps,
        first.parameters.guidance,
        way="edit",
        instruction=BLUE,
        source_prompt=first.target_prompt or "",
        init_image=await picture(house, first),
    )
    assert house.presenter.posts[-1].turn.way == "edit"


async def test_without_an_editor_it_is_painted_anew(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=EditingEngine(able=Capabilities())) as house:
        first = await house.imagined()
        assert (await house.refined(first.conversation_id, BLUE)).way == "repaint"
        assert last(house).init_image is None


async def test_a_person_may_prefer_to_have_it_painted_anew(house: House) -> None:
    await PreferenceStore(house.database).change(ANN, way="repaint")
    first = await house.imagined()
    assert (await house.refined(first.conversation_id, BLUE)).way == "repaint"


async def test_the_operator_may_prefer_edits(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=EditingEngine(), way="edit") as house:
        first = await house.imagined()
        assert (await house.refined(first.conversation_id, "as a watercolour")).way == "edit"


async def test_an_edit_changes_the_picture_that_was_picked(house: House) -> None:
    first = await house.imagined(options=Options(count=3))
    await house.trees.pick(first.id, ANN, 1)
    edited = await house.refined(first.conversation_id, BLUE)
    assert edited.way == "edit"
    assert last(house).init_image == await picture(house, first, 1)
    assert len(edited.images) == 1


async def test_of_several_pictures_none_is_edited_unless_one_is_picked(house: House) -> None:
    first = await house.imagined(options=Options(count=3))
    assert (await house.refined(first.conversation_id, BLUE)).way == "repaint"


async def test_the_other_way_starts_from_the_same_picture(house: House) -> None:
    first = await house.imagined()
    edited = await house.refined(first.conversation_id, BLUE)
    anew = await house.finished(await house.derived.other_way(edited.id, ANN, "repaint"))
    assert (anew.kind, anew.way, anew.parent_turn_id) == (TurnKind.OTHER_WAY, "repaint", edited.id)
    assert (anew.instruction, anew.target_prompt) == (BLUE, edited.target_prompt)
    assert (last(house).way, last(house).seeds) == ("repaint", first.parameters.seeds)
    back = await house.finished(await house.derived.other_way(anew.id, ANN, "edit"))
    assert back.way == "edit"
    assert last(house).init_image == await picture(house, first)
    assert len(house.engine.edits) == 2  # the prompt was there already


async def test_a_reroll_of_an_edit_edits_the_picture_before_with_another_seed(house: House) -> None:
    first = await house.imagined()
    edited = await house.refined(first.conversation_id, BLUE)
    for turn_id in (edited.id, edited.id + 1):
        again = await house.finished(await house.derived.reroll(turn_id, ANN))
        assert (again.kind, again.way) == (TurnKind.REROLL, "edit")
        assert last(house).init_image == await picture(house, first)
        assert last(house).instruction == BLUE
        assert last(house).seeds != edited.parameters.seeds


async def test_again_in_words_is_such_a_reroll(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, BLUE)
    again = await house.refined(first.conversation_id, "again")
    assert (again.kind, again.way) == (TurnKind.REROLL, "edit")
    assert last(house).init_image == await picture(house, first)


async def test_a_variation_and_a_larger_one_are_painted_over_the_edited_picture(house: House) -> None:
    first = await house.imagined()
    edited = await house.refined(first.conversation_id, BLUE)
    varied = await house.finished(await house.derived.vary(edited.id, ANN, 0.6))
    assert (varied.way, last(house).way) == ("keep", "keep")
    assert last(house).init_image == await picture(house, edited)
    larger = await house.finished(await house.derived.enlarge(edited.id, ANN, 2))
    assert (larger.way, last(house).width) == ("keep", 2 * first.parameters.width)
    composed = await house.finished(await house.derived.recompose(edited.id, ANN))
    assert (composed.way, last(house).init_image) == ("keep", await picture(house, first))


async def test_undo_and_a_new_reply_edit_the_picture_before(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, BLUE)
    await house.trees.undo(first.conversation_id, ANN)
    await house.refined(first.conversation_id, "add a lantern")
    assert last(house).init_image == await picture(house, first)


async def test_an_edit_once_more_fails_where_the_picture_before_was_deleted(house: House) -> None:
    first = await house.imagined()
    edited = await house.refined(first.conversation_id, BLUE)
    await house.turns.delete_turn(first.id, ANN)
    await house.finished(await house.derived.reroll(edited.id, ANN))
    assert [type(error) for _, error in house.presenter.failures] == [GoneTurn]


async def test_a_separate_editor_has_its_own_steps_guidance_and_scheduler(tmp_path: Path) -> None:
    image = resolve("tiny").image.model_copy(
        update={"editor": "some/editor", "editor_steps": 9, "editor_guidance": 2.5}
    )
    engine = EditingEngine(able=replace(EDITOR, schedulers=("DDIM",)))
    async with open_house(tmp_path, engine=engine, image=image) as house:
        house.turns.bounds = lambda _: Bounds(schedulers=("DDIM",), able=engine.able)
        first = await house.imagined(options=Options(scheduler="DDIM"))
        assert last(house).scheduler == "DDIM"
        await house.refined(first.conversation_id, BLUE)
        assert (last(house).steps, last(house).guidance, last(house).scheduler) == (9, 2.5, "")
        assert last(house).negative_prompt == ""


async def test_an_engine_that_lost_its_editor_meanwhile_paints_anew(house: House) -> None:
    first = await house.imagined()
    edited = await house.refined(first.conversation_id, BLUE)
    assert isinstance(house.engine, EditingEngine)
    house.engine.able = Capabilities()
    again = await house.finished(await house.derived.reroll(edited.id, ANN))
    assert again.way == "repaint"


async def test_edits_in_a_row_are_counted_and_done_at_once(house: House) -> None:
    first = await house.imagined()
    said = [BLUE, "add a lantern", "bigger tree"]
    edits = [await house.refined(first.conversation_id, instruction) for instruction in said]
    again = await house.finished(await house.derived.reroll(edits[-1].id, ANN))
    assert [turn.edits for turn in (first, *edits, again)] == [0, 1, 2, 3, 3]

    replayed = await house.finished(await house.derived.replay(again.id, ANN))
    assert (replayed.kind, replayed.way, replayed.edits) == (TurnKind.REPLAY, "edit", 1)
    assert replayed.parent_turn_id == first.id
    assert last(house).instruction == "; ".join(said)
    assert last(house).init_image == await picture(house, first)
    assert last(house).prompt == edits[-1].target_prompt


async def test_painting_ends_the_row_of_edits(house: House) -> None:
    first = await house.imagined()
    await house.refined(first.conversation_id, BLUE)
    await house.refined(first.conversation_id, "as a watercolour")
    last_one = await house.refined(first.conversation_id, "add a lantern")
    assert last_one.edits == 1
    with pytest.raises(GoneTurn):
        await house.derived.replay(first.id, ANN)
