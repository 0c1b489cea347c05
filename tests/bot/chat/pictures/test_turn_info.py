"""What Info says, and the command in it: read back, it asks for the same picture."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.pictures.turn_info import as_command, info
from bot.domain.conversation import Origin, Parameters, Turn, TurnKind
from bot.domain.flags import read_flags
from bot.domain.options import MAX_SEED, Bounds, Options, parameters_for
from bot.domain.preferences import Preferences
from bot.i18n import Language
from model.engine import Capabilities
from model.presets import resolve
from model.settings import NamedImageSettings

SCHEDULERS = ("DDIM", "EulerDiscrete")
BOUNDS = Bounds(schedulers=SCHEDULERS, able=Capabilities(schedulers=SCHEDULERS))
PHOTO = NamedImageSettings(
    model="photo", steps=9, guidance=5.0, width=768, height=512, negative_prompt="fog",
    loras={"film": "./film", "old ink": "./ink"},
)  # fmt: skip
TINY = resolve("tiny", image={"loras": {"comic": "./comic"}})
MODELS = TINY.model_copy(update={"models": {"photo": PHOTO}})


def turn_of(parameters: Parameters, prompt: str = "a red house", **more: Any) -> Turn:
    return Turn(
        1, 1, None, TurnKind.IMAGINE, Origin.SLASH, 101, "", prompt, prompt, parameters, False,
        datetime(2026, 1, 1, tzinfo=UTC), **more,
    )  # fmt: skip


def command_of(turn: Turn) -> str:
    return as_command(turn, MODELS.painter(turn.parameters.model))


def read_back(command: str, preferred: Preferences) -> tuple[str, Parameters]:
    """The prompt and the parameters that somebody with these preferences gets who pastes the command."""
    read = read_flags(command.removeprefix("/imagine prompt:").strip())
    options = preferred.fill(read.options, MODELS.styles, 4)
    return read.words, parameters_for(options, MODELS, 4, bounds=BOUNDS)


def painted(parameters: Parameters) -> Parameters:
    """What of it decides how the pictures look."""
    seed = (parameters.seed + (parameters.picked or 0)) % 2**32
    count = 1 if parameters.picked is not None else parameters.count
    return replace(
        parameters, seed=seed, count=count, picked=None, style=None, style_words="", changes=None, exact=True
    )


OPTIONS = st.sampled_from([(None, ("comic",)), ("photo", ("film", "old ink"))]).flatmap(
    lambda model: st.builds(
        Options,
        style=st.none() | st.sampled_from(list(MODELS.styles)),
        seed=st.integers(0, MAX_SEED),
        count=st.integers(1, 4),
        size=st.none() | st.sampled_from(["square", "portrait", "landscape", "3:2", "9:16", "5:4"]),
        model=st.just(model[0]),
        negative=st.none() | st.sampled_from(["people, cars", "", "a fox — at night", "fog"]),
        steps=st.none() | st.integers(1, 50),
        guidance=st.none() | st.integers(0, 150).map(lambda tenths: tenths / 10),
        scheduler=st.none() | st.sampled_from(SCHEDULERS),
        loras=st.none()
        | st.lists(
            st.tuples(st.sampled_from(model[1]), st.sampled_from(["", ":0.6", ":-1.25"])).map("".join),
            min_size=1,
            max_size=2,
            unique_by=lambda part: part.split(":")[0],
        ).map(" + ".join),
    )
)
PREFERRED = Preferences(style=next(iter(MODELS.styles)), size="16:9", count=3, exact=False)


@given(OPTIONS, st.none() | st.integers(0, 3), st.sampled_from([Preferences(), PREFERRED]))
def test_the_command_read_back_asks_for_the_same_pictures(
    options: Options, picked: int | None, preferred: Preferences
) -> None:
    if options.negative and (options.guidance if options.guidance is not None else 5.0) <= 1:
        options = replace(options, negative=None)  # it is refused there
    made = parameters_for(options, MODELS, 4, bounds=BOUNDS)
    made = replace(made, picked=None if picked is None or picked >= made.count else picked)
    command = command_of(turn_of(made, "a red house, soft light"))
    words, parameters = read_back(command, preferred)
    assert words == "a red house, soft light"
    assert painted(parameters) == painted(made)


ODD = ("a fox –seed 7", "a --wide hall", "a {red|blue} fox", "x,", "--STYLE", "a fox --ar wide")


@given(st.text(max_size=60) | st.sampled_from(ODD))
@example("--STYLE")
def test_words_that_would_be_read_otherwise_give_no_command(prompt: str) -> None:
    made = parameters_for(Options(seed=1), MODELS, 4)
    command = command_of(turn_of(made, prompt))
    assert not command or read_back(command, Preferences())[0] == " ".join(prompt.split())


def test_model_and_loras_are_in_it_and_info_shows_it() -> None:
    options = Options(model="photo", loras="film:0.6 + old ink", seed=7, size="3:2")
    turn = turn_of(parameters_for(options, MODELS, 4))
    command = command_of(turn)
    assert command == (
        "/imagine prompt: a red house --exact --ar 3:2 --seed 7 --steps 9 --cfg 5 --count 1 --style none "
        "--model photo --lora film:0.6 + old ink"
    )
    assert command in info(Language.ENGLISH, turn, PHOTO)


@pytest.mark.parametrize(
    ("parameters", "turn"),
    [({"keep": 0.6}, {}), ({"reference_as": "style"}, {}), ({"scale": 2}, {}), ({}, {"way": "edit"}),
     ({}, {"way": "region"}),
     ({"width": 776}, {})],
)  # fmt: skip
def test_pictures_that_words_do_not_make_have_none(parameters: dict[str, Any], turn: dict[str, Any]) -> None:
    made = replace(parameters_for(Options(model="photo"), MODELS, 4), **parameters)
    assert command_of(turn_of(made, **turn)) == ""
