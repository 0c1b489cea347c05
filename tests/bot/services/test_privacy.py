"""What a person can do with their data: nothing of it is left after a deletion, and others keep theirs."""

import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.job import JobState
from bot.domain.options import Options
from bot.domain.reports import ReportState
from bot.errors import MayNotPost
from bot.services.privacy import PrivacyService
from bot.store.people import PeopleStore
from bot.store.reports import ReportStore
from bot.store.schema import Base, BroughtPictureRow
from tests.bot.engines import sketch
from tests.bot.house import ANN, BEN, GUILD, House, ListPresenter, open_house


@pytest.fixture
async def house(tmp_path: Path, database_kind: str) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def privacy(house: House) -> PrivacyService:
    return PrivacyService(PeopleStore(house.database), house.images, house.turns)


async def lived(house: House) -> int:
    """Ann asks for a picture, Ben goes on from it, Ann from his; both vote. Returns the conversation."""
    first = await house.finished(await house.imagine("a zebra in pyjamas", author=ANN))
    second = await house.finished(await house.refine(first.conversation_id, "make it night", author=BEN))
    await house.finished(await house.refine(first.conversation_id, "add a kangaroo", author=ANN))
    await house.feedback.vote(second.message_id or 0, ANN, "👍", 1)
    await house.feedback.vote(first.message_id or 0, BEN, "❤️", 2)
    return first.conversation_id


async def everything(house: House) -> str:
    """All values of all tables, as text."""
    async with house.database.reading() as session:
        tables = [await session.execute(select(table)) for table in Base.metadata.sorted_tables]
        return "\n".join(str(row) for rows in tables for row in rows)


async def test_consent_is_off_until_given_and_can_be_taken_back(privacy: PrivacyService) -> None:
    assert not (await privacy.people.kept(ANN)).consent
    await privacy.people.set_consent(ANN, True)
    assert (await privacy.people.kept(ANN)).consent
    await privacy.people.set_consent(ANN, False)
    assert not (await privacy.people.kept(ANN)).consent


def names(person: int, text: str) -> bool:
    """Whether the id stands in a text as a number of its own, not within a time or a hash."""
    return re.search(rf"\b{person}\b", text) is not None


def bytes_of(folder: Path) -> bytes:
    """The database's files as they lie on the disk, with what SQLite has not reused yet."""
    return b"".join(file.read_bytes() for file in folder.glob("diffchat.sqlite*"))


async def test_nothing_of_a_person_is_left(house: House, privacy: PrivacyService, tmp_path: Path) -> None:
    conversation = await lived(house)
    reports = ReportStore(house.database, hourly=5)
    by_ann = await reports.take(2, ANN, "a rude walrus")
    await reports.placed(by_ann.id, 70, 71)
    about_ann = await reports.take(3, BEN, "a lewd hedgehog")
    await reports.placed(about_ann.id, 70, 72)
    await reports.settle(3, ReportState.DISMISSED, ANN)
    await privacy.people.set_consent(ANN, True)
    files = {path.name for path in house.pictures.rglob("*.png")}
    assert names(ANN, await everything(house))
    removed = await privacy.remove(ANN)
    left = await everything(house)
    assert not names(ANN, left)
    assert "kangaroo" not in left
    for gone in (b"kangaroo", b"walrus", b"hedgehog"):
        assert gone not in bytes_of(tmp_path), "overwritten, not only forgotten"
    assert {(70, 71), (70, 72)} < set(removed.messages)
    assert len(removed.messages) == 4
    assert {path.name for path in house.pictures.rglob("*.png")} == files - {
        f"{sha256}.png" for sha256 in removed.hashes
    }
    assert (await privacy.people.kept(ANN)) == (await privacy.people.kept(987))
    # what Ben made is still there, and is the current picture
    kept = await house.conversations.get(conversation)
    assert kept.head_turn_id == 2
    assert (await house.conversations.turn(2)).author_id == BEN


async def test_work_that_waits_is_cancelled_first(tmp_path: Path) -> None:
    async with open_house(tmp_path, working=False) as house:
        await house.imagine("a zebra", author=ANN)
        await PrivacyService(PeopleStore(house.database), house.images, house.turns).remove(ANN)
        assert "zebra" not in await everything(house)
        assert "cancelled" in await everything(house)


