"""The comparison of PPO's variants: which runs there are, what is left to do, and the whole of it, tiny."""

import json
import shutil
from pathlib import Path

import pytest

from model.settings import CHECKPOINTS
from training.__main__ import main
from training.config import toml
from training.config.ablation_settings import AblationConfig, EffectSettings, HypothesisSettings
from training.core.checkpoint import weights_hash
from training.core.statistics import Estimate
from training.errors import ConfigError, TrainingError
from training.evaluation import ablation, hypotheses, tables
from training.evaluation.hypotheses import verdict
from training.evaluation.results import MEASURED, Results, write_raw
from training.evaluation.seed_by_seed import begun, grown

CONFIG = Path(__file__).parents[3] / "training" / "configs" / "tiny-ablation-more.toml"


def settings(output: Path, **changes: object) -> AblationConfig:
    return toml.load(AblationConfig, CONFIG, [f"output={output}"]).model_copy(update=changes)


def test_every_variant_has_every_seed_and_a_folder_of_its_own(tmp_path: Path) -> None:
    runs = ablation.runs_of(settings(tmp_path))
    assert len({run.folder for run in runs}) == len(runs) == 12 * 10
    assert [run.variant for run in runs[:4]] == ["ppo+vci", "diffchat", "ppo", "anywhere"]
    assert {run.name for run in runs} >= {"ppo@0", "diffchat@9"}


