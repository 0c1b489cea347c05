"""Settings from TOML: loading, overriding, and saving them with the run.

`load` reads a file, lays `--set a.b=c` over it (`~a.b` takes a key out, as in Hydra), and checks all of it at
once: every unknown key, wrong type and number out of range is reported together. `save` writes the resolved
settings as TOML again, so a run can be repeated from its own folder. What the settings mean is in
`training.config.settings`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from model.overlay import put, toml_value
from training.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

Settings = TypeVar("Settings", bound=BaseModel)


def load(kind: type[Settings], path: Path, overrides: Sequence[str] = ()) -> Settings:
    """Settings of a kind from a TOML file, with "section.key=value" overrides laid over it in order.

    "~section.key" takes a key or a whole section out: what another choice has no use for is refused.

    Raises ConfigError with every problem of file and overrides.
    """
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.", []) from error
    problems = [problem for text in overrides if (problem := _override(values, text))]
    try:
        settings = kind.model_validate(values)
    except ValidationError as error:
        problems += [_said(each) for each in error.errors()]
    if problems:
        raise ConfigError(f"{path} cannot be used like this ({len(problems)} problems):", problems)
    return settings


def save(settings: BaseModel, path: Path) -> None:
    """Write the settings, every default included, as TOML that `load` reads back to the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_toml(settings.model_dump(mode="json"))) + "\n", encoding="utf-8")


def _override(values: dict[str, Any], text: str) -> str | None:
    """Put one "a.b=c" into `values`, or take "~a.b" out; says what is wrong with it, if anything."""
    if text.startswith("~"):
        return _take_out(values, text.removeprefix("~").strip().split("."), text)
    name, equals, value = text.partition("=")
    path = name.strip().split(".")
    if not equals or not all(path):
        return f"--set {text!r}: write it as section.key=value"
    if (taken := put(values, path, toml_value(value.strip()))) is not None:
        return f"--set {text!r}: {taken!r} is a value and has no keys below it"
    return None


def _take_out(values: dict[str, Any], path: Sequence[str], text: str) -> str | None:
    *tables, key = path
    for table in tables:
        inner = values.get(table)
        values = inner if isinstance(inner, dict) else {}
    if key not in values:
        return f"--set {text!r}: the file has no such key"
    del values[key]
    return None


def _said(error: Any) -> str:
    where = ".".join(map(str, error["loc"])) or "the settings"
    if error["type"] == "extra_forbidden":
        return f"{where}: there is no such key"
    if error["type"] == "missing":
        return f"{where}: this key is needed"
    # What a whole table's own check found is about its keys, which the message names
    value = "" if isinstance(error["input"], Mapping) else f" = {error['input']!r}"
    return f"{where}{value}: {error['msg'].removeprefix('Value error, ')}"


def _toml(values: Mapping[str, Any], section: str = "") -> list[str]:
    """TOML lines of nested settings: plain values first, then tables. None is left out."""
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    plain = {key: value for key, value in values.items() if key not in tables and value is not None}
    lines = [f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    for key, table in tables.items():
        name = f"{section}{_key(key)}"
        lines += ["", f"[{name}]", *_toml(table, f"{name}.")]
    return lines


def _key(key: str) -> str:
    bare = key.replace("_", "").replace("-", "")
    return key if bare.isascii() and bare.isalnum() else json.dumps(key)
