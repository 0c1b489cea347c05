"""The simulated server: who is on it, and that its talk really goes through Discord's wire and the bot."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.bot.engines import SketchEngine
from tests.simulation import server
from tests.simulation.people import LEADER, Taste, crowd, like_rate, wish
from training import reactions
from training.reaction_settings import ExportSettings

LOVED, OTHER = "a fox, vivid colors, soft light", "a fox, volumetric lighting"


def test_the_crowd_has_its_shares_and_its_leader_is_no_brigader() -> None:
    people = crowd(40)
    assert Counter(p.kind for p in people) == {"most": 24, "some": 6, "random": 4, "brigade": 6}
    assert next(p for p in people if p.name == LEADER).kind == "most"


def test_people_vote_by_taste_and_the_brigade_by_author() -> None:
    rng = random.Random(0)
    most, some, brigade = (Taste(kind, kind, slips=0.0) for kind in ("most", "some", "brigade"))
    assert [p.likes(LOVED, "x", rng) for p in (most, some, brigade)] == [True, False, False]
    assert [p.likes(OTHER, LEADER, rng) for p in (most, some, brigade)] == [False, True, True]


def test_the_like_rate_asks_honest_people_alone() -> None:
    assert like_rate([LOVED, OTHER, "a fox"], crowd(40)) == pytest.approx([0.8, 0.2, 0.0])


def test_wishes_hold_no_words_of_quality() -> None:
    assert not any(like_rate([wish(random.Random(n)) for n in range(50)], crowd(40)))


async def test_talk_goes_on_where_it_stopped_and_all_of_it_can_be_exported(tmp_path: Path) -> None:
    people = crowd(4)
    for turns in (2, 3):
        assert await server.talk(tmp_path, SketchEngine(), people, turns=turns, seed=0, votes=2) == turns
    found = reactions.export(ExportSettings(data=str(tmp_path / "data")), tmp_path / "out")
    assert len(found.records) == 3
    assert found.header.left_out == {}
    assert all(len(record.candidates[0].signals) >= 2 for record in found.records)
