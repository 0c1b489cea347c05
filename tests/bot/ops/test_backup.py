"""Backups: made while the bot works, brought back whole, refused when they are not what they say."""

import asyncio
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.errors import StoreError
from bot.ops.backup import back_up, restore
from bot.settings import LimitsSettings
from bot.store import migrate
from bot.store.check import inspect
from bot.store.conversations import ConversationStore
from bot.store.picture_files.local import LocalFiles
from bot.store.session import Database
from tests.bot import house as houses
from tests.bot.engines import sketch
from tests.bot.house import open_house
from tests.postgres import Server


@pytest.mark.usefixtures("database_kind")
async def test_a_backup_made_while_the_bot_works_brings_everything_back(tmp_path: Path) -> None:
    file, there = tmp_path / "backup.zip", tmp_path / "there"
    async with open_house(tmp_path / "here") as house:
        first = await house.imagined("a zebra")
        await house.imagine("a boat")
        count = await back_up(house.database.address, house.images.files, file)
        assert count >= 1
        await house.queue.idle()
    restored = await restore(file, houses.address_in(there), LocalFiles(there / "pictures"))
    assert restored == count
    async with open_house(there) as house:
        await house.queue.idle()
        assert (await house.conversations.turn(first.id)).source_prompt == "a zebra"
        assert await house.images.read((await house.conversations.turn(first.id)).images[0])
        assert (await house.conversations.turn(2)).live, "what was waiting is done after the restore"
        assert (await inspect(house.database, house.images.files)).clean


async def test_a_brought_picture_that_waits_is_read_after_the_restore(tmp_path: Path) -> None:
    file, there = tmp_path / "backup.zip", tmp_path / "there"
    async with open_house(tmp_path / "here", working=False) as house:
        accepted = await house.bring(sketch("elsewhere", 1, 96, 64))
        assert await back_up(tmp_path / "here" / "diffchat.sqlite", house.images.files, file) == 1
    await restore(file, there / "diffchat.sqlite", LocalFiles(there / "pictures"))
    async with open_house(there) as house:
        assert (await house.finished(accepted)).live


async def test_a_database_of_an_older_version_can_be_backed_up(tmp_path: Path) -> None:
    database = tmp_path / "diffchat.sqlite"
    migrate.upgrade(database)
    migrate.downgrade(database, "0002")
    assert await back_up(database, LocalFiles(tmp_path / "pictures"), tmp_path / "backup.zip") == 0


async def made(tmp_path: Path) -> Path:
    async with open_house(tmp_path / "here") as house:
        await house.imagined("a zebra")
        await back_up(tmp_path / "here" / "diffchat.sqlite", house.images.files, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


async def test_nothing_is_overwritten(tmp_path: Path) -> None:
    file = await made(tmp_path)
    database, pictures = tmp_path / "here" / "diffchat.sqlite", tmp_path / "here" / "pictures"
    with pytest.raises(StoreError, match="exists already"):
        await back_up(database, LocalFiles(pictures), file)
    with pytest.raises(StoreError, match="move it away first"):
        await restore(file, database, LocalFiles(pictures))


async def test_a_picture_that_was_changed_is_refused_and_no_database_appears(tmp_path: Path) -> None:
    file = await made(tmp_path)
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(forged, "w") as new:
        new.writestr("diffchat.sqlite", old.read("diffchat.sqlite"))
        new.writestr("pictures/../../evil.png", b"no picture")
    with pytest.raises(StoreError, match="not what its name says"):
        await restore(forged, tmp_path / "new" / "diffchat.sqlite", LocalFiles(tmp_path / "new" / "pictures"))
    assert not (tmp_path / "new" / "diffchat.sqlite").exists()
    assert not (tmp_path / "evil.png").exists()


@pytest.mark.parametrize("content", [b"", b"no zip", None])
async def test_what_is_no_backup_is_said_so(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "backup.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreError, match="no backup"):
        await restore(file, tmp_path / "new" / "diffchat.sqlite", LocalFiles(tmp_path / "new" / "pictures"))


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = asyncio.run(made(tmp_path))
    assert main(["--data", str(tmp_path / "new"), "restore", str(file)]) == 0
    assert main(["--data", str(tmp_path / "new"), "db", "check"]) == 0
    said = capsys.readouterr().out
    assert "restored with 1 pictures" in said
    assert "every row has its file" in said
    lost = next((tmp_path / "new" / "pictures").rglob("*.png"))
    lost.unlink()
    assert main(["--data", str(tmp_path / "new"), "db", "check"]) == 1
    assert main(["--data", str(tmp_path / "new"), "db", "check", "--mend"]) == 0
    assert main(["--data", str(tmp_path / "new"), "backup", str(tmp_path / "again.zip")]) == 0


async def test_a_huge_member_is_read_piece_by_piece(tmp_path: Path) -> None:
    file = tmp_path / "huge.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("diffchat.sqlite", bytes(96 * 1024 * 1024))
    tracemalloc.start()
    with pytest.raises(StoreError, match="is no SQLite database"):
        await restore(
            file, tmp_path / "there" / "diffchat.sqlite", LocalFiles(tmp_path / "there" / "pictures")
        )
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * 1024 * 1024


async def test_an_old_write_ahead_log_is_not_played_into_a_restored_database(tmp_path: Path) -> None:
    file = await made(tmp_path)
    database = tmp_path / "there" / "diffchat.sqlite"
    database.parent.mkdir()
    database.with_name("diffchat.sqlite-wal").write_bytes(b"from an earlier database")
    with pytest.raises(StoreError, match="-wal exists: move it away first"):
        await restore(file, database, LocalFiles(tmp_path / "there" / "pictures"))


async def test_a_backup_of_one_kind_of_database_is_restored_into_the_other(
    tmp_path: Path, postgres: Server
) -> None:
    file, there, url = tmp_path / "backup.zip", tmp_path / "there", postgres.empty()
    pictures = LocalFiles(there / "pictures")
    async with open_house(tmp_path / "here") as house:
        first = await house.imagined("a zebra")
        await back_up(house.database.address, house.images.files, file)
    await restore(file, url, pictures)
    assert sorted(path.name for path in there.iterdir()) == ["pictures"], "nothing else is left there"
    async with Database.open(url) as database:
        report = await inspect(database, pictures)
        turn = await ConversationStore(database, LimitsSettings()).turn(first.id)
        assert report.clean
        assert turn.source_prompt == "a zebra"
    with pytest.raises(StoreError, match="is not empty"):
        await restore(file, url, pictures)
    postgres.drop(url)
