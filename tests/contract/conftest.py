"""The tests of Discord's OpenAPI description are skipped where DISCORD_OPENAPI does not name its file."""

import os
from pathlib import Path

import pytest

NEED_DESCRIPTION = {"test_openapi.py", "test_fuzz.py"}
ABSENT = "Discord's OpenAPI description is absent: set DISCORD_OPENAPI to its file"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of each such test why it does not run."""
    if os.environ.get("DISCORD_OPENAPI"):
        return
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and item.path.name in NEED_DESCRIPTION:
            item.add_marker(pytest.mark.skip(reason=ABSENT))
