"""The experiment on conversations: arms learn, are measured, and the table says what became of what was
expected."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.training.tiny.test_chat_eval import lazy
from training.__main__ import main
from training.config import toml
from training.config.arms_settings import MEASURES, ArmsConfig
from training.core.processes import Process
from training.errors import ConfigError
from training.evaluation.tables import tables_of
from training.tiny import arm_scores, arms
from training.tiny.lm import CHECKPOINT

CONFIG = f"""
output = "OUT"
start = "{CHECKPOINT}"
seeds = [0, 1]
rows = 1
chats = 2
edits = 4

[arms.shipped]

[arms.single]
steps = 1
mixture = {{ chats = 0.0 }}

[arms.dagger]
steps = 1
dagger = 1

[arms.rloo]
rl = "training/configs/tiny-turns-rloo.toml"
changes = ["steps=1", "rollouts=4", "batch=4", "micro_batch=4", "data.train=tinyworld-chats:3",
  "data.held_out=0", "reward.cache="]

[hypotheses."RLOO is no worse"]
measure = "chained@6"
arm = "rloo"
than = "shipped"
direction = "no less"
margin = 0.5
"""


def settings(**changes: Any) -> ArmsConfig:
    values = {"output": "out", "start": str(CHECKPOINT), "arms": {"shipped": {}, "more": {"steps": 1}}}
    return ArmsConfig.model_validate(values | changes)


def test_one_that_takes_all_for_talk_paints_no_talk_and_does_nothing() -> None:
    found = arm_scores.measured(lazy, 3, 5, "selection", 0)
    assert set(found) == set(MEASURES)
    assert found["talk painted"] == 0
    assert found["unasked"] == 0
    assert found["single edits"] < 0.5
    assert 0 < found["integrity"] < 1


@pytest.mark.parametrize("name", ["tiny-arms", "tiny-arms-talk"])
def test_every_arm_of_the_shipped_comparisons_can_be_run(name: str) -> None:
    shipped = toml.load(ArmsConfig, Path(f"training/configs/{name}.toml"))
    for arm in shipped.arms:
        arms._check(shipped, arm)


def test_what_an_arm_learns_by_is_part_of_what_is_compared(tmp_path: Path) -> None:
    def asked(config: str, **changes: Any) -> str:
        file = tmp_path / "rl.toml"
        file.write_text(config, encoding="utf-8")
        return arms._asked(settings(arms={"ppo": {"rl": str(file)}}, **changes))

    config = Path("training/configs/tiny-turns-ppo.toml").read_text(encoding="utf-8")
    assert asked(config) == asked(config, output="elsewhere", seeds=[3, 4])
    assert asked(config) != asked(config.replace("discount = 1.0", "discount = 0.5"))


def test_the_paths_of_an_arm_are_checked_before_anything_runs(tmp_path: Path) -> None:
    odd = settings(output=str(tmp_path), arms={"more": {"steps": 1, "mixture": {"chat": 1.0}}})
    with pytest.raises(ConfigError, match=r"arms\.more\.mixture: there is no share chat"):
        arms.compare(odd, ())
    with pytest.raises(ConfigError, match="no ARM@SEED of the config"):
        arms.run(settings(output=str(tmp_path)), "more@77")


@pytest.mark.parametrize(
    ("arm", "said"),
    [
        ({"steps": 1, "rl": "x.toml"}, "not by both"),
        ({"dagger": 5}, "say how many steps"),
        ({"changes": ["a=1"]}, "which is not named"),
    ],
)
def test_an_arm_that_would_ignore_a_setting_is_refused(arm: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        settings(arms={"odd": arm})


def test_a_hypothesis_is_about_arms_that_are_there_and_one_thing() -> None:
    one = {"measure": "chained@6", "arm": "more", "than": "none", "direction": "more"}
    with pytest.raises(ValidationError, match="there is no arm none"):
        settings(hypotheses={"h": one})
    with pytest.raises(ValidationError, match="compared with another"):
        settings(hypotheses={"h": one | {"level": 0.5}})


def test_the_table_says_what_became_of_what_was_expected(tmp_path: Path) -> None:
    def values(chained: list[float]) -> dict[str, list[float]]:
        return {name: chained if name == "chained@6" else [0.5, 0.5] for name in MEASURES}

    def expected(arm: str, **more: Any) -> dict[str, Any]:
        return {"measure": "chained@6", "arm": arm, "direction": "more", **more}

    raw: dict[str, Any] = {
        "kind": "arms", "planned": 2, "seeds": [0, 1], "chats": 9, "edits": 7, "part": "test",
        "machine": "one", "values": {"a": values([0.6, 0.62]), "b": values([0.3, 0.31])},
        "hypotheses": {
            "better": expected("a", than="b"), "worse": expected("b", than="a"),
            "high": expected("a", level=0.61),
        },
    }  # fmt: skip
    file = tmp_path / "raw.json"
    file.write_text(json.dumps(raw))
    told = tables_of(file)
    assert "| better | chained@6: a less b | above 0 | 0.305 (0.241 to 0.369) | confirmed |" in told
    assert "| worse | chained@6: b less a | above 0 | -0.305 (-0.369 to -0.241) | refuted |" in told
    assert "| high | chained@6: a less 0.61 | above 0 | 0.000 (-0.127 to 0.127) | not confirmed |" in told
    file.write_text(json.dumps(raw | {"planned": 10}))
    assert tables_of(file).count("open: 2 of 10 seeds") == 3
    one = {arm: {name: own[:1] for name, own in found.items()} for arm, found in raw["values"].items()}
    file.write_text(json.dumps(raw | {"seeds": [0], "values": one}))
    told = tables_of(file)
    assert "One seed has no intervals." in told
    assert "| a | 0.500 | 0.500 | 0.500 | 0.600 | 0.500 |" in told
    assert "| better | chained@6: a less b | above 0 | 0.300 | open: 1 of 2 seeds |" in told


@pytest.mark.slow
def test_a_comparison_that_stopped_goes_on_and_repeats_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, out = tmp_path / "arms.toml", tmp_path / "out"
    config.write_text(CONFIG.replace("OUT", str(out)))
    command = ["arms", "--config", str(config), "--jobs", "2"]
    assert main([*command[:3], "--run", "single@0"]) == 0
    before = (out / "single" / "0" / "measured.json").stat().st_mtime_ns
    assert main(command) == 0
    assert (out / "single" / "0" / "measured.json").stat().st_mtime_ns == before
    raw = json.loads((out / "raw.json").read_text())
    assert raw["seeds"] == [0, 1]
    assert {arm: len(own["chained@6"]) for arm, own in raw["values"].items()} == dict.fromkeys(
        ("shipped", "single", "dagger", "rloo"), 2
    )
    assert "| RLOO is no worse |" in tables_of(out / "raw.json")
    assert main([*command, "--set", "chats=3"]) == 2
    assert "of other settings" in capsys.readouterr().err


def test_a_folder_or_a_raw_file_of_another_comparison_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(runs: Sequence[Process], _: int) -> None:
        for run in runs:
            run.folder.mkdir(parents=True)
            (run.folder / "measured.json").write_text(json.dumps(dict.fromkeys(MEASURES, 0.5)))

    monkeypatch.setattr(arms, "run_all", measured)
    one = settings(output=str(tmp_path / "out"), results=str(tmp_path / "raw.json"), seeds=(0, 1))
    assert json.loads(arms.compare(one, ()).read_text())["seeds"] == [0, 1]
    monkeypatch.setattr(arms, "run_all", lambda *_: pytest.fail("a kept seed was run again"))
    arms.compare(one, ())
    with pytest.raises(ConfigError, match=r"output: .* has runs of other settings or another start"):
        arms.compare(one.model_copy(update={"chats": 7}), ())
    with pytest.raises(ConfigError, match=r"results: .* is of other settings"):
        arms.compare(one.model_copy(update={"chats": 7, "output": str(tmp_path / "new")}), ())
