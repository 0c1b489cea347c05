"""Shared storage of pictures: what goes wrong there is tried again, waited out, and said in words."""

import asyncio
import importlib
import sys
from pathlib import Path

import pytest

from bot.domain.job import JobState
from bot.errors import PicturesUnreachable, StoreError
from bot.jobs.presenter import Stalled
from bot.ops.backup import back_up, restore
from bot.ops.preflight import pictures_finding
from bot.settings import Settings
from bot.store.check import inspect, mend
from bot.store.picture_files.local import LocalFiles
from bot.store.picture_files.opening import open_files
from bot.store.picture_files.remote import open_remote
from tests.bot.house import ANN, eventually, open_house
from tests.bot.store.picture_files.s3 import BUCKET, URL, Door

pytestmark = pytest.mark.sqlite_only


def settings(door: str, folder: Path, url: str = URL) -> Settings:
    return Settings.model_validate(
        {"store": {"data_dir": folder / "data"}, "images": {"url": url, "endpoint": door}}
    )


async def test_a_server_that_fails_a_few_times_is_asked_again(door: Door) -> None:
    async with open_remote(URL, door.url) as files:
        door.failing = 2
        await files.write("ab/abc.png", b"one")
        door.failing = 2
        assert await files.read("ab/abc.png") == b"one"


async def test_one_that_goes_on_failing_is_said_so(door: Door) -> None:
    door.failing = 1000
    async with open_remote(URL, door.url) as files:
        with pytest.raises(PicturesUnreachable, match="cannot be used now"):
            await files.write("ab/abc.png", b"one")


async def test_one_that_is_too_slow_is_given_up(door: Door) -> None:
    async with open_remote(URL, door.url) as files:
        files.patience = 0.3
        door.delay = 5.0
        with pytest.raises(PicturesUnreachable, match="did not answer in time"):
            await files.read("ab/abc.png")


async def test_one_that_nobody_answers_for_is_said_so(door: Door, closed_port: str) -> None:
    async with open_remote(URL, closed_port) as files:
        with pytest.raises(PicturesUnreachable, match="cannot be used now"):
            await files.write("ab/abc.png", b"one")


async def test_a_bucket_that_is_not_there_is_found_at_the_start(door: Door, tmp_path: Path) -> None:
    finding = await pictures_finding(settings(door.url, tmp_path, "s3://elsewhere/here"))
    assert not finding.good
    assert "s3://elsewhere/here is not there" in finding.text
    assert (await pictures_finding(settings(door.url, tmp_path))).good


async def test_without_credentials_it_is_said_which(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    finding = await pictures_finding(settings(door.url, tmp_path))
    assert not finding.good
    assert "AWS_ACCESS_KEY_ID" in finding.text


async def test_a_missing_package_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = importlib.import_module("fsspec.registry")  # the package has a mapping of that name
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(registry._registry, "s3", raising=False)  # as in a process that begins
    with pytest.raises(StoreError, match=r"uv pip install --constraint requirements\.lock -e '\.\[s3\]'"):
        async with open_files(settings("", tmp_path)):
            pass


async def test_a_protocol_that_nobody_knows_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="fsspec knows no nonsense://"):
        async with open_files(settings("", tmp_path, "nonsense://bucket/here")):
            pass


async def test_turns_are_made_with_their_pictures_in_the_bucket(door: Door, tmp_path: Path) -> None:
    async with open_remote(URL, door.url) as files, open_house(tmp_path, files=files) as house:
        first = await house.imagined("a red house")
        night = await house.refined(first.conversation_id, "make it night")
        stored = await files.older_than(-60)
        assert len(stored) == 2
        assert not house.pictures.exists(), "nothing lies on this machine"
        assert (await inspect(house.database, files)).clean
        await house.turns.delete_turn(night.id, ANN)
        assert len(await files.older_than(-60)) == 1
        assert all(seen.split()[1].startswith(f"/{BUCKET}") for seen in door.seen)


async def test_a_job_waits_until_the_bucket_takes_its_picture(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.aio.retry.DELAYS", (0.05,))
    async with open_remote(URL, door.url) as files, open_house(tmp_path, files=files) as house:
        door.failing = 1_000_000
        accepted = await house.imagine()

        async def told() -> bool:
            return any(isinstance(status, Stalled) for _, status in house.presenter.statuses)

        await eventually(told)
        assert (await house.jobs.get(accepted.job.id)).state is JobState.PAINTING
        door.failing = 0
        assert (await house.finished(accepted)).live
        assert len(house.presenter.posts) == 1
        assert len(house.engine.paints) == 1, "what was painted is kept, not painted again"


async def test_files_without_a_row_are_found_and_removed(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.check.GRACE_S", -60.0)
    async with open_remote(URL, door.url) as files, open_house(tmp_path, files=files) as house:
        turn = await house.imagined()
        await files.write("ff/orphan.png", b"nobody's")
        report = await inspect(house.database, files)
        assert report.files_without_row == ("ff/orphan.png",)
        await mend(house.database, files, report)
        assert (await inspect(house.database, files)).clean
        assert await house.images.read(turn.images[0])


async def test_a_backup_fetches_the_pictures_and_a_restore_brings_them_back(
    door: Door, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    async with open_remote(URL, door.url) as files, open_house(tmp_path / "here", files=files) as house:
        turn = await house.imagined("a zebra")
        assert await back_up(tmp_path / "here" / "diffchat.sqlite", files, file) == 1
    there = LocalFiles(tmp_path / "there" / "pictures")
    assert await restore(file, tmp_path / "there" / "diffchat.sqlite", there) == 1
    async with open_house(tmp_path / "there", files=there) as house:
        assert await house.images.read((await house.conversations.turn(turn.id)).images[0])
    async with open_remote(f"s3://{BUCKET}/anew", door.url) as anew:
        assert await restore(file, tmp_path / "anew" / "diffchat.sqlite", anew) == 1
        assert len(await anew.older_than(-60)) == 1


async def test_two_stores_that_share_a_bucket_do_not_take_each_others_files(
    door: Door, tmp_path: Path
) -> None:
    async with open_remote(URL, door.url) as files, open_house(tmp_path, files=files) as house:
        turns = [await house.imagined(f"house {number}") for number in range(6)]
        await asyncio.gather(*(house.turns.delete_turn(turn.id, ANN) for turn in turns[:3]))
        kept = [await house.conversations.turn(turn.id) for turn in turns[3:]]
        assert all([await house.images.read(turn.images[0]) for turn in kept])
        assert len(await files.older_than(-60)) == 3


async def test_a_file_that_cannot_be_removed_goes_with_a_later_one(
    door: Door, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_remote(URL, door.url) as files, open_house(tmp_path, files=files) as house:
        turns = [await house.imagined(f"house {number}") for number in range(2)]
        door.failing = 1_000_000
        assert (await house.turns.delete_turn(turns[0].id, ANN)).turn.id == turns[0].id
        assert "1 picture files stay for now" in caplog.text
        door.failing = 0
        await house.turns.delete_turn(turns[1].id, ANN)
        assert await files.older_than(-60) == set()
