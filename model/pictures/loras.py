"""Several looks of one pipeline: LoRA weights that are laid over it by name, and taken off again.

Several may lie over it at once, each with a weight (`model.pictures.lora_mix`).

All of them stay in memory beside the pipeline, as they are small; switching takes milliseconds.
"""

from itertools import count
from pathlib import Path
from typing import Any

from model.errors import LoadError
from model.loading import is_local, load_errors, location, path_of, weights_file
from model.pictures.lora_mix import read_mix

_WHAT = "LoRA"


class Loras:
    """The LoRA weights of a pipeline; `named` maps a name to a folder, a file or a hub id."""

    def __init__(self, pipe: Any, named: dict[str, str]) -> None:
        self._pipe = pipe
        self._adapters: dict[str, str] = {}
        self._numbers = count()
        self._used: str | None = ""  # None: not known, as loading changes what lies over the pipeline
        for name, where in named.items():
            self.add(name, where)

    def add(self, name: str, where: str) -> None:
        """Load the weights at a folder, a file or a hub id under that name. Raises LoadError."""
        adapter = f"lora{next(self._numbers)}"  # the library takes no dots in names
        try:
            _load(self._pipe, name, where, adapter)
            self._adapters[name] = adapter
        finally:
            if self._adapters:
                self._used = None

    def drop(self, name: str) -> None:
        """Take the weights of that name out of the memory again."""
        self.use("")  # before they go: the library would lay another's weights over the pipeline
        self._pipe.delete_adapters(self._adapters.pop(name))

    def use(self, mix: str) -> None:
        """Lay the weights of that mix over the pipeline, or none for "". Raises BadRequest."""
        parts = sorted(read_mix(mix, self._adapters))  # sums round by their order: one mix, one picture
        if mix == self._used:
            return
        if parts:
            self._pipe.enable_lora()
            self._pipe.set_adapters(
                [self._adapters[name] for name, _ in parts], [weight for _, weight in parts]
            )
        else:
            self._pipe.disable_lora()
        self._used = mix


def check_lora(where: str) -> None:
    """Raise LoadError where a folder or file here is no LoRA. Hub ids are not checked."""
    if is_local(where):
        _file(where)


def _load(pipe: Any, name: str, where: str, adapter: str) -> None:
    """Raises LoadError for what is no LoRA of this pipeline, for pickles, and for a folder of several."""
    if not hasattr(pipe, "load_lora_weights"):
        raise LoadError(f"This pipeline takes no LoRA: leave {name} out of the settings.")
    # given as folder and file name: a name alone is looked for at the hub once that is said to be offline
    found = _file(where) if is_local(where) else None
    place = (str(found.parent), {"weight_name": found.name}) if found else (location(where), {})
    with load_errors(_WHAT, where, "check that it was trained for this pipeline"):
        pipe.load_lora_weights(place[0], adapter_name=adapter, use_safetensors=True, **place[1])
        if adapter not in {known for names in pipe.get_list_adapters().values() for known in names}:
            raise LoadError(f"The LoRA {where} fits no part of this pipeline: choose one made for it.")


def _file(where: str) -> Path:
    """The file of a LoRA, named itself or alone in its folder. Raises LoadError."""
    file = weights_file(where)
    files = [file] if file else sorted(path_of(where).glob("*.safetensors"))
    if not files or files[0].suffix != ".safetensors":
        raise LoadError(f"There is no LoRA at {where}: name a folder or file with .safetensors weights.")
    if len(files) > 1:
        names = ", ".join(file.name for file in files)
        raise LoadError(f"There are several LoRAs at {where} ({names}): name one of these files instead.")
    return files[0]
