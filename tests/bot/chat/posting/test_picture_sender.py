"""Sending a finished turn while Discord is away, or asks to be left alone."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot.chat.posting.picture_sender import RETRY_DELAYS, PictureSender
from bot.errors import MayNotPost, NotPostedYet
from bot.i18n import Language
from tests.bot.chat.discord_api.test_api_errors import refusal
from tests.bot.chat.pictures.test_turn_message import finished


class Place:
    """Takes a message once it has raised all errors; also what `DiscordPlaces` says of it."""

    started_at = datetime(2026, 1, 1, tzinfo=UTC)

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tries = 0

    async def send(self, *_: Any, **__: Any) -> str:
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)
        return "sent"

    def of(self, _: object) -> "Place":
        return self

    async def language(self, _: object) -> Language:
        return Language.ENGLISH

    async def upload_limit(self, _: object) -> int:
        return 10_000_000

    async def is_member(self, _: object) -> bool:
        return True


class Earlier:
    """Where the place is looked through for what was sent unheard."""

    def __init__(self, message: str | None = None) -> None:
        self.message = message
        self.looks = 0

    async def look(self, *_: object) -> str | None:
        self.looks += 1
        return self.message


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses between tries, none of which is really made."""
    made: list[float] = []

    async def sleep(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return made


def sender(place: Place, earlier: Earlier | None = None) -> PictureSender:
    return PictureSender(place, earlier or Earlier(), readable=True)  # type: ignore[arg-type]


async def test_whatever_discord_py_raises_of_a_limit_is_waited_out_as_long_as_it_says(
    pauses: list[float],
) -> None:
    place = Place(
        refusal(429, wait="7"),
        discord.RateLimited(40.0),
        refusal(503, discord.DiscordServerError),
        refusal(503, discord.DiscordServerError, wait="2"),
    )
    assert await sender(place).send(finished(None)) == "sent"
    assert pauses == [7, 40, 10, 30]


async def test_a_message_that_was_sent_unheard_is_not_sent_again() -> None:
    place, earlier = Place(ConnectionResetError()), Earlier("the one before")
    assert await sender(place, earlier).send(finished(None)) == "the one before"
    assert (place.tries, earlier.looks) == (1, 1)


@pytest.mark.parametrize("error", [refusal(429), discord.RateLimited(1.0), ConnectionResetError()])
async def test_an_outage_without_end_is_put_off(error: Exception, pauses: list[float]) -> None:
    place = Place(*[error] * 100)
    with pytest.raises(NotPostedYet):
        await sender(place).send(finished(None))
    assert place.tries == len(RETRY_DELAYS) + 1
    assert pauses == list(RETRY_DELAYS)


async def test_a_refusal_is_not_waited_out(pauses: list[float]) -> None:
    forbidden = refusal(403, discord.Forbidden)
    forbidden.code = 50013
    with pytest.raises(MayNotPost):
        await sender(Place(forbidden)).send(finished(None))
    assert pauses == []


@pytest.mark.parametrize("error", [refusal(429, wait="900"), discord.RateLimited(900.0)])
async def test_a_long_limit_is_not_slept_through_but_put_off_until_it_is_over(
    error: Exception, pauses: list[float]
) -> None:
    place = Place(refusal(429, wait="60"), error)
    with pytest.raises(NotPostedYet) as put_off:
        await sender(place).send(finished(None))
    assert (put_off.value.after, pauses, place.tries) == (900.0, [60.0], 2)