async def test_a_copy_has_the_words_the_votes_and_the_pictures(house: House, privacy: PrivacyService) -> None:
    await lived(house)
    with zipfile.ZipFile(io.BytesIO(await privacy.copy(ANN))) as archive:
        data = json.loads(archive.read("data.json"))
        pictures = [name for name in archive.namelist() if name.startswith("pictures/")]
    assert [turn["source_prompt"].split(",")[0] for turn in data["turns"]] == ["a zebra in pyjamas"] * 2
    assert [vote["emoji"] for vote in data["votes"] if vote["kind"] == "reaction"] == ["👍"]
    assert {f"pictures/{picture['sha256']}.png" for picture in data["pictures"]} == set(pictures)
    assert not names(BEN, json.dumps(data))


async def test_a_copy_has_the_reports_a_person_made(house: House, privacy: PrivacyService) -> None:
    await lived(house)
    reports = ReportStore(house.database, hourly=5)
    await reports.take(2, ANN, "a rude walrus")
    await reports.settle(2, ReportState.DISMISSED, BEN)
    with zipfile.ZipFile(io.BytesIO(await privacy.copy(ANN))) as archive:
        text = archive.read("data.json").decode()
    assert [report["reason"] for report in json.loads(text)["reports"]] == ["a rude walrus"]
    assert not names(BEN, text)


async def test_a_picture_that_waits_to_be_posted_is_not_posted_after_a_deletion(tmp_path: Path) -> None:
    presenter = ListPresenter()
    async with open_house(tmp_path, presenter=presenter, retry_delays=[3600]) as house:
        first = await house.finished(await house.imagine("a boat", author=BEN))
        presenter.post_errors = [MayNotPost()]
        kept = await house.refine(first.conversation_id, "add a zebra", author=ANN)
        await house.queue.idle()
        assert (await house.jobs.get(kept.job.id)).state is JobState.POSTING
        await PrivacyService(PeopleStore(house.database), house.images, house.turns).remove(ANN)
        assert house.queue.post_now(GUILD) == 1
        await house.queue.idle()
        assert (await house.jobs.get(kept.job.id)).cause == "GoneTurn"
        assert [finished.turn.id for finished in presenter.posts] == [first.id]
        assert [turn for turn, error in presenter.failures if not isinstance(error, MayNotPost)] == []


async def test_who_asked_or_voted_before_counts_as_having_seen_a_picture(house: House) -> None:
    await lived(house)
    assert await house.feedback.exposed(1) == {ANN}
    assert await house.feedback.exposed(3) == {ANN, BEN}


async def test_a_person_nothing_is_known_of(privacy: PrivacyService) -> None:
    assert (await privacy.remove(555)).hashes == ()
    assert json.loads(zipfile.ZipFile(io.BytesIO(await privacy.copy(555))).read("data.json"))["turns"] == []


async def test_a_picture_that_a_person_brought_is_in_the_copy_and_goes_with_the_rest(tmp_path: Path) -> None:
    data = sketch("a private photo", 1, 96, 64)
    async with open_house(tmp_path, working=False) as house:
        privacy = PrivacyService(PeopleStore(house.database), house.images, house.turns)
        await house.bring(data, "add a zebra")
        with zipfile.ZipFile(io.BytesIO(await privacy.copy(ANN))) as archive:
            [row] = json.loads(archive.read("data.json"))["brought_pictures"]
            assert archive.read(f"pictures/{row['sha256']}.png") == data
        await privacy.remove(ANN)
        assert list((tmp_path / "pictures").rglob("*.png")) == []
        async with house.database.reading() as session:
            assert list(await session.scalars(select(BroughtPictureRow))) == []
        assert "zebra" not in await everything(house)
        assert row["sha256"] not in await everything(house)


OWN = Options(negative="my neighbour Walburga", style_words=", in the manner of Aunt Gundula")


@pytest.mark.parametrize("way", ["the person", "the picture"])
async def test_words_among_the_numbers_of_a_painting_go_too(house: House, tmp_path: Path, way: str) -> None:
    turn = await house.finished(await house.imagine("a zebra", author=ANN, options=OWN))
    assert "Walburga" in await everything(house)
    if way == "the person":
        await PrivacyService(PeopleStore(house.database), house.images, house.turns).remove(ANN)
    else:
        await house.turns.delete_turn(turn.id, ANN, False)
    left = await everything(house)
    for gone in ("Walburga", "Gundula"):
        assert gone not in left
        # SQLite keeps what a single picture was in its log until that is written over
        assert way == "the picture" or gone.encode() not in bytes_of(tmp_path)
    assert (await house.conversations.turn(turn.id)).parameters.seed == turn.parameters.seed
