"""Methods side by side on edits that training never saw: text and pictures, under several picture models.

Every method writes a target for the same edits; every picture model paints them with the same seeds; the
scorers judge them against the short intent. The numbers by method and painter:

- "judge": an independent judge of the pictures, which is never a reward (`training.rewards.independent`)
- "aesthetic", "preference", "fit": raw scores (`model.clip.scorers`); "total": their weighed sum with content
  integrity, each in standard deviations of the baseline method's own scores
- "integrity", "scene" (TinyWorld: the target says exactly the reference's scene), "words", "usable"
- "win rate": how often its total beats the baseline's on the same edit

A method that gives no usable prompt for an edit is shown the unchanged source there, as a person would see.
An edit for which a pipeline's safety checker blacked out a method's pictures is counted and left out for all
methods.

Benchmarks (`training.evaluation.benchmarks`) are prompts that every method beautifies, judged in the same way
and by category. GenEval's own rules stand in the judge's place there.

Targets and scores are written as they come; a stopped comparison goes on when it is started again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from model.language.stems import words
from training.config import toml
from training.config.settings import BenchmarkSettings, EvaluateConfig, PainterSettings, RewardSettings
from training.core.checkpoint import BEGAN
from training.data import sources
from training.data.integrity import integrity, requirements_of
from training.errors import DataError
from training.evaluation.benchmarks import loaders
from training.evaluation.benchmarks.geneval import GenEvalJudge, load_detector
from training.evaluation.results import Benchmark, Results, write_raw
from training.evaluation.shown import Shown
from training.evaluation.writing import Written, write
from training.rewards.cache import ScoreCache
from training.rewards.independent import PictureJudge, load_independent
from training.rewards.judge import PICTURE_REWARDS, PictureScores, load_picture_scores
from training.rewards.pictures import example_seeds
from training.rewards.types import Finished

if TYPE_CHECKING:
    from training.data.examples import Edit

log = logging.getLogger(__name__)

_AT_ONCE = 64
"""Prompts that are painted and scored between two writes to the cache."""
Pictures = dict[str, dict[str, list[str]]]
"""[painter][method]: files of the first edits, relative to the output folder; "" where one was blacked
out."""


def evaluate(settings: EvaluateConfig, made_by: str = "") -> Results:
    """Run the whole comparison; writes `raw.json` (the numbers), `results.json` (edits, texts, files),
    `results.md` and `index.html`."""
    from training.evaluation import markdown

    output = Path(settings.output)
    # Before anything is painted: what a benchmark lacks is said at once
    items = {name: loaders.load(given, settings.seed) for name, given in settings.benchmarks.items()}
    judge = load_independent(settings.judge)
    judges = {name: benchmark_judge(settings, name, asked, judge) for name, asked in items.items()}
    output.mkdir(parents=True, exist_ok=True)
    toml.save(settings, output / "config.toml")
    edits = compared_edits(settings)
    written = {
        name: write(method, edits, settings, output / "targets" / f"{quote(name, safe='@+')}.jsonl")
        for name, method in settings.methods.items()
    }
    results = Results(settings.split, settings.baseline, settings.judge, dict(settings.weights), made_by)
    results.began = {
        name: began for name, m in settings.methods.items() if (began := began_with(Path(m.model)))
    }
    pictures: Pictures = {}
    for painter, painted_by in settings.painters.items():
        log.info("painting with %s", painter)
        with ScoreCache(settings.cache or str(output / "scores.sqlite")) as cache:
            scores = load_picture_scores(_reward(settings, painted_by), cache, judge)
            shown = edits[: painted_by.examples]
            results.values[painter] = {name: judged(one, shown, scores) for name, one in written.items()}
            pictures[painter] = _save_pictures(scores, written, edits, painter, settings)
    for name, asked in items.items():
        results.benchmarks[name] = benchmark(name, asked, settings, judges[name])
    write_raw(results.raw(), output / "raw.json")
    # Tables are made of what is kept, so that they are the same when they are made of it again
    results = Results.of(results.raw())
    targets = {name: one.targets for name, one in written.items()}
    told = {"edits": list(map(asdict, edits)), "targets": targets, "pictures": pictures}
    (output / "results.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    markdown.write(results, Shown(edits, targets, pictures), settings.runs, output)
    return results


def began_with(model: Path) -> str:
    """A hash of the weights that the run began with whose `best` folder this is; "" where it is no run's."""
    file = model.parent / BEGAN
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def compared_edits(settings: EvaluateConfig) -> list[Edit]:
    """The edits all methods are asked, of the split. Raises DataError when the data has none."""
    edits = sources.part_edits(settings.data, settings.split)[: settings.examples]
    if not edits:
        raise DataError(
            f"The data holds no {settings.split} examples: set data.evaluation or data.held_out.", []
        )
    return edits


def benchmark_judge(
    settings: EvaluateConfig, name: str, items: Sequence[loaders.Item], judge: PictureJudge
) -> PictureJudge:
    """GenEval's rules where they are the benchmark's, else the evaluation's judge. Raises ConfigError."""
    detector = settings.benchmarks[name].detector
    return GenEvalJudge(items, load_detector(detector)) if detector else judge


def benchmark(
    name: str, items: Sequence[loaders.Item], settings: EvaluateConfig, judge: PictureJudge
) -> Benchmark:
    """What every method makes of a benchmark's prompts, under every painter."""
    edits, folder = [item.edit for item in items], Path(settings.output) / "targets" / quote(name, safe="")
    written = {
        method: write(given, edits, settings, folder / f"{quote(method, safe='@+')}.jsonl")
        for method, given in settings.methods.items()
    }
    given: BenchmarkSettings = settings.benchmarks[name]
    by = f"GenEval's rules, objects found by {given.detector}" if given.detector else settings.judge
    results = Results("test", settings.baseline, by, dict(settings.weights))
    for painter, painted_by in settings.painters.items():
        log.info("%s: painting with %s", name, painter)
        with ScoreCache(settings.cache or str(Path(settings.output) / "scores.sqlite")) as cache:
            scores = load_picture_scores(_reward(settings, painted_by), cache, judge)
            shown = edits[: painted_by.examples]
            results.values[painter] = {method: judged(one, shown, scores) for method, one in written.items()}
    return Benchmark(results, [list(item.categories) for item in items])


def judged(written: Written, edits: Sequence[Edit], scores: PictureScores) -> dict[str, list[float]]:
    """The value of every measured column for each edit."""
    finished = [
        Finished(target, edit, requirements_of(edit))
        for target, edit in zip(written.targets, edits, strict=False)  # of the first edits only
    ]
    painted: dict[str, list[float]] = {}
    for start in range(0, len(finished), _AT_ONCE):
        for name, column in scores(finished[start : start + _AT_ONCE]).items():
            painted.setdefault(name, []).extend(column)
    return {
        **painted,
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
        files[method] = []
        for index, image in enumerate(scores.painter.paint(one.targets[: len(shown)], seeds)):
            name = f"{list(settings.painters).index(painter)}-{number}-{index}.png"
            if image is not None:
                image.save(folder / name)
            files[method].append(f"pictures/{name}" if image is not None else "")
    return files
