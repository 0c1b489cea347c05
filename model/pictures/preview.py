"""Small pictures of what a painting looks like so far, decoded from its latents."""

import io
from typing import Any

import torch

SIDE = 128


@torch.inference_mode()
def preview(pipe: Any, latents: torch.Tensor) -> bytes | None:
    """A PNG, at most `SIDE` pixels wide or high, of the first picture of `latents` (batch, c, h, w).

    None for pipelines whose latents are packed in another shape (Flux).
    """
    if latents.ndim != 4:
        return None
    config = pipe.vae.config
    first = latents[:1] / config.scaling_factor + (getattr(config, "shift_factor", None) or 0.0)
    decoded = pipe.vae.decode(first.to(pipe.vae.dtype), return_dict=False)[0]
    image = pipe.image_processor.postprocess(decoded, output_type="pil")[0]
    image.thumbnail((SIDE, SIDE))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
