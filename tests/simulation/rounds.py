"""The phases of one run, each written down in `state.json` when it is done."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from model.engine import EditRequest, EditResult
from model.language.llm import DiffChatLLM
from model.language.stems import words
from model.settings import CHECKPOINTS, LLMSettings
from tests.simulation import scoring, server
from tests.simulation.engine import DrawnEngine
from tests.simulation.people import crowd, like_rate, wish
from training.__main__ import main as training
from training.config import toml
from training.config.preference_settings import ReactionsConfig
from training.preferences import export, snapshot
from training.preferences.snapshot import Snapshot

log = logging.getLogger(__name__)

CONFIG = Path(__file__).resolve().parents[2] / "training" / "configs" / "tiny-reactions.toml"
LLM = str(CHECKPOINTS / "diffchat")
NEVER = 10_000
COMPARED = ("cleaned", "not cleaned", "no brigade")
"""What is learnt from the first round's votes: as it should be, without the check for brigades, and without
the brigade's votes, which nobody but us can know."""
SMOKE = {
    "gate.examples": 6, "tuning.epochs": 1, "tuning.least_examples": 2, "scorer.least_pairs": 2,
    "gate.evidence": "none",
}  # fmt: skip
State = dict[str, Any]


class Simulation:
    """One run: a crowd, a server, and rounds of learning from it."""

    def __init__(self, args: argparse.Namespace, seed: int, out: Path) -> None:
        self.args, self.seed, self.out = args, seed, out
        self.people = crowd(args.people)
        self.out.mkdir(parents=True, exist_ok=True)
        self._path = self.out / "state.json"
        self.state: State = json.loads(self._path.read_text()) if self._path.is_file() else {}
        given = {name: getattr(args, name) for name in ("people", "turns", "votes", "method", "fresh")}
        if self.state.setdefault("settings", given) != given:
            raise SystemExit(
                f"{self.out} belongs to a run with {self.state['settings']}: choose another --out."
            )

    def run(self) -> State:
        """All phases that are not done yet; everything that was measured."""
        self._once("measured 0", lambda: self.measure(self.current()))
        for number in range(1, self.args.rounds + 1):
            self._once(f"talked {number}", partial(self._talk, number))
            self._once(f"learnt {number}", partial(self.learn, number))
            self._once(f"measured {number}", lambda: self.measure(self.current()))
            self._once(f"gate {number}", partial(self._gate, number))
            self._once(f"scorer {number}", partial(self._scorer, number))
        for name in COMPARED:
            self._once(f"brigade {name}", partial(self.compare, name))
        return self.state

    def _once(self, name: str, phase: Callable[[], Any]) -> None:
        if name in self.state:
            return
        log.info("== %s: %s", self.out.name, name)
        self.state[name] = phase()
        fresh = self._path.with_suffix(".part")
        fresh.write_text(json.dumps(self.state, indent=1) + "\n")
        fresh.replace(self._path)

    def current(self) -> Path | None:
        """The adapter that the bot has now."""
        adapter = self.out / "adapters" / "current"
        return adapter if adapter.is_dir() else None

    def _talk(self, number: int) -> dict[str, int]:
        turns = number * self.args.turns
        talking = server.talk(
            self.out, DrawnEngine(_model(self.current())), self.people,
            turns=turns, seed=self.seed, votes=self.args.votes,
        )  # fmt: skip
        return asyncio.run(talking)

    def learn(self, number: int) -> dict[str, int]:
        """One round by the commands people use; the exit codes, of which promote's may be a refusal."""
        method = self.args.method
        steps = [["preferences", name] for name in ("export", "clean", "pairs", "scorer")]
        steps += [[method], ["promote", method], ["preferences", "report"]]
        folder = self.out / f"round-{number}"
        return {" ".join(step): self._training(folder, *step) for step in steps}

    def _gate(self, number: int) -> list[dict[str, Any]]:
        """What the gate measured of a round's adapter; empty where it was not promoted."""
        path = self.out / f"round-{number}" / "gate" / "lineage.json"
        return list(json.loads(path.read_text())["numbers"]) if path.is_file() else []

    def _scorer(self, number: int) -> State:
        """How the scorer of this round's votes judges those of held-out people."""
        found = snapshot.read(self.out / f"round-{number}")
        return scoring.accuracies(found, found, self._config(self.out / f"round-{number}"))

    def compare(self, name: str) -> State:
        """What a bare model and the scorer learn from the first round's votes, one of `COMPARED`."""
        given = snapshot.read(self.out / "round-1")
        honest = scoring.without(given, self._brigade())
        used = honest if name == "no brigade" else given
        folder = self.out / name.replace(" ", "-")
        more: State = {}
        if name == "not cleaned":
            more["cleaning.brigade_size"] = NEVER
        if name == "cleaned":  # that is what the first round did, whether the gate took it or not
            folder = self.out / "round-1"
            measured = self.measure(folder / self.args.method)
        else:
            measured = self._learn_anew(folder, used, more)
        return {
            **measured,
            "pairs": scoring.pairs_by_truth(folder / "train" / "dpo.jsonl", self.people),
            **scoring.accuracies(used, honest, self._config(folder, **more)),
        }

    def _learn_anew(self, folder: Path, used: Snapshot, more: State) -> State:
        """Learn from a snapshot with the bare model as the start, and measure that."""
        snapshot.write(folder, used.header, used.records)
        more = {**more, "gate.adapters": self.out / "nothing-promoted"}
        for step in (["preferences", "clean"], ["preferences", "pairs"], [self.args.method]):
            self._training(folder, *step, **more)
        return self.measure(folder / self.args.method)

    def _brigade(self) -> set[str]:
        """The brigade's names in snapshots."""
        key = (self.out / "data" / export.KEY).read_bytes().strip()
        ids = self.state["talked 1"]
        return {export.keyed(key, ids[p.name]) for p in self.people if p.kind == "brigade"}

    def _training(self, folder: Path, *command: str, **more: Any) -> int:
        return training([*command, "--config", str(CONFIG), *self._overrides(folder, "--set", more)])

    def _config(self, folder: Path, **more: Any) -> ReactionsConfig:
        return toml.load(ReactionsConfig, CONFIG, self._overrides(folder, "", more))

    def _overrides(self, folder: Path, flag: str, more: State) -> list[str]:
        given = {
            "output": folder, "export.data": self.out / "data",
            "gate.adapters": self.out / "adapters", "gate.frozen": self.out / "frozen.jsonl",
            "gate.cache": self.out / "scores.sqlite",
            "cleaning.burst_votes": 100_000,  # a simulated evening lasts seconds
            "tuning.seed": self.seed, "scorer.seed": self.seed, "cleaning.seed": self.seed,
            **(SMOKE if self.args.smoke else {}),
            **more,
        }  # fmt: skip
        return [part for key, value in given.items() for part in (flag, f"{key}={value}") if part]

    def measure(self, adapter: Path | None) -> State:
        """Like-rate of honest people and content kept, on wishes nobody made before; and what was written."""
        rng = random.Random("fresh")  # the same wishes in every run
        wishes = [wish(rng) for _ in range(self.args.fresh)]
        llm = DiffChatLLM.load(_model(adapter))
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
        likes = like_rate(written, self.people)
        return {"likes": likes, "kept": kept(wishes, written), "wishes": wishes, "written": written}


def kept(wishes: list[str], written: list[str]) -> list[float]:
    """The share of each wish's words that its prompt still has."""
    return [
        len(set(words(a)) & set(words(b))) / len(set(words(a))) for a, b in zip(wishes, written, strict=True)
    ]


def _model(adapter: Path | None) -> LLMSettings:
    return LLMSettings(model=LLM, adapter=str(adapter) if adapter else "", device="cpu")
