"""DPO and KTO of the language model, by TRL's trainers, on what `training.preferences.formats` wrote.

DPO is of Rafailov et al. 2023 (arXiv 2305.18290), KTO of Ethayarajh et al. 2024 (arXiv 2402.01306). TRL does
the losses and the steps. Two things are ours: the tokens, which come from the very encoding of SFT
and serving (TRL's own would let a person's words become control tokens), and the reference, which is the
adapter the round starts from (TRL copies it) or, without one, the bare model.

No checkpoint is written on the way, since TRL's hold the optimizer as a pickle and a round on a server's
votes takes minutes: a run that was stopped begins anew.
"""

from __future__ import annotations

import json
import logging
import random
from typing import TYPE_CHECKING, Any

import torch
from datasets import Dataset
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer

from model.hardware import pick_device
from training.core.encoding import encode_edit
from training.core.policy import Policy
from training.data.examples import Edit
from training.errors import Diverged, NothingToLearn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.config.preference_settings import LanguageTuning
    from training.preferences.formats import Row

log = logging.getLogger(__name__)

METRICS = "metrics.jsonl"


class _Dpo(DPOTrainer):  # type: ignore[misc]  # trl's types are not read (pyproject.toml)
    """TRL's trainer on rows that are tokens already."""

    def _prepare_dataset(self, dataset: Dataset, *rest: Any, **more: Any) -> Dataset:
        return dataset


class _Kto(KTOTrainer):  # type: ignore[misc]  # as above
    """The same for KTO, whose KL estimate needs each prompt with another one's completion too.

    As TRL does it, that is the one before in a micro-batch: an offset by one never pairs a prompt with its
    own completion, which reversing the batch did in the middle of an odd one (trl issue #1911).

    `nll` is the weight of the liked completions' negative log-likelihood per token, which TRL's KTO lacks.
    """

    nll = 0.0

    def _compute_loss(self, model: Any, inputs: dict[str, Any], return_outputs: bool) -> Any:
        loss = super()._compute_loss(model, inputs, return_outputs)
        liked = inputs["label"].bool()
        if not self.nll or not liked.any():
            return loss
        return loss + self.nll * self._likelihood(model, inputs, liked)

    @staticmethod
    def _likelihood(model: Any, inputs: dict[str, Any], liked: torch.Tensor) -> torch.Tensor:
        """Mean negative log-likelihood in nats per token of the liked rows' completions."""
        # A forward of their own: TRL keeps the log-probabilities of its own one to itself
        tokens, mask = inputs["input_ids"][liked], inputs["completion_mask"][liked]
        labels = tokens.masked_fill(mask == 0, -100)
        return model(input_ids=tokens, attention_mask=inputs["attention_mask"][liked], labels=labels).loss  # type: ignore[no-any-return]  # of transformers

    def _prepare_dataset(self, dataset: Dataset, tokenizer: Any, args: KTOConfig, *rest: Any) -> Dataset:
        size = args.per_device_train_batch_size
        rows = dataset.to_list()
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            others = [part[-1]["completion_ids"], *(row["completion_ids"] for row in part[:-1])]
            for row, other in zip(part, others, strict=True):
                row["KL_completion_ids"] = other
        return Dataset.from_list(rows)


def dpo(rows: Sequence[Row], settings: LanguageTuning, output: Path) -> Path:
    """Direct preference optimisation on pairs; writes the adapter to `output` and returns it.

    Raises NothingToLearn when there are too few pairs.
    """
    policy = _policy(settings)
    data = []
    for row in rows:
        prompt, chosen = _tokens(policy, row, "chosen_prompt")
        _, rejected = _tokens(policy, row, "rejected_prompt")
        if max(len(chosen), len(rejected)) + len(prompt) <= settings.max_tokens:
            data.append({"prompt_ids": prompt, "chosen_ids": chosen, "rejected_ids": rejected})
    _check(len(data), settings, "pairs of prompts")
    likelihood = settings.nll > 0
    arguments = DPOConfig(
        **_arguments(settings, output),
        loss_type=[settings.loss, "sft"] if likelihood else [settings.loss],
        loss_weights=[1.0, settings.nll] if likelihood else None,
        label_smoothing=settings.label_smoothing,
    )
    return _run(_Dpo(policy.model, args=arguments, **_given(policy, data)), policy, output)


