"""What changed between two drafts, taken back and done to another thing."""

from dataclasses import replace

import pytest

from model.tiny.drafts import Draft, NounPhrase
from training.tiny.conversations.deltas import Delta, deltas, repeated, reverted, slotted, with_new

FOX, TREE = NounPhrase("fox", "red"), NounPhrase("tree", "green", size="small")
BOTH = Draft((FOX, TREE), phrases=(("place", "in a meadow"),), tags=(("style", "pixel art"),))
BLUE_FOX = replace(FOX, colour="blue")
AFTER = {
    "colour": replace(BOTH, things=(BLUE_FOX, TREE)),
    "size": replace(BOTH, things=(FOX, replace(TREE, size="large"))),
    "count": replace(BOTH, things=(replace(FOX, count=2, lead="two"), TREE)),
    "remove": replace(BOTH, things=(FOX,)),
    "replace": replace(BOTH, things=(replace(FOX, noun="car"), TREE)),
    "slot": BOTH.saying("time", "at night"),
}


@pytest.mark.parametrize("what", AFTER)
def test_a_step_is_one_delta_and_can_be_taken_back(what: str) -> None:
    (delta,) = deltas(BOTH, AFTER[what])
    assert delta.what == what
    back = reverted(AFTER[what], delta)
    assert back is not None
    assert sorted(map(str, back.things)) == sorted(map(str, BOTH.things))
    assert back.phrases == BOTH.phrases


def test_an_added_thing_is_taken_back() -> None:
    one = replace(BOTH, things=(FOX,))
    (delta,) = deltas(one, BOTH)
    assert delta == Delta("add", None, TREE)
    assert reverted(BOTH, delta) == one


def test_what_later_steps_changed_again_is_not_taken_back() -> None:
    (delta,) = deltas(BOTH, AFTER["colour"])
    later = replace(BOTH, things=(replace(FOX, colour="pink"), TREE))
    assert reverted(later, delta) is None
    (night,) = deltas(BOTH, AFTER["slot"])
    assert reverted(BOTH.saying("time", "at sunset"), night) is None


def test_a_step_is_done_to_the_other_thing_alone() -> None:
    (delta,) = deltas(BOTH, AFTER["colour"])
    assert repeated(BOTH, delta, TREE) == replace(BOTH, things=(FOX, replace(TREE, colour="blue")))
    (gone,) = deltas(BOTH, AFTER["remove"])
    assert repeated(BOTH, gone, FOX) == replace(BOTH, things=(TREE,))
    assert repeated(AFTER["colour"], delta, BLUE_FOX) is None


def test_two_differences_are_two_deltas() -> None:
    assert [d.what for d in deltas(BOTH, slotted(AFTER["colour"], "style", "watercolor"))] == [
        "colour",
        "slot",
    ]


def test_no_thing_is_put_in_twice_or_beyond_the_room() -> None:
    assert with_new(BOTH, NounPhrase("car")) is None
    assert with_new(replace(BOTH, things=(FOX,)), NounPhrase("dog")) is None  # a dog is a fox to the world
    assert with_new(replace(BOTH, things=(FOX,)), NounPhrase("car")) is not None
