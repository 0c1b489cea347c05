"""What each part of DiffChat adds: PPO with and without ADM and VCI, several seeds each, then side by side.

Every (variant, seed) is an ordinary PPO run in a process and folder of its own: `OUTPUT/VARIANT/SEED`. A run
that was stopped goes on, a finished one is not repeated, so the same command may be given again and again.
After all variants of a seed comes their evaluation (`OUTPUT/evaluation/SEED`); what each part adds over the
seeds so far, what became of the hypotheses, and how the runs learnt stand in `OUTPUT/results.md`. All that
these tables are made from is in one raw file (`training.evaluation.seed_by_seed`), from which a comparison
goes on where the runs themselves are gone.

All runs of a seed must begin with the same weights: each leaves their hash (`began.txt`), and they are
compared.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.overlay import overlaid
from training.config import toml
from training.config.ablation_settings import AblationConfig, EffectSettings, HypothesisSettings
from training.config.rl_settings import RlConfig
from training.config.settings import EvaluateConfig, MethodSettings
from training.core import checkpoint
from training.core.metrics import read_metrics
from training.core.processes import Process, run_all
from training.core.statistics import estimate
from training.core.trainer import FREE
from training.errors import ConfigError, TrainingError
from training.evaluation import evaluate, hypotheses, markdown
from training.evaluation.hypotheses import cell, differences
from training.evaluation.results import Results, group_of, write_raw
from training.evaluation.seed_by_seed import begun, fingerprint, grown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

log = logging.getLogger(__name__)

_BASE = "base="
METRICS = ("total", "judge", "integrity")
"""What effects are told of."""
LEARNT = (
    "reward/total",
    "reward/integrity",
    "adm/positive_reward",
    "adm/hard_negative_reward",
    "adm/weight",
    "adm/prefix_advantage",
    "adm/hard_negative_prefix",
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
        Run(variant, seed, Path(settings.output) / variant / str(seed), (*settings.changes, *changes))
        for seed in settings.seeds
        for variant, changes in settings.variants.items()
    ]


def ablate(settings: AblationConfig, jobs: int = 1, made_by: str = "") -> Path:
    """Train and evaluate the seeds that are left, `jobs` runs at a time; returns the tables' file.

    Raises ConfigError before anything runs when a variant's overrides do not fit, or the results are of
    another comparison; TrainingError that names the run when one fails (those beside it are finished first).
    """
    runs = runs_of(settings)
    steps = {run.name: _settings(settings, run).steps for run in runs}
    _check_effects(settings, comparison_of(settings, runs))
    raw_file = Path(settings.results or Path(settings.output) / "raw.json")
    raw = begun(raw_file, settings, asked(settings))
    write_raw(raw, raw_file)
    tables = Path(settings.output) / "results.md"
    tables.parent.mkdir(parents=True, exist_ok=True)
    left = [seed for seed in settings.seeds if seed not in raw["seeds"]]
    log.info("%d of %d seeds are left.", len(left), len(settings.seeds))
    for seed in left:
        own = [run for run in runs if run.seed == seed]
        run_all([_process(settings, run) for run in own if not run.finished(steps[run.name])], jobs)
        check_beginnings(own)
        results = evaluate.evaluate(comparison_of(settings, own), made_by)
        raw = grown(raw, seed, results, learnt(own))
        write_raw(raw, raw_file)
        tables.write_text(tables_of(raw), encoding="utf-8")
    return tables


def asked(settings: AblationConfig) -> str:
    """The fingerprint of all variants' settings and the evaluation's, whatever the seeds and folders, and
    what may change when a run goes on."""
    first = [run for run in runs_of(settings) if run.seed == settings.seeds[0]]
    variants = [
        run.variant + _settings(settings, run).model_dump_json(exclude={"seed", "output", *FREE})
        for run in first
    ]
    comparison = comparison_of(settings, [])
    return fingerprint(*variants, comparison.model_dump_json(exclude={"output", "runs"}))


def tables_of(raw: dict[str, Any]) -> str:
    """All tables of a comparison from its raw result."""
    results, seeds = Results.of(raw), raw["seeds"]
    parts = {name: EffectSettings(**one) for name, one in raw["effects"].items()}
    expected = {name: HypothesisSettings(**one) for name, one in raw["hypotheses"].items()}
    told = [
        markdown.markdown(results),
        hypotheses.table_of(results, parts, expected, seeds),
        effects(results, parts, seeds),
        learnt_table(raw["learnt"]),
        _beginnings(results, seeds),
    ]
    return "\n".join(filter(None, told))


def _beginnings(results: Results, seeds: Sequence[int]) -> str:
    """The weights that the variants' runs began with, in a sentence."""
    of: dict[str, set[int]] = {}
    for seed in seeds:
        for run in (run for run in results.began if run.endswith(f"@{seed}")):
            of.setdefault(results.began[run][:12], set()).add(seed)
    if len(of) < 2:
        return f"All runs began with the weights {next(iter(of), 'of no record')}.\n"
    by_seed = sorted(of.items(), key=lambda each: sorted(each[1]))
    told = (f"{began} (seeds {', '.join(map(str, sorted(own)))})" for began, own in by_seed)
    return (
        f"Runs began with the weights {' and '.join(told)}. What all seeds are beside, such as the row of "
        "SFT, is of the first: totals and win rates, told against it, mix both; differences between "
        "variants do not.\n"
    )


