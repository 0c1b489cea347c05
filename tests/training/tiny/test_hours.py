"""How long TinyWorld takes: the pace of a run's state, and the sum over stages."""

from pathlib import Path

import pytest
from torch import nn

from training.tiny.hours import Stage, measure, pace, table
from training.tiny.loop import Run


def test_the_pace_is_that_of_the_steps_that_the_clock_saw(tmp_path: Path) -> None:
    run = Run("made", nn.Linear(2, 2), tmp_path, steps=4, lr=0.1)
    run.done, run.seconds = 4, 6.0  # noted when the fourth began
    run.save()
    assert pace(run.path) == pytest.approx(2.0)


def test_the_table_adds_the_stages_up() -> None:
    lines = table([Stage("text", 3600, 0.5), Stage("unet", 7200, 1.0)]).splitlines()
    assert lines[2] == "| text | 3600 | 0.500 | 0.50 |"
    assert lines[-1] == "| all | | | 2.5 |"


@pytest.mark.slow
def test_every_stage_is_measured() -> None:
    stages = measure(steps=2, pictures=1000)
    assert [stage.name for stage in stages] == [
        "data", "text", "autoencoder", "unet", "clip", "classifier", "lm", "pairs", "edit",
        "region's pictures", "region",
    ]  # fmt: skip
    assert all(stage.seconds > 0 and stage.steps > 0 for stage in stages)
