"""What the benchmarks of the language model share: which model, which edits, and ways that take turns.

`DIFFCHAT_WORDS` is the folder of another model than TinyWorld's, as `.real/smollm2` of `make test-real`.
`DIFFCHAT_EDITS` is a file of edits, in JSON lines with `source` and `instruction`; without it they are drawn
from the little world. What is measured is the time of this process on its one core (`time.process_time`), so
that programs beside it do little harm.
"""

import json
import os
import random
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from model.engine import EditRequest
from model.language.llm import DiffChatLLM
from model.presets import resolve
from model.settings import LLMSettings
from model.tiny.edits import random_edit

MOST_TOKENS = 64  # of an answer


def settings() -> LLMSettings:
    """One thread, the CPU, and answers of at most `MOST_TOKENS` tokens."""
    folder = os.environ.get("DIFFCHAT_WORDS") or resolve("tiny").llm.model
    return LLMSettings(model=folder, device="cpu", threads=1, max_new_tokens=MOST_TOKENS)


@cache
def language_model() -> DiffChatLLM:
    """The model that is measured, loaded once."""
    return DiffChatLLM.load(settings())


def edits(count: int, seed: int = 20) -> list[EditRequest]:
    """So many edits of people, or of the little world."""
    rng = random.Random(seed)
    path = os.environ.get("DIFFCHAT_EDITS")
    if path:
        rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
        return [EditRequest(row["source"], row["instruction"]) for row in rng.sample(rows, count)]
    drawn = (random_edit(rng) for _ in range(2 * count))
    return [EditRequest(edit.source, edit.instruction) for edit in drawn if edit.instruction][:count]


def taking_turns(ways: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Seconds of this process for each way and round; a first round is not counted."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = time.process_time()
            way()
            if number:
                spent[name].append(time.process_time() - began)
    return spent