def kto(rows: Sequence[Row], settings: LanguageTuning, output: Path) -> Path:
    """Kahneman-Tversky optimisation on single prompts that are liked or not; as `dpo`.

    The rarer kind is weighed up so that both count alike, at most fourfold.
    """
    policy = _policy(settings)
    data = []
    for row in rows:
        prompt, completion = _tokens(policy, row, "target_prompt")
        if len(prompt) + len(completion) <= settings.max_tokens:
            data.append({"prompt_ids": prompt, "completion_ids": completion, "label": row["label"]})
    random.Random(settings.seed).shuffle(data)
    liked = sum(row["label"] for row in data)
    _check(len(data), settings, "labelled prompts")
    if not 0 < liked < len(data):
        raise NothingToLearn(
            f"All {len(data)} labelled prompts are {'liked' if liked else 'disliked'}: KTO needs both kinds."
        )
    desirable, undesirable = balance(liked, len(data) - liked)
    arguments = KTOConfig(
        **_arguments(settings, output), desirable_weight=desirable, undesirable_weight=undesirable
    )
    trainer = _Kto(policy.model, args=arguments, **_given(policy, data))
    trainer.nll = settings.nll
    return _run(trainer, policy, output)


def balance(liked: int, disliked: int) -> tuple[float, float]:
    """Weights (liked, disliked) that make both kinds count alike; neither is above 4."""
    return min(4.0, max(1.0, disliked / liked)), min(4.0, max(1.0, liked / disliked))


def _policy(settings: LanguageTuning) -> Policy:
    torch.manual_seed(settings.seed)  # a fresh adapter's weights
    return Policy.load(settings.policy, pick_device("auto"))


def _tokens(policy: Policy, row: Row, target: str) -> tuple[list[int], list[int]]:
    edit = Edit(row["source_prompt"], row["instruction"], row[target], "")
    return encode_edit(policy.tokenizer, edit)


def _check(found: int, settings: LanguageTuning, what: str) -> None:
    if found < settings.least_examples:
        raise NothingToLearn(
            f"There are {found} {what}, and a round needs {settings.least_examples} "
            "(tuning.least_examples): collect more votes. Greedy writing gives one prompt for each wish "
            "and so no pairs: let the bot sample ([llm] temperature), or take KTO."
        )


def _arguments(settings: LanguageTuning, output: Path) -> dict[str, Any]:
    chosen = settings.optimizer
    return {
        "output_dir": str(output),
        "beta": settings.beta,
        "learning_rate": chosen.lr,
        "adam_beta1": chosen.betas[0],
        "adam_beta2": chosen.betas[1],
        "adam_epsilon": chosen.eps,
        "weight_decay": chosen.weight_decay,
        "max_grad_norm": chosen.max_grad_norm,
        "lr_scheduler_type": chosen.schedule,
        "warmup_steps": chosen.warmup,  # below 1 transformers takes it as a share of all steps
        "num_train_epochs": settings.epochs,
        "per_device_train_batch_size": settings.micro_batch,
        "gradient_accumulation_steps": settings.batch // settings.micro_batch,
        "max_length": settings.max_tokens,
        "seed": settings.seed,
        "use_cpu": not torch.accelerator.is_available(),
        "bf16": settings.policy.dtype == "bfloat16",
        "gradient_checkpointing": False,
        "logging_steps": 1,
        "save_strategy": "no",
        "report_to": "none",
        "disable_tqdm": True,
    }


def _given(policy: Policy, data: list[dict[str, Any]]) -> dict[str, Any]:
    return {"train_dataset": Dataset.from_list(data), "processing_class": policy.tokenizer}


def _run(trainer: Any, policy: Policy, output: Path) -> Path:
    trainer.train()
    history = [line for line in trainer.state.log_history if "loss" in line]
    if any(not torch.isfinite(torch.tensor(float(line["loss"]))) for line in history):
        raise Diverged("The loss stopped being finite: lower tuning.optimizer.lr. Nothing was written.")
    policy.export(output)
    lines = (json.dumps(line) + "\n" for line in history)
    (output / METRICS).write_text("".join(lines), encoding="utf-8")
    return output
