"""How often the check for unasked changes speaks up after ordinary edits of the little world.

`python -m tests.benchmarks.unasked_edits` counts, over 300 random edits (seed 17), how often
`bot.domain.unasked` finds something in the true target, and in what the shipped language model writes, apart
by whether that is the right scene.
"""

import argparse
import asyncio
import random

from bot.domain.unasked import unasked
from model.engine import EditRequest
from model.errors import EditError
from model.presets import resolve
from model.serving.local_engine import LocalEngine
from model.tiny.edits import Edit, random_edit
from model.tiny.grammar import parse


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.unasked_edits", description=__doc__)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--show", action="store_true", help="print the edits that are spoken of")
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)  # not for secrets
    edits = [edit for edit in (random_edit(rng) for _ in range(chosen.edits)) if edit.instruction]
    asyncio.run(_count(edits, show=chosen.show))


async def _count(edits: list[Edit], *, show: bool) -> None:
    true = [edit for edit in edits if unasked(edit.source, edit.instruction, edit.target)]
    print(f"{len(edits)} edits with an instruction; of the true targets {len(true)} are spoken of")
    async with LocalEngine(resolve("tiny"), only="llm") as engine:
        written = [await _written(engine, edit) for edit in edits]
    told = {True: 0, False: 0}
    of = {True: 0, False: 0}
    for edit, target in zip(edits, written, strict=True):
        right = parse(target) == edit.after
        found = unasked(edit.source, edit.instruction, target)
        of[right] += 1
        told[right] += bool(found)
        if show and found:
            print(f"{right} {edit.source!r} + {edit.instruction!r} -> {target!r}: {found}")
    print(f"written right: {told[True]} of {of[True]} are spoken of; wrong: {told[False]} of {of[False]}")


async def _written(engine: LocalEngine, edit: Edit) -> str:
    try:
        return (await engine.edit(EditRequest(edit.source, edit.instruction))).target_prompt
    except EditError:
        return edit.source


if __name__ == "__main__":
    main()
