"""The constant beginning of prompts: read once, with the same tokens as without."""

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from transformers import GenerationConfig

from model.engine import EditRequest, Step
from model.language.llm import DiffChatLLM
from model.language.prefix_cache import LEAST, PrefixCache, padded, shared_start
from model.settings import LLMSettings
from tests.model.conftest import build_llm

torch.manual_seed(1)
PREFIX = tuple(torch.randint(1, 100, (LEAST + 8,)).tolist())
ROWS = [[*PREFIX, *torch.randint(1, 100, (length,)).tolist()] for length in (3, 7, 5)]


@pytest.fixture(scope="module")
def model() -> Any:
    return build_llm("llama", 100).double().eval()


@pytest.fixture
def read(model: Any) -> Iterator[list[int]]:
    """How many tokens each pass through the model has read."""
    counts: list[int] = []
    hook = model.get_input_embeddings().register_forward_hook(
        lambda _, inputs, __: counts.append(inputs[0].shape[1])
    )
    yield counts
    hook.remove()


def generated(
    model: Any, rows: list[list[int]], *prefixes: tuple[int, ...], lookup: int | None = None
) -> Any:
    how = GenerationConfig(
        max_new_tokens=12, do_sample=False, pad_token_id=0, eos_token_id=None, prompt_lookup_num_tokens=lookup
    )
    cache = PrefixCache(model, 0, lambda: prefixes)
    with torch.inference_mode():
        cache.generate(rows, generation_config=how)
        return cache.generate(rows, generation_config=how)[:, max(map(len, rows)) :].tolist()


@pytest.mark.parametrize("rows", [ROWS[:1], ROWS], ids=["one", "batch"])
def test_the_same_tokens_with_less_to_read(model: Any, read: list[int], rows: list[list[int]]) -> None:
    plain = generated(model, rows)
    assert max(read) > len(PREFIX)
    read.clear()
    assert generated(model, rows, PREFIX) == plain
    assert read.count(len(PREFIX)) == 1  # the second time it is known
    assert max(count for count in read if count != len(PREFIX)) == max(map(len, rows)) - len(PREFIX)


def test_prompt_lookup_goes_on_from_it(model: Any, read: list[int]) -> None:
    row = [[*PREFIX, *PREFIX[:9]]]
    plain = generated(model, row, lookup=4)
    assert plain == generated(model, row)
    read.clear()
    assert generated(model, row, PREFIX, lookup=4) == plain
    assert max(count for count in read if count != len(PREFIX)) <= 9 + 4
    assert "prepare_inputs_for_generation" not in vars(model)


def test_rows_without_the_prefix_are_read_whole(model: Any) -> None:
    for prefix in (PREFIX[:8], (7, *PREFIX), tuple(ROWS[0])):
        assert generated(model, ROWS, prefix) == generated(model, ROWS)


def test_padding_stands_behind_what_is_shared() -> None:
    ids, mask = padded([[1, 2, 3], [1, 2, 4, 5, 6]], 0, 2)
    assert ids.tolist() == [[1, 2, 0, 0, 3], [1, 2, 4, 5, 6]]
    assert mask.tolist() == [[1, 1, 0, 0, 1], [1, 1, 1, 1, 1]]
    assert shared_start([[1, 2, 3], [1, 2, 4, 5]]) == (1, 2)


def test_every_prompt_of_an_instruct_model_begins_with_one_of_two(chat_folder: Any) -> None:
    llm = DiffChatLLM.load(LLMSettings(model=str(chat_folder), device="cpu"))
    message, beautify = llm._constant()
    for request in (
        EditRequest("Source", "Instruction"),
        EditRequest("a fox", "undo", history=(Step("a house", "as a fox"),)),
    ):
        ids = llm._encode(request)
        assert tuple(ids[: len(message)]) == message
        assert len(message) > 0.7 * len(ids)
    assert tuple(llm._encode(EditRequest("a fox", ""))[: len(beautify)]) == beautify
