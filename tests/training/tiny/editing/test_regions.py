"""Words for parts of pictures, and a few steps of what learns to find them."""

import random
from pathlib import Path

import numpy as np
import torch

from model.tiny.composition import Composition
from model.tiny.world import NOUNS, Scene, Thing
from training.tiny.data import scene_of
from training.tiny.editing import regions
from training.tiny.editing.export import export_regions
from training.tiny.editing.phrases import query

torch.set_num_threads(1)
TWO = Composition.of(Scene((Thing("tree", "green", count=2), Thing("cat", "black"))), 0)


def test_the_left_and_the_right_one_are_told_apart_also_in_german() -> None:
    sides: dict[str, set[bytes]] = {}
    for seed in range(600):
        words, mask = query(TWO, random.Random(seed))
        for side, names in {"left": ("left", "link"), "right": ("right", "recht")}.items():
            if any(name in words.lower() for name in names):
                sides.setdefault(side, set()).add(mask.tobytes())
    assert len(sides["left"]) == len(sides["right"]) == 1
    assert sides["left"] != sides["right"]
    left = np.frombuffer(next(iter(sides["left"])), np.bool_).reshape(128, 128)
    right = np.frombuffer(next(iter(sides["right"])), np.bool_).reshape(128, 128)
    assert left.nonzero()[1].mean() < right.nonzero()[1].mean()


def test_what_is_not_there_has_no_place_and_sky_and_ground_have_theirs() -> None:
    empty = sky = 0
    for seed in range(200):
        words, mask = query(Composition.of(scene_of(0, seed), seed), random.Random(seed))
        assert words.strip()
        empty += not mask.any()
        if "sky" in words.lower() or "himmel" in words.lower():
            sky += 1
            assert mask.any()
            assert mask.nonzero()[0].max() < 72
    assert 0.05 < empty / 200 < 0.35
    assert sky


def test_words_for_the_mirrored_picture() -> None:
    assert regions.other_side("the left house") == "the right house"
    assert regions.other_side("Das rechte Haus") == "Das linke Haus"
    assert regions.other_side("the house") == "the house"


def test_a_few_steps_give_a_checkpoint_that_the_engine_loads(tmp_path: Path) -> None:
    recipe = regions.RegionRecipe(pictures=4, batch=2, steps=2)
    regions.train(tmp_path, recipe, processes=1)
    export_regions(tmp_path, tmp_path / "checkpoints")
    folder = tmp_path / "checkpoints" / "region"
    found = regions.check(folder, count=6)
    assert 0 <= found.overlap <= 1
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert size < 3_000_000


def test_every_noun_is_asked_for() -> None:
    asked = " ".join(
        query(Composition.of(scene_of(0, i), i), random.Random(i))[0].lower() for i in range(400)
    )
    assert all(noun in asked for noun in NOUNS)
