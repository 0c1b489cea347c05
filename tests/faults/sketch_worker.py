"""A worker process that paints sketches, and goes wrong as often as a file says: FOLDER/<way>, a number.

It speaks through the very code of `model.serving.worker`; only the model is small. FOLDER is FAULTS in the
environment.
"""

import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from model.engine import EditRequest, EditResult, PaintProgress, PaintRequest, PaintResult, Picture
from model.errors import OutOfMemory
from model.serving import wire
from model.serving.worker import Fields, Loaded, Request, main
from tests.bot.engines import LLM, PAINTER, sketch

FOLDER = Path(os.environ["FAULTS"])


def goes(way: str) -> bool:
    """Whether to go wrong in this way once more; counted down in the file."""
    file = FOLDER / way
    left = int(file.read_text()) if file.exists() else 0
    if left:
        file.write_text(str(left - 1))
    return left > 0


def spoil(kind: str) -> None:
    """Go wrong before the work is done."""
    if goes(f"{kind}-killed"):
        os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory runs out
    if goes(f"{kind}-hung"):
        time.sleep(3600)
    if goes(f"{kind}-memory"):
        raise OutOfMemory("A picture of this size does not fit the memory.")


def edit(request: Request) -> list[wire.Frame]:
    """The instruction after the source, as `SketchEngine` does it."""
    spoil("llm")
    wanted = [EditRequest(**fields) for fields in request.requests]
    written = [
        EditResult(f"{want.source_prompt}, {want.instruction or 'finely drawn'}", LLM, 0.01)
        for want in wanted
    ]
    if goes("llm-garbage"):
        return []  # an answer for nobody
    return [(asdict(result), []) for result in written]


def paint(request: Request) -> list[wire.Frame]:
    """A sketch for each seed, with a report after the first step."""
    asked = zip(request.requests, request.blobs, strict=True)
    wanted = [wire.paint_request(fields, blobs) for fields, blobs in asked]
    for index, want in enumerate(wanted):
        request.progress(PaintProgress(1, want.steps), index)
    spoil("picture")
    outcomes = [sketched(want) for want in wanted]
    if goes("picture-garbage"):
        return [(fields, [b"no picture" for _ in blobs]) for fields, blobs in outcomes]
    if goes("picture-noframe"):
        wire.pack = lambda *_: b"\xff" * 64  # what is no frame at all
    return outcomes


def sketched(wanted: PaintRequest) -> wire.Frame:
    """The outcome of one request."""
    size = wanted.width, wanted.height
    pictures = tuple(Picture(sketch(wanted.prompt, seed, *size), seed, *size) for seed in wanted.seeds)
    return wire.result_fields(PaintResult(pictures, PAINTER, 0.02))


def load(settings: Fields) -> Loaded:
    """Either worker has both handlers; the engine asks each for its own."""
    handlers: dict[str, Any] = {"edit": edit, "paint": paint}
    return Loaded(sys.argv[1], handlers)


if __name__ == "__main__":
    main(sys.argv[1], load)
