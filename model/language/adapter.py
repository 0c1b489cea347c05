"""LoRA adapters of the language model: save, load, and the marker that says how a checkpoint is prompted.

A DiffChat checkpoint or adapter carries `diffchat.json` with the version of the prompt template it was
trained on (`{"prompt_version": 1}`), and where that was measured, when its answers are doubtful
(`model.language.confidence`). A model without one is an instruct model, prompted through its chat template.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from model.errors import LoadError
from model.language.confidence import NONE, Thresholds
from model.loading import is_local, load_errors, path_of

MARKER = "diffchat.json"
_HINT = "an adapter must be made for exactly the base model it is loaded on"


def save_adapter(model: Any, folder: Path, prompt_version: int) -> None:
    """Write the LoRA weights of a PeftModel as safetensors, with the marker beside them."""
    model.save_pretrained(folder, safe_serialization=True)
    write_marker(folder, prompt_version)


def write_marker(folder: Path, prompt_version: int, thresholds: Thresholds = NONE) -> None:
    """Mark the checkpoint or adapter in `folder` as trained on this version of the prompt template."""
    marker = {"prompt_version": prompt_version} | ({} if thresholds == NONE else asdict(thresholds))
    (folder / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")


def set_thresholds(folder: Path, thresholds: Thresholds) -> None:
    """Put thresholds into the marker of a checkpoint in `folder`, at once, and leave all else in it as it is.

    Raises LoadError where there is no marker that can be read.
    """
    marker = folder / MARKER
    if not marker.is_file():
        raise LoadError(f"{folder} has no {MARKER}: it is no DiffChat checkpoint.")
    _read(str(marker), str(folder))
    held = json.loads(marker.read_text(encoding="utf-8")) | asdict(thresholds)
    new = marker.with_suffix(".new")
    new.write_text(json.dumps(held) + "\n", encoding="utf-8")
    new.replace(marker)


def prompt_version(name: str) -> int | None:
    """The template version that a checkpoint or adapter (folder or hub id) was trained on, if it says so.

    Raises LoadError for a marker that cannot be read.
    """
    path = _marker(name)
    return None if path is None else _read(path, name)[0]


def thresholds(name: str) -> Thresholds:
    """When the answers of a checkpoint or adapter are doubtful; never where it does not say.

    Raises LoadError for a marker that cannot be read.
    """
    path = _marker(name)
    return NONE if path is None else _read(path, name)[1]


def _read(path: str, name: str) -> tuple[int, Thresholds]:
    """What a marker holds."""
    try:
        held = json.loads(Path(path).read_text(encoding="utf-8"))
        doubt = [held.get(name, 0) for name in ("doubtful", "unclear")]
        if any(isinstance(number, bool) for number in doubt):
            raise TypeError("true and false are no probabilities")
        return int(held["prompt_version"]), Thresholds(*map(float, doubt))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise LoadError(
            f'The {MARKER} of {name} cannot be read: it should hold {{"prompt_version": <number>}}, and at '
            'most "doubtful" and "unclear" beside it, probabilities of which "unclear" is not the higher.'
        ) from error


def _marker(name: str) -> str | None:
    """Where the marker of a folder or hub id is, if it has one."""
    if is_local(name):  # transformers takes a folder that is not there for a hub id, and refuses its slashes
        here = path_of(name) / MARKER
        return str(here) if here.is_file() else None
    from transformers.utils import cached_file

    found: str | None = cached_file(
        name,
        MARKER,
        _raise_exceptions_for_missing_entries=False,
        _raise_exceptions_for_connection_errors=False,
    )
    return found


def load_adapter(model: Any, name: str, called: str = "default") -> Any:
    """`model` with the LoRA adapter at the folder or hub id `name` on it, ready for inference.

    One that has an adapter already gets this one beside it, under the name `called`.

    Raises LoadError when there is none, when it is a pickle, or when it was made for another base model.
    """
    from peft import PeftModel

    with load_errors("adapter", name, "check the path or hub id"):
        folder = _fetch(name)
        _check_files(name, folder)
    with load_errors("adapter", name, _HINT):
        if isinstance(model, PeftModel):
            adapted = model
            adapted.load_adapter(str(folder), called)
        else:
            adapted = PeftModel.from_pretrained(model, str(folder), called)
        _check_complete(adapted, folder, called)
    return adapted


def merged(model: Any, name: str) -> Any:
    """The base model with its one adapter added into the weights, which saves a third matrix product a layer.

    The adapted model itself comes back where that would change what it writes or cannot be done: quantised
    weights would round the adapter away, tied embeddings would carry its change to both ends, and adapters
    that are not of LoRA's kind have no sum. Raises LoadError for an adapter whose sum is not finite.
    """
    # peft's tuners of prompts have no layers of their own and no such method
    merge = getattr(model, "merge_and_unload", None)
    if merge is None or getattr(model.get_base_model(), "is_quantized", False) or _changes_tied(model):
        return model
    with load_errors("adapter", name, "its weights are damaged: train or download it again"):
        return merge(safe_merge=True)  # looks for NaN, as after a run that diverged


def _changes_tied(model: Any) -> bool:
    base = model.get_base_model()
    if not getattr(base.config.get_text_config(), "tie_word_embeddings", False):
        return False
    ends = {id(base.get_input_embeddings()), id(base.get_output_embeddings())}
    return any(
        id(module) in ends and type(module).__module__.startswith("peft.") for module in base.modules()
    )


def _fetch(name: str) -> Path:
    if is_local(name):
        return path_of(name)
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(name, allow_patterns=["adapter_config.json", "*.safetensors", MARKER]))


def _check_files(name: str, folder: Path) -> None:
    if not (folder / "adapter_config.json").is_file():
        raise LoadError(f"There is no adapter at {name}: it has no adapter_config.json; check the path.")
    if not (folder / "adapter_model.safetensors").is_file():
        raise LoadError(
            f"The adapter at {name} has no adapter_model.safetensors; only safetensors are loaded."
        )


def _check_complete(adapted: Any, folder: Path, called: str) -> None:
    """peft only warns when weights and layers do not match; serving a half-loaded adapter would be worse."""
    from peft import get_peft_model_state_dict
    from safetensors import safe_open

    with safe_open(folder / "adapter_model.safetensors", framework="pt") as weights:
        saved = set(weights.keys())
    if saved != set(get_peft_model_state_dict(adapted, adapter_name=called)):
        raise LoadError(f"The adapter at {folder} does not fit the base model: their layers differ; {_HINT}.")
