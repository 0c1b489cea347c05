"""The simulated server: who is on it, and that its talk really goes through Discord's wire and the bot."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.bot.engines import SketchEngine
from tests.simulation import scoring, server
from tests.simulation.people import LEADER, Taste, crowd, like_rate, shunned, wish
from tests.training.reacting import likes, record, snapshot
from training.config.preference_settings import ExportSettings
from training.preferences import export, formats

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
        ids = await server.talk(tmp_path, SketchEngine(), people, turns=turns, seed=0, votes=2)
        assert set(ids) == {person.name for person in people}
    found = export.export(ExportSettings(data=str(tmp_path / "data")), tmp_path / "out")
    assert len(found.records) == 3
    assert set(found.header.left_out) <= {"turns: deleted words"}
    assert all(len(record.candidates[0].signals) >= 2 for record in found.records)


def test_taking_a_brigade_out_leaves_the_turns_and_everybody_else() -> None:
    given = snapshot(record(1, likes(ann=1, b0=-1), exposed=("ann", "b0")), record(2, likes(b0=1)))
    left = scoring.without(given, {"b0"})
    assert [[s.person for s in r.candidates[0].signals] for r in left.records] == [["ann"], []]
    assert left.records[0].exposed == ("ann",)


def test_pairs_are_counted_by_what_honest_people_like(tmp_path: Path) -> None:
    rows = [
        {"chosen_prompt": better, "rejected_prompt": worse}
        for better, worse in ((LOVED, OTHER), (OTHER, LOVED), ("a fox", "a cat"))
    ]
    formats.write(tmp_path / "dpo.jsonl", rows)
    counted = scoring.pairs_by_truth(tmp_path / "dpo.jsonl", crowd(40))
    assert counted == {"right": 1, "wrong": 1, "equal": 1}


def test_the_leader_shuns_one_look() -> None:
    assert shunned("a fox, soft light")
    assert not shunned("a fox, vivid colors")
