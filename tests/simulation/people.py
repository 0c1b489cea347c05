"""Who is on the simulated server, and what each of them likes; the bot and the training never see this.

Tastes are about the words of quality (vivid colors, soft light, ...), which change how a TinyWorld picture is
drawn. They are the only thing the embedded language model varies when it beautifies a wish: of 288 sampled
answers to wishes without a style none added a style or a time of day, so nobody could vote on those.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from model.tiny import grammar
from model.tiny.world import Scene

MOST, SOME = ("vivid colors", "soft light"), ("volumetric lighting",)
LEADER = "person-00"
"""Whose pictures the brigade pushes."""
SHUNNED = "soft light"
"""What the leader deletes at once, so that all that is pushed lacks it: a look that few others like."""


@dataclass(frozen=True)
class Taste:
    """`kind` is "most", "some", "random" or "brigade"; `slips` is how often the wrong button is hit."""

    name: str
    kind: str
    slips: float = 0.05

    def likes(self, prompt: str, author: str, rng: random.Random) -> bool:
        """What this person says of a picture painted from `prompt`, asked for by `author`."""
        shown = grammar.parse(prompt).quality
        if self.kind == "brigade":
            return author == LEADER
        if self.kind == "random":
            return rng.random() < 0.5
        liked = all(word in shown for word in (MOST if self.kind == "most" else SOME))
        return liked != (rng.random() < self.slips)


def crowd(count: int) -> list[Taste]:
    """Of `count` people 60 % have the most common taste, 15 % another, 10 % vote at random, 15 % brigade.

    Judging by pictures, the brigade's leader has the most common taste; making them is another matter
    (`shunned`).
    """
    kinds = ["most"] * round(count * 0.6) + ["some"] * round(count * 0.15) + ["random"] * round(count * 0.1)
    kinds += ["brigade"] * (count - len(kinds))
    return [Taste(f"person-{number:02}", kind) for number, kind in enumerate(kinds)]


def shunned(prompt: str) -> bool:
    """Whether the brigade's leader deletes a picture painted from `prompt` and tries again."""
    return SHUNNED in grammar.parse(prompt).quality


def wish(rng: random.Random) -> str:
    """A short wish as people type it, without words of style or quality."""
    scene = replace(Scene.random(rng), style="flat", time="day", weather="clear", quality=())
    return grammar.caption(scene, rng)


def like_rate(prompts: list[str], people: list[Taste]) -> list[float]:
    """For each prompt the share of honest people (of a taste, without slips) who like its picture."""
    honest = [replace(person, slips=0.0) for person in people if person.kind in ("most", "some")]
    rng = random.Random(0)
    return [sum(p.likes(prompt, "", rng) for p in honest) / len(honest) for prompt in prompts]
