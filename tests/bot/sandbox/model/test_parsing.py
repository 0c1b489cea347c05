"""JSON and ids from outside: whatever is wrong is a ValueError."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.model.parsing import LARGEST_ID, parse_id, parse_json


@pytest.mark.parametrize(
    "data", [b"{", b"NaN", b"\xff", b'"\xed\xa0\x80"', b'"\\ud800"', b"9" * 5000, b"[" * 9000 + b"]" * 9000]
)
def test_what_is_no_json_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="at line"):
        parse_json(data)


@pytest.mark.parametrize(
    "value", [None, True, 1.0, -1, 2**63, "", "-1", "1.0", " 1", "١٢", "²", "9" * 5000, [], {}]
)
def test_what_is_no_id_is_a_value_error(value: object) -> None:
    with pytest.raises(ValueError, match="is not snowflake"):
        parse_id(value)


@given(st.integers(0, LARGEST_ID))
def test_ids_are_read_as_numbers_and_as_text(number: int) -> None:
    assert parse_id(number) == parse_id(str(number)) == number
