"""Values laid over settings: from a command line, from environment variables, over a preset."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
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


def close_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that a wrong one is close to, or a word of which it is: `stepz` is to `max_steps`."""
    names = list(known)
    if close := difflib.get_close_matches(name, names, n=1):
        return close[0]
    words = {word: each for each in reversed(names) for word in each.split("_") if len(word) > 3}
    close = difflib.get_close_matches(name, words, n=1, cutoff=0.75)
    return words[close[0]] if close else None


def toml_value(text: str) -> Any:
    """What a text says as a TOML value, or the text itself where it is none, so that words need no quotes."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
