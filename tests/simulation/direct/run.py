"""One arm with one seed: rounds of wishes, votes and learning, each a line of `rounds.jsonl` when done.

The same call goes on where it was stopped: finished rounds are not done again, stored turns and a finished
training neither.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from tests.simulation.direct import database, personal
from tests.simulation.direct.arms import ARMS
from tests.simulation.direct.database import Wished, person_id
from tests.simulation.direct.tastes import GROUPS, LEADER, Person, crowd, honest, liked, made, oracle, shown
from tests.simulation.direct.writing import Writer
from tests.simulation.people import wish
from tests.simulation.rounds import CONFIG, kept
from training.__main__ import main as training
from training.config import toml
from training.config.preference_settings import ReactionsConfig
from training.preferences import export, formats, snapshot, votes
from training.preferences.repetition import repeated

log = logging.getLogger(__name__)

LEADERS_SHARE, TRIES = 0.15, 4
OWN_WISHES = 2
REMEMBERED_DAYS = 14.0  # tastes drift: votes of the last two rounds count
Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much happens in a round, and how much is measured after it."""

    people: int = 40
    turns: int = 160
    votes: int = 16
    wishes: int = 40
    rounds: int = 5
    fresh: int = 80
    gate: int = 16


class Run:
    """An arm, a seed, a folder."""

    def __init__(self, arm: str, seed: int, size: Size, out: Path) -> None:
        self.arm, self.name, self.seed, self.size = ARMS[arm], arm, seed, size
        self.out = out / f"{arm}-{seed}"
        self.people = crowd(size.people)
        self.out.mkdir(parents=True, exist_ok=True)

    def run(self) -> list[Row]:
        """All rounds that are not done yet; every round's measurements, the first before any."""
        path = self.out / "rounds.jsonl"
        rows = [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []
        for number in range(len(rows), self.size.rounds + 1):
            began = time.monotonic()
            row: Row = {"arm": self.name, "seed": self.seed, "round": number}
            if number:
                row |= self._once(f"talked-{number}", lambda n=number: self._talk(n))  # type: ignore[misc]
                row |= self._once(f"learnt-{number}", lambda n=number: self._learn(n))  # type: ignore[misc]
            row |= self._measure(number)
            row["seconds"] = round(time.monotonic() - began)
            rows.append(row)
            with path.open("a") as lines:
                lines.write(json.dumps(row) + "\n")
            log.warning(
                "%s %s round %d: %.3f in %d s", self.name, self.seed, number, row["like"], row["seconds"]
            )
        return rows

    def _once(self, name: str, phase: Callable[[], Row]) -> Row:
        """The phase's result, from its file where it is done."""
        path = self.out / f"{name}.json"
        if not path.is_file():
            part = path.with_suffix(".part")
            part.write_text(json.dumps(phase()) + "\n")
            part.replace(path)
        found: Row = json.loads(path.read_text())
        return found

    def _writer(self) -> Writer:
        """The model as people have it now."""
        adapter = self.out / "adapters" / "current"
        scorers = sorted(self.out.glob("round-*/scorer/scorer.json"), key=lambda p: int(p.parts[-3][6:]))
        return Writer(
            adapter if adapter.is_dir() else None,
            scorers[-1].parent if scorers and self.arm.draws else None,
            self.arm.best_of,
        )

    # --- a round ---------------------------------------------------------------------------------------

    def _talk(self, number: int) -> Row:
        """People wish and vote; returns the regret of what they were shown."""
        rng = random.Random(f"{self.seed} {number}")
        writer = self._writer()
        authors = [self._author(rng) for _ in range(self.size.turns)]
        wishes = [self._wish(rng) for _ in authors]
        shown_prompts = self._shown(writer, authors, wishes, number)
        people, turns, regret = honest(self.people), [], []
        for index, (author, text, prompt) in enumerate(zip(authors, wishes, shown_prompts, strict=True)):
            regret.append(oracle(made(text), people, number) - liked(prompt, people, number))
            said = self._votes(author, prompt, number, rng)
            seed = number * 10_000 + index
            turns.append(Wished(self._id(author), text, prompt, writer.name, seed, said))
        # Turns and votes are one transaction: a run that was stopped finds a round whole or not at all
        if database.stored(self.out / "data") < number * self.size.turns:
            database.store(
                self.out / "data", self.size.people, number, self.size.rounds, turns, draw=self.arm.draws
            )
        return {"regret": round(fmean(regret), 4)}

    def _shown(self, writer: Writer, authors: list[Person], wishes: list[str], number: int) -> list[str]:
        """What each wish was answered with; the leader deletes what most do not like and asks again."""
        prompts = writer.write(wishes, seed=self.seed + 1000 * number)
        for again in range(1, TRIES):
            bad = [
                index
                for index, (author, prompt) in enumerate(zip(authors, prompts, strict=True))
                if author.name == LEADER and not author.wants(shown(prompt), made(prompt), number)
            ]
            anew = writer.write([wishes[index] for index in bad], seed=self.seed + 1000 * number + 77 * again)
            for index, prompt in zip(bad, anew, strict=True):
                prompts[index] = prompt
        return prompts

    def _votes(self, author: Person, prompt: str, number: int, rng: random.Random) -> dict[int, bool]:
        others = [person for person in self.people if person is not author]
        voters = rng.sample(others, min(self.size.votes, len(others)))
        voters += [p for p in others if p.kind == "brigade" and p not in voters]
        return {self._id(voter): voter.votes(prompt, author.name, number, rng) for voter in voters}

    def _author(self, rng: random.Random) -> Person:
        if rng.random() < LEADERS_SHARE:
            return self.people[0]
        return rng.choice(self.people)

    def _wish(self, rng: random.Random) -> str:
        """One of the server's wishes: the same ones again and again, by different people."""
        return wish(random.Random(f"wish {rng.randrange(self.size.wishes)}"))

    @staticmethod
    def _id(person: Person) -> int:
        return person_id(int(person.name.removeprefix("person-")))

    # --- learning --------------------------------------------------------------------------------------

    def _learn(self, number: int) -> Row:
        """The commands that people use; exit codes, brigade, and what the gate said."""
        folder = self.out / f"round-{number}"
        method = self.arm.method
        steps = [["preferences", name] for name in ("export", "clean", "pairs")]
        if method:
            steps += [[method], ["promote", method]]
        if self.arm.draws:
            steps += [["preferences", "scorer"]]
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            codes = {
                " ".join(s): training([*s, "--config", str(CONFIG), *self._overrides(number, "--set")])
                for s in steps
            }
        (folder / "said.txt").write_text(said.getvalue())
        verdicts = folder / "gate" / "verdicts.json"
        return {
            "codes": codes,
            "gate": json.loads(verdicts.read_text()) if verdicts.is_file() else [],
            "promoted": bool(method) and codes[f"promote {method}"] == 0,
            "rows": {n: len(formats.read(folder / "train" / f"{n}.jsonl")) for n in ("dpo", "kto")},
            **self._brigade(number),
        }

    def _brigade(self, number: int) -> Row:
        """How many brigaders, and how many honest people, are taken for a brigade."""
        found = votes.clean(snapshot.read(self.out / f"round-{number}"), self._config(number).cleaning)
        key = (self.out / "data" / export.KEY).read_bytes().strip()
        kinds = {export.keyed(key, self._id(p)): p.kind for p in self.people}
        # a note lists a brigade's members in brackets, by the beginnings of their names
        named = [
            name
            for note in found.notes
            for group in re.findall(r"people \(([^)]*)\)", note)
            for name in group.split(", ")
        ]
        suspected = [kind for name, kind in kinds.items() if name.startswith(tuple(named))]
        return {"brigade": suspected.count("brigade"), "wrongly": sum(k != "brigade" for k in suspected)}

    def _config(self, number: int) -> ReactionsConfig:
        return toml.load(ReactionsConfig, CONFIG, self._overrides(number, ""))

    def _overrides(self, number: int, flag: str) -> list[str]:
        given = {
            "output": self.out / f"round-{number}", "export.data": self.out / "data",
            "gate.adapters": self.out / "adapters", "gate.frozen": self.out.parent / "frozen.jsonl",
            "gate.cache": self.out / "scores.sqlite", "gate.examples": self.size.gate, "gate.samples": 2,
            "cleaning.burst_votes": 100_000, "cleaning.seed": self.seed, "tuning.seed": self.seed,
            "scorer.seed": self.seed, "cleaning.held_prompts": 0.3, "pairs.per_context": 6,
            # fewer and longer steps than tiny-reactions.toml, so that an arm's five rounds take minutes
            "tuning.epochs": 2, "tuning.optimizer.lr": 2e-3,
            # weeks are counted back from now; the rounds that are still to come lie in between
            "cleaning.recent_days": (self.size.rounds - number) * 7.0 + REMEMBERED_DAYS,
            **self.arm.settings,
        }  # fmt: skip
        return [part for name, value in given.items() for part in (flag, f"{name}={value}") if part]

    # --- measuring -------------------------------------------------------------------------------------

    def _measure(self, number: int) -> Row:
        """On wishes nobody made before, by everybody's true taste of this round; and on everybody's own."""
        rng = random.Random("fresh")
        wishes = [wish(rng) for _ in range(self.size.fresh)]
        people, writer = honest(self.people), self._writer()
        written = writer.write(wishes, seed=0)
        best = {about: oracle(about, people, number) for about in (False, True)}
        likes = [liked(prompt, people, number) for prompt in written]
        return {
            "like": round(fmean(likes), 4),
            "likes": [round(like, 3) for like in likes],
            "groups": {g: self._group(g, written, number) for g in GROUPS},
            "short of the oracle": round(
                fmean(best[made(w)] - k for w, k in zip(wishes, likes, strict=True)), 4
            ),
            "repeated": round(fmean(map(repeated, written, wishes)), 4),
            "kept": round(fmean(kept(wishes, written)), 4),
            "words of quality": round(fmean(len(shown(prompt)) for prompt in written), 2),
            "personal": self._personal(writer, number),
            "examples": written[:4],
        }

    def _group(self, kind: str, written: list[str], number: int) -> float:
        group = [person for person in honest(self.people) if person.kind == kind]
        return round(fmean(liked(prompt, group, number) for prompt in written), 4)

    def _personal(self, writer: Writer, number: int) -> Row:
        """How often people like the answers to their own wishes, without and with their preferences."""
        found = personal.preferences(self._own_votes(number))
        rng = random.Random("own")
        asked = [(self._id(p), p, wish(rng)) for p in honest(self.people) for _ in range(OWN_WISHES)]
        off = writer.write([text for _, _, text in asked], seed=50_000)
        worded = [personal.with_preferences(text, name, found) for name, _, text in asked]
        on = writer.write(worded, seed=50_000)
        return {"off": self._rates(asked, off, number), "on": self._rates(asked, on, number)}

    @staticmethod
    def _rates(asked: list[tuple[int, Person, str]], written: list[str], number: int) -> dict[str, float]:
        likes = [
            (person.kind, person.wants(shown(prompt), made(prompt), number))
            for (_, person, _), prompt in zip(asked, written, strict=True)
        ]
        return {g: round(fmean(like for kind, like in likes if kind == g), 4) for g in GROUPS}

    def _own_votes(self, number: int) -> list[tuple[int, str, bool]]:
        """(person, prompt, liked) of the votes that count in this round; none before the first."""
        if not number:
            return []
        key = (self.out / "data" / export.KEY).read_bytes().strip()
        ids = {export.keyed(key, self._id(p)): self._id(p) for p in self.people}
        given = votes.clean(snapshot.read(self.out / f"round-{number}"), self._config(number).cleaning)
        prompts = {record.turn: record.target_prompt for record in given.records}
        return [(ids[act.person], prompts[act.turn], act.value > 0) for act in given.acts]
