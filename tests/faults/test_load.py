"""200 people and 1,000 queued jobs: served in turn, all of it done, nothing stays behind.

How quick the event loop stays meanwhile, and how much memory it takes, is printed by
`python -m tests.benchmarks load`.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.errors import QueueFull
from bot.settings import LimitsSettings
from model.engine import OnProgress, PaintRequest, PaintResult, Picture
from tests.bot.engines import PAINTER, SketchEngine, sketch
from tests.bot.house import ListPresenter, open_house
from tests.conftest import Counted

EACH = 5  # jobs of each person


@dataclass
class OneSketch(SketchEngine):
    """The same picture for everybody: what is measured is what stands around the painting."""

    png: bytes = field(default_factory=lambda: sketch("a house", 1, 64, 64))

    async def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> PaintResult:
        self.paints.append(request)
        await asyncio.sleep(0)
        return PaintResult(tuple(Picture(self.png, seed, 64, 64) for seed in request.seeds), PAINTER, 0.01)


@pytest.mark.parametrize("people", [20, pytest.param(200, marks=pytest.mark.slow)])
async def test_many_people_and_a_long_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Counted, people: int
) -> None:
    limits = LimitsSettings(queued_per_user=EACH, queue_length=people * EACH, running=4)
    monkeypatch.setattr("bot.store.engines.PRAGMAS", ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = OFF"))
    presenter, before = ListPresenter(), len(asyncio.all_tasks())
    async with open_house(
        tmp_path, engine=OneSketch(), presenter=presenter, limits=limits, working=False
    ) as house:
        askers = [person for person in range(1, people + 1) for _ in range(EACH)]
        random.Random(1).shuffle(askers)  # who asks early with all five gets no more than who asks late
        asked = [await house.imagine(author=person) for person in askers]
        with pytest.raises(QueueFull):
            await house.imagine(author=people + 1)
        async with house.queue:
            await house.queue.idle()
        posted = [post.turn.author_id for post in presenter.posts]
        assert Counter(posted) == dict.fromkeys(range(1, people + 1), EACH)
        assert len({post.turn.id for post in presenter.posts}) == len(asked) == people * EACH
        unfair = most_ahead(posted, people)
        assert unfair <= 2, "while jobs are worked on side by side one may end a round earlier"
        left = (
            len(house.queue._jobs) + len(house.queue._tasks) + len(house.queue._later) + house.queue.waiting
        )
        assert left == 0
    tasks = len(asyncio.all_tasks()) - before
    assert tasks == 0
    counted(
        f"{people} people with {EACH} jobs each",
        jobs=len(asked), done=len(posted), most_rounds_ahead=unfair, left_in_memory=left, tasks_left=tasks,
    )  # fmt: skip


def most_ahead(posted: list[int], people: int) -> int:
    """How many pictures more somebody ever had than somebody else who still waited."""
    had: Counter[int] = Counter(dict.fromkeys(range(1, people + 1), 0))
    ahead = 0
    for person in posted:
        had[person] += 1
        ahead = max(ahead, had[person] - min(had.values()))
    return ahead
