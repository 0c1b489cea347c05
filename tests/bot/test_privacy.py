"""What a person can do with their data: nothing of it is left after a deletion, and others keep theirs."""

import io
import json
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.privacy import PrivacyService
from bot.store.people import PeopleStore
from tests.bot.house import ANN, BEN, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
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


def everything(folder: Path) -> str:
    """All values of all tables, as text."""
    with sqlite3.connect(folder / "diffchat.sqlite") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(str(row) for name in names for row in connection.execute(f"SELECT * FROM {name}"))


async def test_consent_is_off_until_given_and_can_be_taken_back(privacy: PrivacyService) -> None:
    assert not (await privacy.people.kept(ANN)).consent
    await privacy.people.set_consent(ANN, True)
    assert (await privacy.people.kept(ANN)).consent
    await privacy.people.set_consent(ANN, False)
    assert not (await privacy.people.kept(ANN)).consent


async def test_nothing_of_a_person_is_left(house: House, privacy: PrivacyService, tmp_path: Path) -> None:
    conversation = await lived(house)
    await privacy.people.set_consent(ANN, True)
    files = {path.name for path in house.images.folder.rglob("*.png")}
    assert str(ANN) in everything(tmp_path)
    removed = await privacy.remove(ANN)
    left = everything(tmp_path)
    assert str(ANN) not in left
    assert "kangaroo" not in left
    assert len(removed.messages) == 2
    assert {path.name for path in house.images.folder.rglob("*.png")} == files - {
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
        assert "zebra" not in everything(tmp_path)
        assert "cancelled" in everything(tmp_path)


async def test_a_copy_has_the_words_the_votes_and_the_pictures(house: House, privacy: PrivacyService) -> None:
    await lived(house)
    with zipfile.ZipFile(io.BytesIO(await privacy.copy(ANN))) as archive:
        data = json.loads(archive.read("data.json"))
        pictures = [name for name in archive.namelist() if name.startswith("pictures/")]
    assert [turn["source_prompt"].split(",")[0] for turn in data["turns"]] == ["a zebra in pyjamas"] * 2
    assert [vote["emoji"] for vote in data["votes"] if vote["kind"] == "reaction"] == ["👍"]
    assert {f"pictures/{picture['sha256']}.png" for picture in data["pictures"]} == set(pictures)
    assert str(BEN) not in json.dumps(data)


async def test_who_asked_or_voted_before_counts_as_having_seen_a_picture(house: House) -> None:
    await lived(house)
    assert await house.feedback.exposed(1) == {ANN}
    assert await house.feedback.exposed(3) == {ANN, BEN}


async def test_a_person_nothing_is_known_of(privacy: PrivacyService) -> None:
    assert (await privacy.remove(555)).hashes == ()
    assert json.loads(zipfile.ZipFile(io.BytesIO(await privacy.copy(555))).read("data.json"))["turns"] == []
