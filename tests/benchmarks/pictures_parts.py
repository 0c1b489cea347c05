"""Parts of a picture, each by itself against another way: files, previews, networks, steps.

What is compared is one change; all else is as the painter has it. What fewer steps cost, TinyWorld's judge
says.
"""

import asyncio
import io
import random
import time
import zlib
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
from tests.benchmarks.figures import Figure, Way, take_turns
from training.tiny.judge import TinyWorldJudge

ROUNDS, LARGE, BATCH, JUDGED, SEED = 5, 1024, 4, 24, 20
TODAY = "today"
Ways = dict[str, Way]


async def run() -> list[Figure]:
    """files, previews, networks and steps, each against today's or yesterday's way"""
    image = resolve("tiny").image
    use_threads(image.threads)
    return [
        *await _files(),
        *await _previews(_loaded(image)),
        *await _networks(image),
        *await asyncio.to_thread(_steps, image),
    ]


async def _files() -> list[Figure]:
    """PNGs of four pictures with a photo's fine grain, one after the other and in threads."""
    pictures = [_grained(seed) for seed in range(BATCH)]

    def as_before() -> int:
        return sum(len(_png(picture, compress_level=6)) for picture in pictures)

    def runs() -> int:
        return sum(len(_png(picture, compress_type=zlib.Z_RLE)) for picture in pictures)

    def in_threads() -> int:
        with ThreadPoolExecutor() as writers:
            return sum(writers.map(lambda one: len(_png(one, compress_type=zlib.Z_RLE)), pictures))

    what = f"{BATCH} files of {LARGE}x{LARGE} pixels"
    size = Figure(f"{what}, size with runs alone", 100 * runs() / as_before(), "% of zlib's level 6")
    ways: Ways = {"zlib's level 6": as_before, "runs alone": runs, "runs alone, in threads": in_threads}
    return [size, *await _compared(what, ways)]


async def _previews(pipe: Any) -> list[Figure]:
    side = LARGE // pipe.vae_scale_factor
    latents = torch.randn(1, pipe.vae.config.latent_channels, side, side)

    def whole() -> None:
        with torch.inference_mode():
            pipe.vae.decode(latents)

    def small() -> None:
        preview.preview(pipe, "plain", latents, (LARGE, LARGE))

    ways: Ways = {"decoded whole": whole, "from shrunk latents": small}
    return await _compared(f"a preview of {LARGE}x{LARGE} pixels", ways, rounds=3)


async def _networks(image: ImageSettings) -> list[Figure]:
    """The pipeline in other memory layouts and with other attention, and with its words embedded before."""
    pipe, last, plain, sliced = (_loaded(image) for _ in range(4))
    for part in (last.unet, last.vae):
        part.to(memory_format=torch.contiguous_format)
    plain.unet.set_attn_processor(AttnProcessor())
    sliced.enable_attention_slicing()
    words = "a red fox in the snow at night, flat illustration"
    with torch.inference_mode():
        prompt, negative = pipe.encode_prompt(words, pipe.device, 1, do_classifier_free_guidance=True)
    known = {"prompt_embeds": prompt, "negative_prompt_embeds": negative}
    ways: Ways = {
        TODAY: lambda: _painted(pipe, image, prompt=[words]),
        "its words embedded before": lambda: _painted(pipe, image, **known),
        "channels first, as loaded from the file": lambda: _painted(last, image, prompt=[words]),
        "attention without PyTorch's own": lambda: _painted(plain, image, prompt=[words]),
        "attention in slices": lambda: _painted(sliced, image, prompt=[words]),
    }
    return await _compared("one picture of TinyWorld", ways)


def _steps(image: ImageSettings) -> list[Figure]:
    """What fewer steps cost: the share of the pictures' requirements that the judge sees."""
    pipe, judge, chance = _loaded(image), TinyWorldJudge(), random.Random(SEED)
    prompts = [beautified(Scene.random(chance), chance) for _ in range(JUDGED)]
    figures, whole = list[Figure](), 0.0
    for steps in (image.steps, 8, 6, 4):
        began = time.perf_counter()
        pictures = [
            picture
            for at in range(0, JUDGED, 8)
            for picture in _painted(pipe, image, steps, prompt=prompts[at : at + 8], output_type="pil")
        ]
        seconds = (time.perf_counter() - began) / JUDGED
        whole = whole or seconds
        seen = 100 * sum(judge(pictures, prompts)) / JUDGED
        figures.append(
            Figure(
                f"seen by the judge, {steps} steps, {JUDGED} pictures", seen, "%",
                f"{image.steps} steps, speed", whole / seconds,
            )
        )  # fmt: skip
    return figures


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


async def _compared(what: str, ways: Ways, rounds: int = ROUNDS) -> list[Figure]:
    """A figure for each way, which take turns; ratios to the first one, round by round."""
    spent = await take_turns(ways, rounds)
    first = next(iter(ways))
    return [
        Figure(f"{what}, {name}", spent.seconds(name) * 1e3, "ms")
        if name == first
        else Figure(f"{what}, {name}", spent.seconds(name) * 1e3, "ms", first, spent.quicker(name, first))
        for name in ways
    ]
