"""The settings that InvokeAI writes into a PNG: its `invokeai_metadata` chunk, JSON of known keys.

The keys are those of `CoreMetadataInvocation` in InvokeAI's `invocations/metadata.py`. The text may be
anybody's, so it is bounded and nothing in it is trusted.
"""

import json
from collections.abc import Mapping
from typing import Any

from model.pictures.png_metadata import Parameters

KEYWORD = "invokeai_metadata"
MOST_CHARS = 1_000_000
_NAMES = ("name", "model_name", "key")  # of a model, newer versions first


def read_invokeai(text: str) -> Parameters | None:
    """What the text says; None for anything else, however malformed."""
    if len(text) > MOST_CHARS:
        return None
    try:
        said = json.loads(text)
        return _read(said) if isinstance(said, dict) else None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _read(said: Mapping[str, Any]) -> Parameters:
    guidance = said.get("cfg_scale")
    return Parameters(
        prompt=_text(said["positive_prompt"]),
        negative_prompt=_text(said.get("negative_prompt") or ""),
        steps=int(said["steps"]),
        sampler=str(said.get("scheduler") or ""),
        guidance=float(guidance if guidance is not None else said["guidance"]),  # FLUX has the latter
        seed=int(said["seed"]),
        size=(int(said["width"]), int(said["height"])),
        model=_model(said.get("model")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a prompt is a text")
    return value


def _model(value: object) -> str:
    named = value if isinstance(value, dict) else {}
    return next((str(named[key]) for key in _NAMES if named.get(key)), "")
