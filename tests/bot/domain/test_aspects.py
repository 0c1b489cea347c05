"""Shapes by name, in sizes that models like."""

import pytest

from bot.domain.aspects import ASPECTS, aspect_of, ratio_of, size_for


@pytest.mark.parametrize(
    ("aspect", "size"),
    [
        ("1:1", (1024, 1024)),
        ("3:2", (1216, 832)),
        ("2:3", (832, 1216)),
        ("16:9", (1344, 768)),
        ("9:16", (768, 1344)),
    ],
)
def test_at_sdxls_size_they_are_of_its_own_list(aspect: str, size: tuple[int, int]) -> None:
    assert size_for(ratio_of(aspect) or 0, 1024, 1024) == size


@pytest.mark.parametrize("side", [64, 128, 512, 768, 1024])
@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_size_has_about_the_shape_and_area(aspect: str, side: int) -> None:
    width, height = size_for(ratio_of(aspect) or 0, side, side)
    step = 64 if side >= 512 else 8
    assert width % step == height % step == 0
    assert 0.7 <= width * height / side**2 <= 1
    assert width / height == pytest.approx(ratio_of(aspect), rel=0.1)


@pytest.mark.parametrize("text", ["3:1", "0:1", "1:0", "wide", "", "-1:1", "3:2:1"])
def test_what_is_no_shape(text: str) -> None:
    assert ratio_of(text) is None


@pytest.mark.parametrize("side", [128, 512, 1024])
@pytest.mark.parametrize("aspect", [*ASPECTS, "3:5", "5:3"])
def test_the_shape_of_a_size_gives_the_size_again(aspect: str, side: int) -> None:
    size = size_for(ratio_of(aspect) or 0, side, side)
    assert size_for(ratio_of(aspect_of(*size)) or 0, side, side) == size
