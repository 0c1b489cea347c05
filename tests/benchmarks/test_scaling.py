"""The cost model by hand, and docs/scaling.md with its tables, assumptions and settings as they are."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from model.serving.cluster.settings import ClusterSettings
from tests.benchmarks.arithmetic import picture_tflop
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


@pytest.mark.parametrize(("preset", "known"), [("sd15", 0.68), ("sdxl", 5.98)])
def test_the_arithmetic_is_near_what_others_count(preset: str, known: float) -> None:
    """Teraflop of one pass: BK-SDM (arXiv 2305.15798) has 339 G multiply-adds for SD 1.4, and the SDXL
    U-Net's are put at 2.99 T at 1024 pixels; neither counts the products within attention, torch does."""
    steps = {"sd15": 50, "sdxl": 60}[preset]
    assert known <= picture_tflop(preset) / steps <= 1.35 * known


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
