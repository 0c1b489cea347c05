"""The settings in a picture's file: the sampler of the tool that painted it is the one used here."""

from pathlib import Path

import pytest
from PIL import Image

from bot.domain.content_policy import SafetyPolicy
from bot.domain.limits import Allowance
from bot.domain.options import Bounds
from bot.services.picture_starts import PictureStarts
from model.engine import Capabilities
from model.pictures.png_metadata import Parameters, encode_png
from tests.bot.engines import PAINTER, SketchEngine
from tests.bot.house import ANN, open_house

ABLE = Capabilities(schedulers=("EulerAncestralDiscrete", "DPMSolverMultistep", "UniPCMultistep"))


@pytest.mark.parametrize(
    ("sampler", "model", "used"),
    [
        ("EulerAncestralDiscrete", PAINTER, "EulerAncestralDiscrete"),  # as we write it
        ("Euler a", PAINTER, "EulerAncestralDiscrete"),  # AUTOMATIC1111
        ("dpmpp_2m", PAINTER, "DPMSolverMultistep"),  # ComfyUI, InvokeAI
        ("UniPC", PAINTER, None),  # fits the model, but the operator does not offer it
        ("Heun", PAINTER, None),
        ("", PAINTER, None),
        ("Euler a", "another-model", None),
    ],
)
async def test_the_sampler_of_a_picture_of_the_same_model_is_used_where_it_is_offered(
    tmp_path: Path, sampler: str, model: str, used: str | None
) -> None:
    engine = SketchEngine(able=ABLE)
    said = Parameters("a castle", "", 9, sampler, 4.0, 7, (64, 64), model)
    async with open_house(tmp_path, engine=engine) as house:
        offered = ("EulerAncestralDiscrete", "DPMSolverMultistep")
        house.turns.bounds = lambda _: Bounds(schedulers=offered, able=ABLE)
        first = await house.finished(await house.bring(encode_png(Image.new("RGB", (64, 64)), said)))
        starts = PictureStarts(house.turns, house.trees, house.brought, SafetyPolicy(), 1000)
        accepted = await starts.paint_with_settings(first.id, ANN, request_id=5, allowed=Allowance())
        turn = await house.finished(accepted)
    assert turn.parameters.scheduler == used
    assert engine.paints[-1].scheduler == (used or "")
    assert turn.parameters.seed == 7


async def test_what_a_file_says_passes_no_limit(tmp_path: Path) -> None:
    engine = SketchEngine(able=ABLE)
    said = Parameters("a castle", "", 400, "", 30.0, 7, (64, 64), PAINTER)
    async with open_house(tmp_path, engine=engine) as house:
        house.turns.bounds = lambda _: Bounds(most_steps=20, most_guidance=6.0, able=ABLE)
        first = await house.finished(await house.bring(encode_png(Image.new("RGB", (64, 64)), said)))
        starts = PictureStarts(house.turns, house.trees, house.brought, SafetyPolicy(), 1000)
        accepted = await starts.paint_with_settings(first.id, ANN, request_id=5, allowed=Allowance())
        painted = (await house.finished(accepted)).parameters
    own = first.parameters
    assert (painted.steps, painted.guidance) == (max(20, own.steps), max(6.0, own.guidance))
