"""What the names in [image] alone tell about it, before any weights are read; imports no torch by itself."""

import json
from typing import Any

from model.errors import ConfigError, LoadError
from model.hardware import HALF_NEEDS_GPU, gpu_present
from model.loading import is_local, path_of, weights_file
from model.settings import ImageSettings


def check_image_settings(settings: ImageSettings) -> None:
    """Raise ConfigError or LoadError where offload, dtype, variant or scheduler do not fit device and model,
    a folder has no IP-Adapter, or two are to edit.

    A scheduler is compared with the pipeline's own where that is on this disk; else its name must only exist.
    """
    if settings.device == "cpu" or (settings.device == "auto" and not gpu_present()):
        refuse_offload("cpu", settings.offload)
        if settings.dtype == "float16":
            raise ConfigError(HALF_NEEDS_GPU)
    if settings.diffedit and settings.editor:
        raise ConfigError('Only one can edit: set diffedit = false, or editor = "".')
    check_variant(settings)
    if settings.ip_adapter:
        from model.pictures.ip_adapter import check_ip_adapter

        check_ip_adapter(settings)
    if settings.scheduler:
        from model.pictures.schedulers import check_scheduler  # diffusers and torch, where they are needed

        check_scheduler(settings.scheduler, *_own_scheduler(settings))


def refuse_offload(device: str, offload: str) -> None:
    """Raise ConfigError where a network is to be kept off a GPU that is not there."""
    if device == "cpu" and offload != "none":
        raise ConfigError(f'offload = "{offload}" is for GPUs only: set offload = "none".')


def check_variant(settings: ImageSettings) -> None:
    """Raise where a file or folder has no weights of the variant; a hub id is asked by the library."""
    if not settings.variant or not is_local(settings.model):
        return
    if weights_file(settings.model):
        raise ConfigError(
            f'variant = "{settings.variant}" is for folders, not for a single file: set variant = "".'
        )
    names = {path.name for path in path_of(settings.model).rglob("*.safetensors")}
    there = sorted({name.split(".")[-2] for name in names if name.count(".") == 2 and "-of-" not in name})
    if settings.variant not in there:
        other = f"variant = {' or '.join(repr(known) for known in there)}, or " if there else ""
        raise LoadError(
            f'The folder {settings.model} has no files of variant = "{settings.variant}": set {other}'
            'variant = "" for its plain files.'
        )


def _own_scheduler(settings: ImageSettings) -> tuple[str, dict[str, Any]]:
    """The class that a pipeline's folder names for its scheduler, and its settings; "" where it is not on
    this disk."""
    folder = path_of(settings.config or settings.model)
    try:
        index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
        named = index.get("scheduler")
        if not isinstance(named, list) or len(named) != 2:
            return "", {}
        own = json.loads((folder / "scheduler" / "scheduler_config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):  # a hub id or a single file; broken ones are told by the load
        return "", {}
    return str(named[1]), own
