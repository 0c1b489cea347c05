"""Several LoRAs in one line of text."""

import pytest

from model.errors import BadRequest
from model.pictures.lora_mix import read_mix, written

NAMES = ("comic", "ink", "oil v1.0", "a + b", "c:2", "d")


@pytest.mark.parametrize(
    ("text", "mix"),
    [
        ("", ()),
        ("  ", ()),
        ("comic", (("comic", 1.0),)),
        ("comic:0.6", (("comic", 0.6),)),
        ("comic:0.6 + ink", (("comic", 0.6), ("ink", 1.0))),
        ("comic : -0.5+ink", (("comic", -0.5), ("ink", 1.0))),
        ("a + b", (("a + b", 1.0),)),
        ("c:2", (("c:2", 1.0),)),
        ("c:2:0.5", (("c:2", 0.5),)),
    ],
)
def test_a_mix_is_read(text: str, mix: tuple[tuple[str, float], ...]) -> None:
    assert read_mix(text, NAMES) == mix
    assert read_mix(written(mix), NAMES) == mix


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("marble", "no model"),
        ("comic + marble:2", "no model"),
        ("comic:much", "no weight"),
        ("comic:0", "not 0"),
        ("comic:nan", "not 0"),
        ("comic:3", "from -2 to 2"),
        ("comic + comic:0.5", "twice"),
        ("comic + ink + oil v1.0 + c:2 + d", "At most 4"),
    ],
)
def test_what_is_no_mix_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        read_mix(text, NAMES)
