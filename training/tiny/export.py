"""Writes the trained parts as the checkpoints that ship: half precision safetensors in the standard layouts.

`sd/` is a `StableDiffusionPipeline` folder, `clip/` an open_clip folder (`local-dir:`) with the aesthetic
head beside it, `classifier/` the judge of pictures; each has its model card, which is written by hand but for
the figures (`check --write`).
"""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file, save_file

from training.tiny.unet import Painter, load_text_encoder, pipeline

log = logging.getLogger(__name__)

DESTINATION = Path(__file__).parents[2] / "model" / "tiny" / "checkpoints"


def export(out: Path, destination: Path = DESTINATION) -> None:
    """Write `sd`, `clip` and, once trained, `classifier` under `destination` from the work folder `out`."""
    _export_sd(out, destination / "sd")
    _export_clip(out / "clip", destination / "clip")
    if (out / "classifier").exists():
        _export_classifier(out / "classifier", destination / "classifier")
    size = sum(path.stat().st_size for path in destination.rglob("*.safetensors"))
    log.info("checkpoints in %s: %.1f MB", destination, size / 1e6)


def _export_sd(out: Path, folder: Path) -> None:
    unet = UNet2DConditionModel.from_pretrained(out / "unet")
    autoencoder = AutoencoderKL.from_pretrained(out / "autoencoder")
    painter = Painter(unet, load_text_encoder(out))
    pipe = pipeline(out, painter, autoencoder).to(dtype=torch.float16)
    pipe.save_pretrained(folder, safe_serialization=True)
    for path in folder.rglob("config.json"):
        clean(path)


def clean(path: Path) -> None:
    """Drop from a configuration where the part was loaded from, and the precision it was stored in.

    transformers would load the text encoder in its stored precision, diffusers loads the rest in single
    precision: without this the pipeline would mix the two unless it is told a precision.
    """
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings.pop("_name_or_path", None)
    if "dtype" in settings:
        settings["dtype"] = "float32"
    path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _export_clip(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.suffix != ".safetensors":
            shutil.copyfile(path, folder / path.name)
    weights = load_file(source / "open_clip_model.safetensors")
    half = {k: v.half() if v.is_floating_point() else v for k, v in weights.items()}
    save_file(half, folder / "open_clip_model.safetensors")
    # the head is tiny and its target is a number to two decimals: it stays in single precision
    save_file(load_file(source / "aesthetic.safetensors"), folder / "aesthetic.safetensors")


def _export_classifier(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    weights = load_file(source / "model.safetensors")
    save_file({name: value.half() for name, value in weights.items()}, folder / "model.safetensors")
