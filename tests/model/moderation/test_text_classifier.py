"""The text classifier over the word lists, with a small random model."""

from pathlib import Path
from typing import Any

import pytest
import torch

from model.errors import LoadError, PromptRefused
from model.moderation.text_classifier import TextClassifier, load_text_check
from model.settings import SafetySettings


@pytest.fixture(scope="module")
def folder(models: Path) -> Path:
    """A BERT of two labels that says "NSFW" where the text has the word "gore", 16 tokens at a time."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = {"[PAD]": 0, "[UNK]": 1, "gore": 2, "house": 3}
    made = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    made.pre_tokenizer = Whitespace()
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=4, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
        max_position_embeddings=16, id2label={0: "normal", 1: "NSFW"}, label2id={"normal": 0, "NSFW": 1},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    train(model)
    where = models / "text-classifier"
    model.save_pretrained(where)
    PreTrainedTokenizerFast(tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(
        where
    )
    return where


def train(model: Any) -> None:
    """Some steps, so that the label follows the word."""
    texts = torch.tensor([[2, 3, 1, 1], [3, 2, 3, 1], [1, 3, 1, 3], [3, 3, 1, 1], [1, 1, 1, 1], [1, 1, 1, 2]])
    labels = torch.tensor([1, 1, 0, 0, 0, 1])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(60):
        loss = model(input_ids=texts, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def test_a_text_with_the_label_is_refused(folder: Path) -> None:
    check = TextClassifier.load(SafetySettings(text_classifier=str(folder)))
    check.check("a red house")
    with pytest.raises(PromptRefused, match=r'reads like "NSFW"'):
        check.check("gore in a house")


def test_nothing_hides_behind_the_longest_text_of_the_model(folder: Path) -> None:
    check = TextClassifier.load(SafetySettings(text_classifier=str(folder)))
    check.check("house " * 60)
    with pytest.raises(PromptRefused):
        check.check("house " * 60 + "gore gore")


def test_labels_that_the_model_has_not_are_told(folder: Path) -> None:
    with pytest.raises(LoadError, match="name some of normal, NSFW"):
        TextClassifier.load(SafetySettings(text_classifier=str(folder), text_unwanted=("toxic",)))


def test_no_classifier_is_asked_where_none_is_set() -> None:
    assert load_text_check(SafetySettings()) is None
