"""Settings among the words, as people type them."""

import pytest

from bot.domain.flags import over, read_flags, settings_said, unknown_in
from bot.domain.options import USUAL_MODEL, Options
from bot.errors import BadOption


def test_flags_are_read_and_leave_the_words() -> None:
    read = read_flags("a red fox, --ar 3:2 --no people, cars --seed 7 --steps=20 --cfg 5 --style x --exact")
    assert read.words == "a red fox"
    assert read.options == Options("x", 7, None, "3:2", True, negative="people, cars", steps=20, guidance=5.0)


def test_an_option_that_was_given_by_itself_comes_before_a_flag() -> None:
    flags = read_flags("a fox --model photo --seed 7 --steps 5").options
    said = over(Options(model=USUAL_MODEL, seed=3), flags)
    assert said == Options(model=USUAL_MODEL, seed=3, steps=5)


@pytest.mark.parametrize("dash", ["--", "—", "–"])
def test_phones_make_a_dash_of_two_hyphens(dash: str) -> None:
    assert read_flags(f"a fox {dash}ar 16:9 at night").options.size == "16:9"
    assert read_flags(f"a fox {dash}ar 16:9 at night").words == "a fox at night"


def test_dashes_of_a_sentence_and_hyphens_stay() -> None:
    for text in ("a fox — red and small", "a fox —small", "a well-known --", "a half--timbered house"):
        assert read_flags(text).words == text
        assert unknown_in(text) == ()


def test_unknown_flags_are_named_and_left_out_with_their_value() -> None:
    text = "a fox --v 6 --tile in the snow --sparkle much —chaos 5"
    assert unknown_in(text) == ("--v", "--tile", "--sparkle", "--chaos")
    assert read_flags(text).words == "a fox in the snow"


@pytest.mark.parametrize(
    "text",
    [
        "x --ar 9:1",
        "x --ar wide",
        "x --seed red",
        "x --seed 99999999999",
        "x --steps ²",
        "x --cfg high",
        "x --no",
    ],
)
def test_a_value_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(BadOption):
        read_flags(text)


def test_all_values_that_cannot_be_are_told_at_once() -> None:
    with pytest.raises(BadOption) as refused:
        read_flags("a cat --ar 99:1 --seed x --steps y")
    told = str(refused.value).splitlines()
    assert [line.split()[0] for line in told] == ["--ar", "--seed", "--steps"]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("16:9 please", Options(size="16:9")),
        ("make it 3:2 with 30 steps and seed 7", Options(size="3:2", steps=30, seed=7)),
        ("bitte mit 12 Schritten", Options(steps=12)),
        ("guidance 4,5", Options(guidance=4.5)),
        ("negative: people, cars", Options(negative="people, cars")),
        ("--seed 3", Options(seed=3)),
    ],
)
def test_a_reply_of_settings_alone(text: str, options: Options) -> None:
    assert settings_said(text) == options


@pytest.mark.parametrize(
    "text",
    ["make it night", "a 16:9 screen", "two more steps up", "make it night --seed 3", "please", ""],
)
def test_other_replies_are_no_settings(text: str) -> None:
    assert settings_said(text) is None
