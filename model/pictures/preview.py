"""Small pictures of what a painting looks like so far, decoded from its latents."""

import inspect
from typing import Any

import torch
from PIL import Image
from torch.nn.functional import avg_pool2d

from model.pictures.decoding import over_white
from model.pictures.families import Decode

SIDE = 128
_DECODED = 2 * SIDE  # pixels; what is decoded from latents shrunk to less loses its small things


@torch.inference_mode()
def preview(pipe: Any, decode: Decode, latents: torch.Tensor, size: tuple[int, int]) -> Image.Image | None:
    """The first picture of `latents`, at most `SIDE` pixels wide or high, decoded as `decode` says.

    `size` is the picture's, (width, height) in pixels. Latents of large ones are shrunk before they are
    decoded, which takes time with the number of pixels. None while there is nothing to see: unfinished
    latents may overflow what the VAE can decode.
    """
    first, config = latents[:1], pipe.vae.config
    if decode in ("packed", "statistics"):
        first = _unpacked(pipe, first, size)
    if decode == "normalised":
        first = _from_patches(pipe, first, size)
    elif decode == "statistics":
        first = first * _channels(config.latents_std, first) + _channels(config.latents_mean, first)
    else:
        first = first / config.scaling_factor + (getattr(config, "shift_factor", None) or 0.0)
    first = _shrunk(first, max(size) // _DECODED)
    decoded = pipe.vae.decode(first.to(pipe.vae.dtype), return_dict=False)[0]
    if decode == "statistics":
        decoded = decoded[:, :, 0]  # the VAE is one for videos; a picture is its first frame
    if not decoded.isfinite().all():
        return None
    image = over_white(pipe.image_processor.postprocess(decoded, output_type="pil")[0])
    image.thumbnail((SIDE, SIDE))
    return image


def _shrunk(latents: torch.Tensor, by: int) -> torch.Tensor:
    """Latents of a picture `by` times smaller in both directions, (1, channels, ..., rows, columns)."""
    if by < 2:
        return latents
    leading = latents.shape[:-2]
    small = avg_pool2d(latents.flatten(0, -3).unsqueeze(1), by)
    return small.reshape(*leading, *small.shape[-2:])


def _unpacked(pipe: Any, latents: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """Latents in rows and columns; the families' methods for it want different numbers of arguments."""
    unpack = pipe._unpack_latents  # noqa: SLF001
    known = {
        "width": size[0],
        "height": size[1],
        "patch_size": getattr(pipe.transformer.config, "patch_size", None),
        "vae_scale_factor": pipe.vae_scale_factor,
    }
    wanted = inspect.signature(unpack).parameters
    unpacked: torch.Tensor = unpack(
        latents, **{name: value for name, value in known.items() if name in wanted}
    )
    return unpacked


def _from_patches(pipe: Any, latents: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """FLUX.2's latents for its VAE: a sequence of normalised patches, (1, rows x columns, channels)."""
    rows = size[1] // (2 * pipe.vae_scale_factor)
    learned = pipe.vae.bn
    patches = latents.transpose(1, 2).unflatten(2, (rows, -1))
    deviation = torch.sqrt(learned.running_var + pipe.vae.config.batch_norm_eps)
    patches = patches * _channels(deviation, patches) + _channels(learned.running_mean, patches)
    unpacked: torch.Tensor = pipe._unpatchify_latents(patches)  # noqa: SLF001
    return unpacked


def _channels(values: list[float] | torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    """One number for each channel, (1, channels, 1, ...)."""
    return torch.as_tensor(values, device=like.device, dtype=like.dtype).view(1, -1, *[1] * (like.ndim - 2))
