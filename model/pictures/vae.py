"""Decoding in float32 where a VAE overflows the number format that the rest of a pipeline works in."""

from functools import wraps
from typing import Any

import torch

_PARTS = ("vae", "movq", "vqgan")


def upcast_decoding(pipe: Any) -> bool:
    """Let the VAE of `pipe` decode in float32 from now on; False where that changes nothing or cannot be.

    Only `decode` is changed, and the weights are cast back after it: pipelines encode a picture, and choose
    the format of their latents, by what the VAE has at rest. SDXL's first VAE overflows in float16 (its
    config says `force_upcast`, and the pipeline minds that; configs of VAEs merged by others often do not).
    """
    vae = next((part for name in _PARTS if (part := getattr(pipe, name, None)) is not None), None)
    if vae is None or vae.dtype == torch.float32 or getattr(vae, "_decodes_in_float32", False):
        return False
    if any(parameter.is_meta for parameter in vae.parameters()):
        return False  # offload = "layers" keeps the weights elsewhere, layer by layer
    plain = vae.decode

    @wraps(plain)
    def decode(latents: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
        at_rest = vae.dtype
        vae.to(torch.float32)
        try:
            return plain(latents.float(), *args, **kwargs)
        finally:
            vae.to(at_rest)

    vae.decode = decode
    vae._decodes_in_float32 = True  # noqa: SLF001  the part may be shared with an image-to-image pipeline
    return True
