"""Where the file of an upscaler is: on this disk, or on the model hub. Imports no model library by itself.

`[image] upscaler` is a .safetensors file, a folder with one, a hub id ("owner/name") of a model that has one,
or a file of such a model ("owner/name/file.safetensors", for those that have several).
"""

from pathlib import Path

from model.errors import LoadError
from model.loading import check_hub, is_local, load_errors, path_of

_ENDING = ".safetensors"
_ANY = f"*{_ENDING}"


def hub_place(name: str) -> tuple[str, str] | None:
    """The hub id and the file in it, "" for the only one; None for what is on this disk."""
    owner, _, rest = name.partition("/")
    model, _, file = rest.partition("/")
    # a second slash makes a path of it for `is_local`, which knows ids of whole models alone
    if not model or path_of(name).exists() or is_local(f"{owner}/{model}"):
        return None
    return None if name.count("/") == 1 and name.endswith(_ENDING) else (f"{owner}/{model}", file)


def check_upscaler(name: str) -> None:
    """Raise LoadError unless `name` is a .safetensors file or a folder with one; the hub is not asked."""
    place = hub_place(name)
    if place is None:
        _on_disk(name)
    elif place[1]:
        _check_ending(name, Path(place[1]))


def upscaler_file(name: str) -> Path:
    """The file, fetched from the hub where it is not in the cache. Raises LoadError."""
    check_upscaler(name)
    place = hub_place(name)
    return _on_disk(name) if place is None else _of_hub(name, *place)


def _on_disk(name: str) -> Path:
    path = path_of(name)
    if path.is_dir():
        return _only(name, path, _ANY)
    if not path.is_file():
        raise LoadError(f"There is no upscaler at {name}: the file does not exist; check the path.")
    _check_ending(name, path)
    return path


def _check_ending(name: str, path: Path) -> None:
    if path.suffix != _ENDING:
        raise LoadError(
            f"The upscaler {name} is no .safetensors file, and others could run any code: convert it first."
        )


def cached(repository: str, file: str) -> Path | None:
    """The folder of the hub's cache here that has an upscaler's file, "" for any; None where none has."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    wanted = file or _ANY
    try:
        folder = Path(snapshot_download(repository, allow_patterns=[wanted], local_files_only=True))
    except LocalEntryNotFoundError:
        return None
    return folder if any(folder.glob(wanted)) else None


def _of_hub(name: str, repository: str, file: str) -> Path:
    from huggingface_hub import snapshot_download

    wanted, folder = file or _ANY, cached(repository, file)
    if folder is None:
        check_hub(repository, wanted)  # one question that says what to do, before the library's many
        with load_errors("upscaler", name, "check the id and the name of its file"):
            folder = Path(snapshot_download(repository, allow_patterns=[wanted]))
    return _only(name, folder, wanted)


def _only(name: str, folder: Path, wanted: str) -> Path:
    files = sorted(folder.glob(wanted))
    if len(files) == 1:
        return files[0]
    if not files:
        what = "no .safetensors file" if wanted == _ANY else f"no {wanted}"
        raise LoadError(f"The upscaler {name} has {what}: choose another; only such files are loaded.")
    there = ", ".join(file.name for file in files[:10])
    raise LoadError(f"The upscaler {name} has several files: name one of {there} after it, with a slash.")
