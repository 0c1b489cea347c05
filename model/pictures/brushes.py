"""Which pipeline serves a request: the one that is loaded, its relatives of the same parts, or the editor.

A relative (image to image, inpainting) is another class around the same networks: no weight is there twice.
Where a separate editor is set, `[image] editor_rests` says where the one of the two is that is not at work.
"""

import gc
import inspect
from dataclasses import dataclass, replace
from typing import Any

import torch
from diffusers import AutoPipelineForImage2Image

from model.engine import Capabilities, PaintRequest
from model.errors import Unsupported
from model.hardware import pick_device
from model.loading import display_name
from model.pictures.editor import Editor, with_editor
from model.pictures.families import Call, Family, family_of
from model.pictures.ip_adapter import IPAdapter
from model.pictures.requests import by_adapter, check_request, check_settings
from model.pictures.schedulers import schedulers_of
from model.settings import ImageSettings


@dataclass(frozen=True, slots=True)
class Brush:
    """The pipeline for one request, how it is called, and the family and the name of its weights.

    `adapter` is what shows it the request's reference; None for a request without one, and for an editor.
    """

    pipe: Any
    call: Call
    family: Family
    name: str
    adapter: IPAdapter | None = None


class Brushes:
    """The loaded pipeline `pipe` and, where the settings name one, the editor beside it."""

    def __init__(self, pipe: Any, settings: ImageSettings) -> None:
        self._pipe, self._settings = pipe, settings
        self.family = family_of(pipe)
        check_settings(self.family, settings)
        self._adapter = IPAdapter(pipe) if settings.ip_adapter else None
        self._editor = Editor(settings) if settings.editor else None
        self._relatives: dict[tuple[int, type[Any]], Any] = {}
        device = pick_device(settings.device)
        # offloaded pipelines move their networks themselves
        self._moves = device if settings.offload == "none" and device.type != "cpu" else None

    @property
    def capabilities(self) -> Capabilities:
        """What the pipeline and the editor can do together."""
        own = replace(
            self.family.capabilities,
            schedulers=schedulers_of(self._pipe),
            references=self.family.references(adapted=self._adapter is not None),
        )
        return with_editor(own, self._settings, self._editor)

    @property
    def size(self) -> int:
        """Bytes of the weights in memory, of the editor too where it is loaded."""
        pipes = [self._pipe, self._editor.pipe if self._editor else None]
        tensors = {
            tensor.data_ptr() or id(tensor): tensor.nbytes
            for pipe in pipes
            if pipe is not None
            for part in pipe.components.values()
            if isinstance(part, torch.nn.Module)
            for tensor in (*part.parameters(), *part.buffers())
        }
        return sum(tensors.values()) + (self._adapter.size if self._adapter else 0)

    def pick(self, request: PaintRequest) -> Brush:
        """What serves the request, on its device. Raises Unsupported, and LoadError for the editor."""
        editor = self._editor
        if editor is None or not self._for_editor(editor, request):
            adapted = self._adapter is not None
            call = check_request(self.family, request, adapted=adapted)
            self._to_work(self._pipe)
            adapter = self._adapter if by_adapter(request, adapted=adapted) else None
            return Brush(self._of_class(self._pipe, call), call, self.family, self._name, adapter)
        if request.lora:
            raise Unsupported(f"{editor.name} edits without LoRAs: ask for the plain model.")
        pipe, family = editor.load(self._pipe)
        call = check_request(family, request)
        self._to_work(pipe)
        return Brush(self._of_class(pipe, call), call, family, editor.name)

    def over(self) -> Brush:
        """The loaded pipeline as one that paints over pictures, where its family does."""
        call = self.family.ways["keep"]
        return Brush(self._of_class(self._pipe, call), call, self.family, self._name)

    @property
    def _name(self) -> str:
        return display_name(self._settings.model)

    def _for_editor(self, editor: Editor, request: PaintRequest) -> bool:
        """Edits are the editor's, whatever the pipeline can; regions where only the editor paints inside."""
        if request.way == "region":
            return editor.region and "region" not in self.family.ways
        return request.way == "edit"

    def _of_class(self, pipe: Any, call: Call) -> Any:
        """The pipeline of the class that `call` is for, around the parts of `pipe`."""
        if call.kind is type(pipe):
            return pipe
        key = (id(pipe), call.kind)
        if key not in self._relatives:
            self._relatives[key] = relative(pipe, call.kind)
        return self._relatives[key]

    def _to_work(self, pipe: Any) -> None:
        """Let `pipe` have the memory, as far as `editor_rests` says."""
        editor, rests = self._editor, self._settings.editor_rests
        if editor is None or rests == "device":
            return
        if rests == "disk" and pipe is not editor.pipe and editor.pipe is not None:
            self._relatives = {
                key: made for key, made in self._relatives.items() if key[0] != id(editor.pipe)
            }
            editor.free()
            gc.collect()
        if self._moves is not None:
            idle = self._pipe if pipe is editor.pipe else editor.pipe
            if idle is not None:
                idle.to("cpu")
                torch.accelerator.memory.empty_cache()
            pipe.to(self._moves)


def relative(pipe: Any, kind: type[Any]) -> Any:
    """A pipeline of class `kind` around the parts of `pipe`.

    `DiffusionPipeline.from_pipe` would do it and cast all parts to float32 unless told otherwise; mixed
    formats (a VAE that decodes in float32) have no one format to tell.
    """
    # the Kandinskys' stages and whatever else an image-to-image pipeline needs are AutoPipeline's to know
    if "mask_image" not in inspect.signature(kind.__call__).parameters:
        made = AutoPipelineForImage2Image.from_pipe(pipe)
    else:
        wanted = inspect.signature(kind.__init__).parameters
        known = {**pipe.config, **pipe.components}
        made = kind(**{name: known[name] for name in wanted if name in known})
    made.set_progress_bar_config(disable=True)
    return made
