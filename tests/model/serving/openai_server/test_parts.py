"""The key, and the lines before the models."""

import pytest

from model.errors import ConfigError
from model.serving.openai_server.admission import LONGEST_WAIT, Line
from model.serving.openai_server.auth import (
    KEY_VARIABLE,
    is_authorized,
    is_for_loopback,
    is_loopback,
    take_key,
)
from model.serving.openai_server.protocol.errors import ApiError


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True),
        ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("gpu.example", False), ("", False),
    ],
)  # fmt: skip
def test_only_this_machine_does_without_a_key(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
    if loopback:
        assert take_key(host, {}) is None
    else:
        with pytest.raises(ConfigError, match=f"needs a key.*{KEY_VARIABLE}"):
            take_key(host, {KEY_VARIABLE: "  "})


@pytest.mark.parametrize(
    ("header", "this_machine"),
    [
        ("127.0.0.1:8000", True), ("localhost", True), ("[::1]:8000", True), ("[::1]", True),
        ("evil.example:8000", False), ("127.0.0.1.evil.example", False), ("[::1", False), ("", False),
        ("localhost@evil.example", False),
    ],
)  # fmt: skip
def test_the_host_that_a_request_names(header: str, this_machine: bool) -> None:
    assert is_for_loopback(header) is this_machine


def test_the_key_is_taken_out_of_the_environment_that_workers_inherit() -> None:
    environ = {KEY_VARIABLE: " secret\n", "PATH": "/bin"}
    assert take_key("127.0.0.1", environ) == "secret"
    assert environ == {"PATH": "/bin"}


@pytest.mark.parametrize(
    ("header", "key", "lets_in"),
    [
        ("Bearer secret", "secret", True),
        ("bearer  secret ", "secret", True),
        ("Bearer Secret", "secret", False),
        ("Bearer secret2", "secret", False),
        ("Bearer", "secret", False),
        ("secret", "secret", False),
        ("Basic secret", "secret", False),
        ("", "secret", False),
        ("Bearer schlüssel", "schlüssel", True),
        ("Bearer \udcff", "\udcff", True),  # not UTF-8, in the header and in the environment
    ],
)
def test_keys_are_compared(header: str, key: str, lets_in: bool) -> None:
    assert is_authorized(header, key) is lets_in


async def test_a_line_takes_one_batch_and_those_that_may_wait() -> None:
    line = Line(2, 1)
    with line.place(), line.place():
        assert (line.inside, line.waiting) == (2, 0)
        with line.place():
            assert line.waiting == 1
            with pytest.raises(ApiError, match="Too many") as caught, line.place():
                pass
            assert 1 <= int(caught.value.headers["Retry-After"]) <= LONGEST_WAIT
    await line.emptied()
    assert line.inside == 0


async def test_what_fails_leaves_its_place() -> None:
    line = Line(1, 0)
    for _ in range(3):
        with pytest.raises(ValueError, match="failed"), line.place():
            raise ValueError("failed")
    await line.emptied()
    line.draining = True
    with pytest.raises(ApiError) as caught, line.place():
        pass
    assert caught.value.code == "draining"


async def test_a_place_can_be_left_before_the_block_ends() -> None:
    line = Line(1, 0)
    with line.place() as place:
        place.leave()
        await line.emptied()
        with line.place():
            assert line.inside == 1
        place.leave()
    assert line.inside == 0
