"""What a painted request is answered with: one JSON object, or a stream of events while it is painted."""

import asyncio
import base64
import time
from collections.abc import AsyncGenerator
from typing import Any

from model.engine import Engine, PaintProgress, PaintResult, Picture
from model.serving.openai_server.protocol.pictures import Wanted

Event = dict[str, Any]


def answer(result: PaintResult) -> Event:
    """The JSON object of a request without `stream`. Encoding large pictures takes a while: use a thread."""
    first = result.pictures[0]
    return _common(first) | {
        "created": int(time.time()),
        "data": [_picture(picture) for picture in result.pictures],
        "refusals": list(result.refusals),
        "model": result.model,
        "seconds": result.seconds,
    }


async def events(engine: Engine, wanted: Wanted) -> AsyncGenerator[Event, None]:
    """Paints, and gives progress and previews as they come, then each picture.

    Closing the iterator ends the painting. Raises what `Engine.paint` raises.
    """
    steps: asyncio.Queue[PaintProgress | None] = asyncio.Queue()
    painting = asyncio.create_task(engine.paint(wanted.paint, steps.put_nowait), name="paint a stream")
    # the callback runs as soon as the task has ended, after the last step was put
    painting.add_done_callback(lambda _: steps.put_nowait(None))
    previews = _Previews(wanted)
    try:
        while (progress := await steps.get()) is not None:
            if progress.loading:  # no step yet, and of how many is not known
                continue
            yield {"type": f"{wanted.kind}.progress", "step": progress.step, "of": progress.of}
            if partial := previews.event(progress):
                yield partial
        result = await painting
    finally:
        painting.cancel()
    for picture in result.pictures:
        yield await asyncio.to_thread(_completed, picture, result, wanted)


class _Previews:
    """Picks at most `wanted.partials` of the previews: the first, and others evenly over the steps."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._given = 0

    def event(self, progress: PaintProgress) -> Event | None:
        """The partial image that is due with this step, if any."""
        index, most = self._given, self._wanted.partials
        due = index < most and progress.step * most >= index * progress.of
        if progress.preview is None or not due:
            return None
        self._given += 1
        size = {"size": f"{self._wanted.paint.width}x{self._wanted.paint.height}"}
        return {
            "type": f"{self._wanted.kind}.partial_image",
            "b64_json": base64.b64encode(progress.preview).decode(),
            "partial_image_index": index,
            "created_at": int(time.time()),
            **_FORMAT,
            **size,
        }


_FORMAT = {"output_format": "png", "background": "opaque", "quality": "auto"}


def _common(picture: Picture) -> Event:
    return _FORMAT | {"size": f"{picture.width}x{picture.height}"}


def _picture(picture: Picture) -> Event:
    """One picture with its seed, and what the check has against it where it was to be marked."""
    unsafe = {"unsafe": picture.unsafe} if picture.unsafe else {}
    return {"b64_json": base64.b64encode(picture.png).decode(), "seed": picture.seed, **unsafe}


def _completed(picture: Picture, result: PaintResult, wanted: Wanted) -> Event:
    """OpenAI's last event of a picture; which pictures were kept back and why stands in each."""
    return {
        "type": f"{wanted.kind}.completed",
        "created_at": int(time.time()),
        **_common(picture),
        **_picture(picture),
        "refusals": list(result.refusals),
        "model": result.model,
        "seconds": result.seconds,
    }
