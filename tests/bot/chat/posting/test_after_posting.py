"""The first reactions under a picture, of which Discord may know none or not all."""

import logging
from typing import Any

import pytest

from bot.chat.posting.after_posting import AfterPosting
from tests.bot.chat.discord_api.test_api_errors import refusal


class Message:
    """Takes reactions but for those in `refused`, each with its error."""

    id = 5

    def __init__(self, **refused: Any) -> None:
        self.refused = refused
        self.reactions: list[str] = []

    async def add_reaction(self, emoji: str) -> None:
        if emoji in self.refused:
            raise self.refused[emoji]
        self.reactions.append(emoji)


def error(code: int) -> Any:
    refused = refusal(400)
    refused.code = code
    return refused


async def seed(after: AfterPosting, message: Any) -> None:
    after.do(after._seed_reactions(message))
    await after.close()


async def test_an_emoji_that_discord_does_not_know_is_skipped_and_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    places: Any = None
    after = AfterPosting(places, reactions=("👍", "fox", "👎"))
    with caplog.at_level(logging.WARNING):
        for message in (Message(fox=error(10014)), Message(fox=error(10014))):
            await seed(after, message)
            assert message.reactions == ["👍", "👎"]
    [told] = caplog.records
    assert "'fox'" in told.getMessage()
    assert "[feedback] reactions" in told.getMessage()


async def test_without_leave_to_react_no_more_is_tried() -> None:
    places: Any = None
    message = Message(fox=error(50013))
    await seed(AfterPosting(places, reactions=("👍", "fox", "👎")), message)
    assert message.reactions == ["👍"]
