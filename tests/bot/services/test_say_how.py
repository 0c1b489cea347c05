"""Settings that people say with their words, and what stays of them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.conversation import Changes
from bot.domain.options import Bounds, Options
from bot.domain.own_words import OwnWords, WordsKind
from bot.errors import AdultsOnly, BadOption, ModelStays, NotOfThisModel, QuotaUsedUp
from bot.settings import LimitsSettings, SafetySettings
from bot.store.own_words import OwnWordsStore
from model.engine import Capabilities, PainterInfo
from model.settings import NamedImageSettings
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, BEN, GUILD, House, open_house

ABLE = Capabilities(schedulers=("DDIM", "EulerDiscrete"))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    limits, engine = LimitsSettings(queued_per_user=20), SketchEngine(able=ABLE)
    async with open_house(tmp_path, engine=engine, limits=limits) as opened:
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


async def test_a_scheduler_that_is_not_offered_any_more_is_left_out_where_it_is_told(house: House) -> None:
    first = await house.imagined(options=Options(scheduler="DDIM"))
    assert (first.parameters.scheduler, house.engine.paints[-1].scheduler) == ("DDIM", "DDIM")
    house.engine.able = Capabilities(schedulers=("EulerDiscrete",))
    second = await house.refined(first.conversation_id, "make it night")
    assert (second.parameters.scheduler, house.engine.paints[-1].scheduler) == (None, "")


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


async def test_a_reply_is_bounded_by_the_model_of_its_conversation(tmp_path: Path) -> None:
    photo = NamedImageSettings(model="photo-painter", steps=60, guidance=5.0, width=64, height=96)
    engine = SketchEngine(models={"photo": PainterInfo("photo-painter", ABLE)})
    async with open_house(tmp_path, engine=engine, named={"photo": photo}) as house:
        able = {None: Capabilities(guidance=False), "photo": ABLE}
        house.turns.bounds = lambda model: Bounds(schedulers=("DDIM",), able=able[model])
        usual = await house.imagined()
        first = await house.imagined(options=Options(model="photo"))
        for words in ("--sampler DDIM --cfg 4", "60 steps"):
            with pytest.raises((NotOfThisModel, BadOption)):
                await house.refine(usual.conversation_id, words)
            turn = await house.refined(first.conversation_id, words)
        shaped = await house.refined(first.conversation_id, "2:3")
    assert (turn.parameters.scheduler, turn.parameters.guidance, turn.parameters.steps) == ("DDIM", 4.0, 60)
    assert (shaped.parameters.width, shaped.parameters.height) == (64, 96)


async def test_a_reply_before_the_first_picture_is_bounded_by_its_model(tmp_path: Path) -> None:
    photo = NamedImageSettings(model="photo-painter", steps=3, guidance=5.0, width=64, height=96)
    async with open_house(tmp_path, named={"photo": photo}, working=False) as house:
        first = await house.imagine(options=Options(model="photo"))
        asked: list[str | None] = []

        def bounds(model: str | None) -> Bounds:
            asked.append(model)
            return Bounds(able=ABLE)

        house.turns.bounds = bounds
        await house.refine(first.conversation.id, "9 steps")
        assert asked == ["photo"]


@pytest.mark.parametrize("words", ["make it night --model photo", "--lora film:0.5"])
async def test_a_conversation_keeps_its_model_and_says_so(house: House, words: str) -> None:
    first = await house.imagined()
    with pytest.raises(ModelStays):
        await house.refine(first.conversation_id, words)


async def test_exact_as_a_flag_makes_a_replys_words_the_prompt(house: House) -> None:
    first = await house.imagined()
    turn = await house.refined(first.conversation_id, "a blue boat --exact --seed 4")
    assert (turn.target_prompt, turn.parameters.seed) == ("a blue boat", 4)


async def test_a_reply_takes_own_styles_and_the_servers(house: House) -> None:
    await house.own_words.add(ANN, WordsKind.STYLE, "Old Ink", "ink on paper")
    await house.own_words.add(BEN, WordsKind.STYLE, "chalk", "white chalk")
    first = await house.imagined()
    turn = await house.refined(first.conversation_id, "make it night --style old ink")
    assert turn.instruction == "make it night, ink on paper"
    alone = await house.refined(first.conversation_id, "--style Old Ink")
    assert (alone.instruction, alone.parameters.changes) == ("ink on paper", Changes())
    with pytest.raises(BadOption):
        await house.refine(first.conversation_id, "add a lantern --style chalk")
    await house.own_words.share(BEN, "chalk", GUILD, manages=True)
    shared = await house.refined(first.conversation_id, "add a lantern --style chalk")
    assert shared.instruction == "add a lantern, white chalk"


async def test_a_style_of_ones_own_is_checked_for_the_place_of_the_reply(tmp_path: Path) -> None:
    async with open_house(tmp_path, safety=SafetySettings(words=("scarlet",))) as house:
        kept = OwnWords(ANN, WordsKind.STYLE, "red", "scarlet")
        await OwnWordsStore(house.database).put(kept, 50)  # kept when the word was allowed
        first = await house.imagined()
        with pytest.raises(AdultsOnly):
            await house.refine(first.conversation_id, "make it night --style red")


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
