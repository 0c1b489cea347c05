"""The text-only reward model: reads a prompt and predicts what its pictures would score, without painting.

BeautifulPrompt's cheap alternative to pictures: a language model with one number as output, trained by mean
squared error on scores that real pictures got. It reads the short intent and the prompt. Training it is a
small regression; predictions come back in the unit of the scores it was trained on.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from model.loading import load_errors
from training.config.settings import TextRewardConfig
from training.core.epochs import train_epoch
from training.core.policy import ensure_distinct_pad
from training.data import examples, sources
from training.data.integrity import Requirements
from training.recipes.sft import grouped_by_length
from training.rewards.cache import ScoreCache
from training.rewards.judge import Judge, load_judge
from training.rewards.text_reward import BATCH, TextReward, joined, open_classifier, predict
from training.rewards.types import Finished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.config.settings import TextRewardConfig

log = logging.getLogger(__name__)


def run(settings: TextRewardConfig) -> Path:
    """Paint and score the data's prompts, learn from the scores, save; returns the model's folder.

    Each edit gives two prompts to score: its source and its reference target, against the same short intent.
    """
    edits, _ = sources.load_edits(settings.data)
    with ScoreCache(settings.reward.cache) as cache:
        judged = score_prompts(edits, load_judge(settings.reward, cache))
    reward = train_text_reward(
        settings.base, judged, epochs=settings.epochs, lr=settings.lr, seed=settings.seed
    )
    reward.save(Path(settings.output))
    return Path(settings.output)


def score_prompts(edits: Sequence[examples.Edit], judge: Judge) -> list[tuple[str, str, float]]:
    """(intent, prompt, weighed raw score) of every edit's source and target.

    Prompts whose pictures a safety checker blacked out are left out.
    """
    finished = [
        Finished(prompt, edit, Requirements())
        for edit in edits
        for prompt in dict.fromkeys((edit.source_prompt, edit.target_prompt))
    ]
    raw, weights = judge.raw(finished), judge.settings.weights
    scores = [sum(weights[name] * column[i] for name, column in raw.items()) for i in range(len(finished))]
    return [
        (item.edit.intent, item.prompt, score)
        for item, score in zip(finished, scores, strict=True)
        if not math.isnan(score)
    ]


def train_text_reward(
    base: str, judged: Sequence[tuple[str, str, float]], *, epochs: int = 3, lr: float = 1e-5, seed: int = 0
) -> TextReward:
    """Fit a reward model on (intent, prompt, score) from the language model `base`, by squared error.

    Defaults are BeautifulPrompt's. Scores are standardised for training.
    """
    torch.manual_seed(seed)
    with load_errors("language model", base, "check the path or hub id"):
        model, tokenizer = open_classifier(base, num_labels=1)
    ensure_distinct_pad(tokenizer, model, may_grow=True)
    model.config.pad_token_id = tokenizer.pad_token_id
    texts = [joined(intent, prompt) for intent, prompt, _ in judged]
    scores = torch.tensor([score for _, _, score in judged])
    mean, std = scores.mean().item(), max(scores.std(correction=0).item(), 1e-6)
    wanted = (scores - mean) / std
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr, betas=(0.9, 0.95), weight_decay=0.0)
    lengths = [len(text) for text in texts]

    def squared_error(rows: Sequence[int]) -> torch.Tensor:
        predictions = predict(model.train(), tokenizer, [texts[row] for row in rows])
        return ((predictions - wanted[list(rows)].to(predictions.device)) ** 2).mean()

    for epoch in range(epochs):
        error = train_epoch(optimizer, grouped_by_length(lengths, BATCH, f"{seed}-{epoch}"), squared_error)
        log.info("epoch %d: mean squared error %.4f (1 is no better than the mean)", epoch, error)
    return TextReward(model.eval(), tokenizer, mean, std)
