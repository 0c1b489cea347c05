"""Opening folders and hub ids of models: what may be loaded, and what an error says of the rest.

Weights come from safetensors only: a pickle can run any code when it is opened.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.errors import LoadError, ModelError

log = logging.getLogger(__name__)

_FROM_HERE = ("./", "../", "~", ".\\", "..\\")  # with Windows' separator, where there is just one slash more
_GATED = "accept its licence on the hub and set HF_TOKEN to a token of yours"
_NO_HUB = "this machine does not reach the model hub: fetch the model on another and name its folder"
_NO_SUCH_MODEL = "check the id, or set HF_TOKEN to a token that may read it"
HUB_TIMEOUT_S = 5.0
# What to do, by what a library's message says; the first that is found
_HINTS = (
    (
        r"custom code",
        "only models that the libraries themselves know are loaded, their own code is never run",
    ),
    (r"not recognize this architecture", "the installed transformers is too old for it: upgrade that"),
    (
        r"for this kind of AutoModel",
        "it is a model of another kind: choose one of the kind that the setting is for",
    ),
    (
        r"requires? an? (?:\w+ )*GPU",
        "this form of weights needs a GPU: choose the plain checkpoint of the model",
    ),
    (r"gated|401 Client|403 Client", _GATED),
    (
        r"couldn't connect|offline mode|Name or service not known",
        _NO_HUB,
    ),
    (r"out of memory", "it does not fit the memory: choose a smaller one, or 4-bit weights"),
)
_MISSING_PACKAGE = (
    "install the package that is missing into the bot's own environment (.venv), or choose another"
)

_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")


def path_of(name: str) -> Path:
    """`name` as a path, with the home folder for "~"; one of a person whom this machine does not know stays
    as it is, where `Path.expanduser` raises."""
    return Path(os.path.expanduser(name))  # noqa: PTH111


def is_local(name: str) -> bool:
    """Whether `name` means a folder here and not a hub id ("owner/name")."""
    path = path_of(name)
    # unlike `Path.exists`, no error for a name that no file can have, or a folder that may not be read
    there = os.path.exists(path)  # noqa: PTH110
    return there or path.is_absolute() or name.startswith(_FROM_HERE) or name.count("/") != 1


def check_hub(name: str, index: str) -> bool:
    """Whether the hub id `name` is in this machine's cache, by its file `index`; else the hub is asked.

    One question that is not repeated, with a wait of `HUB_TIMEOUT_S` for the connection and for the answer:
    the libraries try each of a model's files several times and find out after a minute. Raises
    LoadError where the hub cannot be reached, has no such model, or wants its licence accepted.
    """
    import httpx2
    from huggingface_hub import HfApi, try_to_load_from_cache
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError

    if isinstance(try_to_load_from_cache(name, index), str):
        return True
    hub = HfApi()
    try:
        # a gated model's card is open to all, its files are not
        if hub.model_info(name, timeout=HUB_TIMEOUT_S).gated:
            hub.auth_check(name)
    except GatedRepoError as error:
        raise LoadError(f"{name} is given out by the model hub to those who asked: {_GATED}.") from error
    except RepositoryNotFoundError as error:
        raise LoadError(
            f"The model hub has no {name}, or none for you, and no such folder is here: {_NO_SUCH_MODEL}."
        ) from error
    except HfHubHTTPError as error:
        code = error.response.status_code
        raise LoadError(f"The model hub answers {code} about {name}: try again later.") from error
    except (httpx2.TransportError, OSError) as error:  # OSError: HF_HUB_OFFLINE is set
        raise LoadError(f"{name} is not in the cache: {_NO_HUB}. No folder of this name is here.") from error
    return False


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  no errors, as in `is_local`


def location(name: str) -> str:
    """What the libraries are given: a folder's full path, or the hub id as it is."""
    return str(path_of(name)) if is_local(name) else name


def weights_file(name: str) -> Path | None:
    """The single file that `name` means, where it means one."""
    path = path_of(name)
    return path if is_local(name) and os.path.isfile(path) else None  # noqa: PTH113  see `is_local`


def check_pipeline(name: str) -> None:
    """Raise LoadError unless `name` can be a picture pipeline: a folder, a .safetensors file, or a hub id."""
    file = weights_file(name)
    if file is None and not name.endswith(".safetensors"):
        check_folder(name, "model_index.json", "picture pipeline")
    elif file is None:
        raise LoadError(f"There is no picture pipeline at {name}: the file does not exist; check the path.")
    elif file.suffix != ".safetensors":
        raise LoadError(
            f"The picture pipeline {name} is no .safetensors file, and others could run any code: convert it "
            "first."
        )


def check_folder(name: str, index: str, what: str) -> None:
    """Raise LoadError unless the local folder `name` holds the file `index` and safetensors weights.

    `what` names the kind of model for the message ("language model"). Hub ids are not checked here.
    """
    if not is_local(name):
        return
    folder = path_of(name)
    if not _is_folder(folder):
        raise LoadError(f"There is no {what} at {name}: {_no_folder(name)}.")
    if not (folder / index).is_file():
        raise LoadError(f"The folder {name} holds no {what}: it has no {index}; check the path.")
    if any(folder.rglob("*.safetensors")):
        return
    if any(found for pattern in _PICKLES for found in folder.rglob(pattern)):
        raise LoadError(
            f"The {what} at {name} has its weights as pickle files, which could run any code: "
            "convert them to safetensors first."
        )
    raise LoadError(f"The folder {name} holds no weights: it has no .safetensors file; download it again.")


def _no_folder(name: str) -> str:
    if name.startswith(("http://", "https://")):
        return "addresses are not loaded; write a hub id as owner/name"
    if weights_file(name):
        return "that is a file; name the folder that it lies in"
    return "the folder does not exist; check the path"


def refuse_gguf(name: str) -> None:
    """Raise LoadError for a GGUF file, or a folder or hub id that has nothing else."""
    path = path_of(name)
    gguf_only = _is_folder(path) and any(path.rglob("*.gguf")) and not any(path.rglob("*.safetensors"))
    if name.lower().endswith(".gguf") or gguf_only or (not is_local(name) and name.lower().endswith("-gguf")):
        raise LoadError(
            f"{name} is in the format GGUF, of which only llama.cpp and its like make use: choose the same "
            "model's checkpoint in safetensors (its name is mostly the same without GGUF)."
        )


def quiet_bars(name: str) -> None:
    """No progress bars for reading a folder; a hub model keeps them, it may have to be downloaded."""
    from transformers.utils import logging as bars

    if is_local(name):
        bars.disable_progress_bar()


@contextmanager
def load_errors(what: str, name: str, hint: str) -> Iterator[None]:
    """Turn whatever a model library raises while loading into one LoadError sentence with a hint."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        log.debug("loading %s %s failed", what, name, exc_info=True)
        reason = " ".join(str(error).split())[:300].rstrip(".") or type(error).__name__
        todo = _hint_for(error) or hint
        raise LoadError(f"The {what} {name} could not be loaded ({reason}): {todo}.") from error


def _hint_for(error: Exception) -> str:
    """What to do about what a library raised; "" for what is not known here."""
    for pattern, hint in _HINTS:
        if re.search(pattern, str(error), re.IGNORECASE):
            return hint
    return _MISSING_PACKAGE if isinstance(error, ImportError) else ""


def display_name(name: str) -> str:
    """The short name of a model for messages and metadata: a hub id as it is, a folder's last part.

    A link, as to the adapter that is current, gives the name of what it points at.
    """
    return path_of(name).resolve().name if is_local(name) else name
