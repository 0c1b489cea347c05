"""The command line, the shipped configs, and the documentation against the code."""

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from training.__main__ import main
from training.config import toml
from training.config.ablation_settings import AblationConfig
from training.config.arms_settings import ArmsConfig
from training.config.preference_settings import ReactionsConfig
from training.config.rl_settings import RlConfig
from training.config.settings import (
    BeautifyConfig,
    EvaluateConfig,
    SftConfig,
    TextRewardConfig,
)
from training.config.ways_settings import WaysConfig
from training.core.metrics import RL_METRICS, SFT_METRICS
from training.data.examples import Example, write
from training.data.published import PUBLISHED
from training.tiny.turns import conversations

ROOT = Path(__file__).parents[2]
CONFIGS = sorted((ROOT / "training" / "configs").glob("*.toml"))
KINDS: dict[str, type[BaseModel]] = {
    "sft": SftConfig, "beautifier": SftConfig, "ppo": RlConfig, "rloo": RlConfig, "grpo": RlConfig,
    "evaluate": EvaluateConfig, "beautify": BeautifyConfig, "text-reward": TextRewardConfig,
    "benchmarks": EvaluateConfig, "ablation": AblationConfig, "reactions": ReactionsConfig,
    "ablation-more": AblationConfig, "ways": WaysConfig, "turns-rloo": RlConfig, "turns-ppo": RlConfig,
    "arms": ArmsConfig, "arms-talk": ArmsConfig,
}  # fmt: skip


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_shipped_configs_are_valid(path: Path) -> None:
    kind = KINDS[path.stem.partition("-")[2].removeprefix("serving-")]
    settings: Any = toml.load(kind, path)
    assert settings.output


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_integrity_is_by_stems_in_tinyworld_and_by_meaning_on_peoples_words(path: Path) -> None:
    settings: Any = toml.load(KINDS[path.stem.partition("-")[2].removeprefix("serving-")], path)
    data = getattr(getattr(settings, "gate", settings), "data", None)
    if data is not None:
        assert data.measure == ("stems" if data.train.startswith("tinyworld") else "meaning")


