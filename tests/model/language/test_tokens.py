"""Tokens with a part to play: what is repaired when a model is loaded, and what is refused then."""

import copy
from typing import Any

import pytest
from tokenizers import processors

from model.errors import LoadError
from model.language.tokens import find_tokens
from tests.model.conftest import build_llm
from tests.model.matrix.words.styles import tokenizer_of


@pytest.fixture
def tokenizer() -> Any:
    return copy.deepcopy(tokenizer_of("phi"))


@pytest.fixture
def model(tokenizer: Any) -> Any:
    model = build_llm("llama", len(tokenizer))
    _end(model, None)
    return model


def _end(model: Any, ids: Any) -> None:
    model.config.eos_token_id = model.generation_config.eos_token_id = ids


def ids(tokenizer: Any, *texts: str) -> tuple[int, ...]:
    return tuple(sorted(tokenizer.convert_tokens_to_ids(list(texts))))


def test_ends_come_from_tokenizer_template_and_settings_together(model: Any, tokenizer: Any) -> None:
    (turn,) = ids(tokenizer, "<|end|>")
    assert find_tokens(model, tokenizer, [turn]).ends == ids(tokenizer, "<|end|>", "<|endoftext|>")
    _end(model, list(ids(tokenizer, "<|assistant|>")))
    assert ids(tokenizer, "<|assistant|>")[0] in find_tokens(model, tokenizer).ends


def test_a_class_default_that_is_an_ordinary_word_ends_nothing(model: Any, tokenizer: Any) -> None:
    word = tokenizer.encode("house")[0]
    _end(model, word)
    assert word not in find_tokens(model, tokenizer).ends


def test_the_settings_alone_are_enough(model: Any, tokenizer: Any) -> None:
    tokenizer.eos_token = None
    _end(model, 7)
    assert find_tokens(model, tokenizer).ends == (7,)


@pytest.mark.parametrize("end", [None, 100_000, -1])
def test_a_model_without_an_end_in_reach_is_refused(model: Any, tokenizer: Any, end: int | None) -> None:
    tokenizer.eos_token = None
    _end(model, end)
    with pytest.raises(LoadError, match=r"no end token.*generation_config\.json"):
        find_tokens(model, tokenizer)


def test_a_missing_pad_token_is_an_end_token(model: Any, tokenizer: Any) -> None:
    tokenizer.pad_token = None
    tokens = find_tokens(model, tokenizer)
    assert tokens.pad in tokens.ends
    assert tokenizer.pad_token_id == tokens.pad


def test_a_pad_token_beyond_the_embedding_is_replaced(model: Any, tokenizer: Any) -> None:
    tokenizer.add_special_tokens({"pad_token": "[PAD]"})
    assert tokenizer.pad_token_id >= model.get_input_embeddings().num_embeddings
    tokens = find_tokens(model, tokenizer)
    assert tokenizer.pad_token_id == tokens.pad < model.get_input_embeddings().num_embeddings


def test_a_tokenizer_of_a_larger_model_is_refused(tokenizer: Any) -> None:
    with pytest.raises(LoadError, match="belong to different models"):
        find_tokens(build_llm("llama", 300), tokenizer)


def test_end_tokens_that_the_tokenizer_appends_are_taken_off(model: Any, tokenizer: Any) -> None:
    plain = tokenizer.encode("a red house")
    tokenizer._tokenizer.post_processor = processors.TemplateProcessing(
        single="<|bos|> $A <|endoftext|>",
        special_tokens=[(t, tokenizer.convert_tokens_to_ids(t)) for t in ("<|bos|>", "<|endoftext|>")],
    )
    appended = tokenizer.encode("a red house")
    assert appended[1:-1] == plain
    assert find_tokens(model, tokenizer).without_appended(appended) == appended[:-1]


def test_marks_of_thinking_are_kept_for_the_reader() -> None:
    harmony = tokenizer_of("harmony")
    tokens = find_tokens(build_llm("llama", len(harmony)), harmony)
    assert not tokens.dropped & set(ids(harmony, "<|channel|>", "<|message|>"))
    assert tokens.dropped >= set(ids(harmony, "<|start|>", "<|end|>", "<pad>"))
