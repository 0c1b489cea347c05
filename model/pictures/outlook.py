"""What a pipeline will be able to do, told from its small files alone, before any weights are read.

Members are offered what a model can do without waiting for it to be loaded; and settings that do not fit a
model are refused at the start and not at the first picture.
"""

import inspect
from types import SimpleNamespace
from typing import Any

import diffusers
from diffusers import DiffusionPipeline

from model.loading import load_errors, location, weights_file
from model.pictures.families import Family, family_of
from model.pictures.schedulers import schedulers_of
from model.settings import ImageSettings

_NETWORKS = ("unet", "transformer")  # whose configurations `family_of` looks at


def foreseen(settings: ImageSettings) -> tuple[Family, tuple[str, ...]] | None:
    """The family of the pipeline of the settings, and the schedulers that a request to it may name.

    None for a single file without `config`, which tells nothing.

    Raises LoadError where there is none, or one that words alone do not serve.
    """
    name = settings.config if weights_file(settings.model) else settings.model
    if not name:
        return None
    with load_errors("picture pipeline", settings.model, "check the path or hub id"):
        where = location(name)
        index: dict[str, Any] = DiffusionPipeline.load_config(where)
        # the class and configurations are all that is asked of it: `__init__` would want the networks
        pipe = object.__new__(getattr(diffusers, index["_class_name"]))
        object.__setattr__(pipe, "_internal_dict", SimpleNamespace(**index))
        for part in _NETWORKS:
            if isinstance(index.get(part), list) and index[part][1]:
                config = _config(getattr(diffusers, index[part][1]), where, part)
                object.__setattr__(pipe, part, SimpleNamespace(config=config))
        if isinstance(index.get("scheduler"), list) and index["scheduler"][1]:
            kind = getattr(diffusers, index["scheduler"][1])
            made = kind.from_config(kind.load_config(where, subfolder="scheduler"))
            object.__setattr__(pipe, "scheduler", made)
        if isinstance(index.get("vae"), list) and index["vae"][1]:
            object.__setattr__(pipe, "vae", object.__new__(type(index["vae"][1], (), {})))
        return family_of(pipe), schedulers_of(pipe)


def _config(network: Any, where: str, part: str) -> SimpleNamespace:
    """A network's configuration; files of older versions leave out what came later, which has its default."""
    known = inspect.signature(network.__init__).parameters
    defaults = {name: one.default for name, one in known.items() if one.default is not one.empty}
    return SimpleNamespace(**defaults | network.load_config(where, subfolder=part))
