"""What a second replica brings under Ray Serve, with TinyWorld's models on this machine."""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any

from openai import AsyncOpenAI

from model.language.prompt import chat_messages
from model.presets import resolve
from model.serving.cluster.settings import ClusterSettings
from tests.benchmarks.figures import Figure

EDITS, PICTURES, AT_ONCE = 64, 32, 8


async def run() -> list[Figure]:
    """two replicas against one, 8 requests at once; on two cores the ratio says little"""
    import ray

    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init("local", num_cpus=4, include_dashboard=False, log_to_driver=False)
    try:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        one = await _rates(1, port)
        two = await _rates(2, port)
    finally:
        ray.shutdown()
    return [
        Figure(f"{kind}, two replicas", double, "/s", "one replica", double / single)
        for kind, single, double in zip(("edits", "pictures"), one, two, strict=True)
    ]


async def _rates(replicas: int, port: int) -> tuple[float, float]:
    """Edits and pictures per second with so many replicas of each."""
    from ray import serve

    from model.serving.ray_app import application

    cluster = ClusterSettings(
        open=True,
        words_replicas=str(replicas),
        picture_replicas=str(replicas),
        words_cpus=0.5,
        picture_cpus=0.5,
    )
    settings = resolve("tiny", image={"threads": 1})

    def start() -> None:
        serve.start(http_options={"host": "127.0.0.1", "port": port})
        serve.run(application(settings, cluster), name="diffchat")

    await asyncio.to_thread(start)
    url = f"http://127.0.0.1:{port}/v1"
    async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0, timeout=600) as client:

        async def edit(number: int) -> object:
            messages: Any = chat_messages("a red house in a meadow", "make it night")
            return await client.chat.completions.create(model="diffchat", messages=messages, seed=number)

        async def paint(number: int) -> object:
            return await client.images.generate(prompt="a red house", extra_body={"seed": number})

        return await _rate(edit, EDITS), await _rate(paint, PICTURES)


async def _rate(one: Callable[[int], Awaitable[object]], times: int) -> float:
    """Requests per second, after a first round that is not counted."""
    line = asyncio.Semaphore(AT_ONCE)

    async def in_turn(number: int) -> None:
        async with line:
            await one(number)

    await asyncio.gather(*map(in_turn, range(AT_ONCE)))
    began = time.monotonic()
    await asyncio.gather(*map(in_turn, range(times)))
    return times / (time.monotonic() - began)
