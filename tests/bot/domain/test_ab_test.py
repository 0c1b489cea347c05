"""Two adapters side by side: a conversation keeps its arm, arms get their share, turns say who wrote."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ab_test import arm_of
from bot.settings import ExperimentSettings, Settings
from model.engine import EditRequest, EditResult
from tests.bot.engines import SketchEngine
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
