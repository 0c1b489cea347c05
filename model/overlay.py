"""Values laid over settings: from a command line, from environment variables, over a preset."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

Settings = TypeVar("Settings", bound=BaseModel)
ENV_PREFIX = "DIFFCHAT__"
"""Begins the names of environment variables that stand for a key of `bot.toml`."""


def overlaid(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """A copy with `values` in place of its own; for a nested model they change the keys they name.

    Everything is checked, which `model_copy(update=...)` does not do. Raises pydantic.ValidationError.
    """
    merged = settings.model_dump()
    for key, value in values.items():
        nested = isinstance(getattr(settings, key, None), BaseModel) and isinstance(value, Mapping)
        merged[key] = {**merged[key], **value} if nested else value
    return type(settings).model_validate(merged)


def put(values: dict[str, Any], path: Sequence[str], value: object) -> str | None:
    """Put a value into nested tables, making those that are missing.

    Returns the key on the way that holds a value instead of a table, if any; then nothing was put.
    """
    *tables, key = path
    for table in tables:
        inner: object = values.setdefault(table, {})
        if not isinstance(inner, dict):
            return table
        values = inner
    values[key] = value
    return None


def toml_value(text: str) -> Any:
    """What a text says as a TOML value, or the text itself where it is none, so that words need no quotes."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
