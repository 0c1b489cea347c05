"""The benchmarks' databases can be made on both kinds of database, and are what they say."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.gallery import Shelf
from bot.settings import LimitsSettings
from bot.store.conversations import ConversationStore
from bot.store.gallery import GalleryStore, Viewer
from bot.store.schema import ConversationRow, ImageRow, TurnRow
from bot.store.session import Database
from tests.benchmarks.filled import CHANNELS, EACH, GUILDS, PEOPLE, THREADS, fill, person_of
from tests.bot import house

TURNS = 60


@pytest.mark.usefixtures("database_kind")
async def test_a_filled_database_has_its_turns_and_the_bot_finds_them(tmp_path: Path) -> None:
    address = house.address_in(tmp_path)
    await fill(address, TURNS)
    async with Database.open(address) as database:
        async with database.reading() as session:
            counted = [
                await session.scalar(select(func.count()).select_from(table))
                for table in (ConversationRow, TurnRow, ImageRow)
            ]
        assert counted == [TURNS // EACH, TURNS, TURNS]
        conversation = await ConversationStore(database, LimitsSettings()).at(THREADS + 2)
        assert conversation is not None
        assert conversation.creator_id == person_of(EACH + 1, TURNS)
        viewer = Viewer(PEOPLE, GUILDS, [CHANNELS])
        page = await GalleryStore(database).page(Shelf.BEST, viewer, 0, "word8")
        assert [found.turn.id for found in page.found] == [8]
