"""Supervised fine-tuning: a causal language model learns to write the target of an edit.

What a run does, in the order of the numbers in the code:

1. Encode the edits with serving's template; edits longer than `max_tokens` are left out and counted.
2. For each epoch, put examples of like length into one batch (less padding), in an order that depends on
   seed and epoch alone, so that a resumed run goes on with the very next batch.
3. For each optimizer step, add up the cross-entropy of target tokens only (the prompt is masked) over
   micro-batches and processes, divided by the target tokens of the whole batch.
4. Every `evaluate_every` steps: loss on the selection edits, and greedy targets as serving would get them.
5. The model that is best there by `select` is exported to `OUTPUT/best`; some of its edits, and the curves
   so far, are shown in `OUTPUT/index.html`.
6. Every `save_every` steps or `save_minutes`: a checkpoint with weights, optimizer and random states.
"""

from __future__ import annotations

import logging
import random
from typing import TYPE_CHECKING

import torch
from accelerate.utils import set_seed

from training.core import run_page, tensors, trackers
from training.core.encoding import Batch, collate, encode_edit
from training.core.metrics import SFT_METRICS
from training.core.optimization import Stepper, make_accelerator
from training.core.policy import Policy
from training.core.targets import text_metrics, write_targets
from training.core.trainer import Trainer
from training.data import sources
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from training.config.settings import SftConfig
    from training.data.examples import Edit

log = logging.getLogger(__name__)

_SHOWN = 8
_POOL = 50  # batches that are sorted by length together


