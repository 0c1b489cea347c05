"""The experiment on conversations: arms that go on from one model in different ways, with several seeds.

    python -m training arms --config training/configs/tiny-arms.toml --jobs 2

Each arm with each seed is a process and a folder of its own (`OUTPUT/ARM/SEED`): it learns, is measured
(`training.tiny.arm_scores`), and leaves `measured.json`. A run that was stopped goes on when the command is
given again, a finished one is not repeated. The raw file grows by one seed at a time, when all arms of the
seed are measured, and is written before the first run, with the hypotheses
(`training.evaluation.arms` makes its tables).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.config import toml
from training.config.rl_settings import RlConfig
from training.core.processes import Process, run_all
from training.errors import ConfigError
from training.evaluation import hypotheses
from training.evaluation.results import write_raw
from training.evaluation.seed_by_seed import fingerprint, kept
from training.evaluation.ways.compare import machine
from training.tiny import arm_scores, dagger, lm
from training.tiny.lm_data import Mixture, Packer
from training.tiny.lm_eval import asker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.config.arms_settings import ArmsConfig, ArmSettings

_MEASURED = "measured.json"


def compare(settings: ArmsConfig, command: Sequence[str], jobs: int = 1) -> Path:
    """Run what is left, `jobs` runs at a time, and return the raw file.

    `command` is this comparison's own command line, from which runs in other processes are started. Raises
    ConfigError where an arm's settings do not fit, or the raw file or the output folder is of another
    comparison; TrainingError that names the runs that failed (those beside them are finished first).
    """
    for arm in settings.arms:
        _check(settings, arm)
    file = Path(settings.results or Path(settings.output) / "raw.json")
    asked = _asked(settings)
    _claim(Path(settings.output), asked)
    raw = _begun(settings, asked, file)
    write_raw(raw, file)
    for seed in settings.seeds:
        if seed in raw["seeds"]:
            continue
        left = [arm for arm in settings.arms if not (_folder(settings, arm, seed) / _MEASURED).exists()]
        runs = [Process(f"{arm}@{seed}", _folder(settings, arm, seed), (*command, "--run", f"{arm}@{seed}"))
                for arm in left]  # fmt: skip
        run_all(runs, jobs)
        raw = _grown(raw, settings, seed)
        write_raw(raw, file)
    return file


def run(settings: ArmsConfig, which: str) -> Path:
    """Let one arm learn with one seed (ARM@SEED) and measure it; returns the file of what was measured.

    Raises ConfigError where there is no such arm or seed.
    """
    arm, _, number = which.rpartition("@")
    if arm not in settings.arms or number not in map(str, settings.seeds):
        raise ConfigError("This run cannot be made:", [f"--run {which}: no ARM@SEED of the config"])
    seed = int(number)
    folder = _folder(settings, arm, seed)
    folder.mkdir(parents=True, exist_ok=True)
    model = _learnt(settings, settings.arms[arm], seed, folder)
    found = arm_scores.measured(asker(model), settings.chats, settings.edits, settings.part, seed)
    file = folder / _MEASURED
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return file


def _learnt(settings: ArmsConfig, arm: ArmSettings, seed: int, folder: Path) -> Path:
    """The folder of the model that the arm makes."""
    if arm.rl:
        from training.rl import run as rl

        return rl.train(_rl(settings, arm, seed, folder))
    start = Path(settings.start)
    if not arm.steps:
        return start
    recipe = lm.LmRecipe(rows=settings.rows, steps=arm.steps, lr=settings.lr, practice=0.0, seed=seed)
    tokenizer = lm.load_tokenizer(folder / "tokenizer", (), recipe, start)
    learning = lm.new_run(recipe, folder, len(tokenizer), start)
    learning.resume()
    lessons = dagger.lessons(start, arm.dagger, seed, folder) if arm.dagger else ()
    packer = Packer(tokenizer, (), recipe.rows, lessons, replace(Mixture(), **arm.mixture))
    lm.train(learning, recipe, packer, compiled=False)
    lm.export(learning, tokenizer, folder / "model")
    return folder / "model"


def _rl(settings: ArmsConfig, arm: ArmSettings, seed: int, folder: Path) -> RlConfig:
    own = [f"seed={seed}", f"output={folder}", f"policy.model={settings.start}"]
    return toml.load(RlConfig, Path(arm.rl), [*arm.changes, *own])


def _check(settings: ArmsConfig, name: str) -> None:
    """Raises ConfigError unless the arm's own settings can be used."""
    arm = settings.arms[name]
    if arm.rl:
        _rl(settings, arm, settings.seeds[0], _folder(settings, name, settings.seeds[0]))
    if odd := set(arm.mixture) - {share.name for share in fields(Mixture)}:
        raise ConfigError(
            "The comparison cannot be made:", [f"arms.{name}.mixture: there is no share {', '.join(odd)}"]
        )


def _folder(settings: ArmsConfig, arm: str, seed: int) -> Path:
    return Path(settings.output) / arm / str(seed)


def _asked(settings: ArmsConfig) -> str:
    """The fingerprint of all that decides what is compared, the weights at the start and the whole configs of
    RL among it, but for the seeds."""
    weights = hashlib.sha256((Path(settings.start) / "model.safetensors").read_bytes()).hexdigest()
    kept = settings.model_dump_json(exclude={"output", "results", "seeds", "hypotheses", "start"})
    learnt_by = [
        _rl(settings, arm, 0, Path()).model_dump_json(
            exclude={"seed": True, "output": True, "policy": {"model"}}
        )
        for arm in settings.arms.values()
        if arm.rl
    ]
    return fingerprint(kept, weights, *learnt_by)


def _claim(folder: Path, asked: str) -> None:
    """Raises ConfigError unless the folder is new or has the runs of this very comparison."""
    file = folder / "asked.txt"
    if file.exists() and file.read_text(encoding="utf-8") != asked:
        problem = f"output: {folder} has runs of other settings or another start; take another folder"
        raise ConfigError("The comparison cannot go on:", [problem])
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(asked, encoding="utf-8")


def _begun(settings: ArmsConfig, asked: str, file: Path) -> dict[str, Any]:
    """What the file holds, or a comparison without a seed."""
    raw: dict[str, Any] = {
        "kind": "arms", "asked": asked, "planned": len(settings.seeds), "chats": settings.chats,
        "edits": settings.edits, "part": settings.part, "machine": machine(), "seeds": [],
        "hypotheses": hypotheses.written(settings.hypotheses), "values": {},
    }  # fmt: skip
    return kept(file, asked, settings.hypotheses) or raw


def _grown(raw: dict[str, Any], settings: ArmsConfig, seed: int) -> dict[str, Any]:
    """The raw results with one more seed, all of whose arms are measured."""
    values: dict[str, dict[str, list[float]]] = {}
    for arm in settings.arms:
        found = json.loads((_folder(settings, arm, seed) / _MEASURED).read_text(encoding="utf-8"))
        before = raw["values"].get(arm, {})
        values[arm] = {name: [*before.get(name, []), value] for name, value in found.items()}
    return {**raw, "seeds": [*raw["seeds"], seed], "values": values}
