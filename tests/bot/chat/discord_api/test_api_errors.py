"""What discord.py raises, told apart: what passes by itself, and how long Discord wants to be left alone."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.chat.discord_api.api_errors import FAILURES, is_passing, retry_after


def refusal(status: int, kind: type[discord.HTTPException] = discord.HTTPException, *, wait: str = "") -> Any:
    """As discord.py builds it from an answer; `wait` is its Retry-After."""
    headers = {"Retry-After": wait} if wait else {}
    response = SimpleNamespace(status=status, reason="on purpose", headers=headers)
    return kind(response, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "passes", "seconds"),
    [
        (refusal(429, wait="7"), True, 7.0),
        (refusal(429), True, 0.0),
        (refusal(503, discord.DiscordServerError, wait="600"), True, 600.0),
        (refusal(502, discord.DiscordServerError), True, 0.0),
        (refusal(429, wait="Wed, 21 Oct 2026 07:28:00 GMT"), True, 0.0),
        (discord.RateLimited(12.5), True, 12.5),
        (discord.GatewayNotFound(), True, 0.0),
        (aiohttp.ServerDisconnectedError(), True, 0.0),
        (ConnectionResetError(), True, 0.0),
        (refusal(403, discord.Forbidden), False, 0.0),
        (refusal(400), False, 0.0),
        (ValueError("a bug"), False, 0.0),
    ],
)  # fmt: skip
def test_errors_that_pass_by_themselves(error: Exception, passes: bool, seconds: float) -> None:
    assert is_passing(error) is passes
    assert retry_after(error) == seconds


def test_every_refusal_of_a_request_is_a_failure() -> None:
    assert isinstance(discord.RateLimited(1.0), FAILURES)
    assert isinstance(refusal(429), FAILURES)
