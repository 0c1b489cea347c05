"""The data folder: held by one process, closed to other accounts, refused where nothing can be written."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import DataFolderInUse, StoreError
from bot.store.data_folder import claimed, keep_private, probe_writing

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import sys, time
from pathlib import Path
from bot.store.data_folder import claimed
with claimed(Path(sys.argv[1]), "run"):
    print("held", flush=True)
    time.sleep(60)
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_second_is_told_who_the_first_is(tmp_path: Path) -> None:
    first = rf"in use by 'run', process {os.getpid()}, since"
    with claimed(tmp_path / "data", "run"), pytest.raises(DataFolderInUse, match=first):
        claimed(tmp_path / "data", "demo").__enter__()
    with claimed(tmp_path / "data", "demo"):
        pass


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(DataFolderInUse, match=str(first.pid)):
            claimed(tmp_path, "run").__enter__()
        first.send_signal(signal.SIGKILL)
    with claimed(tmp_path, "run"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_what_others_could_read_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "pictures").mkdir(parents=True)
    (folder / "diffchat.sqlite").touch()
    for path in (folder, folder / "pictures"):
        path.chmod(0o755)
    (folder / "diffchat.sqlite").chmod(0o644)
    with claimed(folder, "run"):
        assert (mode(folder), mode(folder / "pictures")) == (0o700, 0o700)
        assert mode(folder / "diffchat.sqlite") == 0o600


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.touch()
    outside.chmod(0o644)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link").symlink_to(outside)
    keep_private(tmp_path / "data")
    assert mode(outside) == 0o644


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be"):
        probe_writing(tmp_path / "file" / "data")
    with pytest.raises(StoreError, match="cannot be"):
        claimed(tmp_path / "file" / "data", "run").__enter__()


def test_probing_leaves_nothing_behind(tmp_path: Path) -> None:
    probe_writing(tmp_path / "not" / "yet" / "there")
    probe_writing(tmp_path)
    assert list(tmp_path.iterdir()) == []
