"""Whether pictures are painted while the words of other turns are written, and when a first preview comes."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from bot.sandbox.person import Person
from model.engine import PaintProgress, PaintRequest
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.settings import ModelSettings
from tests.benchmarks.demo import next_picture
from tests.benchmarks.figures import Figure, Ratio, Rounds, at_least, median
from tests.benchmarks.together import WORDS
from tests.e2e.discordworld import open_world

ROUNDS, PREVIEWED = 2, 5
TOGETHER, ALONE = "five turns at once", "one turn at a time"
Span = tuple[float, float]


class Timeline:
    """When each worker of an engine was at work, by the clock of `time.monotonic`."""

    def __init__(self, engine: LocalEngine) -> None:
        self.spans: dict[str, list[Span]] = {kind: [] for kind in engine._queues}
        for kind, queue in engine._queues.items():
            setattr(queue, "_serve", _noting(queue._serve, self.spans[kind]))  # noqa: B010  mypy's sake

    def share(self) -> float:
        """The share of all writing, from the first painting on, during which pictures were painted too."""
        painting = self.spans["picture"]
        begun = painting[0][0]
        writing = [(max(start, begun), end) for start, end in self.spans["llm"] if end > begun]
        both = sum(
            max(0.0, min(end, other_end) - max(start, other))
            for start, end in writing
            for other, other_end in painting
        )
        return both / max(1e-9, sum(end - start for start, end in writing))

    def busy(self) -> float:
        """The share of the time between the first and the last picture in which one was painted."""
        painting = self.spans["picture"]
        return sum(end - start for start, end in painting) / (painting[-1][1] - painting[0][0])


def _noting(serve: Callable[..., Awaitable[None]], spans: list[Span]) -> Callable[..., Awaitable[None]]:
    async def noted(batch: Any) -> None:
        began = time.monotonic()
        await serve(batch)
        spans.append((began, time.monotonic()))

    return noted


async def run() -> list[Figure]:
    """eight conversations of two turns: words beside pictures; seconds to a first preview"""
    settings = resolve("tiny")
    spent: dict[str, list[float]] = {TOGETHER: [], ALONE: []}
    shares, busy = [], []
    for _ in range(ROUNDS):  # each begins anew, so that nothing is left of the one before
        for name, running in ((TOGETHER, 5), (ALONE, 1)):
            seconds, timeline = await _conversations(settings, running)
            spent[name].append(seconds)
            if running > 1:
                shares.append(timeline.share())
                busy.append(timeline.busy())
    rounds = Rounds(spent)
    return [
        Figure(f"sixteen turns, {ALONE}", rounds.seconds(ALONE), "s"),
        Figure(
            f"sixteen turns, {TOGETHER}",
            rounds.seconds(TOGETHER),
            "s",
            ALONE,
            rounds.quicker(TOGETHER, ALONE),
        ),
        Figure("writing that lay beside painting", 100 * median(shares), "%", goal=at_least(90)),
        Figure("the painter at work, from first to last picture", 100 * median(busy), "%"),
        *await _previews(),
    ]


async def _conversations(settings: ModelSettings, running: int) -> tuple[float, Timeline]:
    """Seconds until eight people have their picture and a refinement of it, and who worked when."""
    limits = {"limits": {"running": running}}
    with tempfile.TemporaryDirectory() as folder:
        async with LocalEngine(settings) as engine, open_world(Path(folder), engine, limits) as world:
            await world.start_bot()
            timeline = Timeline(engine)
            began = time.monotonic()
            await asyncio.gather(*(_talk(world.sandbox.url, words) for words in WORDS))
            return time.monotonic() - began, timeline


async def _talk(url: str, words: str) -> None:
    async with Person.enter(url, words) as person:
        seen: set[str] = set()
        await person.slash(await person.channel_id("pictures"), "imagine", prompt=words)
        thread = ""
        while thread == "":  # everybody sees the pictures of the others too; threads have their words as name
            place = (await next_picture(person, seen))["channel_id"]
            thread = place if words in (await person.channel(place))["name"] else ""
        await person.say(thread, "make it snowy")
        while (await next_picture(person, seen))["channel_id"] != thread:
            pass


async def _previews() -> list[Figure]:
    """The first preview beside the first step, which is the earliest that there can be one."""
    settings = resolve("tiny", image={"previews": True})
    image = settings.image
    first_steps, firsts, ends = [], [], []
    async with LocalEngine(settings, only="picture") as engine:
        for number in range(PREVIEWED + 1):  # the first is not counted
            request = PaintRequest(
                WORDS[0], (number,), image.width, image.height, image.steps, image.guidance
            )
            step, preview, end = await _first(engine, request)
            if number:
                first_steps.append(step)
                firsts.append(preview)
                ends.append(end)
    return [
        Figure("first preview", median(firsts) * 1e3, "ms", "the whole picture, time", _of(firsts, ends)),
        Figure(
            "a step without a preview",
            median(first_steps) * 1e3,
            "ms",
            "first preview, time",
            _of(first_steps, firsts),
        ),
    ]  # fmt: skip


async def _first(engine: LocalEngine, request: PaintRequest) -> tuple[float, float, float]:
    """Seconds until the second step's report less the first's (a step by itself), a preview, and the end."""
    began = time.monotonic()
    heard: list[tuple[float, PaintProgress]] = []
    await engine.paint(request, lambda progress: heard.append((time.monotonic() - began, progress)))
    preview = next(at for at, progress in heard if progress.preview)
    return heard[2][0] - heard[1][0], preview, time.monotonic() - began


def _of(some: Sequence[float], whole: Sequence[float]) -> Ratio:
    return Ratio.of([a / b for a, b in zip(some, whole, strict=True)])
