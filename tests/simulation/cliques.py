"""Votes of a server by rule alone, with and without a clique, to count what the check for brigades finds.

`python -m tests.simulation.cliques` prints the counts of `docs/feedback.md`;
`tests/training/preferences/test_brigades.py` holds some of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.language.stems import content_stems
from tests.training.reacting import people
from training.config.preference_settings import CleaningSettings
from training.preferences.brigades import Brigade, find

LOOKS = ("vivid colors", "soft light", "sharp focus", "neon lights", "pencil sketch", "highly detailed")
NAMES = people(24)
LEADER, CLIQUE = "p0", frozenset(people(6, "b"))
PLAIN = CleaningSettings(burst_votes=10_000)
Member = Callable[[bool, bool, random.Random], int]
"""(the leader's picture?, do they like it?, chance) -> what a brigader says of it; 0 is nothing."""


def nothing_else(pushed: bool, _: bool, __: random.Random) -> int:
    return 1 if pushed else -1


def friends(pushed: bool, liked: bool, _: random.Random) -> int:
    return 1 if pushed or liked else -1


def only_theirs(pushed: bool, _: bool, __: random.Random) -> int:
    return 1 if pushed else 0


def careless(pushed: bool, _: bool, rng: random.Random) -> int:
    return 1 if pushed != (rng.random() < 0.1) else -1


@dataclass
class Server:
    """Votes on a server of 24 honest people of three tastes, and perhaps a clique."""

    turns: int = 120
    leaders: int = 15
    voters: int = 9
    look: str = "soft light"  # the leader's pictures never have it
    niches: bool = False  # some people make mainly what one of the tastes loves
    quarters: bool = False  # people vote in their own quarter of the server

    def play(self, seed: int, member: Member | None = None) -> list[tuple[str, str, dict[str, int]]]:
        """(author, prompt, who says what) of each picture."""
        rng = random.Random(seed)
        authors = [LEADER] * self.leaders + [rng.choice(NAMES[1:]) for _ in range(self.turns - self.leaders)]
        rng.shuffle(authors)
        return [self._turn(author, member, rng) for author in authors]

    def _turn(
        self, author: str, member: Member | None, rng: random.Random
    ) -> tuple[str, str, dict[str, int]]:
        shown = [look for look in LOOKS if rng.random() < 0.6]
        if author == LEADER:
            shown = [look for look in shown if look != self.look]
        if self.niches and int(author[1:]) % 4 == 1:
            shown = ["neon lights"]
        cast = {}
        for person in rng.sample(NAMES, len(NAMES) if self.quarters else self.voters):
            if person != author and not (self.quarters and int(person[1:]) % 4 != int(author[1:]) % 4):
                cast[person] = 1 if _likes(int(person[1:]), shown, rng) else -1
        if member:
            liked = _likes(0, shown, rng)
            said = {person: member(author == LEADER, liked, rng) for person in sorted(CLIQUE)}
            cast |= {person: value for person, value in said.items() if value}
        return author, f"a fox in a {rng.choice(('meadow', 'desert'))}, {', '.join(shown)}", cast


def _likes(number: int, shown: list[str], rng: random.Random) -> bool:
    """Two thirds love one thing, some another, two vote at random; all slip sometimes."""
    if number in (3, 13):
        return rng.random() < 0.5
    liked = "neon lights" in shown if number % 4 == 2 else {"vivid colors", "soft light"} <= set(shown)
    return liked != (rng.random() < 0.05)


def found(played: list[tuple[str, str, dict[str, int]]]) -> list[Brigade]:
    ballots: Mapping[int, Mapping[str, int]] = {n: cast for n, (_, _, cast) in enumerate(played)}
    authors = {n: author for n, (author, _, _) in enumerate(played)}
    words = {n: content_stems(prompt) for n, (_, prompt, _) in enumerate(played)}
    return find(ballots, authors, words, PLAIN)


KINDS: dict[str, Member] = {
    "likes nothing else": nothing_else,
    "likes nothing else, with slips": careless,
    "votes honestly otherwise": friends,
    "votes on nothing else": only_theirs,
}
SERVERS = {
    "the leader makes 15 of 120, of a look of their own": Server(),
    "the leader makes 15 of 120, like everybody's": Server(look=""),
    "the leader makes 4 of 120": Server(leaders=4),
}
HONEST = {
    "120 pictures": Server(leaders=0),
    "240 pictures, niches": Server(turns=240, leaders=0, niches=True),
    "240 pictures, quarters": Server(turns=240, leaders=0, niches=True, quarters=True),
    "120 pictures, one busy author": Server(leaders=25),
}


def count(server: Server, member: Member | None, times: int = 40) -> tuple[int, int, int]:
    """Of `times` servers: with the whole clique found, with most of it, and with honest people suspected."""
    whole = most = wrong = 0
    for seed in range(times):
        suspected = {person for brigade in found(server.play(seed, member)) for person in brigade.people}
        whole += suspected >= CLIQUE
        most += len(suspected & CLIQUE) >= PLAIN.brigade_size
        wrong += bool(suspected - CLIQUE)
    return whole, most, wrong


def main() -> None:
    """Print a table, line by line."""
    lines = ["| servers | clique | all six found | three or more | honest people suspected |"]
    for name, server in SERVERS.items():
        for kind, member in KINDS.items():
            whole, most, wrong = count(server, member)
            lines.append(f"| {name} | {kind} | {whole} of 40 | {most} of 40 | {wrong} of 40 |")
    for name, server in HONEST.items():
        lines.append(f"| {name} | none | | | {count(server, None)[2]} of 40 |")
    print("\n".join(lines))  # noqa: T201  a command line prints


if __name__ == "__main__":
    main()