class SftTrainer(Trainer):
    """One run of supervised fine-tuning on `edits`, judged on the selection part, `held_out`. `run()` does
    all of it."""

    name, metrics = "sft", SFT_METRICS

    def __init__(self, settings: SftConfig, edits: Sequence[Edit], held_out: Sequence[Edit]) -> None:
        super().__init__(settings, make_accelerator())
        self.settings = settings
        set_seed(settings.seed)  # a fresh adapter must start alike in every process
        self.policy = Policy.load(settings.policy, self._accelerator.device)
        set_seed(settings.seed + self._accelerator.process_index)
        self._held_out = list(held_out)[: settings.evaluate_examples]
        self._pairs = self._encode(edits)  # 1
        self._held_out_pairs = self._encode(self._held_out)
        if not self._pairs:
            raise DataError(f"No edit fits max_tokens = {settings.max_tokens}: raise it.", [])
        self._per_epoch = -(-len(self._pairs) // settings.batch)
        self._batches: dict[int, list[list[int]]] = {}  # of the present epoch
        groups = [(self.policy.trainable().values(), settings.optimizer.lr)]
        self.stepper = Stepper(groups, settings.optimizer, self.steps, self._accelerator)

    @property
    def done(self) -> int:
        """Steps taken."""
        return self.stepper.done

    @property
    def steps(self) -> int:
        """Steps of the whole run."""
        whole = self._per_epoch * self.settings.epochs
        return min(whole, self.settings.max_steps or whole)

    def advance(self) -> dict[str, float]:
        """2. and 3. on the batch whose turn it is."""
        return self.step(self._rows(self.done))

    def note(self, numbers: Mapping[str, float]) -> str:
        """The loss."""
        return f"loss {numbers['sft/loss']:.3f}"

    def step(self, rows: Sequence[int]) -> dict[str, float]:
        """3. One optimizer step on the pairs with these indices; every process takes its part."""
        self.policy.model.train()
        tokens = sum(len(self._pairs[row][1]) for row in rows)
        mine = rows[self._accelerator.process_index :: self._accelerator.num_processes]
        total, rate = torch.zeros((), device=self.policy.device), self.stepper.rate()
        for batch in self._micro_batches([self._pairs[row] for row in mine]):
            loss = self._loss(batch) / tokens
            loss.backward()
            total += loss.detach()
        norm = self.stepper.apply()
        loss_sum = self._accelerator.reduce(total, reduction="sum").item()
        return {"sft/loss": loss_sum, "sft/lr": rate, "sft/grad_norm": norm, "sft/tokens": tokens}

    def _loss(self, batch: Batch) -> torch.Tensor:
        """Sum of the cross-entropy over target tokens."""
        with self.policy.autocast(self.settings.mixed_precision):
            logits, _ = self.policy.forward(batch)
        logprobs = tensors.token_logprobs(logits, batch.completions, temperature=1.0)
        return -tensors.masked_sum(logprobs, batch.completion_mask)

    @torch.no_grad()
    def evaluate(self) -> dict[str, float]:
        """4. and 5. Held-out loss and greedy targets; exports the model when it is the best so far."""
        if not self._held_out_pairs:
            self.keep_best(None)
            return {}
        self.policy.model.eval()
        total = sum(self._loss(batch).item() for batch in self._micro_batches(self._held_out_pairs))
        loss = total / sum(len(completion) for _, completion in self._held_out_pairs)
        asked = self._held_out[: self.settings.generate_examples]
        with self.policy.autocast(self.settings.mixed_precision):
            targets = write_targets(self.policy, asked, self.settings.max_new_tokens)
        numbers = {"eval/loss": loss, **text_metrics(asked, targets)}
        self.keep_best(chosen_by(self.settings.select, numbers))
        if self._main:
            samples = list(zip(asked, targets, strict=True))[:_SHOWN]
            run_page.write(self.output, self.name, self.done, numbers, samples)
            edit, target = samples[0]
            log.info(
                "%s + %s -> %s", edit.source_prompt, edit.instruction or "(beautify)", target or "refused"
            )
        return numbers

    def _encode(self, edits: Sequence[Edit]) -> list[tuple[list[int], list[int]]]:
        pairs = [encode_edit(self.policy.tokenizer, edit) for edit in edits]
        fitting = [pair for pair in pairs if len(pair[0]) + len(pair[1]) <= self.settings.max_tokens]
        if len(fitting) < len(pairs):
            log.warning("%d of %d edits are too long and left out.", len(pairs) - len(fitting), len(pairs))
        return fitting

    def _micro_batches(self, pairs: Sequence[tuple[list[int], list[int]]]) -> Iterator[Batch]:
        size, pad = self.settings.micro_batch, self.policy.tokenizer.pad_token_id
        for start in range(0, len(pairs), size):
            yield collate(pairs[start : start + size], pad).to(self.policy.device)

    def _rows(self, step: int) -> list[int]:
        """2. The batch (indices of pairs) of a step."""
        epoch, position = divmod(step, self._per_epoch)
        if epoch not in self._batches:
            lengths = [len(prompt) + len(completion) for prompt, completion in self._pairs]
            self._batches = {
                epoch: grouped_by_length(lengths, self.settings.batch, f"{self.settings.seed}-{epoch}")
            }
        return self._batches[epoch][position]


def chosen_by(select: str, numbers: Mapping[str, float]) -> float:
    """What is to be made high of an evaluation's numbers, see `SftConfig.select`."""
    if select == "loss":
        return -numbers["eval/loss"]
    names = ("integrity", "f1", "exact") if select == "mean" else (select,)
    return sum(numbers[f"eval/{name}"] for name in names) / len(names)


def grouped_by_length(lengths: Sequence[int], batch: int, seed: str) -> list[list[int]]:
    """Batches of indices, each of examples of like length, in random order; every index exactly once."""
    order = list(range(len(lengths)))
    rng = random.Random(seed)
    rng.shuffle(order)
    pool = batch * _POOL
    batches: list[list[int]] = []
    for start in range(0, len(order), pool):
        part = sorted(order[start : start + pool], key=lengths.__getitem__)
        batches += [part[i : i + batch] for i in range(0, len(part), batch)]
    rng.shuffle(batches)
    return batches


def train(settings: SftConfig) -> Path:
    """Load the data a config names and run SFT on it; returns the folder of the best model."""
    trackers.require(settings.tracking)
    edits, selection = sources.load_edits(settings.data)
    return SftTrainer(settings, edits, selection).run()
