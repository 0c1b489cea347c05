"""The comparison and its report, on TinyWorld's renderer and a CLIP that knows colours."""

import copy
import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from transformers import PreTrainedTokenizerBase

from model.language.adapter import write_marker
from model.language.prompt import PROMPT_VERSION
from training.config.settings import EvaluateConfig, MethodSettings, RewardSettings
from training.core import charts
from training.core.statistics import Estimate
from training.data.examples import Edit, Example
from training.data.examples import write as write_examples
from training.errors import DataError
from training.evaluation import evaluate, page
from training.evaluation.evaluate import same_scene, tabulate, totals_of
from training.evaluation.results import COLUMNS, Results, Written, write
from training.rewards import judge
from training.rewards.cache import ScoreCache
from training.rewards.pictures import load_painter

_spec = importlib.util.spec_from_file_location("small", Path(__file__).parents[1] / "small.py")
assert _spec is not None
assert _spec.loader is not None
small = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(small)

NIGHT = "a red house in a meadow at night"
EXAMPLES = [
    Example("a red house in a meadow", "make it night", "a red house in a meadow", NIGHT, "red"),
    Example("a blue boat at sea", "make it <b>red</b>", "a blue boat at sea", "a red boat at sea", "red"),
]


def settings_of(tmp_path: Path, **changes: object) -> EvaluateConfig:
    write_examples(tmp_path / "held.jsonl", EXAMPLES)
    write_examples(tmp_path / "train.jsonl", [Example("x", "y", "z", "w")])
    values = {
        "output": str(tmp_path / "out"), "baseline": "source", "pictures_shown": 2,
        "data": {
            "train": str(tmp_path / "train.jsonl"), "evaluation": str(tmp_path / "held.jsonl"),
            "tasks": ["edit"],
        },
        "methods": {"source": {"kind": "source"}, "joined": {"kind": "joined"}},
        "painters": {"drawn": {"model": "render"}}, "weights": {"preference": 0.7, "integrity": 0.3},
    }  # fmt: skip
    return EvaluateConfig.model_validate(values | changes)


