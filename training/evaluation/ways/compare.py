"""The comparison of ways, from its settings to its files: raw.jsonl, raw.json, results.md, a drawing, a
sheet of pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from model.clip.scorers import load_clip
from model.pictures.painter import Painter
from model.pictures.regions import Regions
from model.presets import resolve
from training.errors import ConfigError
from training.evaluation import hypotheses
from training.evaluation.ways import report
from training.evaluation.ways.cases import from_folder
from training.evaluation.ways.clip_judge import ClipJudge
from training.evaluation.ways.drawing import drawing
from training.evaluation.ways.edit_reward import EditReward
from training.evaluation.ways.prompts import Prompts
from training.evaluation.ways.run import Bench, read, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    import numpy.typing as npt
    from PIL import Image

    from model.settings import ImageSettings
    from training.config.ways_settings import WaysConfig
    from training.evaluation.ways.cases import Case, Judge

    World = Callable[[Painter, ImageSettings, WaysConfig], tuple[Iterable[Case], Judge]]

_SHOWN = 12
"""Cases on the sheet of pictures."""


def compare(settings: WaysConfig, world: World, machine: str) -> Path:
    """Run what was not run yet and write the report; returns its Markdown file.

    `world` makes the cases and the judge of cases = "tinyworld"; any other is a folder. Raises
    ConfigError for arms that the models cannot serve, and for hypotheses that are not those of the runs so
    far.
    """
    output = Path(settings.output)
    models = resolve(settings.preset, settings.llm, settings.image, captioner=settings.captioner)
    painter = Painter.load(models.image)
    _check(settings, painter, models.image)
    hypotheses.keep(settings.hypotheses, output)
    clip = load_clip(models.scorers.clip)

    def embed(pictures: list[Image.Image]) -> npt.NDArray[np.floating]:
        return clip.pictures(pictures).float().cpu().numpy()

    if settings.cases == "tinyworld":
        cases, judge = world(painter, models.image, settings)
    else:
        cases = from_folder(Path(settings.cases), settings.edits, Prompts(models, output / "prompts.jsonl"))
        judge = ClipJudge(embed, lambda texts: clip.texts(texts).float().cpu().numpy())
    words = any(arm.mask == "words" for arm in settings.arms.values())
    regions = Regions.load(models.image) if words else None
    reward = EditReward(settings.edit_reward) if settings.edit_reward else None
    run(Bench(painter, models.image, regions, judge, embed, reward), cases, settings.arms, output)
    return write(settings, output, machine)


def write(settings: WaysConfig, output: Path, machine: str) -> Path:
    """The report of what was run so far."""
    lines = read(output / "raw.jsonl")
    raw = report.raw_of(settings, lines, machine)
    report.write_raw(raw, output / "raw.json")
    (output / "results.md").write_text(report.tables_of(raw), encoding="utf-8")
    (output / "ways.svg").write_text(drawing(raw), encoding="utf-8")
    report.sheet(
        output,
        lines,
        [a for a, arm in settings.arms.items() if not arm.joined],
        _SHOWN,
        output / "sheet.webp",
    )
    return output / "results.md"


def machine() -> str:
    """What the seconds were measured on."""
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"
    return f"{os.cpu_count()} cores ({torch.get_num_threads()} used), {gpu}"


def _check(settings: WaysConfig, painter: Painter, image: ImageSettings) -> None:
    can = painter.capabilities
    served = {"repaint": True, "keep": can.strength, "edit": can.edit, "region": can.region}
    problems = [
        f"arms.{name}: {painter.name} has no way to {arm.way}"
        for name, arm in settings.arms.items()
        if not served[arm.way]
    ]
    if not image.regions and any(arm.mask == "words" for arm in settings.arms.values()):
        problems.append("a mask from words needs a model: image.regions")
    if problems:
        raise ConfigError("The ways cannot be compared:", problems)
