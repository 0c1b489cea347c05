"""Learning beside TRL: PPO against the PPOTrainer of TRL 1.12, SFT against TRL's SFTTrainer.

Each trainer is a process of its own, they take turns update by update, and what is compared is two updates of
one round. `run` is the short form of `make bench`; the long one has both precisions, both value models and
the learning curves: `.venv/bin/python -m tests.benchmarks.trl 12` (12 rounds).
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.figures import median, row
from tests.benchmarks.trl.environment import TRL, NotInstalled, python_with_trl
from tests.benchmarks.trl.task import PROMPTS
from tests.benchmarks.trl.turns import Trainer

Round = dict[str, dict[str, float]]
_OURS = "the project"


async def run() -> None:
    """updates of PPO and of SFT, taking turns with TRL's trainers; samples and tokens a second"""
    compare(rounds=2, cases=[("no", ("equal", "free"))])


def compare(rounds: int, cases: Sequence[tuple[str, Sequence[str]]]) -> None:
    """All comparisons; `cases` are the precisions of PPO, each with the value models of TRL's side."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        try:
            python = python_with_trl(folder / "environment")
        except NotInstalled as problem:
            row("PPO", "not measured", f"{TRL} cannot be installed here: {problem}")
        else:
            for precision, sizes in cases:
                theirs = {f"TRL, value model {size}": (python, "ppo", precision, size) for size in sizes}
                played = play(folder, ("ppo", precision), theirs, rounds)
                show(f"PPO {_precision(precision)}", "samples", played)
        theirs = {
            f"TRL, {order}": (sys.executable, "sft", "no", order) for order in ("random", "group_by_length")
        }
        show("SFT float32", "tokens", play(folder, ("sft", "no"), theirs, rounds * 3))


def _precision(setting: str) -> str:
    return "float32" if setting == "no" else setting


def play(
    folder: Path, ours: Sequence[str], theirs: Mapping[str, tuple[str, ...]], rounds: int
) -> list[Round]:
    """So many rounds of one update each, after one that is not counted (it allocates and compiles)."""
    players = {_OURS: Trainer(sys.executable, "ours", ours, folder / "ours.log")}
    try:
        for name, (python, *arguments) in theirs.items():
            players[name] = Trainer(python, "theirs", arguments, folder / f"{name}.log")
        return [{name: player.update() for name, player in players.items()} for _ in range(rounds + 1)][1:]
    finally:
        for player in players.values():
            player.close()


def show(what: str, unit: str, played: Sequence[Round]) -> None:
    """A row for each trainer: its rate, and the project's over it by the clock and by processor seconds."""
    for name in played[0]:
        amount = [PROMPTS if unit == "samples" else one[name]["tokens"] for one in played]
        rate = median([a / one[name]["seconds"] for a, one in zip(amount, played, strict=True)])
        note = f"{played[-1][name]['most_mib']:.0f} MiB"
        if name != _OURS:
            for kind, field in (("", "seconds"), (" in processor time", "busy")):
                ratios = sorted(_quicker(one, name, unit, field) for one in played)
                note += f", project {median(ratios):.2f} x ({ratios[0]:.2f} to {ratios[-1]:.2f}){kind}"
        row(f"{what}, {name}", f"{rate:.1f} {unit}/s", note)
        learned = "reward" if unit == "samples" else "loss"
        curve = [one[name][learned] for one in played]
        row(
            f"  its {learned}, first to last round",
            " ".join(f"{each:.2f}" for each in curve[:: max(1, len(curve) // 6)]),
        )


def _quicker(one: Round, name: str, unit: str, field: str) -> float:
    """How many times TRL's rate the project's is, in one round."""
    ours, theirs = one[_OURS], one[name]
    if unit == "samples":
        return theirs[field] / ours[field]
    return (ours["tokens"] / ours[field]) / (theirs["tokens"] / theirs[field])
