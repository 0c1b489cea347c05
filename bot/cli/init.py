"""`python -m bot init`: a settings file with every key, its default and its meaning, to begin from."""

from importlib.resources import files
from pathlib import Path

from bot.errors import OperatorError


def init(path: Path) -> int:
    """Write the shipped bot.toml to `path`.

    Raises `OperatorError` when there is a file of that name or none can be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(shipped_file().read_text(encoding="utf-8"))
    except FileExistsError as error:
        raise OperatorError(f"{path} is there already and stays as it is; --config names another.") from error
    except OSError as error:
        raise OperatorError(f"{path} cannot be written ({error.strerror}): check the folder.") from error
    print(f"{path}: every setting with its default. Name your models in [preset], then ask `check`.")
    return 0


def shipped_file() -> Path:
    """The bot.toml that comes with the program, beside the package `bot` in a checkout and once installed."""
    return Path(str(files("bot"))).with_suffix(".toml")
