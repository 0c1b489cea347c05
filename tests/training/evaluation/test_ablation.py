"""The comparison of PPO's variants: which runs there are, what is left to do, and the whole of it, tiny."""

import json
from pathlib import Path

import pytest

from model.settings import CHECKPOINTS
from training.__main__ import main
from training.config import toml
from training.config.settings import AblationConfig, EffectSettings
from training.errors import ConfigError
from training.evaluation import ablation

CONFIG = Path(__file__).parents[3] / "training" / "configs" / "tiny-ablation.toml"


def settings(output: Path, **changes: object) -> AblationConfig:
    return toml.load(AblationConfig, CONFIG, [f"output={output}"]).model_copy(update=changes)


def test_every_variant_has_every_seed_and_a_folder_of_its_own(tmp_path: Path) -> None:
    runs = ablation.runs_of(settings(tmp_path))
    assert len({run.folder for run in runs}) == len(runs) == 7 * 3
    assert [run.variant for run in runs[:4]] == ["ppo", "ppo+adm", "ppo+vci", "diffchat"]
    assert {run.name for run in runs} >= {"ppo@0", "diffchat@2"}


def test_the_evaluation_takes_the_runs_in_place_of_a_method_of_their_name(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    methods = ablation.comparison_of(wanted, ablation.runs_of(wanted)).methods
    assert "diffchat" not in methods
    assert methods["diffchat@1"].model == str(tmp_path / "diffchat" / "1" / "best")
    assert {"source", "joined", "sft"} <= methods.keys()


def test_a_run_is_finished_when_its_last_checkpoint_is_there(tmp_path: Path) -> None:
    run = ablation.Run("ppo", 0, tmp_path, ())
    (tmp_path / "step-00000025").mkdir()
    assert not run.finished(50)
    (tmp_path / "step-00000050").mkdir()
    assert run.finished(50)


def test_the_learning_table_looks_at_the_last_quarter_of_each_seed(tmp_path: Path) -> None:
    runs = [ablation.Run("ppo", seed, tmp_path / str(seed), ()) for seed in (0, 1)]
    for run, late in zip(runs, (1.0, 3.0), strict=True):
        run.folder.mkdir()
        lines = [{"step": step, "reward/total": late if step == 4 else -9.0} for step in (1, 2, 3, 4)]
        (run.folder / "metrics.jsonl").write_text("\n".join(map(json.dumps, lines)))
    table = ablation.learnt(runs)
    assert "| ppo | 2.000 (1.000 to 3.000) | – |" in table


def test_effects_are_differences_edit_by_edit_and_seed_by_seed(tmp_path: Path) -> None:
    wanted = settings(tmp_path, seeds=(0, 1))
    values = {
        "ppo": 0.0, "ppo+adm": 1.0, "ppo+vci": 0.5, "diffchat": 2.5,
        "ppo+adm+negatives": 0.0, "diffchat+negatives": 2.0, "negatives": 0.5,
    }  # fmt: skip
    totals = {f"{name}@{seed}": [value, value + seed] for name, value in values.items() for seed in (0, 1)}
    table = ablation.effects(wanted, {"drawn": totals | {"sft": [-1.0, -1.0]}})
    assert "| ADM | 1.500 (1.500 to 1.500) |" in table
    assert "| VCI | 1.000 (1.000 to 1.000) |" in table
    assert "| hard negatives beside positives | -0.750" in table
    assert "| all of DiffChat, over SFT | 3.750" in table, "3.5 but for the second edit of seed 1"


def test_an_effect_of_what_is_no_variant_is_said_before_anything_runs(tmp_path: Path) -> None:
    wanted = settings(tmp_path, effects={"ADM": EffectSettings(has=("odd",), lacks=("sft",))})
    with pytest.raises(ConfigError) as told:
        ablation.ablate(wanted)
    assert told.value.problems == ('effects.ADM: "odd" is no variant and no method',)
    assert not (tmp_path / "ppo").exists()


def test_overrides_that_do_not_fit_are_said_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such key"):
        ablation.ablate(settings(tmp_path, variants={"odd": ("no.such=1",)}))
    assert not (tmp_path / "odd").exists()


@pytest.mark.slow
def test_the_whole_comparison_and_a_second_call_that_trains_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = CHECKPOINTS / "diffchat"
    small = [
        f"policy.model={base}", "data.train=tinyworld:40", "data.held_out=0.1", "steps=2", "rollouts=8",
        "batch=4", "epochs=1", "save_every=2", "evaluate_every=2", "evaluate_examples=2",
        "reward.painter.model=render", "reward.cache=",
    ]  # fmt: skip
    evaluation = tmp_path / "evaluate.toml"
    text = (CONFIG.parent / "tiny-evaluate.toml").read_text()
    text = text.split("[painters.renderer]")[0] + '[painters.renderer]\nmodel = "render"\n'
    evaluation.write_text(
        text.replace("examples = 1000", "examples = 4")
        .replace('cache = "runs/tiny/scores.sqlite"', "pictures_shown = 1")
        .replace("runs/tiny/sft/best", str(base))
    )
    wanted = settings(
        tmp_path / "out",
        evaluation=str(evaluation),
        seeds=(0,),
        variants={"ppo": (*small, "vci=false"), "diffchat": tuple(small)},
        effects={"both": EffectSettings(has=("diffchat",), lacks=("ppo",))},
    )
    folder = ablation.ablate(wanted, jobs=2)
    assert "| diffchat |" in (folder / "results.md").read_text()
    assert "| both |" in (folder / "results.md").read_text()
    monkeypatch.setattr(ablation, "_train", lambda *_: pytest.fail("a finished run was trained again"))
    ablation.ablate(wanted)


def test_the_command_knows_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ablation", "--help"])
    assert "--jobs" in capsys.readouterr().out