def test_what_configs_read_from_data_is_written_by_a_command() -> None:
    written = {f"data/{name}/{made}" for name, one in PUBLISHED.items() for _, made in one.files}
    written |= {"data/adapters", "data/adapters/frozen.jsonl"}  # by `training promote`
    texts = [path.read_text(encoding="utf-8") for path in CONFIGS]
    written |= {made for text in texts for made in re.findall(r'^output = "(data/.+?)"', text, re.MULTILINE)}
    assert {named for text in texts for named in re.findall(r'"(data/.+?)"', text)} <= written


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_first_lines_of_a_config_say_how_long_it_takes_or_that_nobody_knows(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    first = " ".join(itertools.takewhile(lambda line: line.startswith("#"), lines))
    assert re.search(r"\b(seconds?|minutes?|hours?)\b|not timed", first, re.IGNORECASE)


def test_the_lengths_of_conversations_that_their_configs_state_are_so() -> None:
    lengths = [len(one.turns) for one in conversations(60, seed=0)]
    for name in ("ppo", "rloo"):
        text = (ROOT / "training" / "configs" / f"tiny-turns-{name}.toml").read_text(encoding="utf-8")
        assert "talk = true" in text
        assert "5.6 turns in the mean and up to 10 or so" in text
    assert 5.0 < sum(lengths) / len(lengths) < 6.2
    assert max(lengths) <= 12


def test_both_worlds_have_their_configs() -> None:
    names = {path.stem for path in CONFIGS}
    assert {
        f"{world}-{name}" for world in ("tiny", "instructpe") for name in ("sft", "ppo", "evaluate")
    } <= names


def test_every_metric_is_explained_and_every_explained_one_exists() -> None:
    text = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([a-z]+/[a-z0-9_]+)` \|", text, re.MULTILINE))
    assert explained == {*SFT_METRICS, *RL_METRICS}


def test_the_documentation_names_configs_and_commands_that_exist() -> None:
    text = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"training/configs/([\w-]+\.toml)", text)):
        assert (ROOT / "training" / "configs" / name).exists(), name
    for name in set(re.findall(r"`(training/[\w/]+\.py)`", text)):
        assert (ROOT / name).exists(), name
    known = {*KINDS, "data", "tiny", "evaluate", "judge", "tables", "export", "integrity", "intervals", "rl"}
    assert set(re.findall(r"python -m training ([a-z-]+)", text)) <= known


def test_inspect_describes_a_file_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "good.jsonl", [Example("a fox", "make it night", "b", "c")])
    assert main(["data", "inspect", str(tmp_path / "good.jsonl")]) == 0
    assert "1 examples" in capsys.readouterr().out
    (tmp_path / "bad.jsonl").write_text("nope")
    assert main(["data", "inspect", str(tmp_path / "bad.jsonl")]) == 2
    assert "line 1: no JSON" in capsys.readouterr().err


def test_inspect_takes_every_source_that_the_configs_take(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "inspect", "tinyworld:3"]) == 0
    assert "3 examples" in capsys.readouterr().out
    assert main(["data", "inspect", "tinyworld-chats:2"]) == 0
    assert "2 conversations of" in capsys.readouterr().out
    assert main(["data", "inspect", "tinyworld:many"]) == 2
    assert "say how many examples" in capsys.readouterr().err


def test_without_the_packages_of_training_the_command_that_installs_them_is_named(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['tensorboard'] = None\n")
    command = [sys.executable, "-m", "training", "sft", "--config", "training/configs/tiny-sft.toml"]
    command += ["--set", f"output={tmp_path / 'run'}"]
    ended = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr.strip().splitlines() == [
        'error: training needs the package "tensorboard", which is not installed: run `make train`.'
    ]
    assert not (tmp_path / "run").exists()


def test_a_disk_that_is_full_ends_with_words_and_status_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        with Path("/dev/full").open("w") as file:
            file.write("x")

    monkeypatch.setattr("training.data.examples.describe", full)
    write(tmp_path / "good.jsonl", [Example("a fox", "make it night", "b", "c")])
    assert main(["data", "inspect", str(tmp_path / "good.jsonl")]) == 2
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert "goes on from the last checkpoint" in said


@pytest.mark.parametrize(
    ("saved", "said"), [((), "nothing was saved yet"), (("step-00000003", "step-00000012"), "goes on from")]
)
def test_ctrl_c_says_where_the_same_command_goes_on(
    saved: tuple[str, ...],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    for name in saved:
        (tmp_path / name).mkdir()
    monkeypatch.setattr("training.recipes.sft.train", stopped)
    path = str(ROOT / "training" / "configs" / "tiny-sft.toml")
    assert main(["sft", "--config", path, "--set", f"output={tmp_path}"]) == 130
    told = capsys.readouterr().err
    assert said in told
    assert all(name in told for name in saved[-1:])


def test_mistakes_in_a_config_end_with_words_and_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(ROOT / "training" / "configs" / "tiny-ppo.toml")
    assert main(["ppo", "--config", path, "--set", "steps=0", "--set", "adm.boots=1"]) == 2
    said = capsys.readouterr().err
    assert "steps = 0" in said
    assert "adm.boots: there is no such key" in said


def test_tables_of_nothing_say_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables"]) == 2
    assert "name files of raw results, as docs/results/*.json, or give --write" in capsys.readouterr().err


def test_an_inspected_world_says_that_its_other_parts_are_drawn_beside(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert main(["data", "inspect", "tinyworld:20"]) == 0
    [line] = [line for line in capsys.readouterr().out.splitlines() if "selection" in line]
    assert line.startswith("split: 20 train, 2 selection, 2 test")
    assert line.endswith("; selection and test are drawn in addition")
    assert not any("20 train" in record.getMessage() for record in caplog.records)
