"""Every family of picture pipelines goes through the whole product; a chosen few in every run."""

from pathlib import Path

import pytest
from diffusers.pipelines.auto_pipeline import AUTO_TEXT2IMAGE_PIPELINES_MAPPING

from tests.model.matrix.pictures import editor_journey
from tests.model.matrix.pictures.builders.editors import EDITORS
from tests.model.matrix.pictures.families import BUILDERS, LEFT_OUT
from tests.model.matrix.pictures.journey import COLUMNS, travel

# sd, sdxl, sd3 and flux go through more in tests/model/pictures/test_painter.py, which makes a dozen and one
QUICK = (
    "lcm", "pixart-sigma", "flux-kontext", "flux2", "flux2-klein", "krea2", "qwenimage", "qwenimage21",
    "z-image", "prx",
)  # fmt: skip
QUICK_EDITORS = ("StableDiffusionInstructPix2PixPipeline",)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in BUILDERS]
)
def test_a_family_does_what_it_can_and_refuses_the_rest(name: str, tmp_path: Path) -> None:
    assert set(travel(name, tmp_path)) == set(COLUMNS)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK_EDITORS else pytest.mark.slow) for name in EDITORS]
)
def test_an_editor_does_what_it_can_and_refuses_the_rest(name: str, tmp_path: Path) -> None:
    assert set(editor_journey.travel(name, tmp_path)) == set(COLUMNS)


def test_every_family_of_autopipeline_is_here_or_left_out_with_a_reason() -> None:
    assert not BUILDERS.keys() & LEFT_OUT.keys()
    assert AUTO_TEXT2IMAGE_PIPELINES_MAPPING.keys() <= BUILDERS.keys() | LEFT_OUT.keys()
