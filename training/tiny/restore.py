"""Fills a work folder from the shipped checkpoints, so that training can go on from them.

The shipped files hold averaged weights in half precision; a run's own state (optimizer, raw weights) is too
large to ship. So training that starts from them begins with a fresh optimizer and differs from a resumed run.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTokenizer

from training.tiny.basis import Basis, read_encoder
from training.tiny.export import DESTINATION

if TYPE_CHECKING:
    from pathlib import Path


def restore(out: Path, source: Path = DESTINATION) -> None:
    """Write every part of `source/sd` and `source/clip` into `out`, in single precision.

    Raises FileExistsError when `out` holds parts already: a run's own files are better than these.
    """
    if (out / "unet").exists():
        raise FileExistsError(f"{out} holds a run already: give another folder with --out, or go on with it")
    out.mkdir(parents=True, exist_ok=True)
    sd = source / "sd"
    single = {"torch_dtype": torch.float32}
    UNet2DConditionModel.from_pretrained(sd / "unet", **single).save_pretrained(out / "unet")
    autoencoder = AutoencoderKL.from_pretrained(sd / "vae", **single)
    autoencoder.save_pretrained(out / "autoencoder")
    write_basis(read_encoder(autoencoder), out)
    CLIPTextModel.from_pretrained(sd / "text_encoder", dtype=torch.float32).save_pretrained(
        out / "text-encoder"
    )
    CLIPTokenizer.from_pretrained(sd / "tokenizer").save_pretrained(out / "tokenizer")
    for folder in ("clip-text", "clip"):
        shutil.copytree(source / "clip", out / folder, ignore=shutil.ignore_patterns("README.md"))
    (out / "restored.json").write_text(json.dumps({"from": source.name}) + "\n", encoding="utf-8")


def write_basis(basis: Basis, out: Path) -> None:
    """Keep the encoder's basis where the trainers look for it."""
    save_file({"project": basis.project.contiguous(), "offset": basis.offset}, out / "basis.safetensors")
