"""Edits of prompts known as text only."""

import random
from collections.abc import Callable

from training.tiny import surgery
from training.tiny.surgery import after_head, at_end, cut_to, into_head

WIZARD = "a portrait of a wizard with a long beard by John Smith, sharp focus"


def test_where_things_go() -> None:
    assert into_head("a cat, sharp", "with a hat") == "a cat with a hat, sharp"
    assert into_head("Old Mill by Ann Lee", "at night") == "Old Mill at night by Ann Lee"
    assert into_head("A cat sits.", "at night") == "A cat sits at night."
    assert after_head("a cat, sharp", "sketch") == "a cat, sketch, sharp"
    assert at_end("a cat.", "sharp") == "a cat, sharp"


def test_prompts_are_cut_between_parts() -> None:
    assert cut_to("a red cat, sharp focus, 8k", 5) == "a red cat, sharp focus"
    assert cut_to("one two three four", 2) == "one two"


def tries(make: Callable[[str, random.Random], surgery.Done | None], source: str) -> list[surgery.Done]:
    made = (make(source, random.Random(seed)) for seed in range(60))
    return [done for done in made if done]


def test_a_replaced_word_is_gone_and_the_rest_stays() -> None:
    for clause, target in tries(surgery.replace_word, "a wizard, sharp"):
        assert target.endswith(", sharp") or target.startswith("a wizard, ")
        assert "wizard" in clause or "sharp" in clause


def test_a_medium_said_first_is_the_one_that_changes() -> None:
    targets = [target for _, target in tries(surgery.restyle, WIZARD)]
    assert all("portrait of" not in t or t.startswith(("a portrait", "portrait")) for t in targets)
    assert all(
        target.endswith("of a wizard with a long beard by John Smith, sharp focus") for target in targets
    )


def test_a_signature_is_replaced_and_never_doubled() -> None:
    for _, target in tries(surgery.sign, WIZARD):
        assert target.count(" by ") + target.count(" in the style of ") == 1


def test_a_colour_takes_the_place_of_a_colour() -> None:
    targets = {target for clause, target in tries(surgery.describe_word, "a red hat")}
    assert not any(target.startswith("a red ") and target.split()[2] == "black" for target in targets)
    assert any(target.endswith(" hat") and "red" not in target for target in targets)


def test_a_medium_said_last_is_the_one_that_changes() -> None:
    targets = [target for _, target in tries(surgery.restyle, "Old Mill - Oil Painting by Ann Lee")]
    assert all(t.startswith("Old Mill - ") and t.endswith(" by Ann Lee") for t in targets)
    assert sum("Oil Painting" in target for target in targets) < len(targets) / 4


def test_a_place_or_weather_that_is_said_gives_way() -> None:
    source = "a fox in a dark forest in the rain, sharp"
    for _, target in tries(surgery.when_where, source):
        assert target.startswith("a fox ")
        assert target.endswith(", sharp")
        assert ("dark forest" in target) + ("in the rain" in target) >= 1
    assert any("dark forest" not in target for _, target in tries(surgery.when_where, source))
    assert any("in the rain" not in target for _, target in tries(surgery.when_where, source))


def test_a_replaced_noun_takes_its_adjectives_along_but_no_colour() -> None:
    targets = [target for _, target in tries(surgery.replace_word, "a red wooden zorblax")]
    assert any(target.startswith("a red ") and "wooden" not in target for target in targets)
