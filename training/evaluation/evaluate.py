"""Methods side by side on held-out edits: text and pictures, under picture models that training never saw.

Every method writes a target for the same edits; every picture model paints them with the same seeds; the
scorers judge them against the short intent. The numbers by method and painter:

- "aesthetic", "preference", "fit": raw scores (`model.clip.scorers`); "total": their weighed sum with content
  integrity, each in standard deviations of the baseline method's own scores
- "integrity", "scene" (TinyWorld: the target says exactly the reference's scene), "words", "usable"
- "win rate": how often its total beats the baseline's on the same edit

A method that gives no usable prompt for an edit is shown the unchanged source there, as a person would see.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model.language.stems import words
from training.config import toml
from training.config.settings import EvaluateConfig, PainterSettings, RewardSettings
from training.core.statistics import Estimate, estimate, win_rate
from training.data import sources
from training.data.integrity import integrity, requirements_of
from training.errors import DataError
from training.evaluation.results import Results, Written, group_of, write
from training.rewards.cache import ScoreCache
from training.rewards.judge import PICTURE_REWARDS, PictureScores, load_picture_scores
from training.rewards.pictures import example_seeds
from training.rewards.types import Finished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.data.examples import Edit

log = logging.getLogger(__name__)


def evaluate(settings: EvaluateConfig) -> Results:
    """Run the whole comparison and write `results.json`, `results.md` and `index.html`."""
    from training.evaluation import markdown

    output = Path(settings.output)
    output.mkdir(parents=True, exist_ok=True)
    toml.save(settings, output / "config.toml")
    edits = held_out_edits(settings)
    written = {name: write(method, edits, settings) for name, method in settings.methods.items()}
    results = Results(edits, settings.baseline, targets={name: one.targets for name, one in written.items()})
    for painter, painted_by in settings.painters.items():
        log.info("painting with %s", painter)
        with ScoreCache(settings.cache) as cache:
            scores = load_picture_scores(_reward(settings, painted_by), cache)
            shown = edits[: painted_by.examples]
            values = {name: judge(one, shown, scores) for name, one in written.items()}
            results.pictures[painter] = _save_pictures(scores, written, edits, painter, settings)
        results.totals[painter] = totals_of(values, settings.weights, settings.baseline)
        results.table[painter] = tabulate(values, results.totals[painter], settings.baseline)
    results.write(output / "results.json")
    markdown.write(results, settings, output)
    return results


def held_out_edits(settings: EvaluateConfig) -> list[Edit]:
    """The edits all methods are asked. Raises DataError when the data holds none out."""
    _, held = sources.load_edits(settings.data)
    edits = held[: settings.examples]
    if not edits:
        raise DataError("The data holds no examples out: set data.evaluation or data.held_out.", [])
    return edits


def judge(written: Written, edits: Sequence[Edit], scores: PictureScores) -> dict[str, list[float]]:
    """The value of every column but total and win rate, for each edit."""
    finished = [
        Finished(target, edit, requirements_of(edit))
        for target, edit in zip(written.targets, edits, strict=False)  # of the first edits only
    ]
    return {
        **scores(finished),
        "integrity": [integrity(item.prompt, item.requirements) for item in finished],
        "scene": [float(same_scene(item.prompt, item.edit)) for item in finished],
        "words": [float(len(words(item.prompt))) for item in finished],
        "usable": [float(usable) for usable in written.usable[: len(edits)]],
    }


def same_scene(target: str, edit: Edit) -> bool:
    """Whether TinyWorld reads the same scene in a target as in the reference.

    Words of quality that the reference has and the source had not are the model's choice: two at least.
    """
    from model.tiny.grammar import parse

    said, meant = parse(target), parse(edit.target_prompt)
    if parse(edit.source_prompt).quality or not meant.quality:
        return said == meant
    return len(said.quality) >= 2 and replace(said, quality=()) == replace(meant, quality=())


def totals_of(
    values: dict[str, dict[str, list[float]]], weights: dict[str, float], baseline: str
) -> dict[str, list[float]]:
    """The total of each edit by method from `values[method][column]`: weighed columns, each from the
    baseline's mean on in its standard deviations."""
    scale = {
        name: _mean_std([columns for m, columns in values.items() if group_of(m) == baseline], name)
        for name in weights
    }
    return {method: _total(columns, weights, scale) for method, columns in values.items()}


def tabulate(
    values: dict[str, dict[str, list[float]]], totals: dict[str, list[float]], baseline: str
) -> dict[str, dict[str, Estimate]]:
    """Estimates by group and column from `values[method][column]` and `totals[method]`, a value an edit."""
    groups: dict[str, list[str]] = defaultdict(list)
    for method in values:
        groups[group_of(method)].append(method)
    table: dict[str, dict[str, Estimate]] = {}
    for group, runs in groups.items():
        own = [totals[run] for run in runs]
        table[group] = {name: estimate([values[run][name] for run in runs]) for name in values[runs[0]]}
        table[group]["total"] = estimate(own)
        table[group]["win rate"] = win_rate(own, [totals[run] for run in groups[baseline]])
    return table


def _total(
    run: dict[str, list[float]], weights: dict[str, float], scale: dict[str, tuple[float, float]]
) -> list[float]:
    count = len(next(iter(run.values())))
    return [
        sum(weight * (run[name][i] - scale[name][0]) / scale[name][1] for name, weight in weights.items())
        for i in range(count)
    ]


def _mean_std(runs: Sequence[dict[str, list[float]]], column: str) -> tuple[float, float]:
    numbers = [number for run in runs for number in run[column]]
    mean = sum(numbers) / len(numbers)
    return mean, (sum((x - mean) ** 2 for x in numbers) / len(numbers)) ** 0.5 or 1.0


def _reward(settings: EvaluateConfig, painter: PainterSettings) -> RewardSettings:
    return RewardSettings(
        weights=dict.fromkeys(PICTURE_REWARDS, 1.0), painter=painter, scorers=settings.scorers
    )


def _save_pictures(
    scores: PictureScores,
    written: dict[str, Written],
    edits: Sequence[Edit],
    painter: str,
    settings: EvaluateConfig,
) -> dict[str, list[str]]:
    """The first edits' pictures of every method, with the example's first seed, as PNG files."""
    folder = Path(settings.output) / "pictures"
    folder.mkdir(exist_ok=True)
    shown = list(edits)[: settings.pictures_shown]
    seeds = [example_seeds(edit.key, 1)[0] for edit in shown]
    files: dict[str, list[str]] = {}
    for number, (method, one) in enumerate(written.items()):
        images = scores.painter.paint(one.targets[: len(shown)], seeds)
        files[method] = []
        for index, image in enumerate(images):
            name = f"{list(settings.painters).index(painter)}-{number}-{index}.png"
            image.save(folder / name)
            files[method].append(f"pictures/{name}")
    return files