def check_beginnings(runs: Sequence[Run]) -> None:
    """Raises TrainingError unless all runs are known to have begun with the same weights."""
    began = {run.name: evaluate.began_with(run.folder / "best") for run in runs}
    first = began[runs[0].name]
    if odd := [name for name, seen in began.items() if not seen or seen != first]:
        raise TrainingError(
            f"These runs did not begin with the weights that {runs[0].name} began with, or left no record of "
            f"it: {', '.join(odd)}. Remove their folders and give the same command again."
        )


def comparison_of(settings: AblationConfig, runs: Sequence[Run]) -> EvaluateConfig:
    """The evaluation of the runs of one seed, or of several, with the first one's learning curves."""
    seeds = dict.fromkeys(run.seed for run in runs)
    folder = "-".join(map(str, seeds))
    changes = [*settings.evaluation_changes, f"output={settings.output}/evaluation/{folder}"]
    base = toml.load(EvaluateConfig, Path(settings.evaluation), changes)
    own = {run.name: MethodSettings(kind="model", model=str(run.folder / "best")) for run in runs}
    fixed = {name: method for name, method in base.methods.items() if name not in settings.variants}
    curves = {run.variant: str(run.folder) for run in runs if run.seed == next(iter(seeds))}
    return overlaid(base, {"methods": fixed | own, "runs": curves})


def effects(results: Results, parts: Mapping[str, EffectSettings], seeds: Sequence[int]) -> str:
    """What each part adds, as a Markdown table for each metric with a column for each painter.

    Edit by edit and seed by seed, a variant that has the part less the one that lacks only it; the mean over
    such pairs, and its 95 % interval over seeds and edits.
    """
    lines: list[str] = []
    for metric in METRICS if parts else ():
        lines += [f"### effect on {metric}\n", "| part | " + " | ".join(results.values) + " |"]
        lines.append("|---" * (len(results.values) + 1) + "|")
        values = {painter: results.by_edit(painter, metric) for painter in results.values}
        for part, effect in parts.items():
            cells = [cell(estimate(differences(own, effect, seeds))) for own in values.values()]
            lines.append(f"| {part} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


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


def learnt(runs: Sequence[Run]) -> dict[str, dict[str, list[float]]]:
    """[variant][metric]: the mean over the last quarter of the steps, a number for each seed that has it."""
    means: dict[str, dict[str, list[float]]] = {}
    for variant in dict.fromkeys(run.variant for run in runs):
        own = [read_metrics(run.folder) for run in runs if run.variant == variant]
        means[variant] = {name: [value for lines in own for value in _late(lines, name)] for name in LEARNT}
    return means


def learnt_table(means: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """How the runs learnt, as a Markdown table: a line for each variant, 95 % t intervals over seeds.

    A metric that the first seeds of a comparison did not note yet is left out: its cells would be of fewer
    seeds than those beside them.
    """
    columns = [name for name in LEARNT if _of_every_seed(name, means)]
    lines = ["### learning (last quarter of the steps; selection edits for eval/reward)\n"]
    lines.append("| variant | " + " | ".join(columns) + " |")
    lines.append("|---" * (len(columns) + 1) + "|")
    for variant, own in means.items():
        cells = [cell(estimate([[x] for x in own[name]])) if own.get(name) else "–" for name in columns]
        lines.append(f"| {variant} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _of_every_seed(name: str, means: Mapping[str, Mapping[str, Sequence[float]]]) -> bool:
    """Whether a metric was noted, and for all seeds where a run has it; the reward is for all."""
    noted = [(len(own[name]), len(own["reward/total"])) for own in means.values() if name in own]
    return bool(noted) and all(has in (0, seeds) for has, seeds in noted)


def _late(lines: Sequence[dict[str, float]], name: str) -> Iterator[float]:
    """The mean of a metric over the last quarter of a run, if it has it there."""
    last = max((line["step"] for line in lines), default=0)
    values = [line[name] for line in lines if name in line and line["step"] > 0.75 * last]
    if values:
        yield float(f"{sum(values) / len(values):.4g}")


def _settings(settings: AblationConfig, run: Run) -> RlConfig:
    return toml.load(RlConfig, Path(_base(settings, run)), _overrides(run))


def _base(settings: AblationConfig, run: Run) -> str:
    """The config file of a run: the variant's own where it names one, as for another algorithm."""
    own = [change.removeprefix(_BASE) for change in run.overrides if change.startswith(_BASE)]
    return own[-1] if own else settings.base


def _overrides(run: Run) -> list[str]:
    changes = [change for change in run.overrides if not change.startswith(_BASE)]
    return [*changes, f"seed={run.seed}", f"output={run.folder}"]


def _process(settings: AblationConfig, run: Run) -> Process:
    """How a run is trained."""
    changes = [part for change in _overrides(run) for part in ("--set", change)]
    command = ("-m", "training", "ppo", "--config", _base(settings, run), *changes)
    return Process(run.name, run.folder, command)
