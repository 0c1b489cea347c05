"""Edits of whole phrases."""

import random

from training.tiny.phrases import act, borrow, fragment, pose, remove_phrase, swap_in
from training.tiny.vocabulary import listed


def test_a_phrase_goes_with_all_its_words() -> None:
    source = "a girl with a long red scarf in a park, oil painting"
    for seed in range(40):
        done = remove_phrase(source, random.Random(seed))
        assert done
        clause, target = done
        assert target in ("a girl in a park, oil painting", "a girl with a long red scarf, oil painting")
        gone = ("scarf", "garment") if target.startswith("a girl in") else ("park", "town")
        assert any(word in clause for word in gone)


def test_the_first_of_two_can_go() -> None:
    assert remove_phrase("zorblax", random.Random(0)) is None
    targets = {t for s in range(40) for _, t in [remove_phrase("a cat and a dog that run", random.Random(s))]}  # type: ignore[misc]
    assert targets == {"a dog that run", "a cat that run"}


def test_actions_have_both_forms() -> None:
    for line in listed("actions"):
        do, bar, doing = line.partition("|")
        assert bar
        assert doing.split()[0].endswith("ing")
        assert do.split()[1:] == doing.split()[1:]


def test_what_somebody_does_stands_in_the_head() -> None:
    for seed in range(40):
        clause, target = act("a fox, sharp focus", random.Random(seed))
        assert target.startswith("a fox ")
        assert target.endswith("ing, sharp focus") or "ing " in target
        assert "{" not in clause


def test_a_pose_only_where_nobody_is_named() -> None:
    assert pose("a fox", random.Random(0)) is None
    done = pose("Quindara Lee, photo", random.Random(0))
    assert done
    assert done[1].startswith("Quindara Lee as a")


def test_words_of_another_prompt_are_lent() -> None:
    other = "a castle on a steep hill, two silver zorblaxes, fog"
    for seed in range(30):
        rng = random.Random(seed)
        part = fragment(other, rng)
        assert part
        assert part in other
        done = borrow("an old map, sepia", other, rng)
        assert done
        clause, target = done
        assert target.startswith("an old map")
        assert "sepia" in target
        assert any(word in clause and word in target for word in ("castle", "hill", "zorblaxes", "fog"))


def test_what_stands_after_a_preposition_can_be_exchanged() -> None:
    for seed in range(30):
        done = swap_in("a fox with a red hat", "fog, a steep hill", random.Random(seed))
        assert done is None or done[1] in ("a fox with a fog", "a fox with a steep hill")
