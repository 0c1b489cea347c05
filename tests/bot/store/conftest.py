"""Every test of the store runs on SQLite and on PostgreSQL, unless it is marked as about one of them."""

import pytest


@pytest.fixture(autouse=True)
def on_both_databases(database_kind: str) -> None:
    """See `database_kind` in tests/conftest.py."""
