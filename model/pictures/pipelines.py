"""Loading a text-to-image pipeline: a diffusers folder, a hub id, or one .safetensors file, on its device.

A single file, as model sites offer, holds weights and nothing else. Its family is told from the names of its
tensors; everything else (sizes, tokenizers, scheduler) comes from `[image] config`, a folder or hub id of a
pipeline of that family, or else from the hub id that diffusers knows for the family. diffusers ships no such
configurations, so without `config` the hub must be reachable once; afterwards they are in its cache.
"""

from pathlib import Path
from typing import Any

import diffusers
import torch
from diffusers import AutoPipelineForText2Image, DiffusionPipeline
from diffusers.loaders.single_file_utils import fetch_diffusers_config
from diffusers.pipelines.auto_pipeline import AUTO_TEXT2IMAGE_PIPELINES_MAPPING
from safetensors import SafetensorError, safe_open

from model.errors import ConfigError, LoadError
from model.hardware import pick_device, pick_dtype
from model.loading import check_folder, check_pipeline, load_errors, location, weights_file
from model.pictures.families import OTHERS, edits, refuse_if_more_is_needed
from model.pictures.ip_adapter import add_ip_adapter
from model.pictures.schedulers import use_scheduler
from model.pictures.setting_checks import check_variant, refuse_offload
from model.settings import ImageSettings

_WHAT, _EDITOR = "picture pipeline", "editor"
_LORA_MARKS = ("lora_down.", "lora_up.", "lora_A.", "lora_B.", ".lora.")


def load_pipeline(settings: ImageSettings) -> Any:
    """The pipeline of the settings, ready to paint. Raises LoadError or ConfigError with what to do."""
    device = pick_device(settings.device)
    refuse_offload(device.type, settings.offload)
    check_pipeline(settings.model)
    check_variant(settings)
    dtype = pick_dtype(settings.dtype, device)
    file = weights_file(settings.model)
    pipe = _from_file(file, settings, dtype) if file else _from_folder(settings, dtype)
    refuse_if_more_is_needed(type(pipe))
    if settings.scheduler:
        use_scheduler(pipe, settings.scheduler)
    if settings.ip_adapter:
        add_ip_adapter(pipe, settings)
    return _placed(pipe, settings, device)


def editor_class(settings: ImageSettings) -> type[Any]:
    """The class of `[image] editor`, from its index alone. Raises LoadError where it edits no pictures."""
    check_folder(settings.editor, "model_index.json", _EDITOR)
    with load_errors(_EDITOR, settings.editor, "check the path or hub id"):
        name: str = DiffusionPipeline.load_config(location(settings.editor))["_class_name"]
        known: type[Any] | None = getattr(diffusers, name, None)
        if known is None or not edits(known):
            raise LoadError(f"{name} edits no pictures by words: name another pipeline in [image] editor.")
        return known


def load_editor(settings: ImageSettings, painter: Any) -> Any:
    """The pipeline of `[image] editor`, on the device. Raises LoadError or ConfigError with what to do.

    Parts that the editor's index leaves empty though its class needs them (`"vae": [null, null]`) are those
    of `painter`, the loaded pipeline: an editor that was made from it needs not store and hold them twice.
    """
    kind, device = editor_class(settings), pick_device(settings.device)
    with load_errors(_EDITOR, settings.editor, "check that the download is complete"):
        shared = _shared_parts(kind, settings, painter)
        pipe = kind.from_pretrained(
            location(settings.editor),
            dtype=pick_dtype(settings.dtype, device),
            use_safetensors=True,
            **shared,
        )
    return _placed(pipe, settings, device)


def _shared_parts(kind: type[Any], settings: ImageSettings, painter: Any) -> dict[str, Any]:
    """The parts of `painter` that the editor's index leaves out. Raises LoadError or ConfigError."""
    index = DiffusionPipeline.load_config(location(settings.editor))
    empty = [name for name, value in index.items() if isinstance(value, list) and value[0] is None]
    optional: list[str] = kind._optional_components  # noqa: SLF001  diffusers has no public name for it
    needed = [name for name in empty if name not in optional]
    missing = [name for name in needed if painter.components.get(name) is None]
    if missing:
        raise LoadError(
            f"The editor {settings.editor} brings no {', '.join(missing)}, and neither does the pipeline of "
            "[image] model: name the model that it was made for."
        )
    if needed and settings.offload != "none":
        # each pipeline hangs hooks of its own on what it moves, and a part takes only one
        raise ConfigError(f'The editor {settings.editor} shares parts with the model: set offload = "none".')
    return {name: painter.components[name] for name in needed}


