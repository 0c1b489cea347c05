"""Writes the editor and the finder of regions as checkpoints: half precision, in diffusers' and transformers'
formats.

The editor is a `StableDiffusionInstructPix2PixPipeline` without the autoencoder, the tokenizer and the
sampler, which are the painter's: its index leaves them empty, and the engine gives it those of
`checkpoints/sd` (`model.pictures.pipelines.load_editor`). Elsewhere they are given by hand, see its card.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import torch
from diffusers import StableDiffusionInstructPix2PixPipeline, UNet2DConditionModel
from transformers import CLIPTextModel

from training.tiny.export import DESTINATION, clean

if TYPE_CHECKING:
    from pathlib import Path

SHARED = ("vae", "tokenizer", "scheduler")
"""The painter's parts that the editor works with."""


def export_editor(out: Path, destination: Path = DESTINATION) -> None:
    """Write `destination`/edit from the parts that training left in `out`/edit."""
    folder = destination / "edit"
    UNet2DConditionModel.from_pretrained(out / "edit" / "unet").half().save_pretrained(folder / "unet")
    text = CLIPTextModel.from_pretrained(out / "edit" / "text_encoder", dtype=torch.float32)
    text.half().save_pretrained(folder / "text_encoder")
    painter = json.loads((DESTINATION / "sd" / "model_index.json").read_text(encoding="utf-8"))
    index = painter | {"_class_name": StableDiffusionInstructPix2PixPipeline.__name__}
    index |= {name: [None, None] for name in SHARED}
    (folder / "model_index.json").write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")
    for path in folder.rglob("config.json"):
        clean(path)


def export_regions(out: Path, destination: Path = DESTINATION) -> None:
    """Write `destination`/region from `out`/region."""
    folder = destination / "region"
    shutil.copytree(out / "region", folder, dirs_exist_ok=True)
    clean(folder / "config.json")
