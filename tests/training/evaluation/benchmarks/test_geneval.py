"""GenEval's rules, by hand, and TinyWorld's detector on renders."""

from typing import Any

import pytest

from model.tiny.render import render
from model.tiny.world import Scene, Thing
from training.errors import ConfigError
from training.evaluation.benchmarks.geneval import GenEvalJudge, Seen, correct, load_detector, relations
from training.evaluation.benchmarks.loaders import Item
from training.tiny.detector import TinyWorldDetector

LEFT, RIGHT = (0.0, 40.0, 20.0, 60.0), (80.0, 40.0, 100.0, 60.0)


def rules(*include: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"tag": "x", "include": list(include), **more}


def of(name: str, count: int = 1, **more: Any) -> dict[str, Any]:
    return {"class": name, "count": count, **more}


def test_objects_must_be_there_often_enough_and_sure_enough() -> None:
    found = {"fox": [Seen(LEFT, "red"), Seen(RIGHT, "red", 0.5)], "cat": [Seen(LEFT, "red", 0.3)]}
    assert correct(found, rules(of("fox")))
    assert correct(found, rules(of("fox", 2)))
    assert not correct(found, rules(of("fox", 3)))
    assert not correct(found, rules(of("cat"))), "0.3 is not above the threshold"
    assert not correct(found, rules(of("fox", 2)) | {"tag": "counting"}), "counting asks for 0.9"


def test_too_many_are_wrong_only_where_they_are_excluded() -> None:
    found = {"fox": [Seen(LEFT, "red")] * 3}
    assert correct(found, rules(of("fox", 2)))
    assert not correct(found, rules(of("fox", 2), exclude=[of("fox", 3)]))


def test_colours_are_those_of_the_surest_objects() -> None:
    found = {"fox": [Seen(LEFT, "red", 0.6), Seen(RIGHT, "blue", 0.9)]}
    assert correct(found, rules(of("fox", color="blue")))
    assert not correct(found, rules(of("fox", color="red")))
    assert not correct(found, rules(of("fox", 2, color="blue")))


def test_positions_are_from_an_earlier_object_that_was_right_itself() -> None:
    found = {"fox": [Seen(LEFT, "red")], "car": [Seen(RIGHT, "red")]}
    assert correct(found, rules(of("car"), of("fox", position=["left of", 0])))
    assert not correct(found, rules(of("car"), of("fox", position=["above", 0])))
    assert not correct(found, rules(of("car", color="blue"), of("fox", position=["left of", 0])))


@pytest.mark.parametrize(
    ("box", "other", "found"),
    [
        (LEFT, RIGHT, {"left of"}),
        (RIGHT, LEFT, {"right of"}),
        ((0, 0, 10, 10), (0, 50, 10, 60), {"above"}),
        ((50, 50, 60, 60), (0, 0, 10, 10), {"right of", "below"}),
        (LEFT, LEFT, set()),
        ((0, 0, 40, 40), (6, 0, 46, 40), set()),  # 6 apart, less a tenth of 80
        ((0, 0, 10, 10), (40, 10, 50, 20), {"left of"}),  # dy 10 - 2 of 41.2: too little to be above
    ],
)
def test_relations_by_hand(box: tuple[float, ...], other: tuple[float, ...], found: set[str]) -> None:
    assert relations(box, other) == found


def test_tinyworlds_detector_reads_renders() -> None:
    detector = TinyWorldDetector()
    things = [(Thing("fox", "orange"), Thing("house", "blue")), (Thing("balloon", "red", count=3),)]
    pair, three = detector([render(Scene(each), 0) for each in things])
    assert correct(pair, rules(of("fox", color="orange"), of("house", color="blue")))
    assert not correct(pair, rules(of("cat")))
    assert correct(three, rules(of("balloon", 3), exclude=[of("balloon", 4)]))
    assert not correct(three, rules(of("balloon", 2), exclude=[of("balloon", 3)]))
    fox, house = pair["fox"][0], pair["house"][0]
    assert relations(fox.box, house.box) & {"left of", "right of"}


def test_the_judge_scores_each_picture_by_its_prompts_rules() -> None:
    class Foxes:
        key = "foxes"

        def __call__(self, images: Any) -> list[dict[str, list[Seen]]]:
            return [{"fox": [Seen(LEFT, "red")]} for _ in images]

    items = [Item("a fox", ("x",), rules(of("fox"))), Item("a cat", ("x",), rules(of("cat")))]
    judge = GenEvalJudge(items, Foxes())
    picture = render(Scene(), 0)
    assert judge([picture] * 2, ["a fox", "a cat"]) == [1.0, 0.0]
    other = GenEvalJudge([Item("a fox", ("x",), rules(of("fox", 2)))], Foxes())
    assert judge.key != other.key, "other rules have other scores in the cache"


def test_the_official_detector_says_what_it_needs() -> None:
    with pytest.raises(ConfigError, match=r"mmdet 2, mmcv-full 1.*environment.yml"):
        load_detector("mask2former")
    with pytest.raises(ConfigError, match="known are tinyworld and mask2former"):
        load_detector("yolo")
