"""Shares drawn by hash: always the same, evenly spread, and those that were held out before."""

import hashlib

from training.data.hashing import unit_hash
from training.data.tinyworld import held_out


def test_a_share_is_the_share_it_says() -> None:
    drawn = [unit_hash(str(number)) for number in range(4000)]
    assert all(0 <= number < 1 for number in drawn)
    assert abs(sum(number < 0.25 for number in drawn) / 4000 - 0.25) < 0.03
    assert unit_hash("a fox") == unit_hash("a fox")


def test_tinyworlds_held_out_part_is_that_of_the_published_checkpoints() -> None:
    for number in range(3000):
        source = f"{number} Red foxes"
        first = hashlib.sha256(source.lower().encode()).digest()[0]
        assert held_out(source) == (first < 6)
