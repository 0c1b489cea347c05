"""Cleaning: what counts, how much, and what is dropped with a reason."""

import math
import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.reacting import EXPORTED, START, likes, people, record, signal, snapshot, votes
from training.config.preference_settings import CleaningSettings
from training.preferences.snapshot import Signal
from training.preferences.votes import acts_of, ballots_by_image, clean, held_out, split

PLAIN = CleaningSettings()


def ballots(*signals: Signal) -> dict[str, int]:
    [judged] = clean(snapshot(record(1, list(signals))), PLAIN).judged()
    return dict(judged.ballots)


def test_a_person_has_one_ballot_on_a_picture() -> None:
    assert ballots(signal("ann", value=1), signal("ann", value=2)) == {"ann": 1}
    assert ballots(signal("ann", value=1), signal("ann", value=-2)) == {"ann": -1}
    assert ballots(signal("ann", value=1), signal("ann", value=-1)) == {}


def test_what_is_said_goes_before_what_is_done() -> None:
    assert ballots(signal("ann", value=1), signal("ann", "reroll", -1), signal("ann", "undo", -1)) == {
        "ann": 1
    }
    assert ballots(signal("ann", "reroll", -1)) == {"ann": -1}


def test_praise_of_oneself_is_dropped_and_ones_own_choice_is_not() -> None:
    own = record(1, [signal("author"), signal("ben")], [signal("author", "pick")])
    cleaned = clean(snapshot(own), PLAIN)
    assert [dict(judged.ballots) for judged in cleaned.judged()] == [{"ben": 1}, {"author": 1}]
    assert cleaned.dropped == {"reactions to one's own picture": 1}


def test_a_person_weighs_one_over_the_root_of_how_much_they_judged() -> None:
    keen = [record(turn, likes(keen=1)) for turn in range(1, 10)]
    weights = clean(snapshot(*keen, record(10, likes(shy=1))), PLAIN).weights
    assert weights["shy"] / weights["keen"] == pytest.approx(3.0)
    assert (9 * weights["keen"] + weights["shy"]) / 10 == pytest.approx(1.0)


def test_no_more_than_the_cap_of_a_person_counts() -> None:
    many = snapshot(*(record(turn, likes(keen=1, shy=1)) for turn in range(1, 31)))
    cleaned = clean(many, CleaningSettings(cap=10))
    assert Counter(act.person for act in cleaned.acts) == {"keen": 10, "shy": 10}
    assert cleaned.dropped == {"beyond the cap of a person": 40}
    assert clean(many, CleaningSettings(cap=10)).acts == cleaned.acts


def test_a_burst_is_dropped_and_an_evening_of_voting_is_not() -> None:
    hasty = [record(turn, [signal("bot", at=EXPORTED - timedelta(seconds=turn))]) for turn in range(1, 31)]
    calm = [
        record(turn, [signal("ann", at=EXPORTED - timedelta(seconds=20 * turn))]) for turn in range(31, 61)
    ]
    cleaned = clean(snapshot(*hasty, *calm), PLAIN)
    assert Counter(act.person for act in cleaned.acts) == {"ann": 30}
    assert cleaned.dropped == {"bursts": 30}


def test_a_grid_is_judged_at_once_and_no_burst() -> None:
    grids = [record(turn, *([likes(ann=1)] * 4)) for turn in range(1, 9)]
    assert clean(snapshot(*grids), PLAIN).dropped == {}


def test_only_the_recent_counts_where_that_is_wished() -> None:
    old, new = record(1, likes(ann=1)), record(700, likes(ann=1))
    cleaned = clean(snapshot(old, new), CleaningSettings(recent_days=7))
    assert [act.turn for act in cleaned.acts] == [700]
    assert cleaned.dropped == {"too old": 1}


def test_a_clock_that_jumped_is_said_and_loses_no_vote() -> None:
    early = record(100, [])
    odd = [
        signal("ann", at=START - timedelta(days=400)),
        signal("ben", at=EXPORTED + timedelta(days=400)),
    ]
    from dataclasses import replace

    candidate = replace(early.candidates[0], signals=tuple(odd))
    cleaned = clean(snapshot(replace(early, candidates=(candidate,))), CleaningSettings(recent_days=90))
    assert len(cleaned.acts) == 2
    assert cleaned.notes == ("2 acts carry a time before their picture or after the export: a clock jumped.",)
    assert all(early.at <= act.at <= EXPORTED for act in cleaned.acts)


def test_silence_of_those_who_saw_it_and_vote_counts_a_little() -> None:
    crowd = tuple(people(10))
    loud = record(1, likes(**dict.fromkeys(crowd, 1)), source="other")
    liked = record(2, likes(p0=1), exposed=("p0",))
    passed_over = record(3, likes(p0=1), exposed=(*crowd, "lurker"))
    _, alone, overlooked = clean(snapshot(loud, liked, passed_over), PLAIN).judged()
    assert set(overlooked.silent) == set(crowd) - {"p0"}
    assert overlooked.score < alone.score


