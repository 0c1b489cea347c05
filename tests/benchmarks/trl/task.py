"""What both trainers of the comparison learn: the same model, prompts, lengths, reward and optimizer."""

from pathlib import Path
from typing import Any

from model.settings import CHECKPOINTS
from training.config.settings import DataSettings
from training.data import sources
from training.data.examples import Edit

MODEL = str(CHECKPOINTS / "diffchat")
PROMPTS, EPOCHS, MINI_BATCHES, NEW_TOKENS = 64, 4, 4, 72
MINI_BATCH = PROMPTS // MINI_BATCHES
LEARNING_RATE, VALUE_RATE, BETAS, EPS = 1e-4, 5e-3, (0.9, 0.95), 1e-5
SFT_BATCH = 64
KL, CLIP, VALUE_CLIP, VALUE_COEFFICIENT, LAM = 0.05, 0.2, 1.0, 0.5, 0.95
_LONG, _SPREAD = 6, 8.0


def edits() -> list[Edit]:
    """The edits whose prompts are continued, or whose targets are taught: 512 of TinyWorld's."""
    data = DataSettings(train="tinyworld:512", measure="stems", held_out=0.0, tasks=("direct",))
    return sources.load_edits(data)[0]


def worth(text: str) -> float:
    """The reward of a written prompt, from 0 to 8: eight times its share of words of six letters or more.

    Any text has one, it can be raised by other words alone, and costs no time. Times eight its deviation over
    samples is about one: the project divides by that, TRL does not, and the KL should cost both the same.
    """
    words = text.split()
    return _SPREAD * sum(len(word) >= _LONG for word in words) / max(1, len(words))


def ppo_settings(folder: Path, precision: str) -> dict[str, Any]:
    """The project's settings of the comparison: plain rollouts, and a critic that sees the states alone."""
    return {
        "output": str(folder), "policy": {"model": MODEL}, "data": {"train": "unused"}, "vci": False,
        "rollouts": PROMPTS, "chunk": PROMPTS, "batch": MINI_BATCH, "micro_batch": MINI_BATCH,
        "epochs": EPOCHS, "max_new_tokens": NEW_TOKENS, "mixed_precision": precision, "value_lr": VALUE_RATE,
        "clip": CLIP, "value_clip": VALUE_CLIP, "value_coefficient": VALUE_COEFFICIENT, "lam": LAM,
        "adm": {"positive": 0.0, "hard_negative": 0.0}, "kl": {"beta": KL, "target": 0.0},
        "reward": {"weights": {"long_words": 1.0}, "baseline": False, "unusable": -4.0},
        "optimizer": {
            "lr": LEARNING_RATE, "betas": BETAS, "eps": EPS, "warmup": 0.0, "schedule": "constant"
        },
    }  # fmt: skip


def sft_settings(folder: Path, precision: str) -> dict[str, Any]:
    """The project's settings of the comparison in SFT: one optimizer step on one batch."""
    return {
        "output": str(folder), "policy": {"model": MODEL}, "data": {"train": "unused"}, "epochs": 99,
        "batch": SFT_BATCH, "micro_batch": SFT_BATCH // 2, "max_tokens": 256, "mixed_precision": precision,
        "optimizer": {
            "lr": LEARNING_RATE, "betas": BETAS, "eps": EPS, "warmup": 0.0, "schedule": "constant"
        },
    }  # fmt: skip
