"""Conversations that go on with another picture model than the one they were begun with."""

from pathlib import Path

from bot.domain.conversation import Turn
from bot.domain.options import Options
from model.presets import resolve
from model.settings import ImageSettings
from tests.bot.engines import SketchEngine
from tests.bot.house import open_house


def distilled() -> ImageSettings:
    """A model that refuses guidance and negative prompts."""
    return resolve("tiny").image.model_copy(update={"steps": 2, "guidance": 0.0, "negative_prompt": ""})


async def begun(folder: Path) -> Turn:
    """A finished first turn of the model before."""
    async with open_house(folder) as house:
        return await house.imagined("a red house", Options(seed=42, count=2))


async def test_a_refinement_is_painted_as_the_present_model_wants(tmp_path: Path) -> None:
    first = await begun(tmp_path)
    engine = SketchEngine(painter="another-painter")
    async with open_house(tmp_path, engine=engine, image=distilled()) as house:
        turn = await house.refined(first.conversation_id, "make it night")
        later = await house.refined(first.conversation_id, "in winter")
    assert (turn.parameters.steps, turn.parameters.guidance) == (2, 0.0)
    assert (turn.parameters.seed, turn.parameters.count) == (42, 2)
    assert [(request.steps, request.guidance) for request in engine.paints] == [(2, 0.0), (2, 0.0)]
    assert later.parameters == turn.parameters


async def test_the_same_model_keeps_what_the_parent_was_painted_with(tmp_path: Path) -> None:
    first = await begun(tmp_path)
    async with open_house(tmp_path, image=distilled()) as house:
        turn = await house.refined(first.conversation_id, "make it night")
    assert turn.parameters == first.parameters
