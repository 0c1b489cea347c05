"""Parts of a picture, each by itself against another way: files, previews, networks, steps.

What is compared is one change; all else is as the painter has it. What fewer steps cost, TinyWorld's judge
says.
"""

import asyncio
import io
import random
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from diffusers.models.attention_processor import AttnProcessor
from PIL import Image

from model.hardware import use_threads
from model.pictures import preview
from model.pictures.pipelines import load_pipeline
from model.presets import resolve
from model.settings import ImageSettings
from model.tiny.grammar import beautified
from model.tiny.world import Scene
from tests.benchmarks.figures import median, row
from training.tiny.judge import TinyWorldJudge

ROUNDS, LARGE, BATCH, JUDGED, SEED = 5, 1024, 4, 24, 20
TODAY = "today"
Ways = dict[str, Callable[[], object]]


async def run() -> None:
    """files, previews, networks and steps, each against today's or yesterday's way"""
    await asyncio.to_thread(_all)


def _all() -> None:
    image = resolve("tiny").image
    use_threads(image.threads)
    _files()
    _previews(_loaded(image))
    _networks(image)
    _steps(image)


def _files() -> None:
    """PNGs of four pictures with a photo's fine grain, one after the other and in threads."""
    pictures = [_grained(seed) for seed in range(BATCH)]

    def as_before() -> int:
        return sum(len(_png(picture, compress_level=6)) for picture in pictures)

    def runs() -> int:
        return sum(len(_png(picture, compress_type=zlib.Z_RLE)) for picture in pictures)

    def in_threads() -> int:
        with ThreadPoolExecutor() as writers:
            return sum(writers.map(lambda one: len(_png(one, compress_type=zlib.Z_RLE)), pictures))

    size = as_before() / runs()
    print(f"  {BATCH} files of {LARGE}x{LARGE} pixels, whose sizes are as {size:.2f} to 1 (level 6 to runs):")
    _told({"zlib's level 6": as_before, "runs alone": runs, "runs alone, in threads": in_threads})


def _previews(pipe: Any) -> None:
    side = LARGE // pipe.vae_scale_factor
    latents = torch.randn(1, pipe.vae.config.latent_channels, side, side)

    def whole() -> None:
        with torch.inference_mode():
            pipe.vae.decode(latents)

    def small() -> None:
        preview.preview(pipe, "plain", latents, (LARGE, LARGE))

    print(f"  a preview of {LARGE}x{LARGE} pixels:")
    _told({"decoded whole": whole, "from shrunk latents": small}, rounds=3)


def _networks(image: ImageSettings) -> None:
    """The pipeline in other memory layouts and with other attention, and with its words embedded before."""
    pipe, last, plain, sliced = (_loaded(image) for _ in range(4))
    for part in (last.unet, last.vae):
        part.to(memory_format=torch.channels_last)
    plain.unet.set_attn_processor(AttnProcessor())
    sliced.enable_attention_slicing()
    words = "a red fox in the snow at night, flat illustration"
    with torch.inference_mode():
        prompt, negative = pipe.encode_prompt(words, pipe.device, 1, do_classifier_free_guidance=True)
    known = {"prompt_embeds": prompt, "negative_prompt_embeds": negative}
    print("  one picture of TinyWorld:")
    _told(
        {
            TODAY: lambda: _painted(pipe, image, prompt=[words]),
            "its words embedded before": lambda: _painted(pipe, image, **known),
            "channels last": lambda: _painted(last, image, prompt=[words]),
            "attention without PyTorch's own": lambda: _painted(plain, image, prompt=[words]),
            "attention in slices": lambda: _painted(sliced, image, prompt=[words]),
        }
    )


def _steps(image: ImageSettings) -> None:
    pipe, judge, chance = _loaded(image), TinyWorldJudge(), random.Random(SEED)
    prompts = [beautified(Scene.random(chance), chance) for _ in range(JUDGED)]
    print(f"  steps, {JUDGED} pictures, the share of their requirements that the judge sees:")
    for steps in (image.steps, 8, 6, 4):
        began = time.perf_counter()
        pictures = [
            picture
            for at in range(0, JUDGED, 8)
            for picture in _painted(pipe, image, steps, prompt=prompts[at : at + 8], output_type="pil")
        ]
        seconds = (time.perf_counter() - began) / JUDGED
        seen = sum(judge(pictures, prompts)) / JUDGED
        row(f"  {steps} steps", f"{seconds * 1e3:.0f} ms", f"{seen:.1%} seen")


def _loaded(image: ImageSettings) -> Any:
    pipe = load_pipeline(image)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def _painted(
    pipe: Any, image: ImageSettings, steps: int = 0, *, output_type: str = "np", **words: Any
) -> Any:
    count = len(next(iter(words.values())))
    with torch.inference_mode():
        return pipe(
            **words, width=image.width, height=image.height, guidance_scale=image.guidance,
            num_inference_steps=steps or image.steps, output_type=output_type,
            generator=[torch.Generator("cpu").manual_seed(seed) for seed in range(count)],
        ).images  # fmt: skip


def _grained(seed: int) -> Image.Image:
    """Soft shapes with noise of three of 255 levels over them: as hard to pack as a photo."""
    chance = np.random.default_rng(seed)
    shapes = Image.fromarray(chance.integers(0, 255, (LARGE // 32, LARGE // 32, 3), dtype=np.uint8))
    soft = np.asarray(shapes.resize((LARGE, LARGE), Image.Resampling.BICUBIC), dtype=np.float32)
    return Image.fromarray((soft + chance.normal(0, 3, soft.shape)).clip(0, 255).astype(np.uint8))


def _png(picture: Image.Image, **how: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", **how)
    return buffer.getvalue()


def _told(ways: Ways, rounds: int = ROUNDS) -> None:
    """One row for each way, which take turns; ratios to the first one, round by round."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):  # the first is not counted
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if number:
                spent[name].append(time.perf_counter() - began)
    baseline = next(iter(ways))
    for name, seconds in spent.items():
        ratios = sorted(a / b for a, b in zip(spent[baseline], seconds, strict=True))
        said = f"{median(ratios):.2f} x as quick [{ratios[0]:.2f}, {ratios[-1]:.2f}]"
        row(f"  {name}", f"{median(seconds) * 1e3:.0f} ms", "baseline" if name == baseline else said)
