"""Pictures from servers elsewhere: `POST /v1/images/generations` and `POST /v1/images/edits`.

Beside OpenAI's fields go those that vLLM-Omni ("Image Generation API") and SGLang Diffusion both take:
`seed`, `num_inference_steps`, `guidance_scale`, `negative_prompt`. A field that a server refuses is left out
from then on (`RemoteServer.sending`). `strength`, `seeds`, `unsafe`, `scheduler`, instructions and masks are
sent only where the server says that it knows them: others ignore unknown fields in silence, and the picture
would be another one than was asked for.
"""

import asyncio
import logging
import math
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any, Protocol

from openai import AsyncStream

from model.engine import OnProgress, PaintProgress, PaintRequest, PaintResult, Way
from model.errors import BadAnswer, BadRequest, PictureRefused, Unsupported
from model.loading import display_name
from model.pictures.references import as_further_picture
from model.pictures.ways import check
from model.serving.remote.answers import Answer, from_events, picture, preview
from model.serving.remote.pool import ServerPool
from model.serving.remote.server import Fields, RemoteServer, parsed

log = logging.getLogger(__name__)

MAX_ANSWER = 128 * 2**20  # bytes: four pictures of 2048x2048 that cannot be packed, in base64, with room
LEAST_STRENGTH = 0.02  # as the painter's: less noise changes nothing that can be seen
_PARTIAL_IMAGES = 3  # the most that OpenAI takes


_NEEDS: dict[Way, dict[str, str]] = {
    "repaint": {},
    "keep": {"strength": "cannot paint over a picture and keep a share of it"},
    "edit": {"edit": "do not say that they follow instructions on a picture"},
    "region": {"region": "do not say that they paint inside a mask"},
}
"""What each way of painting needs of every server, and what is said where one has it not."""


class Verdicts(Protocol):
    """Looks at pictures where the server does not (`model.serving.safety_check.SafetyCheckProcess`)."""

    async def verdict(self, png: bytes) -> str:
        """What the check has against a picture; "" for nothing."""


class RemotePainter:
    """Paints. `verdicts` looks at pictures that came without a verdict.

    `served`: what the servers call the pipelines of [models.NAME], by their names here.
    """

    def __init__(self, pool: ServerPool, verdicts: Verdicts, served: Mapping[str, str] | None = None) -> None:
        self._pool = pool
        self._verdicts = verdicts
        self._served = served or {}

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None) -> PaintResult:
        """One picture for each seed, in order; `on_progress` hears what the server tells.

        Raises `model.errors`: BadRequest for what does not go together, Unsupported for what the servers
        cannot do, PictureRefused when none is left.
        """
        check(request)
        if request.model and request.model not in self._served:
            raise BadRequest(
                f'There is no model "{request.model}" here: it may have been taken out of the settings.'
            )
        _refuse_what_no_server_takes(request)
        there = self._served.get(request.model, "")
        request = as_further_picture(request)
        self._check_able(request, there)
        loop = asyncio.get_running_loop()
        started = loop.time()
        groups = self._groups(request.seeds, there)
        steps = _Steps(len(groups), on_progress)
        tasks = [
            asyncio.ensure_future(_refusable(self._group(replace(request, seeds=seeds), steps, number)))
            for number, seeds in enumerate(groups)
        ]
        try:
            results = await asyncio.gather(*tasks)
        finally:
            for task in tasks:  # after a failure the work of the others would be for nothing
                task.cancel()
        pictures = [picture for result in results for picture in result.pictures]
        refusals = [why for result in results for why in result.refusals]
        if not pictures:
            raise PictureRefused(refusals[0])
        model = next(result.model for result in results if result.pictures)
        return PaintResult(tuple(pictures), model, loop.time() - started, tuple(refusals))

    def _check_able(self, request: PaintRequest, there: str) -> None:
        """Raise Unsupported for what not all servers say they can do: it would be ignored in silence."""
        needs = dict(_NEEDS[request.way])
        if request.more_images:
            needs["several_pictures"] = "edit one picture at a time"
        for needed, said in needs.items():
            if not self._pool.everyone(partial(RemoteServer.can, name=needed, model=there)):
                raise Unsupported(f"The picture servers {said}.")
        wanted = request.scheduler
        if wanted and not self._pool.everyone(lambda server: wanted in server.listed("schedulers", there)):
            raise Unsupported(f"The picture servers do not say that they have the scheduler {wanted}.")

    def _groups(self, seeds: tuple[int, ...], there: str) -> list[tuple[int, ...]]:
        """The seeds of each request: all in one where every server takes several, else one by one."""
        together = self._pool.everyone(lambda server: server.can("seeds", there))
        return [seeds] if together else [(seed,) for seed in seeds]

    async def _group(self, request: PaintRequest, steps: "_Steps", group: int) -> PaintResult:
        result, judged = await self._pool.ask(
            partial(
                _painted, request=request, steps=steps, group=group, there=self._served.get(request.model, "")
            )
        )
        # outside of the request, whose time is the server's: the check may have to be loaded first
        pictures, refusals = [], list(result.refusals)
        for sent in result.pictures:
            unsafe = sent.unsafe
            if not judged:
                unsafe = unsafe or await self._verdicts.verdict(sent.png)
            if unsafe and request.unsafe == "refuse":
                refusals.append(unsafe)
            else:
                pictures.append(replace(sent, unsafe=unsafe))
        return replace(result, pictures=tuple(pictures), refusals=tuple(refusals))


