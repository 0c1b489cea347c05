"""TinyWorld's judge of edits, and its cases: wishes whose result and place are known."""

from dataclasses import replace

import pytest
import torch

from model.pictures.painter import Painter
from model.presets import resolve
from model.tiny.composition import Composition
from model.tiny.world import Scene, Thing
from training.tiny.classifier import load, read
from training.tiny.ways import Known, TinyWorld, done, kept

torch.set_num_threads(1)
HOUSE, TREE = Thing("house", "red"), Thing("tree", "green")
SCENE = Scene((HOUSE, TREE))
BLUE = Scene((replace(HOUSE, colour="blue"), TREE))


def judged(before: Composition, shown: Composition, wanted: Scene) -> tuple[bool, bool]:
    first, seen = read(load(), [before.draw(), shown.draw()])
    return done(seen, before.scene, wanted), kept(seen, Known((before.scene, wanted), first), 0)


def test_a_right_edit_is_done_and_keeps_the_rest() -> None:
    before = Composition.of(SCENE, 1)
    for after in (
        BLUE,
        Scene((HOUSE,)),
        Scene((HOUSE, replace(TREE, noun="cat"))),
        Scene((HOUSE, TREE), time="night"),
    ):
        assert judged(before, before.edited(after), after) == (True, True)


def test_nothing_changed_is_not_done_and_another_picture_is_not_kept() -> None:
    before = Composition.of(SCENE, 1)
    assert judged(before, before, BLUE) == (False, True)
    elsewhere = Scene(BLUE.things, place="desert", time="night")
    assert judged(before, before.edited(elsewhere), BLUE) == (True, False)


def test_a_thing_that_moved_is_not_kept() -> None:
    single = Composition.of(Scene((HOUSE,)), 0)
    thing, left, top, width = single.placed[0]
    moved = replace(single, placed=((thing, left + 32, top, width),))
    assert not judged(single, moved, Scene((HOUSE,), style="neon"))[1]


@pytest.mark.slow
def test_cases_are_painted_and_know_their_place() -> None:
    image = resolve("tiny", image={"device": "cpu", "threads": 1}).image
    world = TinyWorld(Painter.load(image), image, load())
    cases = list(world.cases(2, 0, 2, seed=0))
    again = list(TinyWorld(Painter.load(image), image, load()).cases(2, 0, 2, seed=0))
    assert [case.steps[0].instruction for case in cases] == [case.steps[0].instruction for case in again]
    for case in cases:
        (step,) = case.steps
        assert (step.mask is None) == (step.kind in ("time", "weather", "place", "style"))
        assert world(case, 0, case.picture)[0] == 0, "not done yet"
        if step.mask is not None:
            assert 0 < step.mask.mean() < 0.7
