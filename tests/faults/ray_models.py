"""Ray Serve as a process of its own, whose replicas are killed on request.

Usage: python -m tests.faults.ray_models. Its port on standard output says that it serves. A line on standard
input, as "Pictures 1", kills one replica of that kind at once; the answer is its name, or "none".

The application is ours as `model serve --ray` runs it, with two replicas of each kind, their batches, streams
and gateways; what it paints and writes with are stand-ins, as TinyWorld needs seconds a picture on two cores.
"""

import os
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any
from unittest import mock

import ray
from ray import serve

from model.engine import (
    Capabilities,
    EditRequest,
    EditResult,
    PaintProgress,
    PaintRequest,
    PaintResult,
    Picture,
)
from model.presets import resolve
from model.serving.cluster.adapters import Adapters
from model.serving.cluster.replicas import Captions, Pictures, Words, _Replica
from model.serving.cluster.settings import ClusterSettings
from model.serving.ray_app import application
from tests.bot.engines import LLM, PAINTER, sketch

STEP_S = 0.005
CLUSTER = ClusterSettings(
    open=True, queue=2000, words_replicas="2", picture_replicas="2", gateway_replicas="2",
    words_cpus=0.1, picture_cpus=0.1, caption_cpus=0.1, drain_seconds=5,
)  # fmt: skip


class Writer:
    """In place of `DiffChatLLM`."""

    name = LLM

    def try_edit(self, requests: Sequence[EditRequest], should_stop: Callable[[], bool]) -> list[EditResult]:
        """What `SketchEngine` writes, for each of a batch."""
        words = [f"{each.source_prompt}, {each.instruction or 'finely drawn'}" for each in requests]
        return [EditResult(prompt, LLM, 0.01) for prompt in words]


class Painter:
    """In place of `Painter`."""

    name = PAINTER
    capabilities = Capabilities()

    def paint(self, request: PaintRequest, step: Callable[[PaintProgress], None]) -> PaintResult:
        """What `SketchEngine` paints, step by step."""
        for done in range(1, request.steps + 1):
            time.sleep(STEP_S)
            step(PaintProgress(done, request.steps))
        size = request.width, request.height
        pictures = [Picture(sketch(request.prompt, seed, *size), seed, *size) for seed in request.seeds]
        return PaintResult(tuple(pictures), PAINTER, 0.02)


class SketchWords(Words):
    """The deployment over `Writer`."""

    def __init__(self, settings: dict[str, Any]) -> None:
        _Replica.__init__(self)
        writer: Any = Writer()
        self._llm, self._adapters = writer, Adapters({}, mock.Mock(), mock.Mock())


class SketchPictures(Pictures):
    """The deployment over `Painter`."""

    def __init__(self, settings: dict[str, Any]) -> None:
        _Replica.__init__(self)
        painter: Any = Painter()
        self._text_check, self._painter = None, painter
        self._adapters = Adapters({}, mock.Mock(), mock.Mock())


class SketchCaptions(Captions):
    """The deployment, for requests that never come."""

    def __init__(self, settings: dict[str, Any]) -> None:
        _Replica.__init__(self)


def free_port() -> int:
    """A port that nothing listens on yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def kill(kind: str, number: int) -> str:
    """End a replica of a kind at once, as a machine that loses its power; its name."""
    actors = [a for a in ray.util.list_named_actors(all_namespaces=True) if f"{kind}#" in a["name"]]
    if not actors:
        return "none"
    chosen = sorted(actors, key=lambda actor: str(actor["name"]))[number % len(actors)]
    try:
        ray.kill(ray.get_actor(chosen["name"], chosen["namespace"]), no_restart=True)
    except ValueError:  # it has just ended
        return "none"
    return str(chosen["name"])


def live() -> None:
    """Serve, and kill what is asked for, until standard input ends."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # 15 otherwise: on a busy machine replicas would hardly get a turn
    os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112  # Ray's own spelling
    ray.init(
        "local", num_cpus=4, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False
    )
    try:
        port = free_port()
        serve.start(http_options={"host": "127.0.0.1", "port": port})
        named: dict[str, Any] = {"Words": SketchWords, "Pictures": SketchPictures, "Captions": SketchCaptions}
        with mock.patch.multiple("model.serving.ray_app", **named):
            serve.run(application(resolve("tiny"), CLUSTER), name="diffchat")
        print(port, flush=True)  # noqa: T201
        for line in sys.stdin:
            kind, number = line.split()
            print(kill(kind, int(number)), flush=True)  # noqa: T201
    finally:
        serve.shutdown()
        ray.shutdown()


if __name__ == "__main__":
    live()
