"""Scenes are values: checked, comparable, sampled by a seed, rated by their words."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.tiny.world import QUALITIES, RATING_RANGE, Scene, Thing, random_quality, rating

scenes = st.integers(0, 2**32).map(lambda seed: Scene.random(random.Random(seed)))


@given(st.integers(0, 2**32))
def test_a_seed_always_gives_the_same_scene(seed: int) -> None:
    assert Scene.random(random.Random(seed)) == Scene.random(random.Random(seed))


@given(scenes)
def test_sampled_scenes_hold_at_most_two_kinds_and_five_objects(scene: Scene) -> None:
    assert len(scene.things) <= 2
    assert scene.total <= 5
    assert len({thing.noun for thing in scene.things}) == len(scene.things)


@given(scenes)
def test_ratings_stay_in_range_and_every_quality_word_raises_them(scene: Scene) -> None:
    low, high = RATING_RANGE
    assert low <= rating(scene) <= high
    plain = replace(scene, quality=())
    assert all(rating(replace(plain, quality=(word,))) > rating(plain) for word in QUALITIES)


def test_quality_words_have_one_order_and_no_doubles() -> None:
    backwards = Scene(quality=(*reversed(QUALITIES), "masterpiece"))
    assert backwards == Scene(quality=QUALITIES)


def test_a_beautified_prompt_gets_two_to_five_quality_words() -> None:
    sizes = {len(random_quality(random.Random(seed))) for seed in range(200)}
    assert sizes == {2, 3, 4, 5}


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Thing("dragon", "red"), "unknown noun 'dragon'"),
        (lambda: Thing("fox", "teal"), "unknown colour 'teal'"),
        (lambda: Thing("fox", "red", "vast"), "unknown size 'vast'"),
        (lambda: Thing("fox", "red", count=4), "unknown count 4"),
        (lambda: Scene(place="moon"), "unknown place 'moon'"),
        (lambda: Scene(quality=("nice",)), "unknown quality word 'nice'"),
        (lambda: Scene(things=(Thing("fox", "red"),) * 3), "at most 2 kinds"),
    ],
)
def test_what_the_world_does_not_know_is_refused_by_name(make: object, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        make()  # type: ignore[operator]
