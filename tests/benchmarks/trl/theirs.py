"""TRL's trainers in the comparison: `python -m tests.benchmarks.trl.theirs ppo|sft no|bf16 equal|free`.

Runs in whatever environment has a TRL: PPO in the throw-away one (`environment`), SFT in the project's.
"""

import contextlib
import importlib
import sys
import tempfile
from typing import Any

import torch
from datasets import Dataset
from torch import Tensor, nn
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    LlamaConfig,
    LlamaForSequenceClassification,
    TrainerCallback,
)
from transformers.modeling_outputs import BaseModelOutput

from model.language.prompt import TARGET
from tests.benchmarks.trl import task
from tests.benchmarks.trl.turns import Other
from training.core.encoding import encode_edit, encode_prompt


class Stop(Exception):
    """There are no more turns."""


class Turns(TrainerCallback):
    """Waits before each update and answers after it."""

    def __init__(self, other: Other, numbers: Any) -> None:
        self._other, self._numbers = other, numbers

    def on_train_begin(self, *_: Any, **__: Any) -> None:
        if not self._other.wait():
            raise Stop

    def on_log(self, *_: Any, logs: dict[str, float], **__: Any) -> None:
        # Not on_step_end, which comes before an update's log in SFT and after it in PPO
        self._other.answer(**self._numbers(logs))
        if not self._other.wait():
            raise Stop


class Judging(nn.Module):
    """`task.worth` in the form of TRL's reward models: a backbone whose "states" are the scores."""

    base_model_prefix = "backbone"

    def __init__(self, tokenizer: Any) -> None:
        super().__init__()
        self.backbone, self.score = Scores(tokenizer), nn.Identity()


class Scores(nn.Module):
    """The worth of each row's target at all of its positions: TRL reads that of the last one."""

    def __init__(self, tokenizer: Any) -> None:
        super().__init__()
        self._tokenizer, self.tokens = tokenizer, 0.0

    def forward(self, input_ids: Tensor, attention_mask: Tensor, **_: Any) -> BaseModelOutput:
        rows = [ids[mask.bool()].tolist() for ids, mask in zip(input_ids, attention_mask, strict=True)]
        texts = [self._tokenizer.decode(ids).partition(TARGET)[2] for ids in rows]
        targets = [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]
        self.tokens = sum(map(len, targets)) / len(targets)
        end = self._tokenizer.eos_token
        scores = [task.worth(text.removesuffix(end)) if text.endswith(end) else 0.0 for text in texts]
        spread = torch.tensor(scores)[:, None, None].expand(-1, input_ids.shape[1], 1)
        return BaseModelOutput(hidden_states=(spread,))


def value_model(size: str) -> Any:
    """A value model of the policy's size, or one that costs next to nothing."""
    if size == "equal":
        return AutoModelForSequenceClassification.from_pretrained(
            task.MODEL, num_labels=1, dtype=torch.float32
        )
    vocabulary = AutoTokenizer.from_pretrained(task.MODEL).vocab_size
    config = LlamaConfig(
        vocab_size=vocabulary, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1,
        num_labels=1, pad_token_id=0,
    )  # fmt: skip
    return LlamaForSequenceClassification(config)


def ppo(folder: str, precision: str, size: str, other: Other) -> None:
    trl = importlib.import_module("trl.experimental.ppo")
    tokenizer = AutoTokenizer.from_pretrained(task.MODEL, padding_side="left")
    policy, reference = (
        AutoModelForCausalLM.from_pretrained(task.MODEL, dtype=torch.float32) for _ in range(2)
    )
    reward = Judging(tokenizer)
    prompts = [encode_prompt(tokenizer, edit.source_prompt, edit.instruction) for edit in task.edits()]
    arguments = trl.PPOConfig(
        output_dir=folder, seed=0, use_cpu=True, bf16=precision == "bf16", report_to="none",
        gradient_checkpointing=False, disable_tqdm=True, save_strategy="no", num_sample_generations=0,
        per_device_train_batch_size=task.PROMPTS, gradient_accumulation_steps=1,
        num_mini_batches=task.MINI_BATCHES, num_ppo_epochs=task.EPOCHS, total_episodes=task.PROMPTS * 1000,
        local_rollout_forward_batch_size=task.PROMPTS, response_length=task.NEW_TOKENS, stop_token="eos",
        temperature=1.0, kl_coef=task.KL, cliprange=task.CLIP, cliprange_value=task.VALUE_CLIP,
        vf_coef=task.VALUE_COEFFICIENT, lam=task.LAM, learning_rate=task.LEARNING_RATE,
        lr_scheduler_type="constant", adam_beta1=task.BETAS[0], adam_beta2=task.BETAS[1],
        adam_epsilon=task.EPS, dataloader_pin_memory=False,
    )  # fmt: skip

    def numbers(log: dict[str, float]) -> dict[str, float]:
        return {
            "reward": log["objective/scores"],
            "kl": log["objective/kl"],
            "tokens": reward.backbone.tokens,
        }

    data = Dataset.from_dict({"input_ids": prompts})
    trl.PPOTrainer(
        args=arguments, processing_class=tokenizer, model=policy, ref_model=reference, reward_model=reward,
        train_dataset=data, eval_dataset=data, value_model=value_model(size),
        callbacks=[Turns(other, numbers)],
    ).train()  # fmt: skip


def sft(folder: str, precision: str, sampling: str, other: Other) -> None:
    trl = importlib.import_module("trl")
    tokenizer = AutoTokenizer.from_pretrained(task.MODEL)
    pairs = [encode_edit(tokenizer, edit) for edit in task.edits()]
    rows = [
        {"input_ids": prompt + target, "completion_mask": [0] * len(prompt) + [1] * len(target)}
        for prompt, target in pairs
    ]
    seen = [0.0]

    def numbers(log: dict[str, float]) -> dict[str, float]:
        before, seen[0] = seen[0], log["num_tokens"]
        return {"loss": log["loss"], "tokens": seen[0] - before}

    arguments = trl.SFTConfig(
        output_dir=folder, seed=0, use_cpu=True, bf16=precision == "bf16", report_to="none",
        gradient_checkpointing=False, disable_tqdm=True, save_strategy="no", num_train_epochs=99,
        per_device_train_batch_size=task.SFT_BATCH // 2, gradient_accumulation_steps=2, max_length=256,
        completion_only_loss=True, logging_steps=1, learning_rate=task.LEARNING_RATE,
        lr_scheduler_type="constant", adam_beta1=task.BETAS[0], adam_beta2=task.BETAS[1],
        adam_epsilon=task.EPS, dataloader_pin_memory=False, train_sampling_strategy=sampling,
    )  # fmt: skip
    trl.SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(task.MODEL, dtype=torch.float32),
        args=arguments, train_dataset=Dataset.from_list(rows), processing_class=tokenizer,
        callbacks=[Turns(other, numbers)],
    ).train()  # fmt: skip


if __name__ == "__main__":
    side = Other()
    method, dtype, variant = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as made, contextlib.suppress(Stop):
        {"ppo": ppo, "sft": sft}[method](made, dtype, variant, side)
