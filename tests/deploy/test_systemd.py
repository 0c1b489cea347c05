"""The unit starts what there is, where the documents say, and stays as hardened as it states."""

import re
import shutil
import subprocess

import pytest

from bot.__main__ import parser
from tests.deploy.files import DEPLOY, ROOT

UNIT = DEPLOY / "diffchat.service"
TEXT = UNIT.read_text(encoding="utf-8")
KEYS = dict(re.findall(r"^(\w+)=(.*)$", TEXT, re.MULTILINE))
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def test_it_starts_the_bot_of_its_folder() -> None:
    command, *arguments = KEYS["ExecStart"].split()
    assert command == f"{KEYS['WorkingDirectory']}/.venv/bin/diffchat"
    given = parser().parse_args(arguments)
    assert given.data.as_posix() == f"/var/lib/{KEYS['StateDirectory']}"


def test_caches_go_where_it_may_write() -> None:
    assert f"HOME=/var/cache/{KEYS['CacheDirectory']}" in KEYS["Environment"].split()
    assert KEYS["ProtectSystem"] == "strict"


@pytest.mark.parametrize("key", ["EnvironmentFile", "WorkingDirectory"])
def test_the_page_names_its_files(key: str) -> None:
    assert KEYS[key] in PAGE


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_its_exposure_is_what_it_states() -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    [measured] = re.findall(r"exposure level for diffchat.service: ([\d.]+)", run.stdout)
    [stated] = re.findall(r"^# of systemd \d+: ([\d.]+) OK", TEXT, re.MULTILINE)
    assert float(measured) <= float(stated) + 0.5, "newer versions of systemd weigh more"
