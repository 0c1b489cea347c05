"""ComfyUI's settings in a PNG: read where they are plain, and never a reason to fail."""

import io
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from model.errors import BadImage
from model.pictures.comfyui import MOST_CHARS, read_comfyui, read_settings
from model.pictures.png_metadata import Parameters, encode_png, read_parameters

GRAPH: dict[str, Any] = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 4711, "steps": 20, "cfg": 8.0, "sampler_name": "euler", "denoise": 1.0,
            "model": ["10", 0], "positive": ["12", 0], "negative": ["7", 0], "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "v1-5.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a castle", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "people", "clip": ["4", 1]}},
    "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "fog.safetensors", "model": ["4", 0]}},
    "12": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["6", 0]}},
}  # fmt: skip
SETTINGS = Parameters("a castle", "people", 20, "euler", 8.0, 4711, (512, 768), "v1-5.safetensors")


def png(**texts: str) -> bytes:
    info, buffer = PngInfo(), io.BytesIO()
    for keyword, text in texts.items():
        info.add_text(keyword, text)
    Image.new("RGB", (8, 8)).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def changed(node: str, **inputs: object) -> str:
    return json.dumps({**GRAPH, node: {**GRAPH[node], "inputs": {**GRAPH[node]["inputs"], **inputs}}})


def test_the_settings_are_found_behind_other_nodes() -> None:
    assert read_settings(png(prompt=json.dumps(GRAPH), workflow="{}")) == SETTINGS


def test_an_advanced_samplers_seed_has_another_name() -> None:
    graph = {**GRAPH, "3": {"class_type": "KSamplerAdvanced", "inputs": {**GRAPH["3"]["inputs"]}}}
    graph["3"]["inputs"]["noise_seed"] = graph["3"]["inputs"].pop("seed")
    assert read_comfyui(json.dumps(graph)) == SETTINGS


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "[]", "{}", "7", '"text"', json.dumps({"3": 7}), json.dumps({"3": {"class_type": []}}),
        changed("3", positive=["3", 0], negative=["3", 0]),  # a circle
        changed("3", positive="a text where a link belongs"),
        changed("3", seed=["9", 0]),
        changed("3", steps="many"),
        changed("5", width=float("inf")),
        changed("3", cfg=None),
        "[" * 100_000,
        '{"3": ' * 50_000,
        changed("6", text="x" * MOST_CHARS),
        changed("6", text=False),
    ],
)  # fmt: skip
def test_anything_else_says_nothing(text: str) -> None:
    assert read_comfyui(text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["inputs", "class_type", "text", "3"]), inner)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(list(GRAPH)), JSON), st.dictionaries(st.text(max_size=6), JSON))
def test_no_graph_is_a_reason_to_fail(nodes: dict[str, Any], inputs: dict[str, Any]) -> None:
    graph = {**GRAPH, **nodes, "3": {"class_type": "KSampler", "inputs": {**GRAPH["3"]["inputs"], **inputs}}}
    read_comfyui(json.dumps(graph))


def test_a_graph_of_many_links_is_followed_only_so_far() -> None:
    wide = {
        str(n): {"class_type": "x", "inputs": {str(m): [str(m), 0] for m in range(100)}} for n in range(100)
    }
    sampler = {"class_type": "KSampler", "inputs": {"positive": ["1", 0], "latent_image": ["1", 0]}}
    begun = time.monotonic()
    assert read_comfyui(json.dumps({**wide, "s": sampler})) is None
    assert time.monotonic() - begun < 1.0


def test_our_own_text_comes_first_and_a_file_without_any_says_nothing() -> None:
    ours = encode_png(Image.new("RGB", (8, 8)), SETTINGS)
    assert read_settings(ours) == read_parameters(ours) == SETTINGS
    assert read_settings(png()) is None
    with pytest.raises(BadImage):
        read_settings(b"no picture")


@pytest.mark.parametrize(
    "text",
    ["x\nSteps: 9, " + "a" * 2_000_000, "a" * 2_000_000, "x\n" + "a b" * 1300, 'x\nSteps: "' + "\\" * 3000],
)  # fmt: skip
def test_a_text_made_to_keep_a_reader_busy_is_left_alone_soon(text: str) -> None:
    begun = time.monotonic()
    assert read_settings(png(parameters=text)) is None
    assert time.monotonic() - begun < 2.0
