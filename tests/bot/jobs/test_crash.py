"""`kill -9` at any moment loses no accepted job, posts nothing twice, and leaves no orphan behind."""

import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.check import inspect
from tests.bot.house import open_house

ROOT = Path(__file__).resolve().parents[3]
JOBS_A_LIFE = 4


def start(folder: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bot.jobs.crash_victim", str(folder), str(first), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def live_and_be_killed(folder: Path, life: int, after: float) -> list[int]:
    """The turns that were accepted before the kill, `after` seconds from the first of them."""
    with start(folder, life * JOBS_A_LIFE, JOBS_A_LIFE) as victim:
        assert victim.stdout is not None
        accepted = [victim.stdout.readline()]
        time.sleep(after)
        victim.kill()
        accepted += victim.stdout.read().split("\n")
    return [int(line) for line in accepted if line.strip().isdigit()]


@pytest.mark.parametrize("lives", [2, pytest.param(30, marks=pytest.mark.slow)])
async def test_no_job_is_lost_or_posted_twice(tmp_path: Path, lives: int) -> None:
    chance = random.Random(lives)
    told = [
        turn_id
        for life in range(lives)
        for turn_id in live_and_be_killed(tmp_path, life, chance.random() * 0.4)
    ]
    with start(tmp_path, 1000, 0) as last:
        assert last.communicate(timeout=120)[0].strip() == "done"
    with closing(sqlite3.connect(tmp_path / "diffchat.sqlite")) as connection:
        states = dict(connection.execute("SELECT turn_id, state FROM jobs"))
        unread = connection.execute(
            "SELECT turn_id FROM brought_pictures WHERE sha256 IS NOT NULL"
        ).fetchall()
    assert set(states.values()) == {"done"}
    assert unread == [], "every picture that was brought is read and forgotten"
    assert set(told) <= set(states)
    # the same nonce twice is one message, as Discord drops the second
    messages = Counter(line.split()[1] for line in set((tmp_path / "posts").read_text().splitlines()))
    assert messages == Counter({str(turn_id): 1 for turn_id in states})
    async with open_house(tmp_path, working=False) as house:
        report = await inspect(house.database, house.images.files)
        assert report.clean, report.lines()
