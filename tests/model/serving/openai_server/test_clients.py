"""OpenAI's own client, unmodified, on every route."""

import base64
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletionMessageParam

from model.engine import EditRequest, Step
from model.language.prompt import chat_messages
from tests.model.serving.openai_server.engines import INFO, PREVIEW, FakeEngine, png

HOUSE: list[ChatCompletionMessageParam] = [{"role": "user", "content": "a red house"}]
FILE = ("house.png", png(128, 64), "image/png")


def data_url(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def size_of(encoded: str | None) -> tuple[int, int]:
    data = base64.b64decode(encoded or "")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_models_are_listed_with_what_they_can_do(client: OpenAI) -> None:
    listed = {model.id: model for model in client.models.list()}
    assert list(listed) == ["words-model", "bold", "picture-model", "comic", "clip"]
    capabilities = {name: model.to_dict()["capabilities"] for name, model in listed.items()}
    words: Any = capabilities["bold"]
    assert words["kind"] == "words"  # and its languages, where the model's card says them
    assert capabilities["clip"] == {"kind": "captions"}
    pictures: Any = capabilities["picture-model"]
    assert pictures["sizes"] == {"multiple_of": 8, "max": 2048}
    assert (pictures["previews"], pictures["safety"]) == (True, False)
    assert client.models.retrieve("comic").to_dict()["parent"] == "picture-model"
    with pytest.raises(openai.NotFoundError, match="not served here"):
        client.models.retrieve("gpt/5")


def test_words_in_our_template_and_as_a_conversation(client: OpenAI, engine: FakeEngine) -> None:
    messages: Any = chat_messages("a red house", "make it night")
    answer = client.chat.completions.create(model=INFO.llm, messages=messages, temperature=0.5, seed=7)
    assert answer.choices[0].message.content == "a red house, make it night"
    assert (answer.choices[0].finish_reason, answer.model) == ("stop", INFO.llm)

    messages = [
        *HOUSE,
        {"role": "assistant", "content": "a red house, soft light"},
        {"role": "user", "content": [{"type": "text", "text": "add a fox"}]},
    ]
    client.chat.completions.create(model="bold", messages=messages, seed=1, max_completion_tokens=50)
    assert engine.edits == [
        EditRequest("a red house", "make it night", seed=7, temperature=0.5),
        EditRequest(
            "a red house, soft light",
            "add a fox",
            seed=1,
            variant="bold",
            max_tokens=50,
            history=(Step("a red house", ""),),
        ),
    ]


def test_a_stream_of_words(client: OpenAI) -> None:
    chunks = list(client.chat.completions.create(model=INFO.llm, messages=HOUSE, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "a red house, "
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None, None, "stop"]
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_conversation_without_our_template_has_its_answers_as_steps(
    client: OpenAI, engine: FakeEngine
) -> None:
    turns = (
        ("a red house", "a red house, soft light"),
        ("make it night", "a red house at night"),
        ("nice!", "!chat"),
    )
    messages: Any = []
    for wish, answer in turns:
        messages += [{"role": "user", "content": wish}, {"role": "assistant", "content": answer}]
    messages.append({"role": "user", "content": "add a fox"})
    client.chat.completions.create(model=INFO.llm, messages=messages)
    (edit,) = engine.edits
    assert (edit.source_prompt, edit.instruction) == ("a red house at night", "add a fox")
    assert edit.history == (Step("a red house", ""), Step("a red house, soft light", "make it night"))


def test_without_a_seed_each_answer_has_its_own(client: OpenAI, engine: FakeEngine) -> None:
    for _ in range(2):
        client.chat.completions.create(model=INFO.llm, messages=HOUSE)
        client.images.generate(prompt="a red house", n=2)
    assert engine.edits[0].seed != engine.edits[1].seed
    assert engine.paints[0].seeds != engine.paints[1].seeds


def test_a_caption(client: OpenAI, engine: FakeEngine) -> None:
    messages: Any = [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is this?"},
                {"type": "image_url", "image_url": {"url": data_url(FILE[1])}},
            ],
        }
    ]
    answer = client.chat.completions.create(model="clip", messages=messages)
    assert answer.choices[0].message.content == "a red square"
    assert engine.described == [FILE[1]]
    streamed = client.chat.completions.create(model="clip", messages=messages, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in streamed) == "a red square"


