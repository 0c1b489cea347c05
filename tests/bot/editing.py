"""A sketch engine with an editor: it marks the picture for an edit, and paints inside masks."""

import hashlib
import io
from dataclasses import dataclass, field, replace

from PIL import Image, ImageDraw

from model.engine import Capabilities, EngineInfo, OnProgress, PaintRequest, PaintResult, Picture
from model.errors import BadRequest, Unsupported
from model.pictures.masks import pasted, png_of, read_mask
from model.pictures.ways import check
from tests.bot.engines import LLM, SketchEngine

EDITOR = Capabilities(edit=True, region=True, several_pictures=True, finds_regions=True)


@dataclass
class EditingEngine(SketchEngine):
    """Follows instructions on pictures, as far as `able` says, and finds whatever `regions` names.

    `regions`: words -> left, top, right and bottom of what they name, as shares of the picture. `asked` lists
    the words that were looked for.
    """

    able: Capabilities = EDITOR
    regions: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def info(self) -> EngineInfo:
        """The names that turns record, and what it can do."""
        return EngineInfo(LLM, self.painter, self.able)

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        """Sketches as ever; an edit is the picture with a square, a region is sketched anew in its mask."""
        check(request)
        if request.way == "edit" and not self.able.edit:
            raise Unsupported("no editor")
        painted = await super().paint(request, on_progress)
        if request.way not in ("edit", "region"):
            return painted
        assert request.init_image is not None
        source = Image.open(io.BytesIO(request.init_image)).convert("RGB")
        return replace(painted, pictures=tuple(_changed(p, request, source) for p in painted.pictures))

    async def find_region(self, image: bytes, words: str) -> bytes:
        """The rectangle that the test gave these words."""
        self.asked.append(words)
        if words not in self.regions:
            raise BadRequest(f'Nothing in the picture looks like "{words}": name it in other words.')
        picture = Image.open(io.BytesIO(image))
        mask = Image.new("L", picture.size)
        left, top, right, bottom = self.regions[words]
        box = (left * mask.width, top * mask.height, right * mask.width - 1, bottom * mask.height - 1)
        ImageDraw.Draw(mask).rectangle(box, fill=255)
        return png_of(mask)


def _changed(painted: Picture, request: PaintRequest, source: Image.Image) -> Picture:
    if request.way == "region":
        assert request.mask is not None
        inside = Image.open(io.BytesIO(painted.png)).convert("RGB")
        result = pasted(inside, source, read_mask(request.mask, source.size))
    else:
        result = source.copy()
        colour = hashlib.sha256(f"{request.instruction}|{painted.seed}".encode()).digest()
        ImageDraw.Draw(result).rectangle((0, 0, 15, 15), fill=tuple(colour[:3]))
    buffer = io.BytesIO()
    result.save(buffer, "PNG")
    return replace(painted, png=buffer.getvalue(), width=result.width, height=result.height)