def test_a_variant_may_start_from_a_file_of_its_own(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    runs = {run.name: run for run in ablation.runs_of(wanted)}
    assert ablation._base(wanted, runs["rloo@3"]) == "training/configs/tiny-rloo.toml"
    assert ablation._overrides(runs["rloo@3"]) == ["steps=32", "seed=3", f"output={tmp_path / 'rloo' / '3'}"]
    assert ablation._base(wanted, runs["diffchat@0"]) == wanted.base


def test_the_evaluation_takes_the_runs_in_place_of_a_method_of_their_name(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    methods = ablation.comparison_of(wanted, ablation.runs_of(wanted)).methods
    assert "diffchat" not in methods
    assert methods["diffchat@1"].model == str(tmp_path / "diffchat" / "1" / "best")
    assert {"source", "joined", "sft"} <= methods.keys()


def test_changes_hold_for_all_runs_and_the_evaluation_has_its_own(tmp_path: Path) -> None:
    wanted = settings(tmp_path, changes=("steps=7",), evaluation_changes=("examples=3", "~painters.painted"))
    runs = ablation.runs_of(wanted)
    assert all(run.overrides[0] == "steps=7" for run in runs)
    comparison = ablation.comparison_of(wanted, runs)
    assert comparison.examples == 3
    assert set(comparison.painters) == {"renderer", "another-sampler"}


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
    means = ablation.learnt(runs)
    assert means["ppo"]["reward/total"] == [1.0, 3.0]
    # Two seeds have one degree of freedom: 2 ± 12.706 · 1
    assert "| ppo | 2.000 (-10.706 to 14.706) | – |" in ablation.learnt_table(means)


def test_a_metric_of_the_later_seeds_alone_is_no_column() -> None:
    means = {
        "ppo": {"reward/total": [1.0, 3.0], "adm/weight": [], "adm/hard_negative_prefix": []},
        "adm": {"reward/total": [1.0, 3.0], "adm/weight": [0.5, 0.7], "adm/hard_negative_prefix": [-0.1]},
    }
    head = ablation.learnt_table(means).splitlines()[2]
    assert head == "| variant | reward/total | adm/weight |"


def results_of(values: dict[str, float], seeds: tuple[int, ...] = (0, 1)) -> Results:
    """Runs whose preference is their variant's value, and their seed's number more on the second edit."""
    runs = {f"{name}@{seed}": [value, value + seed] for name, value in values.items() for seed in seeds}
    runs["sft"] = [-1.0, 1.0]
    columns = {
        name: {column: [0.0, 0.0] for column in MEASURED} | {"preference": own} for name, own in runs.items()
    }
    return Results("test", "sft", "nobody", {"preference": 1.0}, values={"drawn": columns})


def test_effects_are_differences_edit_by_edit_and_seed_by_seed() -> None:
    parts = {
        "VCI": EffectSettings(has=("ppo+vci", "diffchat"), lacks=("ppo", "ppo+adm")),
        "all": EffectSettings(has=("diffchat",), lacks=("sft",)),
    }
    results = results_of({"ppo": 0.0, "ppo+adm": 1.0, "ppo+vci": 0.5, "diffchat": 2.5})
    table = ablation.effects(results, parts, (0, 1))
    assert "| VCI | 1.000 (1.000 to 1.000) |" in table, "what both have of seed and edit is gone"
    assert "| all | 2.750" in table, "2.5 but for the second edit of seed 1"
    assert table.count("### effect on") == len(ablation.METRICS)


HELPS = HypothesisSettings(effect="VCI", direction="more", painter="drawn", seeds=2)


def test_hypotheses_are_confirmed_refuted_or_neither_by_the_whole_interval() -> None:
    above, below, across = Estimate(1, 0.5, 2), Estimate(-1, -2, -0.5), Estimate(0, -1, 1)
    told = {d: [verdict(e, d, 0.6) for e in (above, below, across)] for d in ("more", "less", "no less")}
    assert told["more"] == ["confirmed", "refuted", "not confirmed"]
    assert told["less"] == ["refuted", "confirmed", "not confirmed"]
    assert told["no less"] == ["confirmed", "not confirmed", "not confirmed"]
    assert verdict(Estimate(0, -0.5, 1), "no less", 0.6) == "confirmed"
    table = hypotheses.table_of(
        results_of({"ppo": 0.0, "ppo+vci": 0.5}),
        {"VCI": EffectSettings(has=("ppo+vci",), lacks=("ppo",))},
        {"VCI helps": HELPS},
        (0, 1),
    )
    assert (
        "| VCI helps | VCI: total, drawn, 2 seeds | above 0 | 0.500 (0.500 to 0.500) | confirmed |" in table
    )


def test_a_verdict_against_a_method_that_was_trained_once_says_so() -> None:
    results = results_of({"diffchat": 350.0})
    results.began["sft"] = "its weights"
    effects = {"VCI": EffectSettings(has=("diffchat",), lacks=("sft",))}
    table = hypotheses.table_of(results, effects, {"VCI helps": HELPS}, (0, 1))
    assert table.endswith("| confirmed, over this one run of sft |\n")


def test_hypotheses_are_not_changed_once_the_runs_have_begun(tmp_path: Path) -> None:
    hypotheses.keep({"VCI helps": HELPS}, tmp_path)
    hypotheses.keep({"VCI helps": HELPS}, tmp_path)
    with pytest.raises(ConfigError, match="they were others when the runs began"):
        hypotheses.keep({"VCI helps": HELPS.model_copy(update={"direction": "less"})}, tmp_path)


def test_results_grow_by_a_seed_and_the_verdict_waits_for_the_last(tmp_path: Path) -> None:
    effects = {"VCI": EffectSettings(has=("ppo+vci",), lacks=("ppo",))}
    wanted = settings(
        tmp_path, effects=effects, hypotheses={"VCI helps": HELPS}, variants={"ppo": (), "ppo+vci": ()}
    )
    file = tmp_path / "raw.json"
    raw = begun(file, wanted, "asked")
    for seed in (0, 1):
        results = results_of({"ppo": 0.0, "ppo+vci": 0.5}, (seed,))
        results.values["drawn"]["sft"]["words"] = [float(seed)] * 2
        results.began = {name: f"hash{seed}" for name in results.values["drawn"] if "@" in name}
        results.began["sft"] = "what SFT began with"
        nothing = dict.fromkeys(ablation.LEARNT, ())
        raw = grown(
            raw, seed, results, {"ppo": nothing | {"kl/reference": (float(seed),)}, "ppo+vci": nothing}
        )
        write_raw(raw, file)
        raw = begun(file, wanted, "asked")
        told = tables.tables_of(file)
        assert ("open: 1 of 2 seeds" in told) == (seed == 0)
    assert "| confirmed |" in told
    assert raw["values"]["drawn"]["sft"]["words"] == [0.0, 0.0], "what has no seed stays as it was"
    assert raw["learnt"]["ppo"]["kl/reference"] == [0.0, 1.0]
    assert (
        "Runs began with the weights hash0 (seeds 0) and hash1 (seeds 1). What all seeds are beside" in told
    )
    with pytest.raises(ConfigError, match="of other settings"):
        begun(file, wanted, "something else")
    less = HELPS.model_copy(update={"direction": "less"})
    with pytest.raises(ConfigError, match="they were others when the runs began"):
        begun(file, wanted.model_copy(update={"hypotheses": {"VCI helps": less}}), "asked")


def test_a_comparison_is_known_by_its_settings_but_not_by_seeds_and_folders(tmp_path: Path) -> None:
    one = settings(tmp_path / "one", seeds=(0, 1))
    assert ablation.asked(one) == ablation.asked(settings(tmp_path / "two", seeds=(3,)))
    assert ablation.asked(one) != ablation.asked(settings(tmp_path / "one", changes=("steps=7",)))
    assert ablation.asked(one) != ablation.asked(settings(tmp_path, evaluation_changes=("examples=3",)))
    free = settings(tmp_path, changes=(*one.changes, "save_every=1", "keep=9"))
    assert ablation.asked(one) == ablation.asked(free)


def test_the_command_in_the_documents_goes_on_from_the_results_in_the_repository(tmp_path: Path) -> None:
    file = CONFIG.parents[2] / "docs" / "results" / "ablation-more.json"
    raw = begun(file, settings(tmp_path), ablation.asked(settings(tmp_path)))
    assert raw["seeds"], "what was measured is found again wherever the checkout lies"


def test_hypotheses_name_their_effect_and_the_number_of_runs() -> None:
    for change in ("seeds=[0, 1]", 'hypotheses."the critic sees integrity".effect="odd"'):
        with pytest.raises(ConfigError, match="hypotheses"):
            toml.load(AblationConfig, CONFIG, [change])


def test_runs_that_began_with_other_weights_are_not_compared(tmp_path: Path) -> None:
    runs = [ablation.Run("ppo", seed, tmp_path / str(seed), ()) for seed in (0, 1, 2)]
    for run, weights in zip(runs, (b"one", b"one", b"two"), strict=True):
        model = tmp_path / f"model{run.seed}"
        model.mkdir()
        (model / "model.safetensors").write_bytes(weights)
        run.folder.mkdir()
        (run.folder / "began.txt").write_text(weights_hash(str(model)) + "\n")
    ablation.check_beginnings(runs[:2])
    with pytest.raises(TrainingError, match="ppo@2"):
        ablation.check_beginnings(runs)
    (runs[1].folder / "began.txt").unlink()
    with pytest.raises(TrainingError, match="ppo@1"):
        ablation.check_beginnings(runs[:2])


def test_an_effect_of_what_is_no_variant_is_said_before_anything_runs(tmp_path: Path) -> None:
    effects = {"ADM": EffectSettings(has=("odd",), lacks=("sft",))}
    wanted = settings(tmp_path, hypotheses={}, variants={"ppo": ()}, effects=effects)
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
    wanted = settings(
        tmp_path / "out",
        changes=tuple(small),
        evaluation_changes=(
            "examples=4",
            "~cache",
            "pictures_shown=1",
            f"methods.sft.model={base}",
            "~painters.painted",
            "~painters.another-sampler",
        ),
        seeds=(0,),
        variants={"ppo": ("vci=false",), "diffchat": ()},
        effects={"both": EffectSettings(has=("diffchat",), lacks=("ppo",))},
        hypotheses={},
    )
    told = ablation.ablate(wanted, jobs=2)
    assert "| diffchat |" in told.read_text()
    assert "| both |" in told.read_text()
    raw = tmp_path / "out" / "raw.json"
    assert tables.tables_of(raw).strip() == told.read_text().strip()
    shutil.rmtree(tmp_path / "out" / "ppo")
    monkeypatch.setattr(ablation, "_process", lambda *_: pytest.fail("a seed that is kept was trained again"))
    ablation.ablate(wanted)
    with pytest.raises(ConfigError, match="of other settings"):
        ablation.ablate(wanted.model_copy(update={"changes": (*small, "kl.beta=0.1")}))
    monkeypatch.undo()
    ablation.ablate(wanted.model_copy(update={"seeds": (0, 1)}), jobs=2)
    kept = json.loads(raw.read_text())
    assert kept["seeds"] == [0, 1]
    assert {"sft", "ppo@0", "ppo@1", "diffchat@1"} <= kept["values"]["renderer"].keys()
    assert len(kept["learnt"]["ppo"]["reward/total"]) == 2


def test_the_command_knows_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ablation", "--help"])
    assert "--jobs" in capsys.readouterr().out
