"""Pairs and labels: what people compared, what scores say, ties; and people's real rankings reproduced."""

import json
import os
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.training.reacting import likes, people, record, signal, snapshot, votes
from training.config.preference_settings import CleaningSettings, PairSettings
from training.preferences import pairs
from training.preferences.pairs import Pair, labels, picture_pairs, prompt_pairs, ranked
from training.preferences.snapshot import Record
from training.preferences.votes import clean

PLAIN = CleaningSettings()
ALL = PairSettings(margin=0.0, tie=0.0, votes=0.5, per_context=1000)


def of(*records: Record, settings: PairSettings = ALL) -> list[tuple[str, str, float, str]]:
    found = picture_pairs(clean(snapshot(*records), PLAIN), settings)
    return [(pair.better.key, pair.worse.key, pair.label, pair.why) for pair in found]


def test_the_picked_is_better_than_each_of_the_others() -> None:
    grid = record(1, [], [signal("author", "pick")], [], [])
    assert sorted(of(grid)) == [("11", other, 1.0, "pick") for other in ("10", "12", "13")]


def test_people_who_judged_both_compare_them_and_each_counts_once() -> None:
    one = record(1, likes(ann=1, ben=1, cleo=-1), conversation="c")
    two = record(2, likes(ann=-1, ben=-1, cleo=1), conversation="c")
    [(better, worse, label, why)] = of(one, two)
    assert (better, worse, why) == ("10", "20", "votes")
    assert label == pytest.approx(2 / 3)


def test_what_people_disagree_about_evenly_is_a_tie() -> None:
    [(*_, label, why)] = of(record(1, likes(ann=1, ben=-1)), record(2, likes(ann=-1, ben=1)))
    assert (label, why) == (0.5, "votes")


def test_a_pick_goes_before_votes_of_the_same_person() -> None:
    grid = record(1, [signal("ann", "pick"), signal("ann", value=-2)], likes(ann=1))
    assert of(grid) == [("10", "11", 1.0, "pick")]


def test_the_kept_is_better_than_the_rerolled() -> None:
    first = record(1, [signal("author", "reroll", -1)], conversation="c")
    second = record(2, [], kind="reroll", parent=1, conversation="c")
    assert of(first, second) == [("20", "10", 1.0, "kept")]
    third = record(3, [], kind="reroll", parent=2, conversation="c")
    again = record(2, [signal("author", "reroll", -1)], kind="reroll", parent=1, conversation="c")
    found = [pair for pair in of(first, again, third) if pair[-1] == "kept"]
    assert sorted(found) == [("30", "10", 1.0, "kept"), ("30", "20", 1.0, "kept")]


def test_another_conversation_is_not_what_was_kept() -> None:
    assert of(record(1, [signal("author", "undo", -1)]), record(2, [])) == []


def test_other_words_are_never_compared() -> None:
    assert of(record(1, likes(ann=1)), record(2, likes(ann=-1), source="a house")) == []
    assert of(record(1, likes(ann=1)), record(2, likes(ann=-1), instruction="night")) == []
    assert len(of(record(1, likes(ann=1)), record(2, likes(ann=-1), source="A  Fox"))) == 1


def test_larger_copies_are_not_compared() -> None:
    assert of(record(1, likes(ann=1)), record(2, likes(ann=-1), kind="upscale")) == []


def test_scores_decide_where_nobody_compared_and_only_beyond_the_margin() -> None:
    liked, not_so = (
        record(1, votes((p, 1) for p in people(6))),
        record(2, votes((p, -1) for p in people(6, "q"))),
    )
    assert of(liked, not_so) == [("10", "20", 1.0, "score")]
    assert of(liked, not_so, settings=PairSettings(margin=0.9)) == []
    assert of(record(1, likes(ann=1)), record(2, likes(ben=-1)), settings=PairSettings(votes=2)) == []


def test_equal_scores_are_a_tie() -> None:
    assert of(record(1, likes(ann=1)), record(2, likes(ben=1))) == [("10", "20", 0.5, "score")]


def test_of_one_context_only_the_strongest_pairs_are_kept() -> None:
    grid = record(1, [signal("author", "pick")], *([[]] * 3))
    found = picture_pairs(clean(snapshot(grid), PLAIN), PairSettings(per_context=2))
    assert len(found) == 2
    assert {pair.of for pair in found} == {2}


def test_prompts_are_judged_by_all_their_pictures_with_one_voice_a_person() -> None:
    first = record(1, likes(ann=1), likes(ann=1), target="a fox, neon")
    second = record(2, likes(ann=-1, ben=-1), target="a fox, flat")
    cleaned = clean(snapshot(first, second), PLAIN)
    assert [dict(item.ballots) for item in pairs.prompts(cleaned)] == [{"ann": 1}, {"ann": -1, "ben": -1}]
    [pair] = prompt_pairs(cleaned, ALL)
    assert (pair.better.key, pair.worse.key) == ("a fox, neon", "a fox, flat")


def test_prompts_that_no_model_wrote_teach_the_model_nothing() -> None:
    cleaned = clean(snapshot(record(1, likes(ann=1), llm=None)), PLAIN)
    assert pairs.prompts(cleaned) == []


