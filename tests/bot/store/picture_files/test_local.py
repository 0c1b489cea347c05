"""What is flushed to the disk when a picture's file is written."""

from pathlib import Path

import pytest

from bot.store.picture_files import local
from bot.store.picture_files.local import LocalFiles


async def test_a_folders_own_name_is_made_durable_once_by_each_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(local, "_sync_folder", flushed.append)
    files = LocalFiles(tmp_path)
    for name in ("ab/1.png", "ab/2.png", "cd/3.png"):
        await files.write(name, b"a picture")
    ab, cd = tmp_path / "ab", tmp_path / "cd"
    assert flushed == [ab, tmp_path, ab, cd, tmp_path]
    flushed.clear()
    await LocalFiles(tmp_path).write("ab/4.png", b"a picture")  # another process may have made the folder
    assert flushed == [ab, tmp_path]
