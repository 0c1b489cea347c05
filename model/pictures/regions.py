"""Masks from words: where in a picture something is that words name, by CLIPSeg (`[image] regions`).

CLIPSeg gives each point of a picture a score for the words. A point counts from `THRESHOLD` on, and the mask
is grown a little, since an edge that is left standing shows more than one that is painted anew.
"""

from typing import Any

import torch
from PIL import Image

from model.errors import BadRequest
from model.hardware import pick_device
from model.loading import check_folder, load_errors, location
from model.pictures.masks import grown, thresholded
from model.settings import ImageSettings

THRESHOLD = 0.4
"""Share from which on a point belongs to the region; what CLIPSeg's authors' demonstrations use."""

_WHAT = "region model"


class Regions:
    """A loaded CLIPSeg; build it with `load`."""

    def __init__(self, model: Any, processor: Any) -> None:
        self._model, self._processor = model.eval(), processor

    @classmethod
    def load(cls, settings: ImageSettings) -> "Regions":
        """The model that `[image] regions` names, on the pipeline's device. Raises LoadError."""
        from transformers import CLIPSegForImageSegmentation, CLIPSegProcessor

        name = settings.regions
        check_folder(name, "config.json", _WHAT)
        with load_errors(_WHAT, name, "name a CLIPSeg, as CIDAS/clipseg-rd64-refined"):
            model = CLIPSegForImageSegmentation.from_pretrained(
                location(name), trust_remote_code=False, use_safetensors=True
            )
            processor = CLIPSegProcessor.from_pretrained(location(name))
        return cls(model.to(pick_device(settings.device)), processor)

    def find(self, picture: Image.Image, words: str) -> Image.Image:
        """A black and white mask of the picture's size. Raises BadRequest where nothing is found."""
        mask = thresholded(self.scores(picture, words).numpy(), picture.size, THRESHOLD)
        if mask.getbbox() is None:
            raise BadRequest(f'Nothing in the picture looks like "{words}": name it in other words.')
        return grown(mask)

    @torch.inference_mode()
    def scores(self, picture: Image.Image, words: str) -> torch.Tensor:
        """How much each point looks like the words, (rows, columns) from 0 to 1."""
        inputs = self._processor(
            text=[words], images=[picture.convert("RGB")], return_tensors="pt", truncation=True
        )
        logits = self._model(**inputs.to(self._model.device)).logits
        scores: torch.Tensor = logits.reshape(logits.shape[-2:]).float().sigmoid().cpu()
        return scores
