"""Drawing is a pure function, and every word of a scene changes the picture."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.tiny.render import PICTURE, layout, render
from model.tiny.world import COLOURS, NOUNS, PLACES, QUALITIES, SIZES, STYLES, TIMES, WEATHERS, Scene, Thing

BASE = Scene((Thing("car", "blue"),), place="beach")


def pixels(scene: Scene, seed: int = 0) -> np.ndarray:
    return np.asarray(render(scene, seed), np.int16)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_equal_arguments_give_equal_pixels(seed: int) -> None:
    scene = Scene.random(random.Random(seed))
    picture = render(scene, seed)
    assert picture.size == (PICTURE, PICTURE)
    assert picture.mode == "RGB"
    assert np.array_equal(pixels(scene, seed), pixels(scene, seed))


@pytest.mark.parametrize(
    "changed",
    [
        *(replace(BASE, place=place) for place in PLACES if place != "beach"),
        *(replace(BASE, time=time) for time in TIMES[1:]),
        *(replace(BASE, weather=weather) for weather in WEATHERS[1:]),
        *(replace(BASE, style=style) for style in STYLES[1:]),
        *(replace(BASE, quality=(word,)) for word in QUALITIES),
        *(replace(BASE, things=(Thing(noun, "blue"),)) for noun in NOUNS if noun != "car"),
        *(replace(BASE, things=(Thing("car", colour),)) for colour in COLOURS if colour != "blue"),
        *(replace(BASE, things=(Thing("car", "blue", size),)) for size in SIZES if size != "medium"),
        replace(BASE, things=(Thing("car", "blue", count=2),)),
        replace(BASE, things=()),
    ],
)
def test_every_word_changes_the_picture(changed: Scene) -> None:
    assert np.abs(pixels(changed) - pixels(BASE)).mean() > 0.5


def test_seeds_give_different_arrangements() -> None:
    assert len({render(BASE, seed).tobytes() for seed in range(20)}) >= 5


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 3), st.integers(1, 3))
def test_all_objects_stand_inside_the_picture(seed: int, first: int, second: int) -> None:
    scene = Scene((Thing("fox", "red", "large", first), Thing("boat", "pink", "large", second)))
    placed = layout(scene, random.Random(seed))
    assert len(placed) == first + second
    for _, left, top, width in placed:
        assert -width / 2 < left < PICTURE - width / 2
        assert top >= 0
        assert top + width <= PICTURE


def test_one_object_keeps_to_the_grid_of_the_latents() -> None:
    lefts = {layout(BASE, random.Random(seed))[0][1] % 8 for seed in range(50)}
    assert len(lefts) == 1
