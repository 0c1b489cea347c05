"""The options of /imagine and what they come to."""

import pytest

from bot.domain.options import MAX_SEED, SIZES, USUAL_MODEL, Options, parameters_for, random_seed, size_named
from bot.errors import BadOption
from model.presets import resolve

TINY = resolve("tiny")


def test_what_is_not_said_comes_from_the_preset_and_from_chance() -> None:
    parameters = parameters_for(Options(), TINY, 4, new_seed=lambda: 77)
    assert (parameters.seed, parameters.count, parameters.style) == (77, 1, None)
    assert (parameters.width, parameters.height) == (TINY.image.width, TINY.image.height)
    assert (parameters.steps, parameters.guidance) == (TINY.image.steps, TINY.image.guidance)
    assert parameters.negative_prompt == TINY.image.negative_prompt


def test_what_is_said_counts() -> None:
    style = next(iter(TINY.styles))
    parameters = parameters_for(Options(style=style, seed=0, count=3, size="portrait"), TINY, 4)
    assert (parameters.seed, parameters.count, parameters.style) == (0, 3, style)
    assert (parameters.width, parameters.height) == (96, 160)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("preset_side", [128, 512, 1024])
def test_every_size_is_divisible_by_8_and_about_as_large(size: str, preset_side: int) -> None:
    models = resolve("tiny", image={"width": preset_side, "height": preset_side})
    parameters = parameters_for(Options(size=size), models, 4)
    assert parameters.width % 8 == parameters.height % 8 == 0
    assert 0.9 < parameters.width * parameters.height / preset_side**2 <= 1.0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (Options(style="crayon"), "The style cannot be “crayon”; allowed is one of "),
        (
            Options(size="round"),
            "The size cannot be “round”; allowed is one of square, portrait, ",
        ),
        (Options(seed=-1), "The seed cannot be -1; allowed is a whole number from 0 to 4294967295."),
        (Options(seed=MAX_SEED + 1), "The seed cannot be 4294967296"),
        (Options(count=0), "The count cannot be 0; allowed is a whole number from 1 to 4."),
        (Options(count=5), "The count cannot be 5"),
    ],
)
def test_what_is_not_offered_is_refused_in_words(options: Options, sentence: str) -> None:
    with pytest.raises(BadOption) as refusal:
        parameters_for(options, TINY, 4)
    assert str(refusal.value).startswith(sentence)


def test_the_usual_model_can_be_named() -> None:
    assert parameters_for(Options(model=USUAL_MODEL, seed=1), TINY, 4) == parameters_for(
        Options(seed=1), TINY, 4
    )


def test_a_chance_seed_can_be_asked_for_again() -> None:
    for seed in (random_seed() for _ in range(100)):
        assert parameters_for(Options(seed=seed), TINY, 4).seed == seed


@pytest.mark.parametrize("said", ["1:1", "3:2", "2:3", "16:9", "9:16", "4:3", "5:4"])
@pytest.mark.parametrize("side", [128, 512, 1024])
def test_a_size_is_named_as_the_shape_that_was_said(said: str, side: int) -> None:
    image = resolve("tiny", image={"width": side, "height": side}).image
    made = parameters_for(Options(size=said), resolve("tiny", image={"width": side, "height": side}), 4)
    named = size_named(made.width, made.height, image)
    again = parameters_for(Options(size=named), resolve("tiny", image={"width": side, "height": side}), 4)
    assert (again.width, again.height) == (made.width, made.height)
    assert named is not None
    assert len(named) <= len(said)
