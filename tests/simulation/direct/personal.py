"""A person's own preferences, put into the words of their wish: what the bot could do without any training.

Of each person's own votes, the words of quality that go with their likes are taken, for what is made and what
has grown apart, and appended to the person's wish. The model then goes on from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from model.tiny.world import QUALITIES
from tests.simulation.direct.tastes import made, shown

LIFT, MOST = 0.15, 2
"""A word is taken where pictures with it are liked so much more often than those without; at most so many."""
Preferences = Mapping[tuple[int, bool], tuple[str, ...]]
"""(person, about something made) -> words"""


def preferences(votes: Iterable[tuple[int, str, bool]]) -> Preferences:
    """From (person, prompt, liked) to everybody's words."""
    said: dict[tuple[int, bool], list[tuple[frozenset[str], bool]]] = defaultdict(list)
    for person, prompt, like in votes:
        said[person, made(prompt)].append((shown(prompt), like))
    return {key: _words(votes) for key, votes in said.items()}


def with_preferences(wish: str, person: int, found: Preferences) -> str:
    """The wish with the person's words after it."""
    return ", ".join([wish, *found.get((person, made(wish)), ())])


def _words(votes: list[tuple[frozenset[str], bool]]) -> tuple[str, ...]:
    lifts = {word: _rate(votes, word, True) - _rate(votes, word, False) for word in QUALITIES}
    best = sorted(lifts, key=lambda word: -lifts[word])[:MOST]
    return tuple(word for word in best if lifts[word] >= LIFT)


def _rate(votes: list[tuple[frozenset[str], bool]], word: str, having: bool) -> float:
    """The share of likes of pictures with or without a word; two votes of one half smooth it."""
    said = [like for words, like in votes if (word in words) is having]
    return (1 + sum(said)) / (2 + len(said))
