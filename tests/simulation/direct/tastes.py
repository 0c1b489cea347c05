"""Who is on the server: tastes that depend on the wish, change over the rounds, and contradict each other.

A wish is about something made (a robot, a boat) or grown (a fox, a flower), and a taste is about the words of
quality of its picture, the only thing the embedded model varies by itself (`tests.simulation.people`):

- "most"  want vivid colors and soft light of what has grown, and volumetric lighting and sharp focus of what
  is made. They drift: from round 3, 4 or 5 on (a third of them each) they want highly detailed instead of
  soft light.
- "some"  want the reverse: volumetric lighting of what has grown, soft light of what is made.
- "few"   want few words: at most two, and no masterpiece.
- "random" toss a coin.
- "brigade" like all pictures of one person and no other. That person, their leader, has the taste of most and
  deletes what lacks it, so what is pushed is popular anyway.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from model.tiny import grammar
from model.tiny.world import QUALITIES

MADE = frozenset({"house", "boat", "car", "balloon", "lantern", "rocket", "robot"})
GROUPS = ("most", "some", "few")
SHARES = {"most": 0.5, "some": 0.2, "few": 0.1, "random": 0.1}
LEADER = "person-00"
FIRST_DRIFT = 3
WRITTEN = range(2, 6)
"""How many words of quality the embedded model writes."""


@dataclass(frozen=True)
class Person:
    """`drifts` is the round from which on this person's taste is another; `slips` the share of slips."""

    name: str
    kind: str
    drifts: int = 0
    slips: float = 0.05

    def wants(self, shown: frozenset[str], made: bool, number: int) -> bool:
        """Whether a picture with these words of quality pleases in round `number`, without slips."""
        if self.kind == "few":
            return len(shown) <= 2 and "masterpiece" not in shown
        if self.kind == "some":
            return ("soft light" if made else "volumetric lighting") in shown
        if made:
            return {"volumetric lighting", "sharp focus"} <= shown
        return {"vivid colors", "highly detailed" if number >= self.drifts else "soft light"} <= shown

    def votes(self, prompt: str, author: str, number: int, rng: random.Random) -> bool:
        """What this person says of a picture painted from `prompt`, asked for by `author`."""
        if self.kind == "brigade":
            return author == LEADER
        if self.kind == "random":
            return rng.random() < 0.5
        return self.wants(shown(prompt), made(prompt), number) != (rng.random() < self.slips)


def crowd(count: int) -> list[Person]:
    """`count` people in the shares above; the rest brigade. The leader is one of most."""
    kinds = [kind for kind, share in SHARES.items() for _ in range(round(count * share))]
    kinds += ["brigade"] * (count - len(kinds))
    return [Person(f"person-{n:02}", kind, FIRST_DRIFT + n % 3) for n, kind in enumerate(kinds)]


def honest(people: list[Person]) -> list[Person]:
    """Those with a taste, without slips."""
    return [replace(person, slips=0.0) for person in people if person.kind in GROUPS]


@cache
def shown(prompt: str) -> frozenset[str]:
    """The words of quality of a prompt's picture."""
    return frozenset(grammar.parse(prompt).quality)


@cache
def made(prompt: str) -> bool:
    """Whether a wish or prompt is about something made."""
    things = grammar.parse(prompt).things
    return bool(things) and things[0].noun in MADE


def liked(prompt: str, people: list[Person], number: int) -> float:
    """The share of `people` whom a prompt's picture pleases in round `number`."""
    return sum(p.wants(shown(prompt), made(prompt), number) for p in people) / len(people)


def oracle(about_made: bool, people: list[Person], number: int) -> float:
    """The most of `people` whom one picture can please: the best of all word sets the model can write."""
    sets = [frozenset(words) for size in WRITTEN for words in combinations(QUALITIES, size)]
    return max(sum(p.wants(words, about_made, number) for p in people) for words in sets) / len(people)
