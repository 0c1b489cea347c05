"""The cost model by hand, and docs/scaling.md with its tables, assumptions and settings as they are."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from model.serving.cluster.settings import ClusterSettings
from tests.benchmarks.arithmetic import network, picture_tflop
from tests.benchmarks.scaling import HOURS_A_MONTH, Assumptions, Gpu, month, tables

PAGE = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text(encoding="utf-8")
# one picture a second on the day's mean, four in the busiest hour; 2 s each, and 0.5 s for its prompt
BUSY = Assumptions(active=0.1, pictures=10, peak=4, utilisation=0.5, load=0.8, words_seconds=0.5)
CARD = Gpu("card", tflops=100, dollars=2)
MEMBERS = 86_400


def test_a_month_by_hand() -> None:
    assert BUSY.peak_rate(MEMBERS) == 4
    assert BUSY.seconds(100, CARD) == 2
    painting, writing, always, scaled = month(BUSY, MEMBERS, 100, CARD)
    assert (painting, writing) == (10, 3)  # 4 * 2 / 0.8, and 4 * 0.5 / 0.8 rounded up
    assert always == 13 * 2 * HOURS_A_MONTH
    assert scaled == 4 * 2 * HOURS_A_MONTH  # 1 * 2 / 0.8 rounded up, and one for words


def test_few_people_share_one_gpu() -> None:
    # 0.04 a second for 2.5 s is a tenth of a GPU
    assert month(BUSY, MEMBERS // 100, 100, CARD) == (0, 0, 2 * HOURS_A_MONTH, 2 * HOURS_A_MONTH)


@pytest.mark.parametrize(("preset", "billions"), [("sd15", 0.86), ("sdxl", 2.57), ("sd35", 2.5)])
def test_the_networks_are_as_large_as_their_makers_say(preset: str, billions: float) -> None:
    """Parameters: Stable Diffusion's README, the SDXL paper's first table, SD 3.5 Medium's model card, which
    counts its table of positions too."""
    parameters = sum(weight.numel() for weight in network(preset).state_dict().values())
    assert parameters / 1e9 == pytest.approx(billions, rel=0.02)


def test_guidance_doubles_the_passes() -> None:
    # sdxl: 30 steps with guidance at 1024 pixels; sdxl-turbo: 2 without at 512, a quarter of the latents
    assert picture_tflop("sdxl") / picture_tflop("sdxl-turbo") > 4 * 15 * 0.9


def test_the_page_has_the_tables_of_the_command() -> None:
    for table in tables(Assumptions()).split("\n\n"):
        assert table in PAGE


def test_the_page_has_every_assumption() -> None:
    given = {name: float(value) for name, value in re.findall(r"\| `--([\w-]+) ([\d.]+)` \|", PAGE)}
    assert given == {field.name.replace("_", "-"): field.default for field in fields(Assumptions)}


def test_the_page_has_every_setting() -> None:
    table = PAGE.split("| KEY=VALUE |", 1)[1].split("\n\n", 1)[0]
    named = {name for line in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named == set(ClusterSettings.model_fields)