def _refuse_what_no_server_takes(request: PaintRequest) -> None:
    """Raise Unsupported for what OpenAI's protocol, and what servers add to it, have no name for."""
    if request.upscale:
        raise Unsupported("The picture servers make no picture larger without painting over it.")
    if request.reference is not None and (request.way != "edit" or request.reference_weight is not None):
        raise Unsupported("The picture servers take a reference picture for edits alone, without a weight.")


async def _painted(
    server: RemoteServer, *, request: PaintRequest, steps: "_Steps", group: int, there: str
) -> tuple[PaintResult, bool]:
    """One request's pictures, and whether the server has judged them.

    `there` is the server's name of the pipeline of [models.NAME] that is asked for; "" is the usual one.

    A server that gives fewer than were asked for must say why.
    """
    model = _model(server, request.lora, there)
    fields = _fields(server, request, there)
    answer = await server.sending(fields, partial(_send, server, model, request, steps, group))
    if len(answer.pictures) + len(answer.refusals) < len(request.seeds):
        raise BadAnswer(f"The server sent {len(answer.pictures)} of {len(request.seeds)} pictures.")
    if "negative_prompt" in server.unknown:  # it was left out, so the file must not tell of it
        request = replace(request, negative_prompt="")
    name = display_name(there or server.model) + (f" + {request.lora}" if request.lora else "")
    pictures = []
    for sent, seed in zip(answer.pictures, request.seeds, strict=False):
        told = seed if sent.seed not in request.seeds else sent.seed
        pictures.append(await asyncio.to_thread(picture, sent, told, request, name))
    return PaintResult(tuple(pictures), name, 0.0, tuple(answer.refusals)), server.can("safety", there)


def _model(server: RemoteServer, lora: str, there: str) -> str:
    """The name to ask for. Raises Unsupported for a LoRA that the server does not list."""
    if not lora:
        return there or server.model
    if there:
        raise Unsupported(f"A server takes one name of a model: ask for {there} without a LoRA.")
    if server.listing is None or server.listing.find(lora) is None:
        raise Unsupported(f"{server.url} has no {lora}: take it out of [image] loras, or serve it there.")
    return lora


def _fields(server: RemoteServer, request: PaintRequest, there: str) -> dict[str, Any]:
    """The fields of a request beside prompt and model."""
    seeds = request.seeds
    fields: dict[str, Any] = {
        "n": len(seeds),
        "size": f"{request.width}x{request.height}",
        "response_format": "b64_json",  # SGLang's own default is an address
        "output_format": "png",  # vLLM-Omni's own default for edits is JPEG
        "seed": seeds[0],
        "num_inference_steps": request.steps,
        "guidance_scale": request.guidance,
    }
    given = {
        "negative_prompt": request.negative_prompt,
        "scheduler": request.scheduler,
        "instruction": request.instruction,
        "source_prompt": request.source_prompt if server.can("by_prompts", there) else "",
        "image_guidance_scale": request.picture_guidance,
    }
    fields |= {name: value for name, value in given.items() if value}
    if server.can("seeds", there) and any(after != before + 1 for before, after in pairwise(seeds)):
        fields["seeds"] = list(seeds)
    if server.can("safety", there):
        fields["unsafe"] = request.unsafe
    if request.way in ("keep", "region"):
        fields["strength"] = round(max(LEAST_STRENGTH, 1 - request.keep), 6)
    # vLLM-Omni refuses `stream` for edits by most of its pipelines; only a server that says so streams those
    if server.can("progress", there) or server.can("previews", there) or request.init_image is None:
        fields["stream"] = True
        if server.can("previews", there) or not server.is_ours:
            fields["partial_images"] = _PARTIAL_IMAGES
    return fields


