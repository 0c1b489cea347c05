"""Words of one kind give way to each other."""

import random

import pytest

from training.tiny.kinds import in_case, kinds, of_kinds, put, same_kind


def results(source: str) -> list[tuple[str, str]]:
    made = (same_kind(source, random.Random(seed)) for seed in range(80))
    return [done for done in made if done]


def test_every_word_has_one_kind() -> None:
    members = [member for kind in kinds() for member in kind.members]
    assert len(members) == len(set(members))
    assert all(member == member.strip().lower() and member for member in members)
    assert {kind.article for kind in kinds()} == {"a", "the", "-"}


def test_only_words_that_stand_alone_in_their_kind_are_found() -> None:
    assert [kind.name for _, kind in of_kinds("a cat and a dog at sunset")] == ["time of day"]
    assert [match.group() for match, _ in of_kinds("two Red foxes")] == ["two", "Red", "foxes"]
    assert of_kinds("category-cat, catnip") == []


@pytest.mark.parametrize(
    ("word", "old", "expected"),
    [
        ("evening", "Morning", "Evening"), ("evening", "MORNING", "EVENING"),
        ("evening", "morning", "evening"), ("polar bear", "Fox", "Polar Bear"), ("Mars", "moon", "Mars"),
    ],
)  # fmt: skip
def test_capitals_are_kept(word: str, old: str, expected: str) -> None:
    assert in_case(word, old) == expected


def test_the_article_follows_the_new_word() -> None:
    assert put("a fox, an owl", (2, 5), "elk") == "an elk, an owl"
    assert put("a fox, an owl", (10, 13), "fox") == "a fox, a fox"


def test_the_old_word_goes_unnamed_and_all_else_stays() -> None:
    for clause, target in results("Misty Morning by Ann Lee"):
        assert target.endswith(" by Ann Lee")
        assert ("Morning" in target) != ("Misty" in target)
        assert "morning" not in clause.replace("time of day", "")


def test_many_give_way_to_many() -> None:
    targets = {target for _, target in results("hungry foxes")}
    assert len(targets) > 10
    assert all(target.endswith("s") for target in targets)


def test_without_a_known_word_there_is_no_edit() -> None:
    assert same_kind("zorblax quindara", random.Random(0)) is None
