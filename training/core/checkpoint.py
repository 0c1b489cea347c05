"""Checkpoints of a run: everything needed to go on as if it had never stopped, safe against a full disk.

A checkpoint is a folder `step-00000100/` with `tensors.safetensors` (trained weights, optimizer, random
states) and `state.json` (numbers, and the run's config). It is written beside its place and
renamed when complete, so whatever happens while saving, the last good one stays. No pickle is involved.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from accelerate.utils import gather_object
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.errors import CheckpointError

_NAME = re.compile(r"step-(\d{8})")
_NEW, _OLD = ".new", ".old"
TENSORS, STATE = "tensors.safetensors", "state.json"
BEGAN = "began.txt"
"""The file in a run's folder with the hash of the weights it began with."""


@dataclass(frozen=True)
class Checkpoint:
    """What was saved: `tensors` by name, `state` as plain JSON values."""

    tensors: dict[str, Tensor]
    state: dict[str, Any]

    def part(self, prefix: str) -> dict[str, Tensor]:
        """The tensors whose names start with `prefix` and a slash, without it."""
        cut = len(prefix) + 1
        return {name[cut:]: t for name, t in self.tensors.items() if name.startswith(f"{prefix}/")}


def write_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Put a folder in place all at once: `fill` writes it beside its place, then it is renamed.

    An old folder of this name stays until the new one is complete. Raises CheckpointError when it cannot be
    written; nothing half-written stays behind. What a kill leaves is put right by `take_back`.
    """
    fresh, old = folder.with_name(folder.name + _NEW), folder.with_name(folder.name + _OLD)
    try:
        take_back(folder)
        fresh.mkdir(parents=True)
        fill(fresh)
        # Two renames, since rename(2) replaces no folder that has something in it; a process that is killed
        # between them leaves the complete old folder under `old`
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise CheckpointError(
            f"{folder} could not be written ({error}): make room on the disk and resume the run; "
            "the last good checkpoint is still there."
        ) from error
    shutil.rmtree(old, ignore_errors=True)


def take_back(folder: Path) -> None:
    """Put right what a process that was killed while it wrote `folder` left beside it.

    Between the two renames of `write_folder` only `.old` is there: it gets its name back. Once the new folder
    is in place, `.old` is rubbish, and so is `.new` at any time.
    """
    fresh, old = folder.with_name(folder.name + _NEW), folder.with_name(folder.name + _OLD)
    if old.exists() and not folder.exists():
        old.rename(folder)
    for rest in (fresh, old):
        shutil.rmtree(rest, ignore_errors=True)


def take_all_back(root: Path) -> None:
    """`take_back` for every folder under `root` that has something left beside it."""
    for left in [*root.glob(f"*{_NEW}"), *root.glob(f"*{_OLD}")]:
        take_back(left.with_suffix(""))


def save(root: Path, step: int, checkpoint: Checkpoint, keep: int) -> Path:
    """Write the checkpoint of `step` under `root` and drop all but the newest `keep`. Returns its folder."""

    def fill(folder: Path) -> None:
        tensors = {name: t.detach().cpu().contiguous() for name, t in checkpoint.tensors.items()}
        save_file(_unshared(tensors), folder / TENSORS)
        (folder / STATE).write_text(json.dumps(checkpoint.state, indent=2) + "\n", encoding="utf-8")

    folder = root / f"step-{step:08d}"
    write_folder(folder, fill)
    for old in existing(root)[:-keep]:
        shutil.rmtree(old)
    return folder


def existing(root: Path) -> list[Path]:
    """The complete checkpoints under `root`, oldest first."""
    return sorted(path for path in root.glob("step-*") if _NAME.fullmatch(path.name))


def load(folder: Path) -> Checkpoint:
    """Read a checkpoint. Raises CheckpointError that says what is wrong with it."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        return Checkpoint(load_file(folder / TENSORS), state)
    except (OSError, ValueError, SafetensorError) as error:
        raise CheckpointError(
            f"The checkpoint {folder} is damaged ({error}): remove it and resume from the one before."
        ) from error


def weights_hash(*names: str) -> str:
    """A SHA-256 of the weights in these folders, by their content; of a hub id its name counts."""
    digest = hashlib.sha256()
    for name in filter(None, names):
        folder = Path(name).expanduser()
        files = sorted(folder.glob("*.safetensors")) if folder.is_dir() else []
        for file in files:
            with file.open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())
        if not files:
            digest.update(name.encode())
    return digest.hexdigest()


def check_config(found: Mapping[str, Any], wanted: Mapping[str, Any], folder: Path) -> None:
    """Raise CheckpointError naming the values in which two (nested) configs differ."""
    before, now = _flat(found), _flat(wanted)
    differing = [
        f"{key}: {before.get(key)!r} then, {now.get(key)!r} now"
        for key in sorted(before.keys() | now.keys())
        if before.get(key) != now.get(key)
    ]
    if differing:
        raise CheckpointError(
            f"The checkpoint {folder} belongs to another config ({'; '.join(differing)}): use the one saved "
            "beside it, or another output folder."
        )


def pack_optimizer(optimizer: torch.optim.Optimizer) -> tuple[dict[str, Tensor], list[dict[str, Any]]]:
    """An optimizer's state as (tensors named "index/what", parameter groups as JSON)."""
    state = optimizer.state_dict()
    tensors = {
        f"{index}/{name}": torch.as_tensor(value)
        for index, values in state["state"].items()
        for name, value in values.items()
    }
    return tensors, state["param_groups"]


def unpack_optimizer(
    optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor], groups: list[dict[str, Any]]
) -> None:
    """Bring back what `pack_optimizer` gave."""
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        index, _, what = name.partition("/")
        state.setdefault(int(index), {})[what] = value
    optimizer.load_state_dict({"state": state, "param_groups": groups})


def pack_random() -> dict[str, Tensor]:
    """The random states of torch on every process: "0/cpu", "0/cuda0", "1/cpu", ... All must call this."""
    own = {"cpu": torch.get_rng_state()}
    for name, (module, where) in _generators().items():
        own[name] = module.get_rng_state(*where)
    gathered = gather_object([own])
    return {f"{rank}/{name}": state for rank, states in enumerate(gathered) for name, state in states.items()}


def unpack_random(tensors: Mapping[str, Tensor], rank: int) -> None:
    """Bring back this process's part of `pack_random`; what is not there any more is passed over."""
    if f"{rank}/cpu" in tensors:
        torch.set_rng_state(tensors[f"{rank}/cpu"])
    for name, (module, where) in _generators().items():
        if f"{rank}/{name}" in tensors:
            module.set_rng_state(tensors[f"{rank}/{name}"], *where)


def _generators() -> dict[str, tuple[Any, tuple[int, ...]]]:
    """The accelerator's generators by name ("cuda0", "mps0"): torch's module of it, and the place there.

    Apple's GPU is always one, and torch.mps takes no place.
    """
    found = torch.accelerator.current_accelerator(check_available=True)
    if found is None:
        return {}
    module = torch.get_device_module(found)
    count = torch.accelerator.device_count()
    return {f"{found.type}{i}": (module, () if found.type == "mps" else (i,)) for i in range(count)}


def _unshared(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Copies where two names share memory, which safetensors refuses."""
    seen: set[int] = set()
    own: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        own[name] = tensor.clone() if tensor.data_ptr() in seen else tensor
        seen.add(tensor.data_ptr())
    return own


def _flat(config: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in config.items():
        name = f"{prefix}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return flat
