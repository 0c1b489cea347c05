"""Pictures from servers elsewhere: our own, vLLM-Omni's, SGLang's and OpenAI's answers, and every fault."""

import asyncio
import base64
import dataclasses
import io
from typing import Any

import pytest
from aiohttp import web
from PIL import Image

from model.engine import Capabilities, PaintProgress, PaintRequest
from model.errors import (
    BadRequest,
    EngineRefused,
    OutOfMemory,
    PictureRefused,
    PromptRefused,
    Unsupported,
)
from model.pictures.png_metadata import Parameters, encode_png, read_parameters
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from model.settings import SafetySettings
from tests.model.serving.remote.servers import (
    KEY,
    OURS,
    Server,
    at,
    b64,
    data,
    error,
    event,
    png,
    serving,
    slow,
    status,
    stream,
)

pytestmark = pytest.mark.usefixtures("no_waiting")

MODELS = resolve("tiny")
REQUEST = PaintRequest("a red house", (5, 6), width=64, height=64, steps=4, guidance=3.0)
LIKE_OPENAI = Capabilities(
    strength=False, previews=False, captions=False, negative_prompt=False, progress=False, cancel=False
)
ONE = dataclasses.replace(REQUEST, seeds=(5,))
OUR_LIST = [
    {"id": "diffchat", "capabilities": {"kind": "words"}},
    {"id": "sd", "capabilities": OURS},
    {"id": "comic", "parent": "sd", "capabilities": OURS},
    {"id": "captioner", "capabilities": {"kind": "captions"}},
]


def colour(data: bytes) -> tuple[int, ...]:
    """The colour of a picture of `png`, which says its seed."""
    found = Image.open(io.BytesIO(data)).convert("RGB").getpixel((0, 0))
    assert isinstance(found, tuple)
    return found


async def test_a_server_that_takes_one_seed_gets_one_request_for_each() -> None:
    server = Server(models=[{"id": "Qwen/Qwen-Image", "object": "model"}], key=KEY)
    request = dataclasses.replace(REQUEST, negative_prompt="blurry")
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        result = await engine.paint(request)
        assert engine.info.painter == result.model == "Qwen/Qwen-Image"
        assert engine.info.capabilities == LIKE_OPENAI
    assert [(picture.seed, colour(picture.png)) for picture in result.pictures] == [
        (5, (5, 0, 90)),
        (6, (6, 0, 90)),
    ]
    assert sorted(server.asked, key=lambda asked: asked["seed"]) == [
        {
            "prompt": "a red house",
            "model": "Qwen/Qwen-Image",
            "n": 1,
            "size": "64x64",
            "response_format": "b64_json",
            "output_format": "png",
            "seed": seed,
            "num_inference_steps": 4,
            "guidance_scale": 3.0,
            "negative_prompt": "blurry",
            "stream": True,
            "partial_images": 3,
        }
        for seed in (5, 6)
    ]
    carried = read_parameters(result.pictures[0].png)
    assert carried == Parameters("a red house", "blurry", 4, "", 3.0, 5, (64, 64), "Qwen/Qwen-Image"), (
        "a picture says how it was made, whoever made it"
    )


async def test_our_own_server_gets_all_seeds_at_once_and_tells_every_step() -> None:
    seen: list[PaintProgress] = []
    reply = stream(
        event("image_generation.progress", step=1, of=4),
        event("image_generation.partial_image", b64_json=b64(9, (400, 400)), partial_image_index=0),
        event("image_generation.progress", step=4, of=4),
        event("image_generation.completed", b64_json=b64(5), seed=5),
        event("image_generation.completed", b64_json=b64(7), seed=7, unsafe="looks like nsfw"),
    )
    server = Server(models=OUR_LIST, pictures=[reply])
    request = dataclasses.replace(REQUEST, seeds=(5, 7), unsafe="mark")
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        assert engine.info.painter == "sd"
        assert engine.info.capabilities == Capabilities()
        result = await engine.paint(request, seen.append)
    assert [(p.seed, p.unsafe) for p in result.pictures] == [(5, ""), (7, "looks like nsfw")]
    [asked] = server.asked
    assert {name: asked[name] for name in ("model", "n", "seed", "seeds", "unsafe", "partial_images")} == {
        "model": "sd",
        "n": 2,
        "seed": 5,
        "seeds": [5, 7],
        "unsafe": "mark",
        "partial_images": 3,
    }
    assert [(p.step, p.of) for p in seen if not p.preview] == [(1, 4), (4, 4)]
    [preview] = [p.preview for p in seen if p.preview]
    assert max(Image.open(io.BytesIO(preview)).size) <= 256


async def test_a_picture_that_knows_how_it_was_made_stays_as_it_is() -> None:
    parameters = Parameters("a red house", "", 4, "DDIM", 3.0, 5, (64, 64), "sd")
    ours = encode_png(Image.new("RGB", (64, 64)), parameters)
    answer = {"data": [{"b64_json": base64.b64encode(ours).decode(), "seed": 5}]}
    server = Server(models=OUR_LIST, pictures=[answer])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        assert (await engine.paint(ONE)).pictures[0].png == ours


