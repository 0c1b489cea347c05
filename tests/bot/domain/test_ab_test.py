"""Two models side by side: a conversation keeps its arm, arms get their share, turns say which it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ab_test import Assigned, arm_of, assigned
from bot.domain.options import USUAL_MODEL, Options
from bot.settings import ExperimentSettings, Settings
from model.engine import EditRequest, EditResult, PainterInfo
from model.settings import NamedImageSettings
from tests.bot.engines import PAINTER, SketchEngine
from tests.bot.house import open_house

RUNNING = ExperimentSettings(name="styles", a="", b="adapters/0002-kto")


@given(st.integers(1, 2**63), st.floats(0, 1))
def test_a_conversation_keeps_its_arm_and_only_moves_to_b_as_the_share_grows(
    number: int, share: float
) -> None:
    settings = ExperimentSettings(name="styles", share_b=share)
    assert arm_of(settings, number) == arm_of(settings, number)
    if arm_of(settings, number) == "b":
        assert arm_of(ExperimentSettings(name="styles", share_b=1.0), number) == "b"


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 1.0])
def test_arms_get_their_share(share: float) -> None:
    settings = ExperimentSettings(name="styles", share_b=share)
    found = sum(arm_of(settings, number) == "b" for number in range(2000)) / 2000
    assert found == pytest.approx(share, abs=0.04)


def test_another_experiment_deals_anew_and_without_one_there_is_no_arm() -> None:
    first, second = ([arm_of(ExperimentSettings(name=n), i) for i in range(200)] for n in ("one", "two"))
    assert first != second
    assert arm_of(ExperimentSettings(), 1) == ""


def test_the_settings_give_the_model_both_variants() -> None:
    assert Settings().models().llm.variants == {}
    assert Settings(experiment=RUNNING).models().llm.variants == {"a": "", "b": "adapters/0002-kto"}


class Named(SketchEngine):
    """Says which variant wrote, as the real engine does."""

    async def edit(self, request: EditRequest) -> EditResult:
        return replace(await super().edit(request), model=f"llm+{request.variant}")


async def test_every_turn_of_a_conversation_is_written_by_its_arm_and_says_so(tmp_path: Path) -> None:
    async with open_house(tmp_path, engine=Named(), experiment=RUNNING) as house:
        seen = set()
        for _ in range(8):
            first = await house.imagined()
            second = await house.refined(first.conversation_id, "make it night")
            third = await house.finished(await house.derived.reroll(second.id, 101))
            arm = arm_of(RUNNING, first.conversation_id)
            assert {turn.llm_model for turn in (first, second, third)} == {f"llm+{arm}"}
            seen.add(arm)
        assert seen == {"a", "b"}


async def test_the_setting_of_the_temperature_reaches_the_model(tmp_path: Path) -> None:
    assert Settings.model_validate({"llm": {"temperature": 0.7}}).models().llm.temperature == 0.7
    async with open_house(tmp_path, temperature=0.7) as house:
        await house.imagined()
        assert [request.temperature for request in house.engine.edits] == [0.7]


PAINTERS = ExperimentSettings(name="painters", compares="models", a="", b="photo")
PHOTO = NamedImageSettings(model="photo-painter", steps=3, guidance=5.0, width=64, height=96)


def test_an_experiment_of_one_kind_has_no_arms_of_the_other() -> None:
    assert arm_of(PAINTERS, 1) == ""
    assert assigned(RUNNING, Options(), (), lambda: 1) == Assigned(Options())
    assert Settings.model_validate({"experiment": PAINTERS}).models().llm.variants == {}


def test_painters_get_their_share_and_the_options_name_them() -> None:
    numbers = iter(range(2000))
    settings = PAINTERS.model_copy(update={"share_b": 0.2})
    found = [assigned(settings, Options(size="3:2"), (), lambda: next(numbers)) for _ in range(2000)]
    assert {(one.options.model, one.arm) for one in found} == {(None, "painters:a"), ("photo", "painters:b")}
    assert {one.options.size for one in found} == {"3:2"}
    assert sum(one.options.model == "photo" for one in found) / 2000 == pytest.approx(0.2, abs=0.04)


@pytest.mark.parametrize(
    "said",
    [
        Options(model="photo"), Options(model=USUAL_MODEL), Options(loras="film"), Options(negative="fog"),
        Options(steps=9), Options(guidance=2.0), Options(scheduler="DDIM"),
    ],
)  # fmt: skip
def test_who_names_a_model_or_what_depends_on_one_takes_part_in_nothing(said: Options) -> None:
    assert assigned(PAINTERS, said, (), lambda: 1) == Assigned(said)


@pytest.mark.parametrize("kept", ["photo", "slow"])
def test_who_may_not_have_one_of_both_takes_part_in_nothing(kept: str) -> None:
    of_two = PAINTERS.model_copy(update={"a": "slow"})
    assert assigned(of_two, Options(), {kept}, lambda: 1) == Assigned(Options())
    assert assigned(of_two, Options(), {"another"}, lambda: 1).arm


async def test_every_turn_of_a_conversation_is_painted_by_its_arm_and_says_so(tmp_path: Path) -> None:
    engine = SketchEngine(models={"photo": PainterInfo("photo-painter")})
    async with open_house(tmp_path, engine=engine, experiment=PAINTERS, named={"photo": PHOTO}) as house:
        seen = set()
        for _ in range(6):
            first = await house.imagined()
            second = await house.refined(first.conversation_id, "make it night")
            third = await house.finished(await house.derived.reroll(second.id, 101))
            assert {turn.parameters.arm for turn in (second, third)} == {first.parameters.arm}
            assert {turn.painter_model for turn in (second, third)} == {first.painter_model}
            seen.add((first.parameters.arm, first.painter_model, first.parameters.height))
        named = await house.imagined(options=Options(model="photo"))
        assert named.parameters.arm == ""
    assert {one[:2] for one in seen} == {("painters:a", PAINTER), ("painters:b", "photo-painter")}
    assert {one[2] for one in seen if one[0] == "painters:b"} == {96}
    async with open_house(tmp_path) as house:  # the model is taken out of the settings
        gone = await house.finished(await house.derived.reroll(named.id, 101))
        assert (gone.painter_model, gone.parameters.arm) == (PAINTER, "")
