"""Small pictures of what a painting looks like so far, decoded from its latents."""

import io
from typing import Any

import torch

from model.pictures.families import Decode

SIDE = 128


@torch.inference_mode()
def preview(pipe: Any, decode: Decode, latents: torch.Tensor, size: tuple[int, int]) -> bytes | None:
    """A PNG, at most `SIDE` pixels wide or high, of the first picture of `latents`, as `decode` says.

    `size` is the picture's, (width, height) in pixels. None while there is nothing to see: unfinished latents
    may overflow what the VAE can decode.
    """
    first, config = latents[:1], pipe.vae.config
    if decode != "plain":
        width, height = size
        first = pipe._unpack_latents(first, height, width, pipe.vae_scale_factor)  # noqa: SLF001
    if decode == "statistics":
        first = first * _channels(config.latents_std, first) + _channels(config.latents_mean, first)
    else:
        first = first / config.scaling_factor + (getattr(config, "shift_factor", None) or 0.0)
    decoded = pipe.vae.decode(first.to(pipe.vae.dtype), return_dict=False)[0]
    if decode == "statistics":
        decoded = decoded[:, :, 0]  # the VAE is one for videos; a picture is its first frame
    if not decoded.isfinite().all():
        return None
    image = pipe.image_processor.postprocess(decoded, output_type="pil")[0]
    image.thumbnail((SIDE, SIDE))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _channels(values: list[float], like: torch.Tensor) -> torch.Tensor:
    """One number for each channel, (1, channels, 1, ...)."""
    return torch.tensor(values, device=like.device, dtype=like.dtype).view(1, -1, *[1] * (like.ndim - 2))
