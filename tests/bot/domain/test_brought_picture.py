"""What files say about themselves, cut to what this bot would paint."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.brought_picture import CarriedSettings, carried, fitted, usable_prompt

GIVEN = {
    "prompt": "a castle", "negative_prompt": "people", "seed": 7, "steps": 20, "guidance": 7.5,
    "size": (512, 768), "model": "sd", "longest": 100,
}  # fmt: skip


def test_a_prompt_is_one_line_without_marks_and_cut_between_words() -> None:
    assert usable_prompt("a castle,\n<lora:fog:0.8> mist <@5>", 100) == "a castle, mist"
    assert usable_prompt("one two three", 9) == "one two"
    assert usable_prompt("x" * 50, 9) == "x" * 9
    assert usable_prompt(" , ", 9) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": (0, 64)},
        {"size": (64, 10**9)},
        {"steps": 0},
        {"steps": 10**9},
        {"guidance": float("nan")},
        {"guidance": float("inf")},
        {"guidance": -1.0},
    ],
)
def test_numbers_that_paint_nothing_are_no_settings(wrong: dict[str, object]) -> None:
    assert carried(**{**GIVEN, **wrong}) is None  # type: ignore[arg-type]


def test_settings_are_stored_and_read() -> None:
    found = carried(**{**GIVEN, "seed": 2**40 + 3, "model": "m" * 500})  # type: ignore[arg-type]
    assert found is not None
    assert (found.seed, len(found.model)) == (3, 100)
    sampled = found.by("Euler a\n<@5>")
    assert sampled.sampler == "Euler a"
    assert CarriedSettings.from_json(sampled.to_json()) == sampled
    before = {name: value for name, value in found.to_json().items() if name != "sampler"}
    assert CarriedSettings.from_json(before) == found  # stored before samplers were read


@given(st.integers(1, 16384), st.integers(1, 16384), st.sampled_from([64 * 64, 512 * 512, 1024 * 1024]))
def test_a_size_keeps_its_shape_within_the_area(width: int, height: int, area: int) -> None:
    wide, high = fitted(width, height, area)
    assert wide % 8 == high % 8 == 0
    assert wide * high <= max(area, 64 * 128)
    assert max(wide, high) <= 2 * min(wide, high) + 16


def test_a_size_that_fits_stays() -> None:
    assert fitted(512, 512, 512 * 512) == (512, 512)
    assert fitted(640, 384, 512 * 512) == (640, 384)