def test_pictures_from_words(client: OpenAI, engine: FakeEngine) -> None:
    engine.refusals = ("one was kept back",)
    fields = {"seed": 5, "num_inference_steps": 7, "guidance_scale": 3, "negative_prompt": "fog"}
    answer = client.images.generate(
        model="comic", prompt="a red\nhouse", n=2, size="128x64", response_format="b64_json",
        output_format="png", quality="auto", user="someone", extra_body=fields,
    )  # fmt: skip
    assert answer.data is not None
    assert [size_of(picture.b64_json) for picture in answer.data] == [(128, 64)] * 2
    assert [picture.to_dict()["seed"] for picture in answer.data] == [5, 6]
    beside = answer.to_dict()
    assert (beside["refusals"], beside["model"], beside["seconds"]) == (
        ["one was kept back"], INFO.painter, 1.5,
    )  # fmt: skip
    (asked,) = engine.paints
    assert (asked.prompt, asked.seeds, asked.width, asked.height) == ("a red house", (5, 6), 128, 64)
    assert (asked.steps, asked.guidance, asked.negative_prompt, asked.lora) == (7, 3.0, "fog", "comic")


def test_pictures_over_a_picture(client: OpenAI, engine: FakeEngine) -> None:
    engine.unsafe = 'looks like "a battle"'
    fields = {"seeds": [9, 3], "strength": 0.7, "unsafe": "mark", "num_inference_steps": 4}
    answer = client.images.edit(
        model=INFO.painter, image=FILE, prompt="at night", n=2, size="auto", extra_body=fields
    )
    assert answer.data is not None
    assert [picture.to_dict()["unsafe"] for picture in answer.data] == [engine.unsafe] * 2
    (asked,) = engine.paints
    assert (asked.seeds, asked.keep, asked.unsafe, asked.steps) == ((9, 3), 0.3, "mark", 4)
    assert asked.init_image == FILE[1]
    assert (asked.width, asked.height) == (184, 88)  # twice as wide as high, about 128 x 128 pixels

    client.images.edit(image=[FILE], prompt="at night", size="64x64", extra_body={"strength": 1})
    assert (engine.paints[1].init_image, engine.paints[1].width) == (None, 64)


def test_a_stream_of_pictures(client: OpenAI) -> None:
    events = list(
        client.images.generate(prompt="a fox", n=2, stream=True, partial_images=1, extra_body={"seed": 1})
    )
    kinds = [event.type.removeprefix("image_generation.") for event in events]
    assert kinds == [
        "progress", "partial_image", "progress", "progress", "progress", "completed", "completed",
    ]  # fmt: skip
    told: list[Any] = [event.to_dict() for event in events]
    assert [(e["step"], e["of"]) for e in told if "step" in e] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert base64.b64decode(told[1]["b64_json"]) == PREVIEW
    assert told[1]["partial_image_index"] == 0
    assert [(e["seed"], size_of(e["b64_json"])) for e in told[-2:]] == [(1, (128, 128)), (2, (128, 128))]


def test_a_stream_of_edits(client: OpenAI) -> None:
    events = list(client.images.edit(image=FILE, prompt="a fox", stream=True, partial_images=3))
    assert {event.type for event in events} == {
        "image_edit.progress", "image_edit.partial_image", "image_edit.completed",
    }  # fmt: skip
    indices = [event.partial_image_index for event in events if event.type == "image_edit.partial_image"]
    assert indices == [0, 1, 2]


async def test_the_asynchronous_client_on_every_route(async_client: AsyncOpenAI) -> None:
    assert [model.id async for model in async_client.models.list()][:2] == [INFO.llm, "bold"]
    answer = await async_client.chat.completions.create(model=INFO.llm, messages=HOUSE)
    assert answer.choices[0].message.content == "a red house, "
    chunks = await async_client.chat.completions.create(model=INFO.llm, messages=HOUSE, stream=True)
    assert [chunk.choices[0].delta.content async for chunk in chunks] == ["", "a red house, ", None]
    painted = await async_client.images.generate(prompt="a fox")
    assert painted.data is not None
    assert size_of(painted.data[0].b64_json) == (128, 128)
    edited = await async_client.images.edit(image=FILE, prompt="a fox")
    assert edited.data is not None
    events = await async_client.images.edit(image=FILE, prompt="a fox", stream=True)
    assert [event.type async for event in events][-1] == "image_edit.completed"
    events_of_words = await async_client.images.generate(prompt="a fox", stream=True)
    assert [event.type async for event in events_of_words][-1] == "image_generation.completed"
