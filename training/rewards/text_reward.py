"""The text reward: a small model that reads a prompt and says what its picture would score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerBase

from model.loading import check_folder, load_errors, location
from training.core.checkpoint import write_folder
from training.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.rewards.types import Finished

_SCALE = "score_scale.json"
_MAX_TOKENS = 256
BATCH = 32
"""Prompts in one forward pass."""


class TextReward:
    """A sequence classifier with one output, and the mean and deviation of the scores it learned."""

    name = "text"

    def __init__(self, model: Any, tokenizer: PreTrainedTokenizerBase, mean: float, std: float) -> None:
        self._model, self._tokenizer, self._mean, self._std = model, tokenizer, mean, std

    @classmethod
    def load(cls, folder: str) -> TextReward:
        """Open a trained reward model. Raises ConfigError where none is named, LoadError for a bad folder."""
        if not folder:
            problem = 'reward.text_model: the reward "text" needs the folder of a text-only reward model'
            raise ConfigError("The rewards cannot be used:", [problem])
        check_folder(folder, _SCALE, "text-only reward model")
        with load_errors("text-only reward model", folder, "train one with `python -m training text-reward`"):
            model, tokenizer = open_classifier(folder)
            scale = json.loads((Path(folder) / _SCALE).read_text(encoding="utf-8"))
        return cls(model.eval(), tokenizer, scale["mean"], scale["std"])

    @torch.no_grad()
    def __call__(self, finished: Sequence[Finished]) -> list[float]:
        """The picture score that the model expects of each prompt, in the scorer's own unit."""
        scores: list[float] = []
        for start in range(0, len(finished), BATCH):
            texts = [joined(item.edit.intent, item.prompt) for item in finished[start : start + BATCH]]
            scores += (predict(self._model, self._tokenizer, texts) * self._std + self._mean).tolist()
        return scores

    def save(self, folder: Path) -> None:
        """Write the model, its tokenizer and the scale of its scores, all at once."""

        def fill(new: Path) -> None:
            self._model.save_pretrained(new, safe_serialization=True)
            self._tokenizer.save_pretrained(new)
            (new / _SCALE).write_text(json.dumps({"mean": self._mean, "std": self._std}), encoding="utf-8")

        write_folder(folder, fill)


def open_classifier(name: str, **arguments: Any) -> tuple[Any, PreTrainedTokenizerBase]:
    """A sequence classifier in float32 and its tokenizer, from a folder or hub id.

    `arguments` go to `from_pretrained`. Raises what transformers raises; `load_errors` makes words of it.
    """
    tokenizer = AutoTokenizer.from_pretrained(location(name), trust_remote_code=False)
    model = AutoModelForSequenceClassification.from_pretrained(
        location(name), trust_remote_code=False, use_safetensors=True, dtype=torch.float32, **arguments
    )
    return model, tokenizer


def joined(intent: str, prompt: str) -> str:
    """What the model reads: the short intent, and below it the prompt that is judged."""
    return f"{intent}\n{prompt}"


def predict(model: Any, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str]) -> Tensor:
    """Standardised scores [n] of joined texts, with gradients unless the caller switches them off."""
    # split_special_tokens: a person's words that look like a control token stay plain words
    batch = tokenizer(
        list(texts), padding=True, truncation=True, max_length=_MAX_TOKENS, return_tensors="pt",
        split_special_tokens=True,
    ).to(model.device)  # fmt: skip
    batch.pop("token_type_ids", None)
    predictions: Tensor = model(**batch).logits.float().squeeze(-1)
    return predictions