async def test_true_is_no_seed() -> None:
    server = Server(pictures=[{"data": [{"b64_json": b64(5), "seed": True}]}])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        [picture] = (await engine.paint(dataclasses.replace(ONE, seeds=(1,)))).pictures
        assert picture.seed is not True


async def test_painting_over_a_picture_is_an_edit_where_the_server_knows_strength() -> None:
    over = dataclasses.replace(ONE, way="keep", init_image=png(3), keep=0.4, lora="comic")
    server = Server(models=OUR_LIST)
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        result = await engine.paint(over)
    assert result.model == "sd + comic"
    [asked] = server.asked
    assert asked["image"] == png(3)
    assert (asked["strength"], asked["seed"], asked["n"]) == ("0.6", "5", "1")
    assert (asked["model"], asked["num_inference_steps"], asked["stream"]) == ("comic", "4", "true")
    other = Server()
    async with serving(other), RemoteEngine(MODELS, pictures_at=at(other)) as engine:
        with pytest.raises(Unsupported, match="keep a share"):
            await engine.paint(over)
        with pytest.raises(Unsupported, match="comic"):
            await engine.paint(dataclasses.replace(ONE, lora="comic"))
    assert other.asked == []


# Recorded shapes: what each server's documentation (named in `model.serving.remote`) shows as its answer
VLLM_OMNI = {
    "created": 1701234567,
    "data": [{"b64_json": b64(5), "url": None, "revised_prompt": None}],
    "output_format": "png",
    "size": "64x64",
    "cot_output": None,
    "metrics": None,
}
SGLANG = {
    "id": "3f1c",
    "created": 1701234567,
    "data": [
        {"b64_json": b64(5), "url": None, "revised_prompt": "a red house", "file_path": "/tmp/3f1c.png"}
    ],
    "peak_memory_mb": 23041.5,
    "inference_time_s": 3.2,
}
OPENAI = {
    "created": 1701234567,
    "background": "opaque",
    "data": [{"b64_json": b64(5)}],
    "output_format": "png",
    "quality": "high",
    "size": "64x64",
    "usage": {"total_tokens": 100, "input_tokens": 50, "output_tokens": 50},
}


def completed(kind: str) -> bytes:
    return event(f"{kind}.completed", b64_json=b64(5), output_format="png", size="64x64", created_at=1)


VLLM_OMNI_STREAM = stream(
    b'data: {"object":"image.edit.chunk","type":"ar_delta","delta":"A house","index":0}\n\n',
    event("image", object="image.edit.chunk", data=[{"b64_json": b64(5), "url": None}], size="64x64"),
    b"data: [DONE]\n\n",
)
OPENAI_STREAM = stream(
    event("image_generation.partial_image", b64_json=b64(9), partial_image_index=0),
    completed("image_generation"),
)


@pytest.mark.parametrize(
    "answer",
    [VLLM_OMNI, SGLANG, OPENAI, VLLM_OMNI_STREAM, OPENAI_STREAM],
    ids=["vllm-omni", "sglang", "openai", "vllm-omni stream", "openai stream"],
)
async def test_the_answers_of_other_servers_are_read(answer: Any) -> None:
    seen: list[PaintProgress] = []
    server = Server(pictures=[answer])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        [picture] = (await engine.paint(ONE, seen.append)).pictures
        assert (picture.seed, picture.width, picture.height, colour(picture.png)) == (5, 64, 64, (5, 0, 90))
        able, streams = engine.info.capabilities, answer is OPENAI_STREAM
        assert (able.previews, able.progress) == (streams, streams), "from its first answer"
        assert not able.negative_prompt, "nothing tells of it"
        assert not able.cancel
    assert [(p.step, p.of) for p in seen] == ([(1, 4)] if answer is OPENAI_STREAM else [])


async def test_a_scheduler_is_refused_where_a_server_does_not_list_it_and_never_left_out() -> None:
    named = dataclasses.replace(ONE, scheduler="DDIM")
    lists: list[list[dict[str, Any]]] = [
        [{"id": "sd"}],
        [{"id": "sd", "capabilities": OURS}],
        [{"id": "sd", "capabilities": {**OURS, "schedulers": "DDIM"}}],
        [{"id": "sd", "capabilities": {**OURS, "schedulers": ["EulerDiscrete"]}}],
    ]
    for models in lists:
        server = Server(models=models)
        async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
            assert "DDIM" not in engine.info.capabilities.schedulers
            with pytest.raises(Unsupported, match="the scheduler DDIM"):
                await engine.paint(named)
        assert server.asked == []


