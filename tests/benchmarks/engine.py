"""What batching, few steps and 4-bit weights bring, on the embedded models."""

import asyncio

from model.engine import EditRequest, PaintRequest
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from tests.benchmarks.figures import Figure, take_turns

ROUNDS = 5
SOURCE = "a red house in a meadow, soft light, highly detailed"


async def run() -> list[Figure]:
    """one request at a time against batches; full weights against NF4"""
    settings = resolve("tiny")
    image = settings.image

    def paint(*seeds: int) -> PaintRequest:
        return PaintRequest(SOURCE, seeds, image.width, image.height, image.steps, image.guidance)

    edits = [EditRequest(SOURCE, word) for word in ("make it night", "add a fox", "no house", "in the rain")]
    full, nf4 = LocalEngine(settings), LocalEngine(resolve("tiny", {"quantization": "nf4"}), only="llm")
    async with full, nf4:
        rounds = await take_turns(
            {
                "one edit": lambda: full.edit(edits[0]),
                "four edits": lambda: asyncio.gather(*map(full.edit, edits)),
                "nf4": lambda: nf4.edit(edits[0]),
                "one picture": lambda: full.paint(paint(1)),
                "four pictures": lambda: full.paint(paint(1, 2, 3, 4)),
            },
            ROUNDS,
        )
    return [
        Figure("one edit", rounds.seconds("one edit") * 1e3, "ms"),
        Figure(
            "four edits at once", rounds.seconds("four edits") * 1e3, "ms",
            "one by one", rounds.quicker("four edits", "one edit", work=4),
        ),
        Figure(
            "one edit, NF4 weights", rounds.seconds("nf4") * 1e3, "ms",
            "full weights", rounds.quicker("nf4", "one edit"),
        ),
        Figure("one picture", rounds.seconds("one picture") * 1e3, "ms"),
        Figure(
            "four pictures at once", rounds.seconds("four pictures") * 1e3, "ms",
            "one by one", rounds.quicker("four pictures", "one picture", work=4),
        ),
    ]  # fmt: skip
