"""Reading the files of `deploy/`, for the tests beside this one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, one line each."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def arguments(instruction: str) -> list[str]:
    """What stands behind each instruction of that name."""
    return [rest for name, rest in instructions() if name == instruction]


def image_environment() -> dict[str, str]:
    """The environment variables that the image sets."""
    return dict(re.findall(r'(\w+)="?([^\s"]+)', " ".join(arguments("ENV"))))


def stages() -> list[str]:
    """The named stages of the Dockerfile, in order."""
    return [rest.split(" AS ")[1] for rest in arguments("FROM")]


def read_yaml(path: Path) -> Any:
    """The only document of a YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a YAML file."""
    yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


def variables(path: Path) -> dict[str, str]:
    """The variables of a file of `NAME=value` lines, also those that are commented out."""
    return dict(re.findall(r"^#?([A-Z][A-Z0-9_]*)=(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))


def settings(file: Path, environment: dict[str, str]) -> Settings:
    """The settings that a bot has with that file and environment, or `SettingsError`."""
    return load_settings(file, environment)
