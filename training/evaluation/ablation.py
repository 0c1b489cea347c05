"""What each part of DiffChat adds: PPO with and without ADM and VCI, several seeds each, then side by side.

Every (variant, seed) is an ordinary PPO run in a process and folder of its own: `OUTPUT/VARIANT/SEED`. A run
that was stopped goes on, a finished one is not repeated, so the same command may be given again and again.
At the end come the evaluation with all of them (`OUTPUT/evaluation`), what each part adds, and how they
learnt.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.overlay import overlaid
from training.config import toml
from training.config.rl_settings import RlConfig
from training.config.settings import AblationConfig, EffectSettings, EvaluateConfig, MethodSettings
from training.core import checkpoint
from training.core.metrics import read_metrics
from training.core.statistics import Estimate, estimate
from training.errors import ConfigError, TrainingError
from training.evaluation import evaluate, markdown
from training.evaluation.results import group_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

log = logging.getLogger(__name__)

LEARNT = (
    "reward/total",
    "reward/integrity",
    "adm/positive_reward",
    "adm/hard_negative_reward",
    "adm/weight",
    "value/explained",
    "kl/reference",
    "eval/reward",
)
"""The metrics of the second table: means over a run's last quarter."""


@dataclass(frozen=True)
class Run:
    """One PPO run of the comparison."""

    variant: str
    seed: int
    folder: Path
    overrides: tuple[str, ...]

    @property
    def name(self) -> str:
        """As `evaluate` names runs of one method: "diffchat@2"."""
        return f"{self.variant}@{self.seed}"

    def finished(self, steps: int) -> bool:
        """Whether its last checkpoint is there."""
        folders = checkpoint.existing(self.folder)
        return bool(folders) and folders[-1].name == f"step-{steps:08d}"


def runs_of(settings: AblationConfig) -> list[Run]:
    """All runs, seed by seed, so that a comparison stopped early has all variants of the first seeds."""
    return [
        Run(variant, seed, Path(settings.output) / variant / str(seed), tuple(changes))
        for seed in settings.seeds
        for variant, changes in settings.variants.items()
    ]


def ablate(settings: AblationConfig, jobs: int = 1) -> Path:
    """Train what is not trained yet, `jobs` runs at a time, evaluate all; returns the folder of results.

    Raises ConfigError before anything runs when a variant's overrides do not fit, TrainingError that names
    the run when one fails (the others are finished first).
    """
    runs = runs_of(settings)
    steps = {run.name: _settings(settings, run).steps for run in runs}
    comparison = comparison_of(settings, runs)
    _check_effects(settings, comparison)
    left = [run for run in runs if not run.finished(steps[run.name])]
    log.info("%d of %d runs are left.", len(left), len(runs))
    with ThreadPoolExecutor(jobs) as pool:
        codes = list(pool.map(lambda run: _train(settings, run, jobs), left))
    failed = [run.name for run, code in zip(left, codes, strict=True) if code]
    if failed:
        raise TrainingError(
            f"These runs failed: {', '.join(failed)}; `log.txt` in their folders says why. Mend it and give "
            "the same command again: finished runs are kept."
        )
    results = evaluate.evaluate(comparison)
    output = Path(comparison.output)
    text = "\n".join([markdown.markdown(results), effects(settings, results.totals), learnt(runs)])
    (output / "results.md").write_text(text, encoding="utf-8")
    return output


def comparison_of(settings: AblationConfig, runs: Sequence[Run]) -> EvaluateConfig:
    """The evaluation with every run as a method, and the first seed's learning curves."""
    base = toml.load(EvaluateConfig, Path(settings.evaluation), [f"output={settings.output}/evaluation"])
    own = {run.name: MethodSettings(kind="model", model=str(run.folder / "best")) for run in runs}
    fixed = {name: method for name, method in base.methods.items() if name not in settings.variants}
    curves = {run.variant: str(run.folder) for run in runs if run.seed == settings.seeds[0]}
    return overlaid(base, {"methods": fixed | own, "runs": curves})


