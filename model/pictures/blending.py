"""Painting inside a mask with a pipeline that has no inpainting for its latents: after each step, everything
outside of the mask becomes the picture again, with as much noise as the next step expects.

It is what diffusers' inpainting does for plain checkpoints; but that refuses a Stable Diffusion of more than
four latent channels, and several families have none at all.
"""

from typing import Any

import numpy as np
import torch
from PIL import Image


class Blend:
    """Keeps `source` outside of the white of `mask`; both have the size that is painted."""

    def __init__(self, source: Image.Image, mask: Image.Image) -> None:
        self._source, self._mask = source, mask
        self._known: torch.Tensor | None = None

    def __call__(self, pipe: Any, time: Any, latents: torch.Tensor, seeds: tuple[int, ...]) -> torch.Tensor:
        """The latents after the step of timestep `time`, one picture for each of `seeds`."""
        known = self._encoded(pipe).to(latents)
        steps = pipe.scheduler.timesteps
        at = int((steps == time).nonzero()[0, 0])
        if at + 1 < len(steps):
            noise = torch.cat([self._noise(seed, known) for seed in seeds]).to(latents)
            known = pipe.scheduler.add_noise(known.expand_as(noise), noise, steps[at + 1 : at + 2])
        return torch.where(self._open(latents), latents, known.to(latents))

    def _encoded(self, pipe: Any) -> torch.Tensor:
        """The picture's latents, (1, channels, rows, columns)."""
        if self._known is None:
            pixels = pipe.image_processor.preprocess(self._source)
            latents = pipe.vae.encode(pixels.to(pipe.vae.device, pipe.vae.dtype)).latent_dist.mode()
            # Stable Diffusion's pipelines leave a shift of the VAE out when they encode
            self._known = latents * pipe.vae.config.scaling_factor
        return self._known

    @staticmethod
    def _noise(seed: int, like: torch.Tensor) -> torch.Tensor:
        """The same for a seed whatever else is in the batch."""
        return torch.randn(like.shape, generator=torch.Generator("cpu").manual_seed(seed))

    def _open(self, latents: torch.Tensor) -> torch.Tensor:
        """Where a latent lies under any white pixel, (rows, columns)."""
        rows, columns = latents.shape[-2:]
        share = np.asarray(self._mask.resize((columns, rows), Image.Resampling.BOX))
        return torch.from_numpy(share > 0).to(latents.device)
