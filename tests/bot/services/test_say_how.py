"""Settings that people say with their words, and what stays of them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.pictures.turn_info import as_command, info
from bot.domain.flags import read_flags
from bot.domain.options import Bounds, Options
from bot.errors import BadOption, NotOfThisModel, QuotaUsedUp
from bot.i18n import Language
from bot.settings import LimitsSettings
from model.engine import Capabilities
from tests.bot.house import ANN, GUILD, House, open_house

ABLE = Capabilities(schedulers=("DDIM", "EulerDiscrete"))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, limits=LimitsSettings(queued_per_user=20)) as opened:
        opened.turns.bounds = lambda _: Bounds(schedulers=("DDIM", "UniPCMultistep"), able=ABLE)
        yield opened


async def test_a_refinement_inherits_what_was_said_and_words_change_it(house: House) -> None:
    said = Options(size="3:2", steps=12, guidance=4.0, negative="people", scheduler="ddim", seed=5)
    first = await house.imagined("a red house", said)
    assert (first.parameters.steps, first.parameters.scheduler) == (12, "DDIM")
    second = await house.refined(first.conversation_id, "make it night --steps 9 --seed 8")
    assert second.instruction == "make it night"
    before = replace(first.parameters, steps=9, seed=8)
    assert replace(second.parameters, changes=None) == before
    third = await house.refined(first.conversation_id, "add a lantern")
    assert third.parameters == before


async def test_settings_alone_paint_the_same_words_without_asking_the_model(house: House) -> None:
    first = await house.imagined()
    asked = len(house.engine.edits)
    again = await house.refined(first.conversation_id, "16:9 please")
    assert again.target_prompt == first.target_prompt
    assert again.parameters.width > again.parameters.height
    assert again.parameters.seed == first.parameters.seed
    assert len(house.engine.edits) == asked


async def test_the_operators_limits_and_the_models_hold(house: House) -> None:
    for refused in (Options(steps=51), Options(guidance=15.5), Options(scheduler="UniPC")):
        with pytest.raises(BadOption):
            house.turns.wish("a fox", refused)
    first = await house.imagined()
    with pytest.raises(BadOption):
        await house.refine(first.conversation_id, "make it night --steps 99")
    unable = Capabilities(negative_prompt=False, guidance=False)
    house.turns.bounds = lambda _: Bounds(schedulers=("DDIM",), able=unable)
    for refused in (Options(negative="x"), Options(guidance=3.0), Options(scheduler="DDIM")):
        with pytest.raises(NotOfThisModel):
            house.turns.wish("a fox", refused)


async def test_the_command_of_info_gives_the_picture_again(house: House) -> None:
    said = Options(size="16:9", steps=12, guidance=4.0, negative="people, cars", scheduler="ddim", seed=5)
    turn = await house.imagined("a red house", said)
    command = as_command(turn)
    assert command in info(Language.ENGLISH, turn)
    read = read_flags(command.removeprefix("/imagine prompt:"))
    wish = house.turns.wish(read.words, read.options)
    assert wish.source_prompt == turn.target_prompt
    assert wish.parameters == replace(turn.parameters, exact=True)


async def test_each_drawn_picture_is_a_turn_of_its_own(house: House) -> None:
    accepted = await house.imagine("a {red|blue|green} fox", options=Options(seed=7, count=3))
    await house.queue.idle()
    tree = await house.trees.tree(accepted.conversation.id)
    turns = sorted(tree.turns.values(), key=lambda turn: turn.id)
    assert {turn.source_prompt for turn in turns} == {f"a {c} fox" for c in ("red", "blue", "green")}
    assert [len(turn.images) for turn in turns] == [1, 1, 1]
    assert {turn.parameters.seed for turn in turns} == {7}
    again = house.turns.wish("a {red|blue|green} fox", Options(seed=7, count=3))
    assert [again.source_prompt, *again.others] == [turn.source_prompt for turn in turns]


async def test_drawn_pictures_are_counted_before_the_work(tmp_path: Path) -> None:
    limits = LimitsSettings(hourly_per_user=3, queued_per_user=20)
    async with open_house(tmp_path, limits=limits) as house:
        await house.imagine("a fox")
        options = Options(count=3)
        with pytest.raises(QuotaUsedUp):
            await house.turns.check("a {red|blue|green} fox", ANN, options, guild_id=GUILD)
        with pytest.raises(QuotaUsedUp):
            await house.imagine("a {red|blue|green} fox", options=options)
        await house.imagine("a {red|blue} fox", options=Options(count=2))
        await house.queue.idle()
        assert len(house.presenter.posts) == 3
