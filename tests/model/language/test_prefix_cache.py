"""Beginnings of prompts, read once: the same tokens as without, and bounded memory."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import torch

from model.engine import EditRequest, Step
from model.language.decoding import Decoder, Text, read_through
from model.language.llm import DiffChatLLM
from model.language.prefix_cache import LEAST, PrefixCache, shared_start
from model.language.sampling import Drawing, Sampling
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


def cache_of(model: Any, *prefixes: tuple[int, ...], most_bytes: int = 0) -> PrefixCache:
    return PrefixCache(partial(read_through, model), lambda: prefixes, most_bytes)


def generated(model: Any, rows: list[list[int]], kept: PrefixCache | None = None) -> list[list[int]]:
    texts = [Text(row, 12, Drawing(Sampling(0, 0))) for row in rows]
    Decoder(model, [], 0, kept).write(texts)
    return [text.written for text in texts]


@pytest.mark.parametrize("rows", [ROWS[:1], ROWS], ids=["one", "batch"])
def test_the_same_tokens_with_less_to_read(model: Any, read: list[int], rows: list[list[int]]) -> None:
    plain = generated(model, rows)
    assert max(read) > len(PREFIX)
    read.clear()
    kept = cache_of(model, PREFIX)
    assert generated(model, rows, kept) == plain
    assert generated(model, rows, kept) == plain
    assert read.count(len(PREFIX)) == 1  # the second time it is known
    assert max(count for count in read if count != len(PREFIX)) <= 12


def test_prompt_lookup_goes_on_from_it(model: Any, read: list[int]) -> None:
    row = [[*PREFIX, *PREFIX[:9]]]
    plain = generated(model, row)
    read.clear()
    assert generated(model, row, cache_of(model, PREFIX)) == plain
    assert max(count for count in read if count != len(PREFIX)) <= 9 + 4


def test_rows_without_the_prefix_are_read_whole(model: Any) -> None:
    for prefix in (PREFIX[:8], (7, *PREFIX), tuple(ROWS[0])):
        assert generated(model, ROWS, cache_of(model, prefix)) == generated(model, ROWS)


def test_the_next_message_of_a_conversation_reads_only_what_is_new(model: Any, read: list[int]) -> None:
    kept = cache_of(model, PREFIX, most_bytes=2**20)
    [answer] = generated(model, ROWS[:1], kept)
    other = [*PREFIX, 50, 51]
    further = [*ROWS[0], *answer, 7, 8, 9]
    plain = generated(model, [further, other])
    read.clear()
    assert generated(model, [further], kept) == plain[:1]
    assert read[0] == 4  # the answer's last token, which had not been read, and the three behind it
    # rows of a batch know different lengths
    assert generated(model, [further, other], kept) == plain
    assert kept.constant(further) == len(PREFIX)


def test_conversations_used_longest_ago_go_when_memory_is_full(model: Any) -> None:
    size = sum(part.numel() * part.element_size() for layer in read_through(model, ROWS[0]) for part in layer)
    kept = cache_of(model, most_bytes=2 * size + size // 2)
    rows = [[number, *ROWS[0][1:]] for number in (1, 2, 3)]
    for number, row in enumerate(rows):
        kept.keep(row, read_through(model, row))
        assert kept.find([*rows[0], 5])[0] == len(rows[0]), number  # used again and again
    assert [kept.find([*row, 5])[0] for row in rows] == [len(rows[0]), 0, len(rows[2])]


def test_a_text_that_goes_on_takes_the_place_of_what_it_goes_on_from(model: Any) -> None:
    kept = cache_of(model, most_bytes=2**20)
    for length in (LEAST, LEAST + 4):
        kept.keep(ROWS[0][:length], read_through(model, ROWS[0][:length]))
    assert kept.find(ROWS[0])[0] == LEAST + 4
    assert len(kept._ended) == 1


def test_what_rows_share() -> None:
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