def _from_folder(settings: ImageSettings, dtype: torch.dtype) -> Any:
    hint = "check the path or hub id and that the download is complete"
    if settings.variant:
        hint = f'{hint}, or that it has files of variant = "{settings.variant}"; else set variant = ""'
    with load_errors(_WHAT, settings.model, hint):
        where = location(settings.model)
        loader = DiffusionPipeline if _class_of(where) in OTHERS else AutoPipelineForText2Image
        return loader.from_pretrained(
            where, dtype=dtype, use_safetensors=True, variant=settings.variant or None
        )


def _class_of(where: str) -> str:
    """The class that a folder or hub id names. Raises LoadError for one that words alone do not serve."""
    name: str = DiffusionPipeline.load_config(where)["_class_name"]
    known = getattr(diffusers, name, None)
    if known is None:
        raise LoadError(f"This version of diffusers has no {name}: choose another pipeline, or upgrade.")
    refuse_if_more_is_needed(known)
    return name


def _from_file(file: Path, settings: ImageSettings, dtype: torch.dtype) -> Any:
    """A pipeline from one file of weights."""
    tensors = _shapes(file)
    if any(mark in name for name in tensors for mark in _LORA_MARKS):
        raise LoadError(f"The file {file} is a LoRA: name it in [image] loras, and a pipeline as model.")
    config = settings.config or fetch_diffusers_config(tensors)["pretrained_model_name_or_path"]
    hint = "check that config is a pipeline of the same family as the file"
    if not settings.config:
        hint = (
            f"its configuration is that of {config}, read from the hub once; without one, set config to a "
            "folder of a pipeline of that family"
        )
    with load_errors(_WHAT, str(file), hint):
        where = location(config)
        name = _class_of(where)
        kinds = {kind.__name__: kind for kind in AUTO_TEXT2IMAGE_PIPELINES_MAPPING.values()}
        if name not in kinds:
            raise LoadError(f"{name} of {config} paints nothing from words alone: choose another config.")
        return kinds[name].from_single_file(str(file), config=where, torch_dtype=dtype)


def _shapes(file: Path) -> dict[str, torch.Tensor]:
    """The names and shapes of a file's tensors, without their numbers. Raises LoadError."""
    try:
        with safe_open(str(file), framework="pt") as opened:
            names = list(opened.keys())
            return {name: torch.empty(opened.get_slice(name).get_shape(), device="meta") for name in names}
    except (SafetensorError, OSError) as error:
        raise LoadError(f"The file {file} is no complete .safetensors file: download it again.") from error


def _placed(pipe: Any, settings: ImageSettings, device: torch.device) -> Any:
    if settings.tiling:
        vae: Any = getattr(pipe, "vae", None)
        if not hasattr(vae, "enable_tiling"):
            raise ConfigError(f"{type(pipe).__name__} cannot decode in tiles: set tiling = false.")
        vae.enable_slicing()
        vae.enable_tiling()
    if settings.offload == "model":
        pipe.enable_model_cpu_offload(device=device)
    elif settings.offload == "layers":
        pipe.enable_sequential_cpu_offload(device=device)
    else:
        pipe.to(device)
        if device.type == "cpu":
            _lay_out(pipe)
    return pipe


def _lay_out(pipe: Any) -> None:
    """Convolutions read pictures with their channels last, as oneDNN does: a batch is painted 1.1 times as
    quick on a CPU (docs/performance.md)."""
    for part in (getattr(pipe, "unet", None), getattr(pipe, "vae", None)):
        # of video models' weights with five dimensions `to` would raise
        if isinstance(part, diffusers.UNet2DConditionModel | diffusers.AutoencoderKL):
            part.to(memory_format=torch.channels_last)