def effects(settings: AblationConfig, totals: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """What each part adds to the total, as a Markdown table with a column for each painter.

    Edit by edit and seed by seed, a variant that has the part less the one that lacks only it; the mean over
    such pairs, and its 95 % interval over seeds and edits. `totals[painter][method]` is an edit a number.
    """
    if not settings.effects:
        return ""
    lines = ["### effect on the total\n", "| part | " + " | ".join(totals) + " |"]
    lines.append("|---" * (len(totals) + 1) + "|")
    for part, effect in settings.effects.items():
        cells = [_cell_of(_differences(settings, effect, own)) for own in totals.values()]
        lines.append(f"| {part} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _differences(
    settings: AblationConfig, effect: EffectSettings, totals: Mapping[str, Sequence[float]]
) -> list[list[float]]:
    """[seeds][edits]: the mean over the effect's pairs of variants."""
    pairs = list(zip(effect.has, effect.lacks, strict=True))
    return [
        [
            sum(ours - theirs for ours, theirs in values) / len(values)
            for values in zip(
                *(
                    zip(_of_seed(totals, has, seed), _of_seed(totals, lacks, seed), strict=True)
                    for has, lacks in pairs
                ),
                strict=True,
            )
        ]
        for seed in settings.seeds
    ]


def _of_seed(totals: Mapping[str, Sequence[float]], name: str, seed: int) -> Sequence[float]:
    """A variant's totals with a seed, or those of a method that has none."""
    return totals.get(f"{name}@{seed}") or totals[name]


def _check_effects(settings: AblationConfig, comparison: EvaluateConfig) -> None:
    """Raises ConfigError where an effect names neither variant nor method."""
    known = {group_of(name) for name in comparison.methods}
    odd = {name: part for part, effect in settings.effects.items() for name in (*effect.has, *effect.lacks)}
    problems = [
        f'effects.{part}: "{name}" is no variant and no method'
        for name, part in odd.items()
        if name not in known
    ]
    if problems:
        raise ConfigError("The comparison cannot be made:", problems)


def learnt(runs: Sequence[Run]) -> str:
    """How the runs learnt, as a Markdown table: a line for each variant, 95 % intervals over seeds."""
    lines = ["### learning (last quarter of the steps)\n", "| variant | " + " | ".join(LEARNT) + " |"]
    lines.append("|---" * (len(LEARNT) + 1) + "|")
    for variant in dict.fromkeys(run.variant for run in runs):
        own = [read_metrics(run.folder) for run in runs if run.variant == variant]
        cells = [_cell([value for lines in own for value in _late(lines, name)]) for name in LEARNT]
        lines.append(f"| {variant} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _late(lines: Sequence[dict[str, float]], name: str) -> Iterator[float]:
    """The mean of a metric over the last quarter of a run, if it has it there."""
    last = max((line["step"] for line in lines), default=0)
    values = [line[name] for line in lines if name in line and line["step"] > 0.75 * last]
    if values:
        yield sum(values) / len(values)


def _cell(values: list[float]) -> str:
    return _cell_of([[value] for value in values]) if values else "–"


def _cell_of(values: list[list[float]]) -> str:
    seen: Estimate = estimate(values)
    return f"{seen.mean:.3f} ({seen.low:.3f} to {seen.high:.3f})"


def _settings(settings: AblationConfig, run: Run) -> RlConfig:
    return toml.load(RlConfig, Path(settings.base), _overrides(run))


def _overrides(run: Run) -> list[str]:
    return [*run.overrides, f"seed={run.seed}", f"output={run.folder}"]


def _train(settings: AblationConfig, run: Run, jobs: int) -> int:
    """One run in a process of its own, its words in `log.txt`; returns the exit code."""
    run.folder.mkdir(parents=True, exist_ok=True)
    changes = [part for change in _overrides(run) for part in ("--set", change)]
    command = [sys.executable, "-m", "training", "ppo", "--config", settings.base, *changes]
    threads = max(1, _cores() // jobs)
    log.info("training %s", run.name)
    with (run.folder / "log.txt").open("a", encoding="utf-8") as file:
        env = {**os.environ, "OMP_NUM_THREADS": str(threads)}
        done = subprocess.run(command, stdout=file, stderr=file, env=env, check=False)  # noqa: S603  our own
    return done.returncode


def _cores() -> int:
    """The processors this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
