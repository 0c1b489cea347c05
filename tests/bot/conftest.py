"""Whatever a test makes the store do, none of it may read a whole table (`tests.bot.query_plans`)."""

from collections.abc import Iterator

import pytest

from tests.bot.query_plans import Found, name_methods, watched


@pytest.fixture(autouse=True, scope="session")
def methods_of_stores() -> None:
    """Statements are told apart by the method that issues them."""
    name_methods()


@pytest.fixture(autouse=True)
def no_whole_table_is_read() -> Iterator[Found]:
    """Fails a test whose statements read through a table, but for those that may; what it found so far."""
    with watched() as found:
        yield found
    assert found == {}, "a table that grows is read as a whole: an index, or a reason in MAY_READ_ALL"
