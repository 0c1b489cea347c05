"""What a request may say by its way: what is needed, what is useless, and numbers out of range."""

import dataclasses
from typing import Any

import pytest

from model.engine import PaintRequest
from model.errors import BadRequest
from model.pictures.ways import check

PLAIN = PaintRequest("a red house", (1,), width=64, height=64, steps=3, guidance=3.0)
KEEP: dict[str, Any] = {"way": "keep", "init_image": b"x", "keep": 0.4}
EDIT: dict[str, Any] = {"way": "edit", "init_image": b"x", "instruction": "make it blue"}
REGION: dict[str, Any] = {"way": "region", "init_image": b"x", "mask": b"y"}


@pytest.mark.parametrize(
    "fields",
    [
        {"negative_prompt": "fog"},
        KEEP,
        {**KEEP, "keep": 1.0, "negative_prompt": "fog"},
        {**EDIT, "more_images": (b"z",), "picture_guidance": 1.5},
        REGION,
        {**REGION, "keep": 0.5, "instruction": "make it blue", "negative_prompt": "fog"},
    ],
)
def test_what_a_way_takes_passes(fields: dict[str, Any]) -> None:
    check(dataclasses.replace(PLAIN, **fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"init_image": b"x"}, 'way "repaint" has no use for init_image'),
        ({"keep": 0.5}, 'way "repaint" has no use for keep'),
        ({**KEEP, "keep": 0.0}, "keep is above 0"),
        ({**KEEP, "init_image": None}, 'way "keep" needs init_image'),
        ({**KEEP, "mask": b"y"}, 'way "keep" has no use for mask'),
        ({**EDIT, "instruction": ""}, 'way "edit" needs instruction'),
        ({**EDIT, "negative_prompt": "fog"}, 'way "edit" has no use for negative_prompt'),
        ({**EDIT, "keep": 0.5}, 'way "edit" has no use for keep'),
        ({**EDIT, "more_images": (b"z",) * 4}, "looks at 4 pictures at most"),
        ({**EDIT, "picture_guidance": 0.5}, "picture_guidance is 1 to 50"),
        ({**REGION, "mask": None}, 'way "region" needs mask'),
        ({**REGION, "keep": 1.0}, "keep is at least 0 and below 1"),
        ({**REGION, "more_images": (b"z",)}, 'way "region" has no use for more_images'),
        ({"way": "sculpt"}, 'no way "sculpt"'),
    ],
)
def test_the_rest_is_refused_by_name(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        check(dataclasses.replace(PLAIN, **fields))


def test_both_texts_are_there_to_be_checked() -> None:
    assert dataclasses.replace(PLAIN, **EDIT).words == "a red house\nmake it blue"
    assert PLAIN.words == "a red house"
