"""Settings from TOML: loading, overriding, and saving them with the run.

`load` reads a file, lays `--set a.b=c` over it (`~a.b` takes a key out, as in Hydra), and checks all of it at
once: every unknown key, wrong type and number out of range is reported together. `save` writes the resolved
settings as TOML again, so a run can be repeated from its own folder. What the settings mean is in
`training.config.settings`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from model.overlay import close_name, put, toml_value
from training.errors import ConfigError, in_words

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
        raise ConfigError(f"{path} cannot be read: {in_words(error)}.", []) from error
    problems = [problem for text in overrides if (problem := _override(values, text))]
    try:
        settings = kind.model_validate(values)
    except ValidationError as error:
        problems += [_said(kind, each) for each in error.errors()]
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise ConfigError(f"{path} cannot be used like this ({count}):", problems)
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


def _said(kind: type[BaseModel], error: Any) -> str:
    where = ".".join(map(str, error["loc"])) or "the settings"
    if error["type"] == "extra_forbidden":
        return f"{where}: there is no such key{_meant(kind, error['loc'])}"
    if error["type"] == "missing":
        return f"{where}: this key is needed"
    # What a whole table's own check found is about its keys, which the message names
    value = "" if isinstance(error["input"], Mapping) else f" = {error['input']!r}"
    return f"{where}{value}: {error['msg'].removeprefix('Value error, ')}"


def _meant(kind: type[BaseModel], location: Sequence[str | int]) -> str:
    """The key that an unknown one is close to, in its own section or else in another one, as a question."""
    *tables, name = map(str, location)
    paths = list(_paths(kind))
    beside = [path[-1] for path in paths if path[:-1] == tuple(tables)]
    if close := close_name(name, beside):
        return f'; did you mean "{".".join([*tables, close])}"?'
    elsewhere = {path[-1]: ".".join(path) for path in reversed(paths)}
    if close := close_name(name, elsewhere):
        return f'; did you mean "{elsewhere[close]}"?'
    return f"; there are {', '.join(beside)}" if beside else ""


def _paths(kind: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of the settings, as the names that lead to it; none below a table with names of one's own."""
    for name, field in kind.model_fields.items():
        path = (*above, field.alias or name)
        yield path
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _paths(inner, path)


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
