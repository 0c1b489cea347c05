"""`python -m tests.simulation`: two rounds of talk, votes and learning, measured before and after.

Everything lies in `--out`; the same command goes on where it stopped, and finished phases are not done
again. `--smoke` is a minute's run that shows that the parts fit; its numbers mean nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from model.config import CHECKPOINTS, LLMSettings
from model.engine import EditRequest, EditResult
from model.llm import DiffChatLLM
from model.words import words
from tests.simulation import server
from tests.simulation.engine import DrawnEngine
from tests.simulation.people import crowd, like_rate, wish
from training.__main__ import main as training
from training.statistics import estimate

CONFIG = Path(__file__).resolve().parents[2] / "training" / "configs" / "tiny-reactions.toml"
LLM = str(CHECKPOINTS / "diffchat")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("runs/simulation"))
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--turns", type=int, default=300, help="of each round")
    parser.add_argument("--votes", type=int, default=10, help="people who vote on a turn")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--method", choices=["kto", "dpo"], default="dpo")
    parser.add_argument("--fresh", type=int, default=200, help="unseen wishes for measuring")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--smoke", action="store_true")
    args = parser.parse_args()
    if args.smoke:
        args.people, args.turns, args.votes, args.rounds, args.fresh = 8, 24, 5, 1, 12
    Simulation(args).run()


class Simulation:
    """The phases, each written down in `state.json` when it is done."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.out = args, Path(args.out)
        self.people = crowd(args.people)
        self.out.mkdir(parents=True, exist_ok=True)
        self._path = self.out / "state.json"
        self.state: dict[str, Any] = json.loads(self._path.read_text()) if self._path.is_file() else {}
        given = {"people": args.people, "turns": args.turns, "votes": args.votes, "seed": args.seed}
        if self.state.setdefault("settings", given) != given:
            raise SystemExit(
                f"{self.out} belongs to a run with {self.state['settings']}: choose another --out."
            )

    def run(self) -> None:
        self._once("measured 0", lambda: self.measure())
        for number in range(1, self.args.rounds + 1):
            self._once(f"talked {number}", lambda number=number: asyncio.run(self._talk(number)))
            self._once(f"learnt {number}", lambda number=number: self.learn(number))
            self._once(f"measured {number}", lambda: self.measure())
            self._once(f"without cleaning {number}", lambda number=number: self.without_cleaning(number))
        for name in (key for key in self.state if key.startswith("measured")):
            print(name, self.state[name])

    def _once(self, name: str, phase: Callable[[], Any]) -> None:
        if name in self.state:
            return
        print(f"== {name}")
        self.state[name] = phase()
        fresh = self._path.with_suffix(".part")
        fresh.write_text(json.dumps(self.state, indent=1) + "\n")
        fresh.replace(self._path)

    def settings(self) -> LLMSettings:
        """The language model as the bot has it now."""
        current = self.out / "adapters" / "current"
        return LLMSettings(model=LLM, adapter=str(current) if current.is_dir() else "", device="cpu")

    async def _talk(self, number: int) -> int:
        return await server.talk(
            self.out, DrawnEngine(self.settings()), self.people,
            turns=number * self.args.turns, seed=self.args.seed, votes=self.args.votes,
        )  # fmt: skip

    def learn(self, number: int) -> dict[str, int]:
        """One round by the commands people use; the exit codes, of which promote's may be a refusal."""
        steps = [["preferences", name] for name in ("export", "clean", "pairs", "scorer")]
        steps += [[self.args.method], ["promote", self.args.method], ["preferences", "report"]]
        return {" ".join(step): self._training(number, *step) for step in steps}

    def without_cleaning(self, number: int) -> dict[str, int]:
        """The pairs of the same round when nothing is done about brigades and keen voters."""
        loose = {"cleaning.brigade_size": 10_000, "output": self.out / f"loose-{number}"}
        return {step: self._training(number, "preferences", step, **loose) for step in ("export", "pairs")}

    def _training(self, number: int, *command: str, **more: Any) -> int:
        given = {
            "output": self.out / f"round-{number}", "export.data": self.out / "data",
            "gate.adapters": self.out / "adapters", "gate.frozen": self.out / "frozen.jsonl",
            "gate.cache": self.out / "scores.sqlite",
            "cleaning.burst_votes": 100_000,  # a simulated evening lasts seconds
            **({"gate.examples": 6, "tuning.epochs": 1, "tuning.least_examples": 2, "scorer.least_pairs": 2,
                "gate.votes_needed": 0} if self.args.smoke else {}),
            **more,
        }  # fmt: skip
        overrides = [part for key, value in given.items() for part in ("--set", f"{key}={value}")]
        return training([*command, "--config", str(CONFIG), *overrides])

    def measure(self) -> dict[str, list[float]]:
        """Like-rate of honest people and content kept, on wishes nobody made before: mean, low, high."""
        rng = random.Random(f"fresh {self.args.seed}")
        wishes = [wish(rng) for _ in range(self.args.fresh)]
        llm = DiffChatLLM.load(self.settings())
        written: list[str] = []
        for start in range(0, len(wishes), 32):
            part = [
                EditRequest(text, seed=start + i, temperature=server.TEMPERATURE)
                for i, text in enumerate(wishes[start : start + 32])
            ]
            written += [
                one.target_prompt if isinstance(one, EditResult) else asked.source_prompt
                for asked, one in zip(part, llm.try_edit(part), strict=True)
            ]
        numbers = {"likes": like_rate(written, self.people), "kept": kept(wishes, written)}
        return {name: _rounded(values) for name, values in numbers.items()}


def kept(wishes: list[str], written: list[str]) -> list[float]:
    """The share of each wish's words that its prompt still has."""
    return [
        len(set(words(a)) & set(words(b))) / len(set(words(a))) for a, b in zip(wishes, written, strict=True)
    ]


def _rounded(values: list[float]) -> list[float]:
    found = estimate([values])
    return [round(number, 4) for number in (found.mean, found.low, found.high)]


if __name__ == "__main__":
    main()
