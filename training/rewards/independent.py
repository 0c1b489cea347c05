"""Judges of pictures that nothing is trained towards: a column of every results table.

A judge is named in the evaluation's config:

- "tinyworld": reads the picture with a network that learnt from renders alone (`training.tiny.judge`).
- "hpsv2.1": HPSv2.1 (Wu et al. 2023, arXiv 2306.09341), a CLIP ViT-H/14 through open_clip, about 0.2 to 0.35.
  Its weights come from the hub, xswu/HPSv2; "hpsv2.1:FILE" takes them from a file.
- "imagereward": ImageReward-v1.0 (Xu et al. 2023, arXiv 2304.05977), about N(0, 1); needs the package
  image-reward.
- "hpsv3": HPSv3 (Ma et al. 2025, arXiv 2508.03789), a 7B model, about 0 to 15; needs the package hpsv3 and a
  GPU.
- "package.module:Class": one of your own, made without arguments.

No weights of hpsv2.1, imagereward and hpsv3 could be had: what is tested of them is named in their tests.
"""

from __future__ import annotations

import importlib
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import torch

from model.loading import load_errors
from training.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

_HPS = ("xswu/HPSv2", "HPS_v2.1_compressed.pt")
_PACKAGES = {"ImageReward": "image-reward", "hpsv3": "hpsv3"}


class PictureJudge(Protocol):
    """Scores pictures against the short wish each was painted for, higher is better."""

    @property
    def key(self) -> str:
        """What identifies its scores in the cache: its name and weights."""

    def __call__(self, images: Sequence[Image.Image], intents: Sequence[str], /) -> list[float]:
        """One finite number for each picture, in order."""


class HpsV21:
    """HPSv2.1: the cosine of picture and text under a CLIP tuned on people's choices."""

    def __init__(self, weights: str, architecture: str = "ViT-H-14") -> None:
        """`weights` is a checkpoint that open_clip reads; empty: the hub's. Raises LoadError."""
        from model.clip.open_clip import Clip
        from model.clip.scorers import HpsV2

        with load_errors("HPSv2.1", weights or _HPS[0], "check the path, or the connection to the hub"):
            file = weights or _from_hub()
        self.key = f"hpsv2.1 {Path(file).name}"
        self._scorer = HpsV2(Clip.load(f"{architecture}/{file}"))

    def __call__(self, images: Sequence[Image.Image], intents: Sequence[str]) -> list[float]:
        """The cosines."""
        clip = self._scorer.clip
        scores: list[float] = self._scorer.score(clip.pictures(images), clip.texts(intents)).tolist()
        return scores


class ImageReward:
    """ImageReward-v1.0 through its own package."""

    key = "ImageReward-v1.0"

    def __init__(self) -> None:
        """Raises ConfigError where the package is missing."""
        self._model = _package("ImageReward").load(self.key)

    @torch.no_grad()
    def __call__(self, images: Sequence[Image.Image], intents: Sequence[str]) -> list[float]:
        """Its reward of each picture."""
        return [float(self._model.score(text, image)) for text, image in zip(intents, images, strict=True)]


class HpsV3:
    """HPSv3 through its own package, which reads pictures from files."""

    key = "hpsv3"

    def __init__(self) -> None:
        """Raises ConfigError where the package is missing."""
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = _package("hpsv3").HPSv3RewardInferencer(device=device)

    @torch.no_grad()
    def __call__(self, images: Sequence[Image.Image], intents: Sequence[str]) -> list[float]:
        """The mean of the normal distribution it gives for each picture."""
        with tempfile.TemporaryDirectory() as folder:
            files = [f"{folder}/{index}.png" for index in range(len(images))]
            for image, file in zip(images, files, strict=True):
                image.save(file)
            return [float(reward[0]) for reward in self._model.reward(list(intents), files)]


def load_independent(name: str) -> PictureJudge:
    """The judge of this name. Raises ConfigError for one that is unknown or lacks its package, LoadError."""
    kind, _, rest = name.partition(":")
    makers: dict[str, Callable[[], PictureJudge]] = {
        # By name, since the networks of TinyWorld stand above the rewards
        "tinyworld": partial(_own, "training.tiny.judge:TinyWorldJudge"),
        "hpsv2.1": partial(HpsV21, rest),
        "imagereward": ImageReward,
        "hpsv3": HpsV3,
    }
    return makers[kind]() if kind in makers else _own(name)


def _from_hub() -> str:
    from huggingface_hub import hf_hub_download

    return str(hf_hub_download(*_HPS))


def _package(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        problem = f'judge: it needs the package "{_PACKAGES[module]}", which cannot be imported ({error})'
        raise ConfigError("The judge cannot be used:", [problem]) from error


def _own(name: str) -> Any:
    module, colon, kind = name.partition(":")
    try:
        if not colon:
            raise ImportError("known are tinyworld, hpsv2.1, imagereward and hpsv3")
        return getattr(importlib.import_module(module), kind)()
    except (ImportError, AttributeError) as error:
        raise ConfigError("The judge cannot be used:", [f"judge = {name!r}: {error}"]) from error
