"""CLIP in transformers' format (PickScore, HPSv2), with the interface of `model.clip.open_clip.Clip`."""

from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image
from transformers import AutoModel, AutoProcessor

from model.hardware import pick_device
from model.loading import check_folder, load_errors, location

_WHAT = "CLIP model"
_BATCH = 32


class TransformersClip:
    """A loaded CLIPModel; build it with `load`. Embeddings are float32 rows of length 1, on the CPU."""

    def __init__(self, model: Any, processor: Any, device: torch.device) -> None:
        self.model, self._processor, self._device = model.eval().to(device), processor, device

    @classmethod
    def load(cls, name: str, device: str = "auto") -> "TransformersClip":
        """Open a folder or hub id. Raises LoadError with what to do."""
        check_folder(name, "config.json", _WHAT)
        with load_errors(_WHAT, name, "check the path or hub id"):
            model = AutoModel.from_pretrained(
                location(name), trust_remote_code=False, use_safetensors=True, dtype=torch.float32
            )
            processor = AutoProcessor.from_pretrained(location(name), trust_remote_code=False)
        return cls(model, processor, pick_device(device))

    @property
    def scale(self) -> float:
        """The learnt temperature: cosines times this are CLIP's logits."""
        return float(self.model.logit_scale.detach().exp())

    @torch.inference_mode()
    def pictures(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """Embeddings (n, d) of RGB pictures of any size."""
        parts = []
        for i in range(0, len(images), _BATCH):
            inputs = self._processor(images=list(images[i : i + _BATCH]), return_tensors="pt")
            parts.append(self.model.get_image_features(**inputs.to(self._device)))
        return _rows(parts)

    @torch.inference_mode()
    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        """Embeddings (n, d) of texts; CLIP reads about the first 75 tokens of each."""
        # The processor of a hub model may name no length, and longer texts fail in the position embedding
        length = self.model.config.text_config.max_position_embeddings
        parts = []
        for i in range(0, len(texts), _BATCH):
            inputs = self._processor(
                text=list(texts[i : i + _BATCH]),
                padding=True,
                truncation=True,
                max_length=length,
                return_tensors="pt",
            )
            parts.append(self.model.get_text_features(**inputs.to(self._device)))
        return _rows(parts)


def _rows(parts: list[Any]) -> torch.Tensor:
    """One normalised tensor."""
    # From transformers 5 on the projected embedding is in `pooler_output` (its pull request #42564)
    rows = torch.cat([getattr(part, "pooler_output", part) for part in parts]).float().cpu()
    return torch.nn.functional.normalize(rows, dim=-1)
