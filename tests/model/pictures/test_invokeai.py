"""InvokeAI's settings in a PNG, well-formed and not."""

import io
import json

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from model.pictures.comfyui import read_settings
from model.pictures.invokeai import read_invokeai

SAID = {
    "positive_prompt": "a fox",
    "negative_prompt": "people",
    "width": 640,
    "height": 512,
    "seed": 7,
    "steps": 20,
    "cfg_scale": 5.5,
    "scheduler": "euler",
    "model": {"name": "dreamshaper", "key": "abc"},
}


def test_what_invokeai_writes_is_read_from_the_file() -> None:
    chunk, file = PngInfo(), io.BytesIO()
    chunk.add_text("invokeai_metadata", json.dumps(SAID))
    Image.new("RGB", (8, 8)).save(file, "PNG", pnginfo=chunk)
    found = read_settings(file.getvalue())
    assert found is not None
    assert (found.prompt, found.negative_prompt, found.steps, found.guidance) == ("a fox", "people", 20, 5.5)
    assert (found.seed, found.size, found.model) == (7, (640, 512), "dreamshaper")


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{}", "{" * 100_000, "x" * 1_000_001,
        json.dumps({**SAID, "seed": None}), json.dumps({**SAID, "steps": "many"}),
        json.dumps({**SAID, "positive_prompt": ["a"]}), json.dumps({**SAID, "width": 1e400}),
    ],
)  # fmt: skip
def test_anything_else_is_nothing(text: str) -> None:
    assert read_invokeai(text) is None
