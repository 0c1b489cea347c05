"""Brigades: cliques of several kinds are found whole, honest people are left alone, and what follows."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulation.cliques import (
    CLIQUE,
    LEADER,
    PLAIN,
    Member,
    Server,
    careless,
    found,
    friends,
    nothing_else,
    only_theirs,
)
from tests.training.reacting import record, snapshot, votes
from training.config.preference_settings import CleaningSettings
from training.preferences.votes import clean


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
