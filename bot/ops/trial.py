"""The trial of `python -m bot check`: the models loaded, one real edit, one real picture described.

Whatever is wrong with a model (a base model without a chat template, an adapter of another base, a package
that is missing, too little memory) is said here with what to do, and not to the first member who asks. Text
and picture are shown, because only a person sees whether they are any good.

A server elsewhere may bill each picture, so it is asked for one as small as OpenAI's API has any, and for one
of the size in [image] only where it refuses that. What a refusal costs is nothing.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from pathlib import Path

from bot.ops.preflight import Finding
from bot.settings import Settings
from model.engine import EditRequest, Engine, PaintRequest, PaintResult
from model.errors import BadRequest, ModelError
from model.pictures.decoding import MAX_PIXELS, check_picture
from model.serving.memory import Measured, MemoryUse

SOURCE, INSTRUCTION = "a red house in a meadow", "make it night and add a lantern"
FEW_STEPS = 4
SMALL = 256  # pixels of a side, the smallest size that OpenAI's API names ("Create image", `size`)
PICTURE, CHANGED = "check.png", "check-edited.png"
_GIB = 2**30


async def trial_findings(
    settings: Settings, opening: AbstractAsyncContextManager[Engine]
) -> AsyncIterator[Finding]:
    """What loading the engine, an edit by each adapter, a picture and its description come to.

    The engine is closed after.
    """
    began = time.monotonic()
    try:
        async with opening as engine:
            info = engine.info
            loaded = f"{info.llm} and {info.painter} loaded in {time.monotonic() - began:.0f} s"
            yield Finding(True, "models", loaded)
            for variant in ("", *settings.models().llm.variants):
                yield await _edit(engine, variant)
            painted = await _paint(settings, engine)
            yield painted
            if painted.good:
                picture = await asyncio.to_thread((settings.store.data_dir / PICTURE).read_bytes)
                if info.capabilities.edit:
                    yield await _change(settings, engine, picture)
                if info.capabilities.captions:
                    yield await _describe(engine, picture)
            if isinstance(engine, Measured):
                yield Finding(True, "memory", _memory(await engine.memory()))
    except ModelError as error:
        yield Finding(False, "models", str(error))


async def _edit(engine: Engine, variant: str) -> Finding:
    subject = f"edit {variant}".strip()
    asked = f'"{SOURCE}" + "{INSTRUCTION}"'
    try:
        result = await engine.edit(EditRequest(SOURCE, INSTRUCTION, variant=variant))
    except ModelError as error:
        return Finding(False, subject, f"{asked}: {error}")
    return Finding(True, subject, f'{asked} -> "{result.target_prompt}" in {result.seconds:.1f} s')


async def _paint(settings: Settings, engine: Engine) -> Finding:
    image, path = settings.models().image, settings.store.data_dir / PICTURE
    request = PaintRequest(
        prompt=SOURCE,
        seeds=(0,),
        width=image.width,
        height=image.height,
        steps=min(FEW_STEPS, image.steps),
        guidance=image.guidance,
        negative_prompt=image.negative_prompt,
    )
    result: PaintResult | None = None
    small = replace(request, width=min(SMALL, image.width), height=min(SMALL, image.height))
    try:
        if settings.pictures_elsewhere and small != request:
            with suppress(BadRequest):
                result, request = await engine.paint(small), small
        result = result or await engine.paint(request)
        _write(path, result.pictures[0].png)
    except ModelError as error:
        return Finding(False, "picture", str(error))
    except OSError as error:
        return Finding(False, "picture", f"{path} cannot be written ({error.strerror}): check the folder.")
    per_step = f"{result.seconds:.1f} s for {request.steps} of {image.steps} steps"
    return Finding(True, "picture", f"{request.width}x{request.height} in {per_step}: look at {path}")


async def _change(settings: Settings, engine: Engine, picture: bytes) -> Finding:
    """An edit of the picture itself, by the editor where one is set: it is loaded by the first edit."""
    image, path = settings.models().image, settings.store.data_dir / CHANGED
    subject = "editor" if image.editor else "picture edit"
    steps, guidance = image.numbers("edit")
    width, height = check_picture(picture, MAX_PIXELS)
    request = PaintRequest(
        prompt=f"{SOURCE}, {INSTRUCTION}",
        seeds=(0,),
        width=width // 8 * 8,
        height=height // 8 * 8,
        steps=min(FEW_STEPS, steps),
        guidance=guidance,
        way="edit",
        init_image=picture,
        instruction=INSTRUCTION,
    )
    try:
        result = await engine.paint(request)
        _write(path, result.pictures[0].png)
    except ModelError as error:
        return Finding(False, subject, str(error))
    except OSError as error:
        return Finding(False, subject, f"{path} cannot be written ({error.strerror}): check the folder.")
    asked = f'the picture + "{INSTRUCTION}" by {result.model}'
    return Finding(
        True, subject, f"{asked} in {result.seconds:.1f} s for {request.steps} steps: look at {path}"
    )


async def _describe(engine: Engine, picture: bytes) -> Finding:
    """What describes pictures is loaded when somebody first brings one: here, so that it is not a member."""
    began = time.monotonic()
    try:
        said = await engine.describe(picture)
    except ModelError as error:
        return Finding(False, "captioner", str(error))
    if not said.strip():
        return Finding(
            False, "captioner", "it had no words for the picture: name another in [captioner] model."
        )
    return Finding(True, "captioner", f'the picture -> "{said}" in {time.monotonic() - began:.1f} s')


def _write(path: Path, png: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png)


def _memory(uses: Sequence[MemoryUse]) -> str:
    """`llm 1.2 GiB, picture 2.0 GiB and 5.1 GiB of the GPU`."""
    return ", ".join(
        f"{use.kind} {use.ram / _GIB:.1f} GiB"
        + (f" and {use.gpu / _GIB:.1f} GiB of the GPU" if use.gpu else "")
        for use in uses
    )
