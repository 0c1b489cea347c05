"""Reading JSON and ids that come from outside: every wrong input is a ValueError, never anything else."""

from typing import Any

from pydantic_core import from_json

LARGEST_ID = 2**63 - 1


def parse_json(data: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Raises ValueError also for what Python's own parser takes: NaN, lone surrogates, endless nesting.
    """
    return from_json(data, allow_inf_nan=False)


def parse_id(value: object) -> int:
    """A snowflake from a number or its digits. Raises ValueError unless it is one, in 64 bits."""
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 20:
        number = int(value)
    else:
        raise ValueError(_no_id(value))
    if not 0 <= number <= LARGEST_ID:
        raise ValueError(_no_id(value))
    return number


def _no_id(value: object) -> str:
    return f'Value "{str(value)[:40]}" is not snowflake.'
