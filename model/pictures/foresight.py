"""What a picture will become, as each step of its painting foresees it.

A preview of that shows something from the first step on, where the latents themselves are still noise.

A network says at every step how the picture without any noise would look; schedulers keep it, give it back
beside the next latents, or it follows from what the network said. Nothing is computed for it by a network.
"""

from functools import wraps
from types import TracebackType
from typing import Any, Self

import torch


class Foresight:
    """While it is open, `seen` is what the last step of a pipeline's scheduler foresaw, as its latents.

    None before the first step, and for schedulers that tell nothing (DEIS and others of their own kind).
    """

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self.seen: torch.Tensor | None = None

    def __enter__(self) -> Self:
        scheduler = self._scheduler = self._pipe.scheduler
        plain = scheduler.step

        @wraps(plain)  # pipelines read from its signature whether it takes a generator
        def step(output: torch.Tensor, time: Any, sample: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
            made = plain(output, time, sample, *args, **kwargs)
            self.seen = _foreseen(scheduler, output, time, sample, made)
            return made

        scheduler.step = step
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        vars(self._scheduler).pop("step", None)  # the class's own is there again

    def of(self, latents: torch.Tensor) -> torch.Tensor:
        """What was foreseen for these latents; the latents where that is not known."""
        return self.seen if self.seen is not None and self.seen.shape == latents.shape else latents


def _foreseen(
    scheduler: Any, output: torch.Tensor, time: Any, sample: torch.Tensor, made: Any
) -> torch.Tensor | None:
    """The picture without noise, by a scheduler that has just made a step of `sample` with `output`."""
    config, name = scheduler.config, type(scheduler).__name__
    if isinstance(made, tuple) and len(made) > 1 and made[1] is not None:  # Euler, Heun, LMS, DDIM, LCM
        told: torch.Tensor = made[1]
        return told
    if config.get("predict_x0") or str(config.get("algorithm_type")).endswith("dpmsolver++"):
        kept: torch.Tensor | None = scheduler.model_outputs[-1]
        return kept
    if name == "FlowMatchEulerDiscreteScheduler":
        noise: torch.Tensor = scheduler.sigmas[scheduler.step_index - 1] * output
        return sample - noise
    if name == "PNDMScheduler" and config.prediction_type == "epsilon":
        share = float(scheduler.alphas_cumprod[int(time)])
        clean: torch.Tensor = (sample - (1 - share) ** 0.5 * output) / share**0.5
        return clean
    return None
