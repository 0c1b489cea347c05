"""The settings that ComfyUI writes into a PNG, as far as a picture can be painted from them.

Its `prompt` chunk is a graph as JSON: node id -> {"class_type", "inputs"}, where an input is a value or a
link [node id, output]. (Beside it the `workflow` chunk holds the editor's drawing of the same graph; it is
not needed.) The text may be anybody's, so everything is bounded and nothing in it is trusted.
"""

import json
from collections.abc import Mapping
from typing import Any

from model.pictures import invokeai
from model.pictures.decoding import open_picture
from model.pictures.png_metadata import Parameters, read_parameters

MOST_CHARS = 1_000_000
_KEYWORD = "prompt"
_MOST_HOPS = 16  # links followed from the sampler to a text or a size
_TEXTS = ("text", "text_g", "string", "value", "prompt")
_SEEDS = ("seed", "noise_seed")

Node = Mapping[str, Any]


def read_settings(data: bytes) -> Parameters | None:
    """How the picture in a file was painted, by whatever tool that its text chunks tell of.

    Nothing is decoded but the text. Raises BadImage for bytes that are no PNG, JPEG or WebP.
    """
    found = read_parameters(data)
    if found is not None:
        return found
    info = open_picture(data).info
    for keyword, read in ((invokeai.KEYWORD, invokeai.read_invokeai), (_KEYWORD, read_comfyui)):
        text = info.get(keyword)
        if isinstance(text, str) and (settings := read(text)) is not None:
            return settings
    return None


def read_comfyui(text: str) -> Parameters | None:
    """What the graph of the first sampler says; None for anything else, however malformed."""
    if len(text) > MOST_CHARS:
        return None
    try:
        graph = json.loads(text)
        return _read(graph) if isinstance(graph, dict) else None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _read(graph: Mapping[str, Any]) -> Parameters | None:
    nodes = {key: node for key, node in graph.items() if isinstance(node, dict)}
    samplers = [node for node in nodes.values() if "ksampler" in str(node.get("class_type", "")).lower()]
    if not samplers:
        return None
    inputs: Node = samplers[0]["inputs"]
    size = _found(nodes, inputs.get("latent_image"), ("width",))
    prompt = _text(nodes, inputs.get("positive"))
    if size is None or prompt is None:
        return None
    return Parameters(
        prompt=prompt,
        negative_prompt=_text(nodes, inputs.get("negative")) or "",
        steps=int(inputs["steps"]),
        sampler=str(inputs.get("sampler_name", "")),
        guidance=float(inputs["cfg"]),
        seed=int(next(inputs[name] for name in _SEEDS if name in inputs)),
        size=(int(size["width"]), int(size["height"])),
        model=_model(nodes, inputs.get("model")),
    )


def _text(nodes: Mapping[str, Node], link: object) -> str | None:
    found = _found(nodes, link, _TEXTS)
    if found is None:
        return None
    return next((found[name] for name in _TEXTS if isinstance(found.get(name), str)), None)


def _model(nodes: Mapping[str, Node], link: object) -> str:
    found = _found(nodes, link, ("ckpt_name", "unet_name"))
    return "" if found is None else str(found.get("ckpt_name") or found.get("unet_name"))


def _found(nodes: Mapping[str, Node], link: object, names: tuple[str, ...]) -> Node | None:
    """The inputs of the nearest node upstream of `link` in which one of `names` has a value of its own."""
    waiting, seen = [link], 0
    while waiting and seen < _MOST_HOPS:
        at, seen = waiting.pop(0), seen + 1
        node = nodes.get(str(at[0])) if isinstance(at, list) and at else None
        if node is None or not isinstance(node.get("inputs"), dict):
            continue
        inputs: Node = node["inputs"]
        if any(isinstance(inputs.get(name), str | int) for name in names):
            return inputs
        waiting += [value for value in inputs.values() if isinstance(value, list)]
    return None
