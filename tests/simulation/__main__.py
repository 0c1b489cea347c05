"""`python -m tests.simulation`: rounds of talk, votes and learning, measured before and after.

Everything lies in `--out`, a folder for each seed; the same command goes on where it stopped, and finished
phases are not done again. `--smoke` is a minute's run that shows that the parts fit; its numbers mean
nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.simulation import figures
from tests.simulation.rounds import Simulation


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("runs/simulation"))
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--turns", type=int, default=200, help="of each round")
    parser.add_argument(
        "--votes", type=int, default=10, help="people who vote on a turn, besides the brigade"
    )
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--method", choices=["kto", "dpo"], default="dpo")
    parser.add_argument("--fresh", type=int, default=200, help="unseen wishes for measuring")
    parser.add_argument("--seed", type=int, default=0, help="of the first run")
    parser.add_argument("--seeds", type=int, default=1, help="how many runs")
    parser.add_argument("--smoke", action="store_true")
    args = parser.parse_args()
    if args.smoke:
        args.people, args.turns, args.votes, args.rounds, args.fresh = 8, 24, 5, 1, 12
    seeds = range(args.seed, args.seed + args.seeds)
    states = [Simulation(args, seed, args.out / f"seed-{seed}").run() for seed in seeds]
    print(figures.write(args.out, states))


if __name__ == "__main__":
    main()
