"""Learning beside TRL: PPO against the PPOTrainer of TRL 1.12, SFT against TRL's SFTTrainer.

Each trainer is a process of its own, they take turns update by update, and what is compared is two updates of
one round. `run` is the short form of `make bench`; the long one has both precisions, both value models and
the learning curves: `.venv/bin/python -m tests.benchmarks.trl 12` (12 rounds).
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.figures import Figure, Goal, Ratio, median, ratio_at_least
from tests.benchmarks.trl.environment import TRL, NotInstalled, python_with_trl
from tests.benchmarks.trl.task import PROMPTS
from tests.benchmarks.trl.turns import Trainer

Round = dict[str, dict[str, float]]
_OURS = "the project"
_GOALS: dict[str, Goal] = {"equal": ratio_at_least(2.5), "free": ratio_at_least(1.5)}  # by TRL's value model


async def run() -> list[Figure]:
    """updates of PPO and of SFT, taking turns with TRL's trainers; samples and tokens a second"""
    return compare(rounds=2, cases=[("no", ("equal", "free"))])


def compare(rounds: int, cases: Sequence[tuple[str, Sequence[str]]]) -> list[Figure]:
    """All comparisons; `cases` are the precisions of PPO, each with the value models of TRL's side."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        try:
            python = python_with_trl(folder / "environment")
        except NotInstalled as problem:
            figures.append(
                Figure("PPO", float("nan"), note=f"not measured: {TRL} cannot be installed here: {problem}")
            )
        else:
            for precision, sizes in cases:
                theirs = {f"TRL, value model {size}": (python, "ppo", precision, size) for size in sizes}
                played = play(folder, ("ppo", precision), theirs, rounds)
                figures += figures_of(f"PPO {_precision(precision)}", "samples", played)
        theirs = {
            f"TRL, {order}": (sys.executable, "sft", "no", order) for order in ("random", "group_by_length")
        }
        played = play(folder, ("sft", "no"), theirs, rounds * 3)
        return [*figures, *figures_of("SFT float32", "tokens", played)]


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


def figures_of(what: str, unit: str, played: Sequence[Round]) -> list[Figure]:
    """The project's rate, also beside each of TRL's, by clock and by processor seconds; what was learned."""
    figures = []
    for name in played[0]:
        amount = [PROMPTS if unit == "samples" else one[name]["tokens"] for one in played]
        rate = median([a / one[name]["seconds"] for a, one in zip(amount, played, strict=True)])
        learned = [one[name]["reward" if unit == "samples" else "loss"] for one in played]
        curve = " ".join(f"{each:.2f}" for each in learned[:: max(1, len(learned) // 6)])
        note = f"{played[-1][name]['most_mib']:.0f} MiB; {'reward' if unit == 'samples' else 'loss'} {curve}"
        if name == _OURS:
            figures.append(Figure(f"{what}, {name}", rate, f"{unit}/s", note=note))
            continue
        for kind, field in (("", "seconds"), (", processor time", "busy")):
            ratio = Ratio.of([_quicker(one, name, unit, field) for one in played])
            goal = _GOALS.get(name.rpartition(" ")[2], ratio_at_least(1)) if not kind else None
            figures.append(
                Figure(f"{what}, the project beside this{kind}", rate, f"{unit}/s", name, ratio, goal, note)
            )
    return figures


def _quicker(one: Round, name: str, unit: str, field: str) -> float:
    """How many times TRL's rate the project's is, in one round."""
    ours, theirs = one[_OURS], one[name]
    if unit == "samples":
        return theirs[field] / ours[field]
    return (ours["tokens"] / ours[field]) / (theirs["tokens"] / theirs[field])
