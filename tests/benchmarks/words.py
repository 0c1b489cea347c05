"""What the benchmarks of the language model share: which model, which edits, and ways that take turns.

`DIFFCHAT_WORDS` is the folder of another model than TinyWorld's, as `.real/smollm2` of `make test-real`.
`DIFFCHAT_EDITS` is a file of edits, in JSON lines with `source` and `instruction`; without it they are drawn
from the little world. What is measured is the time that this process has its one core
(`time.process_time`), so that programs beside it do little harm.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from model.engine import EditRequest
from model.language.llm import DiffChatLLM
from model.presets import resolve
from model.settings import LLMSettings
from model.tiny.edits import random_edit
from tests.benchmarks.figures import Rounds, turns

MOST_TOKENS = 64  # of an answer


def settings() -> LLMSettings:
    """One thread of the CPU, and answers of at most `MOST_TOKENS` tokens."""
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


def until_end(tokens: list[int], ends: Iterable[int]) -> list[int]:
    """The tokens up to the first end token and with it; `generate` fills rows behind theirs."""
    end = next((i for i, token in enumerate(tokens) if token in set(ends)), len(tokens) - 1)
    return tokens[: end + 1]


@contextmanager
def replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """Within it, a constant of a module has another value."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def taking_turns(ways: Mapping[str, Callable[[], Any]], rounds: int) -> Rounds:
    """Seconds of this process for each way and round, forwards and backwards in turn."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _, name in turns(ways, rounds):
        began = time.process_time()
        ways[name]()
        spent[name].append(time.process_time() - began)
    return Rounds(spent)
