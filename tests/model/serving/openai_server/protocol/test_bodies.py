"""No field of OpenAI's is taken and then ignored; sizes, seeds and strengths become the painter's numbers."""

from typing import Any, get_args

import pytest
from openai.types import ImageEditParams, ImageGenerateParams
from openai.types.chat import CompletionCreateParams
from typing_extensions import get_type_hints

from model.engine import Capabilities
from model.errors import BadImage
from model.presets import resolve
from model.serving.openai_server.protocol.bodies import MOST_SEED, read_form, read_json
from model.serving.openai_server.protocol.chat import ChatBody
from model.serving.openai_server.protocol.errors import ApiError
from model.serving.openai_server.protocol.files import Files
from model.serving.openai_server.protocol.pictures import EditBody, GenerationBody, edit, generation
from tests.model.serving.openai_server.engines import png

IMAGE = resolve("tiny").image

WITHOUT_EFFECT = {
    "user",
    "safety_identifier",  # who asks: nothing of the answer depends on it
    "metadata",
    "prompt_cache_key",
    "prompt_cache_options",
    "prompt_cache_retention",
    "service_tier",  # how OpenAI bills and stores
    "parallel_tool_calls",  # means nothing without tools, and tools are refused
}


@pytest.mark.parametrize(
    ("body", "params", "apart"),
    [
        (ChatBody, CompletionCreateParams, set()),
        (GenerationBody, ImageGenerateParams, set()),
        (EditBody, ImageEditParams, {"image", "mask"}),
    ],
)
def test_every_field_of_openais_is_honoured_refused_or_without_effect(
    body: Any, params: Any, apart: set[str]
) -> None:
    theirs = {name for one in get_args(params) for name in get_type_hints(one)}
    assert len(theirs) > 10
    assert theirs - set(body.model_fields) - set(body.neutral) - WITHOUT_EFFECT == apart


@pytest.mark.parametrize("body", [ChatBody, GenerationBody, EditBody])
def test_what_cannot_be_honoured_may_be_said_where_it_asks_for_nothing(body: Any) -> None:
    proper = {"prompt": "a fox", "model": "x", "messages": [{"role": "user", "content": "a fox"}]}
    for name, harmless in body.neutral.items():
        for value in (None, *harmless):
            read_form(body, proper | {name: value})
        with pytest.raises(ApiError, match=f"^{name} with this value is not supported") as caught:
            read_form(body, proper | {name: "something else"})
        assert caught.value.param == name


def wanted(**fields: Any) -> Any:
    return generation(read_form(GenerationBody, {"prompt": "a fox", **fields}), IMAGE, "").paint


def test_what_is_left_open_comes_from_the_settings() -> None:
    asked = wanted()
    assert (asked.width, asked.height, asked.steps, asked.guidance) == (128, 128, 10, 2.5)
    assert (asked.negative_prompt, asked.unsafe, asked.init_image) == ("", "refuse", None)
    assert len(asked.seeds) == 1


@pytest.mark.parametrize(
    ("fields", "seeds"),
    [
        ({"seed": 4}, (4,)),
        ({"seed": 4, "n": 3}, (4, 5, 6)),
        ({"seeds": [7, 7, 1]}, (7, 7, 1)),
        ({"seeds": [7, 1], "seed": 4, "n": 2}, (7, 1)),
        ({"seed": MOST_SEED, "n": 2}, (MOST_SEED, 0)),
    ],
)
def test_seeds(fields: dict[str, Any], seeds: tuple[int, ...]) -> None:
    assert wanted(**fields).seeds == seeds


ABLE, PLAIN = Capabilities(edit=True, region=True, several_pictures=True), Capabilities()


def edited(*pictures: bytes, mask: bytes | None = None, able: Capabilities = PLAIN, **fields: Any) -> Any:
    body = read_form(EditBody, {"prompt": "a fox", **fields})
    return edit(body, Files(pictures, mask), IMAGE, "", able).paint


def test_the_way_follows_from_what_is_sent() -> None:
    over, plain = edited(png(), able=ABLE, strength=0.6), edited(png())
    assert [(asked.way, asked.keep) for asked in (over, plain)] == [("keep", 0.4)] * 2
    fields: dict[str, Any] = {"instruction": "make it blue", "image_guidance_scale": 1.5}
    instructed = edited(png(), png(), able=ABLE, **fields)
    assert (instructed.way, instructed.prompt, instructed.instruction) == ("edit", "a fox", "make it blue")
    assert (instructed.more_images, instructed.picture_guidance, instructed.keep) == ((png(),), 1.5, 0)
    from_openai = edited(png(), able=ABLE)
    assert (from_openai.way, from_openai.instruction) == ("edit", "a fox")
    inside = edited(png(72, 80), mask=b"mask", able=ABLE, strength=0.7)
    assert (inside.way, inside.mask, inside.keep) == ("region", b"mask", 0.3)
    assert (inside.width, inside.height) == (72, 80), "so that nothing outside of the mask is scaled"


def test_what_the_engine_cannot_do_is_refused_by_the_fields_name() -> None:
    for param, asked in {
        "mask": lambda: edited(png(), mask=b"mask"),
        "instruction": lambda: edited(png(), instruction="make it blue"),
        "image": lambda: edited(png(), png(), able=Capabilities(edit=True)),
    }.items():
        with pytest.raises(ApiError) as caught:
            asked()
        assert caught.value.param == param


def test_an_edit_has_the_editors_numbers() -> None:
    settings = IMAGE.model_copy(
        update={"editor": "x", "editor_steps": 7, "editor_guidance": 1.5, "negative_prompt": "fog"}
    )
    body = read_form(EditBody, {"prompt": "a fox", "instruction": "make it blue"})
    asked = edit(body, Files((png(),)), settings, "", Capabilities(edit=True)).paint
    assert (asked.steps, asked.guidance, asked.negative_prompt) == (7, 1.5, "")


@pytest.mark.parametrize(("strength", "keep"), [(0.6, 0.4), (0.7, 0.3), (0.02, 0.98), (None, 0.4)])
def test_strength_is_what_the_painter_does_not_keep(strength: float | None, keep: float) -> None:
    assert edited(png(), strength=strength).keep == keep


def test_full_strength_forgets_the_picture() -> None:
    asked = edited(png(), strength=1)
    assert (asked.init_image, asked.keep) == (None, 0)
    with pytest.raises(BadImage):
        edited(b"no picture", strength=1)


@pytest.mark.parametrize(
    ("picture", "size", "painted"),
    [
        ((64, 64), None, (128, 128)),
        ((2000, 1000), "auto", (184, 88)),
        ((10, 4000), None, (64, 2048)),
        ((64, 64), "256x64", (256, 64)),
    ],
)
def test_without_a_size_an_edit_has_the_shape_of_its_picture(
    picture: tuple[int, int], size: str | None, painted: tuple[int, int]
) -> None:
    asked = edited(png(*picture), size=size)
    assert (asked.width, asked.height) == painted


def test_json_is_read_strictly_and_forms_from_text() -> None:
    with pytest.raises(ApiError, match="n: Input should be a valid integer"):
        read_json(GenerationBody, b'{"prompt": "a fox", "n": "2"}')
    assert read_form(GenerationBody, {"prompt": "a fox", "n": "2", "stream": "true"}).stream is True


def test_previews_that_are_not_made_cannot_be_asked_for() -> None:
    for none in (None, 0):
        assert wanted(partial_images=none)
    with pytest.raises(ApiError, match="previews is off"):
        wanted(partial_images=1)
