"""Real language models of tiny size, with random weights and small tokenizers trained on the spot."""

from collections.abc import Callable

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

from model.language.prompt import format_edit, format_target

torch.set_num_threads(1)  # the models are so small that threads only get in each other's way

TEXTS = [
    "a red fox in a meadow at night, highly detailed, soft light",
    "two foxes and a lantern on the beach, watercolor painting",
    "a snowman in the snow, make it rainy, add a blue house",
    "replace the cat with a robot, sharp focus, vivid colors",
    "remove the lantern, without rain, a large rocket, at sunset",
]


def train_tokenizer(vocabulary: int = 400, *, spaces: str = "bytes") -> PreTrainedTokenizerFast:
    """A BPE tokenizer: byte-level as in Qwen, or with "▁" for spaces as in Llama (spaces="metaspace")."""
    if spaces == "bytes":
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        alphabet = pre_tokenizers.ByteLevel.alphabet()
    else:
        tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
        tokenizer.decoder = decoders.Metaspace(prepend_scheme="never")
        alphabet = list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,.:-'▁\n")
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=["<pad>", "<eos>", "<unk>"], initial_alphabet=alphabet
    )
    edits = [format_edit(text, "make it night") + format_target(text) for text in TEXTS]
    tokenizer.train_from_iterator(edits + TEXTS * 3, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<eos>", unk_token="<unk>"
    )


@pytest.fixture(scope="session")
def tokenizer() -> PreTrainedTokenizerFast:
    return train_tokenizer()


@pytest.fixture(scope="session")
def metaspace_tokenizer() -> PreTrainedTokenizerFast:
    return train_tokenizer(spaces="metaspace")


def qwen(vocabulary: int, seed: int = 0, *, size: int = 32) -> Qwen3ForCausalLM:
    torch.manual_seed(seed)
    config = Qwen3Config(
        vocab_size=vocabulary, hidden_size=size, intermediate_size=2 * size, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=1, head_dim=size // 2, max_position_embeddings=512,
        tie_word_embeddings=True, attention_dropout=0.1,
    )  # fmt: skip
    return Qwen3ForCausalLM(config).eval()


def llama(vocabulary: int, seed: int = 0, *, size: int = 32) -> LlamaForCausalLM:
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=vocabulary, hidden_size=size, intermediate_size=2 * size, num_hidden_layers=2,
        num_attention_heads=2, max_position_embeddings=512,
    )  # fmt: skip
    return LlamaForCausalLM(config).eval()


@pytest.fixture
def make_qwen(tokenizer: PreTrainedTokenizerFast) -> Callable[..., Qwen3ForCausalLM]:
    """A maker of random Qwen3 models for the tokenizer: `make_qwen(seed=1, size=32)`."""
    return lambda seed=0, size=32: qwen(len(tokenizer), seed, size=size)


@pytest.fixture
def make_llama(metaspace_tokenizer: PreTrainedTokenizerFast) -> Callable[..., LlamaForCausalLM]:
    """A maker of random Llama models for the metaspace tokenizer."""
    return lambda seed=0, size=32: llama(len(metaspace_tokenizer), seed, size=size)
