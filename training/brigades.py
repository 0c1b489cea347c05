"""People who push one author's pictures together, told from people who merely share a taste.

Agreeing is no offence: if most of a server loves watercolours, most of it votes alike, and those who hate
them vote alike too. What tells a brigade is that *whose* picture it is matters more than the picture. For a
person P and an author A, P's ballots (±1) are fitted, by least squares over all pictures that others judged,

    ballot = a + b · (mean ballot of the others) + bias · [the picture is A's]

where b is whatever taste P has in common with the others, or against them. The bias is 0 on average for who
judges pictures, and near 2 for who praises A's and damns the rest. Several people of a large and certain
bias towards the same A are a brigade and are given the voice of one person together. "The others" leaves out
those under suspicion, which is settled in a few passes.

What it cannot tell apart: true admirers of an author whose pictures all share what nobody else makes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from training.reaction_settings import CleaningSettings

_PASSES = 4
_CERTAIN = 1.64  # standard errors that the bias must stay above half of what is asked for
_RIDGE = 0.5  # ballots' worth of doubt


@dataclass(frozen=True, slots=True)
class Brigade:
    """People who stand together on one author's side, by `bias` (at most 2) on average."""

    author: str
    people: tuple[str, ...]
    bias: float

    def said(self) -> str:
        """For the report."""
        return (
            f"{len(self.people)} people ({', '.join(p[:6] for p in self.people)}) stand {self.bias:.2f} "
            f"of 2 on the side of {self.author[:6]}, whatever the pictures: they count "
            "as one person together."
        )


def find(
    ballots: Mapping[int, Mapping[str, int]], authors: Mapping[int, str], settings: CleaningSettings
) -> list[Brigade]:
    """The brigades in ballots (picture -> person -> ±1) on pictures by these authors."""
    suspects: set[str] = set()
    found: list[Brigade] = []
    for _ in range(_PASSES):
        found = _pass(ballots, authors, settings, suspects)
        now = {person for brigade in found for person in brigade.people}
        if now == suspects:
            break
        suspects = now
    return found


def _pass(
    ballots: Mapping[int, Mapping[str, int]],
    authors: Mapping[int, str],
    settings: CleaningSettings,
    suspects: set[str],
) -> list[Brigade]:
    """Brigades when suspects have no say in what "the others" think."""
    seen: dict[str, list[_Seen]] = defaultdict(list)
    for image, cast in ballots.items():
        trusted = {person: value for person, value in cast.items() if person not in suspects}
        for person, value in cast.items():
            others = [v for p, v in trusted.items() if p != person]
            if others and person != authors[image]:
                seen[person].append((value, sum(others) / len(others), authors[image]))
    sides: dict[str, dict[str, float]] = defaultdict(dict)
    for person, theirs in seen.items():
        for author in {author for _, _, author in theirs}:
            bias = _bias(theirs, author, settings)
            if bias is not None:
                sides[author][person] = bias
    return [
        Brigade(author, tuple(sorted(people)), sum(people.values()) / len(people))
        for author, people in sorted(sides.items())
        if len(people) >= settings.brigade_size
    ]


_Seen = tuple[int, float, str]
"""A person's ballot, the mean of the others', and the picture's author."""


def _bias(theirs: list[_Seen], author: str, settings: CleaningSettings) -> float | None:
    """A person's bias towards an author, where it is large and certain."""
    side = np.array([float(whose == author) for _, _, whose in theirs])
    if min(side.sum(), (1 - side).sum()) < settings.brigade_votes:
        return None
    ballots = np.array([float(value) for value, _, _ in theirs])
    known = np.stack([np.ones(len(theirs)), np.array([others for _, others, _ in theirs]), side], axis=1)
    inverse = np.linalg.inv(known.T @ known + _RIDGE * np.eye(3))
    fit = inverse @ known.T @ ballots
    noise = float(((ballots - known @ fit) ** 2).sum()) / max(1, len(theirs) - 3)
    bias, error = float(fit[2]), float(noise * inverse[2, 2]) ** 0.5
    certain = bias - _CERTAIN * error >= settings.brigade_bias / 2
    return bias if bias >= settings.brigade_bias and certain else None
