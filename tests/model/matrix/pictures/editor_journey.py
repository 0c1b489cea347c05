"""One family of editors through the whole product, as `[image] editor` beside a small painter.

Qwen-Image-Edit and LongCat make every picture one of a million pixels, which tiny models would take minutes
for: here they are told a smaller area, and nothing else of them is changed.
"""

import dataclasses
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

import torch
from diffusers.pipelines.longcat_image import pipeline_longcat_image_edit
from diffusers.pipelines.qwenimage import (
    pipeline_qwenimage_edit,
    pipeline_qwenimage_edit_inpaint,
    pipeline_qwenimage_edit_plus,
)
from PIL import Image

from model.engine import PaintProgress
from model.pictures.editor import Editor
from model.pictures.painter import Painter
from tests.model.matrix.pictures import editing, journey
from tests.model.matrix.pictures.builders import dits
from tests.model.matrix.pictures.builders.editors import EDITORS
from tests.model.matrix.pictures.looking import difference, png

_OF_A_MILLION_PIXELS = (
    pipeline_longcat_image_edit,
    pipeline_qwenimage_edit,
    pipeline_qwenimage_edit_inpaint,
    pipeline_qwenimage_edit_plus,
)
_SHARE = 256


def travel(name: str, folder: Path) -> dict[str, str]:
    """Take the editor through everything; what came of it, by column."""
    editor, model = folder / "editor", folder / "painter"
    torch.manual_seed(0)
    EDITORS[name]().save_pretrained(editor, safe_serialization=True)
    # a painter that neither edits nor paints inside a mask, so that the editor does both
    dits.pixart_alpha().save_pretrained(model, safe_serialization=True)
    painter = Painter.load(journey.settings(model, editor=str(editor), previews=True))
    with _small_areas():
        return {
            "paint": "as `[image] editor` only",
            "image to image": "–",
            "edit": editing.edit(painter, journey.REQUEST),
            "region": editing.region(painter, journey.REQUEST),
            "guidance": _guidance(painter, editor),
            "negative prompt": "no",
            "previews": _previews(painter),
            "progress, cancel": "yes",  # asked for by `edit` and `region`
        }


@contextmanager
def _small_areas() -> Iterator[None]:
    with ExitStack() as stack:
        for module in _OF_A_MILLION_PIXELS:
            plain = module.calculate_dimensions
            smaller = mock.Mock(
                side_effect=lambda area, ratio, plain=plain: plain(max(32 * 32, area / _SHARE), ratio)
            )
            stack.enter_context(mock.patch.object(module, "calculate_dimensions", smaller))
        yield


def _guidance(painter: Painter, editor: Path) -> str:
    call = Editor(journey.settings(editor, editor=str(editor))).load(None)[1].ways["edit"]
    request = dataclasses.replace(
        journey.REQUEST, way="edit", init_image=png(editing.source()), instruction="make it blue", seeds=(1,)
    )
    one, other = (
        painter.paint(dataclasses.replace(request, guidance=guidance)).pictures[0] for guidance in (3.0, 30.0)
    )
    assert difference(one, other) > 0, "guidance has no effect"
    if call.picture_guidance is None:
        return f"`{call.guidance}`"
    near = painter.paint(dataclasses.replace(request, picture_guidance=9.0)).pictures[0]
    assert difference(one, near) > 0, "picture_guidance has no effect"
    return f"`{call.guidance}`, `{call.picture_guidance}`"


def _previews(painter: Painter) -> str:
    seen: list[PaintProgress] = []
    request = dataclasses.replace(
        journey.REQUEST, way="edit", init_image=png(editing.source()), instruction="make it blue", seeds=(1,)
    )
    painter.paint(request, seen.append)
    assert [progress.preview is not None for progress in seen] == [True, True, False]
    assert max(Image.open(io.BytesIO(seen[0].preview or b"")).size) in (64, 128)
    return "yes"
