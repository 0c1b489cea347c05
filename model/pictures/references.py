"""How a reference picture reaches a pipeline: by an IP-Adapter, or as an editor's last picture with words."""

from dataclasses import replace
from typing import Any

from PIL import Image

from model.engine import PaintRequest, ReferenceAs
from model.pictures.decoding import decode_picture

ENOUGH = 1024
"""Pixels of a side; CLIP sees 224, and the editors look at no more themselves."""

# The editors were shown pictures under these names ("image 1", "image 2") in their makers' examples
_SAID: dict[ReferenceAs, str] = {
    "style": "in the style of image {number}",
    "character": "with the same character as in image {number}",
}


def read_reference(data: bytes) -> Image.Image:
    """The picture, with no more pixels than are looked at. Raises BadImage."""
    picture = decode_picture(data, enough=ENOUGH).convert("RGB")
    picture.thumbnail((ENOUGH, ENOUGH))
    return picture


def said_with_reference(words: str, request: PaintRequest) -> str:
    """The words for an editor that reads the reference as its last picture."""
    before = (request.init_image is not None) + len(request.more_images)
    return f"{words.rstrip(' .,;')}, {_SAID[request.reference_as].format(number=before + 1)}"


def as_further_picture(request: PaintRequest) -> PaintRequest:
    """An edit with a reference as one with a further picture, for a server that knows of no references."""
    if request.reference is None:
        return request
    return replace(
        request,
        instruction=said_with_reference(request.instruction, request),
        more_images=(*request.more_images, request.reference),
        reference=None,
        reference_as="style",
    )


def adapter_arguments(picture: Image.Image) -> dict[str, Any]:
    """What a pipeline with an IP-Adapter is given: one picture for all of a batch."""
    return {"ip_adapter_image": [picture]}
