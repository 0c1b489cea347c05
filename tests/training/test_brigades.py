"""Brigades: cliques of several kinds are found whole, honest people are left alone, and what follows."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.words import content_stems
from tests.training.reacting import people, record, snapshot, votes
from training.brigades import Brigade, find
from training.reaction_settings import CleaningSettings
from training.votes import clean

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


@pytest.mark.parametrize("member", [nothing_else, friends, only_theirs, careless])
@pytest.mark.parametrize("seed", range(4))
def test_a_clique_is_found_whole_and_nobody_else(member: Member, seed: int) -> None:
    [brigade] = found(Server().play(seed, member))
    assert brigade.author == LEADER
    assert set(brigade.people) == CLIQUE


@pytest.mark.parametrize("seed", range(4))
def test_four_pictures_of_the_leader_are_enough_where_nothing_else_is_ever_liked(seed: int) -> None:
    [brigade] = found(Server(leaders=4).play(seed, nothing_else))
    assert set(brigade.people) == CLIQUE


@given(
    seed=st.integers(0, 10_000),
    turns=st.sampled_from([40, 120, 240]),
    niches=st.booleans(),
    quarters=st.booleans(),
    leaders=st.sampled_from([0, 4, 20]),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_honest_people_are_left_alone(
    seed: int, turns: int, niches: bool, quarters: bool, leaders: int
) -> None:
    server = Server(turns=turns, leaders=leaders, niches=niches, quarters=quarters)
    assert found(server.play(seed)) == []


@given(seed=st.integers(0, 10_000), member=st.sampled_from([nothing_else, only_theirs, careless]))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_clique_takes_hardly_anybody_with_it(seed: int, member: Member) -> None:
    suspected = {
        person for brigade in found(Server(niches=True).play(seed, member)) for person in brigade.people
    }
    assert len(CLIQUE - suspected) <= 1
    assert len(suspected - CLIQUE) <= 1


def test_two_friends_are_no_brigade() -> None:
    played = [
        (author, prompt, {p: v for p, v in cast.items() if p not in CLIQUE or p in ("b0", "b1")})
        for author, prompt, cast in Server().play(0, nothing_else)
    ]
    assert found(played) == []


def test_what_a_brigade_says_of_the_leaders_pictures_is_dropped_and_the_rest_counts_as_one_person() -> None:
    records = [
        record(n, votes(cast.items()), author=author, target=prompt, source=f"a {n}")
        for n, (author, prompt, cast) in enumerate(Server().play(1, friends), 1)
    ]
    cleaned = clean(snapshot(*records), PLAIN)
    assert cleaned.dropped == {"of a brigade on the pictures it pushes": 15 * len(CLIQUE)}
    kept = Counter(act.person for act in cleaned.acts if act.person in CLIQUE)
    assert kept == dict.fromkeys(CLIQUE, 105)
    alone = 105**-0.5 / (sum(act.person == "p1" for act in cleaned.acts) ** -0.5)
    together = sum(cleaned.weights[person] for person in CLIQUE) / cleaned.weights["p1"]
    assert together == pytest.approx(alone)
    [note] = cleaned.notes
    assert note.startswith("6 people (b0, b1, b2, b3, b4, b5) stand")


def test_a_brigade_is_looked_for_before_the_cap_thins_its_votes() -> None:
    records = [
        record(n, votes(cast.items()), author=author, target=prompt, source=f"a {n}")
        for n, (author, prompt, cast) in enumerate(Server(leaders=5).play(2, nothing_else), 1)
    ]
    cleaned = clean(snapshot(*records), CleaningSettings(burst_votes=10_000, cap=20))
    assert cleaned.dropped["of a brigade on the pictures it pushes"] == 5 * len(CLIQUE)
