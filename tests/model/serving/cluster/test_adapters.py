"""Adapters on a model: loaded once, and the least recently used goes."""

import pytest

from model.errors import LoadError
from model.serving.cluster.adapters import Adapters


class Model:
    """What was put on it and taken off, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.broken: set[str] = set()

    def add(self, name: str, place: str) -> None:
        if name in self.broken:
            raise LoadError(f"no {name}")
        self.done.append(f"+{name} {place}")

    def drop(self, name: str) -> None:
        self.done.append(f"-{name}")


def test_the_least_recently_used_makes_room() -> None:
    model = Model()
    adapters = Adapters({name: f"./{name}" for name in "abc"}, model.add, model.drop, most=2)
    for name in "abaca":
        adapters.need(name)
    assert model.done == ["+a ./a", "+b ./b", "-b", "+c ./c"]


def test_one_that_cannot_be_loaded_is_tried_again_next_time() -> None:
    model = Model()
    model.broken = {"a"}
    adapters = Adapters({"a": "./a"}, model.add, model.drop)
    with pytest.raises(LoadError):
        adapters.need("a")
    model.broken = set()
    adapters.need("a")
    assert model.done == ["+a ./a"]


def test_a_name_of_no_adapter_is_left_to_the_model() -> None:
    model = Model()
    adapters = Adapters({"a": "./a"}, model.add, model.drop)
    adapters.need("")
    adapters.need("unknown")
    assert model.done == []
