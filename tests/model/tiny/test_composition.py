"""Edits keep what they do not name in its place."""

import random
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from model.tiny.composition import Composition
from model.tiny.edits import random_edit
from model.tiny.render import layouts, render
from model.tiny.world import Scene, Thing

HOUSE, TREE, LANTERN = Thing("house", "red"), Thing("tree", "green"), Thing("lantern", "yellow")


def difference(one: Image.Image, other: Image.Image) -> npt.NDArray[np.int_]:
    return np.abs(np.asarray(one, int) - np.asarray(other, int)).max(-1)


def places(composition: Composition, noun: str) -> list[tuple[int, int, int]]:
    return [place[1:] for place in composition.placed if place[0].noun == noun]


def test_without_an_edit_it_draws_what_the_renderer_draws() -> None:
    scene = Scene((HOUSE, TREE), "beach", "night", "snow", "neon", ("soft light",))
    assert not difference(Composition.of(scene, 7).draw(), render(scene, 7)).any()


@pytest.mark.parametrize("kind", ["recolour", "add", "remove", "replace", "resize", "count"])
def test_pictures_differ_only_where_the_named_thing_is(kind: str) -> None:
    rng = random.Random(kind)
    for seed in range(6):
        edit = random_edit(rng, kind)
        before = Composition.of(edit.before, seed)
        after = before.edited(edit.after)
        moved = difference(before.draw(), after.draw())
        # faint light may tip a cell of pixel art over to the next of its nine levels
        limit = 33 if edit.before.style == "pixel" else 8
        assert moved[~before.region(after)].max(initial=0) <= limit, edit


def test_a_new_thing_takes_a_free_place_and_the_old_ones_stay() -> None:
    before = Composition.of(Scene((HOUSE,)), 3)
    after = before.edited(Scene((HOUSE, TREE)))
    assert places(after, "house") == places(before, "house")
    ((left, _, width),) = places(after, "tree")
    ((other, _, wide),) = places(after, "house")
    assert min(left + width, other + wide) - max(left, other) <= 4, "beside the house"
    assert places(after.edited(Scene((HOUSE,))), "house") == places(before, "house")


def test_what_replaces_a_thing_stands_on_its_ground() -> None:
    before = Composition.of(Scene((HOUSE, TREE)), 1)
    after = before.edited(Scene((replace(HOUSE, noun="car"), TREE)))
    assert places(after, "car") == places(before, "house")
    assert places(after, "tree") == places(before, "tree")


def test_fewer_and_more_of_a_kind() -> None:
    two = Composition.of(Scene((replace(TREE, count=2),)), 5)
    one = two.edited(Scene((TREE,)))
    three = two.edited(Scene((replace(TREE, count=3),)))
    assert places(one, "tree") == places(two, "tree")[:1]
    assert places(three, "tree")[:2] == places(two, "tree")
    assert len(places(three, "tree")) == 3


def test_a_thing_that_grows_keeps_its_middle_and_its_ground() -> None:
    before = Composition.of(Scene((TREE,)), 2)
    ((left, top, width),) = places(before, "tree")
    ((x, y, wide),) = places(before.edited(Scene((replace(TREE, size="large"),))), "tree")
    assert wide > width
    assert (x + wide // 2, y + wide) == (left + width // 2, top + width)


def test_another_setting_changes_the_whole_picture() -> None:
    before = Composition.of(Scene((LANTERN,)), 0)
    assert before.region(before.edited(Scene((LANTERN,), time="night"))).all()
    assert not before.region(before.edited(Scene((LANTERN,)))).any()


def test_shapes_are_what_is_seen_of_a_thing() -> None:
    scene = Scene((HOUSE, TREE))
    composition = Composition.of(scene, 4)
    house, tree = composition.shape("house"), composition.shape("tree")
    assert house.any()
    assert tree.any()
    assert not (house & tree).any()
    assert not composition.shape("cat").any()
    several = Composition.of(Scene((replace(TREE, count=2),)), 4)
    parts = several.shape("tree", 0) | several.shape("tree", 1)
    assert (parts == several.shape("tree")).all()


def test_the_layout_of_a_picture_is_found_again() -> None:
    scene = Scene((HOUSE, TREE), "city", "sunset")
    for seed in range(3):
        true = Composition.of(scene, seed)
        noisy = np.asarray(true.draw(), int) + np.random.default_rng(seed).integers(-30, 31, (128, 128, 3))
        found = Composition.nearest(scene, Image.fromarray(noisy.clip(0, 255).astype(np.uint8)))
        assert (found.placed, found.mirrored) == (true.placed, true.mirrored)


def test_every_layout_is_one_of_those_listed() -> None:
    scene = Scene((HOUSE, TREE))
    every = list(layouts(scene))
    assert len(every) == 9
    assert list(Composition.of(scene, 11).placed) in every
