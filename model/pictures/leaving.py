"""Taking pictures out of a batch between two of its steps, when nobody wants them any more.

A pipeline of diffusers lets its callback exchange some of the tensors of its loop, which are not all in most
families. In those named here they are; elsewhere what nobody wants is painted to the end and thrown away.
"""

from collections.abc import Sequence
from typing import Any

import torch

_LET_GO = (
    "StableDiffusionPipeline",
    "StableDiffusionImg2ImgPipeline",
    "StableDiffusionXLPipeline",
    "StableDiffusionXLImg2ImgPipeline",
)


def rows_can_leave(pipe: Any) -> bool:
    """Whether the loop of `pipe` goes on with fewer rows when its callback returns fewer."""
    if type(pipe).__name__ not in _LET_GO:
        return False
    # LCM's embedding of the guidance has a row for each picture too, and the callback does not get it; nor
    # the noise of the schedulers with a Brownian tree
    embeds_guidance = pipe.unet.config.time_cond_proj_dim is not None
    return not embeds_guidance and not hasattr(pipe.scheduler, "noise_sampler")


def rows_of(
    pipe: Any, tensors: dict[str, Any], generators: list[torch.Generator], kept: Sequence[int]
) -> dict[str, Any]:
    """The callback's tensors with only the rows `kept`; generators and scheduler lose the others.

    With guidance the embeddings stand twice in one tensor: those without the prompt come first.
    """
    count = len(generators)
    generators[:] = [generators[at] for at in kept]
    _thin_out(pipe.scheduler, tensors["latents"], kept)
    return {
        name: tensor.unflatten(0, (-1, count))[:, kept].flatten(0, 1)
        for name, tensor in tensors.items()
        if isinstance(tensor, torch.Tensor)
    }


def _thin_out(scheduler: Any, latents: torch.Tensor, kept: Sequence[int]) -> None:
    """Solvers of several steps keep what they saw in the last ones, in tensors of the latents' shape."""

    def thinned(value: Any) -> Any:
        if isinstance(value, torch.Tensor) and value.shape == latents.shape:
            return value[kept]
        return [thinned(item) for item in value] if isinstance(value, list) else value

    for name, value in vars(scheduler).items():
        if isinstance(value, torch.Tensor | list):
            setattr(scheduler, name, thinned(value))