async def _send(
    server: RemoteServer, model: str, request: PaintRequest, steps: "_Steps", group: int, fields: Fields
) -> Answer:
    """One request, and its answer as JSON or as a stream, whichever the server chose."""
    asked: Any = dict(fields)
    asked["stream"] = asked.pop("stream", False)
    images = server.client.images.with_streaming_response
    own = {name: asked.pop(name) for name in list(asked) if name not in _OPENAI}
    if request.init_image is None:
        sending = images.generate(prompt=request.prompt, model=model, extra_body=own, **asked)
    else:
        files = [
            (f"picture{number or ''}.png", data, "image/png")
            for number, data in enumerate((request.init_image, *request.more_images))
        ]
        if request.mask is not None:
            asked["mask"] = ("mask.png", request.mask, "image/png")
        # one picture goes under the name `image`, which more servers know than `image[]`
        image: Any = files if len(files) > 1 else files[0]
        sending = images.edit(image=image, prompt=request.prompt, model=model, extra_body=own, **asked)
    async with sending as response:
        if not response.headers.get("content-type", "").startswith("text/event-stream"):
            answer = Answer()
            answer.take(parsed(await response.read()))
            return answer
        events: AsyncStream[object] = await response.parse(to=AsyncStream[object])
        reports = steps.of(group, server)
        try:
            return await from_events(aiter(events), len(request.seeds), request.steps, reports.note)
        finally:
            await reports.end()


_OPENAI = ("n", "size", "response_format", "output_format", "stream", "partial_images")
"""What the client's own methods take; the rest goes into `extra_body`."""


class _Steps:
    """The progress of several requests as one: their steps added up, previews of the first alone."""

    def __init__(self, groups: int, on_progress: OnProgress | None) -> None:
        self._at = [(0, 0)] * groups
        self._on_progress = on_progress

    def of(self, group: int, server: RemoteServer) -> "_Reports":
        """What takes the reports of one request."""
        return _Reports(self, group, server)

    def tell(self, group: int, progress: PaintProgress) -> None:
        """Report all that is done, now that one request came to a step."""
        # a preview takes a moment to decode, and a later step may have been told meanwhile
        self._at[group] = max(self._at[group], (progress.step, progress.of))
        if self._on_progress is None:
            return
        longest = max(of for _, of in self._at)
        total = PaintProgress(
            sum(step for step, _ in self._at),
            sum(of or longest for _, of in self._at),
            progress.preview if group == 0 else None,
        )
        try:
            self._on_progress(total)
        except Exception:
            log.exception("a progress callback failed")


class _Reports:
    """Decodes previews in a thread, the newest only, so that the stream is read on meanwhile."""

    def __init__(self, steps: _Steps, group: int, server: RemoteServer) -> None:
        self._steps, self._group, self._server = steps, group, server
        self._newest: tuple[int, int, str] | None = None
        self._shower: asyncio.Task[None] | None = None
        self._partials = 0
        self._step = 0

    def note(self, step: int, of: int, b64: str) -> None:
        """Take a report of the stream."""
        if b64:
            self._server.streamed = True
            self._partials += 1
            if not step:  # OpenAI tells no steps, only that so many previews of so many are there
                step = math.floor(of * self._partials / (_PARTIAL_IMAGES + 1))
            self._newest = step, of, b64
            self._live(step, of)
            if self._shower is None or self._shower.done():
                self._shower = asyncio.create_task(self._show(), name="preview")
        else:
            self._live(step, of)
            self._steps.tell(self._group, PaintProgress(step, of))

    def _live(self, step: int, of: int) -> None:
        """A further step is a sign of life, unlike one that is told again and again."""
        if self._step < step <= of:
            self._step = step
            self._server.heard()

    async def _show(self) -> None:
        while self._newest is not None:
            newest, self._newest = self._newest, None
            self._steps.tell(self._group, await asyncio.to_thread(preview, *newest))

    async def end(self) -> None:
        """Let the preview that is being decoded be shown."""
        if self._shower is not None:
            await asyncio.wait([self._shower])


async def _refusable(work: Awaitable[PaintResult]) -> PaintResult:
    """A result; one without a picture where the only one is refused, so that the others are still there."""
    try:
        return await work
    except PictureRefused as refused:
        return PaintResult((), "", 0.0, (str(refused),))
