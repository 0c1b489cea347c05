"""What every place for picture files does alike: a folder, an S3 bucket, and storage driven in threads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.images import fingerprint, relative_path
from bot.store.picture_files.local import LocalFiles
from bot.store.picture_files.port import PictureFiles
from bot.store.picture_files.remote import open_remote
from tests.bot.store.picture_files.s3 import URL, Door

pytestmark = pytest.mark.sqlite_only
PATH = relative_path(fingerprint(b"one"))


@pytest.fixture(params=["folder", "s3", "in threads"])
async def files(request: pytest.FixtureRequest, tmp_path: Path, door: Door) -> AsyncIterator[PictureFiles]:
    match request.param:
        case "folder":
            yield LocalFiles(tmp_path / "pictures")
        case "s3":
            async with open_remote(URL, door.url) as opened:
                yield opened
        case _:
            async with open_remote((tmp_path / "mounted").as_uri()) as opened:
                yield opened


async def test_what_is_written_is_read_and_its_size_is_known(files: PictureFiles) -> None:
    await files.write(PATH, b"one")
    assert (await files.read(PATH), await files.size(PATH)) == (b"one", 3)


async def test_what_is_written_again_is_replaced(files: PictureFiles) -> None:
    await files.write(PATH, b"half")
    await files.write(PATH, b"whole")
    assert await files.read(PATH) == b"whole"
    assert await files.older_than(-60) == {PATH}, "nothing half-written is left beside it"


async def test_what_is_missing_is_said_so(files: PictureFiles) -> None:
    with pytest.raises(FileNotFoundError):
        await files.read(PATH)
    assert await files.size(PATH) is None
    assert await files.older_than(-60) == set()
    await files.remove(PATH)
    await files.remove(PATH, untouched_s=60)


async def test_what_is_removed_is_gone_and_the_rest_stays(files: PictureFiles) -> None:
    other = relative_path(fingerprint(b"two"))
    for path in (PATH, other):
        await files.write(path, b"some")
    await files.remove(PATH)
    assert await files.older_than(-60) == {other}


async def test_a_file_written_just_now_is_neither_listed_nor_removed(files: PictureFiles) -> None:
    await files.write(PATH, b"one")
    assert await files.older_than(60) == set()
    await files.remove(PATH, untouched_s=60)
    assert await files.read(PATH) == b"one"


async def test_a_probe_leaves_nothing_behind(files: PictureFiles) -> None:
    await files.probe()
    assert await files.older_than(-60) == set()
