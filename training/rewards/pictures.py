"""Pictures for the trainers: any diffusers pipeline, many prompts in a batch, or TinyWorld's own renderer.

A seed gives the same picture whatever else is in the batch: each has its own generator on the CPU.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol

import torch

from model.hardware import has_matrix_units, pick_device, pick_dtype
from model.loading import check_folder, load_errors, location
from model.pictures.long_prompts import prompt_arguments
from training.errors import ConfigError
from training.rewards.cache import weights_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from training.config.settings import PainterSettings


class Painter(Protocol):
    """Paints one picture for each (prompt, seed). `key` names everything else that decides a picture.

    A picture that the model's own safety checker blacked out is None.
    """

    @property
    def key(self) -> str:
        """What identifies its pictures in the score cache: the model and its settings."""

    def paint(self, prompts: Sequence[str], seeds: Sequence[int]) -> Sequence[Image.Image | None]:
        """One picture for each prompt with the seed in its place."""


def example_seeds(example: str, count: int) -> list[int]:
    """The seeds that belong to an example, the same in every step and run."""
    digests = (hashlib.sha256(f"{example}\n{i}".encode()).digest() for i in range(count))
    # 31 bits: every library's seeds take that much
    return [int.from_bytes(digest[:4]) & 0x7FFFFFFF for digest in digests]


def load_painter(settings: PainterSettings, batch: int = 16) -> Painter:
    """The painter that settings name; `batch` pictures are painted at once."""
    return Renderer() if settings.model == "render" else PipelinePainter(settings, batch)


class Renderer:
    """TinyWorld's renderer as a picture model: it draws exactly what it can read in the prompt."""

    key = "render"

    def paint(self, prompts: Sequence[str], seeds: Sequence[int]) -> list[Image.Image]:
        """The scene each prompt describes, drawn with its seed."""
        from model.tiny.grammar import parse
        from model.tiny.render import render

        return [render(parse(prompt), seed) for prompt, seed in zip(prompts, seeds, strict=True)]


class PipelinePainter:
    """A diffusers text-to-image pipeline."""

    def __init__(self, settings: PainterSettings, batch: int) -> None:
        from diffusers import AutoPipelineForText2Image

        check_folder(settings.model, "model_index.json", "picture pipeline")
        device = pick_device(settings.device)
        if settings.dtype == "bfloat16" and device.type == "cpu" and not has_matrix_units():
            # Convolutions in it take some fifty times as long there; pictures differ, and so does their key
            settings = settings.model_copy(update={"dtype": "float32"})
        with load_errors("picture pipeline", settings.model, "check the path or hub id"):
            pipe = AutoPipelineForText2Image.from_pretrained(
                location(settings.model), dtype=pick_dtype(settings.dtype, device), use_safetensors=True
            )
        pipe.set_progress_bar_config(disable=True)
        self._pipe, self._settings, self._batch = pipe.to(device), settings, batch
        if settings.scheduler:
            self._use_scheduler(settings.scheduler)

    @property
    def key(self) -> str:
        """Everything but prompt and seed that decides a picture."""
        own = self._settings.model_dump(exclude={"seeds", "device", "model"})
        # Older caches hold scores of blacked-out pictures under the key without this
        checked = " checked" if getattr(self._pipe, "safety_checker", None) else ""
        return f"{weights_stamp(self._settings.model)} {sorted(own.items())}{checked}"

    def paint(self, prompts: Sequence[str], seeds: Sequence[int]) -> list[Image.Image | None]:
        """A picture for each prompt and seed, None where the safety checker blacked it out.

        Prompts too long for the text encoder are encoded in chunks.
        """
        # Prompts of one length in chunks of CLIP's 77 tokens share a batch; others would need padding, which
        # changes the picture
        arguments = [prompt_arguments(self._pipe, p, self._settings.negative_prompt) for p in prompts]
        alike: dict[str, list[int]] = defaultdict(list)
        for index, given in enumerate(arguments):
            alike[_shape(given)].append(index)
        painted: dict[int, Image.Image | None] = {}
        for group in alike.values():
            for start in range(0, len(group), self._batch):
                part = group[start : start + self._batch]
                images = self._run([arguments[i] for i in part], [seeds[i] for i in part])
                painted |= dict(zip(part, images, strict=True))
        return [painted[index] for index in range(len(prompts))]

    @torch.inference_mode()
    def _run(self, arguments: Sequence[dict[str, Any]], seeds: Sequence[int]) -> list[Image.Image | None]:
        output = self._pipe(
            **_joined(arguments),
            # On the CPU, since generators of different GPUs give different numbers for one seed
            generator=[torch.Generator("cpu").manual_seed(seed) for seed in seeds],
            num_inference_steps=self._settings.steps,
            guidance_scale=self._settings.guidance,
            width=self._settings.width,
            height=self._settings.height,
        )
        # A flagged picture comes back black, and a scorer would rate the blackness; pipelines without a
        # checker
        # lack the field or leave it None
        flagged = getattr(output, "nsfw_content_detected", None) or [False] * len(output.images)
        return [None if bad else image for image, bad in zip(output.images, flagged, strict=True)]

    def _use_scheduler(self, name: str) -> None:
        import diffusers

        kind = getattr(diffusers, name, None)
        if kind is None or not hasattr(kind, "from_config"):
            raise ConfigError(
                "The painter's settings cannot be used:", [f"scheduler = {name!r}: no such class"]
            )
        self._pipe.scheduler = kind.from_config(self._pipe.scheduler.config)


def _shape(arguments: dict[str, Any]) -> str:
    """Prompts of one shape can be painted in one batch: texts, or embeddings of equal length."""
    return str({name: getattr(value, "shape", type(value)) for name, value in arguments.items()})


def _joined(arguments: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The arguments of several prompts as one batch: lists of texts, tensors along their first axis."""
    joined: dict[str, Any] = {}
    for name, first in arguments[0].items():
        values = [given[name] for given in arguments]
        if isinstance(first, torch.Tensor):
            joined[name] = torch.cat(values)
        else:
            joined[name] = values if isinstance(first, str) else max(values)
    return joined
