"""The quick simulation: who wants what, that its tables are read by the real export, and its own tables."""

import random
from pathlib import Path

import pytest

from tests.simulation.direct import database, personal, tables
from tests.simulation.direct.database import Wished, person_id
from tests.simulation.direct.tastes import LEADER, Person, crowd, honest, liked, made, oracle
from training.config.preference_settings import ExportSettings
from training.preferences import export

FOX, ROBOT = "a fox in a meadow", "a robot on a beach"


def test_tastes_hang_on_the_wish_and_drift() -> None:
    most = Person("p", "most", drifts=3)
    soft, detailed = f"{FOX}, vivid colors, soft light", f"{FOX}, vivid colors, highly detailed"
    assert [liked(soft, [most], n) for n in (2, 3)] == [1.0, 0.0]
    assert [liked(detailed, [most], n) for n in (2, 3)] == [0.0, 1.0]
    assert liked(f"{ROBOT}, vivid colors, soft light", [most], 2) == 0.0
    assert liked(f"{ROBOT}, volumetric lighting, sharp focus", [most], 3) == 1.0
    assert (made(ROBOT), made(FOX)) == (True, False)


def test_nobody_can_please_everybody() -> None:
    people = honest(crowd(40))
    assert 0.8 < oracle(False, people, 1) < 1.0
    assert {p.kind for p in crowd(40)} == {"most", "some", "few", "random", "brigade"}


def test_the_brigade_votes_by_author_alone() -> None:
    one = Person("b", "brigade")
    assert [one.votes(FOX, who, 1, random.Random(0)) for who in (LEADER, "x")] == [True, False]


def test_what_is_stored_is_what_the_export_reads_and_weeks_lie_apart(tmp_path: Path) -> None:
    for week in (1, 2):
        turn = Wished(person_id(0), FOX, f"{FOX}, sharp focus", "tiny", week, {person_id(1): True})
        database.store(tmp_path / "data", 3, week, 2, [turn], draw=week == 2)
    assert database.stored(tmp_path / "data") == 2
    found = export.export(ExportSettings(data=str(tmp_path / "data")), tmp_path / "out").records
    assert [[s.value for s in record.candidates[0].signals] for record in found] == [[1], [1]]
    assert (found[1].at - found[0].at).days == 7
    assert (tmp_path / "data/pictures" / found[1].candidates[0].picture).is_file()


def test_a_persons_preferences_are_what_goes_with_their_likes() -> None:
    votes = [(1, f"{FOX}, soft light", True)] * 6 + [(1, f"{FOX}, masterpiece", False)] * 6
    found = personal.preferences(votes)
    assert personal.with_preferences(FOX, 1, found) == f"{FOX}, soft light"
    assert personal.with_preferences(ROBOT, 1, found) == ROBOT
    assert personal.with_preferences(FOX, 2, found) == FOX


def test_tables_are_means_over_seeds() -> None:
    groups = {"most": 0.5, "some": 0.5, "few": 0.5}
    rows = [
        {
            "arm": "dpo", "seed": seed, "round": n, "like": like, "repeated": 0.0, "short of the oracle": 0.1,
            "groups": groups, "personal": {"off": groups, "on": groups}, "brigade": 4, "wrongly": 0,
            "gate": [{"name": "votes", "refused": True}], "promoted": False,
        }
        for seed, like in ((0, 0.2), (1, 0.4)) for n in (0, 1)
    ]  # fmt: skip
    text = tables.write(rows)
    assert "| dpo | 0.300 | 0.300 |" in text
    assert "| dpo | 0 of 2 | votes (2) | 4 4 | 0 0 |" in text


def test_a_mean_of_fewer_seeds_than_others_says_so() -> None:
    rows = [row for row in tables.read(Path("docs/results/server-rounds.jsonl")) if row["arm"] == "scorer"]
    assert [row["seed"] for row in rows if row["round"] == 5] == [0]
    text = tables.write(rows)
    assert "| scorer | 0.322 | 0.357 | 0.466 | 0.478 | 0.423 | 0.412 (1 of 2) |" in text
    assert "| scorer | 0.325 -> 1.000 (1 of 2) | 0.438 -> 1.000 (1 of 2) | 0.625 -> 0.625 (1 of 2) |" in text


def test_all_arms_are_known_by_the_settings_they_change() -> None:
    from tests.simulation.direct.arms import ARMS
    from training.config.preference_settings import LanguageTuning

    for arm in ARMS.values():
        assert {name.split(".")[1] for name in arm.settings} <= LanguageTuning.model_fields.keys()


@pytest.mark.parametrize("kind", ["most", "some", "few"])
def test_every_taste_can_be_pleased_by_something_the_model_writes(kind: str) -> None:
    assert oracle(True, [Person("p", kind)], 1) == oracle(False, [Person("p", kind)], 1) == 1.0


def test_the_tables_in_the_documents_are_those_of_the_committed_rounds() -> None:
    rows = tables.read(Path("docs/results/server-rounds.jsonl"))
    assert tables.write(rows) in Path("docs/results.md").read_text(encoding="utf-8")
