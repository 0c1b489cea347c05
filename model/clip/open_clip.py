"""CLIP through open_clip: pictures and texts as directions in one space.

The embedded model, hub models and open_clip's own names are opened alike: a folder with
`open_clip_config.json`, "hf-hub:owner/name", or "architecture/tag" (`ViT-L-14-quickgelu/openai`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import open_clip
import torch
from PIL import Image

from model.hardware import pick_device
from model.loading import check_folder, load_errors, path_of

_WHAT = "CLIP model"
_BATCH = 32


class Clip:
    """A loaded CLIP; build it with `load`. Embeddings are float32 rows of length 1, on the CPU."""

    def __init__(self, model: Any, preprocess: Any, tokenizer: Any, device: torch.device) -> None:
        self.model, self.device = model.eval().to(device), device
        self._preprocess, self._tokenizer = preprocess, tokenizer

    @classmethod
    def load(cls, name: str, device: str = "auto") -> "Clip":
        """Open the model `name`. Raises LoadError with what to do."""
        architecture, tag = _names(name)
        with load_errors(_WHAT, name, "check the path or the name"):
            model, _, preprocess = open_clip.create_model_and_transforms(
                # weights_only: a checkpoint of open_clip's may be a pickle, which would run code when read
                architecture,
                pretrained=tag,
                precision="fp32",
                weights_only=True,
            )
            tokenizer = open_clip.get_tokenizer(architecture)
        return cls(model, preprocess, tokenizer, pick_device(device))

    @property
    def scale(self) -> float:
        """The learnt temperature: cosines times this are CLIP's logits."""
        return float(self.model.logit_scale.detach().exp())

    @torch.inference_mode()
    def pictures(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """Embeddings (n, d) of RGB pictures of any size."""
        parts = [
            self.model.encode_image(self.pixels(images[i : i + _BATCH]), normalize=True).float().cpu()
            for i in range(0, len(images), _BATCH)
        ]
        return torch.cat(parts)

    @torch.inference_mode()
    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        """Embeddings (n, d) of texts; CLIP reads about the first 75 tokens of each."""
        parts = [
            self.model.encode_text(self._tokens(texts[i : i + _BATCH]), normalize=True).float().cpu()
            for i in range(0, len(texts), _BATCH)
        ]
        return torch.cat(parts)

    def pixels(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """Pictures as the image tower wants them, (n, 3, side, side)."""
        return torch.stack([self._preprocess(image.convert("RGB")) for image in images]).to(self.device)

    def _tokens(self, texts: Sequence[str]) -> torch.Tensor:
        tokens: torch.Tensor = self._tokenizer(list(texts))
        return tokens.to(self.device)


def _names(name: str) -> tuple[str, str | None]:
    """open_clip's (model name, tag) for one of our names."""
    if name.startswith("hf-hub:"):
        return name, None
    if path_of(name).is_absolute() or Path(name).is_dir():
        check_folder(name, "open_clip_config.json", _WHAT)
        return f"local-dir:{path_of(name)}", None
    architecture, _, tag = name.partition("/")
    return architecture, tag or None
