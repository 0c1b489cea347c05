"""Which pictures are compared, and in which order each judge sees them."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.errors import ResultsError
from training.judging.comparisons import REPEATS_APART, Comparison, order, read

Make = Callable[..., Path]


def made(pairs: int, edits: int) -> list[Comparison]:
    nowhere = Path("nowhere")
    return [
        Comparison(f"{pair}-{edit}", str(edit), "s", "i", ("a", f"b{pair}"), (nowhere, nowhere))
        for pair in range(pairs)
        for edit in range(edits)
    ]


def test_every_two_methods_are_compared_and_the_seeds_of_one_count_as_one(make_results: Make) -> None:
    found = read([make_results(edits=2)])
    counts = Counter(comparison.methods for comparison in found.different)
    assert counts == {("diffchat", "sft"): 2, ("ppo", "sft"): 4, ("diffchat", "ppo"): 4}
    assert found.same == ()
    assert set(found.methods) == {"sft", "ppo", "diffchat"}


def test_a_picture_that_both_made_is_not_asked_about(make_results: Make) -> None:
    found = read([make_results(edits=5, alike=2)])
    assert [c.methods for c in found.same] == [("diffchat", "sft")] * 2
    assert len(found.different) == 5 * 5 - 2


def test_a_blacked_out_picture_is_not_compared(make_results: Make) -> None:
    path = make_results(edits=2) / "results.json"
    results = json.loads(path.read_text())
    results["pictures"]["drawn"]["sft"][0] = ""
    path.write_text(json.dumps(results))
    counts = Counter(comparison.methods for comparison in read([path.parent]).different)
    assert counts == {("diffchat", "sft"): 1, ("ppo", "sft"): 2, ("diffchat", "ppo"): 4}


def test_methods_of_several_folders_are_told_apart(make_results: Make) -> None:
    found = read([make_results("spring", edits=1), make_results("autumn", edits=1)])
    assert {name.partition("/")[0] for name in found.methods} == {"spring", "autumn"}
    assert len({c.key for c in found.different}) == len(found.different) == 10


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "evaluate` wrote"),
        ("{", "is not what"),
        ('{"edits": []}', "is not what"),
        ('{"edits": [], "pictures": {}}', "no pictures of two methods"),
        ('{"edits": [], "pictures": {"drawn": {"a": ["../../secret.png"]}}}', "has no picture"),
    ],
)
def test_what_cannot_be_compared_is_said(tmp_path: Path, text: str | None, says: str) -> None:
    (tmp_path.parent / "secret.png").touch()
    if text is not None:
        (tmp_path / "results.json").write_text(text)
    with pytest.raises(ResultsError, match=says):
        read([tmp_path])


def test_two_folders_of_one_name_are_refused(make_results: Make, tmp_path: Path) -> None:
    one = make_results("x/results", edits=1)
    with pytest.raises(ResultsError, match="rename one"):
        read([one, make_results("y/results", edits=1)])


@given(st.integers(1, 4), st.integers(1, 12), st.integers(1, 40), st.integers(0, 3))
def test_every_judge_is_asked_the_same_as_evenly_as_can_be(
    pairs: int, edits: int, count: int, seed: int
) -> None:
    given_ = made(pairs, edits)
    asked = [order(given_, count=count, repeats=0.2, seed=seed, judge=judge) for judge in ("ann", "ben")]
    first = [[q for q in questions if not q.repeat] for questions in asked]
    keys = [{q.comparison.key for q in questions} for questions in first]
    assert keys[0] == keys[1]
    assert len(first[0]) == len(keys[0]) == min(count, pairs * edits)
    counts = Counter(q.comparison.methods for q in first[0])
    assert max(counts.values()) - min([*counts.values(), *[0] * (pairs - len(counts))]) <= 1
    assert asked[0] == order(given_, count=count, repeats=0.2, seed=seed, judge="ann")


@given(st.integers(1, 60), st.floats(0, 1), st.integers(0, 5))
def test_repeats_are_mirrored_and_lie_apart(edits: int, share: float, seed: int) -> None:
    asked = order(made(1, edits), count=edits, repeats=share, seed=seed, judge="ann")
    place = {question.id: number for number, question in enumerate(asked)}
    assert len(place) == len(asked), "every question has a name of its own"
    again = [question for question in asked if question.repeat]
    assert len(again) == round(share * edits)
    for question in again:
        number = place[question.comparison.key]
        assert asked[number].flipped != question.flipped
        assert place[question.id] - number > min(REPEATS_APART, edits - 1 - number)


def test_sides_are_changed_about_half_of_the_time() -> None:
    asked = order(made(1, 400), count=400, repeats=0, seed=0, judge="ann")
    assert 150 < sum(question.flipped for question in asked) < 250
