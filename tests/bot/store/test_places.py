"""Which places and pictures are gone through after a break."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.conversation import Origin
from bot.domain.options import Options
from bot.store.places import Place, PlaceStore, Threadless
from tests.bot.house import ANN, CHANNEL, GUILD, THREAD, House, open_house

LATELY = timedelta(hours=1)
FIRST, SECOND = 71, 72  # messages


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def story(house: House) -> int:
    """A conversation with two refinements by messages in its thread; its id."""
    first = await house.imagined()
    await house.conversations.set_thread(first.conversation_id, THREAD)
    for message in (FIRST, SECOND):
        said = await house.turns.refine(
            first.conversation_id, f"make it {message}", ANN, Origin.MESSAGE, request_id=message
        )
        await house.finished(said)
    return first.conversation_id


async def test_a_place_is_active_by_its_turns_of_lately(house: House) -> None:
    await story(house)
    places, now = PlaceStore(house.database), datetime.now(UTC)
    assert await places.active_since(now - LATELY, 5) == [Place(THREAD, SECOND)]
    assert await places.active_since(now + LATELY, 5) == []


async def test_pictures_of_lately_are_found_the_latest_first(house: House) -> None:
    await story(house)
    places, now = PlaceStore(house.database), datetime.now(UTC)
    shown = await places.shown_since(now - LATELY, 2)
    assert [channel for channel, _ in shown] == [THREAD, THREAD]
    assert shown == sorted(shown, key=lambda one: -one[1])
    assert await places.shown_since(now + LATELY, 2) == []


async def test_a_command_without_a_thread_is_found(house: House) -> None:
    accepted = await house.turns.start_conversation(
        house.turns.wish("a red house", Options()),
        author_id=ANN,
        origin=Origin.SLASH,
        guild_id=GUILD,
        channel_id=CHANNEL,
        request_id=FIRST,
    )
    places, now = PlaceStore(house.database), datetime.now(UTC)
    lone = Threadless(accepted.conversation.id, CHANNEL, FIRST)
    assert await places.threadless_since(now - LATELY, 5) == [lone]
    await house.conversations.set_thread(accepted.conversation.id, THREAD)
    assert await places.threadless_since(now - LATELY, 5) == []