def test_clearly_liked_and_disliked_prompts_get_labels_and_the_rest_none() -> None:
    crowd = people(8)
    loved = record(1, votes((p, 1) for p in crowd), source="one")
    hated = record(2, votes((p, -1) for p in crowd), source="two")
    mixed = record(3, votes((p, 1 if n % 2 else -1) for n, p in enumerate(crowd)), source="three")
    rare = record(4, likes(p0=1), source="four")
    found = labels(clean(snapshot(loved, hated, mixed, rare), PLAIN), PairSettings())
    assert [(label.item.record.turn, label.liked) for label in found] == [(1, True), (2, False)]


scores = st.lists(st.integers(0, 5), min_size=1, max_size=8).map(
    lambda values: {str(n): float(value) for n, value in enumerate(values)}
)


@given(scores)
def test_ranked_is_transitive_complete_and_keeps_ties(given_scores: dict[str, float]) -> None:
    found = ranked(given_scores)
    assert len(found) == len(list(combinations(given_scores, 2)))
    strict = {(better, worse) for better, worse, label in found if label == 1.0}
    ties = {frozenset((a, b)) for a, b, label in found if label == 0.5}
    for a, b, c in permutations(given_scores, 3):
        if (a, b) in strict and (b, c) in strict:
            assert (a, c) in strict
    for a, b in combinations(given_scores, 2):
        assert (frozenset((a, b)) in ties) == (given_scores[a] == given_scores[b])


crowds = st.lists(
    st.dictionaries(st.sampled_from(people(5)), st.sampled_from([-1, 1]), max_size=5), min_size=2, max_size=5
)


@given(crowds)
@settings(max_examples=60, deadline=None)
def test_a_pair_is_there_once_and_people_who_swap_sides_swap_the_pair(casts: list[dict[str, int]]) -> None:
    # a brigade stands on an author's side: people who are one by their likes are none by their dislikes
    nobody = CleaningSettings(brigade_size=100)
    there = [record(n, votes(cast.items())) for n, cast in enumerate(casts, 1)]
    swapped = [record(n, votes((p, -v) for p, v in cast.items())) for n, cast in enumerate(casts, 1)]
    first = picture_pairs(clean(snapshot(*there), nobody), ALL)
    second = picture_pairs(clean(snapshot(*swapped), nobody), ALL)
    assert len({frozenset((pair.better.key, pair.worse.key)) for pair in first}) == len(first)
    assert {
        (p.better.key, p.worse.key, round(p.label, 9)) for p in first if p.why == "votes" and p.label > 0.5
    } == {
        (p.worse.key, p.better.key, round(p.label, 9)) for p in second if p.why == "votes" and p.label > 0.5
    }
    assert all(0.5 <= pair.label <= 1.0 for pair in first)


def as_server(ranking: list[int]) -> list[Record]:
    """A ranking as a server would see it: person k likes what is ranked k or better, and nothing else.

    Each picture has an author of its own: people who like all that one author makes look like a brigade.
    """
    worst = max(ranking)
    return [
        record(n, votes((f"p{k}", 1 if rank <= k else -1) for k in range(1, worst + 1)), author=f"maker {n}")
        for n, rank in enumerate(ranking, 1)
    ]


def order(found: list[Pair]) -> dict[tuple[str, str], float]:
    return {(pair.better.key, pair.worse.key): pair.label for pair in found}


def check_ranking(ranking: list[int]) -> None:
    """Pairs reproduce the ranking: strict where it is, tied where it is, and hence transitive."""
    found = order(picture_pairs(clean(snapshot(*as_server(ranking)), PLAIN), ALL))
    for (i, a), (j, b) in combinations(enumerate(ranking, 1), 2):
        one, other = f"{i}0", f"{j}0"
        if a == b:
            assert found.get((one, other), found.get((other, one))) == 0.5
        else:
            better, worse = (one, other) if a < b else (other, one)
            assert found[better, worse] == 1.0


@given(st.lists(st.integers(1, 6), min_size=2, max_size=6))
@example([4, 4, 4, 4, 4, 6])
@settings(max_examples=40, deadline=None)
def test_any_ranking_is_reproduced(ranking: list[int]) -> None:
    check_ranking(ranking)


RANKINGS = os.environ.get("DIFFCHAT_RANKINGS", "")


@pytest.mark.skipif(not RANKINGS, reason="DIFFCHAT_RANKINGS names no file of ImageReward's rankings")
def test_peoples_real_rankings_are_reproduced() -> None:
    rows = json.loads(Path(RANKINGS).read_text(encoding="utf-8"))
    assert len(rows) > 100
    for row in rows:
        found = ranked(
            {name: -float(rank) for name, rank in zip(row["generations"], row["ranking"], strict=True)}
        )
        wins = dict.fromkeys(row["generations"], 0.0)
        for better, worse, label in found:
            wins[better] += label
            wins[worse] += 1 - label
        by_wins = sorted(row["generations"], key=lambda name: -wins[name])
        ranks = dict(zip(row["generations"], row["ranking"], strict=True))
        assert [ranks[name] for name in by_wins] == sorted(row["ranking"])
        check_ranking(row["ranking"])