async def test_a_negative_prompt_that_was_refused_is_not_told_of_in_the_file() -> None:
    refusal = status(400, error("Unknown parameter", "unknown_parameter", "negative_prompt"))
    server = Server(pictures=[refusal, data(b64_json=b64(5))])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        [picture] = (await engine.paint(dataclasses.replace(ONE, negative_prompt="blurry"))).pictures
    carried = read_parameters(picture.png)
    assert carried is not None
    assert carried.negative_prompt == ""


async def test_openais_own_refusals_of_fields_are_learned_from() -> None:
    """Its picture models take neither a seed nor a format of the answer; both are told one at a time."""
    refusals = [
        status(400, error(f"Unknown parameter: '{name}'.", "unknown_parameter", name))
        for name in ("response_format", "seed", "num_inference_steps", "guidance_scale")
    ]
    server = Server(pictures=[*refusals, OPENAI])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        assert engine.info.capabilities.seeds is True, "until it says otherwise"
        assert len((await engine.paint(ONE)).pictures) == 1
        assert [engine.info.capabilities.seeds] == [False]
        await engine.paint(ONE)
    assert set(server.asked[-1]) == {
        "prompt",
        "model",
        "n",
        "size",
        "output_format",
        "stream",
        "partial_images",
    }
    assert len(server.asked) == 6


async def test_a_seed_that_is_refused_leaves_the_others_their_pictures() -> None:
    refusal = status(400, error("no", "picture_refused"))
    server = Server(pictures=[refusal, data(b64_json=b64(6))])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        result = await engine.paint(REQUEST)
        assert len(result.pictures) == len(result.refusals) == 1
        server.pictures = [refusal]
        with pytest.raises(PictureRefused):
            await engine.paint(REQUEST)


async def test_a_picture_marked_unsafe_is_kept_back_where_it_is_not_wanted() -> None:
    answer = {"data": [{"b64_json": b64(5), "unsafe": True}, {"b64_json": b64(6)}], "refusals": []}
    server = Server(models=OUR_LIST, pictures=[answer])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        result = await engine.paint(REQUEST)
    assert ([p.seed for p in result.pictures], result.refusals) == ([6], ("True",))


LOOKS = SafetySettings(
    clip=MODELS.scorers.clip, depicted=("a red house",), harmless=("a red house",), threshold=0.01
)
CHECKED = MODELS.model_copy(update={"safety": LOOKS})


async def test_pictures_without_a_verdict_are_checked_here() -> None:
    server = Server(pictures=[data(b64_json=b64(5))])
    async with serving(server), RemoteEngine(CHECKED, pictures_at=at(server)) as engine:
        [picture] = (await engine.paint(dataclasses.replace(ONE, unsafe="mark"))).pictures
        assert "looks like" in picture.unsafe
        with pytest.raises(PictureRefused, match="looks like"):
            await engine.paint(ONE)
    judged = Server(models=OUR_LIST, pictures=[data(b64_json=b64(5))])
    async with serving(judged), RemoteEngine(CHECKED, pictures_at=at(judged)) as engine:
        assert (await engine.paint(ONE)).pictures[0].unsafe == "", "the server has looked already"


async def test_a_lora_that_no_server_lists_is_told_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    image = MODELS.image.model_copy(update={"loras": {"comic": "./comic"}})
    models = MODELS.model_copy(update={"image": image})
    with_it, without = Server(models=OUR_LIST), Server()
    async with serving(with_it), serving(without):
        with pytest.raises(EngineRefused, match=r"comic of \[image\] loras or \[models\] is not listed"):
            await RemoteEngine(models, pictures_at=at(without)).__aenter__()
        caplog.clear()
        async with RemoteEngine(models, pictures_at=at(with_it, without)):
            pass
    assert f"{without.url} does not list comic" in caplog.text


async def test_what_is_never_made_is_sent_nowhere_and_numbers_are_checked() -> None:
    server = Server()
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        with pytest.raises(PromptRefused, match="minors"):
            await engine.paint(dataclasses.replace(ONE, prompt="a naked toddler"))
        with pytest.raises(BadRequest, match="at least one seed"):
            await engine.paint(dataclasses.replace(ONE, seeds=()))
    assert server.asked == []


@pytest.mark.parametrize("answer", [slow(), stream(event("image_generation.progress"), wait=True)])
async def test_cancelling_hangs_up(answer: Any) -> None:
    server = Server(pictures=[answer])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(engine.paint(ONE), 0.3)
        await asyncio.wait_for(server.gone.wait(), 10)


async def test_a_failed_seed_ends_the_work_on_the_others() -> None:
    other = asyncio.Event()

    async def by_seed(request: web.Request) -> web.StreamResponse:
        if (await request.json())["seed"] == 5:
            await other.wait()
            return web.json_response(error("too large", "out_of_memory"), status=503)
        other.set()
        await asyncio.Event().wait()
        raise AssertionError

    server = Server(pictures=[by_seed])
    async with serving(server), RemoteEngine(MODELS, pictures_at=at(server)) as engine:
        with pytest.raises(OutOfMemory):
            await engine.paint(REQUEST)
        await asyncio.wait_for(server.gone.wait(), 10)
