"""What SFT and PPO share: take steps, log, evaluate, keep the best, save, and resume as if never stopped.

A method's `Trainer` defines one step, one evaluation, and the state that the next step depends on. The loop
around them is here, so that the following holds for both methods:

- A checkpoint comes every `save_every` steps and whenever the last is `save_minutes` old.
- A stopped run goes on from its newest checkpoint with the very next step. A folder that holds a run of
  other settings is refused before anything in it is changed.
- `OUTPUT/config.toml` are the resolved settings, `began.txt` is a hash of the weights it began with,
  `metrics.jsonl` and `tensorboard/` the numbers, `best/` the policy with the best evaluation, `step-*/` the
  checkpoints.
"""

from __future__ import annotations

import logging
import math
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accelerate import Accelerator
from accelerate.utils import broadcast_object_list
from torch import Tensor

from training.config import toml
from training.core import checkpoint, trackers
from training.core.checkpoint import Checkpoint
from training.core.metrics import MetricsLog
from training.core.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accelerate import Accelerator
    from accelerate.tracking import GeneralTracker
    from torch import Tensor

    from training.config.rl_settings import RlConfig
    from training.config.settings import SftConfig
    from training.core.optimization import Stepper
    from training.core.policy import Policy

log = logging.getLogger(__name__)

FREE = ("save_every", "save_minutes", "keep", "tracking")
"""Settings that may change when a run goes on."""


class Trainer(ABC):
    """One run of a method in one folder. `run()` does all of it.

    A method sets `policy` and `stepper` in its constructor. `best` is the best evaluation so far, higher is
    better, -inf before the first.
    """

    name: str
    metrics: Mapping[str, str]
    policy: Policy
    stepper: Stepper

    def __init__(self, settings: SftConfig | RlConfig, accelerator: Accelerator) -> None:
        self.output, self._accelerator = Path(settings.output), accelerator
        self._config = settings
        self._saved_at = time.monotonic()
        self.best = float("-inf")

    @property
    @abstractmethod
    def done(self) -> int:
        """Steps taken."""

    @property
    @abstractmethod
    def steps(self) -> int:
        """Steps of the whole run."""

    @abstractmethod
    def advance(self) -> dict[str, float]:
        """Take the next step; returns its numbers."""

    @abstractmethod
    def evaluate(self) -> dict[str, float]:
        """Numbers on the selection edits; calls `keep_best` with what is to be made high."""

    @abstractmethod
    def note(self, numbers: Mapping[str, float]) -> str:
        """A few of a step's numbers for the progress line."""

    def check(self, numbers: Mapping[str, float]) -> None:  # noqa: B027  a method may have nothing to check
        """Raise TrainingError when a step's numbers show that going on is no use."""

    def pack(self) -> Checkpoint:
        """What the next step depends on beside policy, optimizer and random states."""
        return Checkpoint({}, {})

    def unpack(self, saved: Checkpoint) -> None:  # noqa: B027  nor to bring back
        """Bring back what `pack` gave."""

    @property
    def _main(self) -> bool:
        return bool(self._accelerator.is_main_process)

    def run(self) -> Path:
        """Train to the end, resuming where a checkpoint is; returns the folder of the best policy."""
        self.resume()
        if self._main:
            toml.save(self._config, self.output / "config.toml")
            if not self.done:
                began = checkpoint.weights_hash(self._config.policy.model, self._config.policy.adapter)
                (self.output / checkpoint.BEGAN).write_text(f"{began}\n", encoding="utf-8")
            log.info(
                "%d of %d steps done in %s; the next one says how long they take.",
                self.done,
                self.steps,
                self.output,
            )
        progress = Progress(self.name, self.steps, self.done, enabled=self._main)
        with MetricsLog(self.output, self.metrics, self._trackers(), enabled=self._main) as metrics:
            while self.done < self.steps:
                numbers = self.advance()
                metrics.write(self.done, numbers)
                progress.show(self.done, self.note(numbers))
                self.check(numbers)
                if self._due(self._config.evaluate_every):
                    metrics.write(self.done, self.evaluate())
                if self._due(self._config.save_every) or self._long_unsaved():
                    self.save()
        return self.output / "best"

    def _trackers(self) -> list[GeneralTracker]:
        """Of the first process alone: the numbers are those of all."""
        if not self._main:
            return []
        config = self._config.model_dump(mode="json")
        return trackers.started(self._config.tracking, self.output, self.done, config)

    def _due(self, every: int) -> bool:
        return self.done % every == 0 or self.done == self.steps

    def _long_unsaved(self) -> bool:
        """Whether the last checkpoint is `save_minutes` old; all processes go by the first one's clock."""
        long = [time.monotonic() - self._saved_at >= self._config.save_minutes * 60]
        if self._accelerator.num_processes > 1:
            broadcast_object_list(long)
        return long[0]

    def keep_best(self, score: float | None) -> None:
        """Export the policy when `score` is above all before, or when nothing judges it (None)."""
        if score is not None and not score > self.best:
            return
        self.best = self.best if score is None else score
        if self._main:
            self.policy.export(self.output / "best")

    def save(self) -> None:
        """Write a checkpoint of everything the next step depends on."""
        random_states = checkpoint.pack_random()
        if self._main:
            own, optimizer = self.pack(), self.stepper.pack()
            tensors = {**_under("model", self.policy.trainable()), **own.tensors}
            tensors |= _under("optimizer", optimizer.tensors) | _under("random", random_states)
            state = {
                **own.state,
                "best": self.best if math.isfinite(self.best) else None,
                "stepper": optimizer.state,
                "config": self._config.model_dump(mode="json"),
            }
            checkpoint.save(self.output, self.done, Checkpoint(tensors, state), self._config.keep)
        self._accelerator.wait_for_everyone()
        self._saved_at = time.monotonic()

    def resume(self) -> None:
        """Go on from the newest checkpoint, if any. Raises CheckpointError if it is of another config."""
        if self._main:
            checkpoint.take_all_back(self.output)
        self._accelerator.wait_for_everyone()
        folders = checkpoint.existing(self.output)
        if not folders:
            return
        saved = checkpoint.load(folders[-1])
        state: dict[str, Any] = saved.state
        before, now = (
            _deciding(config) for config in (state["config"], self._config.model_dump(mode="json"))
        )
        checkpoint.check_config(before, now, folders[-1])
        self.policy.load_trainable(saved.part("model"))
        self.stepper.unpack(saved.part("optimizer"), state["stepper"])
        self.unpack(saved)
        self.best = float("-inf") if state["best"] is None else state["best"]
        checkpoint.unpack_random(saved.part("random"), self._accelerator.process_index)
        log.info("Resumed from %s.", folders[-1])


def _deciding(config: Mapping[str, Any]) -> dict[str, Any]:
    """A config without what may change when a run goes on, as it has no part in what is learned: when the run
    is saved, and where its numbers are shown."""
    return {key: value for key, value in config.items() if key not in FREE}


def _under(part: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors named as `Checkpoint.part` finds them."""
    return {f"{part}/{name}": tensor for name, tensor in tensors.items()}