def test_a_picture_nobody_judged_has_the_average_score() -> None:
    liked, other = record(1, likes(ann=1, ben=1, cleo=-1)), record(2, [])
    cleaned = clean(snapshot(liked, other), PLAIN)
    assert cleaned.judged()[1].score == pytest.approx(cleaned.prior)
    assert cleaned.prior == pytest.approx(2 / 3)


def test_people_and_prompts_are_never_on_both_sides() -> None:
    records = [
        record(turn, votes((p, 1) for p in people(12)), source=f"a fox {turn}") for turn in range(1, 31)
    ]
    train, held = split(clean(snapshot(*records), PLAIN))
    assert not {act.person for act in train.acts} & {act.person for act in held.acts}
    assert not {r.family for r in train.records} & {r.family for r in held.records}
    assert train.acts
    assert held.acts
    assert held_out("x", 1.0, 0)
    assert not held_out("x", 0.0, 0)


def server(
    brigaders: int, turns: int = 60, seed: int = 0
) -> tuple[list[tuple[str, dict[str, int]]], set[str]]:
    """Two thirds of 24 people love one kind, which author x makes most of; brigaders are for author z."""
    rng = random.Random(seed)
    clique = people(brigaders, "b")
    pictures = []
    for turn in range(turns):
        author = ("x", "y", "z")[turn % 3]
        lovely = rng.random() < (0.8 if author == "x" else 0.3)
        cast = {p: 1 if (index % 3 > 0) == lovely else -1 for index, p in enumerate(people(24))}
        cast = {p: value for p, value in cast.items() if rng.random() < 0.5}
        cast |= dict.fromkeys(clique, 1 if author == "z" else -1)
        pictures.append((author, cast))
    return pictures, set(clique)


@pytest.mark.parametrize("seed", range(5))
def test_a_brigade_is_found_and_counts_as_one_person(seed: int) -> None:
    pictures, clique = server(6, seed=seed)
    records = [
        record(n, votes(cast.items()), author=author, source=f"a {n}")
        for n, (author, cast) in enumerate(pictures, 1)
    ]
    cleaned = clean(snapshot(*records), CleaningSettings(burst_votes=1000))
    assert [note for note in cleaned.notes if "count as one person" in note]
    heaviest = sum(cleaned.weights[person] for person in clique)
    assert heaviest <= max(cleaned.weights[p] for p in cleaned.weights if p not in clique)


@pytest.mark.parametrize("seed", range(5))
def test_people_who_share_a_taste_are_no_brigade(seed: int) -> None:
    pictures, _ = server(0, seed=seed)
    records = [record(n, votes(cast.items()), author=author) for n, (author, cast) in enumerate(pictures, 1)]
    assert clean(snapshot(*records), CleaningSettings(burst_votes=1000)).notes == ()


cast_lists = st.lists(
    st.dictionaries(st.sampled_from(people(6)), st.sampled_from([-2, -1, 1, 2]), max_size=6), max_size=8
)


@given(cast_lists)
@settings(max_examples=60, deadline=None)
def test_weights_average_one_and_scores_lie_between_nought_and_one(casts: list[dict[str, int]]) -> None:
    cleaned = clean(snapshot(*(record(n, likes(**c)) for n, c in enumerate(casts, 1))), PLAIN)
    cast = [p for b in ballots_by_image(cleaned.acts).values() for p in b]
    if cast:
        assert math.isclose(sum(cleaned.weights[p] for p in cast) / len(cast), 1.0)
    assert all(0 < judged.score < 1 for judged in cleaned.judged())


@given(cast_lists, st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_one_more_like_never_lowers_a_score(casts: list[dict[str, int]], at: int) -> None:
    """With everybody's weight and the average held, a further like raises the score of its picture."""
    cleaned = clean(snapshot(*(record(n, likes(**c)) for n, c in enumerate([*casts, {}], 1))), PLAIN)
    judged = cleaned.judged()[min(at, len(casts))]
    one_more = cleaned.tally({**judged.ballots, "newcomer": 1}, judged.silent)
    assert cleaned.score(*one_more) > judged.score
    worse = cleaned.tally({**judged.ballots, "newcomer": -1}, judged.silent)
    assert cleaned.score(*worse) < judged.score


def test_acts_keep_the_order_of_the_snapshot() -> None:
    acts = acts_of([record(1, likes(ann=1, ben=-1)), record(2, likes(ann=1))])
    assert [(act.person, act.turn) for act in acts] == [("ann", 1), ("ben", 1), ("ann", 2)]
