"""Finds brigades: people who together push one author's pictures, apart from people who share a taste.

Agreeing alone means nothing: if most of a server loves watercolours, most of it votes alike, and so do those
who hate them. In a brigade *whose* picture it is matters more than the picture. For a
person P and an author A, P's ballots (±1) are fitted, by least squares over all pictures that others judged,

    ballot = a + b · (mean ballot of the others) + Σ w · [a word is in the prompt] + bias · [it is A's]

where b and w stand for P's taste: shared with the others, opposed to theirs, or P's own (somebody who loves
neon likes the authors who make neon, but everybody else's neon as well). The bias is 0 on average for people
who judge pictures, and near 2 for people who like all of A's and dislike all others. Somebody who votes on
hardly anything but A's shows no taste to compare with; their bias is how far their ballots lie above the
others' on the same pictures. Several people with a large and certain bias towards the same A are a brigade.

Suspects do not count among "the others". The first pass suspects people at a lower bias, because the brigade
still shifts the others' mean; further passes repeat the fit until the suspects stay the same.

What it cannot tell apart: true admirers of an author whose pictures all share what nobody else makes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.config.preference_settings import CleaningSettings

_PASSES = 6
_SUSPICION = 0.5  # share of the bias asked for that is enough for suspicion in the first pass
_CERTAIN = 3.0  # standard errors that the bias must stay above half of what is asked for
_NOISE = 0.1  # least variance assumed of a person's ballots, as a few of them may fit perfectly by chance
_RIDGE = 0.5  # ridge penalty on the bias and on b, in ballots
_WORD_RIDGE = 1.0  # the same on the weight w of each word
_MOST_WORDS = 16
_BALLOTS_A_WORD = 4

Vector = npt.NDArray[np.float64]


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
            f"of 2 on the side of {self.author[:6]}, whatever the pictures: what they say of those is "
            "dropped, and of others' they count as one person together."
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A person's ballot on a picture, the mean of the others', the picture's author and words."""

    ballot: int
    others: float
    author: str
    words: frozenset[str]


def find(
    ballots: Mapping[int, Mapping[str, int]],
    authors: Mapping[int, str],
    words: Mapping[int, frozenset[str]],
    settings: CleaningSettings,
) -> list[Brigade]:
    """The brigades in ballots (picture -> person -> ±1) on pictures by these authors, with these words."""
    suspects: set[str] = set()
    found: list[Brigade] = []
    for number in range(_PASSES):
        asked = settings.brigade_bias * (_SUSPICION if number == 0 else 1.0)
        found = _brigades(_seen(ballots, authors, words, suspects), asked, settings)
        now = {person for brigade in found for person in brigade.people}
        if now == suspects:
            break
        suspects = now
    return found


def _seen(
    ballots: Mapping[int, Mapping[str, int]],
    authors: Mapping[int, str],
    words: Mapping[int, frozenset[str]],
    suspects: set[str],
) -> dict[str, list[_Seen]]:
    """What each person judged that others judged too; suspects have no say in what "the others" think."""
    seen: dict[str, list[_Seen]] = defaultdict(list)
    for image, cast in ballots.items():
        trusted = {person: value for person, value in cast.items() if person not in suspects}
        count, total = len(trusted), sum(trusted.values())
        for person, value in cast.items():
            others = count - (person in trusted)
            if others and person != authors[image]:
                mean = (total - trusted.get(person, 0)) / others
                seen[person].append(_Seen(value, mean, authors[image], words.get(image, frozenset())))
    return seen


def _brigades(seen: Mapping[str, Sequence[_Seen]], asked: float, settings: CleaningSettings) -> list[Brigade]:
    """Those whose bias is `asked` or more, several on the same side."""
    sides: dict[str, dict[str, float]] = defaultdict(dict)
    for person, theirs in seen.items():
        taste = _taste(theirs)
        for author, count in Counter(one.author for one in theirs).items():
            if count >= settings.brigade_votes:
                bias, error = _bias(theirs, taste, author, settings.brigade_votes)
                if bias >= asked and bias - _CERTAIN * error >= asked / 2:
                    sides[author][person] = bias
    return [
        Brigade(author, tuple(sorted(people)), sum(people.values()) / len(people))
        for author, people in sorted(sides.items())
        if len(people) >= settings.brigade_size
    ]


def _bias(theirs: Sequence[_Seen], taste: Vector, author: str, least: int) -> tuple[float, float]:
    """A person's bias towards an author, and its standard error."""
    side = np.array([float(one.author == author) for one in theirs])
    # Too few ballots on other authors to fit a taste from
    if len(theirs) - side.sum() < least:
        return _above_others([one for one in theirs if one.author == author])
    return _fitted(np.array([float(one.ballot) for one in theirs]), taste, side)


def _above_others(theirs: Sequence[_Seen]) -> tuple[float, float]:
    """(mean of a person's ballots minus the others', its standard error)."""
    apart = np.array([one.ballot - one.others for one in theirs])
    return float(apart.mean()), float(max(apart.var(), _NOISE) / len(apart)) ** 0.5


def _taste(theirs: Sequence[_Seen]) -> Vector:
    """What may explain a person's ballots but for the author, [n, 2 + words], each centred but the first."""
    common = Counter(word for one in theirs for word in one.words)
    # Words in about half of the pictures tell tastes apart best; few, since each costs a degree of freedom
    even = sorted(common, key=lambda word: (abs(common[word] - len(theirs) / 2), word))
    chosen = even[: min(_MOST_WORDS, len(theirs) // _BALLOTS_A_WORD)]
    columns = [[1.0, one.others, *(float(word in one.words) for word in chosen)] for one in theirs]
    table = np.array(columns)
    # Centred, so that the ridge penalty shrinks slopes and leaves the intercept alone
    table[:, 1:] -= table[:, 1:].mean(axis=0)
    return table


def _fitted(ballots: Vector, taste: Vector, side: Vector) -> tuple[float, float]:
    """(bias, its standard error) of the least-squares fit."""
    known = np.concatenate([taste, side[:, None]], axis=1)
    ridge = np.diag([0.0, _RIDGE, *[_WORD_RIDGE] * (taste.shape[1] - 2), _RIDGE])
    inverse = np.linalg.inv(known.T @ known + ridge)
    fit = inverse @ known.T @ ballots
    # Residual degrees of freedom of ridge regression: n minus the trace of the hat matrix
    # (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 3.4.1)
    free = max(1.0, len(ballots) - float(np.trace(inverse @ known.T @ known)))
    noise = max(float(((ballots - known @ fit) ** 2).sum()) / free, _NOISE)
    return float(fit[-1]), float(noise * inverse[-1, -1]) ** 0.5
