"""`python -m tests.simulation.direct`: arms of learning over several rounds, and their tables.

Hypotheses, arms and metric are in `tests.simulation.direct.arms`. Everything lies in `--out`; the same
command goes on where it stopped. `--table FILE` prints the tables of committed results without running.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from tests.simulation.direct import tables
from tests.simulation.direct.arms import ARMS
from tests.simulation.direct.run import Run, Size


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.direct", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("runs/direct"))
    parser.add_argument("--arms", nargs="+", choices=list(ARMS), default=list(ARMS))
    parser.add_argument("--seed", type=int, default=0, help="of the first run")
    parser.add_argument("--seeds", type=int, default=1, help="how many runs of each arm")
    parser.add_argument("--rounds", type=int, default=Size.rounds)
    parser.add_argument("--threads", type=int, default=1, help="of torch")
    parser.add_argument("--table", type=Path, help="print the tables of these results and do nothing else")
    parser.add_argument("--collect", type=Path, help="write all finished rounds of --out into this file")
    args = parser.parse_args()
    if args.table:
        print(tables.write(tables.read(args.table)))
        return
    if args.collect:
        lines = [
            line for path in sorted(args.out.glob("*/rounds.jsonl")) for line in path.read_text().splitlines()
        ]
        args.collect.write_text("\n".join(lines) + "\n")
        return
    torch.set_num_threads(args.threads)
    rows = []
    for seed in range(args.seed, args.seed + args.seeds):
        for arm in args.arms:
            rows += Run(arm, seed, Size(rounds=args.rounds), args.out).run()
    print(tables.write(json.loads(json.dumps(rows))))


if __name__ == "__main__":
    main()
