"""The text-only reward model: reads a prompt and predicts what its pictures would score, without painting.

BeautifulPrompt's cheap alternative to pictures: a language model with one number as output, trained by mean
squared error on scores that real pictures got. It reads the short intent and the prompt. Training it is a
small regression; predictions come back in the unit of the scores it was trained on.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerBase

from model.loading import check_folder, load_errors, location
from training.config.settings import TextRewardConfig
from training.core.checkpoint import write_folder
from training.core.policy import ensure_distinct_pad
from training.data import examples
from training.data.integrity import Requirements
from training.errors import ConfigError
from training.recipes.sft import grouped_by_length
from training.rewards.cache import ScoreCache
from training.rewards.judge import Finished, Judge, load_judge

log = logging.getLogger(__name__)

_SCALE = "score_scale.json"
_MAX_TOKENS = 256
_BATCH = 32


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
            model, tokenizer = _open(folder)
            scale = json.loads((Path(folder) / _SCALE).read_text(encoding="utf-8"))
        return cls(model.eval(), tokenizer, scale["mean"], scale["std"])

    @torch.no_grad()
    def __call__(self, finished: Sequence[Finished]) -> list[float]:
        scores: list[float] = []
        for start in range(0, len(finished), _BATCH):
            texts = [_text(item.edit.intent, item.prompt) for item in finished[start : start + _BATCH]]
            scores += (_predict(self._model, self._tokenizer, texts) * self._std + self._mean).tolist()
        return scores

    def save(self, folder: Path) -> None:
        """Write the model, its tokenizer and the scale of its scores, all at once."""

        def fill(new: Path) -> None:
            self._model.save_pretrained(new, safe_serialization=True)
            self._tokenizer.save_pretrained(new)
            (new / _SCALE).write_text(json.dumps({"mean": self._mean, "std": self._std}), encoding="utf-8")

        write_folder(folder, fill)


def run(settings: TextRewardConfig) -> Path:
    """Paint and score the data's prompts, learn from the scores, save; returns the model's folder.

    Each edit gives two prompts to score: its source and its reference target, against the same short intent.
    """
    edits, _ = examples.load_edits(settings.data)
    with ScoreCache(settings.reward.cache) as cache:
        judged = score_prompts(edits, load_judge(settings.reward, cache))
    reward = train_text_reward(
        settings.base, judged, epochs=settings.epochs, lr=settings.lr, seed=settings.seed
    )
    reward.save(Path(settings.output))
    return Path(settings.output)


def score_prompts(edits: Sequence[examples.Edit], judge: Judge) -> list[tuple[str, str, float]]:
    """(intent, prompt, weighed raw score) of every edit's source and target."""
    finished = [
        Finished(prompt, edit, Requirements())
        for edit in edits
        for prompt in dict.fromkeys((edit.source_prompt, edit.target_prompt))
    ]
    raw, weights = judge.raw(finished), judge.settings.weights
    return [
        (item.edit.intent, item.prompt, sum(weights[name] * column[i] for name, column in raw.items()))
        for i, item in enumerate(finished)
    ]


def train_text_reward(
    base: str, judged: Sequence[tuple[str, str, float]], *, epochs: int = 3, lr: float = 1e-5, seed: int = 0
) -> TextReward:
    """Fit a reward model on (intent, prompt, score) from the language model `base`, by squared error.

    Defaults are BeautifulPrompt's. Scores are standardised for training.
    """
    torch.manual_seed(seed)
    with load_errors("language model", base, "check the path or hub id"):
        model, tokenizer = _open(base, num_labels=1)
    ensure_distinct_pad(tokenizer, model, may_grow=True)
    model.config.pad_token_id = tokenizer.pad_token_id
    texts = [_text(intent, prompt) for intent, prompt, _ in judged]
    scores = torch.tensor([score for _, _, score in judged])
    mean, std = scores.mean().item(), max(scores.std(correction=0).item(), 1e-6)
    wanted = (scores - mean) / std
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr, betas=(0.9, 0.95), weight_decay=0.0)
    lengths = [len(text) for text in texts]
    for epoch in range(epochs):
        total = 0.0
        for rows in grouped_by_length(lengths, _BATCH, f"{seed}-{epoch}"):
            predictions = _predict(model.train(), tokenizer, [texts[row] for row in rows])
            loss = ((predictions - wanted[rows].to(predictions.device)) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        log.info(
            "epoch %d: mean squared error %.4f (1 is no better than the mean)", epoch, total / len(texts)
        )
    return TextReward(model.eval(), tokenizer, mean, std)


def _open(name: str, **arguments: Any) -> tuple[Any, PreTrainedTokenizerBase]:
    tokenizer = AutoTokenizer.from_pretrained(location(name), trust_remote_code=False)
    model = AutoModelForSequenceClassification.from_pretrained(
        location(name), trust_remote_code=False, use_safetensors=True, dtype=torch.float32, **arguments
    )
    return model, tokenizer


def _text(intent: str, prompt: str) -> str:
    return f"{intent}\n{prompt}"


def _predict(model: Any, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str]) -> Tensor:
    """Standardised scores [n]."""
    batch = tokenizer(
        list(texts), padding=True, truncation=True, max_length=_MAX_TOKENS, return_tensors="pt",
        split_special_tokens=True,
    ).to(model.device)  # fmt: skip
    batch.pop("token_type_ids", None)
    predictions: Tensor = model(**batch).logits.float().squeeze(-1)
    return predictions