@pytest.fixture
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scorers that know colours, where a preset would load a large CLIP."""

    def load(settings: RewardSettings, cache: ScoreCache) -> judge.PictureScores:
        scorers = small.colour_scorers(small.ColourClip())
        scorers["fit"] = scorers["preference"]
        return judge.PictureScores(load_painter(settings.painter), scorers, "colours", cache, 1)

    monkeypatch.setattr(evaluate, "load_picture_scores", load)


def test_the_whole_comparison_writes_numbers_tables_and_a_page(
    tmp_path: Path, colours: None, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    folder = tmp_path / "model"
    make_qwen().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_marker(folder, PROMPT_VERSION)
    run = tmp_path / "run"
    run.mkdir()
    lines = [{"step": step, "reward/total": step / 10} for step in range(1, 4)]
    (run / "metrics.jsonl").write_text("\n".join(map(json.dumps, lines)))
    methods = {
        "source": {"kind": "source"}, "joined": {"kind": "joined"},
        "ppo@1": {"kind": "model", "model": str(folder)}, "ppo@2": {"kind": "model", "model": str(folder)},
    }  # fmt: skip
    settings = settings_of(tmp_path, methods=methods, max_new_tokens=8, runs={"ppo": str(run)})
    results = evaluate.evaluate(settings)
    assert list(results.table["drawn"]) == ["source", "joined", "ppo"]
    assert set(results.table["drawn"]["ppo"]) == set(COLUMNS)
    assert results.table["drawn"]["source"]["win rate"].mean == 0.5
    assert results.table["drawn"]["source"]["total"].mean == pytest.approx(0.0)
    assert results.targets["joined"][0] == "a red house in a meadow, make it night"
    output = tmp_path / "out"
    saved = json.loads((output / "results.json").read_text())
    assert saved["table"]["drawn"]["joined"]["integrity"]["mean"] == 0.5, "the second still says blue"
    shown = (output / "index.html").read_text()
    assert "make it &lt;b&gt;red&lt;/b&gt;" in shown
    assert "<b>red</b>" not in shown
    assert "reward/total" in shown
    assert "<polyline" in shown
    for files in results.pictures["drawn"].values():
        assert all((output / file).stat().st_size > 500 for file in files)
    text = (output / "results.md").read_text()
    assert text.count("| joined |") == 1
    assert all(column in text for column in COLUMNS)


def test_columns_by_hand(tmp_path: Path, colours: None) -> None:
    settings = settings_of(tmp_path)
    edits = evaluate.held_out_edits(settings)
    with ScoreCache() as cache:
        load = evaluate.load_picture_scores  # type: ignore[attr-defined]  # what the fixture put there
        scores = load(RewardSettings(weights={"fit": 1}), cache)
        values = evaluate.judge(Written([NIGHT, "a blue boat at sea"], [True, False]), edits, scores)
    assert values["integrity"] == [1.0, 0.0]
    assert values["scene"] == [1.0, 0.0]
    assert values["words"] == [8.0, 5.0]
    assert values["usable"] == [1.0, 0.0]


def test_a_painter_may_be_asked_for_the_first_edits_only(tmp_path: Path, colours: None) -> None:
    painters = {"drawn": {"model": "render"}, "costly": {"model": "render", "examples": 1}}
    results = evaluate.evaluate(settings_of(tmp_path, painters=painters))
    assert len(results.totals["drawn"]["joined"]) == 2
    assert len(results.totals["costly"]["joined"]) == 1


def test_scenes_are_compared_as_the_world_reads_them() -> None:
    edit = Edit("a red house", "make it night", NIGHT, "")
    assert same_scene("at night, a crimson cottage in a meadow", edit)
    assert not same_scene("a red house in a meadow", edit)
    beautify = Edit("a red house", "", "a red house, masterpiece, sharp focus", "")
    assert same_scene("a red house, vivid colors, soft light", beautify)
    assert not same_scene("a red house, vivid colors", beautify)
    assert not same_scene("a blue house, vivid colors, soft light", beautify)
    direct = Edit("a red house", "make it night", NIGHT + ", masterpiece, sharp focus", "")
    assert same_scene(NIGHT + ", vivid colors, soft light", direct)
    refine = Edit("a red house, masterpiece", "make it night", NIGHT + ", masterpiece", "")
    assert not same_scene(NIGHT + ", vivid colors, soft light", refine), "nobody asked for other quality"


def test_totals_are_in_deviations_of_the_baseline() -> None:
    values = {"base": {"a": [1.0, 3.0], "b": [0.0, 0.0]}, "other": {"a": [3.0, 5.0], "b": [1.0, 1.0]}}
    totals = totals_of(values, {"a": 0.5, "b": 2.0}, "base")
    table = tabulate(values, totals, "base")
    assert table["base"]["total"].mean == 0.0
    assert table["other"]["total"].mean == 0.5 * 2.0 + 2.0 * 1.0  # b never varies: its unit stays 1
    assert table["other"]["win rate"] == Estimate(1.0, 1.0, 1.0)


def test_data_without_a_held_out_part_is_said(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    alone = settings.data.model_copy(update={"evaluation": "", "held_out": 0.0})
    with pytest.raises(DataError, match="holds no examples out"):
        evaluate.held_out_edits(settings.model_copy(update={"data": alone}))


def test_an_instruct_model_without_training_is_a_method(
    tmp_path: Path, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    folder = tmp_path / "instruct"
    make_qwen().save_pretrained(folder)
    talking = copy.deepcopy(tokenizer)
    talking.chat_template = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant:"
    talking.save_pretrained(folder)
    method = MethodSettings.model_validate({"kind": "chat", "model": str(folder)})
    settings = settings_of(tmp_path, methods={"source": {"kind": "source"}, "zero-shot": method})
    settings = settings.model_copy(update={"max_new_tokens": 8})
    edits = evaluate.held_out_edits(settings)
    written = write(method, edits, settings)
    assert len(written.targets) == len(edits)
    for target, usable, edit in zip(written.targets, written.usable, edits, strict=True):
        assert usable or target == edit.source_prompt, "a refused answer shows the unchanged source"


def results_of(**estimates: Estimate) -> Results:
    """A comparison in which every column of a method has the same estimate."""
    edit = Edit("a red house, a fox", "make it night, <i>no</i> fox", "a red house at night", "")
    return Results(
        [edit],
        "base",
        table={"drawn": {name: dict.fromkeys(COLUMNS, value) for name, value in estimates.items()}},
        targets={name: ["a red house, a fox"] for name in [*estimates, "good@1"]},
        pictures={"drawn": {name: ["pictures/0.png"] for name in estimates}},
    )


def test_the_page_shades_what_lies_apart_and_names_lost_words() -> None:
    results = results_of(
        base=Estimate(1, 0.9, 1.1),
        good=Estimate(2, 1.5, 2.5),
        bad=Estimate(0, -1, 0.5),
        same=Estimate(1, 0, 2),
    )
    text = page.page(results, {})
    shaded = {
        kind: text.count(f'class="{kind}"') for kind in ("better", "worse")
    }  # the number of words is no aim, so it is never shaded
    assert shaded == {"better": len(COLUMNS) - 1, "worse": len(COLUMNS) - 1}
    assert text.count("lacks night; still has fox") == 4
    assert "&lt;i&gt;no&lt;/i&gt;" in text
    assert "<i>no" not in text
    assert "good (2 runs)" in text
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"<script|https?://|@import", text), "it stands alone"


def test_curves_need_two_points_and_runs_of_a_method_share_a_colour() -> None:
    results = results_of(base=Estimate(1, 0.9, 1.1), ppo=Estimate(1, 0.9, 1.1))
    once = {"run": [{"step": 1, "reward/total": 2.0}]}
    assert "How they learnt" not in page.page(results, once)
    lines = [{"step": step, "reward/total": step / 10} for step in range(1, 60)]
    text = page.page(results, {"ppo@1": lines, "ppo@2": lines, "other": lines})
    assert text.count('<polyline class="line c1"') == 2
    assert text.count('<polyline class="raw c1"') == 2
    assert text.count('<polyline class="line c2"') == 1


def test_running_means_and_ticks_by_hand() -> None:
    line = [(step, float(step % 2)) for step in range(40)]  # reach 2: windows of five
    smooth = [value for _, value in charts.smoothed(line)]
    assert smooth[0] == pytest.approx(1 / 3)
    assert smooth[10] == pytest.approx(2 / 5)
    assert charts._Axis(0.13, 0.94, 0, 1).ticks() == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert charts._Axis(0, 200, 0, 1).ticks() == [0, 50, 100, 150, 200]
    assert charts._Axis(3, 3, 0, 1)(3) == 0.5
    assert [charts.number(n) for n in (0.0, -1.25, 12.34)] == ["0.000", "-1.250", "12.3"]
