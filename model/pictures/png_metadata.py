"""The text that a PNG carries about how it was made."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from model.pictures.decoding import _open


@dataclass(frozen=True, slots=True)
class Parameters:
    """How a picture was painted. `sampler` is the scheduler's name, `size` pixels (width, height)."""

    prompt: str
    negative_prompt: str
    steps: int
    sampler: str
    guidance: float
    seed: int
    size: tuple[int, int]
    model: str
    keep: float = 0.0

    def as_text(self) -> str:
        """The `parameters` text other tools read."""
        negative = [f"Negative prompt: {self.negative_prompt}"] if self.negative_prompt else []
        fields = {
            "Steps": self.steps,
            "Sampler": self.sampler,
            "CFG scale": f"{self.guidance:g}",
            "Seed": self.seed,
            "Size": f"{self.size[0]}x{self.size[1]}",
            "Model": _quoted(self.model),
        }
        if self.keep:
            fields["Denoising strength"] = f"{1 - self.keep:g}"
        line = ", ".join(f"{key}: {value}" for key, value in fields.items())
        return "\n".join([self.prompt, *negative, line])


def _quoted(value: str) -> str:
    """The webui quotes values that hold its separators."""
    return json.dumps(value, ensure_ascii=False) if any(c in value for c in ",:\n") else value


def encode_png(image: Image.Image, parameters: Parameters) -> bytes:
    """PNG bytes of `image` with both texts in it."""
    info = PngInfo()
    info.add_text("parameters", parameters.as_text())
    info.add_text("diffchat", json.dumps(asdict(parameters), ensure_ascii=False))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=info, compress_level=6)
    return buffer.getvalue()


def read_parameters(png: bytes) -> Parameters | None:
    """What one of our own pictures says about itself; None for a picture without our JSON."""
    text = _open(png).info.get("diffchat")
    if not isinstance(text, str):
        return None
    try:
        fields: Mapping[str, Any] = json.loads(text)
        return Parameters(**{**fields, "size": (int(fields["size"][0]), int(fields["size"][1]))})
    except (ValueError, TypeError, KeyError, IndexError):
        return None
