"""How a picture was painted, as text inside its PNG: AUTOMATIC1111's `parameters`, written and read.

This is the only place that writes it. The format is what stable-diffusion-webui writes and most tools read
(`modules/infotext_utils.py` there): the prompt, a line that begins with `Negative prompt: `, and a last line
of `Key: value` pairs with commas between them. A value that holds a separator is quoted as JSON.
"""

import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from model.pictures.decoding import open_picture

_KEYWORD = "parameters"
_OLD_KEYWORD = "diffchat"  # pictures of before carry the same as JSON under this one
_NEGATIVE = "Negative prompt: "
# webui's own pattern (re_param_code), with its keys of word characters, spaces, hyphens and slashes
_PAIR = re.compile(r'\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)')
# a foreign text beyond this is left alone: the pattern above takes time with the square of a line's length
_MOST_CHARS, _MOST_PAIRS = 50_000, 4_000
_LENGTH = "Prompt length"  # a key of ours, see `Parameters.as_text`
_WAY, _INSTRUCTION, _REFERENCE = "Way", "Instruction", "Reference"  # ours too


@dataclass(frozen=True, slots=True)
class Parameters:
    """How a picture was painted. `sampler` is the scheduler's name, `size` pixels (width, height).

    `keep` is the share of another picture that was painted over, to six digits; 0 where there was none.
    `way` is "edit" or "region" for a picture that was changed in that way, by `instruction`. `reference` is
    "style" or "character" for one that was painted after another picture, which is not in the file.
    """

    prompt: str
    negative_prompt: str
    steps: int
    sampler: str
    guidance: float
    seed: int
    size: tuple[int, int]
    model: str
    keep: float = 0.0
    way: str = ""
    instruction: str = ""
    reference: str = ""

    def as_text(self) -> str:
        """The text of the `parameters` chunk.

        Where the prompt itself has a line that begins as the negative prompt does, its length in characters
        stands among the pairs, so that `from_text` still tells the two apart.
        """
        head = f"{self.prompt}\n{_NEGATIVE}{self.negative_prompt}" if self.negative_prompt else self.prompt
        fields = {
            "Steps": self.steps,
            "Sampler": self.sampler,
            "CFG scale": _number(self.guidance),
            "Seed": self.seed,
            "Size": f"{self.size[0]}x{self.size[1]}",
            "Model": self.model,
        }
        if self.keep:
            fields["Denoising strength"] = _number(round(1 - self.keep, 6))
        ours = {_WAY: self.way, _INSTRUCTION: self.instruction, _REFERENCE: self.reference}
        fields |= {key: value for key, value in ours.items() if value}
        if _split(head) != (self.prompt, self.negative_prompt):
            fields[_LENGTH] = len(self.prompt)
        pairs = ", ".join(f"{key}: {_quoted(str(value))}" for key, value in fields.items())
        return f"{head}\n{pairs}"

    @classmethod
    def from_text(cls, text: str) -> "Parameters":
        """What a `parameters` text says, ours or another tool's.

        Raises KeyError or ValueError for a text without steps, guidance, seed and size, or one that no
        picture needs.
        """
        head, _, last = text.rstrip("\n").rpartition("\n")
        if len(text) > _MOST_CHARS or len(last) > _MOST_PAIRS:
            raise ValueError("the text is longer than any picture's parameters")
        fields = dict(_pairs(last))
        prompt, negative = _split(head, int(fields[_LENGTH]) if _LENGTH in fields else None)
        width, height = fields["Size"].split("x")
        strength = fields.get("Denoising strength")
        return cls(
            prompt=prompt,
            negative_prompt=negative,
            steps=int(fields["Steps"]),
            sampler=fields.get("Sampler", ""),
            guidance=float(fields["CFG scale"]),
            seed=int(fields["Seed"]),
            size=(int(width), int(height)),
            model=fields.get("Model", ""),
            keep=0.0 if strength is None else round(1 - float(strength), 6),
            way=fields.get(_WAY, ""),
            instruction=fields.get(_INSTRUCTION, ""),
            reference=fields.get(_REFERENCE, ""),
        )


def _split(head: str, length: int | None = None) -> tuple[str, str]:
    """(prompt, negative prompt) of what stands above the pairs; `length` is the prompt's, where known."""
    border = f"\n{_NEGATIVE}"
    at = head.find(border) if length is None else length
    if at < 0:
        return head, ""
    return head[:at], head[at:].removeprefix(border)


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    for key, value in _PAIR.findall(line):
        yield key, _unquoted(value)


def _quoted(value: str) -> str:
    """The value as it stands in a pair; one with separators, quotes or spaces at its ends as JSON."""
    plain = value == value.strip() and not any(c in value for c in ',:\n"\\')
    return value if plain else json.dumps(value, ensure_ascii=False)


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value.strip()
    try:
        return str(json.loads(value))
    except ValueError:  # another tool's value that only begins with a quotation mark
        return value


def _number(value: float) -> str:
    """The shortest form that is read back as the same number."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def encode_png(image: Image.Image, parameters: Parameters) -> bytes:
    """PNG bytes of `image` with its parameters in it.

    Of what PNG's filters leave of a picture, zlib looks only for runs of one byte: a third of the time of its
    default, or less, for a file of the same size (`tests.benchmarks.pictures_parts`).
    """
    info = PngInfo()
    info.add_text(_KEYWORD, parameters.as_text())
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=info, compress_type=zlib.Z_RLE)
    return buffer.getvalue()


def read_parameters(png: bytes) -> Parameters | None:
    """What a picture says about itself, ours of any age or another tool's; None where it says nothing.

    The text may be anybody's: one that is no settings counts as nothing, however malformed.
    """
    info = open_picture(png).info
    try:
        if isinstance(old := info.get(_OLD_KEYWORD), str):
            return _from_json(old)
        if isinstance(text := info.get(_KEYWORD), str):
            return Parameters.from_text(text)
    # deep JSON is too much for the recursion of its parser, and infinity is no number of steps or pixels
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        return None
    return None


def _from_json(text: str) -> Parameters:
    """The settings as pictures of before carry them; raises for anything else, as `read_parameters` says."""
    if len(text) > _MOST_CHARS:
        raise ValueError("the text is longer than any picture's parameters")
    said: Mapping[str, Any] = json.loads(text)
    width, height = said["size"]
    texts = {name: _text(said[name]) for name in ("prompt", "negative_prompt", "sampler", "model")}
    texts |= {name: _text(said.get(name, "")) for name in ("way", "instruction", "reference")}
    return Parameters(
        **texts,
        steps=int(said["steps"]),
        guidance=float(said["guidance"]),
        seed=int(said["seed"]),
        size=(int(width), int(height)),
        keep=float(said.get("keep", 0.0)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("words and names are texts")
    return value
