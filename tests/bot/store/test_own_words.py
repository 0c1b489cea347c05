"""People's own words in the database, and their end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.own_words import OwnWords, WordsKind
from bot.errors import NoSuchOwnWords, TooManyOwnWords
from bot.store.own_words import OwnWordsStore
from bot.store.people import PeopleStore
from bot.store.session import Database
from tests.bot import house
from tests.bot.house import ANN, BEN, GUILD


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(house.address_in(tmp_path)) as opened:
        yield opened


def style(owner: int, name: str, words: str = "ink") -> OwnWords:
    return OwnWords(owner, WordsKind.STYLE, name, words)


async def test_own_words_come_first_and_then_the_servers(database: Database) -> None:
    store = OwnWordsStore(database)
    await store.put(style(ANN, "Ink", "ann's"), 5)
    await store.put(style(BEN, "ink", "ben's"), 5)
    await store.put(style(BEN, "Comic"), 5)
    assert [one.words for one in await store.usable(ANN, GUILD)] == ["ann's"]
    await store.share(BEN, "INK", GUILD)
    assert [one.words for one in await store.usable(ANN, GUILD)] == ["ann's", "ben's"]
    assert [one.words for one in await store.usable(ANN, None)] == ["ann's"]
    await store.share(BEN, "ink", None)
    assert len(await store.usable(ANN, GUILD)) == 1


async def test_the_same_name_takes_the_words_place_and_many_are_refused(database: Database) -> None:
    store = OwnWordsStore(database)
    await store.put(style(ANN, "ink", "old"), 1)
    await store.put(style(ANN, " INK ".strip(), "new"), 1)
    assert [one.words for one in await store.usable(ANN, None)] == ["new"]
    with pytest.raises(TooManyOwnWords):
        await store.put(style(ANN, "other"), 1)


async def test_only_ones_own_are_removed_unless_shared_with_a_server_one_manages(database: Database) -> None:
    store = OwnWordsStore(database)
    await store.put(style(ANN, "ink"), 5)
    for shared_with in (None, GUILD):
        with pytest.raises(NoSuchOwnWords):
            await store.remove(BEN, "ink", shared_with)
    await store.share(ANN, "ink", GUILD)
    await store.remove(BEN, "ink", GUILD)
    assert await store.usable(ANN, GUILD) == []


async def test_privacy_reaches_them(database: Database) -> None:
    store, people = OwnWordsStore(database), PeopleStore(database)
    await store.put(style(ANN, "ink"), 5)
    await store.put(style(BEN, "comic"), 5)
    await store.share(ANN, "ink", GUILD)
    assert (await people.kept(ANN)).own_words == 1
    assert [one["name"] for one in (await people.copy(ANN))["own_words"]] == ["ink"]
    await people.remove(ANN)
    assert [one.name for one in await store.usable(BEN, GUILD)] == ["comic"]
    assert await store.usable(ANN, GUILD) == []
