"""Whole pipelines by name: chosen, kept by what follows, counted by their cost, kept from some people."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.domain.conversation import Origin, Parameters
from bot.domain.derivations import times_larger
from bot.domain.limits import Allowance, Asker, GuildRules
from bot.domain.options import Options
from bot.errors import BadOption, ModelNotHere, ModelQuotaUsedUp, NotSoLarge, QuotaUsedUp
from bot.jobs.presenter import Loading
from bot.settings import LimitsSettings
from model.engine import Capabilities, OnProgress, PainterInfo, PaintProgress, PaintRequest, PaintResult
from model.settings import NamedImageSettings
from tests.bot.engines import PAINTER, SketchEngine
from tests.bot.house import ANN, BEN, CHANNEL, open_house


def photo(**more: Any) -> NamedImageSettings:
    values: dict[str, Any] = {
        "steps": 3,
        "guidance": 5.0,
        "width": 64,
        "height": 96,
    }
    return NamedImageSettings(model="photo-painter", **values | more)


def with_photo() -> SketchEngine:
    return SketchEngine(models={"photo": PainterInfo("photo-painter")})


async def test_a_turn_and_what_follows_keep_the_model_and_its_numbers(tmp_path: Path) -> None:
    engine = with_photo()
    async with open_house(tmp_path, engine=engine, named={"photo": photo(loras={"film": "./film"})}) as house:
        first = await house.imagined("a red house", Options(model="photo", loras="film:0.5"))
        turn = await house.refined(first.conversation_id, "make it night")
        await house.imagined("a blue house")
    assert (first.painter_model, turn.painter_model) == ("photo-painter", "photo-painter")
    asked = [(r.model, r.lora, r.steps, r.guidance, r.width, r.height) for r in engine.paints]
    assert asked[:2] == [("photo", "film:0.5", 3, 5.0, 64, 96)] * 2
    assert asked[2][:2] == ("", "")


async def test_a_conversation_whose_model_is_gone_goes_on_with_the_usual_one(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=with_photo(), named={"photo": photo()}) as house:
        first = await house.imagined("a red house", Options(model="photo", seed=5))
    engine = SketchEngine()
    async with open_house(tmp_path, engine=engine) as house:
        turn = await house.refined(first.conversation_id, "make it night")
    assert turn.painter_model == PAINTER
    assert turn.parameters.model is None
    [request] = engine.paints
    assert (request.model, request.seeds) == ("", (5,))
    assert (request.width, request.height) == (64, 96)
    assert request.steps != first.parameters.steps


async def test_a_first_turn_that_waited_over_a_restart_without_its_model_is_painted(tmp_path: Path) -> None:
    async with open_house(tmp_path, named={"photo": photo()}, working=False) as house:
        accepted = await house.imagine("a red house", options=Options(model="photo"))
    engine = SketchEngine()
    async with open_house(tmp_path, engine=engine) as house:
        await house.queue.idle()
        assert (await house.conversations.turn(accepted.turn.id)).painter_model == PAINTER
    assert [request.model for request in engine.paints] == [""]


async def test_a_model_counts_for_its_cost_in_limits(tmp_path: Path) -> None:
    limits = LimitsSettings(hourly_per_user=4)
    costly = {"photo": photo(cost=3)}
    async with open_house(tmp_path, engine=with_photo(), limits=limits, named=costly) as house:
        first = await house.imagined("a red house", Options(model="photo"))
        with pytest.raises(QuotaUsedUp):
            await house.refine(first.conversation_id, "make it night")
        await house.imagined("a fox")
        with pytest.raises(QuotaUsedUp):
            await house.imagine("a fox")


async def test_one_that_costs_more_than_everything_is_taken_alone(tmp_path: Path) -> None:
    limits = LimitsSettings(daily_per_user=2)
    costly = {"photo": photo(cost=9)}
    async with open_house(tmp_path, engine=with_photo(), limits=limits, named=costly) as house:
        await house.imagined("a red house", Options(model="photo"))
        with pytest.raises(QuotaUsedUp):
            await house.imagine("a fox")


async def test_a_model_has_a_daily_number_of_its_own(tmp_path: Path) -> None:
    few = {"photo": photo(daily=2, cost=3), "slow": photo(daily=1)}
    async with open_house(tmp_path, engine=with_photo(), named=few) as house:
        first = await house.imagined("a red house", Options(model="photo"))
        await house.imagined("a fox")
        await house.refined(first.conversation_id, "make it night")
        with pytest.raises(ModelQuotaUsedUp) as refused:
            await house.refine(first.conversation_id, "add a lantern")
        assert refused.value.fields["model"] == "photo"
        assert refused.value.fields["limit"] == 2
        await house.imagined("a fox", Options(model="slow"))
        await house.imagine("a fox")
        await house.imagine("a red house", BEN, Options(model="photo"))


async def test_a_model_that_is_not_for_somebody_is_refused_and_not_refined(tmp_path: Path) -> None:
    kept = Allowance(without=frozenset({"photo"}))
    async with open_house(tmp_path, engine=with_photo(), named={"photo": photo()}) as house:
        first = await house.imagined("a red house", Options(model="photo"))
        wish = house.turns.wish("a fox", Options(model="photo"))
        with pytest.raises(ModelNotHere):
            await house.turns.start_conversation(
                wish, author_id=ANN, origin=Origin.SLASH, guild_id=9, channel_id=CHANNEL, allowed=kept
            )
        with pytest.raises(ModelNotHere):
            await house.turns.refine(first.conversation_id, "night", ANN, Origin.BUTTON, allowed=kept)
        with pytest.raises(ModelNotHere):
            await house.derived.reroll(first.id, ANN, allowed=kept)


async def test_loras_are_those_of_the_model_and_unknown_ones_are_named(tmp_path: Path) -> None:
    named = {"photo": photo(loras={"film": "./film"})}
    async with open_house(tmp_path, named=named, working=False) as house:
        for options in (
            Options(loras="film"),
            Options(model="photo", loras="comic"),
            Options(model="photo", loras="film:9"),
            Options(model="nobody's"),
        ):
            with pytest.raises(BadOption):
                house.turns.wish("a fox", options)
        assert house.turns.models == ("photo",)
        assert house.turns.loras == {"": (), "photo": ("film",)}


def test_rules_of_models_by_channel_and_role() -> None:
    rules = GuildRules().with_model("photo", {1}, {2}).with_model("slow", set(), {3})
    assert GuildRules.from_json(rules.to_json()) == rules
    assert rules.without(Asker(7)) == {"photo", "slow"}
    assert rules.without(Asker(7, places=frozenset({1}), roles=frozenset({2, 3}))) == frozenset()
    assert rules.without(Asker(7, places=frozenset({1}), roles=frozenset({3}))) == {"photo"}
    fewer = rules.with_model("photo", set(), {2}, remove=True)
    assert fewer.without(Asker(7, places=frozenset({1}))) == {"slow"}
    assert rules.with_model("photo", set(), set(), remove=True).models.keys() == {"slow"}


async def test_larger_is_the_upscalers_where_there_is_one(tmp_path: Path) -> None:
    engine = SketchEngine(models={"photo": PainterInfo("photo-painter", Capabilities(upscale=2))})
    async with open_house(tmp_path, engine=engine, named={"photo": photo()}) as house:
        for options in (Options(model="photo"), Options()):
            first = await house.imagined("a red house", options)
            await house.finished(await house.derived.enlarge(first.id, ANN, 2))
            await house.finished(await house.derived.vary(first.id, ANN, 0.6))
    asked = [(request.upscale, request.way) for request in engine.paints]
    assert asked == [
        (False, "repaint"), (True, "keep"), (False, "keep"),
        (False, "repaint"), (False, "keep"), (False, "keep"),
    ]  # fmt: skip


async def test_an_upscaler_enlarges_what_is_enlarged_already_up_to_the_largest_side(tmp_path: Path) -> None:
    engine = SketchEngine(models={"photo": PainterInfo("photo-painter", Capabilities(upscale=4))})
    wide = {"photo": photo(width=512, height=64)}
    async with open_house(tmp_path, engine=engine, named=wide) as house:
        first = await house.imagined("a red house", Options(model="photo"))
        turn = await house.finished(await house.derived.enlarge(first.id, ANN, 4))
        turn = await house.finished(await house.derived.enlarge(turn.id, ANN, 2))
        assert (engine.paints[-1].width, turn.parameters.scale, turn.images[0].height) == (4096, 8, 512)
        for times in (2, 4):
            with pytest.raises(NotSoLarge, match="4096 pixels"):
                await house.derived.enlarge(turn.id, ANN, times)
        usual = await house.imagined("a red house")
        with pytest.raises(NotSoLarge):
            await house.derived.enlarge(usual.id, ANN, 4)  # there is no upscaler for that
        assert len(engine.paints) == 4


@pytest.mark.parametrize(
    ("side", "scale", "upscale", "times"),
    [
        (512, 1, 0, 2), (512, 1, 2, 2), (512, 1, 4, 4), (512, 4, 4, 2), (1024, 4, 4, 1), (1536, 1, 4, 2),
        (2048, 2, 0, 2), (1024, 2, 2, 2),
    ],
)  # fmt: skip
def test_how_much_larger_a_picture_can_be_made(side: int, scale: int, upscale: int, times: int) -> None:
    used = Parameters(1, 2, 3.0, 64, side, scale=scale)
    assert times_larger(used, upscale) == times


async def test_loading_is_told_to_who_waits(tmp_path: Path) -> None:
    class Loads(SketchEngine):
        async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
            assert on_progress is not None
            on_progress(PaintProgress(0, 0, loading=request.model))
            await asyncio.sleep(0)
            return await super().paint(request, on_progress)

    engine = Loads(models={"photo": PainterInfo("photo-painter")}, step_s=0.001)
    async with open_house(tmp_path, engine=engine, named={"photo": photo()}) as house:
        await house.imagined("a red house", Options(model="photo"))
    assert Loading("photo") in [status for _, status in house.presenter.statuses]
