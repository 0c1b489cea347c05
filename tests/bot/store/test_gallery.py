"""What is found in the gallery, by whom and in what order; what the showcase is to do; where it all ends."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select, text, update

from bot.domain.conversation import Turn
from bot.domain.gallery import PAGE, Shelf, ShowcaseState, Showing, search_key, search_words, stored_words
from bot.errors import GoneTurn
from bot.settings import RetentionSettings
from bot.settings.shards import Sharding
from bot.store.favourites import FavouriteStore
from bot.store.gallery import GalleryStore, Viewer
from bot.store.people import PeopleStore
from bot.store.retention import RetentionStore
from bot.store.schema import FavouriteRow, GalleryRow, ImageRow, ShowcaseRow
from bot.store.showcase import ShowcaseStore
from tests.bot.house import ANN, BEN, CHANNEL, CLEO, GUILD, House, open_house

HERE = Viewer(CLEO, GUILD, (CHANNEL,))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def gallery(house: House) -> GalleryStore:
    return GalleryStore(house.database)


@pytest.fixture
def favourites(house: House) -> FavouriteStore:
    return FavouriteStore(house.database)


@pytest.fixture
def showcase(house: House) -> ShowcaseStore:
    return ShowcaseStore(house.database)


async def painted(house: House, prompt: str, author: int = ANN, guild: int | None = GUILD) -> Turn:
    return await house.finished(await house.imagine(prompt, author=author, guild=guild))


async def prompts(
    gallery: GalleryStore, shelf: Shelf, viewer: Viewer = HERE, words: str = "", number: int = 0
) -> list[str]:
    page = await gallery.page(shelf, viewer, number, search_words(words))
    return [found.turn.source_prompt for found in page.found]


async def heart(house: House, turn: Turn, *people: int) -> None:
    for person in people:
        await house.feedback.vote(turn.message_id or 0, person, "❤️", 2)


async def test_ones_own_pictures_are_found_newest_first_on_every_server(
    house: House, gallery: GalleryStore
) -> None:
    for prompt, guild in (("a fox", GUILD), ("a cat", None), ("a boat", 12)):
        await painted(house, prompt, guild=guild)
    await painted(house, "somebody else's", BEN)
    assert await prompts(gallery, Shelf.MINE, Viewer(ANN)) == ["a boat", "a cat", "a fox"]


async def test_a_page_ends_and_says_whether_there_is_more(house: House, gallery: GalleryStore) -> None:
    for number in range(PAGE + 1):
        await painted(house, f"house {number}")
    first = await gallery.page(Shelf.MINE, Viewer(ANN))
    assert (len(first.found), first.more) == (PAGE, True)
    last = await gallery.page(Shelf.MINE, Viewer(ANN), 1)
    assert ([found.turn.source_prompt for found in last.found], last.more) == (["house 0"], False)


async def test_the_last_page_is_the_last_that_shows_something(house: House, gallery: GalleryStore) -> None:
    assert await gallery.last(Shelf.MINE, Viewer(ANN)) == 0
    for number in range(PAGE + 1):
        await painted(house, f"house {number}")
    assert await gallery.last(Shelf.MINE, Viewer(ANN)) == 1
    assert await gallery.last(Shelf.MINE, Viewer(ANN), "3") == 0
    [last] = (await gallery.page(Shelf.MINE, Viewer(ANN), 1)).found
    await house.turns.delete_turn(last.turn.id, ANN)
    assert await gallery.last(Shelf.MINE, Viewer(ANN)) == 0


async def test_nobody_is_shown_to_others_without_having_said_so(house: House, gallery: GalleryStore) -> None:
    turn = await painted(house, "a fox")
    await heart(house, turn, BEN)
    assert await prompts(gallery, Shelf.BEST) == []
    assert await prompts(gallery, Shelf.BEST, Viewer(ANN, GUILD, (CHANNEL,))) == ["a fox"], "to themselves"
    await gallery.decide(ANN, Showing.UNNAMED)
    assert await prompts(gallery, Shelf.BEST) == ["a fox"]
    assert (await gallery.page(Shelf.BEST, HERE)).found[0].showing is Showing.UNNAMED
    await gallery.decide(ANN, Showing.HIDDEN)
    assert await prompts(gallery, Shelf.BEST) == []


async def test_only_who_has_a_picture_is_asked_whether_others_may_see_it(
    house: House, gallery: GalleryStore
) -> None:
    assert not await gallery.is_to_be_asked(ANN)
    await painted(house, "a fox")
    assert await gallery.is_to_be_asked(ANN)
    assert not await gallery.is_to_be_asked(BEN)
    await gallery.decide(ANN, Showing.HIDDEN)
    assert not await gallery.is_to_be_asked(ANN)


async def test_the_best_are_ordered_by_the_votes_of_others(house: House, gallery: GalleryStore) -> None:
    fox, cat, boat = [await painted(house, prompt) for prompt in ("a fox", "a cat", "a boat")]
    await gallery.decide(ANN, Showing.NAMED)
    await heart(house, fox, ANN, BEN)  # one's own does not count
    await heart(house, cat, BEN, CLEO)
    await house.feedback.vote(boat.message_id or 0, BEN, "👎", -1)
    assert await prompts(gallery, Shelf.BEST) == ["a cat", "a fox"]
    assert [found.hearts for found in (await gallery.page(Shelf.BEST, HERE)).found] == [2, 1]
    await house.feedback.retract(cat.message_id or 0, BEN, "❤️")
    await house.feedback.clear(cat.message_id or 0)
    assert await prompts(gallery, Shelf.BEST) == ["a fox"]
    await house.feedback.reconcile(cat.message_id or 0, "❤️", 2, [BEN, CLEO, 104])
    assert await prompts(gallery, Shelf.BEST) == ["a cat", "a fox"]


async def test_the_best_are_of_this_server_and_of_channels_that_one_sees(
    house: House, gallery: GalleryStore
) -> None:
    await heart(house, await painted(house, "a fox"), BEN)
    await heart(house, await painted(house, "elsewhere", guild=12), BEN)
    await gallery.decide(ANN, Showing.NAMED)
    assert await prompts(gallery, Shelf.BEST) == ["a fox"]
    assert await prompts(gallery, Shelf.BEST, Viewer(CLEO, GUILD, (CHANNEL + 1,))) == []
    assert await prompts(gallery, Shelf.BEST, Viewer(CLEO)) == []


async def test_votes_at_the_same_moment_are_all_counted(house: House, gallery: GalleryStore) -> None:
    turn = await painted(house, "a fox")
    await asyncio.gather(*(heart(house, turn, person) for person in range(200, 212)))
    assert (await gallery.of_turn(turn.id)).hearts == 12


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("fox", ["a red fox in the snow", "Foxes, at night.dark"]),
        ("RED fox", ["a red fox in the snow"]),
        ("dark", ["Foxes, at night.dark"]),
        ("schn grün", ["ein grünes Schneehaus"]),
        ("dog", []),
        ('fox" OR "house', []),
        ("snow' & ! | :* ( NEAR", []),
    ],
)
async def test_words_are_found_from_their_beginning_and_mean_nothing_else(
    house: House, gallery: GalleryStore, words: str, found: list[str]
) -> None:
    for prompt in ("Foxes, at night.dark", "ein grünes Schneehaus", "a red fox in the snow"):
        await painted(house, prompt)
    assert await prompts(gallery, Shelf.MINE, Viewer(ANN), words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("狐", ["雪の中の赤い狐、水彩画"]),
        ("赤い狐", ["雪の中の赤い狐、水彩画"]),
        ("水彩 雪", ["雪の中の赤い狐、水彩画"]),
        ("狐の赤", []),
        ("ランタン", ["カフェのランタン"]),
        ("ﾗﾝﾀﾝ", ["カフェのランタン"]),
        ("cafe", ["une forêt d’été au Café"]),
        ("FORÊT ete", ["une forêt d’été au Café"]),
        ("strasse", ["eine Straße"]),
    ],
)
async def test_words_are_found_without_accents_and_in_japanese_inside_a_text(
    house: House, gallery: GalleryStore, words: str, found: list[str]
) -> None:
    for prompt in ("une forêt d’été au Café", "eine Straße", "カフェのランタン", "雪の中の赤い狐、水彩画"):
        await painted(house, prompt)
    assert await prompts(gallery, Shelf.MINE, Viewer(ANN), words) == found


def test_words_of_a_search_fit_into_a_button() -> None:
    assert search_words("A  Fox_in, the\tSNOW!") == "a fox in the snow"
    assert len(search_key("wort " * 40)) <= 40
    assert search_key("!?") == search_key("🦊 *") == ""
    assert search_key("雪の狐") == "雪の狐"
    assert stored_words("Été 雪の狐x2") == "ete 雪 の 狐 x2"


async def test_favourites_are_kept_once_and_let_go(
    house: House, gallery: GalleryStore, favourites: FavouriteStore
) -> None:
    fox, cat = await painted(house, "a fox"), await painted(house, "a cat")
    assert await favourites.toggle(CLEO, fox.id)
    assert await favourites.star(cat.message_id or 0, CLEO, on=True)
    assert await favourites.star(cat.message_id or 0, CLEO, on=True)
    assert await prompts(gallery, Shelf.FAVOURITES) == ["a cat", "a fox"]
    assert not await favourites.toggle(CLEO, fox.id)
    assert await favourites.star(cat.message_id or 0, CLEO, on=False)
    assert await prompts(gallery, Shelf.FAVOURITES) == []
    assert not await favourites.star(555, CLEO, on=True), "a message that is none of ours"
    with pytest.raises(GoneTurn):
        await favourites.toggle(CLEO, 555)


async def test_favourites_of_others_are_seen_where_their_place_is_seen(
    house: House, gallery: GalleryStore, favourites: FavouriteStore
) -> None:
    await favourites.toggle(CLEO, (await painted(house, "a fox")).id)
    assert await prompts(gallery, Shelf.FAVOURITES) == ["a fox"]
    assert await prompts(gallery, Shelf.FAVOURITES, Viewer(CLEO, GUILD)) == []
    assert await prompts(gallery, Shelf.FAVOURITES, Viewer(CLEO)) == []


async def test_a_picture_shown_again_in_another_thread_is_not_its_authors(
    house: House, gallery: GalleryStore
) -> None:
    turn = await painted(house, "a fox")
    await house.turns.continue_elsewhere(turn.id, BEN, guild_id=GUILD, channel_id=CHANNEL)
    await house.queue.idle()
    assert await prompts(gallery, Shelf.MINE, Viewer(BEN)) == []


async def test_a_covered_picture_stays_covered_in_another_thread(house: House) -> None:
    turn = await painted(house, "a fox")
    async with house.database.session() as session:
        await session.execute(update(ImageRow).values(spoiler=True))
    again = await house.turns.continue_elsewhere(turn.id, BEN, guild_id=GUILD, channel_id=CHANNEL)
    assert [image.spoiler for image in again.turn.images] == [True]


async def left(house: House) -> tuple[int, int, list[ShowcaseRow]]:
    """Rows of the gallery and of favourites, and the showcase."""
    async with house.database.reading() as session:
        rows = [
            (await session.scalars(select(table))).all() for table in (GalleryRow, FavouriteRow, ShowcaseRow)
        ]
    return len(rows[0]), len(rows[1]), list(rows[2])  # type: ignore[arg-type]


async def test_a_picture_is_claimed_for_the_showcase_once(
    house: House, gallery: GalleryStore, showcase: ShowcaseStore
) -> None:
    found = await gallery.of_turn((await painted(house, "a fox")).id)
    claims = [showcase.claim(found.image_id, GUILD, 70) for _ in range(4)]
    assert sorted(await asyncio.gather(*claims)) == [False, False, False, True]
    assert not await showcase.claim(555, GUILD, 70), "a picture that is gone"
    [due] = await showcase.due()
    assert (due.turn_id, due.message_id, due.state) == (found.turn.id, None, ShowcaseState.POST)
    await showcase.shown(due.id, 700, Showing.NAMED)
    assert await showcase.due() == []
    assert not await showcase.claim(found.image_id, GUILD, 70)


async def test_what_has_to_wait_does_not_stand_before_the_rest(
    house: House, gallery: GalleryStore, showcase: ShowcaseStore
) -> None:
    for prompt in ("a fox", "a cat"):
        await showcase.claim((await gallery.of_turn((await painted(house, prompt)).id)).image_id, GUILD, 70)
    first, second = await showcase.due()
    assert await showcase.due({first.id: 1.0}) == [second]


async def test_the_showcase_follows_what_its_author_wishes(
    house: House, gallery: GalleryStore, showcase: ShowcaseStore
) -> None:
    found = await gallery.of_turn((await painted(house, "a fox")).id)
    await gallery.decide(ANN, Showing.NAMED)
    await showcase.claim(found.image_id, GUILD, 70)
    [due] = await showcase.due()
    await gallery.decide(ANN, Showing.UNNAMED)
    assert [one.state for one in await showcase.due()] == [ShowcaseState.POST], "not posted yet"
    await showcase.shown(due.id, 700, Showing.NAMED)
    assert [one.state for one in await showcase.due()] == [ShowcaseState.EDIT], "wished otherwise meanwhile"
    await showcase.shown(due.id, 700, Showing.UNNAMED)
    assert await showcase.due() == []
    await gallery.decide(ANN, Showing.NAMED)
    assert [one.state for one in await showcase.due()] == [ShowcaseState.EDIT]
    await gallery.decide(ANN, Showing.HIDDEN)
    [due] = await showcase.due()
    assert (due.turn_id, due.message_id) == (None, 700)
    await showcase.forget(due.id)
    assert await showcase.due() == []


async def test_a_process_does_what_is_due_on_its_shards(house: House, gallery: GalleryStore) -> None:
    found = await gallery.of_turn((await painted(house, "a fox")).id)
    shards = [ShowcaseStore(house.database, Sharding(count=2, ids=(one,))) for one in (0, 1)]
    await shards[0].claim(found.image_id, 1 << 22, 70)
    assert [len(await shard.due()) for shard in shards] == [0, 1]


@pytest.mark.parametrize("by", ["author", "deletion", "age"])
async def test_with_the_picture_all_of_it_goes(
    house: House, gallery: GalleryStore, favourites: FavouriteStore, showcase: ShowcaseStore, by: str
) -> None:
    turn = await painted(house, "a zebra")
    await favourites.toggle(CLEO, turn.id)
    await showcase.claim((await gallery.of_turn(turn.id)).image_id, GUILD, 70)
    await showcase.shown((await showcase.due())[0].id, 700, Showing.NAMED)
    if by == "author":
        await house.turns.delete_turn(turn.id, ANN)
    elif by == "age":
        rules = RetentionSettings(days=1)
        await RetentionStore(house.database, rules).prune(datetime.now(UTC) + timedelta(days=3))
    else:
        await PeopleStore(house.database).remove(ANN)
    assert await prompts(gallery, Shelf.MINE, Viewer(ANN), "zebra") == []
    rows, kept, shown = await left(house)
    assert (rows, kept, [one.image_id for one in shown]) == (0, 0, [None])
    assert [one.message_id for one in await showcase.due()] == [700], "its message is still to be deleted"
    with pytest.raises(GoneTurn):
        await gallery.of_turn(turn.id)


async def test_who_has_their_data_deleted_takes_their_hearts_along(
    house: House, gallery: GalleryStore
) -> None:
    turn = await painted(house, "a fox")
    await heart(house, turn, BEN, CLEO)
    await PeopleStore(house.database).remove(BEN)
    assert (await gallery.of_turn(turn.id)).hearts == 1


SHELVES = [(shelf, words) for shelf in Shelf for words in ("", "fox")]


@pytest.mark.parametrize(("shelf", "words"), SHELVES)
async def test_no_page_reads_a_whole_table(
    house: House, gallery: GalleryStore, shelf: Shelf, words: str, database_kind: str
) -> None:
    asked: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    async with house.database.reading() as session:
        engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    await gallery.page(shelf, HERE, 0, words)
    event.remove(engine, "before_cursor_execute", note)
    statement, values = next(one for one in asked if "FROM gallery" in one[0])
    async with house.database.reading() as session:
        connection = await session.connection()
        if database_kind == "postgres":
            # with hardly any rows a scan is quickest; what an index cannot do is still scanned
            await session.execute(text("SET LOCAL enable_seqscan = off"))
            plan = await connection.exec_driver_sql(f"EXPLAIN {statement}", values)  # type: ignore[arg-type]
            lines = [str(row[0]) for row in plan]
            assert not [line for line in lines if "Seq Scan" in line], lines
        else:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
            lines = [str(row.detail) for row in plan]
            whole = [line for line in lines if line.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in line]
            assert not whole, lines


@pytest.mark.parametrize("kind", ["due", "message"])
async def test_the_showcase_reads_no_whole_table(showcase: ShowcaseStore, house: House, kind: str) -> None:
    """The rows that are due are found by their state, or by the picture that they have no more."""
    where = "state IN ('post', 'edit') OR image_id IS NULL" if kind == "due" else "message_id = 7"
    async with house.database.reading() as session:
        statement = f"SELECT * FROM showcase WHERE {where}"
        if house.database.name.startswith("postgresql"):
            await session.execute(text("SET LOCAL enable_seqscan = off"))
            lines = [str(row[0]) for row in await session.execute(text(f"EXPLAIN {statement}"))]
            assert not [line for line in lines if "Seq Scan" in line], lines
        else:
            lines = [
                str(row.detail) for row in await session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))
            ]
            assert not [line for line in lines if line.startswith("SCAN")], lines
